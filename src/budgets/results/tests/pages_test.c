/* Counting as a step, two persons, the set minute, recounts; who sees what (PB-9, PB-12, PB-20). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sodium.h>
#include <string.h>

#include "budgets/results/tests/sealed.h"

static int answer(struct site *site, int account, const char *address, bool json) {
    struct browser *browser = browser_new(site, account);
    browser->json = json;
    return browser_get(browser, address);
}

static const char *last_hash(struct site *site) {
    return site_text(site, "SELECT document_hash AS text FROM budget_result ORDER BY version DESC");
}

/* PB-20, PB-12: ballots that are not sealed cannot be counted, by page or by JSON. */
static void only_a_sealed_poll_is_counted_PB_20(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    locked_round(site);
    assert_int_equal(browser_get(leader, ROUND "/count"), 200);
    assert_true(browser_sees(leader, "måste vara förseglade"));
    assert_false(browser_sees(leader, "<button class=\"ds-button\" type=\"submit\">Räkna"));
    assert_int_equal(browser_send(leader, "/follow", ROUND "/count", ""), 422);
    leader->json = true;
    assert_int_equal(browser_post(leader, ROUND "/count", ""), 422);
    assert_int_equal(answer(site, BO, ROUND "/result", false), 404);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM budget_result"), 0);
    site_close(site);
}

static void the_count_follows_the_locked_rules(void **state) {
    struct site *site = site_open(state);
    sealed_round(site);
    round_count(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM budget_result_row"), 9);
    assert_string_equal(site_text(site, "SELECT why AS text FROM budget_result_row WHERE option "
                                        "= 3"),
                        "no_room");
    assert_int_equal(site_integer(site, "SELECT lacks_votes FROM budget_result_row WHERE option "
                                        "= 3") >= 20,
                     true);
    assert_int_equal(
        site_integer(site, "SELECT lacks_money FROM budget_result_row WHERE option = 3"), 65000000);
    assert_string_equal(site_text(site, "SELECT why AS text FROM budget_result_row WHERE option "
                                        "= 6"),
                        "too_few");
    assert_int_equal(site_integer(site, "SELECT left_after FROM budget_result_row WHERE option = "
                                        "4"),
                     5000000);
    assert_int_equal(site_integer(site, "SELECT CAST(SUM(tie) AS bigint) FROM budget_result_row "
                                        "WHERE pot = 2"),
                     3);
    assert_int_equal(site_integer(site, "SELECT CAST(SUM(selected) AS bigint) FROM "
                                        "budget_result_row WHERE pot = 2"),
                     2);
    site_close(site);
}

/* The fingerprint names exactly the bytes of the document; the same ballots give the same. */
static void the_document_has_its_fingerprint(void **state) {
    struct site *site = site_open(state);
    sealed_round(site);
    round_count(site);
    struct browser *leader = browser_new(site, BO);
    assert_int_equal(browser_get(leader, ROUND "/result/file"), 200);
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[sizeof digest * 2 + 1];
    crypto_hash_sha256(digest, (const unsigned char *)leader->reply.body, leader->reply.length);
    assert_string_equal(sodium_bin2hex(hex, sizeof hex, digest, sizeof digest), last_hash(site));
    const char *first = last_hash(site);
    round_count(site);
    assert_string_equal(last_hash(site), first);
    site_close(site);
}

/* PB-9, PB-12: what is preliminary is for those who count and attest alone. */
static void nobody_else_sees_what_is_preliminary_PB_9(void **state) {
    static const int others[] = {NOBODY, ALVA, DORIS, EBBE, GUN, HANNA};
    static const char *const addresses[] = {
        ROUND "/result", ROUND "/result/file", "/proposals/badbrygga", ROUND, "/budgets", "/"};
    struct site *site = site_open(state);
    sealed_round(site);
    round_count(site);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        for (size_t j = 0; j < sizeof addresses / sizeof addresses[0]; j++)
            for (int json = 0; json < 2; json++) {
                struct browser *browser = browser_new(site, others[i]);
                browser->json = json == 1;
                assert_int_equal(browser_get(browser, addresses[j]), j < 2 ? 404 : 200);
                assert_false(browser_sees(browser, last_hash(site)));
                assert_false(browser_sees(browser, "120 röster"));
                assert_false(browser_sees(browser, "\"votes\":120"));
            }
    assert_int_equal(answer(site, GUN, ROUND "/count", false), 403);
    struct browser *officer = browser_new(site, FATIMA);
    assert_int_equal(browser_get(officer, ROUND "/result"), 200);
    assert_true(browser_sees(officer, "Preliminärt"));
    assert_true(browser_sees(officer, "120 röster"));
    site_close(site);
}

/* PB-20: the second person is somebody else than the one who counted and the one who asked, and
 * attests what was read. */
static void a_second_person_attests_PB_20(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *officer = browser_new(site, FATIMA);
    sealed_round(site);
    assert_int_equal(browser_send(officer, ROUND "/count", ROUND "/count", ""), 303);
    assert_int_equal(browser_send(officer, ROUND "/count", ROUND "/count/ask",
                                  "publish_on=2026-06-18&publish_clock=10.00"),
                     403);
    assert_int_equal(browser_send(leader, ROUND "/count", ROUND "/count/ask",
                                  "publish_on=2026-06-16&publish_clock=10.00"),
                     422);
    assert_int_equal(browser_send(leader, ROUND "/count", ROUND "/count/ask",
                                  "publish_on=2026-06-18&publish_clock=10.00"),
                     303);
    const char *hash = arena_format(site->arena, "document_hash=%s", last_hash(site));
    assert_int_equal(browser_send(leader, ROUND "/count", ROUND "/count/confirm", hash), 403);
    assert_int_equal(browser_send(officer, ROUND "/count", ROUND "/count/confirm", hash), 403);
    assert_int_equal(browser_send(officer, ROUND "/count", ROUND "/count", ""), 422);
    assert_int_equal(browser_send(officer, ROUND "/count", ROUND "/count/refuse", ""), 303);
    round_count(site); /* by Bo: a new version, which Fatima may attest */
    assert_int_equal(browser_send(leader, ROUND "/count", ROUND "/count/ask",
                                  "publish_on=2026-06-18&publish_clock=10.00"),
                     303);
    assert_int_equal(
        browser_send(officer, ROUND "/count", ROUND "/count/confirm", "document_hash=0000"), 409);
    assert_int_equal(browser_send(officer, ROUND "/count", ROUND "/count/confirm", hash), 303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM budget_result WHERE state = "
                                        "'recommended' AND version = 2 AND attested_by = 6"),
                     1);
    site_close(site);
}

