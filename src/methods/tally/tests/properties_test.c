/* What holds for every rule, and greedy against a count written another way; on small elections by
 * chance, the same each time. PB-8: never over the pot, same input same result. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/tally/tests/build.h"

enum { ROUNDS = 3000 };

/* All there is to choose, by chance. */
static struct tally_options options_by_chance(uint64_t *state, const struct rule *rule,
                                              enum election_kind kind) {
    struct tally_options options = {.rule = rule};
    options.satisfaction = chance(state, 2) == 0 ? SATISFACTION_COST : SATISFACTION_CARDINALITY;
    if (kind == BALLOT_SCORING && chance(state, 2) == 0)
        options.satisfaction = SATISFACTION_POINTS;
    if (kind == BALLOT_ORDINAL && chance(state, 2) == 0)
        options.satisfaction = SATISFACTION_BORDA;
    options.zero_support_eligible = chance(state, 2) == 0;
    options.stops = chance(state, 3) == 0;
    options.minimum_votes = chance(state, 3) == 0 ? chance(state, 5) : 0;
    options.ties.rules[0] = chance(state, TIES_LOT);
    options.ties.count = 1;
    return options;
}

/* Ballots in another order, and each given as several. */
static struct built shuffled(const struct built *built, uint64_t *state) {
    struct built other = *built;
    other.ballot_count = 0;
    for (size_t i = built->ballot_count; i-- > 0;)
        for (uint32_t k = 0; k < built->ballots[i].voters; k++) {
            struct built_ballot *to = &other.ballots[other.ballot_count++];
            *to = built->ballots[i];
            to->voters = 1;
        }
    for (size_t i = other.ballot_count; i > 1; i--) {
        const size_t k = chance(state, (uint32_t)i);
        const struct built_ballot kept = other.ballots[i - 1];
        other.ballots[i - 1] = other.ballots[k];
        other.ballots[k] = kept;
    }
    return other;
}

static void check_sums(const struct tally *tally) {
    int64_t cost = 0;
    size_t selected = 0;
    for (size_t i = 0; i < tally->election->project_count; i++)
        if (tally->verdicts[i].outcome <= OUTCOME_FIRST) {
            cost += tally->election->projects[i].cost;
            selected++;
        }
    assert_true(cost == tally->total_cost && cost <= tally->election->budget);
    assert_int_equal(selected, tally->selected_count);
}

/* Every rule: never over the budget; the order of voters, of projects (but for the tie rule that
 * asks for it) and merging change nothing; twice the same is the same. */
static void every_rule_keeps_its_promises_PB_8(void **unused) {
    (void)unused;
    uint64_t state = 20260517;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena *arena = arena_new(4 << 20);
        const enum election_kind kind = chance(&state, BALLOT_ORDINAL + 1);
        const struct built built = built_by_chance(&state, kind);
        const struct built other = shuffled(&built, &state);
        for (size_t i = 0; tally_rules[i] != NULL; i++) {
            const struct tally_options options = options_by_chance(&state, tally_rules[i], kind);
            const struct election *election = built_election(arena, &built);
            check_sums(tally_of(arena, election, &options));
            const char *once = selected_of(arena, election, &options);
            assert_string_equal(once, selected_of(arena, election, &options));
            assert_string_equal(once, selected_of(arena, built_election(arena, &other), &options));
            if (options.ties.rules[0] != TIES_EARLIEST)
                assert_string_equal(once,
                                    selected_of(arena, built_backwards(arena, &built), &options));
        }
        arena_free(arena);
    }
}

/* ---- greedy, written again from its definition, slowly ---- */

struct slow {
    int64_t worth[8], cost[8];
    uint64_t votes[8];
    bool is_out[8], is_in[8];
};

static void slow_count(const struct built *built, const struct tally_options *options,
                       struct slow *slow) {
    for (size_t i = 0; i < built->project_count; i++)
        slow->cost[i] = built->costs[i].units;
    for (size_t b = 0; b < built->ballot_count; b++) {
        const struct built_ballot *ballot = &built->ballots[b];
        for (size_t k = 0; k < ballot->length; k++) {
            const uint32_t project = ballot->projects[k];
            int64_t worth = slow->cost[project];
            if (options->satisfaction == SATISFACTION_CARDINALITY)
                worth = 1;
            else if (options->satisfaction == SATISFACTION_POINTS)
                worth = ballot->points[k];
            else if (options->satisfaction == SATISFACTION_BORDA)
                worth = (int64_t)(ballot->length - k - 1);
            slow->worth[project] += worth * ballot->voters;
            slow->votes[project] += ballot->voters;
        }
    }
    for (size_t i = 0; i < built->project_count; i++)
        slow->is_out[i] = slow->votes[i] < options->minimum_votes ||
                          (slow->votes[i] == 0 && !options->zero_support_eligible);
}

/* True when a comes before b: worth per cost, then the tie rule, then the id. */
static bool slow_before(const struct slow *slow, enum tie_rule rule, size_t a, size_t b) {
    const double infinite = 1e9;
    const double one = slow->cost[a] > 0    ? (double)slow->worth[a] / (double)slow->cost[a]
                       : slow->worth[a] > 0 ? infinite
                                            : 0;
    const double other = slow->cost[b] > 0    ? (double)slow->worth[b] / (double)slow->cost[b]
                         : slow->worth[b] > 0 ? infinite
                                              : 0;
    if (one != other) /* exact: numbers this small differ by more than rounding */
        return one > other;
    if (rule == TIES_SUPPORTERS && slow->votes[a] != slow->votes[b])
        return slow->votes[a] > slow->votes[b];
    if (rule == TIES_COST && slow->cost[a] != slow->cost[b])
        return slow->cost[a] < slow->cost[b];
    return a < b;
}

static const char *slow_greedy(struct arena *arena, const struct built *built,
                               const struct tally_options *options) {
    struct slow slow = {0};
    int64_t money = built->budget.units;
    const char *text = "";
    slow_count(built, options, &slow);
    for (;;) {
        size_t best = built->project_count;
        for (size_t i = 0; i < built->project_count; i++)
            if (!slow.is_out[i] && (best == built->project_count ||
                                    slow_before(&slow, options->ties.rules[0], i, best)))
                best = i;
        if (best == built->project_count)
            break;
        slow.is_out[best] = true;
        slow.is_in[best] = slow.cost[best] <= money;
        money -= slow.is_in[best] ? slow.cost[best] : 0;
        if (!slow.is_in[best] && options->stops)
            break;
    }
    for (size_t i = 0; i < built->project_count; i++)
        if (slow.is_in[i])
            text = arena_format(arena, "%s%c", text, (char)('a' + (int)i));
    return text;
}

static void greedy_is_what_its_definition_says_PB_8(void **unused) {
    (void)unused;
    uint64_t state = 7;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena *arena = arena_new(4 << 20);
        const enum election_kind kind = chance(&state, BALLOT_ORDINAL + 1);
        struct built built = built_by_chance(&state, kind);
        const struct tally_options options = options_by_chance(&state, rule_find("greedy"), kind);
        if (options.satisfaction == SATISFACTION_COST) /* worth 0 for 0 is told apart elsewhere */
            for (size_t i = 0; i < built.project_count; i++)
                built.costs[i].units += built.costs[i].units == 0;
        assert_string_equal(selected_of(arena, built_election(arena, &built), &options),
                            slow_greedy(arena, &built, &options));
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_keeps_its_promises_PB_8),
        cmocka_unit_test(greedy_is_what_its_definition_says_PB_8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
