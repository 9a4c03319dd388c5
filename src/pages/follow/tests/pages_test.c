/* Following: by code without an account, by account, how often, the mail, leaving (NOT-2, QUA-11).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/tests/site.h"

static const char gro[] = "email=gro%40exempel.se&frequency=";

/* A value of the facts of the last mail of a kind. */
static const char *fact(struct site *site, const char *kind, const char *name) {
    const char *facts = site_mail(site, kind);
    if (facts == NULL)
        return NULL;
    const char *mark = arena_format(site->arena, "\"%s\":\"", name);
    const char *at = strstr(facts, mark);
    assert_non_null(at);
    at += strlen(mark);
    return arena_copy_span(site->arena, at, strcspn(at, "\""));
}

/* "482 913" as digits alone. */
static const char *code_of(struct site *site) {
    const char *code = fact(site, "follow_code", "code");
    return arena_format(site->arena, "%.3s%s", code, code + 4);
}

static void ask_to_follow(struct browser *browser, const char *what, const char *frequency) {
    struct arena *arena = browser->site->arena;
    assert_int_equal(browser_send(browser, arena_format(arena, "/follow%s", what), "/follow",
                                  arena_format(arena, "%s%s%s", gro, frequency,
                                               what[0] == '\0' ? "" : "&page=1")),
                     303);
}

static void confirm(struct browser *browser) {
    struct site *site = browser->site;
    const char *page = fact(site, "follow_code", "address");
    assert_int_equal(
        browser_send(browser, page, page, arena_format(site->arena, "code=%s", code_of(site))),
        303);
}

static void follow(struct site *site, const char *what, const char *frequency) {
    struct browser *browser = browser_new(site, NOBODY);
    ask_to_follow(browser, what, frequency);
    confirm(browser);
}

static void tell(struct site *site, const char *what) {
    test_execute(site->store,
                 arena_format(site->arena,
                              "INSERT INTO page_news (tenant, page, what, made_at) VALUES (1, 1, "
                              "'%s', %lld)",
                              what, (long long)site_now));
}

/* ---- asking and confirming ---- */

/* QUA-11: nothing happens until the code is typed; opening the link changes nothing. */
static void an_address_follows_when_its_code_is_typed(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, NOBODY);
    site_page(site);
    ask_to_follow(browser, "?page=1", "at_once");
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow"), 0);
    const char *page = fact(site, "follow_code", "address");
    struct browser *scanner = browser_new(site, NOBODY);
    assert_int_equal(browser_get(scanner, page), 200);
    assert_int_equal(browser_post(scanner, page, "code="), 422);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow"), 0);
    /* The mail may be read on another device than the one where it began. */
    struct browser *telephone = browser_new(site, NOBODY);
    assert_int_equal(
        browser_send(telephone, page, page, arena_format(site->arena, "code=%s", code_of(site))),
        303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow WHERE page = 1 AND "
                                        "frequency = 'at_once'"),
                     1);
    assert_int_equal(browser_get(telephone, browser_header(telephone, "location")), 200);
    assert_true(browser_sees(telephone, "Simhallen öppnar"));
    site_close(site);
}

/* A scanner that follows and presses leaves the person's step unspent. */
static void the_code_typed_twice_is_the_same_answer(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, NOBODY);
    ask_to_follow(browser, "", "weekly");
    const char *code = code_of(site);
    const char *page = fact(site, "follow_code", "address");
    confirm(browser);
    const char *first = browser_header(browser, "location");
    assert_int_equal(browser_send(browser, page, page, arena_format(site->arena, "code=%s", code)),
                     303);
    assert_string_equal(browser_header(browser, "location"), first);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow"), 1);
    site_close(site);
}

static void five_wrong_codes_end_it(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, NOBODY);
    ask_to_follow(browser, "", "weekly");
    const char *page = fact(site, "follow_code", "address"), *code = code_of(site);
    const char *wrong = strcmp(code, "000000") == 0 ? "code=000001" : "code=000000";
    for (int i = 0; i < 5; i++) {
        assert_int_equal(browser_send(browser, page, page, wrong), 422);
        assert_true(browser_sees(browser, "Koden stämmer inte"));
    }
    assert_int_equal(browser_send(browser, page, page, arena_format(site->arena, "code=%s", code)),
                     422);
    assert_true(browser_sees(browser, "för många gånger"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow"), 0);
    site_close(site);
}

static void a_code_is_too_old_after_a_quarter(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, NOBODY);
    ask_to_follow(browser, "", "weekly");
    const char *page = fact(site, "follow_code", "address");
    site_now += MINUTES(15);
    assert_int_equal(
        browser_send(browser, page, page, arena_format(site->arena, "code=%s", code_of(site))),
        422);
    assert_true(browser_sees(browser, "för gammal"));
    site_close(site);
}

