/* K8 once and K9 to those who asked: never the choice; and what the register tells (QUA-4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ballots/tests/poll.h"

static int64_t mails(struct polling *polling, const char *kind) {
    return site_integer(
        polling->site,
        arena_format(polling->site->arena, "SELECT count(*) FROM outbox WHERE kind = '%s'", kind));
}

static void test_the_receipt_is_mailed_once_k8(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    (void)polling_voter(polling, HANNA); /* has declared, not voted */
    site_run_jobs(polling->site);
    assert_int_equal(mails(polling, "ballot_receipt"), 0);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_int_equal(mails(polling, "ballot_receipt"), 0); /* not in the tick's transaction */
    site_now += HOURS(1);
    site_run_jobs(polling->site);
    assert_int_equal(mails(polling, "ballot_receipt"), 1);
    const char *facts = site_mail(polling->site, "ballot_receipt");
    assert_null(strstr(facts, "torget"));
    assert_non_null(strstr(facts, "\"code\":\""));
    assert_int_equal(polling_press(polling, gun, "act=choose&option=2"), 303);
    site_now += HOURS(1);
    site_run_jobs(polling->site);
    assert_int_equal(mails(polling, "ballot_receipt"), 1);
    polling_close(polling);
}

static void test_reminders_go_to_those_who_asked_k9(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN), *hanna = polling_voter(polling, HANNA),
                   *ivar = polling_voter(polling, IVAR);
    (void)ivar; /* has not asked */
    assert_int_equal(browser_send(gun, polling_path(polling, "/receipt"),
                                  polling_path(polling, "/reminder"), "remind=1"),
                     303);
    assert_int_equal(browser_send(hanna, polling_path(polling, "/receipt"),
                                  polling_path(polling, "/reminder"), "remind=1"),
                     303);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    site_now = instant_day_start(site_now, 4) + HOURS(9); /* closes the day after, at 14.02 */
    site_run_jobs(polling->site);
    assert_int_equal(mails(polling, "poll_reminder"), 1);
    assert_int_equal(
        site_integer(polling->site, "SELECT account FROM outbox WHERE kind = 'poll_reminder'"),
        HANNA);
    site_now += HOURS(2);
    site_run_jobs(polling->site);
    assert_int_equal(mails(polling, "poll_reminder"), 1);
    polling_close(polling);
}

static enum error extract_and_erase(struct polling *polling, struct request *rq, struct db *db) {
    struct buffer into = buffer_in(rq->arena, 1 << 16);
    TRY(ballot_register.extract(db, rq->arena, rq->tenant, GUN, &into));
    assert_non_null(strstr(buffer_string(&into), "\"tie\":\"resident\""));
    assert_null(strstr(buffer_string(&into), "torget"));
    (void)polling;
    return ballot_register.erase(db, rq->arena, rq->tenant, GUN, rq->now);
}

/* The line stays, so that the same address does not vote twice. */
static void test_a_deleted_account_leaves_the_line(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_int_equal(polling_act(polling, GUN, extract_and_erase), ERR_OK);
    assert_int_equal(
        site_integer(polling->site, "SELECT count(*) FROM poll_voter WHERE account IS NULL"), 1);
    gun = polling_voter(polling, GUN); /* comes again with the same address */
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_true(browser_sees(gun, "Du har valt det här"));
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM poll_voter"), 1);
    polling_close(polling);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_the_receipt_is_mailed_once_k8),
        TEST_ON_BOTH(test_reminders_go_to_those_who_asked_k9),
        TEST_ON_BOTH(test_a_deleted_account_leaves_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
