/* Sealing parts persons and ballots, once and for ever, also when it was interrupted (PB-20). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ballots/tests/poll.h"

/* ---- a small election ---- */

/* Three choose 1 and 2, one 1 and 11, one is blank, one empty, one barred. Gun is the first. */
static int vote_all(struct polling *polling) {
    static const char *const presses[][2] = {
        {"act=choose&option=1", "act=choose&option=2"},
        {"act=choose&option=2", "act=choose&option=1"},
        {"act=choose&option=1", "act=choose&option=2"},
        {"act=choose&option=11", "act=choose&option=1"},
        {"act=blank", "act=blank"},
        {"act=choose&option=4", "act=remove&option=4"},
        {"act=choose&option=3", "act=choose&option=12"},
    };
    enum { CROWD = 6 };
    const int last = polling_crowd(polling, CROWD);
    for (int i = 0; i <= CROWD; i++) {
        struct browser *voter = polling_voter(polling, i == 0 ? GUN : last - CROWD + i);
        assert_int_equal(polling_press(polling, voter, presses[i][0]), 303);
        assert_int_equal(polling_press(polling, voter, presses[i][1]), 303);
    }
    test_execute(polling->site->store,
                 arena_format(polling->site->arena,
                              "UPDATE poll_voter SET barred = 'Papper' WHERE account = %d", last));
    return last;
}

static const char *receipt_of(struct polling *polling, int account) {
    struct browser *voter = browser_new(polling->site, account);
    static const char mark[] = "\"code\":\"";
    voter->json = true;
    assert_int_equal(browser_get(voter, polling_path(polling, "/receipt")), 200);
    const char *at = strstr(voter->reply.body, mark);
    assert_non_null(at);
    return arena_copy_span(polling->site->arena, at + strlen(mark), 14);
}

static const char *counted(struct polling *polling) {
    return site_text(polling->site,
                     "SELECT (SELECT CAST(count(*) AS text) FROM counted_ballot) || ' ' || "
                     "(SELECT CAST(ballots AS text) FROM counted_ballot "
                     "WHERE pot = 1 AND choices = '1,2') || ' ' || "
                     "(SELECT CAST(ballots AS text) FROM counted_ballot "
                     "WHERE pot = 1 AND choices = '1') || ' ' || "
                     "(SELECT CAST(ballots AS text) FROM counted_ballot "
                     "WHERE pot = 2 AND choices = '11') || ' ' || "
                     "(SELECT CAST(ballots AS text) FROM counted_ballot "
                     "WHERE pot = 0 AND choices = '') AS text");
}

static bool key_is_there(const struct polling *polling) {
    return access(arena_format(polling->site->arena, "%s/poll-%lld.key", polling->keys,
                               (long long)polling->poll),
                  F_OK) == 0;
}

static bool answers(struct polling *polling, const char *code, const char *sentence) {
    struct browser *reader = browser_new(polling->site, NOBODY);
    assert_int_equal(browser_send(reader, polling_path(polling, "/receipts"),
                                  polling_path(polling, "/receipts"),
                                  arena_format(polling->site->arena, "code=%s", code)),
                     200);
    return browser_sees(reader, sentence);
}

static void test_what_is_left(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    const int last = vote_all(polling);
    const char *gun = receipt_of(polling, GUN), *empty = receipt_of(polling, last - 1),
               *barred = receipt_of(polling, last);
    polling_seal(polling);
    assert_string_equal(site_text(polling->site, "SELECT state AS text FROM poll"), "sealed");
    assert_string_equal(counted(polling), "4 3 1 1 1");
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM ballot"), 0);
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM receipt"), 5);
    assert_int_equal(site_integer(polling->site, "SELECT sum(voted) FROM poll_voter"), 5);
    assert_false(key_is_there(polling));
    assert_string_equal(
        text_hash(polling->site->arena, site_text(polling->site, "SELECT lot_seed AS text FROM "
                                                                 "poll")),
        site_text(polling->site, "SELECT lot_hash AS text FROM poll"));
    assert_true(answers(polling, gun, "En röst med den koden är räknad"));
    assert_true(answers(polling, "0000-0000-0000", "Ingen räknad röst"));
    assert_true(answers(polling, empty, "Ingen räknad röst"));
    assert_true(answers(polling, barred, "Ingen räknad röst"));
    assert_true(answers(polling, "hej", "ser inte ut som en kvittens"));
    struct browser *reader = browser_new(polling->site, NOBODY);
    assert_int_equal(browser_get(reader, polling_path(polling, "/receipts/file")), 200);
    assert_int_equal(reader->reply.length, 5 * 65);
    assert_int_equal(browser_get(reader, polling_path(polling, "/receipts")), 200);
    assert_true(browser_sees(reader, "5 personer har röstat"));
    struct browser *fatima = browser_new(polling->site, FATIMA);
    assert_int_equal(browser_send(fatima, "/contact", polling_path(polling, "/seal"), ""), 422);
    polling_close(polling);
}

