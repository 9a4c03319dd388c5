/* Organisations on both engines: one a host name, one with the set-up code, and what the table
 * itself refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "organisations_statements.h"
#include "people/organisations/organisations.h"
#include "platform/base/instant.h"
#include "platform/db/test_store.h"

static const int64_t now = INT64_C(1780000000000000);

struct adding {
    struct organisation_new organisation;
    int64_t tenant;
};

static enum error run_add(void *context, struct db *db) {
    struct adding *adding = context;
    return organisation_add(db, &adding->organisation, now, &adding->tenant);
}

static struct adding ljungby(const char *host, bool first) {
    return (struct adding){.organisation = {.host = host,
                                            .kind = organisation_kind_municipality,
                                            .name = "Ljungby kommun",
                                            .municipality = "0781",
                                            .county = "07",
                                            .first = first}};
}

static void test_added_and_found(void **state) {
    struct store *store = test_store(state);
    struct adding adding = ljungby("delta.ljungby.example", true);
    assert_int_equal(store_act(store, run_add, &adding), ERR_OK);
    struct db *db;
    struct arena *arena = arena_new(1 << 20);
    struct organisation found;
    struct organisation_settings settings;
    bool any = false;
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(organisation_any(db, &any), ERR_OK);
    assert_true(any);
    assert_int_equal(organisation_by_host(db, arena, "delta.ljungby.example", &found), ERR_OK);
    assert_int_equal(found.id, adding.tenant);
    assert_int_equal(found.state, organisation_state_preparing);
    assert_string_equal(found.theme, "spruce");
    assert_string_equal(found.languages, "sv en");
    assert_int_equal(organisation_settings_find(db, arena, found.id, &settings), ERR_OK);
    assert_string_equal(settings.municipality, "0781");
    assert_int_equal(settings.inhabitants, 0);
    assert_true(settings.opened_at == INSTANT_NONE);
    assert_int_equal(settings.revision, 1);
    assert_int_equal(organisation_by_host(db, arena, "other.example", &found), ERR_NOT_FOUND);
    assert_int_equal(organisation_find(db, arena, 0, &found), ERR_NOT_FOUND);
    store_reader_done(store, db);
    arena_free(arena);
}

static void test_a_host_name_is_taken_once(void **state) {
    struct store *store = test_store(state);
    struct adding one = ljungby("delta.ljungby.example", false);
    struct adding other = ljungby("delta.ljungby.example", false);
    assert_int_equal(store_act(store, run_add, &one), ERR_OK);
    assert_int_equal(store_act(store, run_add, &other), ERR_CONFLICT);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM organisation"), 1);
}

/* JOURNEYS 5: the set-up code makes one organisation, whatever its host name; and none once there
 * is one. */
static void test_the_set_up_code_is_spent_once(void **state) {
    struct store *store = test_store(state);
    struct adding one = ljungby("one.example", true);
    struct adding other = ljungby("other.example", true);
    struct adding later = ljungby("later.example", false);
    assert_int_equal(store_act(store, run_add, &one), ERR_OK);
    assert_int_equal(store_act(store, run_add, &other), ERR_CONFLICT);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM organisation"), 1);
    assert_int_equal(store_act(store, run_add, &later), ERR_OK); /* from the command line */
}

static void test_the_set_up_code_is_spent_by_the_command_line_too(void **state) {
    struct store *store = test_store(state);
    struct adding one = ljungby("one.example", false);
    struct adding other = ljungby("other.example", true);
    assert_int_equal(store_act(store, run_add, &one), ERR_OK);
    assert_int_equal(store_act(store, run_add, &other), ERR_CONFLICT);
}

static enum error run_open(void *context, struct db *db) {
    return db_exec(db, &sql_organisation_set_state,
                   WITH(BIND_INT("tenant", *(int64_t *)context), BIND_TEXT("to_state", "open"),
                        BIND_TEXT("from_state", "preparing"), BIND_TIME("opened_at", now)),
                   NULL);
}

/* ADM-1 a second time, as constraint: what is not answered for cannot be open. */
static void test_the_table_refuses_to_open_what_is_not_ready(void **state) {
    struct store *store = test_store(state);
    struct adding adding = ljungby("delta.ljungby.example", true);
    assert_int_equal(store_act(store, run_add, &adding), ERR_OK);
    assert_int_equal(store_act(store, run_open, &adding.tenant), ERR_CONFLICT);
    test_execute(store, "UPDATE organisation SET controller = 'Kommunstyrelsen', "
                        "dpo = 'dpo@ljungby.example', sender = 'delta@ljungby.example', "
                        "statement_accepted_at = 1");
    assert_int_equal(store_act(store, run_open, &adding.tenant), ERR_OK);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM organisation WHERE state = 'open'"),
                     1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_added_and_found),
        TEST_ON_BOTH(test_a_host_name_is_taken_once),
        TEST_ON_BOTH(test_the_set_up_code_is_spent_once),
        TEST_ON_BOTH(test_the_set_up_code_is_spent_by_the_command_line_too),
        TEST_ON_BOTH(test_the_table_refuses_to_open_what_is_not_ready),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
