/* Assessing: taking, criteria and cost, outcome, the contact before a refusal is public, two
 * officers at once, asking, replying, withdrawing. */
#include "budgets/proposals/tests/round.h"

#include <string.h>

static const char slug[] = "/proposals/belysning-langs-stigen";

struct case_work {
    struct round round;
    struct browser *gun, *fatima, *reader;
    int64_t page;
    const char *own; /* the proposer's own page, by follow code */
};

/* A proposal that Gun has made and nobody has taken. */
static struct case_work case_open(void **state) {
    struct case_work work = {.round = round_open(state)};
    const char *code = NULL;
    work.gun = browser_new(work.round.site, GUN);
    work.fatima = browser_new(work.round.site, FATIMA);
    work.reader = browser_new(work.round.site, NOBODY);
    work.page = round_propose(&work.round, work.gun, &code);
    work.own = arena_format(work.round.site->arena, "/my-proposal/%s", code);
    return work;
}

static int assess(struct case_work *work, const char *act, const char *fields) {
    return round_assess(&work->round, work->fatima, work->page, act, fields);
}

static const char *judged_with(struct case_work *work, const char *more) {
    return arena_format(work->round.site->arena, "%s&%s", round_judged, more);
}

static void taking_a_proposal_shows_it_to_everybody(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(browser_get(work.reader, slug), 404);
    assert_int_equal(assess(&work, "take", ""), 303);
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_true(browser_sees(work.reader, "Förslaget bedöms"));
    assert_int_equal(round_integer(&work.round, work.page, "officer"), FATIMA);
    assert_int_equal(site_integer(work.round.site, "SELECT COUNT(*) FROM task WHERE word = "
                                                   "'task.assess_proposals' AND done_at IS NULL"),
                     0);
    site_close(work.round.site);
}

/* PB-4, PB-19: judged by each criterion with reason, cost, land, permits; K6; one page, one press.
 */
static void one_press_takes_assesses_and_admits(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(assess(&work, "assess", judged_with(&work, "outcome=admitted&go=next")), 303);
    assert_string_equal(browser_header(work.fatima, "location"), ROUND "/assessment");
    assert_string_equal(round_text(&work.round, work.page, "state"), "admitted");
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_true(browser_sees(work.reader, "Marken är kommunens."));
    assert_true(browser_sees(work.reader, "380\u00a0000\u00a0kr"));
    assert_true(browser_sees(work.reader, "12\u00a0000\u00a0kr om året"));
    assert_non_null(strstr(site_mail(work.round.site, "proposal_outcome"), "\"admitted\":true"));
    site_close(work.round.site);
}

static void an_outcome_wants_every_criterion_and_a_refusal_its_reason(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(assess(&work, "assess", "verdict_1=met&reason_1=Ja&outcome=admitted"), 422);
    assert_true(browser_sees(work.fatima, "Bedöm varje kriterium"));
    assert_true(browser_sees(work.fatima, ">\nJa</textarea>"));
    assert_int_equal(assess(&work, "assess", judged_with(&work, "outcome=not_admitted")), 422);
    assert_int_equal(assess(&work, "assess", "verdict_1=perhaps"), 422);
    assert_string_equal(round_text(&work.round, work.page, "state"), "received");
    site_close(work.round.site);
}

/* PB-4: the reason is public only after the proposer was contacted; the proposer sees it before. */
static void a_refusal_is_public_only_once_its_proposer_was_told(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(
        assess(&work, "assess",
               judged_with(&work, "outcome=not_admitted&reason=Marken+%C3%A4r+privat.")),
        303);
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_false(browser_sees(work.reader, "privat"));
    assert_false(browser_sees(work.reader, "Marken är kommunens."));
    assert_true(browser_sees(work.reader, "Förslaget bedöms"));
    work.reader->json = true;
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_false(browser_sees(work.reader, "privat"));
    assert_false(browser_sees(work.reader, "not_admitted"));
    assert_int_equal(browser_get(work.reader, ROUND "/proposals"), 200);
    assert_false(browser_sees(work.reader, "not_admitted"));
    work.reader->json = false;
    assert_int_equal(browser_get(work.reader, work.own), 200);
    assert_true(browser_sees(work.reader, "privat"));
    assert_non_null(strstr(site_mail(work.round.site, "proposal_outcome"), "privat"));
    assert_int_equal(assess(&work, "contact", "contacted_on=2026-06-10"), 422); /* to come */
    assert_int_equal(assess(&work, "contact", "contacted_on=2026-06-09&contacted_how=telefon"),
                     303);
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_true(browser_sees(work.reader, "privat"));
    assert_int_equal(browser_get(work.reader, ROUND "/proposals?state=ended"), 200);
    assert_true(browser_sees(work.reader, "Belysning"));
    site_close(work.round.site);
}

