#include "budgets/results/tests/sealed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* SHA-256 of the seed that round_seal reveals. */
#define LOT_HASH "b7e3ef9e4ac67f53d193d7e9d8e5234c39ef33ea070ee12954e7124ed93068fc"
#define LOT_SEED "00c0ffee"

struct locking {
    struct request *rq;
    int64_t campaign;
    struct poll_secret secret;
};

static enum error plan_act(void *context, struct db *db) {
    struct locking *locking = context;
    int64_t poll = 0;
    return campaign_poll_put(db, locking->rq, locking->campaign, &poll);
}

static enum error lock_act(void *context, struct db *db) {
    struct locking *locking = context;
    return campaign_lock(db, locking->rq, locking->campaign, BO, FATIMA, &locking->secret);
}

void round_lock(struct site *site, int64_t round) {
    struct locking locking = {round_request(site, BO, role_bit(ROLE_process_lead)), round, {0}};
    assert_int_equal(store_act(site->store, plan_act, &locking), ERR_OK);
    assert_int_equal(poll_secret_make(site->arena, site->tenant,
                                      site_integer(site, "SELECT id FROM poll"), &locking.secret),
                     ERR_OK);
    locking.secret.lot_hash = LOT_HASH;
    assert_int_equal(store_act(site->store, lock_act, &locking), ERR_OK);
}

static void vote(struct site *site) {
    static const struct {
        int pot, ballots;
        const char *choices;
    } cast[] = {{1, 100, "1,2"}, {1, 20, "1,3"}, {1, 10, "2,3"},   {1, 70, "3,4"}, {1, 20, "4,5"},
                {1, 40, "5"},    {1, 10, "6"},   {2, 70, "7,8,9"}, {0, 5, ""}};
    for (size_t i = 0; i < sizeof cast / sizeof cast[0]; i++)
        test_execute(site->store,
                     arena_format(site->arena,
                                  "INSERT INTO counted_ballot (tenant, poll, pot, choices, "
                                  "ballots) SELECT tenant, id, %d, '%s', %d FROM poll",
                                  cast[i].pot, cast[i].choices, cast[i].ballots));
    test_execute(site->store,
                 "INSERT INTO poll_voter (tenant, poll, voter, voted) WITH RECURSIVE n (i) AS "
                 "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 275) SELECT tenant, id, "
                 "'voter' || CAST(n.i AS text), 1 FROM poll CROSS JOIN n");
    test_execute(site->store,
                 "INSERT INTO receipt (tenant, poll, receipt_hash) WITH RECURSIVE n (i) AS "
                 "(SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 374) SELECT tenant, id, "
                 "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abc' || "
                 "CAST(n.i AS text) FROM poll CROSS JOIN n");
}

int64_t planned_round(struct site *site) {
    static char keys[] = "/tmp/radslag-keys.XXXXXX";
    if (strstr(keys, "XXXXXX") != NULL)
        assert_non_null(mkdtemp(keys));
    assert_int_equal(ballots_start(keys), ERR_OK);
    site_now = day_of_2026(5, 20) + HOURS(9);
    return round_add(site);
}

int64_t locked_round(struct site *site) {
    const int64_t round = planned_round(site);
    round_proposal(site, round, "Badbrygga", 1, 45000000);
    round_proposal(site, round, "Belysning", 1, 30000000);
    round_proposal(site, round, "Konstgräs", 1, 90000000);
    round_proposal(site, round, "Utegym", 1, 20000000);
    round_proposal(site, round, "Grillplats", 1, 6000000);
    round_proposal(site, round, "Frisbeegolf", 1, 1000000);
    round_proposal(site, round, "Kajaker", 2, 21000000);
    round_proposal(site, round, "Bastu", 2, 21000000);
    round_proposal(site, round, "Klubbstuga", 2, 30000000);
    round_lock(site, round);
    vote(site);
    site_now = day_of_2026(6, 17) + HOURS(9);
    return round;
}

void round_seal(struct site *site) {
    test_execute(site->store, arena_format(site->arena, "UPDATE poll SET sealing_at = %lld",
                                           (long long)site_now));
    test_execute(site->store, arena_format(site->arena,
                                           "UPDATE poll SET state = 'sealed', sealed_at = %lld, "
                                           "lot_seed = '" LOT_SEED "'",
                                           (long long)site_now));
}

int64_t sealed_round(struct site *site) {
    const int64_t round = locked_round(site);
    round_seal(site);
    return round;
}

void round_count(struct site *site) {
    struct browser *leader = browser_new(site, BO);
    assert_int_equal(browser_send(leader, ROUND "/count", ROUND "/count", ""), 303);
}

void round_attest(struct site *site) {
    struct browser *leader = browser_new(site, BO), *officer = browser_new(site, FATIMA);
    assert_int_equal(browser_send(leader, ROUND "/count", ROUND "/count/ask",
                                  "publish_on=2026-06-18&publish_clock=10.00"),
                     303);
    const char *hash = site_text(site, "SELECT document_hash AS text FROM budget_result ORDER BY "
                                       "version DESC");
    assert_int_equal(browser_send(officer, ROUND "/count", ROUND "/count/confirm",
                                  arena_format(site->arena, "document_hash=%s", hash)),
                     303);
}

void round_decide(struct site *site) {
    struct browser *secretary = browser_new(site, EBBE);
    site_now = day_of_2026(6, 23) + HOURS(9);
    assert_int_equal(browser_send(secretary, ROUND "/decide", ROUND "/decide", "departure="), 303);
    const char *form = browser_header(secretary, "location");
    assert_int_equal(browser_send(secretary, form, form, DECISION_FIELDS), 303);
}
