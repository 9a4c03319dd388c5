/* The count of a whole round, of ballots that may come from the database or from a file: document
 * and rows. Pure; everything lives in the arena, which follows the number of different ballots. */
#ifndef RADSLAG_BUDGETS_COUNTING_H
#define RADSLAG_BUDGETS_COUNTING_H

#include "budgets/budgets.h"

/* What the ballots do not tell by themselves. */
struct count_turnout {
    int64_t voters, blank;
    const char *receipts_hash; /* SHA-256 of the list of receipts, hex; NULL = there are none */
};

/* What a count is written from. */
struct result_counted {
    const char *document, *document_hash;
    const char *rows; /* JSON for result_rows_insert */
};

struct result_counting;

/* A count by the rules of `campaign` (title, satisfaction, allocation, least_votes, ties) of what
 * is on the paper; of its poll ballot_kind, rules_hash, lot_hash and lot_seed are read. Both are
 * borrowed. ERR_INVALID when sums are impossible. */
enum error result_counting_new(struct arena *arena, const struct campaign *campaign,
                               const struct poll_paper *paper,
                               struct result_counting **ret_counting) MUST_USE;

/* Adds equal ballots; those of pot 0 change nothing. ERR_INVALID when they are none of this paper.
 */
enum error result_counting_add(struct result_counting *counting,
                               const struct counted_ballot *ballot) MUST_USE;

/* Adds the votes of an option of a pot in which `ballots` voted and whose ballots are not known.
 * ERR_INVALID for another option, or more votes than ballots. */
enum error result_counting_totals(struct result_counting *counting, int64_t number, int64_t option,
                                  int64_t votes, int64_t ballots) MUST_USE;

/* Counts; the counting is used up. The same input gives the same bytes. ERR_INVALID when the rules
 * do not suit the ballots. */
enum error result_counting_finish(struct result_counting *counting,
                                  const struct count_turnout *turnout,
                                  struct result_counted *ret_counted) MUST_USE;

#endif