/* Public by the clock alone; the ballots are opened and people told by what follows. */
static void it_is_public_at_the_set_minute(void **state) {
    struct site *site = site_open(state);
    sealed_round(site);
    round_count(site);
    round_attest(site);
    site_now = day_of_2026(6, 18) + HOURS(10) - 1;
    assert_int_equal(answer(site, NOBODY, ROUND "/result", false), 404);
    assert_int_equal(answer(site, NOBODY, ROUND "/result", true), 404);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM poll WHERE state = 'sealed'"), 1);
    site_now++;
    assert_int_equal(answer(site, NOBODY, ROUND "/result", false), 200);
    struct browser *reader = browser_new(site, NOBODY);
    reader->json = true;
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "\"stage\":\"recommended\""));
    site_run_jobs(site);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM poll WHERE state = 'published'"), 1);
    site_close(site);
}

/* A recount is a new version; until it is public, readers see the one before, and are told. */
static void a_recount_replaces_and_both_are_kept(void **state) {
    struct site *site = site_open(state);
    sealed_round(site);
    round_count(site);
    round_attest(site);
    site_now = day_of_2026(6, 18) + HOURS(11);
    site_run_jobs(site);
    round_count(site);
    struct browser *reader = browser_new(site, NOBODY);
    assert_int_equal(browser_get(reader, ROUND "/result"), 200);
    assert_true(browser_sees(reader, "räknas om"));
    reader->json = true;
    assert_int_equal(browser_get(reader, ROUND "/result"), 200);
    assert_true(browser_sees(reader, "\"version\":1,"));
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "\"stage\":\"recommended\""));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM budget_result WHERE state = "
                                        "'replaced' AND version = 1"),
                     1);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM budget_result_row"), 18);
    site_close(site);
}