static void test_not_before_its_time_pb_20(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *fatima = browser_new(polling->site, FATIMA);
    assert_int_equal(browser_send(fatima, "/contact", polling_path(polling, "/seal"), ""), 422);
    site_now += DAYS(5) + SECONDS(30); /* closed, but a ballot may be on its way */
    assert_int_equal(browser_send(fatima, "/contact", polling_path(polling, "/seal"), ""), 422);
    struct browser *gun = browser_new(polling->site, GUN);
    assert_int_equal(browser_send(gun, "/contact", polling_path(polling, "/seal"), ""), 403);
    polling_close(polling);
}

/* ---- interrupted ---- */

/* A reader that holds an old snapshot keeps SQLite's log from being cut: the job tries again, and a
 * key that came back meanwhile is destroyed again. */
static void test_goes_on_where_it_ended(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct arena *arena = polling->site->arena;
    const char *key =
        arena_format(arena, "%s/poll-%lld.key", polling->keys, (long long)polling->poll);
    const char *kept = arena_format(arena, "%s/kept", polling->keys);
    struct db *reader = NULL;
    int64_t count = 0;
    (void)vote_all(polling);
    assert_int_equal(link(key, kept), 0);
    assert_int_equal(store_reader(polling->site->store, 1000, &reader), ERR_OK);
    assert_int_equal(db_integer(reader, TEST_STATEMENT(ONE, "SELECT count(*) FROM ballot"),
                                WITH_NOTHING, &count),
                     ERR_OK);
    polling_seal(polling);
    assert_string_equal(site_text(polling->site, "SELECT state AS text FROM poll"), "sealed");
    assert_false(key_is_there(polling));
    assert_int_equal(rename(kept, key), 0); /* overwritten all the same */
    store_reader_done(polling->site->store, reader);
    site_now += MINUTES(10);
    site_run_jobs(polling->site);
    assert_int_equal(
        site_integer(polling->site, "SELECT count(*) FROM job WHERE kind = 'ballots.seal'"), 0);
    assert_string_equal(counted(polling), "4 3 1 1 1");
    if (polling->site->http != NULL && key_is_there(polling))
        assert_int_equal(unlink(key), 0); /* PostgreSQL had nothing left to try again */
    polling_close(polling);
}

static void test_waits_for_the_secret(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct arena *arena = polling->site->arena;
    const char *key =
        arena_format(arena, "%s/poll-%lld.key", polling->keys, (long long)polling->poll);
    const char *away = arena_format(arena, "%s/away", polling->keys);
    (void)vote_all(polling);
    assert_int_equal(rename(key, away), 0);
    polling_seal(polling);
    assert_string_equal(site_text(polling->site, "SELECT state AS text FROM poll"), "locked");
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM counted_ballot"), 0);
    assert_int_equal(rename(away, key), 0);
    site_now += MINUTES(10);
    site_run_jobs(polling->site);
    assert_string_equal(counted(polling), "4 3 1 1 1");
    polling_close(polling);
}

/* Two rows with each other's cipher text: somebody has been in the database. */
static void test_an_altered_ballot_stops_it(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    (void)vote_all(polling);
    test_execute(polling->site->store,
                 "UPDATE ballot SET choices = (SELECT b.choices FROM ballot b "
                 "ORDER BY b.ballot_key LIMIT 1) WHERE ballot_key = "
                 "(SELECT k.ballot_key FROM ballot k ORDER BY k.ballot_key DESC LIMIT 1)");
    polling_seal(polling);
    assert_string_equal(site_text(polling->site, "SELECT state AS text FROM poll"), "locked");
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM counted_ballot"), 0);
    assert_true(key_is_there(polling));
    polling_close(polling);
}

/* PostgreSQL remembers which transaction wrote a row (xmin) and where (ctid): after sealing both
 * follow the content or the digests, which tell nothing of when somebody voted. */
