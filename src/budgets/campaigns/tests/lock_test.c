/* Two persons lock the rules; afterwards nothing changes them (A4, PB-17). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "budgets/tests/round.h"

#define ROUND "/budgets/medborgarbudget-2026"

/* After the ideas, before the vote, with something to vote on in each pot. */
static int64_t ready(struct site *site) {
    static char keys[] = "/tmp/radslag-keys.XXXXXX";
    if (strstr(keys, "XXXXXX") != NULL)
        assert_non_null(mkdtemp(keys));
    assert_int_equal(ballots_start(keys), ERR_OK);
    site_now = day_of_2026(5, 20) + HOURS(9);
    const int64_t round = round_add(site);
    round_proposal(site, round, "Bänkar vid torget", 1, 14500000);
    round_proposal(site, round, "Låna en kajak", 2, 21000000);
    return round;
}

static const char *waiting_hash(struct site *site) {
    return site_text(site, "SELECT subject_hash AS text FROM poll_request WHERE answer IS NULL");
}

static int confirm(struct browser *browser, const char *hash) {
    return browser_send(browser, ROUND "/lock", ROUND "/lock/confirm",
                        arena_format(browser->site->arena, "rules_hash=%s", hash));
}

static void two_persons_lock_the_same_rules_PB_17(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *officer = browser_new(site, FATIMA),
                   *reader = browser_new(site, NOBODY);
    ready(site);
    assert_int_equal(browser_get(leader, ROUND "/lock"), 200);
    assert_true(browser_sees(leader, "Inget saknas"));
    assert_int_equal(browser_send(officer, ROUND "/lock", ROUND "/lock", ""), 403);
    assert_int_equal(browser_send(leader, ROUND "/lock", ROUND "/lock", ""), 303);
    const char *hash = waiting_hash(site);
    assert_int_equal(strlen(hash), 64);
    assert_int_equal(confirm(leader, hash), 403);
    assert_int_equal(browser_get(officer, ROUND "/lock"), 200);
    assert_true(browser_sees(officer, hash));
    assert_int_equal(confirm(officer, "0000"), 422);
    assert_int_equal(confirm(officer, hash), 303);
    assert_string_equal(site_text(site, "SELECT rules_hash AS text FROM poll"), hash);
    assert_int_equal(browser_get(reader, ROUND "/rules"), 200);
    assert_true(browser_sees(reader, hash));
    assert_true(browser_sees(reader, site_text(site, "SELECT lot_hash AS text FROM poll")));
    assert_int_equal(browser_get(reader, ROUND "/rules/file"), 200);
    assert_string_equal(reader->reply.body, site_text(site, "SELECT rules AS text FROM poll"));
    reader->json = true;
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "\"stage\":\"locked\""));
    site_close(site);
}

/* The second person reads what was asked for: a change between the two presses is told. */
static void a_change_between_the_presses_is_refused(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *officer = browser_new(site, FATIMA);
    ready(site);
    assert_int_equal(browser_send(leader, ROUND "/lock", ROUND "/lock", ""), 303);
    const char *hash = waiting_hash(site);
    test_execute(site->store, "UPDATE campaign SET least_votes = 10");
    assert_int_equal(browser_get(officer, ROUND "/lock"), 200);
    assert_true(browser_sees(officer, "Reglerna har ändrats"));
    assert_false(browser_sees(officer, "/lock/confirm"));
    assert_int_equal(confirm(officer, hash), 422);
    assert_int_equal(browser_send(officer, ROUND "/lock", ROUND "/lock/refuse", ""), 303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM poll WHERE state = 'locked'"), 0);
    assert_int_equal(browser_send(leader, ROUND "/lock", ROUND "/lock", ""), 303);
    assert_int_equal(confirm(officer, waiting_hash(site)), 303);
    site_close(site);
}

static void what_is_missing_hinders(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    ready(site);
    test_execute(site->store, "UPDATE proposal SET land = '' WHERE pot = 2");
    assert_int_equal(browser_get(leader, ROUND "/lock"), 200);
    assert_true(browser_sees(leader, "En sak saknas"));
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/lock", ""), 422);
    test_execute(site->store, "UPDATE proposal SET land = 'Kommunen'");
    test_execute(site->store, "DELETE FROM proposal WHERE pot = 2");
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/lock", ""), 422);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM poll_request"), 0);
    site_close(site);
}