/* One that was attested, and counted again before its minute, never becomes public. */
static void a_replaced_count_loses_its_minute(void **state) {
    struct site *site = site_open(state);
    sealed_round(site);
    round_count(site);
    round_attest(site);
    round_count(site);
    site_now = day_of_2026(6, 18) + HOURS(11);
    site_run_jobs(site);
    assert_int_equal(answer(site, NOBODY, ROUND "/result", false), 404);
    site_close(site);
}

/* ---- what the page says ---- */

static struct browser *public_result(struct site *site) {
    sealed_round(site);
    round_count(site);
    round_attest(site);
    site_now = day_of_2026(6, 18) + HOURS(12);
    return browser_new(site, NOBODY);
}

static void the_page_tells_why_PB_8(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = public_result(site);
    assert_int_equal(browser_get(reader, ROUND "/result"), 200);
    assert_true(browser_sees(reader, "5 av 9 förslag får dela på"));
    assert_true(browser_sees(reader, "275 personer röstade."));
    assert_true(browser_sees(reader, "Rekommenderat"));
    assert_true(browser_sees(reader, "Här var pengarna slut"));
    assert_true(browser_sees(reader, "Varför inte Konstgräs?"));
    assert_true(browser_sees(reader, "Ordningen avgjorde"));
    assert_true(browser_sees(reader, "00c0ffee"));
    assert_true(browser_sees(reader, site_text(site, "SELECT lot_hash AS text FROM poll")));
    assert_true(browser_sees(reader, "Det som blir över går till nästa år."));
    assert_false(browser_sees(reader, "Bo Tallkott"));
    site_close(site);
}

static void what_each_role_sees(void **state) {
    static const struct {
        int account;
        const char *name;
    } roles[] = {{NOBODY, "result_visitor"}, {BO, "result_leader"}, {EBBE, "result_registrator"}};
    struct site *site = site_open(state);
    public_result(site);
    /* Drawn anew each time, and therefore not to compare. */
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct browser *browser = browser_new(site, roles[i].account);
        browser->json = true;
        assert_int_equal(browser_get(browser, ROUND "/result"), 200);
        const char *body = browser->reply.body;
        for (size_t j = 0; j < 3; j++) {
            static const char *const drawn[] = {"lot_hash", "rules_hash", "document_hash"};
            const char *mark = arena_format(site->arena, "\"%s\":\"", drawn[j]);
            char *at = strstr(body, mark);
            assert_non_null(at);
            memset(at + strlen(mark), '0', 64);
        }
        GOLDEN(roles[i].name, body);
    }
    site_close(site);
}

static void the_page_has_its_budget_of_statements(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = public_result(site);
    assert_int_equal(browser_get(reader, ROUND "/result"), 200);
    assert_in_range(reader->reply.statements, 1, 16);
    struct browser *leader = browser_new(site, BO);
    assert_int_equal(browser_get(leader, ROUND "/count"), 200);
    assert_in_range(leader->reply.statements, 1, 20);
    site_close(site);
}

/* No proposal reaches the least votes: the page says so, and where the money goes (A6). */
static void nobody_gets_money(void **state) {
    struct site *site = site_open(state);
    locked_round(site);
    test_execute(site->store, "UPDATE counted_ballot SET ballots = 2");
    round_seal(site);
    round_count(site);
    struct browser *leader = browser_new(site, BO);
    assert_int_equal(browser_get(leader, ROUND "/result"), 200);
    assert_true(browser_sees(leader, "Inget av 9 förslag får pengar"));
    assert_true(browser_sees(leader, "så många röster som reglerna kräver"));
    assert_true(browser_sees(leader, "Det som blir över går till nästa år."));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(only_a_sealed_poll_is_counted_PB_20),
        TEST_ON_BOTH(the_count_follows_the_locked_rules),
        TEST_ON_BOTH(the_document_has_its_fingerprint),
        TEST_ON_BOTH(nobody_else_sees_what_is_preliminary_PB_9),
        TEST_ON_BOTH(a_second_person_attests_PB_20),
        TEST_ON_BOTH(it_is_public_at_the_set_minute),
        TEST_ON_BOTH(a_recount_replaces_and_both_are_kept),
        TEST_ON_BOTH(a_replaced_count_loses_its_minute),
        TEST_ON_BOTH(the_page_tells_why_PB_8),
        TEST_ON_SQLITE(what_each_role_sees),
        TEST_ON_BOTH(the_page_has_its_budget_of_statements),
        TEST_ON_BOTH(nobody_gets_money),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
