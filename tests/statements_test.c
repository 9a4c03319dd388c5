/* Every statement of the program is prepared on both engines; none reads a large table from end to
 * end without saying so ("-- scans: why"), and none has a parameter that holds less than 64 bits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/db/test_store.h"
#include "statement_plan.h"

static int sqlite_faults(struct db *db, struct arena *arena, const struct statement *statement) {
    const char *table = NULL;
    if (plan_scan(db, arena, statement, plan_small_tables(arena), &table) != ERR_OK) {
        print_error("%s cannot be prepared on SQLite\n", statement->name);
        return 1;
    }
    if ((table != NULL) == statement->scans)
        return 0;
    if (table != NULL)
        print_error("%s reads all of %s\n", statement->name, table);
    else
        print_error("%s says that it scans, and does not\n", statement->name);
    return 1;
}

static int postgresql_faults(struct db *db, struct arena *arena,
                             const struct statement *statement) {
    const char *type = NULL;
    if (plan_parameter(db, arena, statement, &type) != ERR_OK) {
        print_error("%s cannot be prepared on PostgreSQL\n", statement->name);
        return 1;
    }
    if (type != NULL)
        print_error("%s has a parameter of type %s: CAST(:name AS BIGINT)\n", statement->name,
                    type);
    return type != NULL;
}

static void test_every_statement(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(64 << 20);
    struct db *db;
    int faults = 0;
    assert_int_equal(store_single(store, &db), ERR_OK);
    assert_true(statement_count > 0);
    for (size_t i = 0; i < statement_count; i++) {
        assert_int_equal(statement_table[i]->number, i);
        faults += db_engine(db) == ENGINE_SQLITE ? sqlite_faults(db, arena, statement_table[i])
                                                 : postgresql_faults(db, arena, statement_table[i]);
        arena_reset(arena);
    }
    store_single_done(store, db);
    arena_free(arena);
    assert_int_equal(faults, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST_ON_BOTH(test_every_statement)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
