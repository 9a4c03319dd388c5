#include "methods/tally/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "methods/tally/inside.h"

const struct rule *const tally_rules[] = {&rule_greedy, NULL};

static const char *const satisfaction_names[] = {"cost", "cardinality", "points", "borda"};

const char *satisfaction_name(enum satisfaction satisfaction) {
    return satisfaction_names[satisfaction];
}

bool satisfaction_find(const char *name, enum satisfaction *ret_satisfaction) {
    for (enum satisfaction each = SATISFACTION_COST; each <= SATISFACTION_BORDA; each++)
        if (strcmp(satisfaction_names[each], name) == 0) {
            *ret_satisfaction = each;
            return true;
        }
    return false;
}

const struct rule *rule_find(const char *name) {
    for (size_t i = 0; tally_rules[i] != NULL; i++)
        if (strcmp(tally_rules[i]->name, name) == 0)
            return tally_rules[i];
    return NULL;
}

const char *outcome_name(enum tally_outcome outcome) {
    static const char *const names[] = {"selected",   "first",         "no_room",
                                        "after_stop", "below_minimum", "no_support"};
    return names[outcome];
}

const char *tally_refusal_text(enum tally_refusal refusal) {
    static const char *const texts[] = {
        [TALLY_FINE] = "nothing is wrong",
        [TALLY_NO_POINTS] = "satisfaction points needs ballots with points (cumulative, scoring)",
        [TALLY_NO_RANKS] = "satisfaction borda needs ballots with an order (ordinal)",
        [TALLY_FIRST] = "projects taken beforehand must exist, be named once and fit the budget",
    };
    return texts[refusal];
}

/* ---- what rules share ---- */

bool tally_admits(const struct tally_options *options, uint64_t votes) {
    return votes >= options->minimum_votes && (votes > 0 || options->zero_support_eligible);
}

void counting_turn(struct counting *counting, uint32_t project, int64_t left) {
    struct tally *tally = counting->tally;
    tally->turns[tally->turn_count++] = project;
    tally->verdicts[project].turn = (uint32_t)tally->turn_count;
    tally->verdicts[project].left = left;
}

void counting_select(struct counting *counting, uint32_t project) {
    struct tally *tally = counting->tally;
    tally->verdicts[project].outcome = OUTCOME_SELECTED;
    tally->total_cost += tally->election->projects[project].cost;
    tally->selected_count++;
}

void counting_tie(struct counting *counting, const uint32_t *projects, size_t count, bool decides) {
    struct tally *tally = counting->tally;
    tally->tie_breaks[tally->tie_break_count++] = (struct tie_break){projects, count, decides};
}

/* ---- before the rule ---- */

/* What place `i` of a ballot is worth to one voter. */
static int64_t mark_worth(const struct election_ballot *ballot, uint32_t i,
                          enum satisfaction satisfaction) {
    if (satisfaction == SATISFACTION_POINTS)
        return ballot->points[i];
    return satisfaction == SATISFACTION_BORDA ? ballot->length - 1 - i : 1;
}

static void votes_count(struct tally *tally) {
    const struct election *election = tally->election;
    for (size_t b = 0; b < election->ballot_count; b++) {
        const struct election_ballot *ballot = &election->ballots[b];
        for (uint32_t i = 0; i < ballot->length; i++) {
            struct verdict *verdict = &tally->verdicts[ballot->projects[i]];
            verdict->votes += ballot->voters;
            verdict->worth +=
                mark_worth(ballot, i, tally->options.satisfaction) * (int64_t)ballot->voters;
        }
    }
}

static void outcomes_beforehand(struct tally *tally) {
    for (size_t i = 0; i < tally->election->project_count; i++) {
        struct verdict *verdict = &tally->verdicts[i];
        if (verdict->outcome == OUTCOME_FIRST)
            continue;
        verdict->outcome = OUTCOME_NO_ROOM;
        if (verdict->votes == 0 && !tally->options.zero_support_eligible)
            verdict->outcome = OUTCOME_NO_SUPPORT;
        else if (verdict->votes < tally->options.minimum_votes)
            verdict->outcome = OUTCOME_BELOW_MINIMUM;
    }
}

static struct contender *contenders_new(const struct tally *tally) {
    const struct election *election = tally->election;
    struct contender *contenders =
        ARENA_ARRAY(tally->arena, election->project_count, struct contender);
    for (size_t i = 0; i < election->project_count; i++) {
        const struct project *project = &election->projects[i];
        unsigned char *lot = NULL;
        if (tally->options.ties.seed != NULL) {
            lot = arena_take(tally->arena, TIES_LOT_BYTES);
            ties_lot(tally->options.ties.seed, project->id, lot);
        }
        contenders[i] = (struct contender){.id = project->id,
                                           .votes = tally->verdicts[i].votes,
                                           .cost = project->cost,
                                           .submitted = (uint32_t)i,
                                           .lot = lot};
    }
    return contenders;
}

static bool first_take(struct tally *tally) {
    const struct election *election = tally->election;
    for (size_t i = 0; i < tally->options.first_count; i++) {
        const uint32_t project = tally->options.first[i];
        if (project >= election->project_count ||
            tally->verdicts[project].outcome == OUTCOME_FIRST ||
            election->projects[project].cost > election->budget - tally->total_cost)
            return false;
        tally->verdicts[project].outcome = OUTCOME_FIRST;
        tally->total_cost += election->projects[project].cost;
        tally->selected_count++;
    }
    return true;
}

static enum tally_refusal options_check(const struct election *election,
                                        const struct tally_options *options) {
    assert(options->rule != NULL);
    if (options->satisfaction == SATISFACTION_POINTS && !election_kind_has_points(election->kind))
        return TALLY_NO_POINTS;
    if (options->satisfaction == SATISFACTION_BORDA && election->kind != BALLOT_ORDINAL)
        return TALLY_NO_RANKS;
    return TALLY_FINE;
}

enum tally_refusal tally_run(struct arena *arena, const struct election *election,
                             const struct tally_options *options, const struct tally **ret_tally) {
    const enum tally_refusal refusal = options_check(election, options);
    if (refusal != TALLY_FINE)
        return refusal;
    struct tally *tally = ARENA_NEW(arena, struct tally);
    const size_t count = election->project_count;
    tally->arena = arena;
    tally->election = election;
    tally->options = *options;
    tally->verdicts = ARENA_ARRAY(arena, count, struct verdict);
    tally->turns = ARENA_ARRAY(arena, count, uint32_t);
    tally->tie_breaks = ARENA_ARRAY(arena, count, struct tie_break);
    if (!first_take(tally))
        return TALLY_FIRST;
    votes_count(tally);
    outcomes_beforehand(tally);
    struct counting counting = {.tally = tally,
                                .contenders = contenders_new(tally),
                                .money = election->budget - tally->total_cost};
    options->rule->run(&counting);
    if (options->explains)
        options->rule->explain(&counting);
    *ret_tally = tally;
    return TALLY_FINE;
}

/* ---- after it ---- */

static int id_compare(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **tally_selected(struct arena *arena, const struct tally *tally) {
    const char **ids = ARENA_ARRAY(arena, tally->selected_count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < tally->election->project_count; i++)
        if (tally->verdicts[i].outcome <= OUTCOME_FIRST)
            ids[count++] = tally->election->projects[i].id;
    qsort(ids, count, sizeof *ids, id_compare);
    return ids;
}
