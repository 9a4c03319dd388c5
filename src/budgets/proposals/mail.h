/* Mail to proposers: K4 receipt, K5 question and merge, K6 outcome. */
#ifndef RADSLAG_PROPOSALS_MAIL_H
#define RADSLAG_PROPOSALS_MAIL_H

#include "budgets/proposals/proposals.h"

#define PROPOSAL_RECEIVED_FACTS(F, T)                                                              \
    F(T, text, campaign, , "title of the round")                                                   \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, int, number, , "in the round")                                                            \
    F(T, text, code, , "the follow code")                                                          \
    F(T, url, address, , "what becomes of it")                                                     \
    F(T, time, assessed_at, , "last day of the assessment, as stored; none = not known")
SHAPE(proposal_received_facts, PROPOSAL_RECEIVED_FACTS);

#define PROPOSAL_QUESTION_FACTS(F, T)                                                              \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, int, number, , "in the round")                                                            \
    F(T, text, question, , "as the officer wrote it")                                              \
    F(T, text, officer, , "who asks")                                                              \
    F(T, url, address, , "where it is answered: own page, or where the follow code is typed")
SHAPE(proposal_question_facts, PROPOSAL_QUESTION_FACTS);

#define PROPOSAL_MERGE_FACTS(F, T)                                                                 \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, int, number, , "in the round")                                                            \
    F(T, text, other, , "title of the other")                                                      \
    F(T, flag, stays, , "the other would become part of this one")                                 \
    F(T, text, reason, , "why it is proposed")                                                     \
    F(T, url, address, , "where it is answered")
SHAPE(proposal_merge_facts, PROPOSAL_MERGE_FACTS);

#define PROPOSAL_OUTCOME_FACTS(F, T)                                                               \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, int, number, , "in the round")                                                            \
    F(T, flag, admitted, , "it goes to the vote")                                                  \
    F(T, text, reason, , "why; may be none when admitted")                                         \
    F(T, url, address, , "where it is read and answered")
SHAPE(proposal_outcome_facts, PROPOSAL_OUTCOME_FACTS);

/* Each queues one mail when the proposer left an address, inside an act. Otherwise a task "Ring
 * eller skriv" for the officer (NOT-3). */
struct proposal_receipt {
    const char *campaign, *title, *code;
    int64_t page, number, assessed_at, account;
    const char *email;
    enum language language;
};
enum error proposal_tell_received(struct db *db, struct request *rq,
                                  const struct proposal_receipt *receipt) MUST_USE;
enum error proposal_tell_question(struct db *db, struct request *rq,
                                  const struct proposal *proposal, const char *question) MUST_USE;
enum error proposal_tell_merge(struct db *db, struct request *rq, const struct proposal *proposal,
                               const struct proposal *other, bool stays, const char *reason)
    MUST_USE;
enum error proposal_tell_outcome(struct db *db, struct request *rq, const struct proposal *proposal,
                                 enum proposal_state outcome, const char *reason) MUST_USE;

/* Cause of the officer's task to ring or write. In arena. */
const char *proposal_ring_cause(struct arena *arena, int64_t page);

#endif
