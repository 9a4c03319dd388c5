/* Money: what people write, overflow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/money.h"

static void amounts_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t ore;
    } cases[] = {{"450 000", 45000000},
                 {"450000 kr", 45000000},
                 {"12,50", 1250},
                 {"12.5", 1250},
                 {"−3", -300},
                 {"-3:-", -300},
                 {"0", 0},
                 {"2 000 000 kr", 200000000},
                 {"92233720368547758,07", INT64_MAX}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t ore = 1;
        assert_true(money_parse(cases[i].text, &ore));
        assert_true(ore == cases[i].ore);
    }
}

static void nonsense_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",   "kr",  "1,234", "1 kr 2", "92233720368547758,08", "99999999999999999999",
        "1,", "--1", "1e6"};
    int64_t ore = 7;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(money_parse(bad[i], &ore));
    assert_int_equal(ore, 7);
}

static void overflow_is_seen(void **state) {
    (void)state;
    int64_t result = 7;
    assert_false(money_add(INT64_MAX, 1, &result));
    assert_false(money_times(INT64_MAX / 2, 3, &result));
    assert_int_equal(result, 7);
    assert_true(money_times(3, 4, &result));
    assert_int_equal(result, 12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(overflow_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
