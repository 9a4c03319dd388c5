/* How projects go from one state to the next (JOURNEYS 7). Pure. */
#ifndef RADSLAG_BUDGETS_PROJECTS_RULES_H
#define RADSLAG_BUDGETS_PROJECTS_RULES_H

#include <stdbool.h>
#include <stdint.h>

/* In the order of project_state in budgets.h; store.c asserts it. */
enum project_step {
    PROJECT_DECIDED,
    PROJECT_ONGOING,
    PROJECT_DELAYED,
    PROJECT_DONE,
    PROJECT_OPENED,
    PROJECT_DROPPED
};

/* decided → ongoing ⟲ delayed → done → opened; the same state again is news alone. Dropped comes by
 * a decision only, from any state before opened. */
bool project_may_become(enum project_step from, enum project_step to);

/* Why a change is refused, if it is. */
enum project_refusal {
    PROJECT_FINE,
    PROJECT_NO_WAY,     /* not from this state to that one */
    PROJECT_WHY_DAY,    /* a new day wants its reason in words */
    PROJECT_DAY_PAST,   /* delayed, and the new day is not later */
    PROJECT_NOT_WARNED, /* ordering before the decision has legal force wants a yes */
    PROJECT_NO_OPENING, /* opened before its minute, or without one */
};

/* What is asked for. */
struct project_change {
    enum project_step from, to;
    int64_t planned_before, planned_after; /* days; INSTANT_NONE = not known */
    bool has_words;
    bool is_in_force;    /* the decision has gained legal force */
    bool goes_on_anyway; /* the warning was read */
    int64_t opening_at;  /* INSTANT_NONE = not known */
};
enum project_refusal project_judge(const struct project_change *change, int64_t now);

/* Past its day, and not done (JOURNEYS A8). */
bool project_is_overdue(enum project_step state, int64_t planned_on, int64_t now);

#endif
