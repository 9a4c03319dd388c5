/* Counting one pot, and who may take a result further, by tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "budgets/results/rules.h"
#include "platform/base/instant.h"

enum { PRELIMINARY, RECOMMENDED, DECIDED, REPLACED };

/* ---- counting ---- */

static const struct count_option options[] = {{1, 6000}, {2, 5000}, {3, 4000}, {4, 1000}};

static enum error count(struct arena *arena, struct count_rules rules, int64_t sum,
                        const char *const *choices, const int64_t *ballots,
                        struct count_result *ret_result) {
    struct counter *counter = NULL;
    TRY(counter_new(arena, &rules, sum, options, 4, &counter));
    for (size_t i = 0; choices[i] != NULL; i++)
        TRY(counter_add(counter, choices[i], ballots[i]));
    return counter_finish(counter, ret_result);
}

static const char *const cast[] = {"1,2", "1", "2,3", "3", "4", NULL};
static const int64_t numbers[] = {10, 5, 2, 3, 1};

/* PB-8: votes 15, 12, 5, 1; money for 6000 and 4000 of 10 000. */
static void most_votes_first_and_what_does_not_fit_is_skipped_PB_8(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct count_result result = {0};
    assert_int_equal(count(arena,
                           (struct count_rules){.by_votes = true, .ties = COUNT_TIES_EARLIER},
                           10000, cast, numbers, &result),
                     ERR_OK);
    static const struct count_line expected[] = {
        {1, 15, 6000, 10000, 4000, 0, 0, COUNT_SELECTED, false},
        {2, 12, 5000, 4000, 4000, 4, 1000, COUNT_NO_ROOM, false},
        {3, 5, 4000, 4000, 0, 0, 0, COUNT_SELECTED, false},
        {4, 1, 1000, 0, 0, 5, 0, COUNT_NO_ROOM, false}};
    assert_int_equal(result.line_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(result.lines[i].option, expected[i].option);
        assert_int_equal(result.lines[i].votes, expected[i].votes);
        assert_int_equal(result.lines[i].left_before, expected[i].left_before);
        assert_int_equal(result.lines[i].left_after, expected[i].left_after);
        assert_int_equal(result.lines[i].lacks_votes, expected[i].lacks_votes);
        assert_int_equal(result.lines[i].lacks_money, expected[i].lacks_money);
        assert_int_equal(result.lines[i].why, expected[i].why);
    }
    assert_int_equal(result.left, 0);
    assert_int_equal(result.ballots, 21);
    arena_free(arena);
}

static void the_count_stops_when_the_rule_says_so_PB_8(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct count_result result = {0};
    assert_int_equal(
        count(arena,
              (struct count_rules){.by_votes = true, .stops = true, .ties = COUNT_TIES_EARLIER},
              10000, cast, numbers, &result),
        ERR_OK);
    assert_int_equal(result.lines[1].why, COUNT_NO_ROOM);
    assert_int_equal(result.lines[2].why, COUNT_AFTER_STOP);
    assert_int_equal(result.left, 4000);
    arena_free(arena);
}

/* Those with too few votes come last, whatever they cost. */
static void fewer_votes_than_the_least_get_nothing_PB_8(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct count_result result = {0};
    assert_int_equal(
        count(arena,
              (struct count_rules){.by_votes = true, .least_votes = 6, .ties = COUNT_TIES_EARLIER},
              100000, cast, numbers, &result),
        ERR_OK);
    assert_int_equal(result.lines[2].option, 3);
    assert_int_equal(result.lines[2].why, COUNT_TOO_FEW);
    assert_int_equal(result.lines[2].lacks_votes, 1);
    assert_int_equal(result.lines[3].option, 4);
    assert_int_equal(result.left, 89000);
    arena_free(arena);
}

static void votes_for_each_krona_is_another_rule(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct count_result result = {0};
    assert_int_equal(count(arena, (struct count_rules){.ties = COUNT_TIES_EARLIER}, 10000, cast,
                           numbers, &result),
                     ERR_OK);
    assert_int_equal(result.lines[0].option, 1);
    assert_int_equal(result.lines[1].option, 2);
    assert_int_equal(result.lines[2].option, 3); /* 5 for 4000 before 1 for 1000 */
    arena_free(arena);
}

/* By lot the order follows from the seed; the same seed gives the same. */
static void ties_are_told_and_follow_the_rule_PB_8(void **state) {
    static const char *const equal[] = {"1,2,3", NULL};
    static const int64_t ten[] = {10};
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct count_result by_lot = {0}, again = {0}, cheaper = {0};
    const struct count_rules lot = {
        .by_votes = true, .ties = COUNT_TIES_LOT, .lot_seed = "00c0ffee"};
    assert_int_equal(count(arena, lot, 6000, equal, ten, &by_lot), ERR_OK);
    assert_int_equal(count(arena, lot, 6000, equal, ten, &again), ERR_OK);
    assert_int_equal(by_lot.tie_count, 1);
    assert_int_equal(by_lot.ties[0].count, 3);
    assert_true(by_lot.ties[0].decides);
    for (size_t i = 0; i < 3; i++) {
        assert_true(by_lot.lines[i].tie);
        assert_int_equal(by_lot.lines[i].option, again.lines[i].option);
    }
    assert_int_equal(count(arena,
                           (struct count_rules){.by_votes = true, .ties = COUNT_TIES_CHEAPER}, 6000,
                           equal, ten, &cheaper),
                     ERR_OK);
    assert_int_equal(cheaper.lines[0].option, 3);
    assert_int_equal(cheaper.lines[1].option, 2);
    arena_free(arena);
}

