/* States of projects and what refuses a change, by tables (JOURNEYS 7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "budgets/projects/rules.h"
#include "platform/base/instant.h"

static void states_go_one_way_but_for_delays(void **state) {
    static const char *const may[] = {
        [PROJECT_DECIDED] = "xx...x", [PROJECT_ONGOING] = ".xxx.x", [PROJECT_DELAYED] = ".xxx.x",
        [PROJECT_DONE] = "...xxx",    [PROJECT_OPENED] = "....x.",  [PROJECT_DROPPED] = "......"};
    (void)state;
    for (enum project_step from = PROJECT_DECIDED; from <= PROJECT_DROPPED; from++)
        for (enum project_step to = PROJECT_DECIDED; to <= PROJECT_DROPPED; to++)
            assert_int_equal(project_may_become(from, to), may[from][to] == 'x');
}

static void what_refuses_a_change_PB_18(void **state) {
    enum { NOW = 1000 };
    const int64_t none = INSTANT_NONE;
    (void)state;
    const struct {
        struct project_change change;
        enum project_refusal refusal;
    } cases[] = {
        {{PROJECT_DECIDED, PROJECT_ONGOING, none, 5, false, true, false, none}, PROJECT_FINE},
        {{PROJECT_DECIDED, PROJECT_ONGOING, none, 5, false, false, false, none},
         PROJECT_NOT_WARNED},
        {{PROJECT_DECIDED, PROJECT_ONGOING, none, 5, false, false, true, none}, PROJECT_FINE},
        {{PROJECT_DECIDED, PROJECT_DECIDED, none, 5, false, false, false, none}, PROJECT_FINE},
        {{PROJECT_ONGOING, PROJECT_ONGOING, 5, 6, false, true, false, none}, PROJECT_WHY_DAY},
        {{PROJECT_ONGOING, PROJECT_ONGOING, 5, 4, false, true, false, none}, PROJECT_WHY_DAY},
        {{PROJECT_ONGOING, PROJECT_ONGOING, 5, 6, true, true, false, none}, PROJECT_FINE},
        {{PROJECT_ONGOING, PROJECT_DELAYED, 5, 5, true, true, false, none}, PROJECT_DAY_PAST},
        {{PROJECT_ONGOING, PROJECT_DELAYED, 5, none, true, true, false, none}, PROJECT_DAY_PAST},
        {{PROJECT_ONGOING, PROJECT_DELAYED, none, 6, false, true, false, none}, PROJECT_WHY_DAY},
        {{PROJECT_ONGOING, PROJECT_DELAYED, 5, 6, true, true, false, none}, PROJECT_FINE},
        {{PROJECT_DELAYED, PROJECT_ONGOING, 6, 6, false, true, false, none}, PROJECT_FINE},
        {{PROJECT_ONGOING, PROJECT_OPENED, 5, 5, true, true, false, 900}, PROJECT_NO_WAY},
        {{PROJECT_DONE, PROJECT_OPENED, 5, 5, true, true, false, none}, PROJECT_NO_OPENING},
        {{PROJECT_DONE, PROJECT_OPENED, 5, 5, true, true, false, NOW + 1}, PROJECT_NO_OPENING},
        {{PROJECT_DONE, PROJECT_OPENED, 5, 5, true, true, false, NOW}, PROJECT_FINE},
        {{PROJECT_ONGOING, PROJECT_DROPPED, 5, 5, true, true, false, none}, PROJECT_NO_WAY},
        {{PROJECT_DROPPED, PROJECT_ONGOING, 5, 5, true, true, false, none}, PROJECT_NO_WAY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(project_judge(&cases[i].change, NOW), cases[i].refusal);
}

static void overdue_begins_with_the_next_day(void **state) {
    const int64_t day = instant_from_civil((struct civil){2026, 8, 31, 0, 0, 0, 0, 0});
    (void)state;
    assert_false(project_is_overdue(PROJECT_ONGOING, day, day + HOURS(23)));
    assert_true(project_is_overdue(PROJECT_ONGOING, day, instant_day_start(day, 1)));
    assert_true(project_is_overdue(PROJECT_DECIDED, day, instant_day_start(day, 1)));
    assert_false(project_is_overdue(PROJECT_DONE, day, instant_day_start(day, 1)));
    assert_false(project_is_overdue(PROJECT_DROPPED, day, instant_day_start(day, 1)));
    assert_false(project_is_overdue(PROJECT_ONGOING, INSTANT_NONE, day));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_go_one_way_but_for_delays),
        cmocka_unit_test(what_refuses_a_change_PB_18),
        cmocka_unit_test(overdue_begins_with_the_next_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
