/* Voting in a browser without scripts and by JSON, on both engines (PB-6, PB-7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ballots/tests/poll.h"

enum { TICK_STATEMENTS = 8 };

static int64_t ballots(struct polling *polling) {
    return site_integer(polling->site, "SELECT count(*) FROM ballot");
}

static void test_press_by_press_pb_6(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_true(browser_sees(gun, "Bänkar på torget"));
    assert_true(browser_sees(gun, "Räknas inte som en röst"));
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1&revision=0"), 303);
    assert_string_equal(browser_header(gun, "location"), polling_path(polling, ""));
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_true(browser_sees(gun, "<li>Hela kommunen 1 av 2</li>"));
    assert_true(browser_sees(gun, "Sparat kl. 14.02."));
    assert_true(browser_sees(gun, "Din röst räknas."));
    assert_true(browser_sees(gun, "Du har valt det här"));
    assert_int_equal(polling_press(polling, gun, "act=remove&option=1"), 303);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_true(browser_sees(gun, "En tom röstsedel räknas inte"));
    assert_int_equal(polling_press(polling, gun, "act=blank"), 303);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_true(browser_sees(gun, "Du har röstat blankt"));
    assert_int_equal(ballots(polling), 1);
    polling_close(polling);
}

static void test_a_full_pot_asks_which_is_to_go(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=2"), 303);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_true(browser_sees(gun, "Byt…"));
    assert_int_equal(polling_press(polling, gun, "act=choose&option=3"), 409);
    assert_true(browser_sees(gun, "Vilket ska bort?"));
    assert_true(browser_sees(gun, "name=\"instead\" value=\"2\""));
    assert_int_equal(polling_press(polling, gun, "act=exchange&option=3&instead=2&revision=2"),
                     303);
    gun->json = true;
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_true(browser_sees(gun, "\"revision\":3"));
    assert_true(browser_sees(gun, "\"chosen\":2"));
    assert_int_equal(browser_post(gun, polling_path(polling, "/choices"), "act=choose&option=11"),
                     200);
    assert_int_equal(browser_post(gun, polling_path(polling, "/choices"), "act=choose&option=2"),
                     409);
    /* what undoes a choice wants the version that was seen */
    assert_int_equal(browser_post(gun, polling_path(polling, "/choices"), "act=blank&revision=1"),
                     409);
    assert_int_equal(browser_post(gun, polling_path(polling, "/choices"), "act=choose&option=99"),
                     409);
    polling_close(polling);
}

static void test_a_cart_holds_what_the_money_pays(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_cart, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=3"), 409);
    assert_true(browser_sees(gun, "att fördela"));
    assert_int_equal(polling_press(polling, gun, "act=exchange&option=3&instead=1&revision=1"),
                     303);
    polling_close(polling);
}

/* A tick writes one ballot row and nothing else. */
static void test_a_tick_leaves_one_row_alone(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    static const char others[] =
        "SELECT (SELECT count(*) FROM act) + (SELECT count(*) FROM audit) + "
        "(SELECT count(*) FROM outbox) + (SELECT count(*) FROM job) + "
        "(SELECT count(*) FROM poll_voter) + (SELECT count(*) FROM poll_voter WHERE voted = 1)";
    const int64_t before = site_integer(polling->site, others);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_in_range(gun->reply.statements, 1, TICK_STATEMENTS);
    assert_int_equal(site_integer(polling->site, others), before);
    assert_int_equal(ballots(polling), 1);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_int_equal(site_integer(polling->site, "SELECT revision FROM ballot"), 1);
    polling_close(polling);
}

static void test_who_may_vote_pb_7(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *reader = browser_new(polling->site, NOBODY);
    assert_int_equal(browser_get(reader, polling_path(polling, "")), 303);
    assert_int_equal(browser_get(reader, browser_header(reader, "location")), 200);
    assert_true(browser_sees(reader, "Logga in och rösta"));
    assert_true(browser_sees(reader, "/login?next=/polls/"));
    assert_false(browser_sees(reader, "value=\"choose\""));
    struct browser *gun = browser_new(polling->site, GUN);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 409);
    assert_true(browser_sees(gun, "Jag bor här"));
    assert_int_equal(ballots(polling), 0);
    gun = polling_voter(polling, GUN);
    test_execute(polling->site->store, "UPDATE poll_voter SET barred = 'Röstade på papper.'");
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 409);
    assert_true(browser_sees(gun, "Röstade på papper."));
    /* another account with the address of a line that is taken */
    test_execute(polling->site->store, "UPDATE poll_voter SET account = 1, barred = NULL");
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 409);
    assert_true(browser_sees(gun, "Adressen har redan en röstsedel"));
    assert_int_equal(ballots(polling), 0);
    polling_close(polling);
}

