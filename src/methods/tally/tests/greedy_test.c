/* The greedy rule by hand: who gets in, why, and which ties were broken. PB-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/tally/tests/build.h"

static int begin(void **state) {
    *state = arena_new(16 << 20);
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

static struct tally_options greedy(enum satisfaction satisfaction) {
    return (struct tally_options){.rule = rule_find("greedy"), .satisfaction = satisfaction};
}

/* The example of the folder's README. */
static void the_readme_example_PB_8(void **state) {
    const struct election *election =
        election_of(*state, 1000, "600 300 400 100 250", "abc:4 bd:3 ac:2 c:1 d:2");
    struct tally_options options = greedy(SATISFACTION_COST);
    assert_string_equal(selected_of(*state, election, &options), "bcd");
    options.stops = true;
    assert_string_equal(selected_of(*state, election, &options), "bc");
    options.stops = false;
    options.minimum_votes = 6;
    assert_string_equal(selected_of(*state, election, &options), "bc");
    options = greedy(SATISFACTION_CARDINALITY);
    assert_string_equal(selected_of(*state, election, &options), "bcd");
    options.zero_support_eligible = true;
    assert_string_equal(selected_of(*state, election, &options), "bcd");
}

static void each_project_has_its_reason_PB_8(void **state) {
    const struct election *election =
        election_of(*state, 1000, "600 300 400 100 250", "abc:4 bd:3 ac:2 c:1 d:2");
    struct tally_options options = greedy(SATISFACTION_COST);
    options.minimum_votes = 6;
    options.explains = true;
    const struct tally *tally = tally_of(*state, election, &options);
    const struct verdict *a = &tally->verdicts[0], *d = &tally->verdicts[3],
                         *e = &tally->verdicts[4];
    assert_int_equal(a->outcome, OUTCOME_NO_ROOM);
    assert_int_equal(a->turn, 3);
    assert_true(a->left == 300 && a->short_by == 300 && a->cheaper_by == 300);
    assert_int_equal(a->votes, 6);
    assert_int_equal(a->lacks_worth, 1); /* level with b at 7, and a's id is smaller */
    assert_int_equal(d->outcome, OUTCOME_BELOW_MINIMUM);
    assert_int_equal(d->turn, 0);
    assert_int_equal(d->lacks_worth, 1);
    assert_int_equal(d->cheaper_by, 0);
    assert_int_equal(e->outcome, OUTCOME_NO_SUPPORT);
    assert_int_equal(e->lacks_worth, 6);
    assert_true(tally->total_cost == 700);
    options.minimum_votes = 0;
    options.stops = true;
    assert_int_equal(tally_of(*state, election, &options)->verdicts[3].outcome, OUTCOME_AFTER_STOP);
}

static void free_and_unsupported_projects(void **state) {
    const struct election *election = election_of(*state, 5, "5 0 3 0", "ab:2 a:1");
    struct tally_options options = greedy(SATISFACTION_CARDINALITY);
    assert_string_equal(selected_of(*state, election, &options), "ab");
    options.zero_support_eligible = true;
    assert_string_equal(selected_of(*state, election, &options), "abd");
    options.explains = true;
    const struct tally *tally = tally_of(*state, election, &options);
    assert_int_equal(tally->turns[0], 1); /* free and liked: before all that cost */
    assert_int_equal(tally->verdicts[2].outcome, OUTCOME_NO_ROOM);
    assert_true(tally->verdicts[2].short_by == 3);
    assert_int_equal(tally->verdicts[2].cheaper_by, 0); /* nothing is left */
}

static void a_project_above_the_budget_lacks_no_votes(void **state) {
    const struct election *election = election_of(*state, 5, "6 5", "a:9 b:1");
    struct tally_options options = greedy(SATISFACTION_COST);
    options.explains = true;
    const struct tally *tally = tally_of(*state, election, &options);
    assert_int_equal(tally->verdicts[0].lacks_worth, 0);
    assert_true(tally->verdicts[0].cheaper_by == 1);
}

static void projects_taken_beforehand_cost_too(void **state) {
    const struct election *election = election_of(*state, 5, "2 3 2", "a:1 b:9 c:3");
    struct tally_options options = greedy(SATISFACTION_COST);
    options.first = (const uint32_t[]){0};
    options.first_count = 1;
    assert_string_equal(selected_of(*state, election, &options), "ab");
    const struct tally *tally = NULL;
    options.first = (const uint32_t[]){0, 0};
    options.first_count = 2;
    assert_int_equal(tally_run(*state, election, &options, &tally), TALLY_FIRST);
    options.first = (const uint32_t[]){0, 1, 2};
    options.first_count = 3;
    assert_int_equal(tally_run(*state, election, &options, &tally), TALLY_FIRST);
    options.first = (const uint32_t[]){3};
    options.first_count = 1;
    assert_int_equal(tally_run(*state, election, &options, &tally), TALLY_FIRST);
    assert_null(tally);
}

