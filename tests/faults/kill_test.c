/* QUA-9: kill -9 at any moment: every acknowledged act is there, and once.
 *
 * A child writes and tells its parent each number that was acknowledged; the parent kills it in the
 * middle, opens the same database and looks. The next child goes on where the last one ended. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/db/tests/library/library.h"

enum { CLIENTS = 8, ROUNDS = 12, ROUND_NUMBERS = 1000000, ACKNOWLEDGED_MAX = 100000 };

struct client {
    struct store *store;
    int first, told;
};

static enum error add_numbered(void *context, struct db *db) {
    char isbn[24];
    (void)snprintf(isbn, sizeof isbn, "%d", *(const int *)context);
    return book_add(db, isbn, "title");
}

static void *client_main(void *context) {
    const struct client *client = context;
    for (int number = client->first;; number += CLIENTS)
        if (store_act(client->store, add_numbered, &number) == ERR_OK &&
            write(client->told, &number, sizeof number) != (ssize_t)sizeof number)
            return NULL;
}

/* Never returns: writes until it is killed. */
static _Noreturn void child_main(const char *address, int first, int told) {
    const struct store_options options = test_options(address);
    struct client clients[CLIENTS];
    pthread_t threads[CLIENTS];
    struct store *store;
    if (store_open(&options, &store) != ERR_OK)
        _exit(1);
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){store, first + i, told};
        if (pthread_create(&threads[i], NULL, client_main, &clients[i]) != 0)
            _exit(1);
    }
    for (;;)
        (void)pause();
}

/* Starts a child, kills it after `target` numbers, and gives all that it told. */
static size_t write_until_killed(const char *address, int first, size_t target,
                                 int acknowledged[ACKNOWLEDGED_MAX]) {
    int ends[2], number, status;
    size_t count = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(ends[0]);
        child_main(address, first, ends[1]);
    }
    assert_int_equal(close(ends[1]), 0);
    while (count < ACKNOWLEDGED_MAX &&
           read(ends[0], &number, sizeof number) == (ssize_t)sizeof number) {
        acknowledged[count++] = number;
        if (count == target)
            assert_int_equal(kill(child, SIGKILL), 0);
    }
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(count >= target && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return count;
}

static enum error find(struct db *db, int number) {
    char isbn[24];
    int64_t count;
    (void)snprintf(isbn, sizeof isbn, "%d", number);
    TRY(db_integer(db, &sql_book_count_isbn,
                   WITH(BIND_INT("tenant", TENANT), BIND_TEXT("isbn", isbn)), &count));
    return count == 1 ? ERR_OK : ERR_NOT_FOUND;
}

static void assert_all_there(const char *address, const int *acknowledged, size_t count) {
    const struct store_options options = test_options(address);
    struct store *store;
    struct db *db;
    assert_int_equal(store_open(&options, &store), ERR_OK);
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(find(db, acknowledged[i]), ERR_OK);
    store_reader_done(store, db);
    store_close(store);
}

static void test_kills(void **state) {
    const char *address = test_database_address(test_store_database(state));
    int *acknowledged = calloc(ACKNOWLEDGED_MAX, sizeof *acknowledged);
    assert_non_null(acknowledged);
    for (size_t round = 0; round < ROUNDS; round++) {
        const size_t target = 1 + round * round * 7;
        const size_t count =
            write_until_killed(address, (int)round * ROUND_NUMBERS, target, acknowledged);
        assert_all_there(address, acknowledged, count);
    }
    free(acknowledged);
}

/* A store of the parent must not be open while it forks: only the database is made. */
static int database_only(void **state, enum engine engine) {
    const int result =
        engine == ENGINE_SQLITE ? test_store_open_sqlite(state) : test_store_open_postgresql(state);
    if (result == 0 && *state != NULL)
        test_store_shut(state);
    return result;
}

static int sqlite_only(void **state) {
    return database_only(state, ENGINE_SQLITE);
}

static int postgresql_only(void **state) {
    return database_only(state, ENGINE_POSTGRESQL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        {"test_kills on sqlite", test_kills, sqlite_only, test_store_gone, NULL},
        {"test_kills on postgresql", test_kills, postgresql_only, test_store_gone, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
