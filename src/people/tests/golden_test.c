/* What the pages of people show as JSON, by role: a field that is added or seen by more people
 * shows here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "people/tests/office.h"

static const struct {
    const char *address, *name;
} own_pages[] = {
    {"/account", "own/tests/account"},
    {"/account/profile", "own/tests/profile"},
    {"/account/email", "own/tests/email"},
    {"/account/password", "own/tests/password"},
    {"/account/extract", "own/tests/extract"},
    {"/account/delete", "own/tests/delete"},
    {"/account/sessions", "sessions/tests/sessions"},
    {"/account/tokens", "tokens/tests/tokens"},
    {"/second-factor", "second_factor/tests/second_factor"},
};

static void all_pages(struct browser *browser, const char *role) {
    for (size_t i = 0; i < sizeof own_pages / sizeof own_pages[0]; i++)
        assert_golden(browser, own_pages[i].address,
                      arena_format(browser->site->arena, "people/%s.%s.golden.json",
                                   own_pages[i].name, role));
}

static void visitor_sees_the_log_in_and_nothing_of_others_ROL_1(void **state) {
    struct site *site = site_open(state);
    struct browser *visitor = browser_new(site, SITE_HOST);

    assert_golden(visitor, "/login", "people/login/tests/login.visitor.golden.json");
    assert_golden(visitor, "/login/link/nosuchlink", "people/login/tests/link.visitor.golden.json");
    assert_golden(visitor, "/account", "people/own/tests/account.visitor.golden.json");
    site_close(site);
}

static void participant_sees_what_is_their_own_ROL_2(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);

    browser_log_in(anna, "anna@example.org");
    assert_int_equal(browser_get(anna, "/account/tokens"), 200);
    assert_int_equal(browser_post(anna, "/account/tokens", "name=Rapport&scope=read&life=month"),
                     200);
    all_pages(anna, "participant");
    site_close(site);
}

static void administrator_sees_the_same_of_themselves_ROL_12(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = office_person(site, "ada@example.org", "Ada Exempel", ROLE_administrator);

    all_pages(ada, "administrator");
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(visitor_sees_the_log_in_and_nothing_of_others_ROL_1),
        TEST_ON_SQLITE(participant_sees_what_is_their_own_ROL_2),
        TEST_ON_SQLITE(administrator_sees_the_same_of_themselves_ROL_12),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
