/* The greedy rule: most worth for the money first, as long as it lasts.
 *
 * Projects are ordered by worth / cost, largest first (for satisfaction cost that is by votes; a
 * project that costs nothing and is worth something comes before all that cost), ties as declared.
 * One pass takes every project that still fits; with `stops` it ends at the first that does not.
 * Talmon and Faliszewski, "A Framework for Approval-Based Budgeting Methods", AAAI 2019, section 3
 * (greedy rules); the rule of most cities that let their residents vote on projects.
 *
 * O(marks + projects log projects); the explanation O(projects² log votes). */
#include <stdlib.h>

#include "methods/tally/inside.h"

/* worth / cost as a fraction; over 0 is above all others. */
struct merit {
    int64_t worth, cost;
};

/* A project as it is, or as it would be with more votes or a lower cost. */
struct candidate {
    struct merit merit;
    struct contender contender;
};

enum { SAME_MERIT = 0 };

static struct merit merit_of(const struct tally *tally, int64_t worth, int64_t cost) {
    const bool is_votes = tally->options.satisfaction == SATISFACTION_COST;
    return (struct merit){worth, is_votes || worth == 0 ? 1 : cost};
}

/* Negative when `a` is better. */
static int merit_compare(struct merit a, struct merit b) {
    __extension__ const __int128 left = (__int128)a.worth * b.cost,
                                 right = (__int128)b.worth * a.cost;
    return (left < right) - (left > right);
}

static struct candidate candidate_of(const struct counting *counting, uint32_t project) {
    const struct contender contender = counting->contenders[project];
    return (struct candidate){
        merit_of(counting->tally, counting->tally->verdicts[project].worth, contender.cost),
        contender};
}

static int candidate_compare(const struct counting *counting, const struct candidate *a,
                             const struct candidate *b) {
    const int order = merit_compare(a->merit, b->merit);
    return order != SAME_MERIT
               ? order
               : ties_compare(&counting->tally->options.ties, &a->contender, &b->contender);
}

static int project_compare(const void *a, const void *b, void *context) {
    const struct candidate one = candidate_of(context, *(const uint32_t *)a);
    const struct candidate other = candidate_of(context, *(const uint32_t *)b);
    return candidate_compare(context, &one, &other);
}

/* Projects in the running, in the order of the rule. */
static uint32_t *order_of(struct counting *counting, size_t *ret_count) {
    const struct tally *tally = counting->tally;
    uint32_t *order = ARENA_ARRAY(tally->arena, tally->election->project_count, uint32_t);
    size_t count = 0;
    for (uint32_t i = 0; i < tally->election->project_count; i++)
        if (tally->verdicts[i].outcome == OUTCOME_NO_ROOM)
            order[count++] = i;
    qsort_r(order, count, sizeof *order, project_compare, counting);
    *ret_count = count;
    return order;
}

/* True when the order among equal projects, with so much money left, changes who gets in: one of
 * them fits alone, but not all that could fit do together. */
static bool tie_decides(const struct counting *counting, const uint32_t *equal, size_t count,
                        int64_t left) {
    const bool stops = counting->tally->options.stops;
    int64_t room = left; /* below 0 = not all fit together */
    bool fits_any = false;
    for (size_t i = 0; i < count; i++) {
        const int64_t cost = counting->contenders[equal[i]].cost;
        fits_any |= cost <= left;
        if (room >= 0 && (cost <= left || stops))
            room -= cost;
    }
    return fits_any && room < 0;
}

/* Notes the ties; `left[i]` is the money when order[i] had its turn, -1 = after the stop. */
static void ties_note(struct counting *counting, const uint32_t *order, size_t count,
                      const int64_t *left) {
    for (size_t i = 0, end; i < count; i = end) {
        const struct merit merit = candidate_of(counting, order[i]).merit;
        for (end = i + 1; end < count; end++)
            if (merit_compare(merit, candidate_of(counting, order[end]).merit) != SAME_MERIT)
                break;
        if (end - i > 1)
            counting_tie(counting, order + i, end - i,
                         left[i] >= 0 && tie_decides(counting, order + i, end - i, left[i]));
    }
}

