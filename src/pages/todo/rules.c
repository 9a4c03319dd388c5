#include "pages/todo/rules.h"

#include <stdio.h>

#include "platform/base/instant.h"

enum urgency task_urgency(int64_t due_at, int64_t now, int64_t *ret_days) {
    const int64_t last_minute = due_at - 1; /* the day that people read */
    if (now >= due_at) {
        *ret_days = civil_days_between(last_minute, now);
        return urgency_late;
    }
    *ret_days = civil_days_between(now, last_minute);
    return *ret_days == 0 ? urgency_today : urgency_later;
}

bool task_may_see(const struct task_stand *stand, int64_t visitor) {
    return visitor != 0 && (stand->account == visitor || stand->done_by == visitor ||
                            stand->substitutes || stand->holds_role);
}

bool task_may_finish(const struct task_stand *stand, int64_t visitor) {
    if (stand->is_done || visitor == 0)
        return false;
    return stand->account == visitor || stand->substitutes ||
           (stand->account == 0 && stand->holds_role);
}

bool task_may_assign(const struct task_stand *stand, int64_t visitor) {
    return visitor != 0 && !stand->is_done &&
           (stand->account == visitor || stand->substitutes || stand->holds_role);
}

static int64_t half_past_seven(int64_t instant, int days) {
    struct civil civil = civil_from_instant(instant_day_start(instant, days));
    civil.hour = 7;
    civil.minute = 30;
    return instant_from_civil(civil);
}

int64_t daily_slot(int64_t now) {
    const int64_t today = half_past_seven(now, 0);
    return today <= now ? today : half_past_seven(now, -1);
}

int64_t weekly_slot(int64_t now) {
    const int since_monday = civil_from_instant(now).weekday - 1;
    const int64_t monday = half_past_seven(now, -since_monday);
    return monday <= now ? monday : half_past_seven(now, -since_monday - 7);
}

void week_name(int64_t instant, char ret_name[9]) {
    const struct civil civil = civil_from_instant(instant);
    /* The week belongs to the year of its Thursday. */
    const int64_t thursday = instant_day_start(instant, 4 - civil.weekday);
    const struct civil middle = civil_from_instant(thursday);
    const int64_t new_year =
        instant_from_civil((struct civil){.year = middle.year, .month = 1, .day = 1});
    const int week = civil_days_between(new_year, thursday) / 7 + 1;
    snprintf(ret_name, 9, "%04u-%02u", (unsigned)middle.year % 10000U, (unsigned)week % 100U);
}
