/* A round of the demonstration while it is being filled. */
#ifndef RADSLAG_DEMO_ROUNDS_H
#define RADSLAG_DEMO_ROUNDS_H

#include "budgets/budgets.h"
#include "demo/data.h"
#include "demo/fill.h"

/* Days of a round, counted from the last day of its vote. */
enum {
    ANNOUNCED = -120,
    IDEAS_FIRST = -100,
    IDEAS_LAST = -70,
    ASSESSED_LAST = -21,
    VOTE_FIRST = -19,
    DECIDED = 8,
    BUILT_FROM = 60,
    OPENED = 300,
    LOOKED_BACK = 330,
};

struct round {
    struct fill *fill;
    const char *key;           /* of campaigns.csv */
    int vote_ends;             /* days from today */
    enum campaign_stage reach; /* how far it is to come */
    int64_t leader, officer;   /* accounts */
    int64_t page, poll;        /* poll 0: the rules are not locked */
};

enum { ROUNDS_MAX = 16 };
struct rounds {
    struct round at[ROUNDS_MAX];
    size_t count;
};

/* The instant of a day of the round. */
int64_t round_day(const struct round *round, int day);

/* Its proposals in data/proposals.csv, as they came in and were assessed; none after today
 * (proposals.c). */
enum error round_proposals_fill(const struct round *round) MUST_USE;

/* Its rules locked and its votes as far as it is to come; gives its poll (votes.c). */
enum error round_votes_fill(struct round *round) MUST_USE;

/* What came of a sealed round, as far as it is to come (results.c). */
enum error round_result_fill(const struct round *round) MUST_USE;

#endif
