/* Elections put together without a file: projects, equal ballots, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/election/election.h"

#define MARKS(...) ((const struct mark[]){__VA_ARGS__})

static const struct amount hundred = {10000, 2}; /* 100 kronor in öre */

static int begin(void **state) {
    *state = arena_new(16 << 20);
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

static struct election_draft *three_projects(struct arena *arena, enum election_kind kind) {
    static const char *const area[] = {"area"};
    struct election_draft *draft = election_draft_new(arena, kind, area, 1);
    assert_int_equal(election_draft_budget(draft, (struct amount){150050, 2}), ELECTION_FINE);
    assert_int_equal(election_draft_project(draft, "a", "Bänk", hundred, (const char *[]){"north"}),
                     ELECTION_FINE);
    assert_int_equal(election_draft_project(draft, "b", NULL, hundred, NULL), ELECTION_FINE);
    assert_int_equal(election_draft_project(draft, "c", NULL, hundred, NULL), ELECTION_FINE);
    return draft;
}

static void equal_ballots_are_one(void **state) {
    struct election_draft *draft = three_projects(*state, BALLOT_APPROVAL);
    assert_int_equal(election_draft_ballot(draft, MARKS({0, 0}, {2, 0}), 2, 1), ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, NULL, 0, 4), ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, MARKS({2, 0}, {0, 0}), 2, 2), ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, MARKS({1, 0}), 1, 0), ELECTION_FINE);
    const struct election *election = election_draft_done(draft);
    assert_int_equal(election->ballot_count, 2);
    assert_int_equal(election->voter_count, 7);
    assert_int_equal(election->ballots[0].voters, 3);
    assert_int_equal(election->ballots[0].projects[1], 2);
    assert_int_equal(election->ballots[1].length, 0);
    assert_int_equal(election->decimals, 1);
    assert_true(election->budget == 15005);
    assert_true(election->projects[0].cost == 1000);
    assert_string_equal(project_detail(election, &election->projects[0], "area"), "north");
    assert_string_equal(project_detail(election, &election->projects[1], "area"), "");
    assert_null(project_detail(election, &election->projects[0], "theme"));
    assert_int_equal(election_project(election, "c"), 2);
    assert_int_equal(election_project(election, "d"), -1);
}

static void order_and_points_tell_ballots_apart(void **state) {
    struct election_draft *draft = three_projects(*state, BALLOT_ORDINAL);
    assert_int_equal(election_draft_ballot(draft, MARKS({0, 0}, {2, 0}), 2, 1), ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, MARKS({2, 0}, {0, 0}), 2, 1), ELECTION_FINE);
    assert_int_equal(election_draft_done(draft)->ballot_count, 2);
    draft = three_projects(*state, BALLOT_SCORING);
    assert_int_equal(election_draft_ballot(draft, MARKS({0, 3}, {2, 1}), 2, 1), ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, MARKS({2, 3}, {0, 1}), 2, 1), ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, MARKS({2, 1}, {0, 3}), 2, 1), ELECTION_FINE);
    const struct election *election = election_draft_done(draft);
    assert_int_equal(election->ballot_count, 2);
    assert_int_equal(election->ballots[0].points[0], 3);
    assert_int_equal(election->ballots[0].voters, 2);
}

static void bad_projects_are_refused(void **state) {
    static const char *const bad[] = {"", " a", "a ", "a,b", "a;b", "a\"", "a\nb"};
    struct election_draft *draft = three_projects(*state, BALLOT_APPROVAL);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(election_draft_project(draft, bad[i], NULL, hundred, NULL),
                         ELECTION_PROJECT_ID);
    assert_int_equal(election_draft_project(draft, "a", NULL, hundred, NULL),
                     ELECTION_PROJECT_TWICE);
    assert_int_equal(election_draft_project(draft, "d", NULL, (struct amount){-1, 0}, NULL),
                     ELECTION_AMOUNT);
    assert_int_equal(election_draft_budget(draft, (struct amount){INT64_MAX, 0}), ELECTION_AMOUNT);
    assert_int_equal(election_draft_budget(draft, (struct amount){1, 7}), ELECTION_AMOUNT);
    for (int i = 3; i < ELECTION_PROJECTS_MAX; i++)
        assert_int_equal(
            election_draft_project(draft, arena_format(*state, "p%d", i), NULL, hundred, NULL),
            ELECTION_FINE);
    assert_int_equal(election_draft_project(draft, "one more", NULL, hundred, NULL),
                     ELECTION_PROJECTS_MANY);
}

static void bad_ballots_are_refused(void **state) {
    struct election_draft *draft = three_projects(*state, BALLOT_CHOOSE_ONE);
    assert_int_equal(election_draft_ballot(draft, MARKS({3, 0}), 1, 1), ELECTION_PROJECT_UNKNOWN);
    assert_int_equal(election_draft_ballot(draft, MARKS({1, 0}, {1, 0}), 2, 1),
                     ELECTION_MARK_TWICE);
    assert_int_equal(election_draft_ballot(draft, MARKS({1, 0}, {2, 0}), 2, 1),
                     ELECTION_MARKS_MANY);
    assert_int_equal(election_draft_ballot(draft, MARKS({1, 0}), 1, ELECTION_VOTERS_MAX),
                     ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, MARKS({1, 0}), 1, 1), ELECTION_VOTERS_MANY);
    assert_int_equal(election_draft_done(draft)->voter_count, ELECTION_VOTERS_MAX);
    draft = three_projects(*state, BALLOT_CUMULATIVE);
    assert_int_equal(election_draft_ballot(draft, MARKS({1, ELECTION_POINTS_MAX + 1}), 1, 1),
                     ELECTION_POINTS);
}

/* Many distinct ballots: the table grows, and each is found again. */
static void many_ballots_are_found_again(void **state) {
    struct election_draft *draft = election_draft_new(*state, BALLOT_APPROVAL, NULL, 0);
    for (int i = 0; i < 40; i++)
        assert_int_equal(
            election_draft_project(draft, arena_format(*state, "%d", i), NULL, hundred, NULL),
            ELECTION_FINE);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 40; i++)
            for (uint32_t k = 0; k < i; k++)
                assert_int_equal(election_draft_ballot(draft, MARKS({k, 0}, {i, 0}), 2, 1),
                                 ELECTION_FINE);
    const struct election *election = election_draft_done(draft);
    assert_int_equal(election->ballot_count, 780);
    for (size_t i = 0; i < election->ballot_count; i++)
        assert_int_equal(election->ballots[i].voters, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(equal_ballots_are_one, begin, end),
        cmocka_unit_test_setup_teardown(order_and_points_tell_ballots_apart, begin, end),
        cmocka_unit_test_setup_teardown(bad_projects_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(bad_ballots_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(many_ballots_are_found_again, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