/* Equal worth per cost is told from nearly equal: 1/3 of 3 and 333333333333 of 10^12 - 1. */
static void fractions_are_compared_exactly(void **state) {
    struct built built = {.kind = BALLOT_SCORING,
                          .budget = {INT64_C(999999999999), 0},
                          .costs = {{INT64_C(999999999999), 0}, {3, 0}},
                          .project_count = 2,
                          .ballots = {{{0, 1}, {333333333, 1}, 2, 1}},
                          .ballot_count = 1};
    const struct tally_options options = greedy(SATISFACTION_POINTS);
    assert_string_equal(selected_of(*state, built_election(*state, &built), &options), "b");
    built.costs[0].units = 999999999; /* 333333333/999999999 = 1/3: a tie, by id */
    built.budget.units = 999999999;
    const struct tally *tally = tally_of(*state, built_election(*state, &built), &options);
    assert_int_equal(tally->turns[0], 0);
    assert_int_equal(tally->tie_break_count, 1);
    assert_true(tally->tie_breaks[0].decides);
    built.costs[0].units = 999999998; /* a little cheaper: no tie */
    assert_int_equal(tally_of(*state, built_election(*state, &built), &options)->tie_break_count,
                     0);
    built.costs[0].units = 1000000000;
    const struct tally *dearer = tally_of(*state, built_election(*state, &built), &options);
    assert_int_equal(dearer->tie_break_count, 0);
    assert_int_equal(dearer->turns[0], 1);
}

static void satisfactions_want_their_ballots(void **state) {
    const struct election *election = election_of(*state, 5, "2 3", "a:1");
    const struct tally *tally = NULL;
    struct tally_options options = greedy(SATISFACTION_POINTS);
    assert_int_equal(tally_run(*state, election, &options, &tally), TALLY_NO_POINTS);
    options = greedy(SATISFACTION_BORDA);
    assert_int_equal(tally_run(*state, election, &options, &tally), TALLY_NO_RANKS);
    assert_null(tally);
    enum satisfaction satisfaction = SATISFACTION_COST;
    assert_false(satisfaction_find("happiness", &satisfaction));
    assert_null(rule_find("fairest"));
}

static void a_tie_is_noted_and_whether_it_decides_PB_8(void **state) {
    const struct tally_options options = greedy(SATISFACTION_COST);
    struct tally_options stops = options;
    stops.stops = true;
    const struct tally *tally =
        tally_of(*state, election_of(*state, 5, "2 3 2", "abc:1"), &options);
    assert_int_equal(tally->tie_break_count, 1);
    assert_int_equal(tally->tie_breaks[0].count, 3);
    assert_true(tally->tie_breaks[0].decides);
    tally = tally_of(*state, election_of(*state, 7, "2 3 2", "abc:1"), &options);
    assert_false(tally->tie_breaks[0].decides); /* all fit */
    tally = tally_of(*state, election_of(*state, 5, "2 6 3", "abc:1"), &options);
    assert_false(tally->tie_breaks[0].decides); /* b never fits, the others always do */
    tally = tally_of(*state, election_of(*state, 5, "2 6 3", "abc:1"), &stops);
    assert_true(tally->tie_breaks[0].decides); /* where b comes, the counting ends */
    tally = tally_of(*state, election_of(*state, 5, "9 2 3", "a:2 bc:1"), &stops);
    assert_int_equal(tally->tie_break_count, 1);
    assert_false(tally->tie_breaks[0].decides); /* after the stop */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_readme_example_PB_8, begin, end),
        cmocka_unit_test_setup_teardown(each_project_has_its_reason_PB_8, begin, end),
        cmocka_unit_test_setup_teardown(free_and_unsupported_projects, begin, end),
        cmocka_unit_test_setup_teardown(a_project_above_the_budget_lacks_no_votes, begin, end),
        cmocka_unit_test_setup_teardown(projects_taken_beforehand_cost_too, begin, end),
        cmocka_unit_test_setup_teardown(fractions_are_compared_exactly, begin, end),
        cmocka_unit_test_setup_teardown(satisfactions_want_their_ballots, begin, end),
        cmocka_unit_test_setup_teardown(a_tie_is_noted_and_whether_it_decides_PB_8, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
