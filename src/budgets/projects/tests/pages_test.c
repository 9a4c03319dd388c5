/* Carrying out: states, a new day with its reason, overdue, legal force, opening, dropping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "budgets/results/tests/sealed.h"

#define PROJECT "/proposals/badbrygga/project"
#define EDIT PROJECT "/edit"

static void decided_round(struct site *site) {
    sealed_round(site);
    round_count(site);
    round_attest(site);
    round_decide(site);
}

/* The minutes are posted on 25 June; legal force from 17 July. */
static void post_minutes(struct site *site) {
    struct browser *secretary = browser_new(site, EBBE);
    const char *address = arena_format(
        site->arena, "/decisions/%lld",
        (long long)site_integer(site, "SELECT id FROM decision WHERE kind = 'result'"));
    site_now = day_of_2026(6, 26) + HOURS(9);
    assert_int_equal(browser_send(secretary, address, arena_format(site->arena, "%s/post", address),
                                  "posted_on=2026-06-25"),
                     303);
}

static int change(struct site *site, const char *fields) {
    struct browser *leader = browser_new(site, BO);
    return browser_send(leader, EDIT, EDIT,
                        arena_format(site->arena, "department=Fritidsenheten&%s", fields));
}

/* PB-18: ordering before the decision has legal force warns, and wants a yes. */
static void beginning_before_legal_force_warns_PB_18(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    decided_round(site);
    assert_int_equal(browser_get(leader, EDIT), 200);
    assert_true(browser_sees(leader, "inte anslaget"));
    assert_int_equal(change(site, "state=ongoing&planned_on=2026-08-31"), 422);
    post_minutes(site);
    assert_int_equal(browser_get(leader, ROUND "/projects"), 200);
    assert_true(browser_sees(leader, "kan överklagas till"));
    assert_int_equal(change(site, "state=ongoing&planned_on=2026-08-31"), 422);
    assert_int_equal(change(site, "state=ongoing&planned_on=2026-08-31&anyway=1"), 303);
    site_close(site);
}

/* From plan to opening, as its readers see it. */
static void a_project_is_carried_out_and_opened(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY), *leader = browser_new(site, BO);
    decided_round(site);
    post_minutes(site);
    site_now = day_of_2026(7, 20) + HOURS(9);
    assert_int_equal(browser_get(reader, PROJECT), 200);
    assert_true(browser_sees(reader, "inte börjat"));
    assert_int_equal(change(site, "state=ongoing&planned_on=2026-08-31&cost_now=352000&"
                                  "words=Bryggan+%C3%A4r+best%C3%A4lld."),
                     303);
    assert_int_equal(browser_get(reader, PROJECT), 200);
    assert_true(browser_sees(reader, "Bryggan är beställd."));
    assert_true(browser_sees(reader, "352"));
    assert_true(browser_sees(reader, "31 augusti 2026"));

    site_now = day_of_2026(9, 1) + HOURS(9);
    assert_int_equal(browser_get(reader, PROJECT), 200);
    assert_true(browser_sees(reader, "Projektet är sent"));
    assert_int_equal(browser_get(leader, ROUND "/projects"), 200);
    assert_true(browser_sees(leader, "En dag sent"));
    assert_int_equal(browser_get(leader, "/todo"), 200);
    assert_true(browser_sees(leader, "Projektet Badbrygga ska vara klart"));

    assert_int_equal(change(site, "state=delayed&planned_on=2026-10-15"), 422);
    assert_int_equal(change(site, "state=delayed&planned_on=2026-08-15&words=Nej"), 422);
    assert_int_equal(
        change(site, "state=delayed&planned_on=2026-10-15&words=Is+p%C3%A5+sj%C3%B6n."), 303);
    assert_int_equal(browser_get(reader, PROJECT), 200);
    assert_true(browser_sees(reader, "Is på sjön."));
    site_now = day_of_2026(10, 10) + HOURS(9);
    assert_int_equal(change(site, "state=done&planned_on=2026-10-15&opening_on=2026-10-17&"
                                  "opening_clock=13.00&opening_place=Norra+stranden"),
                     303);
    assert_int_equal(browser_get(reader, PROJECT "/opening"), 200);
    assert_true(browser_sees(reader, "DTSTART:20261017T110000Z"));
    assert_int_equal(change(site, "state=opened&planned_on=2026-10-15&opening_on=2026-10-17&"
                                  "opening_clock=13.00"),
                     422);
    site_now = day_of_2026(10, 17) + HOURS(15);
    assert_int_equal(change(site, "state=opened&planned_on=2026-10-15&opening_on=2026-10-17&"
                                  "opening_clock=13.00"),
                     303);
    assert_int_equal(browser_get(reader, ROUND "/result"), 200);
    assert_true(browser_sees(reader, "ett är invigt"));
    site_close(site);
}