static enum error add_gun(struct polling *polling, struct request *rq, struct db *db) {
    const char *digest = NULL;
    TRY(person_digest(rq->arena, rq->tenant, "person7@ljungsjo.example", &digest));
    return poll_roll_add(db, rq->tenant, polling->poll, digest);
}

static void test_a_roll_lets_in_its_lines_alone_pb_7(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_roll);
    struct browser *hanna = browser_new(polling->site, HANNA);
    assert_int_equal(polling_act(polling, BO, add_gun), ERR_OK);
    assert_int_equal(browser_get(hanna, polling_path(polling, "")), 200);
    assert_true(browser_sees(hanna, "inte i röstlängden"));
    assert_int_equal(browser_get(hanna, "/contact"), 200); /* a page with a form, for its token */
    assert_int_equal(browser_post(hanna, polling_path(polling, "/declaration"), "tie=resident"),
                     409);
    assert_int_equal(browser_post(hanna, polling_path(polling, "/choices"), "act=choose&option=1"),
                     409);
    assert_int_equal(ballots(polling), 0);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_int_equal(ballots(polling), 1);
    polling_close(polling);
}

static void test_each_phase_says_what_it_is(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    site_now -= DAYS(2);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=2"), 409);
    assert_true(browser_sees(gun, "Röstningen har inte öppnat"));
    site_now += DAYS(2);
    test_execute(polling->site->store, "UPDATE poll SET paused_at = 1780000000000000");
    assert_int_equal(polling_press(polling, gun, "act=choose&option=2"), 409);
    assert_true(browser_sees(gun, "Röstningen är pausad"));
    test_execute(polling->site->store, "UPDATE poll SET paused_at = NULL");
    site_now += DAYS(5) - 1;
    assert_int_equal(polling_press(polling, gun, "act=choose&option=2"), 303);
    site_now += 1; /* the first instant too late */
    assert_int_equal(polling_press(polling, gun, "act=remove&option=2"), 409);
    assert_true(browser_sees(gun, "Röstningen är slut"));
    assert_int_equal(site_integer(polling->site, "SELECT revision FROM ballot"), 2);
    polling_close(polling);
}

static void test_without_the_secret_nobody_votes(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    const char *file = arena_format(polling->site->arena, "%s/poll-%lld.key", polling->keys,
                                    (long long)polling->poll);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_int_equal(rename(file, arena_format(polling->site->arena, "%s.away", file)), 0);
    assert_int_equal(browser_post(gun, polling_path(polling, "/choices"), "act=choose&option=2"),
                     503);
    assert_true(browser_sees(gun, "Omröstningens nyckel saknas"));
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 503);
    assert_int_equal(browser_get(gun, polling_path(polling, "/receipt")), 503);
    /* another key is as good as none */
    assert_int_equal(symlink("/dev/null", file), 0);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 503);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rename(arena_format(polling->site->arena, "%s.away", file), file), 0);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    assert_true(browser_sees(gun, "Du har valt det här"));
    polling_close(polling);
}

static void test_nobody_gets_totals_before_sealing_pb_12(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN), *bo = browser_new(polling->site, BO);
    static const char *const pages[] = {"",          "/log",      "/staff",
                                        "/receipts", "/log.json", "/staff.json"};
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        assert_int_equal(browser_get(bo, polling_path(polling, pages[i])), 200);
        assert_false(browser_sees(bo, " har röstat."));
        assert_false(browser_sees(bo, "\"voters\":1"));
    }
    assert_int_equal(browser_get(bo, polling_path(polling, "/receipts/file")), 404);
    polling_close(polling);
}

static void test_the_receipt_stays_the_same(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    gun->json = true;
    assert_int_equal(browser_get(gun, polling_path(polling, "/receipt")), 200);
    assert_true(browser_sees(gun, "\"code\":null"));
    gun->json = false;
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    gun->json = true;
    assert_int_equal(browser_get(gun, polling_path(polling, "/receipt")), 200);
    const char *first = arena_copy_text(polling->site->arena, gun->reply.body);
    gun->json = false;
    assert_int_equal(polling_press(polling, gun, "act=choose&option=2"), 303);
    gun->json = true;
    assert_int_equal(browser_get(gun, polling_path(polling, "/receipt")), 200);
    assert_string_equal(gun->reply.body, first);
    gun->json = false;
    assert_int_equal(browser_get(gun, polling_path(polling, "/receipt")), 200);
    assert_true(browser_sees(gun, "Din röst räknas"));
    polling_close(polling);
}

/* Each pot has a heading, what may be chosen in it and its money; a pot that is left out has none.
 */
