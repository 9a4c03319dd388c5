/* The test over all statements finds the faults that are planted here. */
#include <string.h>

#include "platform/db/tests/library/library.h"
#include "statement_plan.h"

static const char *scan(struct store *store, const char *sql, const char *small) {
    static char found[64];
    struct arena *arena = arena_new(1 << 20);
    struct db *db;
    const char *table;
    assert_int_equal(store_single(store, &db), ERR_OK);
    assert_int_equal(plan_scan(db, arena, TEST_STATEMENT(ONE, sql), small, &table), ERR_OK);
    (void)snprintf(found, sizeof found, "%s", table == NULL ? "" : table);
    store_single_done(store, db);
    arena_free(arena);
    return found;
}

static void test_full_scans_are_found(void **state) {
    static const char *const scans[][2] = {
        {"SELECT id FROM book WHERE title = :title", "book"},
        {"SELECT b.id FROM book AS b WHERE b.title = :title", "book"},
        {"SELECT b.id FROM book b WHERE b.title = :title", "book"},
        {"SELECT loan.reader FROM loan JOIN book AS b ON b.title = :title "
         "WHERE loan.tenant = :tenant",
         "book"},
        {"UPDATE book SET lent = 0 WHERE title = :title", "book"},
        {"DELETE FROM loan WHERE reader = :reader", "loan"},
        {"SELECT count(*) FROM book", "book"},
        {"SELECT title FROM book ORDER BY tenant, isbn", "book"},
        {"INSERT INTO loan (tenant, book, reader) SELECT tenant, id, 1 FROM book WHERE title = :t",
         "book"},
        {"SELECT x.n FROM (SELECT count(*) AS n FROM loan WHERE reader = :reader) AS x", "loan"},
    };
    struct store *store = test_store(state);
    for (size_t i = 0; i < sizeof scans / sizeof scans[0]; i++)
        assert_string_equal(scan(store, scans[i][0], " "), scans[i][1]);
}

static void test_searches_pass(void **state) {
    static const char *const searches[] = {
        "SELECT title FROM book WHERE tenant = :tenant AND isbn = :isbn",
        "SELECT title FROM book WHERE id = :id",
        "SELECT title FROM book AS b WHERE b.tenant = :tenant ORDER BY title COLLATE sv",
        "SELECT max(id) FROM book",
        "SELECT 1",
        "SELECT x.n FROM (SELECT count(*) AS n FROM loan WHERE tenant = :tenant) AS x",
        "INSERT INTO loan (tenant, book, reader) VALUES (:tenant, :book, :reader)",
    };
    struct store *store = test_store(state);
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++)
        assert_string_equal(scan(store, searches[i], " "), "");
}

static void test_small_tables_may_be_scanned(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    const char *small = plan_small_tables(arena);
    assert_non_null(strstr(small, " shelf "));
    assert_null(strstr(small, " book "));
    assert_string_equal(scan(store, "SELECT name FROM shelf", small), "");
    assert_string_equal(scan(store, "SELECT s.name FROM shelf AS s", " "), "shelf");
    assert_string_equal(scan(store, "SELECT title FROM book", small), "book");
    arena_free(arena);
}

static void test_unpreparable_statement_is_found(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    const struct statement *bad = TEST_STATEMENT(ONE, "SELECT no_such_column FROM book");
    struct db *db;
    const char *found;
    assert_int_equal(store_single(store, &db), ERR_OK);
    if (db_engine(db) == ENGINE_SQLITE)
        assert_int_equal(plan_scan(db, arena, bad, " ", &found), ERR_FAULT);
    else
        assert_int_equal(plan_parameter(db, arena, bad, &found), ERR_FAULT);
    store_single_done(store, db);
    arena_free(arena);
}

static void test_narrow_parameters_are_found(void **state) {
    static const char *const rows[][2] = {
        {"SELECT id FROM book WHERE due_at < :now + 60", "integer"},
        {"SELECT id FROM book WHERE id = :id AND :deep", "boolean"},
        {"SELECT id FROM book WHERE id = :id AND :year = 10", "integer"},
        {"SELECT id FROM book WHERE id = :id AND (:deep = 1 OR lent = 0)", ""},
        {"SELECT id FROM book WHERE price_ore < :price / 2.5", "numeric"},
        {"SELECT id FROM book WHERE due_at < :now AND title = :title AND cover = :cover", ""},
        {"SELECT id FROM book WHERE due_at < CAST(:now AS BIGINT) + 60", ""},
        {"SELECT id FROM book LIMIT :limit", ""},
        {"INSERT INTO book (tenant, isbn, cover) VALUES (:tenant, :isbn, :cover)", ""},
    };
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct db *db;
    assert_int_equal(store_single(store, &db), ERR_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *type;
        assert_int_equal(plan_parameter(db, arena, TEST_STATEMENT(ONE, rows[i][0]), &type), ERR_OK);
        assert_string_equal(type == NULL ? "" : type, rows[i][1]);
    }
    store_single_done(store, db);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_full_scans_are_found),
        TEST_ON_SQLITE(test_searches_pass),
        TEST_ON_SQLITE(test_small_tables_may_be_scanned),
        TEST_ON_BOTH(test_unpreparable_statement_is_found),
        TEST_ON_POSTGRESQL(test_narrow_parameters_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
