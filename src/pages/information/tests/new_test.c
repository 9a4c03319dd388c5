/* A new page in steps that save themselves: taken up another day, checked, handed in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/drafts/drafts.h"
#include "pages/tests/site.h"

static const char first[] = "title=Badet&lead=Om+badet.";

/* Posts to the page that was shown last, and follows where it leads. */
static void step(struct browser *browser, const char *fields) {
    const char *here = browser_header(browser, "location");
    assert_int_equal(browser_send(browser, here, here, fields), 303);
}

static void begin(struct browser *browser) {
    assert_int_equal(browser_send(browser, "/pages/new", "/pages/new", first), 303);
    assert_string_equal(browser_header(browser, "location"), "/pages/new/1/text");
}

static void a_page_is_made_step_by_step(void **state) {
    struct site *site = site_open(state);
    struct browser *writer = browser_new(site, ALVA);
    begin(writer);
    step(writer, "body=Vi+bygger+ett+bad.");
    assert_string_equal(browser_header(writer, "location"), "/pages/new/1/owner");
    assert_int_equal(browser_get(writer, "/pages/new/1/owner"), 200);
    assert_true(browser_sees(writer, "Bo Tallkott"));
    assert_false(browser_sees(writer, "Gun Invånare")); /* may not own pages */
    assert_true(writer->reply.statements <= 8);
    assert_int_equal(
        browser_post(writer, "/pages/new/1/owner", "language=sv&page_owner=2&substitute=3"), 303);
    assert_string_equal(browser_header(writer, "location"), "/pages/new/1/check");
    assert_int_equal(browser_get(writer, "/pages/new/1/check"), 200);
    assert_true(browser_sees(writer, "Vi bygger ett bad."));
    assert_true(browser_sees(writer, "Cilla Lind"));
    assert_int_equal(browser_post(writer, "/pages/new/1/check", ""), 303);
    assert_string_equal(browser_header(writer, "location"), "/pages/badet");
    assert_int_equal(browser_get(writer, "/pages/badet"), 200);
    assert_true(browser_sees(writer, "Utkast"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM draft"), 0);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page WHERE author = 1 AND "
                                        "page_owner = 2 AND substitute = 3 AND state = 'draft'"),
                     1);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_revision WHERE act = 'made'"),
                     1);
    site_close(site);
}