/* Dropped by a decision about the proposal; the round is followed up when nothing is left. */
static void a_project_is_dropped_by_a_decision_alone(void **state) {
    struct site *site = site_open(state);
    struct browser *secretary = browser_new(site, EBBE), *reader = browser_new(site, NOBODY);
    decided_round(site);
    const char *form = arena_format(
        site->arena, "/pages/%lld/decisions/new",
        (long long)site_integer(site, "SELECT id FROM page WHERE title = 'Badbrygga'"));
    assert_int_equal(change(site, "state=dropped"), 422);
    assert_int_equal(browser_send(secretary, form, form,
                                  "kind=dropped&body=Kommunstyrelsen&decided_on=2026-06-23&"
                                  "item=%C2%A7+90&wording=Marken+%C3%A4r+f%C3%B6rorenad."),
                     303);
    assert_int_equal(browser_get(reader, PROJECT), 200);
    assert_true(browser_sees(reader, "Projektet genomförs inte"));
    assert_true(browser_sees(reader, "Marken är förorenad."));
    struct browser *leader = browser_new(site, BO);
    assert_int_equal(
        browser_send(leader, "/follow", EDIT, "state=ongoing&department=Fritidsenheten&anyway=1"),
        422);
    test_execute(site->store, "UPDATE project SET state = 'opened' WHERE state = 'decided'");
    reader->json = true;
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "\"stage\":\"followed_up\""));
    site_close(site);
}

static void who_may_change_a_project(void **state) {
    static const int others[] = {NOBODY, ALVA, EBBE, GUN};
    struct site *site = site_open(state);
    decided_round(site);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct browser *browser = browser_new(site, others[i]);
        assert_in_range(browser_get(browser, EDIT), 401, 403);
        assert_in_range(browser_send(browser, "/follow", EDIT, "state=ongoing"), 401, 403);
        assert_int_equal(browser_get(browser, PROJECT), 200);
        assert_false(browser_sees(browser, "/edit"));
    }
    assert_int_equal(browser_get(browser_new(site, NOBODY), "/proposals/konstgras/project"), 404);
    struct browser *leader = browser_new(site, BO);
    assert_int_equal(
        browser_send(leader, EDIT, EDIT, "state=decided&department=Parkenheten&revision=7"), 409);
    site_close(site);
}

/* K13, K14 */
static void the_proposer_hears_of_news_and_of_the_opening(void **state) {
    struct site *site = site_open(state);
    decided_round(site);
    test_execute(site->store,
                 "INSERT INTO proposal_contact (tenant, page, name, email, email_key, language, "
                 "follow_hash) SELECT tenant, id, 'Gro', 'gro@exempel.se', 'gro@exempel.se', 'sv', "
                 "'x' FROM page WHERE title = 'Badbrygga'");
    assert_int_equal(change(site, "state=decided&contact=0980-31"), 303);
    assert_null(site_mail(site, "project_news"));
    assert_int_equal(change(site, "state=decided&planned_on=2026-08-31&opening_on=2026-09-05&"
                                  "opening_clock=13.00&opening_place=Norra+stranden"),
                     303);
    assert_non_null(site_mail(site, "project_news"));
    const char *opening = site_mail(site, "project_opening");
    assert_non_null(opening);
    assert_non_null(strstr(opening, "Norra stranden"));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(beginning_before_legal_force_warns_PB_18),
        TEST_ON_BOTH(a_project_is_carried_out_and_opened),
        TEST_ON_BOTH(a_project_is_dropped_by_a_decision_alone),
        TEST_ON_BOTH(who_may_change_a_project),
        TEST_ON_BOTH(the_proposer_hears_of_news_and_of_the_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