static void points_and_ranks_of_imported_rounds_count(void **state) {
    static const char *const points[] = {"1:1,3:5", "2:2", NULL};
    static const char *const ranks[] = {"2,1,3", "2,3", NULL};
    static const int64_t ones[] = {1, 1};
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct count_result result = {0};
    const struct count_rules by_points = {
        .marks = COUNT_POINTS, .by_votes = true, .ties = COUNT_TIES_EARLIER};
    assert_int_equal(count(arena, by_points, 20000, points, ones, &result), ERR_OK);
    assert_int_equal(result.lines[0].option, 3);
    assert_int_equal(result.lines[0].votes, 5);
    const struct count_rules by_ranks = {
        .marks = COUNT_RANKS, .by_votes = true, .ties = COUNT_TIES_EARLIER};
    assert_int_equal(count(arena, by_ranks, 20000, ranks, ones, &result), ERR_OK);
    assert_int_equal(result.lines[0].option, 2);
    arena_free(arena);
}

static void ballots_that_are_none_are_refused(void **state) {
    static const char *const bad[] = {"",
                                      "x",
                                      "5",
                                      "1,1",
                                      "1,",
                                      ",1",
                                      "1 ",
                                      "1:2",
                                      "1;2",
                                      "01",
                                      "-1",
                                      "1,9",
                                      "99999999999999999999"};
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    const struct count_rules rules = {.by_votes = true, .ties = COUNT_TIES_EARLIER};
    struct counter *counter = NULL;
    struct count_result result = {0};
    assert_int_equal(counter_new(arena, &rules, 1000, options, 4, &counter), ERR_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(counter_add(counter, bad[i], 1), ERR_INVALID);
    assert_int_equal(counter_add(counter, "1", 0), ERR_INVALID);
    assert_int_equal(counter_add(counter, "1", -1), ERR_INVALID);
    assert_int_equal(counter_new(arena, &rules, -1, options, 4, &counter), ERR_INVALID);
    const struct count_rules no_seed = {.by_votes = true, .ties = COUNT_TIES_LOT};
    assert_int_equal(counter_new(arena, &no_seed, 1000, options, 4, &counter), ERR_OK);
    assert_int_equal(counter_finish(counter, &result), ERR_INVALID);
    arena_free(arena);
}

/* ---- how far ---- */

static void who_may_attest_and_when_it_is_public_PB_20(void **state) {
    enum { BO = 2, FATIMA = 6, OTHER = 7 };
    (void)state;
    static const struct {
        struct result_facts facts;
        int64_t account;
        bool may;
    } cases[] = {
        {{PRELIMINARY, BO, BO, 100, false}, FATIMA, true},
        {{PRELIMINARY, BO, BO, 100, false}, BO, false},
        {{PRELIMINARY, FATIMA, BO, 100, false}, FATIMA, false},
        {{PRELIMINARY, FATIMA, BO, 100, false}, BO, false},
        {{PRELIMINARY, FATIMA, BO, 100, false}, OTHER, true},
        {{PRELIMINARY, BO, 0, 100, false}, FATIMA, false},
        {{RECOMMENDED, BO, BO, 100, true}, FATIMA, false},
        {{REPLACED, BO, BO, 100, false}, FATIMA, false},
        {{PRELIMINARY, BO, BO, 100, false}, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(result_may_attest(&cases[i].facts, cases[i].account), cases[i].may);
    struct result_facts facts = {RECOMMENDED, BO, 0, 100, true};
    assert_false(result_is_public(&facts, 99));
    assert_true(result_is_public(&facts, 100));
    assert_false(result_may_decide(&facts, 99));
    assert_true(result_may_decide(&facts, 100));
    facts.is_attested = false;
    assert_false(result_is_public(&facts, 100));
    facts = (struct result_facts){RECOMMENDED, BO, 0, INSTANT_NONE, true};
    assert_false(result_is_public(&facts, 100));
    facts = (struct result_facts){DECIDED, BO, 0, 100, true};
    assert_false(result_may_decide(&facts, 100));
    facts = (struct result_facts){REPLACED, BO, 0, 100, true};
    assert_false(result_may_decide(&facts, 100));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_votes_first_and_what_does_not_fit_is_skipped_PB_8),
        cmocka_unit_test(the_count_stops_when_the_rule_says_so_PB_8),
        cmocka_unit_test(fewer_votes_than_the_least_get_nothing_PB_8),
        cmocka_unit_test(votes_for_each_krona_is_another_rule),
        cmocka_unit_test(ties_are_told_and_follow_the_rule_PB_8),
        cmocka_unit_test(points_and_ranks_of_imported_rounds_count),
        cmocka_unit_test(ballots_that_are_none_are_refused),
        cmocka_unit_test(who_may_attest_and_when_it_is_public_PB_20),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
