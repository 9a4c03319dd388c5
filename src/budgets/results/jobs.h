/* What follows when a result is public, and when it is decided: the ballots are opened, proposers
 * and followers are told (K11, K12). */
#ifndef RADSLAG_BUDGETS_RESULTS_JOBS_H
#define RADSLAG_BUDGETS_RESULTS_JOBS_H

#include "budgets/budgets.h"

#define RESULT_MAIL_FACTS(F, T)                                                                    \
    F(T, text, round, , "title of the round")                                                      \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, int, votes, , "that it got")                                                              \
    F(T, int, place, , "in its pot")                                                               \
    F(T, flag, selected, , "gets money by the vote")                                               \
    F(T, url, address, , "of the result")
SHAPE(result_mail_facts, RESULT_MAIL_FACTS);

#define DECISION_MAIL_FACTS(F, T)                                                                  \
    F(T, text, round, , "title of the round")                                                      \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, flag, decided, , "is carried out")                                                        \
    F(T, text, body, , "who decided")                                                              \
    F(T, time, decided_on, , "day")                                                                \
    F(T, text, item, , "paragraph of the minutes")                                                 \
    F(T, text, wording, , "what was decided")                                                      \
    F(T, text, departure, , "why it differs from the vote; none = it does not for this proposal")  \
    F(T, url, address, , "of the result")
SHAPE(decision_mail_facts, DECISION_MAIL_FACTS);

#endif
