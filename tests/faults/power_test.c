/* QUA-9: what was acknowledged survives a power cut one moment later.
 *
 * Clients write as fast as they can on a file system that forgets what is not synced; the power is
 * cut in the middle; the database is opened again from what is left. The same test with
 * synchronous=OFF must lose acts: otherwise it could not see a lost one. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "faults/torn_vfs.h"
#include "platform/base/log.h"
#include "platform/db/tests/library/crowd.h"

enum { CLIENTS = 8, ACTS = 2000, COVER_BYTES = 12000, ROUNDS = 12 };

struct client {
    struct store *store;
    int first;
    int acknowledged; /* first … first + acknowledged - 1 */
};

struct writing {
    int number;
    int64_t book;
};

/* Three statements of one act: all or none of them are to be found later. */
static enum error write_book(void *context, struct db *db) {
    static const unsigned char cover[COVER_BYTES];
    struct writing *writing = context;
    char isbn[24];
    (void)snprintf(isbn, sizeof isbn, "%d", writing->number);
    const struct bind tenant = BIND_INT("tenant", TENANT), key = BIND_TEXT("isbn", isbn);
    TRY(db_integer(db, &sql_book_insert,
                   WITH(tenant, key, BIND_TEXT("title", "title"), BIND_TEXT("genre", "novel"),
                        BIND_INT("price_ore", 0), BIND_INT("lent", 1), BIND_NULL("due_at"),
                        BIND_NULL("shelf"), BIND_NULL("home")),
                   &writing->book));
    TRY(db_exec(db, &sql_book_cover_set, WITH(tenant, key, BIND_BLOB("cover", cover, COVER_BYTES)),
                NULL));
    return db_exec(db, &sql_loan_insert,
                   WITH(tenant, BIND_INT("book", writing->book), BIND_INT("reader", 1)), NULL);
}

static void *client_main(void *context) {
    struct client *client = context;
    for (int i = 0; i < ACTS; i++) {
        struct writing writing = {.number = client->first + i};
        if (store_act(client->store, write_book, &writing) != ERR_OK)
            break;
        client->acknowledged++;
    }
    return NULL;
}

/* Each client writes until the power is cut. */
static void write_until_cut(struct store *store, struct client clients[CLIENTS]) {
    pthread_t threads[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.store = store, .first = i * ACTS};
        assert_int_equal(pthread_create(&threads[i], NULL, client_main, &clients[i]), 0);
    }
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(threads[i], NULL);
    assert_true(torn_unsynced_at_cut() > 0); /* there was something to lose */
}

/* Acknowledged acts of the client that are not there any more. */
static int lost_of(struct store *store, const struct client *client) {
    char sql[200];
    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM book JOIN loan ON loan.book = book.id "
                   "WHERE length(cover) = %d AND CAST(isbn AS INTEGER) BETWEEN %d AND %d",
                   COVER_BYTES, client->first, client->first + client->acknowledged - 1);
    return client->acknowledged - (int)test_integer(store, sql);
}

/* Opens what is left and counts what is lost; all of it when the database cannot be read. */
static int lost_after_cut(const char *address, const struct client clients[CLIENTS]) {
    const struct store_options options = test_options(address);
    struct store *store;
    int lost = 0, acknowledged = 0;
    for (int i = 0; i < CLIENTS; i++)
        acknowledged += clients[i].acknowledged;
    if (store_open(&options, &store) != ERR_OK)
        return acknowledged;
    const bool whole =
        test_integer(store, "SELECT count(*) = 1 AND min(integrity_check) = 'ok' "
                            "FROM pragma_integrity_check") == 1 &&
        test_integer(store, "SELECT (SELECT count(*) FROM book) = (SELECT count(*) FROM loan)") ==
            1;
    for (int i = 0; whole && i < CLIENTS; i++)
        lost += lost_of(store, &clients[i]);
    store_close(store);
    return whole ? lost : acknowledged;
}

static int lost_in_round(enum cut cut, uint64_t seed, bool unsafe) {
    struct test_database *database = test_database_new(ENGINE_SQLITE);
    struct store_options options = test_options(test_database_address(database));
    struct client clients[CLIENTS];
    struct store *store;
    options.sqlite_vfs = "torn";
    options.sqlite_unsafe = unsafe;
    torn_begin();
    assert_int_equal(store_open(&options, &store), ERR_OK);
    torn_cut_at(50 + seed * 2731 % 16000, cut, seed); /* also while the log is written back */
    write_until_cut(store, clients);
    store_close(store);
    const int lost = lost_after_cut(options.address, clients);
    torn_begin();
    test_database_free(database);
    return lost;
}

static void test_acknowledged_acts_survive_a_cut(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        assert_int_equal(lost_in_round(CUT_DROPS, seed, false), 0);
}

static void test_acknowledged_acts_survive_torn_writes(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        assert_int_equal(lost_in_round(CUT_TEARS, seed, false), 0);
}

/* The planted fault that both tests above must find. */
static void test_loss_is_seen_without_syncing(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        assert_true(lost_in_round(CUT_DROPS, seed, true) > 0);
        assert_true(lost_in_round(CUT_TEARS, seed, true) > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_acknowledged_acts_survive_a_cut),
        cmocka_unit_test(test_acknowledged_acts_survive_torn_writes),
        cmocka_unit_test(test_loss_is_seen_without_syncing),
    };
    torn_register();
    log_threshold((enum log_level)(LOG_FAULT_ + 1)); /* a cut fails every call, loudly */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
