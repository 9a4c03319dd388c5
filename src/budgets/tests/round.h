/* A round of a participatory budget for page tests, made as the demonstration makes one. */
#ifndef RADSLAG_BUDGETS_TESTS_ROUND_H
#define RADSLAG_BUDGETS_TESTS_ROUND_H

#include "budgets/budgets.h"
#include "pages/tests/site.h"

/* A day of 2026 in Sweden, at midnight. */
int64_t day_of_2026(int month, int day);

/* A request of somebody, for acts outside the door; `roles` are bits. */
struct request *round_request(struct site *site, int account, uint32_t roles);

/* Bo's round "Medborgarbudget 2026": ideas 1–31 March, assessment to 22 May, vote 25 May–14 June,
 * decision 22 June; two pots, the second for associations; one criterion; decided, announced. */
int64_t round_add(struct site *site);

/* An admitted proposal in a pot, with all that PB-19 asks for. */
int64_t round_proposal(struct site *site, int64_t campaign, const char *title, int64_t pot,
                       int64_t cost);

#endif
