/* Owner and substitute: of one page, and all of somebody who leaves (ROL-15). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pages/tests/site.h"

static void an_owner_is_given_a_substitute(void **state) {
    struct site *site = site_open(state);
    struct browser *owner = browser_new(site, BO);
    site_page(site);
    assert_int_equal(browser_send(owner, "/pages/1/owner", "/pages/1/owner",
                                  "page_owner=2&substitute=2&revision=2"),
                     422);
    assert_int_equal(browser_post(owner, "/pages/1/owner", "page_owner=7&revision=2"), 422);
    assert_int_equal(browser_post(owner, "/pages/1/owner", "page_owner=2&substitute=3&revision=2"),
                     303);
    assert_int_equal(site_integer(site, "SELECT substitute FROM page"), CILLA);
    assert_int_equal(site_integer(site, "SELECT author FROM page"), ALVA);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM audit WHERE act = 'page.owner'"), 1);
    assert_int_equal(browser_post(owner, "/pages/1/owner", "page_owner=2&revision=2"), 422);
    site_close(site);
}

static void all_of_a_leaving_person_is_handed_over_in_one_step(void **state) {
    struct site *site = site_open(state);
    struct browser *administrator = browser_new(site, DORIS);
    site_page(site);
    test_execute(site->store, "UPDATE page SET substitute = 3");
    test_execute(site->store,
                 "INSERT INTO task (tenant, cause, account, word, address, due_at, made_at) VALUES "
                 "(1, 'a', 2, 'task.answer_contact', '/contact/1', 1, 1)");
    assert_int_equal(browser_get(administrator, "/pages/hand-over"), 200);
    assert_true(browser_sees(administrator, "Bo Tallkott"));
    assert_true(administrator->reply.statements <= 8);
    assert_int_equal(browser_post(administrator, "/pages/hand-over", "leaver=2&heir=2"), 422);
    assert_int_equal(browser_post(administrator, "/pages/hand-over", "leaver=2&heir=7"), 422);
    assert_int_equal(browser_post(administrator, "/pages/hand-over", "leaver=2&heir=3"), 303);
    /* Nobody steps in for themselves. */
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page WHERE page_owner = 3 AND "
                                        "substitute IS NULL"),
                     1);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_revision WHERE act = "
                                        "'handed_over' AND account = 4 AND revision = 3"),
                     1);
    assert_int_equal(site_integer(site, "SELECT account FROM task"), CILLA);
    site_close(site);
}

static void one_may_hand_over_what_is_ones_own(void **state) {
    struct site *site = site_open(state);
    struct browser *owner = browser_new(site, BO);
    site_page(site);
    test_execute(site->store, "UPDATE page SET substitute = 3");
    assert_int_equal(browser_get(owner, "/pages/hand-over"), 200);
    assert_int_equal(browser_post(owner, "/pages/hand-over", "leaver=3&heir=2"), 422);
    assert_int_equal(browser_post(owner, "/pages/hand-over", "leaver=2&heir=8"), 303);
    assert_int_equal(site_integer(site, "SELECT page_owner FROM page"), HANNA);
    assert_int_equal(browser_get(browser_new(site, GUN), "/pages/hand-over"), 403);
    site_close(site);
}

static void pages_that_nobody_answers_for_are_listed(void **state) {
    struct site *site = site_open(state);
    struct browser *administrator = browser_new(site, DORIS);
    site_page(site);
    assert_int_equal(browser_get(administrator, "/pages/hand-over"), 200);
    assert_true(browser_sees(administrator, "Varje sida har någon"));
    /* Without the role that lets them publish, owners answer for nothing. */
    test_execute(site->store, "DELETE FROM account_role WHERE account = 2");
    assert_int_equal(browser_get(administrator, "/pages/hand-over"), 200);
    assert_true(browser_sees(administrator, "Simhallen öppnar"));
    test_execute(site->store, "UPDATE page SET page_owner = NULL");
    administrator->json = true;
    assert_int_equal(browser_get(administrator, "/pages/hand-over"), 200);
    GOLDEN("hand_over", administrator->reply.body);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(an_owner_is_given_a_substitute),
        TEST_ON_BOTH(all_of_a_leaving_person_is_handed_over_in_one_step),
        TEST_ON_BOTH(one_may_hand_over_what_is_ones_own),
        TEST_ON_BOTH(pages_that_nobody_answers_for_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
