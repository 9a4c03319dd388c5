/* Proposing: one question a page, drafts, the deadline, who may use which pot, names, receipt. */
#include "budgets/proposals/tests/round.h"

#include <string.h>

static int64_t closing(void) {
    return instant_from_civil((struct civil){2026, 6, 16, 0, 0, 0, 0, 0});
}

/* REC-1, LST-4: received at the moment of the receipt; reference and follow code, K4. */
static void a_proposal_comes_in_with_receipt_code_task_and_mail(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    const char *code = NULL;
    const int64_t page = round_propose(&round, gun, &code);
    assert_int_equal(round_integer(&round, page, "received_at"), site_now);
    assert_int_equal(round_integer(&round, page, "number"), 1);
    assert_int_equal(round_integer(&round, page, "wished"), 30000000);
    assert_string_equal(round_text(&round, page, "place"), "Tjärnen, längs stigen");
    assert_string_equal(round_text(&round, page, "channel"), "web");
    assert_non_null(strstr(site_mail(round.site, "proposal_received"), code));
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM task WHERE word = "
                                              "'task.assess_proposals' AND done_at IS NULL"),
                     1);
    /* The code itself is not kept. */
    assert_int_equal(
        site_integer(round.site, arena_format(round.site->arena,
                                              "SELECT COUNT(*) FROM proposal_contact WHERE "
                                              "follow_hash LIKE '%%%s%%'",
                                              code)),
        0);
    struct browser *anybody = browser_new(round.site, NOBODY);
    assert_int_equal(browser_get(anybody, arena_format(round.site->arena, "/my-proposal/%s", code)),
                     200);
    assert_true(browser_sees(anybody, "Belysning längs stigen"));
    /* Not yet public: nobody has looked at it. */
    assert_int_equal(browser_get(anybody, "/proposals/belysning-langs-stigen"), 404);
    assert_int_equal(browser_get(anybody, ROUND "/proposals"), 200);
    assert_false(browser_sees(anybody, "Belysning"));
    site_close(round.site);
}

static void each_page_keeps_what_was_typed_and_refuses_what_is_missing(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    assert_int_equal(browser_send(gun, ROUND "/propose", ROUND "/propose", "title=Lampor&lead="),
                     422);
    assert_true(browser_sees(gun, "value=\"Lampor\""));
    assert_true(browser_sees(gun, "href=\"#lead\""));
    assert_int_equal(browser_post(gun, ROUND "/propose", "title=Lampor&lead=L%C3%A5ga."), 303);
    const char *why = browser_header(gun, "location");
    assert_int_equal(browser_send(gun, why, why, "body=M%C3%B6rkt&go=back"), 303);
    const char *what = browser_header(gun, "location");
    assert_int_equal(browser_get(gun, what), 200);
    assert_true(browser_sees(gun, "value=\"Lampor\""));
    assert_int_equal(browser_get(gun, why), 200);
    assert_true(browser_sees(gun, "Mörkt</textarea>"));
    assert_int_equal(browser_get(gun, ROUND "/propose"), 200);
    assert_true(browser_sees(gun, "Lampor</a>"));
    site_close(round.site);
}

/* A2: without an account everything up to the sending; then the address is proved by a code
 * (QUA-11), and the draft is there for the account in the same browser. */
static void the_address_is_proved_before_the_sending(void **state) {
    struct round round = round_open(state);
    struct browser *browser = browser_new(round.site, NOBODY);
    const char *check = round_fill(&round, browser, NULL, NULL);
    assert_int_equal(browser_send(browser, check, check, ""), 303);
    assert_string_equal(browser_header(browser, "location"),
                        arena_format(round.site->arena, "/login?next=%s", check));
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal"), 0);
    browser->cookies =
        arena_format(round.site->arena, "%s; __Host-session=%d", browser->cookies, GUN);
    assert_int_equal(browser_send(browser, check, check, ""), 303);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal"), 1);
    assert_int_equal(site_integer(round.site, "SELECT account FROM proposal_contact"), GUN);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM draft"), 0);
    site_close(round.site);
}

