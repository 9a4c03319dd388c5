#include "budgets/projects/rules.h"

#include "platform/base/instant.h"

bool project_may_become(enum project_step from, enum project_step to) {
    static const bool may[][6] = {
        [PROJECT_DECIDED] =
            {[PROJECT_DECIDED] = true, [PROJECT_ONGOING] = true, [PROJECT_DROPPED] = true},
        [PROJECT_ONGOING] = {[PROJECT_ONGOING] = true,
                             [PROJECT_DELAYED] = true,
                             [PROJECT_DONE] = true,
                             [PROJECT_DROPPED] = true},
        [PROJECT_DELAYED] = {[PROJECT_ONGOING] = true,
                             [PROJECT_DELAYED] = true,
                             [PROJECT_DONE] = true,
                             [PROJECT_DROPPED] = true},
        [PROJECT_DONE] = {[PROJECT_DONE] = true, [PROJECT_OPENED] = true, [PROJECT_DROPPED] = true},
        [PROJECT_OPENED] = {[PROJECT_OPENED] = true},
        [PROJECT_DROPPED] = {false},
    };
    return may[from][to];
}

static bool day_is_new(const struct project_change *change) {
    return change->planned_before != INSTANT_NONE &&
           change->planned_after != change->planned_before;
}

enum project_refusal project_judge(const struct project_change *change, int64_t now) {
    if (change->to == PROJECT_DROPPED || !project_may_become(change->from, change->to))
        return PROJECT_NO_WAY;
    if (change->from == PROJECT_DECIDED && change->to == PROJECT_ONGOING && !change->is_in_force &&
        !change->goes_on_anyway)
        return PROJECT_NOT_WARNED;
    if (day_is_new(change) && !change->has_words)
        return PROJECT_WHY_DAY;
    if (change->to == PROJECT_DELAYED && change->from != PROJECT_DELAYED &&
        (change->planned_after == INSTANT_NONE ||
         (change->planned_before != INSTANT_NONE &&
          change->planned_after <= change->planned_before)))
        return PROJECT_DAY_PAST;
    if (change->to == PROJECT_DELAYED && !change->has_words)
        return PROJECT_WHY_DAY;
    if (change->to == PROJECT_OPENED && change->from != PROJECT_OPENED &&
        (change->opening_at == INSTANT_NONE || now < change->opening_at))
        return PROJECT_NO_OPENING;
    return PROJECT_FINE;
}

bool project_is_overdue(enum project_step state, int64_t planned_on, int64_t now) {
    return state < PROJECT_DONE && planned_on != INSTANT_NONE &&
           now >= instant_day_start(planned_on, 1);
}
