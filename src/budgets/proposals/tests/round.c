#include "budgets/proposals/tests/round.h"

#include <string.h>

#include "platform/base/text.h"

/* ---- the round ---- */

static int64_t day(int month, int number) {
    return instant_from_civil((struct civil){2026, month, number, 0, 0, 0, 0, 0});
}

static enum error add_round(void *context, struct db *db) {
    struct round *round = context;
    struct visitor visitor = {.account = BO, .session = BO};
    struct request rq = {.tenant = round->site->tenant,
                         .now = site_now,
                         .arena = round->site->arena,
                         .visitor = &visitor,
                         .language = LANGUAGE_SV};
    struct campaign_date dates[] = {
        {campaign_step_ideas, day(6, 1), day(6, 16), ""},
        {campaign_step_assessment, day(6, 2), day(7, 1), ""},
        {campaign_step_vote, day(8, 3), day(8, 17), ""},
        {campaign_step_decision, day(9, 7), INSTANT_NONE, ""},
    };
    struct campaign_pot pots[] = {
        {1, "Hela kommunen", 100000000, pot_proposers_anyone, "För alla."},
        {2, "Föreningspotten", 50000000, pot_proposers_association, "För föreningar."},
    };
    struct campaign_criterion criteria[] = {
        {1, "Kommunen får göra det", "Det ligger inom kommunens uppdrag."},
        {2, "Till nytta för många", ""},
    };
    const struct decision framework = {.body = "Kommunstyrelsen",
                                       .delegation = "",
                                       .decided_on = day(3, 2),
                                       .item = "§ 12",
                                       .registry_no = "",
                                       .wording = "En medborgarbudget hålls.",
                                       .posted_on = INSTANT_NONE,
                                       .appeal_until = INSTANT_NONE};
    const struct campaign_plan plan = {
        .campaign = {.title = "Medborgarbudget 2026",
                     .lead = "Vad ska pengarna gå till?",
                     .page_state = page_state_published,
                     .author = BO,
                     .page_owner = BO,
                     .places = "Tjärnen\nCentrum",
                     .who_may_propose = "Alla med anknytning hit.",
                     .who_may_vote = "",
                     .eligible = eligible_verified,
                     .ballot_kind = ballot_kind_up_to,
                     .most_choices = 3,
                     .least_votes = 1,
                     .late_until = INSTANT_NONE,
                     .leftover = ""},
        .dates = {dates, sizeof dates / sizeof dates[0]},
        .pots = {pots, 2},
        .criteria = {criteria, 2},
        .framework = &framework,
    };
    return campaign_add(db, &rq, &plan, &round->page);
}

struct round round_open(void **state) {
    struct round round = {.site = site_open(state)};
    assert_int_equal(store_act(round.site->store, add_round, &round), ERR_OK);
    test_execute(round.site->store, "INSERT INTO account_role (tenant, account, role, granted_at) "
                                    "VALUES (1, 8, 'case_officer', 1780000000000000)");
    return round;
}

/* ---- proposing ---- */

const char *round_fill(struct round *round, struct browser *browser, const char *who,
                       const char *reach) {
    const char *const pages[] = {
        "body=Stigen+%C3%A4r+m%C3%B6rk.+Alla+som+g%C3%A5r+d%C3%A4r.",
        "area=Tj%C3%A4rnen&place=l%C3%A4ngs+stigen",
        "wished=300+000",
        "pot=1",
        who == NULL ? "proposer_kind=person" : who,
        reach == NULL ? "name=Gun+Inv%C3%A5nare&phone=070-123+45+67" : reach,
        "",
    };
    const char *at = ROUND "/propose";
    assert_int_equal(
        browser_send(browser, at, at, "title=Belysning+l%C3%A4ngs+stigen&lead=L%C3%A5ga+lampor."),
        303);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        at = browser_header(browser, "location");
        assert_int_equal(browser_send(browser, at, at, pages[i]), 303);
    }
    at = browser_header(browser, "location");
    assert_non_null(strstr(at, "/check"));
    (void)round;
    return at;
}

int64_t round_propose(struct round *round, struct browser *browser, const char **ret_code) {
    const char *check = round_fill(round, browser, NULL, NULL);
    assert_int_equal(browser_send(browser, check, check, ""), 303);
    const char *receipt = browser_header(browser, "location");
    assert_non_null(strstr(receipt, "/my-proposal/"));
    if (ret_code != NULL)
        *ret_code = arena_copy_span(round->site->arena, receipt + strlen("/my-proposal/"), 14);
    return site_integer(round->site, "SELECT MAX(page) FROM proposal");
}

int64_t round_add(struct round *round, const char *title, int64_t pot, const char *state) {
    struct arena *arena = round->site->arena;
    const int64_t number =
        site_integer(round->site, "SELECT COALESCE(MAX(number), 0) + 1 FROM proposal");
    test_execute(
        round->site->store,
        arena_format(arena,
                     "INSERT INTO page (tenant, kind, slug, language, title, title_key, state, "
                     "record_class, created_at, text_at, published_at, updated_at) VALUES (1, "
                     "'proposal', 'p-%lld', 'sv', '%s', '%s', 'published', 'proposal', "
                     "1780000000000000, 1780000000000000, 1780000000000000, 1780000000000000)",
                     (long long)number, title, title));
    const int64_t page = site_integer(round->site, "SELECT MAX(id) FROM page");
    test_execute(round->site->store,
                 arena_format(arena,
                              "INSERT INTO proposal (tenant, page, campaign, number, pot, place, "
                              "words_key, proposer_kind, channel, received_at, state) VALUES (1, "
                              "%lld, %lld, %lld, %lld, 'Centrum, torget', '%s', 'person', 'web', "
                              "%lld, '%s')",
                              (long long)page, (long long)round->page, (long long)number,
                              (long long)pot, text_fold(arena, title),
                              1780000000000000 + (long long)number, state));
    return page;
}

/* ---- assessing ---- */

const char round_judged[] =
    "verdict_1=met&reason_1=Marken+%C3%A4r+kommunens.&verdict_2=partly&reason_2=M%C3%A5nga+"
    "g%C3%A5r+d%C3%A4r.&investment=380+000&running=12+000&running_bearer=Tekniska&land=Kommunen"
    "&permits=Inga";

int round_assess(struct round *round, struct browser *officer, int64_t page, const char *act,
                 const char *fields) {
    struct arena *arena = round->site->arena;
    const char *here = arena_format(arena, "/proposals/%lld/assessment", (long long)page);
    assert_int_equal(browser_get(officer, here), 200);
    return browser_post(officer, arena_format(arena, "/proposals/%lld/%s", (long long)page, act),
                        arena_format(arena, "revision=%lld&%s",
                                     (long long)round_integer(round, page, "revision"), fields));
}

int64_t round_integer(struct round *round, int64_t page, const char *column) {
    return site_integer(round->site, arena_format(round->site->arena,
                                                  "SELECT %s FROM proposal WHERE page = %lld",
                                                  column, (long long)page));
}

const char *round_text(struct round *round, int64_t page, const char *column) {
    return site_text(round->site, arena_format(round->site->arena,
                                               "SELECT %s AS text FROM proposal WHERE page = %lld",
                                               column, (long long)page));
}
