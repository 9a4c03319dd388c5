/* When a decision can be appealed, and when it has gained legal force (PB-18). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "governance/decisions/rules.h"
#include "platform/base/instant.h"

static int64_t at(int month, int day, int hour) {
    return instant_from_civil((struct civil){2026, month, day, hour, 0, 0, 0, 0});
}

/* PB-18: three weeks from posting; the last day counts to its end, whatever weekday it is. */
static void the_last_day_is_three_weeks_after_posting(void **state) {
    (void)state;
    const struct {
        int64_t posted_on, until;
    } cases[] = {
        {at(6, 9, 0), at(7, 1, 0)},    /* posted on the 9th: the last day is 30 June */
        {at(3, 20, 0), at(4, 11, 0)},  /* over the change to summer time */
        {at(10, 10, 0), at(11, 1, 0)}, /* and back */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(decision_appeal_until(cases[i].posted_on), cases[i].until);
    assert_int_equal(decision_appeal_until(at(6, 9, 12)), at(7, 1, 0));
    assert_int_equal(decision_appeal_until(INSTANT_NONE), INSTANT_NONE);
}

static void legal_force_comes_with_the_first_instant_too_late(void **state) {
    (void)state;
    struct decision decision = {.appeal_until = at(7, 1, 0)};
    assert_false(decision_in_force(&decision, at(7, 1, 0) - 1));
    assert_true(decision_in_force(&decision, at(7, 1, 0)));
    decision.appeal_until = INSTANT_NONE;
    assert_false(decision_in_force(&decision, INT64_MAX));
}

static void a_paragraph_is_one_word(void **state) {
    static const struct {
        const char *written, *kept;
    } cases[] = {
        {"§ 41", "§\u00a041"},
        {"§41", "§\u00a041"},
        {"§  41", "§\u00a041"},
        {"§\u00a041", "§\u00a041"},
        {"§§ 41 och 42", "§§\u00a041 och 42"},
        {"41", "41"},
        {"§ A", "§ A"},
        {"§", "§"},
        {"", ""},
    };
    struct arena *arena = arena_new(1 << 16);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(decision_item(arena, cases[i].written), cases[i].kept);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_day_is_three_weeks_after_posting),
        cmocka_unit_test(legal_force_comes_with_the_first_instant_too_late),
        cmocka_unit_test(a_paragraph_is_one_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
