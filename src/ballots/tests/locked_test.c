/* Locked rules cannot change, by nobody's page, JSON or SQL; two persons, never one (PB-17). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ballots/tests/poll.h"

/* ---- SQL by hand ---- */

static enum error run_sql(void *context, struct db *db) {
    return db_exec(db, TEST_STATEMENT(EXEC, (const char *)context), WITH_NOTHING, NULL);
}

static void refused(struct polling *polling, const char *sql) {
    const enum error error = store_act(polling->site->store, run_sql, (void *)(uintptr_t)sql);
    if (error != ERR_CONFLICT)
        print_error("not refused: %s\n", sql);
    assert_int_equal(error, ERR_CONFLICT);
}

static void test_sql_cannot_change_locked_rules_pb_17(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    static const char *const tries[] = {
        "UPDATE poll SET state = 'draft'",
        "UPDATE poll SET rules = 'x'",
        "UPDATE poll SET rules_hash = 'x'",
        "UPDATE poll SET secret_hash = 'x'",
        "UPDATE poll SET lot_hash = 'x'",
        "UPDATE poll SET most_choices = 3",
        "UPDATE poll SET ballot_kind = 'cart'",
        "UPDATE poll SET eligible = 'roll'",
        "UPDATE poll SET opens_at = opens_at - 1",
        "UPDATE poll SET closes_at = closes_at - 1",
        "UPDATE poll SET page = 2",
        "UPDATE poll SET late_until = 5",
        "DELETE FROM poll",
        "UPDATE poll_pot SET sum = sum + 1",
        "DELETE FROM poll_pot",
        "INSERT INTO poll_pot (tenant, poll, pot, title, sum) VALUES (1, 1, 3, 'x', 1)",
        "UPDATE poll_option SET cost = 1",
        "DELETE FROM poll_option WHERE option = 1",
        "INSERT INTO poll_option (tenant, poll, option, pot, title, lead, place, cost) "
        "VALUES (1, 1, 20, 1, 'x', '', '', 1)",
        "UPDATE poll_request SET reason = 'x'",
        "UPDATE poll_request SET answer = 'refused'",
        "DELETE FROM poll_request",
    };
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++)
        refused(polling, tries[i]);
    test_execute(polling->site->store, "UPDATE poll SET closes_at = closes_at + 1");
    polling_close(polling);
}

static void test_nothing_is_emptied_at_once_pb_17(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    static const char *const tries[] = {
        "TRUNCATE poll",   "TRUNCATE poll_option",    "TRUNCATE poll_pot", "TRUNCATE poll_voter",
        "TRUNCATE ballot", "TRUNCATE counted_ballot", "TRUNCATE receipt",  "TRUNCATE poll_request"};
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++)
        refused(polling, tries[i]);
    polling_close(polling);
}

/* ---- through the header ---- */

static struct poll_plan other_plan;

static enum error put_plan(struct polling *polling, struct request *rq, struct db *db) {
    int64_t poll = 0;
    other_plan.page = polling->page;
    return poll_plan_put(db, rq, &other_plan, &poll);
}

static enum error put_paper(struct polling *polling, struct request *rq, struct db *db) {
    struct poll_pot pot = {1, "Ny pott", 1};
    return poll_paper_put(db, rq->tenant, polling->poll, &(struct poll_pot_list){&pot, 1},
                          &(struct poll_option_list){NULL, 0});
}

static void test_a_draft_changes_and_a_locked_poll_does_not(void **state) {
    struct polling *polling = polling_draft(state, ballot_kind_up_to, eligible_verified);
    other_plan = (struct poll_plan){.ballot_kind = ballot_kind_up_to,
                                    .most_choices = 3,
                                    .eligible = eligible_verified,
                                    .opens_at = site_now - 1,
                                    .closes_at = site_now + DAYS(1),
                                    .late_until = INSTANT_NONE};
    assert_int_equal(polling_act(polling, BO, put_plan), ERR_OK);
    assert_int_equal(site_integer(polling->site, "SELECT most_choices FROM poll"), 3);
    assert_int_equal(polling_act(polling, BO, put_paper), ERR_OK);
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM poll_option"), 0);
    polling_lock(polling);
    assert_int_equal(polling_act(polling, BO, put_plan), ERR_CONFLICT);
    assert_int_equal(polling_act(polling, BO, put_paper), ERR_CONFLICT);
    polling_close(polling);
}

/* ---- two persons ---- */

static const char rules[] = "{\"ballot\":\"up_to\"}";

static enum error ask_lock(struct polling *polling, struct request *rq, struct db *db) {
    return poll_ask(db, rq, polling->poll, poll_act_lock, text_hash(rq->arena, rules), INSTANT_NONE,
                    "Klart.");
}

static const char *locked_rules;

static enum error lock(struct polling *polling, struct request *rq, struct db *db) {
    struct poll_secret secret = {0};
    TRY(poll_secret_make(rq->arena, rq->tenant, polling->poll, &secret));
    return poll_lock(db, rq, polling->poll, locked_rules, &secret);
}

