/* Merging two proposals: an officer asks, both proposers agree, else both stay (PB-5). */
#ifndef RADSLAG_PROPOSALS_MERGE_H
#define RADSLAG_PROPOSALS_MERGE_H

#include "budgets/proposals/proposals.h"

#define MERGE_ROW(F, T)                                                                            \
    F(T, id, id, , "of the merge")                                                                 \
    F(T, id, page, , "the one that would become part of the other")                                \
    F(T, id, into_page, , "the one that stays")                                                    \
    F(T, text, reason, , "why it is proposed")                                                     \
    F(T, time, asked_at, , "when")                                                                 \
    F(T, slug, page_says, , "yes, no; none = has not answered")                                    \
    F(T, slug, into_says, , "the same, of the one that stays")                                     \
    F(T, text, page_title, , "of page")                                                            \
    F(T, text, into_title, , "of into_page")                                                       \
    F(T, slug, page_slug, , "of page")                                                             \
    F(T, slug, into_slug, , "of into_page")
SHAPE(merge_row, MERGE_ROW);

/* The merge that waits and that a proposal is part of; id 0 = none. */
enum error merge_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                      struct merge_row *ret_merge) MUST_USE;

/* Asks both proposers (K5), inside an act. ERR_CONFLICT when one waits already. */
enum error merge_ask(struct db *db, struct request *rq, const struct proposal *page,
                     const struct proposal *into, const char *reason) MUST_USE;

/* The proposer of one of them has answered; the second yes merges, inside an act. ERR_NOT_FOUND
 * when nothing is asked. */
enum error merge_answered(struct db *db, struct request *rq, const struct proposal *proposal,
                          bool agrees) MUST_USE;

#endif