/* ---- afterwards ---- */

struct locking {
    struct request *rq;
    int64_t round, poll;
    struct poll_secret secret;
};

static enum error put_act(void *context, struct db *db) {
    struct locking *locking = context;
    return campaign_poll_put(db, locking->rq, locking->round, &locking->poll);
}

static enum error lock_act(void *context, struct db *db) {
    struct locking *locking = context;
    return campaign_lock(db, locking->rq, locking->round, BO, FATIMA, &locking->secret);
}

static void lock(struct site *site, int64_t round) {
    struct locking locking = {.rq = round_request(site, BO, role_bit(ROLE_process_lead)),
                              .round = round};
    assert_int_equal(store_act(site->store, put_act, &locking), ERR_OK);
    assert_int_equal(poll_secret_make(site->arena, site->tenant, locking.poll, &locking.secret),
                     ERR_OK);
    assert_int_equal(store_act(site->store, lock_act, &locking), ERR_OK);
}

static enum error execute(void *context, struct db *db) {
    return db_exec(db, TEST_STATEMENT(EXEC, context), WITH_NOTHING, NULL);
}

static void locked_rules_are_refused_in_page_json_and_sql_PB_17(void **state) {
    static const char *const attempts[] = {
        "UPDATE campaign SET least_votes = 1",
        "UPDATE campaign SET allocation = 'stop'",
        "UPDATE campaign SET leftover = 'Till kaffe'",
        "UPDATE campaign_pot SET sum = sum + 1",
        "DELETE FROM campaign_pot",
        "INSERT INTO campaign_pot (tenant, campaign, pot, title, sum) SELECT 1, page, 9, 'x', 1 "
        "FROM campaign",
        "UPDATE poll SET rules = '{}'",
        "UPDATE poll SET most_choices = 9",
        "UPDATE poll_option SET cost = 1",
        "DELETE FROM poll_option",
    };
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    lock(site, ready(site));
    const char *voting = "eligible=verified&ballot_kind=up_to&most_choices=5&satisfaction="
                         "cardinality&allocation=stop&least_votes=1&ties=id&leftover=x";
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/voting", voting), 422);
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/dates",
                                  "vote_from=2026-05-25&vote_to=2026-07-14"),
                     422);
    leader->json = true;
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/voting",
                                  "{\"eligible\":\"roll\",\"ballot_kind\":\"up_to\","
                                  "\"most_choices\":5,\"satisfaction\":\"cardinality\","
                                  "\"allocation\":\"stop\",\"least_votes\":1,\"ties\":\"id\"}"),
                     422);
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++)
        assert_int_not_equal(store_act(site->store, execute, (void *)attempts[i]), ERR_OK);
    assert_int_equal(site_integer(site, "SELECT least_votes FROM campaign"), 50);
    assert_int_equal(site_integer(site, "SELECT SUM(sum) FROM campaign_pot"), 160000000);
    site_close(site);
}

/* The words may still be mended, who may vote not. */
static void words_may_change_after_locking(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    lock(site, ready(site));
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/about",
                                  "title=Medborgarbudget+2026&lead=Ny+ingress&who_may_propose="
                                  "Alla.&who_may_vote=Bara+jag."),
                     422);
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/about",
                                  "title=Medborgarbudget+2026&lead=Ny+ingress&who_may_propose="
                                  "Alla.&who_may_vote=Alla+som+bor+h%C3%A4r.&places="),
                     303);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(two_persons_lock_the_same_rules_PB_17),
        TEST_ON_BOTH(a_change_between_the_presses_is_refused),
        TEST_ON_BOTH(what_is_missing_hinders),
        TEST_ON_BOTH(locked_rules_are_refused_in_page_json_and_sql_PB_17),
        TEST_ON_SQLITE(words_may_change_after_locking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
