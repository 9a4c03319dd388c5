/* Amounts: what is read, what is refused, how they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/election/amount.h"

static bool read_as(const char *text, int64_t units, int decimals) {
    struct amount amount = {-1, -1};
    return amount_parse(text, strlen(text), &amount) && amount.units == units &&
           amount.decimals == decimals;
}

static void decimals_are_exact(void **state) {
    (void)state;
    assert_true(read_as("4000", 4000, 0));
    assert_true(read_as("4000.0", 4000, 0));
    assert_true(read_as("28500,50", 285005, 1));
    assert_true(read_as("0", 0, 0));
    assert_true(read_as("0.000001", 1, 6));
    assert_true(read_as("007,10", 71, 1));
    assert_true(read_as("999999999999.999999", INT64_C(999999999999999999), 6));
    assert_true(read_as("2458488.2200000000", 245848822, 2));
}

static void nonsense_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",    "-1", "+1",  "1e6",           "1 000",     "1,000.5", "12.",
        ".5",  "kr", "0x1", "1000000000000", "1.1234567", "1.-1",    "1,2,3",
        "NaN", "١",  "1\n"};
    struct amount amount = {7, 0};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(amount_parse(bad[i], strlen(bad[i]), &amount));
    assert_int_equal(amount.units, 7);
}

static void scales_are_shared(void **state) {
    (void)state;
    int64_t units = 7;
    assert_true(amount_at_scale((struct amount){285005, 1}, 2, &units));
    assert_true(units == 2850050);
    assert_false(amount_at_scale((struct amount){-1, 0}, 2, &units));
    assert_false(amount_at_scale((struct amount){INT64_C(1000000000000), 0}, 6, &units));
    assert_false(amount_at_scale((struct amount){INT64_MAX, 2}, 6, &units));
    assert_true(units == 2850050);
    assert_int_equal(amount_shorten((struct amount){5000, 2}).decimals, 0);
}

static void amounts_are_written(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    assert_string_equal(amount_decimal(arena, 2850050, 2), "28500.5");
    assert_string_equal(amount_decimal(arena, 2850000, 2), "28500");
    assert_string_equal(amount_decimal(arena, -5, 2), "-0.05");
    assert_string_equal(amount_fraction(arena, 2850050, 2), "57001/2");
    assert_string_equal(amount_fraction(arena, 245848822, 2), "122924411/50");
    assert_string_equal(amount_fraction(arena, 700, 2), "7");
    assert_string_equal(amount_fraction(arena, 0, 6), "0");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_exact),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(scales_are_shared),
        cmocka_unit_test(amounts_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