/* The proposer may reply once; the answer is shown beside. */
static void the_proposer_replies_once_and_is_answered(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(
        assess(&work, "assess",
               judged_with(&work, "outcome=not_admitted&reason=Privat.&contacted_on=2026-06-09")),
        303);
    const char *reply = arena_format(work.round.site->arena, "%s/reply", work.own);
    assert_int_equal(browser_send(work.reader, work.own, reply, "reply="), 422);
    assert_int_equal(browser_post(work.reader, reply, "reply=Det+st%C3%A4mmer+inte."), 303);
    assert_int_equal(browser_post(work.reader, reply, "reply=En+g%C3%A5ng+till."), 409);
    assert_int_equal(assess(&work, "reply-answer", "reply_answer=Vi+har+m%C3%A4tt+upp."), 303);
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_true(browser_sees(work.reader, "Det stämmer inte."));
    assert_true(browser_sees(work.reader, "Vi har mätt upp."));
    assert_false(browser_sees(work.reader, "En gång till."));
    site_close(work.round.site);
}

/* Two officers: the second sees that the first has saved, and keeps what was typed. */
static void two_officers_at_once_are_a_conflict(void **state) {
    struct case_work work = case_open(state);
    struct browser *ronja = browser_new(work.round.site, RONJA);
    const char *here = arena_format(work.round.site->arena, "/proposals/%lld/assessment",
                                    (long long)work.page),
               *save = arena_format(work.round.site->arena, "/proposals/%lld/assess",
                                    (long long)work.page);
    assert_int_equal(browser_get(ronja, here), 200);
    assert_int_equal(assess(&work, "assess", "land=Kommunen"), 303);
    assert_int_equal(browser_post(ronja, save, "revision=1&land=Staten"), 409);
    assert_true(browser_sees(ronja, "Någon annan har sparat"));
    assert_string_equal(round_text(&work.round, work.page, "land"), "Kommunen");
    assert_int_equal(round_assess(&work.round, ronja, work.page, "assess", "land=Staten"), 409);
    assert_int_equal(round_assess(&work.round, ronja, work.page, "take", ""), 303);
    assert_int_equal(round_assess(&work.round, ronja, work.page, "assess", "land=Staten"), 303);
    assert_string_equal(round_text(&work.round, work.page, "land"), "Staten");
    site_close(work.round.site);
}

/* K5, answered on the page of the follow code; what is said between them is not public. */
static void the_proposer_is_asked_and_answers(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(assess(&work, "take", ""), 303);
    assert_int_equal(assess(&work, "ask", "question=Vilken+del+av+stigen%3F"), 303);
    assert_non_null(strstr(site_mail(work.round.site, "proposal_question"), "Vilken del"));
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_false(browser_sees(work.reader, "Vilken del"));
    assert_int_equal(browser_send(work.reader, work.own,
                                  arena_format(work.round.site->arena, "%s/answer", work.own),
                                  "answer=Norra+delen."),
                     303);
    assert_string_equal(round_text(&work.round, work.page, "state"), "assessing");
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_false(browser_sees(work.reader, "Norra delen"));
    assert_int_equal(assess(&work, "note", "note=Ringde+och+sa+s%C3%B6dra."), 303);
    assert_int_equal(site_integer(work.round.site, "SELECT COUNT(*) FROM task WHERE word = "
                                                   "'task.proposer_answered' AND account = 6"),
                     1);
    site_close(work.round.site);
}

