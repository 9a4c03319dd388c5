/* What a project lacked, tried: the election is really changed and counted anew. PB-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/tally/tests/build.h"

enum { ROUNDS = 1500, FAR = 60 };

static bool gets_in(const struct built *built, const struct tally_options *options,
                    uint32_t project) {
    struct arena *arena = arena_new(4 << 20);
    const struct tally *tally = tally_of(arena, built_election(arena, built), options);
    const bool is_in = tally->verdicts[project].outcome == OUTCOME_SELECTED;
    arena_free(arena);
    return is_in;
}

/* With so many further voters, who vote for this project alone. */
static bool in_with_voters(const struct built *built, const struct tally_options *options,
                           uint32_t project, int64_t voters) {
    struct built changed = *built;
    changed.ballots[changed.ballot_count++] =
        (struct built_ballot){{project}, {0}, 1, (uint32_t)voters};
    return gets_in(&changed, options, project);
}

static bool in_when_cheaper(const struct built *built, const struct tally_options *options,
                            uint32_t project, int64_t by) {
    struct built changed = *built;
    changed.costs[project].units -= by;
    return gets_in(&changed, options, project);
}

/* The least number of voters and the least saving that bring it in; 0 = none. */
static void check_one(const struct built *built, const struct tally_options *options,
                      uint32_t project, const struct verdict *verdict) {
    int64_t voters = 1, saving = 1;
    while (voters < FAR && !in_with_voters(built, options, project, voters))
        voters++;
    while (saving < built->costs[project].units &&
           !in_when_cheaper(built, options, project, saving))
        saving++;
    assert_true(verdict->lacks_worth == (voters < FAR ? voters : 0));
    assert_true(verdict->cheaper_by == (saving < built->costs[project].units ? saving : 0));
    if (voters < FAR) /* and more never hurts */
        assert_true(in_with_voters(built, options, project, voters + 1));
}

static void what_was_lacking_brings_it_in_PB_8(void **unused) {
    (void)unused;
    uint64_t state = 99;
    size_t checked = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena *arena = arena_new(4 << 20);
        const struct built built = built_by_chance(&state, BALLOT_APPROVAL);
        struct tally_options options = {.rule = rule_find("greedy"), .explains = true};
        options.satisfaction = chance(&state, 2);
        options.stops = chance(&state, 3) == 0;
        options.zero_support_eligible = chance(&state, 3) == 0;
        options.minimum_votes = chance(&state, 6);
        options.ties.rules[0] = chance(&state, TIES_LOT);
        options.ties.count = 1;
        const struct tally *tally = tally_of(arena, built_election(arena, &built), &options);
        options.explains = false;
        for (uint32_t i = 0; i < built.project_count; i++)
            if (tally->verdicts[i].outcome != OUTCOME_SELECTED) {
                check_one(&built, &options, i, &tally->verdicts[i]);
                checked++;
            }
        arena_free(arena);
    }
    assert_true(checked > ROUNDS / 2);
}

/* Points: as many further ones bring it in, one fewer does not. */
static void lacking_points_PB_8(void **unused) {
    (void)unused;
    struct built built = {.kind = BALLOT_SCORING,
                          .budget = {10, 0},
                          .costs = {{6, 0}, {5, 0}},
                          .project_count = 2,
                          .ballots = {{{0, 1}, {12, 4}, 2, 1}},
                          .ballot_count = 1};
    struct arena *arena = arena_new(4 << 20);
    const struct tally_options options = {
        .rule = rule_find("greedy"), .satisfaction = SATISFACTION_POINTS, .explains = true};
    const struct tally *tally = tally_of(arena, built_election(arena, &built), &options);
    assert_int_equal(tally->verdicts[1].outcome, OUTCOME_NO_ROOM);
    assert_int_equal(tally->verdicts[1].lacks_worth, 7); /* 11/5 beats 12/6; 10/5 is level, by id */
    assert_true(tally->verdicts[1].cheaper_by == 1);
    built.ballots[0].points[1] = 10;
    assert_false(gets_in(&built, &options, 1));
    built.ballots[0].points[1] = 11;
    assert_true(gets_in(&built, &options, 1));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_lacking_brings_it_in_PB_8),
        cmocka_unit_test(lacking_points_PB_8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