static void test_rows_lie_in_no_telling_order(void **state) {
    static const char *const orders[] = {
        "SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY CAST(CAST(xmin AS text) AS "
        "bigint), ctid) AS a, row_number() OVER (ORDER BY pot, choices) AS b "
        "FROM counted_ballot) AS o WHERE a <> b",
        "SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY CAST(CAST(xmin AS text) AS "
        "bigint), ctid) AS a, row_number() OVER (ORDER BY receipt_hash) AS b "
        "FROM receipt) AS o WHERE a <> b",
        "SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY CAST(CAST(xmin AS text) AS "
        "bigint), ctid) AS a, row_number() OVER (ORDER BY voter) AS b "
        "FROM poll_voter) AS o WHERE a <> b",
    };
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    (void)vote_all(polling);
    /* as voting left it, the roll lies in the order in which people came */
    assert_true(site_integer(polling->site, orders[2]) > 0);
    polling_seal(polling);
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
        assert_int_equal(site_integer(polling->site, orders[i]), 0);
    polling_close(polling);
}

/* ---- afterwards ---- */

static enum error run_sql(void *context, struct db *db) {
    return db_exec(db, TEST_STATEMENT(EXEC, (const char *)context), WITH_NOTHING, NULL);
}

static void test_what_is_sealed_stands(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    static const char *const tries[] = {
        "UPDATE counted_ballot SET ballots = 99",
        "DELETE FROM counted_ballot",
        "INSERT INTO counted_ballot (tenant, poll, pot, choices, ballots) "
        "VALUES (1, 1, 1, '4', 1)",
        "DELETE FROM receipt",
        "INSERT INTO receipt (tenant, poll, receipt_hash) VALUES (1, 1, 'x')",
        "UPDATE poll_voter SET voted = 1 - voted",
        "UPDATE poll SET state = 'locked'",
        "UPDATE poll SET lot_seed = 'x'",
        "UPDATE poll SET closes_at = closes_at + 1",
        "UPDATE poll SET sealed_at = 1",
    };
    (void)vote_all(polling);
    polling_seal(polling);
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        const enum error error =
            store_act(polling->site->store, run_sql, (void *)(uintptr_t)tries[i]);
        if (error != ERR_CONFLICT)
            print_error("not refused: %s\n", tries[i]);
        assert_int_equal(error, ERR_CONFLICT);
    }
    polling_close(polling);
}

static enum error import_one(struct polling *polling, struct request *rq, struct db *db) {
    struct poll_pot pot = {1, "Potten", 100};
    struct poll_option option = {5, 1, 0, "Ett", NULL, NULL, 50};
    const struct poll_plan plan = {.page = 99,
                                   .ballot_kind = ballot_kind_ranking,
                                   .eligible = eligible_verified,
                                   .opens_at = 1,
                                   .closes_at = 2,
                                   .late_until = INSTANT_NONE};
    struct counted_ballot row = {.pot = 1, .choices = "5", .ballots = 2};
    int64_t poll = 0;
    struct poll_turnout turnout = {0};
    TRY(poll_import(db, rq->arena, rq->tenant, &plan, "{}", &(struct poll_pot_list){&pot, 1},
                    &(struct poll_option_list){&option, 1}, rq->now, &poll));
    TRY(counted_ballot_add(db, rq->tenant, poll, &row));
    row.ballots = 3;
    TRY(counted_ballot_add(db, rq->tenant, poll, &row));
    TRY(poll_turnout_find(db, rq->arena, rq->tenant, poll, &turnout));
    assert_int_equal(turnout.voters, 5);
    assert_int_equal(poll_turnout_find(db, rq->arena, rq->tenant, polling->poll, &turnout),
                     ERR_NOT_FOUND);
    return ERR_OK;
}

static void test_an_imported_poll_is_added_to(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    assert_int_equal(polling_act(polling, BO, import_one), ERR_OK);
    polling_close(polling);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_what_is_left),
        TEST_ON_BOTH(test_not_before_its_time_pb_20),
        TEST_ON_BOTH(test_goes_on_where_it_ended),
        TEST_ON_BOTH(test_waits_for_the_secret),
        TEST_ON_BOTH(test_an_altered_ballot_stops_it),
        TEST_ON_POSTGRESQL(test_rows_lie_in_no_telling_order),
        TEST_ON_BOTH(test_what_is_sealed_stands),
        TEST_ON_BOTH(test_an_imported_poll_is_added_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
