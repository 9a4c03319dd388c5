/* What the body does with the vote (PB-9, PB-18), and the projects that begin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "budgets/results/tests/sealed.h"

static int64_t public_round(struct site *site) {
    const int64_t round = sealed_round(site);
    round_count(site);
    round_attest(site);
    site_now = day_of_2026(6, 23) + HOURS(9);
    return round;
}

static const char *decision_form(struct site *site, int64_t round) {
    return arena_format(site->arena, "/pages/%lld/decisions/new", (long long)round);
}

static enum error decide_by_hand(void *context, struct db *db) {
    (void)context;
    return db_exec(db,
                   TEST_STATEMENT(EXEC, "UPDATE budget_result SET state = 'decided', decision = "
                                        "NULL"),
                   WITH_NOTHING, NULL);
}

/* PB-9: no path to "decided" without a decision record, nor with one before its time. */
static void nothing_is_decided_without_a_record_PB_9(void **state) {
    struct site *site = site_open(state);
    struct browser *secretary = browser_new(site, EBBE), *leader = browser_new(site, BO);
    const int64_t round = sealed_round(site);
    round_count(site);
    site_now = day_of_2026(6, 23) + HOURS(9);
    const char *form = decision_form(site, round);
    assert_int_equal(browser_send(secretary, form, form, DECISION_FIELDS), 409);
    assert_true(browser_sees(secretary, "inget offentligt resultat"));
    site_now = day_of_2026(6, 17) + HOURS(9);
    round_attest(site);
    site_now = day_of_2026(6, 23) + HOURS(9);
    assert_int_equal(browser_send(secretary, form, form, DECISION_FIELDS), 409);
    assert_true(browser_sees(secretary, "Ange först om röstningen följs"));
    assert_int_equal(browser_send(leader, "/follow", ROUND "/decide", "departure="), 403);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM decision WHERE kind = 'result'"), 0);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM project"), 0);
    assert_int_equal(store_act(site->store, decide_by_hand, NULL), ERR_CONFLICT);
    site_close(site);
}

static void a_body_that_follows_begins_the_projects(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    public_round(site);
    round_decide(site);
    assert_int_equal(browser_get(reader, ROUND "/result"), 200);
    assert_true(browser_sees(reader, "Beslutat"));
    assert_true(browser_sees(reader, "Kommunfullmäktige beslutade den 22 juni 2026 (§\xc2\xa0"
                                     "84) att "
                                     "följa röstningen."));
    assert_true(browser_sees(reader, "5 har inte börjat"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM project WHERE state = 'decided'"), 5);
    reader->json = true;
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "\"stage\":\"decided\""));
    struct browser *leader = browser_new(site, BO);
    assert_int_equal(browser_send(leader, "/follow", ROUND "/count", ""), 422);
    site_close(site);
}

/* PB-18: another outcome than the vote's wants a reason, which stands beside the result. */
static void departing_from_the_vote_wants_a_reason_PB_18(void **state) {
    struct site *site = site_open(state);
    struct browser *secretary = browser_new(site, EBBE), *reader = browser_new(site, NOBODY);
    public_round(site);
    assert_int_equal(
        browser_send(secretary, ROUND "/decide", ROUND "/decide", "options=3&options=4"), 422);
    assert_true(browser_sees(secretary, "Skriv varför beslutet skiljer sig"));
    assert_true(browser_sees(secretary, "value=\"3\" checked"));
    assert_int_equal(browser_post(secretary, ROUND "/decide", "options=77&departure=Marken"), 422);
    assert_int_equal(browser_post(secretary, ROUND "/decide",
                                  "options=3&options=4&departure=Marken+%C3%A4r+s%C3%A5ld."),
                     303);
    assert_int_equal(browser_get(reader, ROUND "/result"), 200);
    assert_false(browser_sees(reader, "Marken")); /* not before the decision is recorded */
    const char *form = browser_header(secretary, "location");
    assert_int_equal(browser_send(secretary, form, form, DECISION_FIELDS), 303);
    assert_int_equal(browser_get(reader, ROUND "/result"), 200);
    assert_true(browser_sees(reader, "Beslutet skiljer sig från röstningen"));
    assert_true(browser_sees(reader, "Marken är såld."));
    assert_true(browser_sees(reader, "att delvis följa röstningen"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM project"), 5);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM project j JOIN page p ON p.id = "
                                        "j.page WHERE p.title = 'Konstgräs'"),
                     1);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM project j JOIN page p ON p.id = "
                                        "j.page WHERE p.title = 'Utegym'"),
                     0);
    site_close(site);
}

/* K11 and K12: proposers hear when the result is public, and when it is decided; once each. */
static void proposers_are_told(void **state) {
    struct site *site = site_open(state);
    sealed_round(site);
    test_execute(site->store,
                 arena_format(site->arena,
                              "INSERT INTO proposal_contact (tenant, page, name, email, email_key, "
                              "language, follow_hash) SELECT tenant, id, 'Gro', 'gro@exempel.se', "
                              "'gro@exempel.se', 'sv', 'x' FROM page WHERE title = 'Badbrygga'"));
    round_count(site);
    round_attest(site);
    site_now = day_of_2026(6, 18) + HOURS(9);
    site_run_jobs(site);
    assert_null(site_mail(site, "result_public"));
    site_now = day_of_2026(6, 18) + HOURS(10);
    site_run_jobs(site);
    const char *facts = site_mail(site, "result_public");
    assert_non_null(facts);
    assert_non_null(strstr(facts, "\"votes\":120"));
    round_decide(site);
    site_run_jobs(site);
    site_run_jobs(site);
    facts = site_mail(site, "decision");
    assert_non_null(facts);
    assert_non_null(strstr(facts, "\"decided\":true"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind IN "
                                        "('result_public', 'decision')"),
                     2);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(nothing_is_decided_without_a_record_PB_9),
        TEST_ON_BOTH(a_body_that_follows_begins_the_projects),
        TEST_ON_BOTH(departing_from_the_vote_wants_a_reason_PB_18),
        TEST_ON_BOTH(proposers_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
