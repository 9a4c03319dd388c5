/* Pages of a round: who sees what, forms that refuse, announcing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "budgets/tests/round.h"

#define ROUND "/budgets/medborgarbudget-2026"
#define DRAFT "/budgets/medborgarbudget-2027"

static void a_round_shows_each_what_they_may_see(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY), *leader = browser_new(site, BO);
    site_now = day_of_2026(3, 10) + HOURS(12);
    const int64_t round = round_add(site);
    round_proposal(site, round, "Bänkar vid torget", 1, 14500000);
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "Lämna ett förslag"));
    assert_true(browser_sees(reader, "22 dagar kvar") || browser_sees(reader, "21 dagar kvar"));
    assert_true(browser_sees(reader, "Bänkar vid torget"));
    assert_true(browser_sees(reader, "Kommunstyrelsen beslutade"));
    assert_false(browser_sees(reader, "/manage"));
    assert_true(reader->reply.statements <= 12);
    reader->json = leader->json = true;
    assert_int_equal(browser_get(reader, ROUND), 200);
    GOLDEN("show_visitor", reader->reply.body);
    assert_int_equal(browser_get(browser_new(site, GUN), ROUND "/manage"), 403);
    assert_int_equal(browser_get(leader, ROUND), 200);
    GOLDEN("show_leader", leader->reply.body);
    assert_int_equal(browser_get(leader, ROUND "/manage"), 200);
    GOLDEN("manage_leader", leader->reply.body);
    assert_true(leader->reply.statements <= 18);
    assert_int_equal(browser_get(reader, ROUND "/rules"), 200);
    GOLDEN("rules_visitor", reader->reply.body);
    assert_int_equal(browser_get(reader, "/budgets"), 200);
    GOLDEN("list_visitor", reader->reply.body);
    site_close(site);
}

static void the_clock_says_what_can_be_done(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    site_now = day_of_2026(2, 1);
    round_add(site);
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "Förslag tas emot från 1 mars 2026."));
    assert_int_equal(browser_get(reader, "/"), 200);
    assert_true(browser_sees(reader, "Kungjord"));
    site_now = day_of_2026(4, 1) - 1;
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "sista dagen i dag"));
    assert_true(browser_sees(reader, "Steg 1 av 4: Idéer"));
    site_now = day_of_2026(4, 1);
    assert_int_equal(browser_get(reader, ROUND), 200);
    assert_true(browser_sees(reader, "Röstningen öppnar 25 maj 2026."));
    assert_true(browser_sees(reader, "Steg 2 av 4: Bedömning"));
    site_close(site);
}

static int64_t begin(struct browser *leader) {
    assert_int_equal(browser_send(leader, "/budgets/new", "/budgets/new",
                                  "title=Medborgarbudget+2027&lead=Var+med&who_may_propose=Alla&"
                                  "who_may_vote=Alla"),
                     303);
    return site_integer(leader->site, "SELECT id FROM page WHERE slug = 'medborgarbudget-2027'");
}

static void a_draft_is_nothing_to_others(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *other = browser_new(site, CILLA),
                   *reader = browser_new(site, GUN), *editor = browser_new(site, ALVA);
    begin(leader);
    assert_int_equal(browser_get(leader, DRAFT "/manage"), 200);
    assert_int_equal(browser_get(reader, DRAFT), 404);
    assert_int_equal(browser_get(reader, DRAFT "/manage"), 404);
    assert_int_equal(browser_get(reader, DRAFT "/rules"), 404);
    assert_int_equal(browser_get(reader, "/budgets/new"), 403);
    assert_int_equal(browser_get(editor, "/budgets/new"), 403);
    /* Another leader knows of it and changes nothing. */
    assert_int_equal(browser_get(other, DRAFT "/manage"), 200);
    assert_int_equal(browser_get(other, DRAFT "/pots"), 403);
    site_close(site);
}

