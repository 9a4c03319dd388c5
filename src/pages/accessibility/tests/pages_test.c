/* The accessibility statement and its form for faults (QUA-1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pages/tests/site.h"

static const char filled[] =
    "standing=partly&faults=Filmen+saknar+text%0AKartan+kan+inte+l%C3%A4sas+upp&"
    "tested_by=other&tested_at=2026-06-01";

static void the_statement_tells_what_the_law_asks_for(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    assert_int_equal(browser_get(reader, "/accessibility"), 200);
    assert_true(browser_sees(reader, "Det är inte prövat än"));
    assert_true(browser_sees(reader, "Webbplatsen är inte genomgången än."));
    assert_true(browser_sees(reader, "https://www.digg.se/tdosanmalan"));
    assert_true(browser_sees(reader, "delta.ljungsjo.example"));
    assert_true(browser_sees(reader, "Vi svarar inom 7 dagar"));
    assert_false(browser_sees(reader, "/accessibility/edit"));
    reader->json = true;
    assert_int_equal(browser_get(reader, "/accessibility"), 200);
    GOLDEN("statement_new", reader->reply.body);
    site_close(site);
}

static void the_administrator_says_what_does_not_work(void **state) {
    struct site *site = site_open(state);
    struct browser *administrator = browser_new(site, DORIS), *reader = browser_new(site, NOBODY);
    assert_int_equal(browser_send(administrator, "/accessibility/edit", "/accessibility/edit",
                                  "standing=&tested_by=self&tested_at=2026-06-01"),
                     422);
    assert_int_equal(browser_post(administrator, "/accessibility/edit",
                                  "standing=partly&tested_by=self&tested_at=2026-06-10"),
                     422);
    assert_true(browser_sees(administrator, "kan inte ligga i framtiden"));
    assert_true(browser_sees(administrator, "Skriv vilka bristerna är."));
    assert_int_equal(browser_post(administrator, "/accessibility/edit",
                                  "standing=wholly&faults=En&tested_by=self&tested_at=2026-06-01"),
                     422);
    assert_int_equal(browser_post(administrator, "/accessibility/edit", filled), 303);
    assert_int_equal(browser_get(reader, "/accessibility"), 200);
    assert_true(browser_sees(reader, "<li>Filmen saknar text</li>"));
    assert_true(browser_sees(reader, "<li>Kartan kan inte läsas upp</li>"));
    assert_true(
        browser_sees(reader, "En oberoende granskare gick igenom webbplatsen 1 juni 2026."));
    /* Somebody else's first version is not written over. */
    assert_int_equal(
        browser_send(administrator, "/accessibility/edit", "/accessibility/edit", filled), 422);
    assert_int_equal(browser_post(administrator, "/accessibility/edit",
                                  arena_format(site->arena, "%s&revision=1", filled)),
                     303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM audit WHERE act = "
                                        "'organisation.change'"),
                     2);
    assert_int_equal(browser_get(browser_new(site, ALVA), "/accessibility/edit"), 403);
    site_close(site);
}

static void a_fault_is_reported_like_a_letter(void **state) {
    struct site *site = site_open(state);
    struct browser *giver = browser_new(site, NOBODY);
    assert_int_equal(browser_get(giver, "/accessibility"), 200);
    site_now += SECONDS(30);
    assert_int_equal(browser_post(giver, "/accessibility", "message="), 422);
    site_now += SECONDS(30);
    assert_int_equal(browser_post(giver, "/accessibility",
                                  "message=Knappen+saknar+namn&about=%2Fpages%2Fbadet&"
                                  "email=gro%40exempel.se"),
                     303);
    assert_int_equal(browser_get(giver, browser_header(giver, "location")), 200);
    assert_true(browser_sees(giver, "Något går inte att använda"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM contact WHERE subject = "
                                        "'accessibility'"),
                     1);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM task WHERE cause = 'contact:1'"), 1);
    site_close(site);
}

static void a_bot_fails_here_too(void **state) {
    struct site *site = site_open(state);
    struct browser *bot = browser_new(site, NOBODY);
    assert_int_equal(browser_send(bot, "/accessibility", "/accessibility",
                                  "message=Spam&website=spam&human=spam"),
                     422);
    assert_true(browser_sees(bot, "Hur mycket är"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM contact"), 0);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(the_statement_tells_what_the_law_asks_for),
        TEST_ON_BOTH(the_administrator_says_what_does_not_work),
        TEST_ON_SQLITE(a_fault_is_reported_like_a_letter),
        TEST_ON_SQLITE(a_bot_fails_here_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
