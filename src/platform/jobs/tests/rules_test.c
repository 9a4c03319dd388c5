/* Pauses, steps of recurring jobs, jumps of the clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/jobs/rules.h"

static void test_pauses_grow(void **state) {
    (void)state;
    assert_int_equal(job_pause(0), 0);
    assert_int_equal(job_pause(1), MINUTES(1));
    assert_int_equal(job_pause(2), MINUTES(5));
    assert_int_equal(job_pause(3), MINUTES(25));
    assert_int_equal(job_pause(9), HOURS(2));
}

static void test_recurring_job_stays_in_step(void **state) {
    (void)state;
    assert_int_equal(job_next_time(100, 10, 99), 100);
    assert_int_equal(job_next_time(100, 10, 100), 110);
    assert_int_equal(job_next_time(100, 10, 109), 110);
    assert_int_equal(job_next_time(100, 10, 110), 120);
    assert_int_equal(job_next_time(100, 10, 1234), 1240);
}

static void test_only_more_than_an_hour_is_a_jump(void **state) {
    (void)state;
    assert_false(clock_jumped(0, SECONDS(1), 0, SECONDS(1)));
    assert_false(clock_jumped(0, HOURS(1) + SECONDS(1), 0, SECONDS(1)));
    assert_true(clock_jumped(0, HOURS(1) + SECONDS(2), 0, SECONDS(1)));
    assert_false(clock_jumped(0, -HOURS(1) + SECONDS(1), 0, SECONDS(1)));
    assert_true(clock_jumped(0, -HOURS(1), 0, SECONDS(1)));
    /* A machine that slept: both clocks went on. */
    assert_false(clock_jumped(0, DAYS(3), 0, DAYS(3)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pauses_grow),
        cmocka_unit_test(test_recurring_job_stays_in_step),
        cmocka_unit_test(test_only_more_than_an_hour_is_a_jump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
