/* Parameters are found where they are, and nowhere else. */
#include <string.h>

#include "platform/db/engine.h"
#include "platform/db/tests/library/library.h"

struct row {
    const char *sql, *sqlite, *postgresql;
    size_t count;
};

static const struct row rows[] = {
    {"SELECT 1", "SELECT 1", "SELECT 1", 0},
    {"a = :a", "a = ?1", "a = $1", 1},
    {":b, :a, :b", "?1, ?2, ?1", "$1, $2, $1", 2},
    {":tenant_2)", "?1)", "$1)", 1},
    {"x::text = :x", "x::text = ?1", "x::text = $1", 1},
    {":x::bigint", "?1::bigint", "$1::bigint", 1},
    {"':no' || :yes", "':no' || ?1", "':no' || $1", 1},
    {"'it''s :no' || :yes", "'it''s :no' || ?1", "'it''s :no' || $1", 1},
    {"\"col:no\" = :yes", "\"col:no\" = ?1", "\"col:no\" = $1", 1},
    {"a -- :no\n = :yes", "a -- :no\n = ?1", "a -- :no\n = $1", 1},
    {"a /* :no */ = :yes", "a /* :no */ = ?1", "a /* :no */ = $1", 1},
    {"a[1:2]", "a[1:2]", "a[1:2]", 0},
    {"'\\' || :yes || ''", "'\\' || ?1 || ''", "'\\' || $1 || ''", 1},
    {"name'x' || :yes", "name'x' || ?1", "name'x' || $1", 1},
    {"", "", "", 0},
};

static void test_rewriting(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct statement_text text;
        assert_int_equal(statement_text(arena, rows[i].sql, ENGINE_SQLITE, &text), ERR_OK);
        assert_string_equal(text.sql, rows[i].sqlite);
        assert_int_equal(text.count, rows[i].count);
        assert_int_equal(statement_text(arena, rows[i].sql, ENGINE_POSTGRESQL, &text), ERR_OK);
        assert_string_equal(text.sql, rows[i].postgresql);
        assert_int_equal(text.count, rows[i].count);
    }
    arena_free(arena);
}

/* What PostgreSQL reads otherwise than SQLite. */
static void test_postgresql_only(void **state) {
    static const char *const pairs[][2] = {
        {"E'\\':no' || :yes", "E'\\':no' || $1"},
        {"$$ :no $$ || :yes", "$$ :no $$ || $1"},
        {"$tag$ :no $$ :no $tag$ || :yes", "$tag$ :no $$ :no $tag$ || $1"},
        {"/* :no /* :no */ :no */ :yes", "/* :no /* :no */ :no */ $1"},
    };
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct statement_text text;
        assert_int_equal(statement_text(arena, pairs[i][0], ENGINE_POSTGRESQL, &text), ERR_OK);
        assert_string_equal(text.sql, pairs[i][1]);
    }
    arena_free(arena);
}

static void test_names_in_order(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct statement_text text;
    assert_int_equal(statement_text(arena, ":bb, :a", ENGINE_SQLITE, &text), ERR_OK);
    assert_int_equal(text.parameters[0].length, 2);
    assert_memory_equal(text.parameters[0].at, "bb", 2);
    assert_memory_equal(text.parameters[1].at, "a", 1);
    arena_free(arena);
}

static void test_open_ends_are_refused(void **state) {
    static const char *const open[] = {"'x", "\"x", "/* x", "$$ x", "E'x\\'", "$a$ x $b$"};
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        struct statement_text text = {.count = 99};
        assert_int_equal(statement_text(arena, open[i], ENGINE_POSTGRESQL, &text), ERR_FAULT);
        assert_int_equal(text.count, 99);
    }
    arena_free(arena);
}

static void test_too_many_are_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    const char *sql = "";
    struct statement_text text;
    for (int i = 0; i < PARAMETERS_MAX; i++)
        sql = arena_format(arena, "%s :p%d", sql, i);
    assert_int_equal(statement_text(arena, sql, ENGINE_SQLITE, &text), ERR_OK);
    sql = arena_format(arena, "%s :one_more", sql);
    assert_int_equal(statement_text(arena, sql, ENGINE_SQLITE, &text), ERR_FAULT);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rewriting),
        cmocka_unit_test(test_postgresql_only),
        cmocka_unit_test(test_names_in_order),
        cmocka_unit_test(test_open_ends_are_refused),
        cmocka_unit_test(test_too_many_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