static void a_step_complains_of_its_own_fields(void **state) {
    struct site *site = site_open(state);
    struct browser *writer = browser_new(site, ALVA);
    assert_int_equal(browser_send(writer, "/pages/new", "/pages/new", "title=&lead=Kvar"), 422);
    assert_true(browser_sees(writer, "href=\"#title\""));
    assert_false(browser_sees(writer, "href=\"#body\""));
    assert_true(browser_sees(writer, "Kvar</textarea>"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM draft"), 0);
    site_close(site);
}

static void back_and_leave_keep_what_is_half_written(void **state) {
    struct site *site = site_open(state);
    struct browser *writer = browser_new(site, ALVA);
    begin(writer);
    step(writer, "body=&go=back");
    assert_string_equal(browser_header(writer, "location"), "/pages/new/1/title");
    step(writer, "title=&lead=Halv&go=leave");
    assert_string_equal(browser_header(writer, "location"), "/pages");
    site_now += DAYS(29);
    struct browser *another_day = browser_new(site, ALVA);
    assert_int_equal(browser_get(another_day, "/pages/new"), 200);
    assert_true(browser_sees(another_day, "href=\"/pages/new/1/title\""));
    assert_int_equal(browser_get(another_day, "/pages/new/1/title"), 200);
    assert_true(browser_sees(another_day, "Halv</textarea>"));
    site_close(site);
}

static void handing_in_too_early_leads_to_what_is_missing(void **state) {
    struct site *site = site_open(state);
    struct browser *writer = browser_new(site, ALVA);
    begin(writer);
    assert_int_equal(browser_send(writer, "/pages/new/1/check", "/pages/new/1/check", ""), 303);
    assert_string_equal(browser_header(writer, "location"), "/pages/new/1/text");
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page"), 0);
    site_close(site);
}

static void a_draft_is_its_writers_alone(void **state) {
    struct site *site = site_open(state);
    struct browser *other = browser_new(site, BO);
    begin(browser_new(site, ALVA));
    assert_int_equal(browser_get(other, "/pages/new/1/text"), 404);
    assert_int_equal(browser_send(other, "/pages/new", "/pages/new/1/text", "body=Kapat"), 404);
    assert_int_equal(browser_post(other, "/pages/new/1/discard", ""), 404);
    assert_int_equal(browser_get(browser_new(site, GUN), "/pages/new"), 403);
    assert_int_equal(browser_get(browser_new(site, ALVA), "/pages/new/1/nonsense"), 404);
    site_close(site);
}

static void a_draft_ends_after_thirty_days_or_by_hand(void **state) {
    struct site *site = site_open(state);
    struct browser *writer = browser_new(site, ALVA);
    begin(writer);
    site_now += DAYS(DRAFT_DAYS) - 1;
    site_run_jobs(site);
    assert_int_equal(browser_get(writer, "/pages/new/1/text"), 200);
    site_now += 1;
    assert_int_equal(browser_get(writer, "/pages/new/1/text"), 404);
    site_now += DAYS(1);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM draft"), 0);
    assert_int_equal(browser_send(writer, "/pages/new", "/pages/new", first), 303);
    assert_int_equal(browser_send(writer, "/pages/new", "/pages/new/2/discard", ""), 303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM draft"), 0);
    site_close(site);
}

static void an_owner_who_may_not_own_is_refused(void **state) {
    struct site *site = site_open(state);
    struct browser *writer = browser_new(site, ALVA);
    begin(writer);
    assert_int_equal(browser_send(writer, "/pages/new/1/owner", "/pages/new/1/owner",
                                  "language=sv&page_owner=7"),
                     422);
    assert_true(browser_sees(writer, "Valet finns inte längre"));
    assert_int_equal(browser_post(writer, "/pages/new/1/owner", "language=xx&page_owner=2"), 422);
    site_close(site);
}

static void two_pages_with_one_title_get_two_addresses(void **state) {
    struct site *site = site_open(state);
    for (int i = 1; i <= 2; i++) {
        struct browser *writer = browser_new(site, ALVA);
        assert_int_equal(browser_send(writer, "/pages/new", "/pages/new", first), 303);
        step(writer, "body=Text.");
        step(writer, "language=sv&page_owner=1");
        step(writer, "");
        assert_string_equal(browser_header(writer, "location"),
                            i == 1 ? "/pages/badet" : "/pages/badet-2");
    }
    site_close(site);
}

/* QUA-12: one variant of each sort and language. */
static void a_variant_is_made_of_a_page_once(void **state) {
    struct site *site = site_open(state);
    site_page(site);
    for (int i = 1; i <= 2; i++) {
        struct browser *writer = browser_new(site, ALVA);
        assert_int_equal(browser_get(writer, "/pages/new?of=1"), 200);
        assert_true(browser_sees(writer, "Simhallen öppnar"));
        assert_int_equal(browser_post(writer, "/pages/new?of=1", "title=The+pool&lead=Opens."),
                         303);
        step(writer, "body=Swim.");
        step(writer, "language=en&page_owner=1&variant=translation");
        const char *check = browser_header(writer, "location");
        assert_int_equal(browser_send(writer, check, check, ""), i == 1 ? 303 : 422);
        if (i == 2)
            assert_true(browser_sees(writer, "redan en sådan variant"));
    }
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page WHERE translation_of = 1"), 1);
    site_close(site);
}

static void json_clients_take_the_same_steps(void **state) {
    struct site *site = site_open(state);
    struct browser *program = browser_new(site, ALVA);
    assert_int_equal(browser_get(program, "/pages/new"), 200);
    program->json = true;
    assert_int_equal(browser_post(program, "/pages/new", first), 200);
    assert_true(browser_sees(program, "\"address\":\"/pages/new/1/text\""));
    assert_int_equal(browser_post(program, "/pages/new/1/text", "body="), 422);
    assert_true(browser_sees(program, "\"field\":\"body\""));
    assert_int_equal(browser_get(program, "/pages/new/1/check"), 200);
    GOLDEN("new_check", program->reply.body);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(a_page_is_made_step_by_step),
        TEST_ON_SQLITE(a_step_complains_of_its_own_fields),
        TEST_ON_BOTH(back_and_leave_keep_what_is_half_written),
        TEST_ON_SQLITE(handing_in_too_early_leads_to_what_is_missing),
        TEST_ON_BOTH(a_draft_is_its_writers_alone),
        TEST_ON_BOTH(a_draft_ends_after_thirty_days_or_by_hand),
        TEST_ON_SQLITE(an_owner_who_may_not_own_is_refused),
        TEST_ON_BOTH(two_pages_with_one_title_get_two_addresses),
        TEST_ON_BOTH(a_variant_is_made_of_a_page_once),
        TEST_ON_SQLITE(json_clients_take_the_same_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
