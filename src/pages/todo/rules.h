/* Rules of tasks: how urgent one is, and when the weekly mail goes. */
#ifndef RADSLAG_TODO_RULES_H
#define RADSLAG_TODO_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/shape.h"

#define URGENCY(C, T)                                                                              \
    C(T, late, "its deadline has passed")                                                          \
    C(T, today, "due before midnight")                                                             \
    C(T, later, "due another day")
CHOICES(urgency, URGENCY);

/* `due_at` as stored: the first instant too late. `ret_days`: days late (0 = earlier today), or
 * days left, as the calendar in Sweden counts them. */
enum urgency task_urgency(int64_t due_at, int64_t now, int64_t *ret_days);

/* Who may do what with a task. */
struct task_stand {
    int64_t account;  /* assigned to; 0 = nobody in particular */
    bool holds_role;  /* the visitor holds the task's role */
    bool substitutes; /* the visitor steps in for the owner of its page */
    bool is_done;
    int64_t done_by; /* who did it; 0 = nobody yet */
};
/* Also when it is done: those who might have done it, and who did. */
bool task_may_see(const struct task_stand *stand, int64_t visitor);
bool task_may_finish(const struct task_stand *stand, int64_t visitor);
bool task_may_assign(const struct task_stand *stand, int64_t visitor);

/* The instant from which this week's mail goes: the last Monday 07.30 in Sweden at or before `now`.
 */
int64_t weekly_slot(int64_t now);

/* The last 07.30 in Sweden at or before `now`. */
int64_t daily_slot(int64_t now);

/* "2026-24": year and week (ISO 8601) of an instant, for the cause of what goes once a week. */
void week_name(int64_t instant, char ret_name[9]);

#endif