static void a_draft_is_its_givers_alone(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN), *bo = browser_new(round.site, BO),
                   *nobody = browser_new(round.site, NOBODY);
    const char *check = round_fill(&round, gun, NULL, NULL);
    assert_int_equal(browser_get(bo, check), 404);
    assert_int_equal(browser_get(nobody, check), 404);
    site_close(round.site);
}

/* A2: 23.59.59 is accepted; at 00.00.00 the page keeps the text. */
static void the_deadline_accepts_through_the_last_second(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN), *cilla = browser_new(round.site, CILLA);
    const char *in_time = round_fill(&round, gun, NULL, NULL),
               *late = round_fill(&round, cilla, NULL, NULL);
    site_now = closing() - 1;
    assert_int_equal(browser_send(gun, in_time, in_time, ""), 303);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal"), 1);
    assert_int_equal(browser_get(cilla, late), 200);
    site_now = closing();
    assert_int_equal(browser_post(cilla, late, ""), 303);
    assert_string_equal(browser_header(cilla, "location"), late);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal"), 1);
    assert_int_equal(browser_get(cilla, late), 200);
    assert_true(browser_sees(cilla, "Belysning längs stigen"));
    assert_true(browser_sees(cilla, "Tiden för förslag är över"));
    assert_true(browser_sees(cilla, "15 juni 2026 kl. 23.59"));
    assert_int_equal(browser_get(gun, ROUND "/propose"), 200);
    assert_false(browser_sees(gun, "<textarea"));
    site_close(round.site);
}

static void before_the_first_day_the_page_says_when(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    site_now -= DAYS(30);
    assert_int_equal(browser_get(gun, ROUND "/propose"), 200);
    assert_true(browser_sees(gun, "1 juni 2026"));
    assert_false(browser_sees(gun, "<textarea"));
    site_close(round.site);
}

/* PB-2. */
static void the_association_pot_takes_no_persons_proposal(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    const char *check = round_fill(&round, gun, NULL, NULL);
    const char *folder = arena_copy_span(round.site->arena, check, strlen(check) - strlen("check"));
    const char *pot = arena_format(round.site->arena, "%spot", folder),
               *who = arena_format(round.site->arena, "%swho", folder);
    assert_int_equal(browser_send(gun, pot, pot, "pot=2"), 303);
    assert_int_equal(browser_send(gun, who, who, "proposer_kind=person"), 422);
    assert_true(browser_sees(gun, "är för föreningar"));
    assert_int_equal(browser_send(gun, check, check, ""), 303);
    assert_string_equal(browser_header(gun, "location"), who);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal"), 0);
    assert_int_equal(browser_send(gun, who, who,
                                  "proposer_kind=association&association=Kanot"
                                  "klubben&organisation_no=802000-0001"),
                     422);
    assert_int_equal(browser_send(gun, who, who,
                                  "proposer_kind=association&association=Kanot"
                                  "klubben&organisation_no=212000-0142"),
                     303);
    assert_int_equal(browser_send(gun, check, check, ""), 303);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal WHERE pot = 2 AND "
                                              "proposer_shown = 'Kanotklubben'"),
                     1);
    site_close(round.site);
}

/* PB-13: the name is shown only when the proposer says so, a child's never; told that it is a
 * record anyway. */
static void names_are_shown_as_chosen_and_childrens_never(void **state) {
    static const char *const reach[] = {"name=Gun+B&phone=1", "name=Gun+B&phone=1&show_name=1",
                                        "name=Lo+B&is_child=1&adult=Gun+B,+070&show_name=1"};
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    for (int i = 0; i < 3; i++) {
        const char *check = round_fill(&round, gun, NULL, reach[i]);
        assert_int_equal(browser_send(gun, check, check, ""), 303);
        const char *shown = site_text(round.site, "SELECT proposer_shown AS text FROM proposal "
                                                  "ORDER BY number DESC");
        if (i == 1)
            assert_string_equal(shown, "Gun B");
        else
            assert_null(shown);
    }
    assert_string_equal(
        site_text(round.site, "SELECT adult AS text FROM proposal_contact ORDER BY page DESC"),
        "Gun B, 070");
    const char *check = round_fill(&round, gun, NULL, NULL);
    const char *to =
        arena_format(round.site->arena, "%.*sreach", (int)(strlen(check) - strlen("check")), check);
    assert_int_equal(browser_get(gun, to), 200);
    assert_true(browser_sees(gun, "allmän handling"));
    assert_int_equal(browser_post(gun, to, "name=Lo&is_child=1"), 422);
    site_close(round.site);
}