static void greedy_run(struct counting *counting) {
    struct tally *tally = counting->tally;
    size_t count;
    const uint32_t *order = order_of(counting, &count);
    int64_t *left = ARENA_ARRAY(tally->arena, count, int64_t);
    int64_t money = counting->money;
    bool has_stopped = false;
    for (size_t i = 0; i < count; i++) {
        const int64_t cost = counting->contenders[order[i]].cost;
        struct verdict *verdict = &tally->verdicts[order[i]];
        left[i] = has_stopped ? -1 : money;
        counting_turn(counting, order[i], money);
        if (cost > money)
            verdict->short_by = cost - money;
        if (has_stopped) {
            verdict->outcome = OUTCOME_AFTER_STOP;
        } else if (cost <= money) {
            counting_select(counting, order[i]);
            money -= cost;
        } else {
            has_stopped = tally->options.stops;
        }
    }
    ties_note(counting, order, count, left);
}

/* ---- what projects that are out lacked ---- */

/* Counts again with `project` as it would be: true when it would get in. */
static bool would_get_in(const struct counting *counting, uint32_t project,
                         const struct candidate *changed) {
    const struct tally *tally = counting->tally;
    int64_t money = counting->money;
    if (!tally_admits(&tally->options, changed->contender.votes))
        return false;
    for (size_t i = 0; i < tally->turn_count; i++) {
        if (tally->turns[i] == project)
            continue;
        const struct candidate other = candidate_of(counting, tally->turns[i]);
        if (candidate_compare(counting, changed, &other) < 0)
            break;
        if (other.contender.cost <= money)
            money -= other.contender.cost;
        else if (tally->options.stops)
            return false;
    }
    return changed->contender.cost <= money;
}

/* The project with further worth: a vote each, or points from those who vote for it already. */
static bool in_with_worth(const struct counting *counting, uint32_t project, int64_t further) {
    const struct tally *tally = counting->tally;
    const bool is_votes = tally->options.satisfaction == SATISFACTION_COST ||
                          tally->options.satisfaction == SATISFACTION_CARDINALITY;
    struct candidate changed = candidate_of(counting, project);
    if (is_votes)
        changed.contender.votes += (uint64_t)further;
    else if (changed.contender.votes == 0)
        changed.contender.votes = 1;
    changed.merit =
        merit_of(tally, tally->verdicts[project].worth + further, changed.contender.cost);
    return would_get_in(counting, project, &changed);
}

static bool in_with_cost(const struct counting *counting, uint32_t project, int64_t cost) {
    struct candidate changed = candidate_of(counting, project);
    changed.contender.cost = cost;
    changed.merit = merit_of(counting->tally, counting->tally->verdicts[project].worth, cost);
    return would_get_in(counting, project, &changed);
}

/* The least further worth. More of it never moves the project back, and earlier there is never less
 * money left, so halving finds it. */
static int64_t lacks_worth(const struct counting *counting, uint32_t project) {
    const int64_t most = INT64_C(1) << 61;
    int64_t in = 1;
    if (counting->contenders[project].cost > counting->money)
        return 0;
    while (!in_with_worth(counting, project, in)) {
        if (in == most)
            return 0;
        in *= 2;
    }
    for (int64_t out = in / 2; in - out > 1;) {
        const int64_t middle = out + (in - out) / 2;
        if (in_with_worth(counting, project, middle))
            in = middle;
        else
            out = middle;
    }
    return in;
}

/* The least reduction, in the same way. */
static int64_t cheaper_by(const struct counting *counting, uint32_t project) {
    const int64_t cost = counting->contenders[project].cost;
    int64_t in = 1, out = cost;
    if (cost <= 1 || !in_with_cost(counting, project, in))
        return 0;
    while (out - in > 1) {
        const int64_t middle = in + (out - in) / 2;
        if (in_with_cost(counting, project, middle))
            in = middle;
        else
            out = middle;
    }
    return cost - in;
}

static void greedy_explain(struct counting *counting) {
    const struct tally *tally = counting->tally;
    for (uint32_t i = 0; i < tally->election->project_count; i++) {
        struct verdict *verdict = &tally->verdicts[i];
        if (verdict->outcome <= OUTCOME_FIRST)
            continue;
        verdict->lacks_worth = lacks_worth(counting, i);
        verdict->cheaper_by = cheaper_by(counting, i);
    }
}

const struct rule rule_greedy = {
    .name = "greedy",
    .doc = "Most worth for the money first, as long as the money lasts",
    .run = greedy_run,
    .explain = greedy_explain,
};