static void an_address_is_needed_without_an_account(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, NOBODY);
    assert_int_equal(browser_send(browser, "/follow", "/follow", "email=&frequency=daily"), 422);
    assert_true(browser_sees(browser, "href=\"#email\""));
    assert_int_equal(browser_post(browser, "/follow", "email=gro&frequency=daily"), 422);
    assert_true(browser_sees(browser, "value=\"gro\""));
    assert_int_equal(browser_post(browser, "/follow", "email=gro%40exempel.se"), 422);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox"), 0);
    site_close(site);
}

static void what_cannot_be_read_cannot_be_followed(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, NOBODY);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'draft'");
    assert_int_equal(browser_get(browser, "/follow?page=1"), 404);
    assert_int_equal(browser_get(browser, "/follow?page=99"), 404);
    assert_int_equal(browser_send(browser, "/follow", "/follow",
                                  arena_format(site->arena, "%sdaily&page=1", gro)),
                     404);
    site_close(site);
}

static void an_account_follows_at_once(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, GUN);
    site_page(site);
    assert_int_equal(browser_send(browser, "/follow?page=1", "/follow", "frequency=daily&page=1"),
                     303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow WHERE account = 7"), 1);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox"), 0);
    assert_int_equal(browser_get(browser, "/account/follows"), 200);
    assert_true(browser_sees(browser, "Simhallen öppnar"));
    browser->json = true;
    assert_int_equal(browser_get(browser, "/account/follows"), 200);
    assert_true(browser_sees(browser, "\"frequency\":\"daily\""));
    assert_int_equal(browser_get(browser_new(site, NOBODY), "/account/follows"), 401);
    site_close(site);
}

/* ---- changing and leaving ---- */

static void leaving_needs_a_second_press(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, NOBODY);
    follow(site, "", "daily");
    const char *page = arena_format(site->arena, "/follow/by/%s",
                                    site_text(site, "SELECT leave_key AS text FROM follow"));
    assert_int_equal(browser_get(browser, page), 200);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow"), 1);
    assert_int_equal(browser_post(browser, page, "frequency=never"), 303);
    assert_string_equal(site_text(site, "SELECT frequency AS text FROM follow"), "never");
    assert_int_equal(browser_send(browser, page, arena_format(site->arena, "%s/leave", page), ""),
                     303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow"), 0);
    assert_int_equal(browser_get(browser, page), 404);
    assert_int_equal(browser_get(browser, "/follow/by/00000000000000000000000000000000"), 404);
    site_close(site);
}

/* ---- telling ---- */

static void those_who_want_it_at_once_are_told_once(void **state) {
    struct site *site = site_open(state);
    struct browser *owner = browser_new(site, BO);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'draft', published_at = NULL");
    follow(site, "", "at_once");
    assert_int_equal(
        browser_send(owner, "/pages/1/state/published", "/pages/1/state/published", "revision=2"),
        303);
    site_run_jobs(site);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind = 'page_news'"), 1);
    assert_string_equal(fact(site, "page_news", "address"), "/pages/simhallen-oppnar");
    site_close(site);
}

/* A small change is told only when its editor says so, and never to those who follow everything. */
static void a_change_is_told_to_the_pages_own_followers(void **state) {
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA), *other = browser_new(site, GUN);
    site_page(site);
    follow(site, "", "at_once");
    assert_int_equal(browser_send(other, "/follow?page=1", "/follow", "frequency=at_once&page=1"),
                     303);
    assert_int_equal(
        browser_send(editor, "/pages/1/edit", "/pages/1/edit", "title=T&lead=L&body=B&revision=2"),
        303);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind = 'page_news'"), 0);
    assert_int_equal(browser_send(editor, "/pages/1/edit", "/pages/1/edit",
                                  "title=T&lead=L&body=B2&revision=3&tell=1"),
                     303);
    site_run_jobs(site);
    assert_string_equal(
        site_text(site, "SELECT address AS text FROM outbox WHERE kind = 'page_news'"),
        "person7@ljungsjo.example");
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind = 'page_news'"), 1);
    site_close(site);
}

static void what_was_taken_away_meanwhile_is_not_told(void **state) {
    struct site *site = site_open(state);
    site_page(site);
    follow(site, "?page=1", "at_once");
    tell(site, "changed");
    test_execute(site->store, "UPDATE page SET state = 'unpublished', reason = 'x'");
    test_execute(site->store, arena_format(site->arena,
                                           "INSERT INTO job (tenant, kind, key, due_at) VALUES "
                                           "(1, 'follow.tell', '1', %lld)",
                                           (long long)site_now));
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind = 'page_news'"), 0);
    site_close(site);
}

