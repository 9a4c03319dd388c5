/* What each of the staff sees of a round, what waits for them, and what readers are told of a round
 * that is late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "budgets/tests/round.h"

#define ROUND "/budgets/medborgarbudget-2026"
#define DRAFT "/budgets/medborgarbudget-2027"

enum { SECRETARY = HANNA };

static struct browser *secretary_of(struct site *site) {
    test_execute(site->store, "UPDATE account_role SET role = 'secretary' WHERE account = 8");
    return browser_new(site, SECRETARY);
}

/* ---- the round's overview and the page where its rules are locked ---- */

static void each_finds_what_is_theirs_to_do(void **state) {
    struct site *site = site_open(state);
    struct browser *officer = browser_new(site, FATIMA), *secretary = secretary_of(site);
    site_now = day_of_2026(5, 20) + HOURS(9);
    const int64_t round = round_add(site);
    round_proposal(site, round, "Bänkar vid torget", 1, 14500000);
    officer->json = secretary->json = true;
    assert_int_equal(browser_get(officer, ROUND "/manage"), 200);
    GOLDEN("manage_officer", officer->reply.body);
    assert_int_equal(browser_get(officer, ROUND "/lock"), 200);
    GOLDEN("lock_officer", officer->reply.body);
    assert_int_equal(browser_get(secretary, ROUND "/manage"), 200);
    GOLDEN("manage_secretary", secretary->reply.body);
    assert_false(browser_sees(secretary, ROUND "/assessment"));
    assert_false(browser_sees(secretary, ROUND "/lock"));
    assert_int_equal(browser_get(secretary, ROUND "/lock"), 403);
    secretary->json = false;
    assert_int_equal(browser_get(secretary, ROUND "/manage"), 200);
    assert_true(browser_sees(secretary, "Varje pott har minst ett förslag till röstning"));
    site_close(site);
}

static void readers_find_neither(void **state) {
    struct site *site = site_open(state);
    site_now = day_of_2026(5, 20) + HOURS(9);
    round_add(site);
    static const char *const pages[] = {ROUND "/manage", ROUND "/lock", ROUND "/dates",
                                        ROUND "/announce"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        assert_int_equal(browser_get(browser_new(site, NOBODY), pages[i]), 401);
        assert_int_equal(browser_get(browser_new(site, GUN), pages[i]), 403);
    }
    site_close(site);
}

/* ---- a draft that waits for its framework decision ---- */

static int64_t tasks(struct site *site, const char *left) {
    return site_integer(site, arena_format(site->arena,
                                           "SELECT COUNT(*) FROM task WHERE cause LIKE "
                                           "'budget.frame:%%' AND done_at IS %s",
                                           left));
}

static void a_prepared_round_waits_for_its_decision(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *secretary = secretary_of(site);
    assert_int_equal(browser_send(leader, "/budgets/new", "/budgets/new",
                                  "title=Medborgarbudget+2027&lead=Var+med&who_may_propose=Alla&"
                                  "who_may_vote=Alla"),
                     303);
    assert_int_equal(
        browser_send(leader, DRAFT "/dates", DRAFT "/dates",
                     "criteria_on=2026-12-01&ideas_from=2027-01-15&ideas_to=2027-02-15"
                     "&vote_from=2027-03-02&vote_to=2027-03-20&decision_on=2027-04-01"),
        303);
    assert_int_equal(browser_send(leader, DRAFT "/pots", DRAFT "/pots",
                                  "title=Hela&sum=1000000&proposers=anyone"),
                     303);
    assert_int_equal(browser_send(leader, DRAFT "/criteria", DRAFT "/criteria", "title=Nytta"),
                     303);
    assert_int_equal(tasks(site, "NULL"), 0);
    const char *voting = "eligible=verified&ballot_kind=up_to&most_choices=3&satisfaction=cost&"
                         "allocation=skip&least_votes=50&ties=lot&leftover=Till+n%C3%A4sta+%C3%A5r";
    assert_int_equal(browser_send(leader, DRAFT "/voting", DRAFT "/voting", voting), 303);
    assert_int_equal(browser_send(leader, DRAFT "/voting", DRAFT "/voting", voting), 303);
    assert_int_equal(tasks(site, "NULL"), 1);
    assert_int_equal(browser_get(secretary, "/todo"), 200);
    assert_true(browser_sees(secretary, "Registrera rambeslutet om Medborgarbudget 2027"));
    assert_true(browser_sees(secretary, "/decisions/new?kind=framework"));
    const char *decide = arena_format(
        site->arena, "/pages/%lld/decisions/new",
        (long long)site_integer(site, "SELECT id FROM page WHERE slug = 'medborgarbudget-2027'"));
    assert_int_equal(browser_send(secretary, decide, decide,
                                  "kind=framework&body=Kommunstyrelsen&decided_on=2026-06-01&"
                                  "item=84&wording=Ja."),
                     303);
    assert_int_equal(tasks(site, "NULL"), 0);
    site_close(site);
}

/* ---- readers ---- */

static void a_round_that_is_late_says_so(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    site_now = day_of_2026(5, 25) - 1;
    round_add(site);
    assert_int_equal(browser_get(reader, "/budgets"), 200);
    assert_true(browser_sees(reader, "Röstningen öppnar 25 maj 2026."));
    site_now = day_of_2026(5, 25);
    assert_int_equal(browser_get(reader, "/budgets"), 200);
    assert_true(browser_sees(reader, "Röstningen skulle ha öppnat 25 maj 2026"));
    assert_false(browser_sees(reader, "Röstningen öppnar"));
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "Röstningen skulle ha öppnat 25 maj 2026"));
    site_close(site);
}

/* K1 holds what, when and who may take part (JOURNEYS 6). */
static void the_mail_tells_days_and_who_may_take_part(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, GUN);
    assert_int_equal(browser_send(reader, "/follow", "/follow", "frequency=at_once"), 303);
    site_now = day_of_2026(2, 1) + HOURS(12);
    round_add(site);
    site_run_jobs(site);
    const char *mail = site_mail(site, "page_news");
    assert_non_null(mail);
    assert_non_null(strstr(mail, "Idéer: 1–31 mars 2026"));
    assert_non_null(strstr(mail, "Röstning: 25 maj–14 juni 2026"));
    assert_non_null(strstr(mail, "Vem får rösta?"));
    assert_non_null(strstr(mail, "Alla som bor här."));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(each_finds_what_is_theirs_to_do),
        TEST_ON_SQLITE(readers_find_neither),
        TEST_ON_BOTH(a_prepared_round_waits_for_its_decision),
        TEST_ON_SQLITE(a_round_that_is_late_says_so),
        TEST_ON_SQLITE(the_mail_tells_days_and_who_may_take_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
