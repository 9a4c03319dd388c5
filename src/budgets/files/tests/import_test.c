/* Imports of real elections: what becomes of them, what is refused, and that nothing is left half
 * there. PB-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "budgets/files/files.h"
#include "budgets/tests/round.h"
#include "methods/election/pabulib.h"

static const char plain[] =
    "META\nkey;value\ndescription;Åviks val\ncountry;Sweden\nunit;Åvik\ninstance;2024\n"
    "num_projects;3\nnum_votes;13\nbudget;100.50\nvote_type;approval\ndate_begin;01.03.2024\n"
    "date_end;31.03.2024\nmax_length;2\nPROJECTS\nproject_id;cost;name\n9;60;Bänk\n10;50;Gunga\n"
    "p3;40.25;Brygga\nVOTES\nvoter_id;vote\n1;9,10\n2;9\n3;\n4;10,9\n5;p3\n6;p3\n7;p3\n8;p3\n9;10\n"
    "10;9\n11;p3,9\n12;10\n13;10\n";

static const char points[] =
    "META\nkey;value\nnum_projects;2\nnum_votes;11\nbudget;10\nvote_type;scoring\nPROJECTS\n"
    "project_id;cost\na;6\nb;5\nVOTES\nvoter_id;vote;points\n1;a,b;1,9\n2;a;2\n3;a;1\n4;a;1\n"
    "5;a;1\n6;a;1\n7;b;3\n8;a;1\n9;a;1\n10;a;1\n11;a,b;0,4\n";

static const char ranks[] =
    "META\nkey;value\nnum_projects;2\nnum_votes;10\nbudget;10\nvote_type;ordinal\nPROJECTS\n"
    "project_id;cost\na;6\nb;5\nVOTES\nvoter_id;vote\n1;b,a\n2;b,a\n3;a,b\n4;b,a\n5;b\n6;a,b\n"
    "7;b,a\n8;b,a\n9;b,a\n10;b,a\n";

static const struct election *read(struct arena *arena, const char *text) {
    const struct election *election = NULL;
    struct pabulib_refusal refusal = {0};
    if (!pabulib_read(arena, text, strlen(text), &election, &refusal))
        fail_msg("line %zu: %s", refusal.line, refusal.text);
    return election;
}

static enum error run(struct site *site, const struct import_order *order, bool fails,
                      enum import_refusal *ret_refusal) {
    struct db *db = NULL;
    int64_t page = 0;
    assert_int_equal(store_single(site->store, &db), ERR_OK);
    assert_int_equal(db_begin(db), ERR_OK);
    const enum error error = import_run(db, site->arena, site->tenant, order, ret_refusal, &page);
    if (error == ERR_OK && *ret_refusal == IMPORT_FINE && !fails)
        assert_int_equal(db_commit(db), ERR_OK);
    else
        db_rollback(db);
    store_single_done(site->store, db);
    return error;
}

static struct import_order order_of(struct site *site, const char *file, const char *text) {
    return (struct import_order){.election = read(site->arena, text),
                                 .file = file,
                                 .hash = "0000",
                                 .by_votes = true,
                                 .now = site_now};
}

static void import(struct site *site, const char *file, const char *text) {
    const struct import_order order = order_of(site, file, text);
    enum import_refusal refusal = IMPORT_FINE;
    assert_int_equal(run(site, &order, false, &refusal), ERR_OK);
    assert_int_equal(refusal, IMPORT_FINE);
}

static void a_file_becomes_a_finished_round(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    import(site, "avik.pb", plain);
    assert_int_equal(browser_get(reader, "/budgets/aviks-val"), 200);
    assert_true(browser_sees(reader, "Åviks val"));
    assert_int_equal(browser_get(reader, "/budgets/aviks-val/result"), 200);
    assert_true(browser_sees(reader, "Brygga"));
    assert_int_equal(browser_get(reader, "/proposals/brygga"), 200);
    assert_string_equal(site_text(site, "SELECT choices AS text FROM counted_ballot WHERE pot = 1 "
                                        "ORDER BY ballots DESC, choices"),
                        "3");
    /* "10" comes before "9" by code points, and is option 1. */
    assert_int_equal(site_integer(site, "SELECT ballots FROM counted_ballot WHERE choices = '1,2'"),
                     2);
    assert_int_equal(site_integer(site, "SELECT ballots FROM counted_ballot WHERE pot = 0"), 1);
    assert_int_equal(site_integer(site, "SELECT cost FROM poll_option WHERE option = 3"), 4025);
    assert_int_equal(site_integer(site, "SELECT sum FROM poll_pot"), 10050);
    assert_int_equal(site_integer(site, "SELECT most_choices FROM poll"), 2);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM budget_result_row WHERE selected = "
                                        "1"),
                     2);
    site_close(site);
}

