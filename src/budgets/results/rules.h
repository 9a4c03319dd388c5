/* Counting a round: one election for each pot, by a published method (methods/tally). Pure: no
 * statements, no clock; the same ballots and rules give the same result.
 *
 * This header names nothing of methods/, whose ballots and kinds have the names of those that
 * people vote with. */
#ifndef RADSLAG_BUDGETS_RESULTS_RULES_H
#define RADSLAG_BUDGETS_RESULTS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/text.h"

/* ---- counting ---- */

enum count_marks { COUNT_CHOICES, COUNT_POINTS, COUNT_RANKS };
enum count_ties { COUNT_TIES_LOT, COUNT_TIES_EARLIER, COUNT_TIES_CHEAPER };

/* The locked rules, as far as they decide the count. */
struct count_rules {
    enum count_marks marks;
    bool by_votes;       /* most votes (points) first; otherwise most votes for each krona */
    bool stops;          /* at the first that does not fit */
    int64_t least_votes; /* 0: those without a vote may come last */
    enum count_ties ties;
    const char *lot_seed; /* of COUNT_TIES_LOT; borrowed */
};

struct count_option {
    int64_t option, cost; /* number in the poll; öre */
};

/* In the order of result_why in budgets.h. */
enum count_why { COUNT_SELECTED, COUNT_NO_ROOM, COUNT_TOO_FEW, COUNT_AFTER_STOP };

struct count_line {
    int64_t option, votes, cost, left_before, left_after;
    int64_t lacks_votes, lacks_money; /* 0 = none would do */
    enum count_why why;
    bool tie;
};

/* Options that were equal, in the order that the tie rule gave them. */
struct count_tie {
    const int64_t *options;
    size_t count;
    bool decides; /* another order would have given money to others */
};

struct count_result {
    const struct count_line *lines; /* in the order of the count, then those with too few votes */
    size_t line_count;
    const struct count_tie *ties;
    size_t tie_count;
    int64_t left;    /* öre that nobody got */
    int64_t ballots; /* with a choice in this pot */
};

struct counter;

/* For one pot; everything in arena, which follows the number of different ballots. Options by
 * number: that is also the order in which they came in. ERR_INVALID when sums are impossible. */
enum error counter_new(struct arena *arena, const struct count_rules *rules, int64_t sum,
                       const struct count_option *options, size_t count,
                       struct counter **ret_counter) MUST_USE;

/* Adds equal ballots as counted_ballot has them: "3,17,21" or "3:5,17:2". ERR_INVALID when they
 * name another option, one twice, or are not written so. */
enum error counter_add(struct counter *counter, const char *choices, int64_t ballots) MUST_USE;

/* Counts; the counter is used up. ERR_INVALID when the rules do not suit the ballots. */
enum error counter_finish(struct counter *counter, struct count_result *ret_result) MUST_USE;

/* ---- how far a result has come ---- */

/* Who may do what with a result as it stands. */
struct result_facts {
    int state;                    /* enum result_state */
    int64_t counted_by, asked_by; /* accounts; asked_by 0 = nobody has asked */
    int64_t publish_at;           /* INSTANT_NONE = no minute is set */
    bool is_attested;
};

/* Readers see it: attested, and its minute has come. */
bool result_is_public(const struct result_facts *facts, int64_t now);

/* A second person: neither the one who counted nor the one who asked (PB-20). */
bool result_may_attest(const struct result_facts *facts, int64_t account);

/* A body may decide about it: public, and not decided or replaced (PB-9). */
bool result_may_decide(const struct result_facts *facts, int64_t now);

#endif
