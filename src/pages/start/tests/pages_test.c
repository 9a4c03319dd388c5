/* The start page: empty, filled, in two languages, for staff, while being prepared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pages/tests/site.h"

static void an_empty_place_says_what_will_come(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    assert_int_equal(browser_get(reader, "/"), 200);
    assert_true(browser_sees(reader, "Ingen dialog eller röstning är öppen just nu."));
    assert_true(browser_sees(reader, "Den första är inte publicerad än."));
    assert_true(browser_sees(reader, "rs-view"));
    assert_false(browser_sees(reader, "Platsen förbereds"));
    assert_null(browser_header(reader, "set-cookie"));
    reader->json = true;
    assert_int_equal(browser_get(reader, "/"), 200);
    GOLDEN("start_empty", reader->reply.body);
    site_close(site);
}

static void published_pages_are_listed_in_ones_own_language(void **state) {
    struct site *site = site_open(state);
    struct browser *swede = browser_new(site, NOBODY), *guest = browser_new(site, NOBODY);
    site_page(site);
    test_execute(site->store,
                 "INSERT INTO page (tenant, kind, slug, language, variant, translation_of, title, "
                 "title_key, state, revision, record_class, created_at, text_at, published_at, "
                 "updated_at) VALUES (1, 'information', 'the-pool-opens', 'en', 'translation', 1, "
                 "'The pool opens', 'the pool opens', 'published', 1, 'page', 1, 1, 1, 1)");
    guest->language = "en";
    assert_int_equal(browser_get(swede, "/"), 200);
    assert_true(browser_sees(swede, "Simhallen öppnar"));
    assert_false(browser_sees(swede, "The pool opens"));
    assert_int_equal(browser_get(guest, "/"), 200);
    assert_true(browser_sees(guest, "The pool opens"));
    assert_false(browser_sees(guest, "Simhallen"));
    assert_true(browser_sees(guest, "Take part and have a say"));
    site_close(site);
}

/* A page in another language says so. */
static void an_untranslated_page_names_its_language(void **state) {
    struct site *site = site_open(state);
    struct browser *guest = browser_new(site, NOBODY);
    site_page(site);
    guest->language = "en";
    assert_int_equal(browser_get(guest, "/"), 200);
    assert_true(browser_sees(guest, "Simhallen öppnar</a> <span class=\"rs-quiet\">(svenska)"));
    assert_true(browser_sees(guest, "<div lang=\"sv\">"));
    site_close(site);
}

static void staff_are_told_what_waits(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *reader = browser_new(site, GUN);
    test_execute(site->store,
                 "INSERT INTO task (tenant, cause, role, word, address, due_at, made_at) VALUES "
                 "(1, 'a', 'process_lead', 'task.answer_contact', '/contact/1', 1, 1)");
    assert_int_equal(browser_get(leader, "/"), 200);
    assert_true(browser_sees(leader, "En sak väntar på dig"));
    assert_true(browser_sees(leader, "En är försenad."));
    assert_true(leader->reply.statements <= 8);
    leader->json = true;
    assert_int_equal(browser_get(leader, "/"), 200);
    GOLDEN("start_leader", leader->reply.body);
    assert_int_equal(browser_get(reader, "/"), 200);
    assert_false(browser_sees(reader, "väntar på dig"));
    site_close(site);
}

static void a_place_in_preparation_says_so(void **state) {
    struct site *site = site_open(state);
    test_execute(site->store, "UPDATE organisation SET state = 'preparing'");
    struct browser *reader = browser_new(site, NOBODY), *administrator = browser_new(site, DORIS);
    assert_int_equal(browser_get(reader, "/"), 200);
    assert_true(browser_sees(reader, "Platsen förbereds"));
    assert_false(browser_sees(reader, "/settings"));
    assert_int_equal(browser_get(administrator, "/"), 200);
    assert_true(browser_sees(administrator, "href=\"/setup\""));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(an_empty_place_says_what_will_come),
        TEST_ON_BOTH(published_pages_are_listed_in_ones_own_language),
        TEST_ON_SQLITE(an_untranslated_page_names_its_language),
        TEST_ON_BOTH(staff_are_told_what_waits),
        TEST_ON_SQLITE(a_place_in_preparation_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
