/* ADM-1: the first hour's list is green only when each thing is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people/setup/rules.h"

static const struct setup_facts all = {true, true, true, true, true, true, true, 2, 1};

static void test_all_there(void **state) {
    (void)state;
    for (int step = 0; step < (int)setup_step_choices.count; step++)
        assert_int_equal(setup_step_judge((enum setup_step)step, &all, SAID_DONE),
                         setup_state_done);
}

static void test_nothing_there(void **state) {
    const struct setup_facts none = {.administrators_proved = 1};
    (void)state;
    for (int step = 0; step < (int)setup_step_choices.count; step++) {
        assert_int_equal(setup_step_judge((enum setup_step)step, &none, SAID_NOTHING),
                         setup_state_missing);
        assert_int_equal(setup_step_judge((enum setup_step)step, &none, SAID_LATER),
                         setup_state_later);
    }
}

/* Saying so does not make it so, where the program can see. */
static void test_only_the_machine_is_believed(void **state) {
    const struct setup_facts none = {.administrators_proved = 0};
    (void)state;
    for (int step = 0; step < (int)setup_step_choices.count; step++)
        assert_int_equal(setup_step_judge((enum setup_step)step, &none, SAID_DONE) ==
                             setup_state_done,
                         step == setup_step_machine);
    assert_int_equal(setup_step_judge(setup_step_machine, &all, SAID_NOTHING), setup_state_missing);
}

static void test_each_part_of_a_step_counts(void **state) {
    struct setup_facts facts = all;
    (void)state;
    facts.has_registry = false;
    assert_int_equal(setup_step_judge(setup_step_responsibility, &facts, SAID_NOTHING),
                     setup_state_missing);
    facts = all;
    facts.has_sender = false;
    assert_int_equal(setup_step_judge(setup_step_language, &facts, SAID_NOTHING),
                     setup_state_missing);
    facts = all;
    facts.administrators_proved = 1;
    assert_int_equal(setup_step_judge(setup_step_administrators, &facts, SAID_NOTHING),
                     setup_state_missing);
}

static void test_the_hour_has_no_gap(void **state) {
    int minute = 0;
    (void)state;
    for (int step = 0; step < (int)setup_step_choices.count; step++) {
        const struct setup_minutes minutes = setup_step_minutes((enum setup_step)step);
        assert_int_equal(minutes.from, minute);
        assert_true(minutes.until > minutes.from);
        minute = minutes.until;
    }
    assert_true(minute <= 60);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_there),
        cmocka_unit_test(test_nothing_there),
        cmocka_unit_test(test_only_the_machine_is_believed),
        cmocka_unit_test(test_each_part_of_a_step_counts),
        cmocka_unit_test(test_the_hour_has_no_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
