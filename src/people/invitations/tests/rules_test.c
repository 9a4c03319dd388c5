/* Invitations: when one holds, codes, ready-made sets, and addresses typed one a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "people/invitations/rules.h"
#include "platform/base/instant.h"
#include "platform/base/text.h"

static int with_arena(void **state) {
    *state = arena_new(1 << 20);
    return 0;
}

static int without_arena(void **state) {
    arena_free(*state);
    return 0;
}

static void test_state(void **state) {
    (void)state;
    const int64_t none = INSTANT_NONE;
    assert_int_equal(invitation_state_at(100, none, none, 99), invitation_state_waiting);
    assert_int_equal(invitation_state_at(100, none, none, 100), invitation_state_over);
    assert_int_equal(invitation_state_at(100, 50, none, 60), invitation_state_accepted);
    assert_int_equal(invitation_state_at(100, 50, none, 200), invitation_state_accepted);
    assert_int_equal(invitation_state_at(100, none, 50, 60), invitation_state_withdrawn);
}

static void test_code(void **state) {
    char code[INVITATION_DIGITS + 1];
    invitation_code((const unsigned char[8]){0}, code);
    assert_string_equal(code, "000000000000");
    invitation_code((const unsigned char[8]){0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, code);
    assert_string_equal(code, "073709551615"); /* the last digits of 2^64 − 1 */
    assert_string_equal(invitation_code_show(*state, code), "0737 0955 1615");
    assert_string_equal(invitation_code_read(*state, "0737 0955 1615"), code);
    assert_string_equal(invitation_code_read(*state, " 0737-09551615"), code);
    assert_null(invitation_code_read(*state, ""));
    assert_null(invitation_code_read(*state, "0737 0955 161"));
    assert_null(invitation_code_read(*state, "0737 0955 16155"));
    assert_null(invitation_code_read(*state, "0737 0955 161A"));
}

static void test_every_set_but_own_has_roles(void **state) {
    (void)state;
    for (int set = 0; set < (int)role_set_choices.count; set++)
        assert_int_equal(role_set_roles((enum role_set)set) != NULL, set != role_set_own);
    assert_string_equal(role_set_roles(role_set_library), "contact_centre");
}

static void test_addresses_one_a_line(void **state) {
    struct invitee_list invitees;
    int64_t wrong = 0;
    const char typed[] = "Anna@Ljungsjo.example\n"
                         "\n"
                         "  Bo Ek <bo@ljungsjo.example>\n"
                         "Cecilia Ås, cecilia@ljungsjo.example,\n"
                         "anna@ljungsjo.example";
    assert_int_equal(invitees_read(*state, typed, &invitees, &wrong), INVITEES_FINE);
    assert_int_equal(invitees.count, 3); /* Anna counts once */
    assert_string_equal(invitees.at[0].email, "Anna@Ljungsjo.example");
    assert_string_equal(invitees.at[0].email_key, "anna@ljungsjo.example");
    assert_null(invitees.at[0].name);
    assert_string_equal(invitees.at[1].name, "Bo Ek");
    assert_string_equal(invitees.at[1].email, "bo@ljungsjo.example");
    assert_string_equal(invitees.at[2].name, "Cecilia Ås");
}

static void test_wrong_addresses(void **state) {
    struct invitee_list invitees = {NULL, 0};
    int64_t wrong = 0;
    assert_int_equal(invitees_read(*state, "a@b.example\nanna på jobbet", &invitees, &wrong),
                     INVITEES_WRONG);
    assert_int_equal(wrong, 2);
    assert_int_equal(invitees_read(*state, " \n , \n", &invitees, &wrong), INVITEES_NONE);
    struct buffer many = buffer_in(*state, 1 << 16);
    for (int i = 0; i <= INVITATIONS_AT_ONCE; i++)
        buffer_format(&many, "a%d@b.example\n", i);
    assert_int_equal(invitees_read(*state, buffer_string(&many), &invitees, &wrong),
                     INVITEES_TOO_MANY);
    assert_null(invitees.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_state),
        cmocka_unit_test_setup_teardown(test_code, with_arena, without_arena),
        cmocka_unit_test(test_every_set_but_own_has_roles),
        cmocka_unit_test_setup_teardown(test_addresses_one_a_line, with_arena, without_arena),
        cmocka_unit_test_setup_teardown(test_wrong_addresses, with_arena, without_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
