/* Statements: what they give, what they refuse, and what a failure does to its transaction. */
#include <string.h>

#include "platform/db/tests/library/library.h"

#define BOOK_KEY(isbn_) WITH(BIND_INT("tenant", TENANT), BIND_TEXT("isbn", (isbn_)))

static struct db *reader(struct store *store) {
    struct db *db;
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    return db;
}

static void fill(struct store *store, int count) {
    for (int i = 0; i < count; i++) {
        char sql[200];
        (void)snprintf(sql, sizeof sql,
                       "INSERT INTO book (tenant, isbn, title, genre, price_ore) "
                       "VALUES (7, 'i%03d', 'Title %03d', 'novel', %d)",
                       i, i, i * 100);
        test_execute(store, sql);
    }
}

static void test_one_row_or_none(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct book book = {.id = -1};
    fill(store, 2);
    struct db *db = reader(store);
    assert_int_equal(db_one(db, arena, &sql_book_by_isbn, BOOK_KEY("none"), &book_shape, &book),
                     ERR_NOT_FOUND);
    assert_int_equal(book.id, -1);
    assert_int_equal(db_one(db, arena, &sql_book_by_isbn, BOOK_KEY("i001"), &book_shape, &book),
                     ERR_OK);
    assert_string_equal(book.title, "Title 001");
    assert_int_equal(
        db_one(db, arena, &sql_book_any, WITH(BIND_INT("tenant", TENANT)), &book_shape, &book),
        ERR_FAULT);
    store_reader_done(store, db);
    arena_free(arena);
}

static void test_many_rows_up_to_the_limit(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    fill(store, 40);
    struct db *db = reader(store);
    const size_t limits[] = {0, 1, 16, 17, 39, 40, 100};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct book_list books;
        assert_int_equal(db_many(db, arena, &sql_book_list,
                                 WITH(BIND_INT("tenant", TENANT), BIND_INT("limit", 100)),
                                 limits[i], &book_shape, &books),
                         ERR_OK);
        const size_t want = limits[i] < 40 ? limits[i] : 40;
        assert_int_equal(books.count, want);
        for (size_t n = 0; n < want; n++)
            assert_int_equal(books.at[n].price_ore, n * 100);
    }
    store_reader_done(store, db);
    arena_free(arena);
}

struct seen {
    int rows;
    int stop_at;
    int64_t sum;
};

static enum error count_row(void *context, const void *row) {
    struct seen *seen = context;
    const struct book *book = row;
    seen->sum += book->price_ore;
    return ++seen->rows == seen->stop_at ? ERR_GONE : ERR_OK;
}

static void test_row_by_row(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    const struct bind *binds = WITH(BIND_INT("tenant", TENANT), BIND_INT("limit", 100));
    struct seen seen = {0};
    int64_t count;
    fill(store, 30);
    struct db *db = reader(store);
    assert_int_equal(db_each(db, arena, &sql_book_list, binds, &book_shape, count_row, &seen),
                     ERR_OK);
    assert_int_equal(seen.rows, 30);
    assert_int_equal(seen.sum, 29 * 30 / 2 * 100);
    seen = (struct seen){.stop_at = 3};
    assert_int_equal(db_each(db, arena, &sql_book_list, binds, &book_shape, count_row, &seen),
                     ERR_GONE);
    assert_int_equal(seen.rows, 3);
    /* The snapshot is still usable. */
    assert_int_equal(db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", TENANT)), &count),
                     ERR_OK);
    assert_int_equal(count, 30);
    store_reader_done(store, db);
    arena_free(arena);
}

static void test_integers(void **state) {
    struct store *store = test_store(state);
    const struct bind *tenant = WITH(BIND_INT("tenant", TENANT));
    struct db *db = reader(store);
    int64_t value = -1;
    assert_int_equal(db_integer(db, &sql_book_price_sum, tenant, &value), ERR_OK);
    assert_int_equal(value, 0); /* the sum of no rows is NULL */
    store_reader_done(store, db);
    fill(store, 4);
    db = reader(store);
    assert_int_equal(db_integer(db, &sql_book_price_sum, tenant, &value), ERR_OK);
    assert_int_equal(value, 600); /* NUMERIC in PostgreSQL */
    assert_int_equal(db_integer(db, &sql_book_price_mean, tenant, &value), ERR_FAULT);
    assert_int_equal(value, 600);
    const struct bind *dear = WITH(BIND_INT("tenant", TENANT), BIND_TEXT("isbn", "i003"),
                                   BIND_INT("price_ore", INT64_C(5000000000)));
    assert_int_equal(db_integer(db, &sql_book_is_dear, dear, &value), ERR_OK);
    assert_int_equal(value, 0);
    store_reader_done(store, db);
}

