/* The list, what a round is told of its proposals, what each role sees, personal data, budgets of
 * statements. */
#include "budgets/proposals/tests/round.h"

#include <string.h>

static void the_list_is_narrowed_by_links(void **state) {
    struct round round = round_open(state);
    struct browser *reader = browser_new(round.site, NOBODY);
    assert_int_equal(browser_get(reader, ROUND "/proposals"), 200);
    assert_true(browser_sees(reader, "Inga förslag visas än"));
    round_add(&round, "Odlingslådor", 1, "admitted");
    round_add(&round, "Kanoter", 2, "assessing");
    round_add(&round, "Torg", 1, "withdrawn");
    assert_int_equal(browser_get(reader, ROUND "/proposals"), 200);
    assert_true(browser_sees(reader, "Odlingslådor") && browser_sees(reader, "Kanoter"));
    assert_false(browser_sees(reader, "Torg</a>"));
    assert_int_equal(browser_get(reader, ROUND "/proposals?pot=2"), 200);
    assert_true(browser_sees(reader, "Kanoter"));
    assert_false(browser_sees(reader, "Odlingslådor"));
    assert_int_equal(browser_get(reader, ROUND "/proposals?state=ended"), 200);
    assert_true(browser_sees(reader, "Torg</a>"));
    assert_int_equal(browser_get(reader, ROUND "/proposals?place=Tj%C3%A4rnen"), 200);
    assert_true(browser_sees(reader, "Inget förslag passar"));
    assert_int_equal(browser_get(reader, ROUND "/proposals?q=kanot&page=1"), 200);
    assert_true(browser_sees(reader, "Kanoter"));
    assert_int_equal(browser_get(reader, ROUND "/proposals?q=100%25_"), 200);
    assert_true(browser_sees(reader, "Inget förslag passar"));
    assert_int_equal(browser_get(reader, ROUND "/proposals?pot=x&state=y&place=z&page=-3"), 200);
    site_close(round.site);
}

static void the_list_has_pages(void **state) {
    struct round round = round_open(state);
    struct browser *reader = browser_new(round.site, NOBODY);
    for (int i = 0; i < 30; i++)
        round_add(&round, arena_format(round.site->arena, "nummer %d", i + 1), 1, "assessing");
    assert_int_equal(browser_get(reader, ROUND "/proposals"), 200);
    assert_true(browser_sees(reader, "Visar 24 av 30"));
    assert_true(browser_sees(reader, "page=2"));
    assert_true(reader->reply.statements <= 12);
    assert_int_equal(browser_get(reader, ROUND "/proposals?page=2"), 200);
    assert_true(browser_sees(reader, "nummer 1</a>"));
    assert_false(browser_sees(reader, "nummer 30</a>"));
    site_close(round.site);
}

/* ---- what other folders ask ---- */

struct answers {
    struct round *round;
    struct proposals_missing missing;
    struct proposal_line_list admitted, drawn, again, other;
    struct proposal_count_list counts;
    int64_t total;
};

static enum error ask(void *context, struct db *db) {
    struct answers *answers = context;
    struct arena *arena = answers->round->site->arena;
    const int64_t campaign = answers->round->page;
    struct proposal_filter filter = {.order = proposal_order_drawn, .seed = 3, .limit = 24};
    TRY(proposals_missing_find(db, arena, 1, campaign, &answers->missing));
    TRY(proposals_admitted(db, arena, 1, campaign, &answers->admitted));
    TRY(proposal_counts_find(db, arena, 1, campaign, &answers->counts));
    TRY(proposals_find(db, arena, 1, campaign, &filter, &answers->drawn, &answers->total));
    TRY(proposals_find(db, arena, 1, campaign, &filter, &answers->again, &answers->total));
    filter.seed = 4;
    return proposals_find(db, arena, 1, campaign, &filter, &answers->other, &answers->total);
}

static bool same_order(const struct proposal_line_list *a, const struct proposal_line_list *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = a->at[i].page == b->at[i].page;
    return same;
}

/* PB-4, PB-19: what hinders locking; PB-6: an order of its own for each seed. */
static void a_round_is_told_what_it_asks(void **state) {
    struct round round = round_open(state);
    struct answers answers = {.round = &round};
    for (int i = 0; i < 12; i++)
        round_add(&round, arena_format(round.site->arena, "t%d", i), 1, "admitted");
    const int64_t dear = round_add(&round, "dyrt", 2, "admitted");
    round_add(&round, "nytt", 2, "received");
    round_add(&round, "nej", 2, "not_admitted");
    test_execute(round.site->store, arena_format(round.site->arena,
                                                 "UPDATE proposal SET investment = 60000000, "
                                                 "running = 0, land = 'x', permits = 'x' "
                                                 "WHERE page = %lld",
                                                 (long long)dear));
    assert_int_equal(store_act(round.site->store, ask, &answers), ERR_OK);
    assert_int_equal(answers.missing.admitted, 13);
    assert_int_equal(answers.missing.unsettled, 1);
    assert_int_equal(answers.missing.not_contacted, 1);
    assert_int_equal(answers.missing.no_cost, 12);
    assert_int_equal(answers.missing.no_land, 12);
    assert_int_equal(answers.missing.too_dear, 1);
    assert_int_equal(answers.admitted.count, 13);
    assert_int_equal(answers.admitted.at[0].number, 1);
    assert_int_equal(answers.total, 15); /* the refused one is as one being assessed */
    assert_int_equal(answers.counts.count, 2);
    assert_int_equal(answers.counts.at[1].standing, 3);
    assert_int_equal(answers.counts.at[1].not_admitted, 0);
    assert_true(same_order(&answers.drawn, &answers.again));
    assert_false(same_order(&answers.drawn, &answers.other));
    site_close(round.site);
}

