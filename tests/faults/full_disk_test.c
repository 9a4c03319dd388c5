/* The disk fills up, or fails, at each call in turn: no act is half written, what was acknowledged
 * is there, what was refused is not, and acts work again once there is room. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "faults/torn_vfs.h"
#include "platform/base/log.h"
#include "platform/db/tests/library/crowd.h"

enum { ACTS = 8, REFUSED = 3, LATER = 100, CALLS_MAX = 5000, COVER_BYTES = 400000 };

/* With covers a batch is larger than SQLite's cache, so that it writes within acts, not only in the
 * commit; a failure there may end the transaction under the lane's feet. */
static size_t cover_bytes;

static enum error cover_add(const struct adding *adding, struct db *db) {
    static const unsigned char cover[COVER_BYTES];
    char isbn[24];
    (void)snprintf(isbn, sizeof isbn, "%d", adding->number);
    return db_exec(db, &sql_book_cover_set,
                   WITH(BIND_INT("tenant", TENANT), BIND_TEXT("isbn", isbn),
                        BIND_BLOB("cover", cover, cover_bytes)),
                   NULL);
}

/* One act writes two rows; the one numbered REFUSED fails by a rule after its first. */
static enum error lend_run(struct act *act, struct db *db) {
    const struct adding *adding = (const struct adding *)act;
    int64_t book;
    TRY(adding_run(act, db));
    TRY(cover_add(adding, db));
    if (adding->number == REFUSED)
        return ERR_GONE;
    TRY(db_integer(db, TEST_STATEMENT(ONE, "SELECT max(id) FROM book"), WITH_NOTHING, &book));
    return db_exec(db, &sql_loan_insert,
                   WITH(BIND_INT("tenant", TENANT), BIND_INT("book", book), BIND_INT("reader", 1)),
                   NULL);
}

static struct adding *lendings(int first, size_t count, sem_t *finished) {
    struct adding *all = addings(first, count, finished);
    for (size_t i = 0; i < count; i++)
        all[i].act.run = lend_run;
    return all;
}

/* The acts wait together, then the fault strikes. Gives how many calls failed. */
static size_t run_with_fault(struct store *store, struct adding *all, sem_t *finished,
                             enum fault fault, size_t n, bool lasting) {
    struct gate gate;
    gate_close(&gate, store);
    torn_fail(fault, n, lasting);
    for (size_t i = 0; i < ACTS; i++)
        assert_int_equal(store_submit(store, &all[i].act), ERR_OK);
    gate_open(&gate);
    await(finished, ACTS);
    return torn_mend();
}

static void assert_results(const struct adding *all, bool lasting, size_t hits) {
    for (size_t i = 0; i < ACTS; i++) {
        if (all[i].number == REFUSED && all[i].error == ERR_GONE)
            continue;
        if (lasting && hits > 0 && all[i].error == ERR_UNAVAILABLE)
            continue;
        assert_int_not_equal(all[i].number, REFUSED);
        assert_int_equal(all[i].error, ERR_OK); /* a fault that passes is made good by a rerun */
    }
}

static void assert_later_acts_work(struct store *store, sem_t *finished) {
    struct adding *later = lendings(LATER, 1, finished);
    assert_int_equal(store_submit(store, &later->act), ERR_OK);
    await(finished, 1);
    assert_int_equal(later->error, ERR_OK);
    free(later);
}

/* After a power cut: exactly what was acknowledged, each act whole. */
static void assert_left(const char *address, const struct adding *all) {
    const struct store_options options = test_options(address);
    struct store *store;
    int64_t want = 1; /* the later one */
    assert_int_equal(store_open(&options, &store), ERR_OK);
    for (size_t i = 0; i < ACTS; i++) {
        char sql[100];
        (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM book WHERE isbn = '%d'",
                       all[i].number);
        assert_int_equal(test_integer(store, sql), all[i].error == ERR_OK);
        want += all[i].error == ERR_OK;
    }
    assert_int_equal(book_count(store), want);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM loan"), want);
    store_close(store);
}

static size_t fault_at(enum fault fault, size_t n, bool lasting) {
    struct test_database *database = test_database_new(ENGINE_SQLITE);
    struct store_options options = test_options(test_database_address(database));
    struct store *store;
    sem_t finished;
    options.sqlite_vfs = "torn";
    sem_init(&finished, 0, 0);
    torn_begin();
    assert_int_equal(store_open(&options, &store), ERR_OK);
    struct adding *all = lendings(0, ACTS, &finished);
    const size_t hits = run_with_fault(store, all, &finished, fault, n, lasting);
    assert_results(all, lasting, hits);
    assert_later_acts_work(store, &finished);
    torn_cut(CUT_DROPS, 1);
    store_close(store);
    assert_left(options.address, all);
    torn_begin();
    test_database_free(database);
    free(all);
    return hits;
}

/* At the first call, `stride` later …, until there is no such call. */
static void fault_at_each(enum fault fault, bool lasting, size_t stride) {
    size_t n = 1;
    while (fault_at(fault, n, lasting) > 0) {
        n += stride;
        assert_true(n < CALLS_MAX);
    }
    assert_true(n > 1);
}

static void test_full_disk(void **state) {
    (void)state;
    fault_at_each(FAULT_WRITE_FULL, true, 1);
}

static void test_disk_full_for_a_moment(void **state) {
    (void)state;
    fault_at_each(FAULT_WRITE_FULL, false, 1);
}

static void test_disk_full_within_acts(void **state) {
    (void)state;
    cover_bytes = COVER_BYTES;
    fault_at_each(FAULT_WRITE_FULL, true, 83);
    fault_at_each(FAULT_WRITE_FULL, false, 83);
    fault_at_each(FAULT_WRITE_IO, false, 83);
    cover_bytes = 0;
}

static void test_failing_writes(void **state) {
    (void)state;
    fault_at_each(FAULT_WRITE_IO, true, 1);
    fault_at_each(FAULT_WRITE_IO, false, 1);
}

static void test_failing_syncs(void **state) {
    (void)state;
    fault_at_each(FAULT_SYNC_IO, true, 1);
    fault_at_each(FAULT_SYNC_IO, false, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_disk_full_for_a_moment),
        cmocka_unit_test(test_disk_full_within_acts),
        cmocka_unit_test(test_failing_writes),
        cmocka_unit_test(test_failing_syncs),
    };
    torn_register();
    log_threshold((enum log_level)(LOG_FAULT_ + 1)); /* each fault is logged */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