/* PB-1: the field is named and what was typed stays. */
static void dates_out_of_order_are_refused_PB_1(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    begin(leader);
    assert_int_equal(browser_send(leader, DRAFT "/dates", DRAFT "/dates",
                                  "ideas_from=2027-01-15&ideas_to=2027-02-15&vote_from=2027-02-15"
                                  "&vote_to=2027-03-01"),
                     422);
    assert_true(browser_sees(leader, "id=\"vote_from-e\""));
    assert_true(browser_sees(leader, "2027-02-15"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM campaign_step"), 0);
    assert_int_equal(browser_post(leader, DRAFT "/dates",
                                  "ideas_from=2027-01-15&ideas_to=2027-02-15&"
                                  "assessment_from=2027-01-15&assessment_to=2027-02-14"),
                     422);
    assert_true(browser_sees(leader, "id=\"assessment_to-e\""));
    assert_int_equal(browser_post(leader, DRAFT "/dates",
                                  "ideas_from=2027-01-15&ideas_to=2027-02-15&"
                                  "assessment_from=2027-01-15&assessment_to=2027-03-01&"
                                  "vote_from=2027-03-02&vote_to=2027-03-20&late_to=2027-03-19"),
                     422);
    assert_true(browser_sees(leader, "id=\"late_to-e\""));
    assert_int_equal(browser_post(leader, DRAFT "/dates",
                                  "ideas_from=2027-01-15&ideas_to=2027-02-15&"
                                  "assessment_from=2027-01-15&assessment_to=2027-03-01&"
                                  "vote_from=2027-03-02&vote_to=2027-03-20&late_to=2027-03-25"),
                     303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM campaign_step"), 3);
    site_close(site);
}

static void a_date_that_has_been_stands(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    site_now = day_of_2026(3, 10);
    round_add(site);
    assert_int_equal(browser_send(leader, ROUND "/dates", ROUND "/dates",
                                  "ideas_from=2026-03-05&ideas_to=2026-04-02&"
                                  "assessment_from=2026-03-05&assessment_to=2026-05-22&"
                                  "vote_from=2026-05-25&vote_to=2026-06-14&decision_on=2026-06-22"),
                     422);
    assert_true(browser_sees(leader, "id=\"ideas_from-e\""));
    assert_int_equal(browser_post(leader, ROUND "/dates",
                                  "ideas_from=2026-03-01&ideas_to=2026-04-02&"
                                  "assessment_from=2026-03-01&assessment_to=2026-05-22&"
                                  "vote_from=2026-05-25&vote_to=2026-06-14&decision_on=2026-06-22"),
                     303);
    assert_int_equal(
        site_integer(site, "SELECT COUNT(*) FROM audit_payload WHERE payload LIKE '%dates%'"), 1);
    site_close(site);
}

/* Sums and criteria are the body's once the round is announced. */
static void what_was_decided_cannot_change(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    site_now = day_of_2026(3, 10);
    round_add(site);
    assert_int_equal(browser_get(leader, ROUND "/pots"), 200);
    assert_true(browser_sees(leader, "kan inte ändras"));
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/pots/1",
                                  "title=Alla&sum=5+000+000&proposers=anyone"),
                     422);
    assert_int_equal(browser_send(leader, ROUND "/about", ROUND "/criteria", "title=Nytt&about="),
                     422);
    assert_int_equal(site_integer(site, "SELECT SUM(sum) FROM campaign_pot"), 160000000);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM campaign_criterion"), 1);
    site_close(site);
}

static void nothing_is_announced_without_a_decision(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *registrar = browser_new(site, EBBE);
    const int64_t page = begin(leader);
    test_execute(site->store,
                 "INSERT INTO campaign_pot (tenant, campaign, pot, title, sum, proposers) SELECT "
                 "1, page, 1, 'Hela', 100, 'anyone' FROM campaign");
    test_execute(site->store,
                 "INSERT INTO campaign_criterion (tenant, campaign, criterion, title) SELECT 1, "
                 "page, 1, 'Nytta' FROM campaign");
    test_execute(site->store, "UPDATE campaign SET leftover = 'Till nästa år.'");
    assert_int_equal(browser_send(leader, DRAFT "/dates", DRAFT "/dates",
                                  "ideas_from=2027-01-15&ideas_to=2027-02-15&vote_from=2027-03-02"
                                  "&vote_to=2027-03-20&decision_on=2027-04-01"),
                     303);
    assert_int_equal(browser_send(leader, DRAFT "/about", DRAFT "/announce", ""), 422);
    assert_true(browser_sees(leader, "utan rambeslut"));
    const char *decide = arena_format(site->arena, "/pages/%lld/decisions/new", (long long)page);
    assert_int_equal(browser_get(leader, decide), 403);
    assert_int_equal(browser_send(registrar, decide, decide,
                                  "kind=framework&body=Kommunstyrelsen&decided_on=2026-06-01&"
                                  "item=%C2%A7+84&wording=Ja.&posted_on=2026-06-05"),
                     303);
    assert_int_equal(
        site_integer(site, "SELECT COUNT(*) FROM task WHERE cause LIKE 'budget.announce:%'"), 1);
    assert_int_equal(browser_send(leader, DRAFT "/announce", DRAFT "/announce", ""), 303);
    assert_int_equal(browser_get(browser_new(site, NOBODY), DRAFT), 200);
    site_close(site);
}

struct refusing {
    struct request *rq;
    const struct campaign_plan *plan;
};

static enum error refused_act(void *context, struct db *db) {
    const struct refusing *refusing = context;
    int64_t page = 0;
    return campaign_add(db, refusing->rq, refusing->plan, &page);
}

static void a_round_in_one_call_obeys_the_same_rules(void **state) {
    struct site *site = site_open(state);
    struct campaign_date wrong[] = {{campaign_step_ideas, 10, 20, ""},
                                    {campaign_step_vote, 15, 30, ""}};
    struct campaign_plan plan = {
        .campaign = {.title = "Fel", .page_state = page_state_draft, .late_until = INSTANT_NONE},
        .dates = {wrong, 2}};
    const struct refusing refusing = {round_request(site, BO, role_bit(ROLE_process_lead)), &plan};
    assert_int_equal(store_act(site->store, refused_act, (void *)&refusing), ERR_INVALID);
    plan.dates.count = 1;
    plan.campaign.page_state = page_state_published;
    assert_int_equal(store_act(site->store, refused_act, (void *)&refusing), ERR_FORBIDDEN);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM campaign"), 0);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(a_round_shows_each_what_they_may_see),
        TEST_ON_BOTH(the_clock_says_what_can_be_done),
        TEST_ON_SQLITE(a_draft_is_nothing_to_others),
        TEST_ON_BOTH(dates_out_of_order_are_refused_PB_1),
        TEST_ON_BOTH(a_date_that_has_been_stands),
        TEST_ON_SQLITE(what_was_decided_cannot_change),
        TEST_ON_BOTH(nothing_is_announced_without_a_decision),
        TEST_ON_BOTH(a_round_in_one_call_obeys_the_same_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
