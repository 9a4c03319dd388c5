/* Time: Sweden's civil time, clock changes, deadlines to the minute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/instant.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct civil civil(int year, int month, int day, int hour, int minute) {
    return (struct civil){.year = year, .month = month, .day = day, .hour = hour, .minute = minute};
}

static const char *utc(struct civil when) {
    return instant_to_rfc3339(arena, instant_from_civil(when));
}

static void civil_to_utc(void **state) {
    (void)state;
    assert_string_equal(utc(civil(2026, 6, 9, 14, 2)), "2026-06-09T12:02:00Z");
    assert_string_equal(utc(civil(2026, 1, 9, 14, 2)), "2026-01-09T13:02:00Z");
    assert_string_equal(utc(civil(2024, 2, 29, 0, 0)), "2024-02-28T23:00:00Z");
    /* spring gap 29 March 2026: 02.30 does not exist, an hour on is 03.30 = 01.30 UTC */
    assert_string_equal(utc(civil(2026, 3, 29, 2, 30)), "2026-03-29T01:30:00Z");
    /* autumn 25 October 2026: 02.30 happens twice, the first is summer time */
    assert_string_equal(utc(civil(2026, 10, 25, 2, 30)), "2026-10-25T00:30:00Z");
    assert_true(instant_from_civil(civil(2026, 2, 31, 0, 0)) == INSTANT_NONE);
    assert_true(instant_from_civil(civil(2026, 13, 1, 0, 0)) == INSTANT_NONE);
    assert_true(instant_from_civil(civil(2026, 1, 1, 24, 0)) == INSTANT_NONE);
}

static void round_trip_every_six_hours(void **state) {
    (void)state;
    const int64_t start = instant_from_civil(civil(2024, 1, 1, 0, 0));
    for (int64_t at = start; at < start + DAYS(3 * 365); at += HOURS(6)) {
        const struct civil there = civil_from_instant(at);
        const int64_t back = instant_from_civil(there);
        assert_true(back == at || (back == at - HOURS(1) && there.month == 10));
    }
}

static void weekdays(void **state) {
    (void)state;
    assert_int_equal(civil_from_instant(instant_from_civil(civil(2026, 6, 9, 12, 0))).weekday, 2);
    assert_int_equal(civil_from_instant(instant_from_civil(civil(1969, 12, 28, 12, 0))).weekday, 7);
}

/* REG-4: "17 maj kl. 23.59" accepts through 23:59:59 and refuses from 00:00:00. */
static void deadline_is_a_minute(void **state) {
    (void)state;
    const int64_t deadline = deadline_from_civil(civil(2026, 5, 17, 23, 59));
    const int64_t midnight = instant_from_civil(civil(2026, 5, 18, 0, 0));
    assert_true(deadline_open(deadline, midnight - 1));
    assert_false(deadline_open(deadline, midnight));
    assert_int_equal(civil_from_deadline(deadline).minute, 59);
    assert_int_equal(civil_from_deadline(deadline).day, 17);
    assert_true(deadline_open(INSTANT_NONE, midnight));
}

/* REG-4 across the clock changes. */
static void deadline_across_clock_changes(void **state) {
    (void)state;
    const int64_t spring = deadline_from_civil(civil(2026, 3, 29, 23, 59));
    assert_string_equal(instant_to_rfc3339(arena, spring), "2026-03-29T22:00:00Z");
    const int64_t autumn = deadline_from_civil(civil(2026, 10, 25, 23, 59));
    assert_string_equal(instant_to_rfc3339(arena, autumn), "2026-10-25T23:00:00Z");
}

static void calendar_days(void **state) {
    (void)state;
    const int64_t late = instant_from_civil(civil(2026, 3, 28, 23, 59));
    const int64_t early = instant_from_civil(civil(2026, 3, 30, 0, 1));
    assert_int_equal(civil_days_between(late, early), 2);
    assert_int_equal(civil_days_between(early, late), -2);
    assert_int_equal(civil_days_between(late, late), 0);
    assert_true(instant_day_start(late, 1) == instant_from_civil(civil(2026, 3, 29, 0, 0)));
}

static void rfc3339(void **state) {
    (void)state;
    static const char *const same[] = {"1969-12-31T23:59:59Z", "2026-06-09T12:02:00.000001Z",
                                       "0001-01-01T00:00:00Z"};
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(instant_to_rfc3339(arena, instant_from_rfc3339(same[i])), same[i]);
    assert_true(instant_from_rfc3339("2026-06-09T14:02:00+02:00") ==
                instant_from_rfc3339("2026-06-09T12:02:00Z"));
    static const char *const bad[] = {"",
                                      "2026-06-09",
                                      "2026-06-31T00:00:00Z",
                                      "2026-06-09T12:02:00",
                                      "2026-06-09T12:02:00Zx",
                                      "2026-06-09T12:02:00.Z",
                                      "2026-06-09T25:00:00Z"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_true(instant_from_rfc3339(bad[i]) == INSTANT_NONE);
}

static void form_dates_and_times(void **state) {
    (void)state;
    struct civil when = {0};
    assert_true(civil_date_parse("2026-06-09", &when));
    assert_true(civil_time_parse("9.05", &when));
    assert_int_equal(when.hour * 100 + when.minute, 905);
    assert_true(civil_time_parse("23:59", &when));
    assert_false(civil_time_parse("24.00", &when));
    assert_false(civil_time_parse("9", &when));
    assert_false(civil_date_parse("2026-6-9", &when));
    assert_false(civil_date_parse("2025-02-29", &when));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(civil_to_utc),  cmocka_unit_test(round_trip_every_six_hours),
        cmocka_unit_test(weekdays),      cmocka_unit_test(deadline_is_a_minute),
        cmocka_unit_test(calendar_days), cmocka_unit_test(deadline_across_clock_changes),
        cmocka_unit_test(rfc3339),       cmocka_unit_test(form_dates_and_times),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