static enum error import(void *context, struct db *db) {
    struct round *round = context;
    struct visitor visitor = {0};
    struct request rq = {
        .tenant = 1, .now = site_now, .arena = round->site->arena, .visitor = &visitor};
    const struct proposal_line line = {.number = 17,
                                       .pot = 1,
                                       .place = "Centrum",
                                       .investment = 100,
                                       .has_investment = true,
                                       .received_at = site_now};
    int64_t page = 0;
    return proposal_import(db, &rq, round->page, &line,
                           &(const struct page_text){"Lekplats", "Gungor.", ""}, &page);
}

static void an_imported_proposal_is_admitted_and_public(void **state) {
    struct round round = round_open(state);
    struct browser *reader = browser_new(round.site, NOBODY);
    assert_int_equal(store_act(round.site->store, import, &round), ERR_OK);
    assert_int_equal(browser_get(reader, "/proposals/lekplats"), 200);
    assert_true(browser_sees(reader, "Förslag 17 i"));
    site_close(round.site);
}

/* ---- what each role sees ---- */

/* The proposer's contact is on no public page and in no public JSON. */
static void readers_never_see_how_the_proposer_is_reached(void **state) {
    static const char *const secret[] = {"070-123", "Gun Invånare", "person7@", "Vilken del"};
    static const char *const pages[] = {"/proposals/belysning-langs-stigen", ROUND "/proposals",
                                        ROUND "/proposals?state=all"};
    struct round round = round_open(state);
    struct browser *reader = browser_new(round.site, NOBODY), *gun = browser_new(round.site, GUN),
                   *fatima = browser_new(round.site, FATIMA);
    const int64_t page = round_propose(&round, gun, NULL);
    assert_int_equal(
        round_assess(&round, fatima, page, "assess",
                     arena_format(round.site->arena, "%s&outcome=admitted", round_judged)),
        303);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        for (int json = 0; json < 2; json++) {
            reader->json = json == 1;
            assert_int_equal(browser_get(reader, pages[i]), 200);
            assert_true(reader->reply.statements <= 20);
            for (size_t s = 0; s < sizeof secret / sizeof secret[0]; s++)
                assert_false(browser_sees(reader, secret[s]));
        }
    site_close(round.site);
}

static void each_role_sees_its_own(void **state) {
    static const struct {
        const char *name;
        int who;
    } roles[] = {{"show.visitor", NOBODY}, {"show.proposer", GUN}, {"show.case_officer", FATIMA}};
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN), *fatima = browser_new(round.site, FATIMA);
    const int64_t page = round_propose(&round, gun, NULL);
    assert_int_equal(
        round_assess(&round, fatima, page, "assess",
                     arena_format(round.site->arena, "%s&outcome=admitted", round_judged)),
        303);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct browser *browser = browser_new(round.site, roles[i].who);
        browser->json = true;
        assert_int_equal(browser_get(browser, "/proposals/belysning-langs-stigen"), 200);
        GOLDEN(roles[i].name, browser->reply.body);
    }
    fatima->json = true;
    assert_int_equal(
        browser_get(fatima,
                    arena_format(round.site->arena, "/proposals/%lld/assessment", (long long)page)),
        200);
    GOLDEN("assess.case_officer", fatima->reply.body);
    assert_true(fatima->reply.statements <= 16);
    site_close(round.site);
}

/* ---- personal data (QUA-4) ---- */

struct personal {
    struct arena *arena;
    struct buffer into;
};

static enum error extract_and_erase(void *context, struct db *db) {
    struct personal *personal = context;
    TRY(proposal_register.extract(db, personal->arena, 1, GUN, &personal->into));
    return proposal_register.erase(db, personal->arena, 1, GUN, site_now);
}

static void an_erased_account_leaves_the_proposal_without_a_name(void **state) {
    struct round round = round_open(state);
    struct browser *gun = browser_new(round.site, GUN);
    struct personal personal = {round.site->arena, buffer_in(round.site->arena, 1 << 16)};
    const char *check = round_fill(&round, gun, NULL, "name=Gun+B&phone=070&show_name=1");
    assert_int_equal(browser_send(gun, check, check, ""), 303);
    const char *own = browser_header(gun, "location");
    assert_int_equal(store_act(round.site->store, extract_and_erase, &personal), ERR_OK);
    assert_non_null(strstr(buffer_string(&personal.into), "Gun B"));
    assert_non_null(strstr(buffer_string(&personal.into), "070"));
    assert_int_equal(site_integer(round.site, "SELECT COUNT(*) FROM proposal_contact WHERE name "
                                              "IS NULL AND phone IS NULL AND email IS NULL AND "
                                              "account IS NULL"),
                     1);
    assert_int_equal(
        site_integer(round.site, "SELECT COUNT(*) FROM proposal WHERE proposer_shown IS NULL"), 1);
    assert_int_equal(browser_get(browser_new(round.site, NOBODY), own), 200);
    site_close(round.site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(the_list_is_narrowed_by_links),
        TEST_ON_BOTH(the_list_has_pages),
        TEST_ON_BOTH(a_round_is_told_what_it_asks),
        TEST_ON_BOTH(an_imported_proposal_is_admitted_and_public),
        TEST_ON_BOTH(readers_never_see_how_the_proposer_is_reached),
        TEST_ON_BOTH(each_role_sees_its_own),
        TEST_ON_BOTH(an_erased_account_leaves_the_proposal_without_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
