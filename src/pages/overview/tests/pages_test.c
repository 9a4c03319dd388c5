/* The staff's list of pages: whose, filtered, searched, paged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/tests/site.h"

static void add_pages(struct site *site, int count) {
    for (int i = 0; i < count; i++)
        test_execute(site->store,
                     arena_format(site->arena,
                                  "INSERT INTO page (tenant, kind, slug, language, title, "
                                  "title_key, author, page_owner, record_class, created_at, "
                                  "text_at, updated_at) VALUES (1, 'information', 'sida-%d', 'sv', "
                                  "'Åviks sida %d', 'åviks sida %d', 1, 3, 'page', %d, %d, %d)",
                                  i, i, i, i + 1, i + 1, i + 1));
}

static size_t rows_of(const struct browser *browser) {
    size_t count = 0;
    for (const char *at = browser->reply.body; (at = strstr(at, "\"owner_name\"")) != NULL; at++)
        count++;
    return count;
}

static void each_sees_what_is_theirs(void **state) {
    struct site *site = site_open(state);
    site_page(site);
    add_pages(site, 3);
    static const struct {
        int account;
        size_t rows;
    } roles[] = {{ALVA, 4}, {BO, 1}, {CILLA, 3}, {HANNA, 0}};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct browser *browser = browser_new(site, roles[i].account);
        browser->json = true;
        assert_int_equal(browser_get(browser, "/pages"), 200);
        assert_int_equal(rows_of(browser), roles[i].rows);
        assert_true(browser->reply.statements <= 8);
    }
    assert_int_equal(browser_get(browser_new(site, GUN), "/pages"), 403);
    assert_int_equal(browser_get(browser_new(site, NOBODY), "/pages"), 401);
    site_close(site);
}

static void the_list_is_searched_and_filtered(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, ALVA);
    site_page(site);
    add_pages(site, 3);
    assert_int_equal(browser_get(browser, "/pages?q=%C3%85VIK"), 200);
    assert_true(browser_sees(browser, "Åviks sida 2"));
    assert_false(browser_sees(browser, "Simhallen"));
    assert_true(browser_sees(browser, "q=%C3%85VIK&amp;state=draft"));
    assert_int_equal(browser_get(browser, "/pages?state=published"), 200);
    assert_true(browser_sees(browser, "Simhallen"));
    assert_false(browser_sees(browser, "Åviks sida"));
    assert_int_equal(browser_get(browser, "/pages?q=%25"),
                     200); /* a sign of LIKE is no sign here */
    assert_true(browser_sees(browser, "Ingen rubrik innehåller"));
    assert_int_equal(browser_get(browser, "/pages?state=%22%3E%3Cscript%3E"), 200);
    assert_false(browser_sees(browser, "<script>"));
    site_close(site);
}

static void a_long_list_comes_in_pages(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, ALVA);
    add_pages(site, 53);
    browser->json = true;
    assert_int_equal(browser_get(browser, "/pages"), 200);
    assert_int_equal(rows_of(browser), 50);
    const char *next = strstr(browser->reply.body, "\"next\":\"");
    assert_non_null(next);
    next += strlen("\"next\":\"");
    assert_int_equal(browser_get(browser, arena_copy_span(site->arena, next, strcspn(next, "\""))),
                     200);
    assert_int_equal(rows_of(browser), 3);
    assert_non_null(strstr(browser->reply.body, "\"next\":null"));
    assert_int_equal(browser_get(browser, "/pages?before=nonsense"), 200);
    assert_int_equal(rows_of(browser), 50);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(each_sees_what_is_theirs),
        TEST_ON_BOTH(the_list_is_searched_and_filtered),
        TEST_ON_BOTH(a_long_list_comes_in_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
