/* Rules of following: codes (QUA-11) and who hears of what (NOT-2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pages/follow/rules.h"
#include "platform/base/instant.h"

static void a_code_is_good_for_its_time_and_five_mistakes_qua_11(void **state) {
    (void)state;
    struct code_stand stand = {
        .matches = true, .ends_at = MINUTES(15), .confirmed_at = INSTANT_NONE};
    assert_int_equal(code_judge(&stand, MINUTES(15) - 1), CODE_RIGHT);
    assert_int_equal(code_judge(&stand, MINUTES(15)), CODE_TOO_LATE);
    stand.tries = 4;
    assert_int_equal(code_judge(&stand, 0), CODE_RIGHT);
    stand.tries = 5;
    assert_int_equal(code_judge(&stand, 0), CODE_TOO_MANY);
    stand.tries = 0;
    stand.matches = false;
    assert_int_equal(code_judge(&stand, 0), CODE_WRONG);
}

/* A scanner or an impatient thumb that presses first takes nothing from the person. */
static void the_same_code_twice_is_the_same_answer(void **state) {
    (void)state;
    struct code_stand stand = {
        .matches = true, .tries = 5, .ends_at = MINUTES(15), .confirmed_at = MINUTES(1)};
    assert_int_equal(code_judge(&stand, MINUTES(20)), CODE_DONE_BEFORE);
    stand.matches = false;
    assert_int_equal(code_judge(&stand, MINUTES(20)), CODE_WRONG);
}

static void followers_hear_of_what_they_follow_not_2(void **state) {
    (void)state;
    assert_true(follow_hears(12, 12, page_news_published));
    assert_true(follow_hears(12, 12, page_news_changed));
    assert_false(follow_hears(12, 13, page_news_published));
    assert_true(follow_hears(0, 13, page_news_published));
    assert_false(follow_hears(0, 13, page_news_changed));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_good_for_its_time_and_five_mistakes_qua_11),
        cmocka_unit_test(the_same_code_twice_is_the_same_answer),
        cmocka_unit_test(followers_hear_of_what_they_follow_not_2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