/* NOT-2: gathered once a day at 07.30, each page once, never empty. */
static void a_daily_digest_gathers_and_is_never_empty(void **state) {
    static const char digests[] = "SELECT COUNT(*) FROM outbox WHERE kind = 'news_digest'";
    struct site *site = site_open(state);
    site_page(site);
    follow(site, "?page=1", "daily");
    site_now += DAYS(1);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, digests), 0);
    tell(site, "changed");
    site_now += MINUTES(30);
    tell(site, "changed");
    site_run_jobs(site);
    assert_int_equal(site_integer(site, digests), 0); /* not before the next morning */
    site_now += DAYS(1);
    site_run_jobs(site);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, digests), 1);
    assert_non_null(strstr(site_mail(site, "news_digest"), "\"count\":1"));
    site_now += DAYS(1);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, digests), 1);
    site_close(site);
}

static void a_weekly_digest_waits_for_monday(void **state) {
    static const char digests[] = "SELECT COUNT(*) FROM outbox WHERE kind = 'news_digest'";
    struct site *site = site_open(state); /* a Tuesday */
    site_page(site);
    follow(site, "", "weekly");
    site_now += HOURS(1);
    tell(site, "published");
    for (int day = 0; day < 5; day++) {
        site_now += DAYS(1);
        site_run_jobs(site);
        assert_int_equal(site_integer(site, digests), 0);
    }
    site_now += DAYS(1); /* Monday 15.02 */
    site_run_jobs(site);
    assert_int_equal(site_integer(site, digests), 1);
    site_close(site);
}

static void never_means_never(void **state) {
    struct site *site = site_open(state);
    site_page(site);
    follow(site, "?page=1", "never");
    site_now += HOURS(1);
    tell(site, "changed");
    site_now += DAYS(8);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind <> 'follow_code'"),
                     0);
    site_close(site);
}

/* ---- what is thrown away; personal data (QUA-4) ---- */

static void requests_that_nobody_confirmed_are_thrown_away(void **state) {
    struct site *site = site_open(state);
    ask_to_follow(browser_new(site, NOBODY), "", "daily");
    site_now += HOURS(23);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow_request"), 1);
    site_now += HOURS(26);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow_request"), 0);
    site_close(site);
}

static enum error erase(void *context, struct db *db) {
    struct site *site = context;
    return follow_register.erase(db, site->arena, site->tenant, GUN, site_now);
}

static void an_account_takes_its_follows_with_it(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, GUN);
    struct buffer extract = buffer_in(site->arena, 1 << 16);
    struct db *db = NULL;
    assert_int_equal(browser_send(browser, "/follow", "/follow", "frequency=daily"), 303);
    follow(site, "", "daily");
    assert_int_equal(store_reader(site->store, 2000, &db), ERR_OK);
    assert_int_equal(follow_register.extract(db, site->arena, site->tenant, GUN, &extract), ERR_OK);
    store_reader_done(site->store, db);
    assert_non_null(strstr(buffer_string(&extract), "person7@ljungsjo.example"));
    assert_null(strstr(buffer_string(&extract), "gro@exempel.se"));
    assert_int_equal(store_act(site->store, erase, site), ERR_OK);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow WHERE account = 7"), 0);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM follow"), 1);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(an_address_follows_when_its_code_is_typed),
        TEST_ON_BOTH(the_code_typed_twice_is_the_same_answer),
        TEST_ON_BOTH(five_wrong_codes_end_it),
        TEST_ON_SQLITE(a_code_is_too_old_after_a_quarter),
        TEST_ON_SQLITE(an_address_is_needed_without_an_account),
        TEST_ON_SQLITE(what_cannot_be_read_cannot_be_followed),
        TEST_ON_BOTH(an_account_follows_at_once),
        TEST_ON_BOTH(leaving_needs_a_second_press),
        TEST_ON_BOTH(those_who_want_it_at_once_are_told_once),
        TEST_ON_SQLITE(a_change_is_told_to_the_pages_own_followers),
        TEST_ON_SQLITE(what_was_taken_away_meanwhile_is_not_told),
        TEST_ON_BOTH(a_daily_digest_gathers_and_is_never_empty),
        TEST_ON_BOTH(a_weekly_digest_waits_for_monday),
        TEST_ON_SQLITE(never_means_never),
        TEST_ON_BOTH(requests_that_nobody_confirmed_are_thrown_away),
        TEST_ON_BOTH(an_account_takes_its_follows_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
