/* Decisions as rows, and when they gain legal force. Pure. */
#ifndef RADSLAG_GOVERNANCE_DECISIONS_RULES_H
#define RADSLAG_GOVERNANCE_DECISIONS_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/shape.h"

#define DECISION_KIND(C, T)                                                                        \
    C(T, framework, "that a round is held, with its sums and rules")                               \
    C(T, result, "what is carried out")                                                            \
    C(T, dropped, "that something decided is not carried out after all")
CHOICES(decision_kind, DECISION_KIND);

#define DECISION(F, T)                                                                             \
    F(T, id, id, , "decision")                                                                     \
    F(T, id, page, , "what it is about")                                                           \
    F(T, choice, kind, decision_kind, "what it does")                                              \
    F(T, text, body, , "Kommunstyrelsen")                                                          \
    F(T, text, delegation, , "reference when it was delegated; empty = the body itself")           \
    F(T, time, decided_on, , "day")                                                                \
    F(T, text, item, , "§ 84")                                                                     \
    F(T, text, registry_no, , "KS 2026/112; may be empty")                                         \
    F(T, text, wording, , "what was decided")                                                      \
    F(T, time, posted_on, , "day on the notice board; none = not posted yet")                      \
    F(T, time, appeal_until, , "first instant too late; none = not posted yet")                    \
    F(T, text, minutes_url, , "where the minutes stand; may be none")                              \
    F(T, time, recorded_at, , "when it was entered")
SHAPE(decision, DECISION);

/* The paragraph as it is kept: "§41" and "§ 41" become one word, with a space that does not break.
 * In arena. */
const char *decision_item(struct arena *arena, const char *item);

/* First instant too late to appeal a decision whose minutes were posted on that day: three weeks
 * after it, at the end of a Swedish day that is not moved to a weekday. Pure. */
int64_t decision_appeal_until(int64_t posted_on);

/* Whether it has gained legal force. Pure. */
bool decision_in_force(const struct decision *decision, int64_t now);

#endif
