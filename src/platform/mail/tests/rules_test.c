/* Nights, pauses, and what a server's reply means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/mail/rules.h"

static int64_t swedish(int month, int day, int hour, int minute) {
    return instant_from_civil(
        (struct civil){.year = 2026, .month = month, .day = day, .hour = hour, .minute = minute});
}

static void test_nothing_leaves_at_night(void **state) {
    (void)state;
    static const struct {
        int month, day, hour, minute;
        bool night;
    } cases[] = {{6, 9, 20, 59, false}, {6, 9, 21, 0, true},  {6, 9, 23, 59, true},
                 {6, 10, 0, 0, true},   {6, 10, 6, 59, true}, {6, 10, 7, 0, false},
                 {12, 31, 22, 0, true}, {1, 15, 12, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int64_t at = swedish(cases[i].month, cases[i].day, cases[i].hour, cases[i].minute);
        assert_int_equal(mail_is_night(at), cases[i].night);
        assert_int_equal(mail_leaves_at(at, true), at);
        assert_int_equal(mail_leaves_at(at, false) == at, !cases[i].night);
        assert_false(mail_is_night(mail_leaves_at(at, false)));
    }
}

static void test_night_ends_at_seven(void **state) {
    (void)state;
    assert_int_equal(mail_leaves_at(swedish(6, 9, 21, 30), false), swedish(6, 10, 7, 0));
    assert_int_equal(mail_leaves_at(swedish(6, 10, 3, 0), false), swedish(6, 10, 7, 0));
    /* The nights when the clock is moved: 29 March and 25 October 2026. */
    assert_int_equal(mail_leaves_at(swedish(3, 28, 22, 0), false), swedish(3, 29, 7, 0));
    assert_int_equal(mail_leaves_at(swedish(10, 24, 22, 0), false), swedish(10, 25, 7, 0));
    assert_int_equal(swedish(3, 29, 7, 0) - swedish(3, 28, 22, 0), HOURS(8));
    assert_int_equal(swedish(10, 25, 7, 0) - swedish(10, 24, 22, 0), HOURS(10));
}

static void test_pauses_grow(void **state) {
    (void)state;
    assert_int_equal(mail_pause(0), 0);
    assert_int_equal(mail_pause(1), MINUTES(1));
    assert_int_equal(mail_pause(2), MINUTES(5));
    assert_int_equal(mail_pause(3), MINUTES(25));
    assert_int_equal(mail_pause(4), HOURS(2));
    for (int attempts = 1; attempts < 20; attempts++)
        assert_true(mail_pause(attempts) <= mail_pause(attempts + 1));
}

static void test_only_replies_about_the_mail_speak_of_it(void **state) {
    (void)state;
    assert_int_equal(mail_verdict(MAIL_STAGE_RECIPIENT, 550), MAIL_REFUSED);
    assert_int_equal(mail_verdict(MAIL_STAGE_MESSAGE, 554), MAIL_REFUSED);
    assert_int_equal(mail_verdict(MAIL_STAGE_RECIPIENT, 451), MAIL_LATER);
    assert_int_equal(mail_verdict(MAIL_STAGE_MESSAGE, 452), MAIL_LATER);
    /* Log-in refused, sender refused: our own fault, nobody's address is wrong. */
    assert_int_equal(mail_verdict(MAIL_STAGE_GREETING, 535), MAIL_UNHEARD);
    assert_int_equal(mail_verdict(MAIL_STAGE_SENDER, 553), MAIL_UNHEARD);
    assert_int_equal(mail_verdict(MAIL_STAGE_GREETING, 421), MAIL_UNHEARD);
    /* The connection went away after "go on". */
    assert_int_equal(mail_verdict(MAIL_STAGE_MESSAGE, 354), MAIL_UNHEARD);
    assert_int_equal(mail_verdict(MAIL_STAGE_GREETING, 0), MAIL_UNHEARD);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_leaves_at_night),
        cmocka_unit_test(test_night_ends_at_seven),
        cmocka_unit_test(test_pauses_grow),
        cmocka_unit_test(test_only_replies_about_the_mail_speak_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
