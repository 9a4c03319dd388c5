/* Rules of tasks: urgency by the calendar, who may finish, the Monday mail. NOT-4 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pages/todo/rules.h"
#include "platform/base/instant.h"

static int64_t at(int year, int month, int day, int hour, int minute) {
    return instant_from_civil(
        (struct civil){.year = year, .month = month, .day = day, .hour = hour, .minute = minute});
}

static int64_t due(int month, int day) {
    return deadline_from_civil(
        (struct civil){.year = 2026, .month = month, .day = day, .hour = 23, .minute = 59});
}

/* The four rows of mockups/organiser.html, seen on Tuesday 9 June 2026. */
static void urgency_counts_days_as_people_do(void **state) {
    (void)state;
    const int64_t now = at(2026, 6, 9, 14, 2);
    int64_t days = -1;
    assert_int_equal(task_urgency(due(6, 6), now, &days), urgency_late);
    assert_int_equal(days, 3);
    assert_int_equal(task_urgency(due(6, 9), now, &days), urgency_today);
    assert_int_equal(days, 0);
    assert_int_equal(task_urgency(due(6, 14), now, &days), urgency_later);
    assert_int_equal(days, 5);
    assert_int_equal(task_urgency(due(7, 1), now, &days), urgency_later);
    assert_int_equal(days, 22);
}

static void the_last_minute_is_still_in_time(void **state) {
    (void)state;
    int64_t days = -1;
    const int64_t deadline = due(6, 9);
    assert_int_equal(task_urgency(deadline, deadline - 1, &days), urgency_today);
    assert_int_equal(task_urgency(deadline, deadline, &days), urgency_late);
    assert_int_equal(days, 1);
}

static void days_are_counted_across_the_clock_change(void **state) {
    (void)state;
    int64_t days = -1;
    assert_int_equal(task_urgency(due(3, 30), at(2026, 3, 28, 23, 30), &days), urgency_later);
    assert_int_equal(days, 2);
}

static void a_task_is_finished_by_who_has_it(void **state) {
    (void)state;
    const struct task_stand mine = {.account = 7}, role = {.holds_role = true},
                            others = {.account = 8, .holds_role = true},
                            stands_in = {.account = 8, .substitutes = true},
                            done = {.account = 7, .is_done = true};
    assert_true(task_may_finish(&mine, 7));
    assert_true(task_may_finish(&role, 7));
    assert_true(task_may_finish(&stands_in, 7));
    assert_false(task_may_finish(&others, 7));
    assert_false(task_may_finish(&done, 7));
    assert_false(task_may_finish(&role, 0));
    assert_true(task_may_assign(&others, 7));
    assert_true(task_may_assign(&mine, 7));
    assert_false(task_may_assign(&(struct task_stand){.account = 8}, 7));
    assert_false(task_may_assign(&done, 7));
    assert_false(task_may_assign(&role, 0));
}

static void a_task_is_seen_by_those_it_concerns_also_when_done(void **state) {
    (void)state;
    for (int done = 0; done < 2; done++) {
        const struct task_stand mine = {.account = 7, .is_done = done == 1},
                                role = {.account = 8, .holds_role = true, .is_done = done == 1},
                                stands_in = {.account = 8,
                                             .substitutes = true,
                                             .is_done = done == 1},
                                others = {.account = 8, .is_done = done == 1, .done_by = 8};
        assert_true(task_may_see(&mine, 7));
        assert_true(task_may_see(&role, 7));
        assert_true(task_may_see(&stands_in, 7));
        assert_false(task_may_see(&others, 7));
        assert_false(task_may_see(&role, 0));
        assert_false(task_may_see(&(struct task_stand){.is_done = done == 1}, 0));
    }
    assert_true(task_may_see(&(struct task_stand){.is_done = true, .done_by = 7}, 7));
}

static void the_weekly_mail_goes_on_monday_at_half_past_seven(void **state) {
    (void)state;
    const int64_t monday = at(2026, 6, 8, 7, 30);
    assert_int_equal(weekly_slot(monday), monday);
    assert_int_equal(weekly_slot(monday - 1), at(2026, 6, 1, 7, 30));
    assert_int_equal(weekly_slot(at(2026, 6, 9, 14, 2)), monday);
    assert_int_equal(weekly_slot(at(2026, 6, 14, 23, 59)), monday);
    /* Monday after the clocks went forward: still half past seven by the clock on the wall. */
    assert_int_equal(weekly_slot(at(2026, 3, 30, 8, 0)), at(2026, 3, 30, 7, 30));
}

static void the_daily_mail_goes_at_half_past_seven(void **state) {
    (void)state;
    assert_int_equal(daily_slot(at(2026, 6, 9, 7, 29)), at(2026, 6, 8, 7, 30));
    assert_int_equal(daily_slot(at(2026, 6, 9, 7, 30)), at(2026, 6, 9, 7, 30));
}

static void weeks_are_named_as_the_calendar_does(void **state) {
    (void)state;
    static const struct {
        int year, month, day;
        const char *name;
    } weeks[] = {{2026, 6, 8, "2026-24"}, {2026, 1, 1, "2026-01"},   {2027, 1, 3, "2026-53"},
                 {2027, 1, 4, "2027-01"}, {2024, 12, 30, "2025-01"}, {2021, 1, 1, "2020-53"}};
    for (size_t i = 0; i < sizeof weeks / sizeof weeks[0]; i++) {
        char name[9];
        week_name(at(weeks[i].year, weeks[i].month, weeks[i].day, 12, 0), name);
        assert_string_equal(name, weeks[i].name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urgency_counts_days_as_people_do),
        cmocka_unit_test(the_last_minute_is_still_in_time),
        cmocka_unit_test(days_are_counted_across_the_clock_change),
        cmocka_unit_test(a_task_is_finished_by_who_has_it),
        cmocka_unit_test(a_task_is_seen_by_those_it_concerns_also_when_done),
        cmocka_unit_test(the_weekly_mail_goes_on_monday_at_half_past_seven),
        cmocka_unit_test(the_daily_mail_goes_at_half_past_seven),
        cmocka_unit_test(weeks_are_named_as_the_calendar_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
