/* A round of a budget in the municipality of the page tests: two pots, two criteria, ideas until 15
 * June 2026, and what tests of proposals do with it. */
#ifndef RADSLAG_PROPOSALS_TESTS_ROUND_H
#define RADSLAG_PROPOSALS_TESTS_ROUND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "budgets/proposals/proposals.h"
#include "pages/tests/site.h"

#define ROUND "/budgets/medborgarbudget-2026"
/* HANNA is a case officer here too. */
enum { RONJA = HANNA };

struct round {
    struct site *site;
    int64_t page;
};

/* Published, at the time of site_open (9 June 2026), when ideas are taken in. */
struct round round_open(void **state);

/* The answers of a whole form, one page after the other, up to the page of all answers: its
 * address. `who` of the page who, `reach` of the page reach; NULL = the usual. */
const char *round_fill(struct round *round, struct browser *browser, const char *who,
                       const char *reach);

/* Handed in by the browser's account; the proposal's page and (when wanted) its follow code. */
int64_t round_propose(struct round *round, struct browser *browser, const char **ret_code);

/* One that an officer has taken, by statements alone; its page. */
int64_t round_add(struct round *round, const char *title, int64_t pot, const char *state);

/* Posts on a proposal's assessment page, with the version that it shows. */
int round_assess(struct round *round, struct browser *officer, int64_t page, const char *act,
                 const char *fields);

/* All criteria met, with cost. */
extern const char round_judged[];

/* One integer of a proposal's row. */
int64_t round_integer(struct round *round, int64_t page, const char *column);
const char *round_text(struct round *round, int64_t page, const char *column);

#endif