/* Of points the sum decides, of rankings the places; their choices keep what the voter wrote. */
static void points_and_ranks_are_kept(void **state) {
    struct site *site = site_open(state);
    import(site, "points.pb", points);
    import(site, "ranks.pb", ranks);
    assert_int_equal(site_integer(site, "SELECT ballots FROM counted_ballot WHERE choices = "
                                        "'1:0,2:4'"),
                     1);
    assert_int_equal(site_integer(site, "SELECT ballots FROM counted_ballot WHERE choices = '2,1'"),
                     7);
    assert_int_equal(site_integer(site,
                                  "SELECT r.votes FROM budget_result_row r JOIN poll p ON p.page = "
                                  "r.campaign WHERE p.ballot_kind = 'points' AND r.option = 2"),
                     16);
    assert_int_equal(site_integer(site,
                                  "SELECT r.votes FROM budget_result_row r JOIN poll p ON p.page = "
                                  "r.campaign WHERE p.ballot_kind = 'ranking' AND r.option = 2"),
                     7);
    site_close(site);
}

static const char *const tables[] = {
    "campaign", "page",        "page_text",      "proposal",      "poll",
    "poll_pot", "poll_option", "counted_ballot", "budget_result", "budget_result_row"};

static int64_t rows_of_all(struct site *site) {
    int64_t rows = 0;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        rows += site_integer(site, arena_format(site->arena, "SELECT COUNT(*) FROM %s", tables[i]));
    return rows;
}

static void the_same_file_twice_is_refused(void **state) {
    struct site *site = site_open(state);
    const struct import_order order = order_of(site, "avik.pb", plain);
    enum import_refusal refusal = IMPORT_FINE;
    import(site, "avik.pb", plain);
    const int64_t before = rows_of_all(site);
    assert_int_equal(run(site, &order, false, &refusal), ERR_OK);
    assert_int_equal(refusal, IMPORT_TWICE);
    assert_int_equal(rows_of_all(site), before);
    import(site, "another-name.pb", plain);
    site_close(site);
}

/* What ends before its commit, whatever the reason, leaves nothing. */
static void nothing_is_left_half_there(void **state) {
    struct site *site = site_open(state);
    const struct import_order order = order_of(site, "avik.pb", plain);
    enum import_refusal refusal = IMPORT_FINE;
    const int64_t before = rows_of_all(site);
    assert_int_equal(run(site, &order, true, &refusal), ERR_OK);
    assert_int_equal(refusal, IMPORT_FINE);
    assert_int_equal(rows_of_all(site), before);
    site_close(site);
}

static void what_cannot_be_a_round_is_refused(void **state) {
    static const struct {
        const char *budget, *cost;
        enum import_refusal refusal;
    } cases[] = {
        {"0", "5", IMPORT_BUDGET},
        {"10.125", "5", IMPORT_BUDGET},
        {"10", "5.001", IMPORT_COST},
        {"10.5", "5.25", IMPORT_FINE},
    };
    struct arena *arena = arena_new(4 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct import_order order = {
            .election = read(arena, arena_format(arena,
                                                 "META\nkey;value\nnum_projects;1\nnum_votes;1\n"
                                                 "budget;%s\nvote_type;approval\nPROJECTS\n"
                                                 "project_id;cost\na;%s\nVOTES\nvoter_id;vote\n1;a",
                                                 cases[i].budget, cases[i].cost))};
        assert_int_equal(import_judge(&order), cases[i].refusal);
        assert_true(import_refusal_text(cases[i].refusal)[0] != '\0');
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(a_file_becomes_a_finished_round),
        TEST_ON_BOTH(points_and_ranks_are_kept),
        TEST_ON_BOTH(the_same_file_twice_is_refused),
        TEST_ON_BOTH(nothing_is_left_half_there),
        cmocka_unit_test(what_cannot_be_a_round_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