/* ROL-17: whoever has a stake in it hands it over. */
static void a_stake_in_it_is_handed_over(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(assess(&work, "take", ""), 303);
    assert_int_equal(assess(&work, "hand-over", "officer=8&hand_over_why="), 422);
    assert_int_equal(assess(&work, "hand-over", "officer=7&hand_over_why=J%C3%A4v"), 422);
    assert_int_equal(assess(&work, "hand-over", "officer=8&hand_over_why=J%C3%A4v"), 303);
    assert_int_equal(round_integer(&work.round, work.page, "officer"), RONJA);
    assert_int_equal(assess(&work, "assess", "land=Kommunen"), 409);
    assert_int_equal(browser_get(work.reader, slug), 200);
    assert_false(browser_sees(work.reader, "Jäv"));
    site_close(work.round.site);
}

static void a_withdrawn_proposal_stays_in_the_list(void **state) {
    struct case_work work = case_open(state);
    const char *withdraw = arena_format(work.round.site->arena, "%s/withdraw", work.own);
    assert_int_equal(assess(&work, "take", ""), 303);
    assert_int_equal(browser_send(work.reader, work.own, withdraw, ""), 422);
    assert_int_equal(browser_post(work.reader, withdraw, "sure=1"), 303);
    assert_int_equal(browser_get(work.reader, ROUND "/proposals?state=ended"), 200);
    assert_true(browser_sees(work.reader, "Återtaget"));
    assert_int_equal(assess(&work, "assess", "land=Kommunen"), 409);
    site_close(work.round.site);
}

/* LST-5: handed on with a word to the sender, never shown. */
static void what_is_no_proposal_is_handed_on_and_never_shown(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(assess(&work, "hand-on", "hand_on=Felanm%C3%A4lt+till+gatan."), 303);
    assert_int_equal(browser_get(work.reader, slug), 404);
    assert_int_equal(browser_get(work.reader, work.own), 200);
    assert_true(browser_sees(work.reader, "Felanmält till gatan."));
    assert_non_null(strstr(site_mail(work.round.site, "proposal_outcome"), "gatan"));
    site_close(work.round.site);
}

static void an_outcome_can_be_taken_back(void **state) {
    struct case_work work = case_open(state);
    assert_int_equal(assess(&work, "assess", judged_with(&work, "outcome=admitted")), 303);
    assert_int_equal(assess(&work, "reopen", ""), 303);
    assert_string_equal(round_text(&work.round, work.page, "state"), "assessing");
    assert_int_equal(assess(&work, "assess", judged_with(&work, "outcome=admitted")), 303);
    site_close(work.round.site);
}

static void who_may_what(void **state) {
    struct case_work work = case_open(state);
    const char *here = arena_format(work.round.site->arena, "/proposals/%lld/assessment",
                                    (long long)work.page),
               *take = arena_format(work.round.site->arena, "/proposals/%lld/take",
                                    (long long)work.page);
    struct browser *bo = browser_new(work.round.site, BO);
    assert_int_equal(browser_get(work.gun, here), 403);
    assert_int_equal(browser_get(work.gun, ROUND "/assessment"), 403);
    assert_int_equal(browser_get(bo, here), 200); /* a process leader sees */
    assert_int_equal(browser_post(bo, take, "revision=1"), 403);
    assert_int_equal(browser_get(work.fatima, ROUND "/assessment"), 200);
    assert_true(browser_sees(work.fatima, "1. Belysning längs stigen"));
    assert_int_equal(browser_get(work.reader, "/my-proposal/0000-0000-0000"), 404);
    assert_int_equal(browser_get(bo, arena_format(work.round.site->arena, "/my-proposal/%lld",
                                                  (long long)work.page)),
                     404);
    site_close(work.round.site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(taking_a_proposal_shows_it_to_everybody),
        TEST_ON_BOTH(one_press_takes_assesses_and_admits),
        TEST_ON_SQLITE(an_outcome_wants_every_criterion_and_a_refusal_its_reason),
        TEST_ON_BOTH(a_refusal_is_public_only_once_its_proposer_was_told),
        TEST_ON_BOTH(the_proposer_replies_once_and_is_answered),
        TEST_ON_BOTH(two_officers_at_once_are_a_conflict),
        TEST_ON_BOTH(the_proposer_is_asked_and_answers),
        TEST_ON_SQLITE(a_stake_in_it_is_handed_over),
        TEST_ON_BOTH(a_withdrawn_proposal_stays_in_the_list),
        TEST_ON_BOTH(what_is_no_proposal_is_handed_on_and_never_shown),
        TEST_ON_BOTH(an_outcome_can_be_taken_back),
        TEST_ON_SQLITE(who_may_what),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