static void test_a_lock_wants_two_and_the_same_rules(void **state) {
    struct polling *polling = polling_draft(state, ballot_kind_up_to, eligible_verified);
    locked_rules = rules;
    assert_int_equal(polling_act(polling, FATIMA, lock), ERR_CONFLICT); /* nobody asked */
    assert_int_equal(polling_act(polling, FATIMA, ask_lock), ERR_FORBIDDEN);
    assert_int_equal(polling_act(polling, GUN, ask_lock), ERR_FORBIDDEN);
    assert_int_equal(polling_act(polling, BO, ask_lock), ERR_OK);
    assert_int_equal(polling_act(polling, CILLA, ask_lock), ERR_CONFLICT); /* waits already */
    assert_int_equal(polling_act(polling, BO, lock), ERR_FORBIDDEN);
    locked_rules = "{\"ballot\":\"cart\"}";
    assert_int_equal(polling_act(polling, FATIMA, lock), ERR_CONFLICT);
    locked_rules = rules;
    assert_int_equal(polling_act(polling, FATIMA, lock), ERR_OK);
    assert_string_equal(site_text(polling->site, "SELECT state AS text FROM poll"), "locked");
    assert_string_equal(
        site_text(polling->site, "SELECT act AS text FROM audit ORDER BY sequence DESC"),
        "poll.lock");
    polling_close(polling);
}

static void test_pages_lengthen_pause_and_resume(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *bo = browser_new(polling->site, BO), *cilla = browser_new(polling->site, CILLA),
                   *fatima = browser_new(polling->site, FATIMA);
    const char *staff = polling_path(polling, "/staff"), *ask = polling_path(polling, "/ask"),
               *confirm = polling_path(polling, "/confirm"),
               *refuse = polling_path(polling, "/refuse");
    assert_int_equal(browser_send(bo, staff, ask,
                                  "act=lengthen&day=2026-06-10&clock=23.59&"
                                  "reason=Kortare"),
                     422);
    assert_int_equal(browser_send(bo, staff, ask, "act=lengthen&reason=Avbrott"), 422);
    assert_int_equal(browser_send(bo, staff, ask, "act=lengthen&day=2026-06-20&clock=23.59"), 422);
    assert_int_equal(browser_send(bo, staff, ask, "act=lock&reason=Igen"), 422);
    assert_int_equal(browser_send(bo, staff, ask,
                                  "act=lengthen&day=2026-06-20&clock=23.59&"
                                  "reason=Avbrott"),
                     303);
    assert_int_equal(browser_send(bo, staff, confirm, "act=lengthen"), 403);
    assert_int_equal(browser_send(cilla, staff, confirm, "act=lengthen"), 403);
    assert_int_equal(browser_send(fatima, staff, confirm, "act=lengthen"), 303);
    assert_int_equal(browser_send(fatima, "/contact", confirm, "act=lengthen"), 422); /* once */
    assert_int_equal(browser_get(bo, polling_path(polling, "")), 200);
    assert_true(browser_sees(bo, "20 juni 2026 kl. 23.59"));
    assert_int_equal(browser_send(bo, staff, ask, "act=pause&reason=Fel"), 303);
    assert_int_equal(browser_send(fatima, staff, refuse, "act=pause"), 303);
    assert_int_equal(browser_send(bo, staff, ask, "act=pause&reason=Fel"), 303);
    assert_int_equal(browser_send(bo, staff, refuse, "act=pause"), 303); /* takes it back */
    assert_int_equal(browser_send(bo, staff, ask, "act=pause&reason=Fel"), 303);
    assert_int_equal(browser_send(fatima, staff, confirm, "act=pause"), 303);
    assert_int_equal(browser_send(bo, staff, ask, "act=resume&reason=Lagat"), 303);
    assert_int_equal(browser_send(fatima, staff, confirm, "act=resume"), 303);
    struct browser *reader = browser_new(polling->site, NOBODY);
    assert_int_equal(browser_get(reader, polling_path(polling, "/log")), 200);
    assert_true(browser_sees(reader, "Avbrott"));
    assert_true(browser_sees(reader, "Bo Tallkott"));
    assert_true(browser_sees(reader, "Fatima Öst"));
    assert_int_equal(browser_get(reader, staff), 401);
    polling_close(polling);
}

/* ---- K10 ---- */

static void test_the_roll_is_told_k10(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *bo = browser_new(polling->site, BO),
                   *fatima = browser_new(polling->site, FATIMA);
    (void)polling_voter(polling, GUN);
    assert_int_equal(browser_send(bo, polling_path(polling, "/staff"),
                                  polling_path(polling, "/ask"), "act=pause&reason=Trasigt"),
                     303);
    site_run_jobs(polling->site);
    assert_null(site_mail(polling->site, "poll_changed"));
    assert_int_equal(browser_send(fatima, polling_path(polling, "/staff"),
                                  polling_path(polling, "/confirm"), "act=pause"),
                     303);
    site_run_jobs(polling->site);
    assert_non_null(strstr(site_mail(polling->site, "poll_changed"), "Trasigt"));
    polling_close(polling);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_sql_cannot_change_locked_rules_pb_17),
        TEST_ON_POSTGRESQL(test_nothing_is_emptied_at_once_pb_17),
        TEST_ON_BOTH(test_a_draft_changes_and_a_locked_poll_does_not),
        TEST_ON_BOTH(test_a_lock_wants_two_and_the_same_rules),
        TEST_ON_BOTH(test_pages_lengthen_pause_and_resume),
        TEST_ON_BOTH(test_the_roll_is_told_k10),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