static void test_options_stand_by_pot(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    const char *first = strstr(gun->reply.body, "<h2 id=\"pott1\">Hela kommunen</h2>");
    const char *second = strstr(gun->reply.body, "<h2 id=\"pott2\">Skolan</h2>");
    assert_true(first != NULL && second != NULL && first < second);
    assert_true(browser_sees(gun, "Välj upp till två förslag. Pengar i potten: 100"));
    assert_true(strstr(first, "Pumpbana") < second);
    assert_true(strstr(second, "Studsmatta") != NULL && strstr(second, "Pumpbana") == NULL);
    assert_int_equal(browser_get(gun, polling_path(polling, "?pot=2")), 200);
    assert_false(browser_sees(gun, "<h2 id=\"pott1\">"));
    assert_true(browser_sees(gun, "<h2 id=\"pott2\">"));
    polling_close(polling);
}

static void test_filters_and_orders(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(browser_get(gun, polling_path(polling, "?o=3&pot=2")), 200);
    assert_true(browser_sees(gun, "Klätternät"));
    assert_false(browser_sees(gun, "Odlingslådor"));
    assert_int_equal(browser_get(gun, polling_path(polling, "?place=Centrum")), 200);
    assert_false(browser_sees(gun, "Pumpbana"));
    assert_int_equal(browser_get(gun, polling_path(polling, "?q=B%C3%84NK")), 200);
    assert_true(browser_sees(gun, "Bänkar på torget"));
    assert_false(browser_sees(gun, "Bokskåp"));
    assert_int_equal(browser_get(gun, polling_path(polling, "?q=finnsinte")), 200);
    assert_true(browser_sees(gun, "Inget förslag passar"));
    assert_false(browser_sees(gun, "<h2 id=\"pott"));
    polling_close(polling);
}

/* A ballot with `count` options in as many parts of the place as `parts`, two addresses in each. */
static struct polling *with_places(void **state, int count, int parts) {
    struct polling *polling = polling_draft(state, ballot_kind_up_to, eligible_verified);
    test_execute(polling->site->store, "UPDATE poll_option SET place = 'Del 0, Torget'");
    for (int i = 0; i < count; i++)
        test_execute(polling->site->store,
                     arena_format(polling->site->arena,
                                  "INSERT INTO poll_option (tenant, poll, option, pot, title, "
                                  "lead, place, cost) VALUES (1, %lld, %d, 1, 'Förslag %d', '', "
                                  "'Del %d, Gata %d', 100)",
                                  (long long)polling->poll, 100 + i, i, i % parts, i));
    polling_lock(polling);
    return polling;
}

static void test_places_by_their_first_part(void **state) {
    struct polling *polling = with_places(state, 16, 8);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(browser_get(gun, polling_path(polling, "?o=1")), 200);
    assert_true(browser_sees(gun, ">Alla platser</a>"));
    assert_true(browser_sees(gun, "place=Del%207\">Del 7</a>"));
    assert_int_equal(browser_get(gun, polling_path(polling, "?place=Del%207")), 200);
    assert_true(browser_sees(gun, "Del 7, Gata 7"));
    assert_true(browser_sees(gun, "Del 7, Gata 15"));
    assert_false(browser_sees(gun, "Del 6, Gata 6"));
    polling_close(polling);
}

static void test_places_that_are_many_are_left_to_the_search(void **state) {
    struct polling *polling = with_places(state, 16, 9);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(browser_get(gun, polling_path(polling, "?o=1")), 200);
    assert_false(browser_sees(gun, ">Alla platser</a>"));
    polling_close(polling);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_press_by_press_pb_6),
        TEST_ON_BOTH(test_a_full_pot_asks_which_is_to_go),
        TEST_ON_BOTH(test_a_cart_holds_what_the_money_pays),
        TEST_ON_BOTH(test_a_tick_leaves_one_row_alone),
        TEST_ON_BOTH(test_who_may_vote_pb_7),
        TEST_ON_BOTH(test_a_roll_lets_in_its_lines_alone_pb_7),
        TEST_ON_BOTH(test_each_phase_says_what_it_is),
        TEST_ON_BOTH(test_without_the_secret_nobody_votes),
        TEST_ON_BOTH(test_nobody_gets_totals_before_sealing_pb_12),
        TEST_ON_BOTH(test_the_receipt_stays_the_same),
        TEST_ON_SQLITE(test_options_stand_by_pot),
        TEST_ON_SQLITE(test_places_by_their_first_part),
        TEST_ON_SQLITE(test_places_that_are_many_are_left_to_the_search),
        TEST_ON_SQLITE(test_filters_and_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
