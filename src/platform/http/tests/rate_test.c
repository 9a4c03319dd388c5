#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/http/rate.h"

static const int64_t start = SECONDS(1000);

static void test_bucket_empties_and_fills(void **state) {
    (void)state;
    struct rate *rate = rate_new(64);
    for (int i = 0; i < 6; i++)
        assert_int_equal(rate_take(rate, "anna", 6, start), 0);
    assert_int_equal(rate_take(rate, "anna", 6, start), 10);
    assert_int_equal(rate_take(rate, "bo", 6, start), 0);
    assert_int_equal(rate_take(rate, "anna", 6, start + SECONDS(9)), 1);
    assert_int_equal(rate_take(rate, "anna", 6, start + SECONDS(10)), 0);
    assert_int_equal(rate_take(rate, "anna", 6, start + SECONDS(10)), 10);
    for (int i = 0; i < 6; i++)
        assert_int_equal(rate_take(rate, "anna", 6, start + SECONDS(200)), 0);
    assert_int_equal(rate_take(rate, "anna", 6, start + SECONDS(200)), 10);
    rate_free(rate);
}

static void test_uneven_rates_hold_too(void **state) {
    (void)state;
    struct rate *rate = rate_new(64);
    for (int i = 0; i < 7; i++)
        assert_int_equal(rate_take(rate, "k", 7, start), 0);
    assert_int_not_equal(rate_take(rate, "k", 7, start), 0);
    assert_int_equal(rate_take(rate, "one", 1, start), 0);
    assert_int_equal(rate_take(rate, "one", 1, start), 60);
    rate_free(rate);
}

static void test_clock_set_back_locks_nobody_out(void **state) {
    (void)state;
    struct rate *rate = rate_new(64);
    for (int i = 0; i < 7; i++)
        (void)rate_take(rate, "anna", 6, start + DAYS(1));
    assert_true(rate_take(rate, "anna", 6, start) <= 10);
    assert_int_equal(rate_take(rate, "anna", 6, start + SECONDS(10)), 0);
    rate_free(rate);
}

static void test_memory_is_bound_and_newcomers_get_room(void **state) {
    (void)state;
    struct rate *rate = rate_new(64);
    char key[32];
    for (int i = 0; i < 10000; i++) {
        (void)snprintf(key, sizeof key, "visitor %d", i);
        assert_int_equal(rate_take(rate, key, 1, start + i), 0);
    }
    rate_free(rate);
}

static void test_households_share_a_v6_net(void **state) {
    (void)state;
    char one[64], other[64];
    rate_address_key("2001:db8:1:2:3:4:5:6", one, sizeof one);
    rate_address_key("2001:db8:1:2::9", other, sizeof other);
    assert_string_equal(one, other);
    rate_address_key("2001:db8:1:3::9", other, sizeof other);
    assert_string_not_equal(one, other);
    rate_address_key("192.0.2.7", one, sizeof one);
    assert_string_equal(one, "192.0.2.7");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bucket_empties_and_fills),
        cmocka_unit_test(test_uneven_rates_hold_too),
        cmocka_unit_test(test_clock_set_back_locks_nobody_out),
        cmocka_unit_test(test_memory_is_bound_and_newcomers_get_room),
        cmocka_unit_test(test_households_share_a_v6_net),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
