/* What the pages of decisions show and ask. */
#ifndef RADSLAG_GOVERNANCE_DECISIONS_VIEWS_H
#define RADSLAG_GOVERNANCE_DECISIONS_VIEWS_H

#include "governance/decisions/decisions.h"
#include "platform/view/form.h"

#define DECISION_FORM(F, T)                                                                        \
    F(T, choice, kind, decision_kind, REQUIRED, 0, page, "what it does")                           \
    F(T, text, body, , REQUIRED, 120, page, "who decided")                                         \
    F(T, text, delegation, , OPTIONAL, 120, page, "reference when it was delegated")               \
    F(T, date, decided_on, , REQUIRED, 0, page, "day")                                             \
    F(T, text, item, , REQUIRED, 40, page, "paragraph of the minutes")                             \
    F(T, text, registry_no, , OPTIONAL, 60, page, "of the matter")                                 \
    F(T, lines, wording, , REQUIRED, 4000, page, "what was decided, as in the minutes")            \
    F(T, date, posted_on, , OPTIONAL, 0, page, "day on the notice board")                          \
    F(T, text, minutes_url, , OPTIONAL, 500, page, "where the minutes stand")
FORM(decision_form, DECISION_FORM);

#define DECISION_NEW_VIEW(F, T)                                                                    \
    F(T, id, page, , "what it is about")                                                           \
    F(T, text, title, , "of the page")                                                             \
    F(T, url, back, , "the page")
SHAPE(decision_new_view, DECISION_NEW_VIEW);

#define DECISION_VIEW(F, T)                                                                        \
    DECISION(F, T)                                                                                 \
    F(T, text, title, , "of the page it is about")                                                 \
    F(T, url, address, , "of that page")                                                           \
    F(T, time, last_appeal_day, , "last day of appeal; none = not posted yet")                     \
    F(T, flag, is_in_force, , "has gained legal force")                                            \
    F(T, url, minutes, , "where the minutes stand; may be none")                                   \
    F(T, flag, may_post, , "the visitor may say when it was posted")
SHAPE(decision_view, DECISION_VIEW);

#define POSTED_FORM(F, T) F(T, date, posted_on, , REQUIRED, 0, page, "day on the notice board")
FORM(posted_form, POSTED_FORM);

#endif