static enum error cover_set(void *context, struct db *db) {
    const struct bind *cover = context;
    int64_t changed;
    TRY(db_exec(db, &sql_book_cover_set,
                WITH(*cover, BIND_INT("tenant", TENANT), BIND_TEXT("isbn", "i000")), &changed));
    return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

static void assert_cover(struct store *store, const void *bytes, size_t length) {
    struct arena *arena = arena_new(1 << 20);
    struct db *db = reader(store);
    const void *ret_bytes = "";
    size_t ret_length = 99;
    assert_int_equal(db_blob(db, arena, &sql_book_cover, BOOK_KEY("i000"), &ret_bytes, &ret_length),
                     ERR_OK);
    assert_int_equal(ret_length, length);
    if (bytes == NULL)
        assert_null(ret_bytes);
    else
        assert_memory_equal(ret_bytes, bytes, length);
    store_reader_done(store, db);
    arena_free(arena);
}

static void test_blobs(void **state) {
    struct store *store = test_store(state);
    unsigned char every[256];
    for (int i = 0; i < 256; i++)
        every[i] = (unsigned char)i;
    fill(store, 1);
    assert_cover(store, NULL, 0);
    struct bind cover = BIND_BLOB("cover", every, sizeof every);
    assert_int_equal(store_act(store, cover_set, &cover), ERR_OK);
    assert_cover(store, every, sizeof every);
    cover = BIND_BLOB("cover", NULL, 0);
    assert_int_equal(store_act(store, cover_set, &cover), ERR_OK);
    assert_cover(store, "", 0);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM book WHERE cover IS NOT NULL"), 1);
}

static void test_wrong_binds_are_refused(void **state) {
    struct store *store = test_store(state);
    struct db *db = reader(store);
    int64_t value = -1;
    assert_int_equal(db_integer(db, &sql_book_count, WITH_NOTHING, &value), ERR_FAULT);
    assert_int_equal(
        db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", 1), BIND_INT("tenent", 1)), &value),
        ERR_FAULT);
    assert_int_equal(
        db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", 1), BIND_INT("tenant", 2)), &value),
        ERR_FAULT);
    assert_int_equal(value, -1);
    assert_int_equal(db_exec(db, &sql_book_count, WITH(BIND_INT("tenant", 1)), NULL), ERR_FAULT);
    assert_int_equal(db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", 1)), &value), ERR_OK);
    store_reader_done(store, db);
}

/* A GET writes nothing. */
static void test_reader_cannot_write(void **state) {
    struct store *store = test_store(state);
    struct db *db = reader(store);
    assert_int_equal(book_add(db, "1", "a"), ERR_FAULT);
    store_reader_done(store, db);
    assert_int_equal(book_count(store), 0);
}

static enum error add_twice(void *context, struct db *db) {
    enum error *second = context;
    int64_t count;
    TRY(book_add(db, "1", "a"));
    *second = book_add(db, "1", "b");
    /* Going on after an error fails with that error, on both engines. */
    return db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", TENANT)), &count);
}

static void test_conflict_fails_its_act(void **state) {
    struct store *store = test_store(state);
    enum error second = ERR_OK;
    assert_int_equal(store_act(store, add_twice, &second), ERR_CONFLICT);
    assert_int_equal(second, ERR_CONFLICT);
    assert_int_equal(book_count(store), 0);
}

static enum error add_hiding_errors(void *context, struct db *db) {
    (void)context;
    TRY(book_add(db, "1", "a"));
    const enum error hidden = book_add(db, "1", "b");
    return hidden == ERR_OK ? ERR_FAULT : ERR_OK;
}

static void test_hidden_error_fails_its_act(void **state) {
    struct store *store = test_store(state);
    assert_int_equal(store_act(store, add_hiding_errors, NULL), ERR_CONFLICT);
    assert_int_equal(book_count(store), 0);
}

static enum error add_once_more(void *context, struct db *db) {
    return db_exec(
        db, &sql_book_insert_once,
        WITH(BIND_INT("tenant", TENANT), BIND_TEXT("isbn", "1"), BIND_TEXT("title", "a")), context);
}

static void test_expected_conflict_is_a_count(void **state) {
    struct store *store = test_store(state);
    int64_t changed = -1;
    assert_int_equal(store_act(store, add_once_more, &changed), ERR_OK);
    assert_int_equal(changed, 1);
    assert_int_equal(store_act(store, add_once_more, &changed), ERR_OK);
    assert_int_equal(changed, 0);
}

static void test_constraints_hold(void **state) {
    static const char *const refused[] = {
        "INSERT INTO book (tenant, isbn, title, genre) VALUES (7, '1', '', 'novel')",
        "INSERT INTO book (tenant, isbn, title, genre) VALUES (7, NULL, 'a', 'novel')",
        "INSERT INTO book (tenant, isbn, title, genre, lent) VALUES (7, '1', 'a', 'novel', 2)",
        "INSERT INTO loan (tenant, book, reader) VALUES (7, 4711, 1)",
    };
    struct store *store = test_store(state);
    struct db *db;
    assert_int_equal(store_single(store, &db), ERR_OK);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_int_equal(db_begin(db), ERR_OK);
        assert_int_equal(db_exec(db, TEST_STATEMENT(EXEC, refused[i]), WITH_NOTHING, NULL),
                         ERR_CONFLICT);
        assert_int_equal(db_commit(db), ERR_CONFLICT);
    }
    store_single_done(store, db);
}

static void test_meter(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct book_list books;
    fill(store, 5);
    struct db *db = reader(store);
    assert_int_equal(db_meter(db).statements, 0);
    assert_int_equal(db_many(db, arena, &sql_book_list,
                             WITH(BIND_INT("tenant", TENANT), BIND_INT("limit", 3)), 10,
                             &book_shape, &books),
                     ERR_OK);
    const struct db_meter meter = db_meter(db);
    assert_int_equal(meter.statements, 1);
    assert_int_equal(meter.rows, 3);
    assert_int_equal(meter.reads, sql_book_list.reads);
    assert_true(meter.reads != 0);
    assert_int_equal(meter.writes, 0);
    assert_int_equal(sql_loan_count.reads, 0); /* "-- no topic: loan" */
    db_meter_reset(db);
    assert_int_equal(db_meter(db).rows, 0);
    store_reader_done(store, db);
    arena_free(arena);
}

/* The arena's bound is passed in the middle of a statement: the connection goes on. */
static void test_recovery_in_the_middle(void **state) {
    struct store *store = test_store(state);
    struct arena *volatile arena = arena_new(1 << 20);
    struct book_list books;
    int64_t count;
    fill(store, 5);
    struct db *volatile db = reader(store);
    for (volatile size_t takes = 1; takes < 8; takes++) {
        arena_reset(arena);
        if (ARENA_RECOVER(arena)) {
            assert_int_equal(
                db_integer(db, &sql_book_count, WITH(BIND_INT("tenant", TENANT)), &count), ERR_OK);
            continue;
        }
        arena_fail_after(arena, takes);
        assert_int_equal(db_many(db, arena, &sql_book_list,
                                 WITH(BIND_INT("tenant", TENANT), BIND_INT("limit", 10)), 10,
                                 &book_shape, &books),
                         ERR_OK);
        fail_msg("five rows take more than that");
    }
    store_reader_done(store, db);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_one_row_or_none),
        TEST_ON_BOTH(test_many_rows_up_to_the_limit),
        TEST_ON_BOTH(test_row_by_row),
        TEST_ON_BOTH(test_integers),
        TEST_ON_BOTH(test_blobs),
        TEST_ON_BOTH(test_wrong_binds_are_refused),
        TEST_ON_BOTH(test_reader_cannot_write),
        TEST_ON_BOTH(test_conflict_fails_its_act),
        TEST_ON_BOTH(test_hidden_error_fails_its_act),
        TEST_ON_BOTH(test_expected_conflict_is_a_count),
        TEST_ON_BOTH(test_constraints_hold),
        TEST_ON_BOTH(test_meter),
        TEST_ON_BOTH(test_recovery_in_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
