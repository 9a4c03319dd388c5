/* A locked poll of a round, its key folder and its voters, on a fresh database of either engine. */
#ifndef RADSLAG_BALLOTS_TESTS_POLL_H
#define RADSLAG_BALLOTS_TESTS_POLL_H

#include "ballots/inside.h"
#include "pages/tests/site.h"

struct polling {
    struct site *site;
    const char *keys; /* folder */
    int64_t page, poll;
};

/* Two pots: options 1–4 in the first (60 000, 20 000, 50 000, 10 000 kr of 100 000), 11–12 in the
 * second. Opened a day ago, closes in five days; at most two choices in each pot. */
struct polling *polling_open(void **state, enum ballot_kind kind, enum eligible eligible);
void polling_close(struct polling *polling);

/* A draft that is not locked. */
struct polling *polling_draft(void **state, enum ballot_kind kind, enum eligible eligible);

/* Asked for by Bo, confirmed by Fatima. */
void polling_lock(struct polling *polling);

/* As if somebody of the site asked outside a page; the act's error. */
enum error polling_act(struct polling *polling, int account,
                       enum error (*act)(struct polling *polling, struct request *rq,
                                         struct db *db));

/* "/polls/1/choices" and the like. */
const char *polling_path(const struct polling *polling, const char *rest);

/* A browser of somebody who has said that they live there. */
struct browser *polling_voter(struct polling *polling, int account);

/* More participants; the number of the last account. Their numbers are consecutive. */
int polling_crowd(struct polling *polling, int count);

/* One press; the status. */
int polling_press(struct polling *polling, struct browser *browser, const char *fields);

/* Closes the poll by the clock, lets Fatima seal it, and runs the job. */
void polling_seal(struct polling *polling);

#endif