static void a_personal_number_is_not_to_be_shown(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    assert_int_equal(browser_send(gun, ROUND "/propose", ROUND "/propose",
                                  "title=Lampor&lead=Jag+heter+19811218-9876"),
                     422);
    assert_true(browser_sees(gun, "personnummer"));
    site_close(round.site);
}

/* PB-5: staff enter by the same form what came by telephone or paper, in time. */
static void staff_enter_what_came_otherwise(void **state) {
    static const char *const pages[] = {"title=Fler+b%C3%A4nkar&lead=Att+vila.",
                                        "body=F%C3%B6r+%C3%A4ldre.",
                                        "place=Torget",
                                        "wished=",
                                        "pot=1",
                                        "proposer_kind=person",
                                        "name=Astrid&phone=0980-1",
                                        "",
                                        ""};
    struct round round = round_open(state);
    struct browser *fatima = browser_new(round.site, FATIMA);
    site_now = closing() + DAYS(2);
    assert_int_equal(browser_send(fatima, ROUND "/propose", ROUND "/propose",
                                  "channel=paper&received_on=2026-06-17"),
                     422); /* came too late */
    assert_int_equal(browser_post(fatima, ROUND "/propose", "channel=paper&received_on=2026-06-15"),
                     303);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        const char *at = browser_header(fatima, "location");
        assert_int_equal(browser_send(fatima, at, at, pages[i]), 303);
    }
    assert_int_equal(browser_get(fatima, browser_header(fatima, "location")), 200);
    assert_true(browser_sees(fatima, "Läs upp koden"));
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal WHERE channel = "
                                              "'paper'"),
                     1);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal_contact WHERE "
                                              "account IS NULL AND email IS NULL"),
                     1);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM outbox"), 0);
    site_close(round.site);
}

/* PB-5: those that are like it are shown before it is sent. */
static void similar_ones_are_shown(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    round_add(&round, "Belysning vid stigen", 1, "assessing");
    round_add(&round, "Fotbollsplan i Centrum", 1, "assessing");
    const char *check = round_fill(&round, gun, NULL, NULL);
    const char *similar = arena_format(round.site->arena, "%.*ssimilar",
                                       (int)(strlen(check) - strlen("check")), check);
    assert_int_equal(browser_get(gun, similar), 200);
    assert_true(browser_sees(gun, "Belysning vid stigen"));
    assert_false(browser_sees(gun, "Fotbollsplan"));
    site_close(round.site);
}

/* The same form sent twice is one proposal. */
static void pressed_twice_it_is_one(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    const char *check = round_fill(&round, gun, NULL, NULL);
    assert_int_equal(browser_send(gun, check, check, ""), 303);
    const char *first = browser_header(gun, "location");
    assert_int_equal(browser_post(gun, check, ""), 303);
    assert_string_equal(browser_header(gun, "location"), first);
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal"), 1);
    site_close(round.site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(a_proposal_comes_in_with_receipt_code_task_and_mail),
        TEST_ON_SQLITE(each_page_keeps_what_was_typed_and_refuses_what_is_missing),
        TEST_ON_BOTH(the_address_is_proved_before_the_sending),
        TEST_ON_SQLITE(a_draft_is_its_givers_alone),
        TEST_ON_SQLITE(the_deadline_accepts_through_the_last_second),
        TEST_ON_SQLITE(before_the_first_day_the_page_says_when),
        TEST_ON_BOTH(the_association_pot_takes_no_persons_proposal),
        TEST_ON_SQLITE(names_are_shown_as_chosen_and_childrens_never),
        TEST_ON_SQLITE(a_personal_number_is_not_to_be_shown),
        TEST_ON_BOTH(staff_enter_what_came_otherwise),
        TEST_ON_BOTH(similar_ones_are_shown),
        TEST_ON_SQLITE(pressed_twice_it_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
