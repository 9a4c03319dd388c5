/* Changes of roles: what may be given, two administrators always, and what the DPO is told of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people/staff/rules.h"

enum { ADMINISTRATOR = 1, OPERATOR = 2, OFFICER = 4, PARTICIPANT = 8 };

static const struct role_kinds kinds = {
    .grantable = ADMINISTRATOR | OFFICER,
    .administrator = ADMINISTRATOR,
    .keepers = ADMINISTRATOR | OPERATOR,
    .readers = OFFICER,
};

/* ROL-12, ADM-1. */
static void test_judged(void **state) {
    static const struct {
        struct roles_change change;
        enum roles_verdict verdict;
    } cases[] = {
        {{0, OFFICER, 2}, ROLES_ALLOWED},
        {{OFFICER, 0, 0}, ROLES_ALLOWED},
        {{OFFICER, OFFICER, 0}, ROLES_UNCHANGED},
        {{0, OPERATOR, 2}, ROLES_NOT_GRANTABLE},
        {{0, PARTICIPANT, 2}, ROLES_NOT_GRANTABLE},
        {{OPERATOR, OPERATOR | OFFICER, 2}, ROLES_ALLOWED}, /* had it already */
        {{OPERATOR, 0, 2}, ROLES_ALLOWED},
        {{ADMINISTRATOR, 0, 2}, ROLES_ALLOWED},
        {{ADMINISTRATOR, 0, 1}, ROLES_TOO_FEW_ADMINISTRATORS},
        {{ADMINISTRATOR, OFFICER, 0}, ROLES_TOO_FEW_ADMINISTRATORS},
        {{ADMINISTRATOR, ADMINISTRATOR | OFFICER, 0}, ROLES_ALLOWED},
        {{0, ADMINISTRATOR, 0}, ROLES_ALLOWED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(roles_change_judge(&kinds, &cases[i].change), cases[i].verdict);
}

static void test_who_is_told(void **state) {
    static const struct {
        struct roles_change change;
        bool told;
    } cases[] = {
        {{ADMINISTRATOR, ADMINISTRATOR | OFFICER, 2}, true},
        {{OFFICER, ADMINISTRATOR | OFFICER, 2}, true},
        {{OPERATOR, OPERATOR | OFFICER, 2}, true},
        {{0, ADMINISTRATOR, 2}, false},
        {{0, OFFICER, 2}, false},
        {{ADMINISTRATOR | OFFICER, ADMINISTRATOR, 2}, false},
        {{ADMINISTRATOR | OFFICER, OFFICER, 2}, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(roles_change_is_told(&kinds, &cases[i].change), cases[i].told);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judged),
        cmocka_unit_test(test_who_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
