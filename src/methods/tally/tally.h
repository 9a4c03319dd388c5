/* Counting an election: which projects get the money, and why.
 *
 * A rule is a row of one table and a file of its own. Whatever the rule, the outcome is that of
 * exact arithmetic, is the same for the same input, does not depend on the order of voters, and
 * never costs more than the budget.
 *
 * Words of the literature (Rey and Maly, "The (Computational) Social Choice Take on Indivisible
 * Participatory Budgeting", 2023, section 2): a project's worth to a voter is the voter's
 * satisfaction with it; a rule looks at the worth to all voters and at the cost. */
#ifndef RADSLAG_METHODS_TALLY_TALLY_H
#define RADSLAG_METHODS_TALLY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "methods/election/election.h"
#include "methods/tally/ties.h"
#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/text.h"

/* What a project on a ballot is worth to its voter. */
enum satisfaction {
    SATISFACTION_COST,        /* its cost */
    SATISFACTION_CARDINALITY, /* 1 */
    SATISFACTION_POINTS,      /* the points given */
    SATISFACTION_BORDA,       /* length of the ballot minus its place, places from 1 */
};

/* "cost", "cardinality", "points", "borda". */
const char *satisfaction_name(enum satisfaction satisfaction);
bool satisfaction_find(const char *name, enum satisfaction *ret_satisfaction);

struct counting; /* inside.h: what a rule works on */

/* A rule of counting. */
struct rule {
    const char *name; /* "greedy" */
    const char *doc;  /* one sentence */
    void (*run)(struct counting *counting);
    void (*explain)(struct counting *counting); /* what projects that are out lacked */
};

/* All rules, ended by NULL. */
extern const struct rule *const tally_rules[];

/* NULL when there is none of that name. */
const struct rule *rule_find(const char *name);

/* The rules of one vote, locked before it opens. All zero but `rule` is a good beginning. */
struct tally_options {
    const struct rule *rule;
    enum satisfaction satisfaction;
    bool zero_support_eligible; /* projects on no ballot may be taken, last */
    bool stops;             /* at the first project that does not fit; otherwise it is skipped */
    uint64_t minimum_votes; /* projects on fewer ballots are out */
    struct ties ties;       /* how equal projects are put in order */
    const uint32_t *first;  /* first[first_count]: projects taken before the counting */
    size_t first_count;
    bool explains; /* computes what each project lacked */
};

/* Why a project is in or out. */
enum tally_outcome {
    OUTCOME_SELECTED,
    OUTCOME_FIRST,         /* taken before the counting */
    OUTCOME_NO_ROOM,       /* did not fit in what was left */
    OUTCOME_AFTER_STOP,    /* came after the first that did not fit */
    OUTCOME_BELOW_MINIMUM, /* too few votes */
    OUTCOME_NO_SUPPORT,    /* on no ballot */
};

/* "selected", "first", "no_room", "after_stop", "below_minimum", "no_support". */
const char *outcome_name(enum tally_outcome outcome);

/* What was found for one project. Amounts are in the election's units. */
struct verdict {
    enum tally_outcome outcome;
    uint64_t votes;   /* voters with it on their ballot */
    int64_t worth;    /* to all voters: votes for cost and cardinality, otherwise sum of points */
    uint32_t turn;    /* 1 = the rule looked at it first; 0 = it was not in the running */
    int64_t left;     /* money left when its turn came; meaningful when it had one */
    int64_t short_by; /* cost minus what was left, when it did not fit; 0 otherwise */
    /* With `explains`, for projects that are out; each alone would have brought the project in,
     * all else the same, and one less would not have: both are found by counting again. */
    int64_t lacks_worth; /* further votes (or points, for points and Borda); 0 = none would do */
    int64_t cheaper_by;  /* 0 = no lower cost above 0 would do */
};

/* Projects that were equal before the tie rule put them in order. */
struct tie_break {
    const uint32_t *projects; /* in the order they were given */
    size_t count;
    bool decides; /* another order would have selected other projects */
};

struct tally {
    struct arena *arena;
    const struct election *election;
    struct tally_options options;
    struct verdict *verdicts; /* one for each project of the election, in its order */
    uint32_t *turns;          /* turns[turn_count]: projects in the order the rule took them up */
    size_t turn_count;
    struct tie_break *tie_breaks;
    size_t tie_break_count;
    int64_t total_cost;
    size_t selected_count;
};

/* Why options do not suit an election. */
enum tally_refusal {
    TALLY_FINE,
    TALLY_NO_POINTS, /* satisfaction points, and ballots without */
    TALLY_NO_RANKS,  /* satisfaction borda, and ballots without order */
    TALLY_FIRST,     /* projects taken beforehand: unknown, twice, or above the budget */
};

/* In a few English words. */
const char *tally_refusal_text(enum tally_refusal refusal);

/* Counts. The tally and all in it live in arena; the election is borrowed. */
enum tally_refusal tally_run(struct arena *arena, const struct election *election,
                             const struct tally_options *options, const struct tally **ret_tally)
    MUST_USE;

/* Ids of the selected projects, sorted by code points: ids[selected_count], in arena. */
const char **tally_selected(struct arena *arena, const struct tally *tally);

/* The result as one JSON object; `has_ledger`: with one entry for each project. Keys and values are
 * a contract: radslag tally --help. */
void tally_write_json(struct buffer *into, const struct tally *tally, bool has_ledger);

#endif
