/* Readers: each sees one moment, and there are so many and no more. */
#include <pthread.h>

#include "platform/db/tests/library/library.h"

enum { READERS = 4 };

static enum error add_one(void *context, struct db *db) {
    return book_add(db, context, "title");
}

static int64_t count_in(struct db *db) {
    int64_t count = -1;
    assert_int_equal(db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", TENANT)), &count),
                     ERR_OK);
    return count;
}

static void test_reader_sees_one_moment(void **state) {
    struct store *store = test_store(state);
    struct db *early, *late;
    assert_int_equal(store_reader(store, 1000, &early), ERR_OK);
    assert_int_equal(count_in(early), 0);
    assert_int_equal(store_act(store, add_one, (char[]){"1"}), ERR_OK);
    assert_int_equal(store_reader(store, 1000, &late), ERR_OK);
    assert_int_equal(count_in(late), 1);
    assert_int_equal(count_in(early), 0);
    store_reader_done(store, early);
    store_reader_done(store, late);
    assert_int_equal(store_reader(store, 1000, &early), ERR_OK);
    assert_int_equal(count_in(early), 1);
    store_reader_done(store, early);
}

static void test_readers_have_a_bound(void **state) {
    struct store *store = test_store(state);
    struct db *readers[READERS], *one_more;
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(store_reader(store, 1000, &readers[i]), ERR_OK);
    assert_int_equal(store_state(store).readers_busy, READERS);
    assert_int_equal(store_reader(store, 0, &one_more), ERR_BUSY);
    assert_int_equal(store_reader(store, 20, &one_more), ERR_BUSY);
    store_reader_done(store, readers[0]);
    assert_int_equal(store_reader(store, 0, &readers[0]), ERR_OK);
    for (size_t i = 0; i < READERS; i++)
        store_reader_done(store, readers[i]);
    assert_int_equal(store_state(store).readers_busy, 0);
}

struct visitor {
    struct store *store;
    int failed;
};

/* Twelve share four connections; each waits for its turn. */
static void *visitor_main(void *context) {
    struct visitor *visitor = context;
    for (int i = 0; i < 50; i++) {
        struct db *db;
        if (store_reader(visitor->store, 10000, &db) != ERR_OK) {
            visitor->failed++;
            continue;
        }
        int64_t count;
        if (db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", TENANT)), &count) != ERR_OK)
            visitor->failed++;
        store_reader_done(visitor->store, db);
    }
    return NULL;
}

static void test_more_threads_than_readers(void **state) {
    enum { VISITORS = 3 * READERS };
    struct store *store = test_store(state);
    pthread_t threads[VISITORS];
    struct visitor visitors[VISITORS];
    for (size_t i = 0; i < VISITORS; i++) {
        visitors[i] = (struct visitor){store, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, visitor_main, &visitors[i]), 0);
    }
    for (size_t i = 0; i < VISITORS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(visitors[i].failed, 0);
    }
}

/* A reader that failed is as good as new for the next one. */
static void test_failed_reader_is_usable_again(void **state) {
    struct store *store = test_store(state);
    struct db *db;
    for (int i = 0; i < 2 * READERS; i++) {
        assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
        assert_int_equal(count_in(db), 0);
        assert_int_equal(book_add(db, "1", "a"), ERR_FAULT);
        store_reader_done(store, db);
    }
}

static void test_bad_addresses_are_refused(void **state) {
    static const char *const addresses[] = {"mysql://x", "test.db", "sqlite:/no/such/folder/x.db",
                                            "postgresql://nobody@127.0.0.1:1/none"};
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        const struct store_options options = test_options(addresses[i]);
        struct store *store = NULL;
        assert_int_equal(store_open(&options, &store), ERR_UNAVAILABLE);
        assert_null(store);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_reader_sees_one_moment),
        TEST_ON_BOTH(test_readers_have_a_bound),
        TEST_ON_BOTH(test_more_threads_than_readers),
        TEST_ON_BOTH(test_failed_reader_is_usable_again),
        cmocka_unit_test(test_bad_addresses_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
