/* Decisions: who records them, what is refused, who may read them and when they gain legal force
 * (PB-18). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "budgets/tests/round.h"

#define FRAMEWORK "kind=framework&body=Kommunstyrelsen&item=%C2%A7+84&wording=Budgeten+h%C3%A5lls."

static const char *new_address(struct site *site, int64_t page) {
    return arena_format(site->arena, "/pages/%lld/decisions/new", (long long)page);
}

static int record(struct browser *browser, int64_t page, const char *days) {
    const char *address = new_address(browser->site, page);
    return browser_send(browser, address, address,
                        arena_format(browser->site->arena, "%s&%s", FRAMEWORK, days));
}

static struct browser *secretary_of(struct site *site) {
    test_execute(site->store, "UPDATE account_role SET role = 'secretary' WHERE account = 8");
    return browser_new(site, HANNA);
}

/* ---- recording ---- */

static void secretaries_record_decisions(void **state) {
    struct site *site = site_open(state);
    const int64_t round = round_add(site);
    const char *address = new_address(site, round);
    struct browser *secretary = secretary_of(site);
    static const int others[] = {ALVA, BO, FATIMA, GUN};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_int_equal(browser_get(browser_new(site, others[i]), address), 403);
    assert_int_equal(browser_get(browser_new(site, NOBODY), address), 401);
    assert_int_equal(browser_get(secretary, address), 200);
    assert_true(browser_sees(secretary, "Medborgarbudget 2026"));
    assert_int_equal(record(secretary, round, "decided_on=2026-06-01"), 303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM decision WHERE page IS NOT NULL"), 2);
    assert_int_equal(
        site_integer(site, "SELECT COUNT(*) FROM decision WHERE replaced_by IS NOT NULL"), 1);
    assert_string_equal(site_text(site, "SELECT item AS text FROM decision WHERE id = 2"),
                        "§\u00a084");
    assert_int_equal(browser_get(secretary, "/pages/999/decisions/new"), 404);
    site_close(site);
}

static void what_cannot_be_is_refused(void **state) {
    static const struct {
        const char *fields, *field;
    } cases[] = {
        {FRAMEWORK "&decided_on=2026-06-10", "decided_on-e"},
        {FRAMEWORK, "decided_on-e"},
        {FRAMEWORK "&decided_on=2026-06-01&posted_on=2026-05-31", "posted_on-e"},
        {FRAMEWORK "&decided_on=2026-06-01&posted_on=2026-06-10", "posted_on-e"},
        {FRAMEWORK "&decided_on=2026-06-01&minutes_url=javascript:alert(1)", "minutes_url-e"},
        {FRAMEWORK "&decided_on=2026-06-01&minutes_url=/pages", "minutes_url-e"},
        {"kind=framework&body=&item=1&wording=x&decided_on=2026-06-01", "body-e"},
        {"kind=framework&body=KS&item=&wording=x&decided_on=2026-06-01", "item-e"},
        {"kind=framework&body=KS&item=1&wording=&decided_on=2026-06-01", "wording-e"},
        {"kind=gift&body=KS&item=1&wording=x&decided_on=2026-06-01", "kind-e"},
    };
    struct site *site = site_open(state);
    const int64_t round = round_add(site);
    struct browser *secretary = secretary_of(site);
    const char *address = new_address(site, round);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(browser_send(secretary, address, address, cases[i].fields), 422);
        assert_true(browser_sees(secretary, cases[i].field));
    }
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM decision"), 1);
    site_close(site);
}

/* ---- reading ---- */

static void a_decision_is_as_public_as_its_page(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY), *secretary = secretary_of(site),
                   *officer = browser_new(site, FATIMA);
    round_add(site);
    reader->json = secretary->json = officer->json = true;
    assert_int_equal(browser_get(reader, "/decisions/1"), 200);
    GOLDEN("decision_visitor", reader->reply.body);
    assert_int_equal(browser_get(officer, "/decisions/1"), 200);
    GOLDEN("decision_officer", officer->reply.body);
    test_execute(site->store, "UPDATE decision SET posted_on = NULL, appeal_until = NULL");
    assert_int_equal(browser_get(secretary, "/decisions/1"), 200);
    GOLDEN("decision_secretary", secretary->reply.body);
    assert_int_equal(browser_get(reader, "/decisions/999"), 404);
    site_close(site);
}

static void a_draft_has_no_public_decisions(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY), *secretary = secretary_of(site);
    round_add(site);
    test_execute(site->store, "UPDATE page SET state = 'draft'");
    assert_int_equal(browser_get(reader, "/decisions/1"), 404);
    assert_int_equal(browser_get(browser_new(site, GUN), "/decisions/1"), 404);
    assert_int_equal(browser_get(secretary, "/decisions/1"), 200);
    site_close(site);
}

/* PB-18: the last day of appeal is three weeks after posting. */
static void posting_starts_the_three_weeks_PB_18(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY), *secretary = secretary_of(site);
    const int64_t round = round_add(site);
    assert_int_equal(record(secretary, round, "decided_on=2026-06-01"), 303);
    assert_int_equal(browser_get(reader, "/decisions/2"), 200);
    assert_false(browser_sees(reader, "/decisions/2/post"));
    assert_int_equal(browser_send(browser_new(site, BO), "/budgets/medborgarbudget-2026/about",
                                  "/decisions/2/post", "posted_on=2026-06-05"),
                     403);
    assert_int_equal(
        browser_send(secretary, "/decisions/2", "/decisions/2/post", "posted_on=2026-05-30"), 422);
    assert_int_equal(
        browser_send(secretary, "/decisions/2", "/decisions/2/post", "posted_on=2026-06-10"), 422);
    assert_int_equal(
        browser_send(secretary, "/decisions/2", "/decisions/2/post", "posted_on=2026-06-05"), 303);
    assert_int_equal(browser_post(secretary, "/decisions/2/post", "posted_on=2026-06-08"), 409);
    assert_int_equal(browser_get(reader, "/decisions/2"), 200);
    assert_true(browser_sees(reader, "26 juni 2026"));
    assert_true(browser_sees(reader, "inte fått laga kraft"));
    site_now = day_of_2026(6, 27);
    assert_int_equal(browser_get(reader, "/decisions/2"), 200);
    assert_false(browser_sees(reader, "inte fått laga kraft"));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(secretaries_record_decisions),
        TEST_ON_SQLITE(what_cannot_be_is_refused),
        TEST_ON_BOTH(a_decision_is_as_public_as_its_page),
        TEST_ON_SQLITE(a_draft_has_no_public_decisions),
        TEST_ON_BOTH(posting_starts_the_three_weeks_PB_18),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
