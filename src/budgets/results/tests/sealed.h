/* A round whose votes are sealed, for the tests of results and projects. */
#ifndef RADSLAG_RESULTS_TESTS_SEALED_H
#define RADSLAG_RESULTS_TESTS_SEALED_H

#include "budgets/results/results.h"
#include "budgets/tests/round.h"

#define ROUND "/budgets/medborgarbudget-2026"

/* The round in May, without proposals; and its rules locked. */
int64_t planned_round(struct site *site);
void round_lock(struct site *site, int64_t round);

/* The round with nine proposals in two pots, locked, voted on; the clock stands on 17 June. Votes
 * in pot 1 (1 000 000 kr): 120, 110, 100, 90, 60, 10 for costs of 450, 300, 900, 200, 60 and 10
 * thousand; in pot 2 (600 000 kr) three with 70 votes each for 210, 210 and 300 thousand. Five
 * voted blank. Its page. */
int64_t locked_round(struct site *site);

void round_seal(struct site *site);

/* Both. */
int64_t sealed_round(struct site *site);

/* Bo counts and asks, Fatima attests; public from 18 June at 10. */
void round_count(struct site *site);
void round_attest(struct site *site);

/* Ebbe records that the body follows the vote; the clock stands on 23 June. */
void round_decide(struct site *site);

/* Fields of the form of decisions. */
#define DECISION_FIELDS                                                                            \
    "kind=result&body=Kommunfullm%C3%A4ktige&decided_on=2026-06-22&item=%C2%A7+84&"                \
    "wording=R%C3%B6stningen+f%C3%B6ljs."

#endif
