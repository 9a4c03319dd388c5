/* What a proposer sees of an own proposal, by follow code or account. */
#ifndef RADSLAG_PROPOSALS_OWN_H
#define RADSLAG_PROPOSALS_OWN_H

#include "budgets/proposals/views.h"

#define CODE_FORM(F, T) F(T, text, code, , REQUIRED, 40, none, "the follow code, as on the receipt")
FORM(code_form, CODE_FORM);

#define OWN_PROPOSAL_LINE(F, T)                                                                    \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, text, title, , "of it")                                                                   \
    F(T, int, number, , "in its round")                                                            \
    F(T, choice, state, proposal_state, "as it is")                                                \
    F(T, time, received_at, , "when it came in")
SHAPE(own_proposal_line, OWN_PROPOSAL_LINE);

#define CODE_VIEW(F, T)                                                                            \
    F(T, flag, has_account, , "somebody is logged in")                                             \
    F(T, list, proposals, own_proposal_line, "of the account, newest first, at most 50")
SHAPE(code_view, CODE_VIEW);

#define MERGE_ANSWER(C, T)                                                                         \
    C(T, yes, "agrees")                                                                            \
    C(T, no, "does not: both stay")
CHOICES(merge_answer, MERGE_ANSWER);

#define OWN_FORM(F, T)                                                                             \
    F(T, lines, answer, , OPTIONAL, 4000, proposal, "to the officer's question")                   \
    F(T, lines, reply, , OPTIONAL, 2000, proposal, "the one reply to a refusal")                   \
    F(T, choice, says, merge_answer, OPTIONAL, 0, proposal, "to a merge")                          \
    F(T, flag, sure, , OPTIONAL, 0, none, "the proposal is to be taken back")
FORM(own_form, OWN_FORM);

#define MERGE_VIEW(F, T)                                                                           \
    F(T, text, other_title, , "the other proposal")                                                \
    F(T, url, other, , "where it is read")                                                         \
    F(T, flag, stays, , "this one stays, the other becomes part of it")                            \
    F(T, text, reason, , "why it is proposed")                                                     \
    F(T, flag, has_said, , "this proposer has answered")                                           \
    F(T, flag, waits_for_other, , "the other has not")
SHAPE(merge_view, MERGE_VIEW);

#define OWN_VIEW(F, T)                                                                             \
    F(T, slug, key, , "of the address: follow code or number")                                     \
    F(T, flag, is_receipt, , "it has just come in")                                                \
    F(T, slug, code, , "the follow code; none when opened by the account")                         \
    F(T, flag, by_staff, , "staff that entered it looks at the receipt")                           \
    F(T, text, campaign, , "title of the round")                                                   \
    F(T, url, campaign_address, , "of the round")                                                  \
    F(T, int, number, , "in the round")                                                            \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, url, address, , "where everybody reads it; none before an officer has taken it")          \
    F(T, choice, state, proposal_state, "as it is")                                                \
    F(T, time, received_at, , "when it came in")                                                   \
    F(T, time, assessed_at, , "last day of the assessment, as stored; none = not known")           \
    F(T, flag, has_email, , "mail comes when something happens")                                   \
    F(T, text, question, , "of the officer, when an answer is waited for")                         \
    F(T, flag, may_answer, , "an answer is waited for")                                            \
    F(T, flag, may_reply, , "one reply to the refusal")                                            \
    F(T, flag, may_withdraw, , "it can be taken back")                                             \
    F(T, text, outcome_reason, , "why it does not go on")                                          \
    F(T, text, reply, , "what was replied")                                                        \
    F(T, text, reply_answer, , "and answered")                                                     \
    F(T, one, merge, merge_view, "when one is proposed")                                           \
    F(T, list, happened, happened_view, "newest first")
SHAPE(own_view, OWN_VIEW);

#endif
