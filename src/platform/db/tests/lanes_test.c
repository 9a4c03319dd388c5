/* PostgreSQL with several lanes: what runs at the same time comes out as if it had not, and a
 * server that goes away comes back. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/db/tests/library/crowd.h"

/* ---- two acts that each read, decide and write ---- */

enum { PLACES = 1 };

/* Adds a book if fewer than PLACES are there, as a rule would decide. */
struct deciding {
    struct adding adding;
    bool sabotaged; /* below SERIALIZABLE */
    atomic_int *runs;
    sem_t *has_read, *may_write;
};

static enum error deciding_run(struct act *act, struct db *db) {
    struct deciding *deciding = (struct deciding *)act;
    int64_t count;
    const bool first_run = atomic_fetch_add(deciding->runs, 1) < 2;
    if (deciding->sabotaged)
        TRY(db_exec(db, TEST_STATEMENT(EXEC, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"),
                    WITH_NOTHING, NULL));
    TRY(db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", TENANT)), &count));
    if (first_run) {
        sem_post(deciding->has_read);
        await(deciding->may_write, 1);
    }
    return count < PLACES ? adding_run(act, db) : ERR_GONE;
}

/* Both have read before either writes; gives how many books there are then. */
static int64_t decide_at_the_same_time(struct store *store, bool sabotaged, uint64_t *ret_reruns) {
    sem_t finished, has_read, may_write;
    atomic_int runs = 0;
    struct deciding both[2];
    sem_init(&finished, 0, 0);
    sem_init(&has_read, 0, 0);
    sem_init(&may_write, 0, 0);
    for (int i = 0; i < 2; i++) {
        both[i] = (struct deciding){.adding = {.act = {.run = deciding_run, .done = adding_done},
                                               .number = i,
                                               .finished = &finished},
                                    .sabotaged = sabotaged,
                                    .runs = &runs,
                                    .has_read = &has_read,
                                    .may_write = &may_write};
        assert_int_equal(store_submit(store, &both[i].adding.act), ERR_OK);
        await(&has_read, 1);
    }
    sem_post(&may_write);
    sem_post(&may_write);
    await(&finished, 2);
    *ret_reruns = store_state(store).reruns;
    return book_count(store);
}

static void test_lanes_are_as_one(void **state) {
    struct store *store = test_store(state);
    uint64_t reruns;
    assert_int_equal(decide_at_the_same_time(store, false, &reruns), PLACES);
    assert_true(reruns >= 1);
}

/* The planted fault: a weaker isolation breaks the rule, so the test above can see it. */
static void test_weaker_isolation_breaks_the_rule(void **state) {
    struct store *store = test_store(state);
    uint64_t reruns;
    assert_int_equal(decide_at_the_same_time(store, true, &reruns), PLACES + 1);
}

/* ---- a server that goes away ---- */

static const char *database_name(void **state) {
    static char name[64];
    const char *address = test_database_address(test_store_database(state));
    const char *start = strstr(address, ":///") + 4;
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(start, "?"), start);
    return name;
}

static void connections_end(const char *name) {
    char sql[200];
    (void)snprintf(sql, sizeof sql,
                   "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                   "WHERE datname = '%s'",
                   name);
    test_server(sql);
}

static void connections_allowed(const char *name, bool allowed) {
    char sql[200];
    (void)snprintf(sql, sizeof sql, "ALTER DATABASE %s ALLOW_CONNECTIONS %s", name,
                   allowed ? "true" : "false");
    test_server(sql);
}

static enum error add_one(void *context, struct db *db) {
    return book_add(db, context, "title");
}

static enum error read_count(struct store *store) {
    struct db *db;
    int64_t count;
    TRY(store_reader(store, 1000, &db));
    const enum error error =
        db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", TENANT)), &count);
    store_reader_done(store, db);
    return error;
}

/* Connections that died while nobody used them are replaced before anybody notices. */
static void test_restart_while_idle_is_not_noticed(void **state) {
    struct store *store = test_store(state);
    assert_int_equal(store_act(store, add_one, (char[]){"1"}), ERR_OK);
    assert_int_equal(read_count(store), ERR_OK);
    connections_end(database_name(state));
    assert_int_equal(store_act(store, add_one, (char[]){"2"}), ERR_OK);
    assert_int_equal(read_count(store), ERR_OK);
    assert_int_equal(book_count(store), 2);
}

static enum error until_it_is(enum error want, struct store *store, char *isbn) {
    enum error error = ERR_COUNT;
    for (int i = 0; i < 300 && error != want; i++) {
        error = store_act(store, add_one, isbn);
        if (error != want)
            usleep(10000);
    }
    return error;
}

static void test_server_away_and_back(void **state) {
    struct store *store = test_store(state);
    const char *name = database_name(state);
    assert_int_equal(store_act(store, add_one, (char[]){"1"}), ERR_OK);
    connections_allowed(name, false);
    connections_end(name);
    assert_int_equal(store_act(store, add_one, (char[]){"2"}), ERR_UNAVAILABLE);
    assert_int_equal(read_count(store), ERR_UNAVAILABLE);
    for (int i = 0; i < 300 && store_state(store).answering; i++)
        usleep(10000);
    assert_false(store_state(store).answering);
    connections_allowed(name, true);
    assert_int_equal(until_it_is(ERR_OK, store, (char[]){"3"}), ERR_OK);
    for (int i = 0; i < 300 && read_count(store) != ERR_OK; i++)
        usleep(10000);
    assert_int_equal(book_count(store), 2);
    assert_true(store_state(store).answering);
}

static enum error add_and_end_own_connection(void *context, struct db *db) {
    int64_t ended;
    TRY(book_add(db, context, "title"));
    return db_integer(
        db, TEST_STATEMENT(ONE, "SELECT CAST(pg_terminate_backend(pg_backend_pid()) AS INTEGER)"),
        WITH_NOTHING, &ended);
}

static void test_connection_lost_in_an_act(void **state) {
    struct store *store = test_store(state);
    assert_int_equal(store_act(store, add_and_end_own_connection, (char[]){"1"}), ERR_UNAVAILABLE);
    assert_int_equal(until_it_is(ERR_OK, store, (char[]){"2"}), ERR_OK);
    assert_int_equal(book_count(store), 1);
}

/* A database that sorts otherwise than SQLite is refused at the start. */
static void test_other_locale_is_refused(void **state) {
    (void)test_store(state);
    char sql[200], address[4096];
    const char *name = database_name(state);
    (void)snprintf(sql, sizeof sql,
                   "CREATE DATABASE %s_c TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", name);
    test_server(sql);
    const char *rest = strchr(test_database_address(test_store_database(state)), '?');
    (void)snprintf(address, sizeof address, "postgresql:///%s_c%s", name, rest);
    const struct store_options options = test_options(address);
    struct store *store = NULL;
    assert_int_equal(store_open(&options, &store), ERR_UNAVAILABLE);
    assert_null(store);
    (void)snprintf(sql, sizeof sql, "DROP DATABASE %s_c", name);
    test_server(sql);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_POSTGRESQL(test_lanes_are_as_one),
        TEST_ON_POSTGRESQL(test_weaker_isolation_breaks_the_rule),
        TEST_ON_POSTGRESQL(test_restart_while_idle_is_not_noticed),
        TEST_ON_POSTGRESQL(test_server_away_and_back),
        TEST_ON_POSTGRESQL(test_connection_lost_in_an_act),
        TEST_ON_POSTGRESQL(test_other_locale_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
