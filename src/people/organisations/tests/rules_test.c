/* Organisation number, host name, and what is missing before publishing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people/organisations/rules.h"
#include "platform/base/text.h"

static int with_arena(void **state) {
    *state = arena_new(1 << 20);
    return 0;
}

static int without_arena(void **state) {
    arena_free(*state);
    return 0;
}

/* EVT-13: wrong checksum refused. */
static void test_organisation_number(void **state) {
    static const char *const right[] = {"212000-0142", "2120000142", "16212000-0142",
                                        "212000 0142"};
    static const char *const wrong[] = {"",
                                        "212000-0143",     /* check digit */
                                        "212000-0412",     /* two digits swapped */
                                        "121212-1212",     /* a personal number */
                                        "212000-014",      /* too short */
                                        "212000-01422",    /* too long */
                                        "19212000-0142",   /* another prefix */
                                        "212000-014A",     /* a letter */
                                        "SE212000014201"}; /* VAT number */
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        assert_string_equal(organisation_number_read(*state, right[i]), "2120000142");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_null(organisation_number_read(*state, wrong[i]));
    assert_string_equal(organisation_number_show(*state, "2120000142"), "212000-0142");
    assert_null(organisation_number_show(*state, NULL));
}

/* EVT-13: of the ten numbers that differ in their last digit only, one is right. */
static void test_one_check_digit_of_ten_is_right(void **state) {
    for (int stem = 0; stem < 200; stem++) {
        int right = 0;
        for (int last = 0; last < 10; last++)
            right += organisation_number_read(
                         *state, arena_format(*state, "212%06d%d", stem * 37, last)) != NULL;
        assert_int_equal(right, 1);
    }
}

static void test_host(void **state) {
    static const char *const wrong[] = {NULL,
                                        "",
                                        "ljungsjo",
                                        "https://delta.ljungsjo.example",
                                        "delta.ljungsjo.example:8080",
                                        "delta..example",
                                        ".example",
                                        "delta.example.",
                                        "-delta.example",
                                        "delta-.example",
                                        "delta_x.example",
                                        "delta.ljungsjö.example",
                                        "a b.example"};
    assert_string_equal(host_read(*state, "Delta.Ljungsjo.Example"), "delta.ljungsjo.example");
    assert_string_equal(host_read(*state, "localhost"), "localhost");
    assert_string_equal(host_read(*state, "ljungsjo.localhost"), "ljungsjo.localhost");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_null(host_read(*state, wrong[i]));
}

static void test_usual_sender(void **state) {
    assert_string_equal(sender_usual(*state, "delta.ljungsjo.example"),
                        "radslag@delta.ljungsjo.example");
    assert_non_null(text_email_key(*state, sender_usual(*state, "localhost")));
}

/* ADM-1: each of the five is asked for on its own. */
static void test_missing(void **state) {
    (void)state;
    const struct organisation_facts all = {true, true, true, true, 2};
    assert_int_equal(missing_decide(&all), 0);
    struct organisation_facts facts = all;
    facts.has_controller = false;
    assert_int_equal(missing_decide(&facts), MISSING_CONTROLLER);
    facts = all;
    facts.has_dpo = false;
    assert_int_equal(missing_decide(&facts), MISSING_DPO);
    facts = all;
    facts.statement_accepted = false;
    assert_int_equal(missing_decide(&facts), MISSING_STATEMENT);
    facts = all;
    facts.has_sender = false;
    assert_int_equal(missing_decide(&facts), MISSING_SENDER);
    facts = all;
    facts.administrators_proved = 1;
    assert_int_equal(missing_decide(&facts), MISSING_ADMINISTRATORS);
    facts = (struct organisation_facts){.administrators_proved = 0};
    assert_int_equal(missing_decide(&facts), MISSING_CONTROLLER | MISSING_DPO | MISSING_STATEMENT |
                                                 MISSING_SENDER | MISSING_ADMINISTRATORS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_organisation_number, with_arena, without_arena),
        cmocka_unit_test_setup_teardown(test_one_check_digit_of_ten_is_right, with_arena,
                                        without_arena),
        cmocka_unit_test_setup_teardown(test_host, with_arena, without_arena),
        cmocka_unit_test_setup_teardown(test_usual_sender, with_arena, without_arena),
        cmocka_unit_test(test_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
