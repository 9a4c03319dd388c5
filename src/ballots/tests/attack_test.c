/* What somebody tries who wants to vote where, as whom or as often as they may not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ballots/tests/poll.h"

static int64_t revisions(struct polling *polling) {
    return site_integer(polling->site, "SELECT COALESCE(SUM(revision), 0) FROM ballot");
}

/* Another site has a form that presses in the voter's name. */
static void test_a_press_without_the_forms_token_counts_for_nothing(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    const char *own = gun->form;
    for (int json = 0; json < 2; json++) {
        gun->json = json == 1;
        gun->form = "";
        assert_int_equal(browser_post(gun, polling_path(polling, "/choices"), "act=blank"), 403);
        assert_int_equal(browser_post(gun, polling_path(polling, "/declaration"), "tie=other"),
                         403);
    }
    struct browser *hanna = polling_voter(polling, HANNA);
    assert_int_equal(browser_get(hanna, polling_path(polling, "")), 200);
    hanna->form = own; /* somebody else's */
    assert_int_equal(browser_post(hanna, polling_path(polling, "/choices"), "act=blank"), 403);
    assert_int_equal(revisions(polling), 0);
    polling_close(polling);
}

/* The same form sent again changes nothing; an older one undoes nothing that it did not show. */
static void test_a_replay_changes_nothing(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    const char *path = polling_path(polling, "/choices");
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1&revision=0"), 303);
    for (int i = 0; i < 3; i++)
        assert_int_equal(browser_post(gun, path, "act=choose&option=1&revision=0"), 303);
    assert_int_equal(revisions(polling), 1);
    assert_int_equal(browser_post(gun, path, "act=blank&revision=0"), 409);
    assert_int_equal(revisions(polling), 1);
    polling_close(polling);
}

static void expect_nothing_there(struct polling *polling, struct browser *browser,
                                 const char *poll) {
    static const char *const reads[] = {"", "/receipt", "/receipts", "/receipts/file", "/log"};
    static const char *const writes[] = {"/choices",     "act=blank", "/declaration",
                                         "tie=resident", "/reminder", "remind=1"};
    struct arena *arena = polling->site->arena;
    assert_int_equal(browser_get(browser, "/contact"), 200); /* for a form token */
    for (size_t i = 0; i < sizeof writes / sizeof writes[0]; i += 2)
        assert_int_equal(
            browser_post(browser, arena_format(arena, "%s%s", poll, writes[i]), writes[i + 1]),
            404);
    browser->json = true;
    for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++)
        assert_int_equal(browser_get(browser, arena_format(arena, "%s%s", poll, reads[i])), 404);
    browser->json = false;
}

static void test_another_organisations_poll_is_not_there(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN), *bo = browser_new(polling->site, BO);
    test_execute(polling->site->store,
                 arena_format(polling->site->arena,
                              "INSERT INTO poll (tenant, page, state, ballot_kind, most_choices, "
                              "eligible, opens_at, closes_at) VALUES (%lld, %lld, 'draft', "
                              "'up_to', 2, 'verified', 1, %lld)",
                              (long long)polling->site->other_tenant, (long long)polling->page,
                              (long long)(site_now + DAYS(5))));
    const char *other =
        arena_format(polling->site->arena, "/polls/%lld",
                     (long long)site_integer(polling->site, "SELECT max(id) FROM poll"));
    expect_nothing_there(polling, gun, other);
    expect_nothing_there(polling, bo, other);
    assert_int_equal(browser_get(bo, arena_format(polling->site->arena, "%s/staff", other)), 404);
    polling_close(polling);
}

static void test_a_draft_and_a_hidden_round_are_not_there(void **state) {
    struct polling *polling = polling_draft(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = browser_new(polling->site, GUN);
    expect_nothing_there(polling, gun, polling_path(polling, ""));
    polling_lock(polling);
    test_execute(polling->site->store, "UPDATE page SET state = 'draft'");
    expect_nothing_there(polling, gun, polling_path(polling, ""));
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM poll_voter"), 0);
    polling_close(polling);
}

/* Declaring again does not undo it. */
static void test_a_barred_voter_writes_nothing(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    test_execute(polling->site->store, "UPDATE poll_voter SET barred = 'Röstade på papper.'");
    static const char *const presses[] = {"act=choose&option=2", "act=remove&option=1", "act=blank",
                                          "act=exchange&option=3&instead=1"};
    for (size_t i = 0; i < sizeof presses / sizeof presses[0]; i++)
        assert_int_equal(polling_press(polling, gun, presses[i]), 409);
    assert_int_equal(browser_send(gun, polling_path(polling, ""),
                                  polling_path(polling, "/declaration"), "tie=resident"),
                     303);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=2"), 409);
    assert_int_equal(revisions(polling), 1);
    polling_close(polling);
}

static void test_voters_do_not_reach_what_staff_do(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    static const char *const writes[] = {
        "/ask", "act=pause&reason=Fel", "/confirm", "act=pause", "/refuse", "act=pause", "/seal",
        ""};
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    for (size_t i = 0; i < sizeof writes / sizeof writes[0]; i += 2)
        assert_int_equal(browser_post(gun, polling_path(polling, writes[i]), writes[i + 1]), 403);
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM poll_request"), 1);
    polling_close(polling);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_a_press_without_the_forms_token_counts_for_nothing),
        TEST_ON_SQLITE(test_a_replay_changes_nothing),
        TEST_ON_SQLITE(test_another_organisations_poll_is_not_there),
        TEST_ON_SQLITE(test_a_draft_and_a_hidden_round_are_not_there),
        TEST_ON_SQLITE(test_a_barred_voter_writes_nothing),
        TEST_ON_SQLITE(test_voters_do_not_reach_what_staff_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
