#include "budgets/tests/round.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int64_t day_of_2026(int month, int day) {
    return instant_from_civil((struct civil){2026, month, day, 0, 0, 0, 0, 0});
}

struct request *round_request(struct site *site, int account, uint32_t roles) {
    struct request *rq = ARENA_NEW(site->arena, struct request);
    struct visitor *visitor = ARENA_NEW(site->arena, struct visitor);
    *visitor = (struct visitor){.account = account,
                                .session = account,
                                .second_factor = true,
                                .roles = roles | role_bit(ROLE_visitor)};
    rq->arena = site->arena;
    rq->tenant = site->tenant;
    rq->visitor = visitor;
    rq->now = site_now;
    rq->language = LANGUAGE_SV;
    return rq;
}

/* ---- the round ---- */

struct adding {
    struct request *rq;
    const struct campaign_plan *plan;
    int64_t page;
};

static enum error add_act(void *context, struct db *db) {
    struct adding *adding = context;
    return campaign_add(db, adding->rq, adding->plan, &adding->page);
}

int64_t round_add(struct site *site) {
    struct campaign_date dates[] = {
        {campaign_step_ideas, day_of_2026(3, 1), day_of_2026(4, 1), ""},
        {campaign_step_assessment, day_of_2026(3, 1), day_of_2026(5, 23), ""},
        {campaign_step_vote, day_of_2026(5, 25), day_of_2026(6, 15), ""},
        {campaign_step_decision, day_of_2026(6, 22), INSTANT_NONE, ""},
    };
    struct campaign_pot pots[] = {
        {1, "Hela kommunen", 100000000, pot_proposers_anyone, "För alla."},
        {2, "Föreningspotten", 60000000, pot_proposers_association, ""},
    };
    struct campaign_criterion criteria[] = {{1, "Till nytta för många", "Fler än en."}};
    const struct decision framework = {.body = "Kommunstyrelsen",
                                       .decided_on = day_of_2026(1, 12),
                                       .item = "§ 4",
                                       .wording = "Medborgarbudget 2026 hålls.",
                                       .posted_on = day_of_2026(1, 14)};
    const struct campaign_plan plan = {
        .campaign = {.title = "Medborgarbudget 2026",
                     .lead = "Du bestämmer vad pengarna ska gå till.",
                     .page_state = page_state_published,
                     .author = BO,
                     .page_owner = BO,
                     .places = "Centrum\nHamnen",
                     .who_may_propose = "Alla.",
                     .who_may_vote = "Alla som bor här.",
                     .most_choices = 3,
                     .least_votes = 50,
                     .late_until = INSTANT_NONE,
                     .leftover = "Det som blir över går till nästa år."},
        .dates = {dates, 4},
        .pots = {pots, 2},
        .criteria = {criteria, 1},
        .framework = &framework,
    };
    struct adding adding = {round_request(site, BO, role_bit(ROLE_process_lead)), &plan, 0};
    assert_int_equal(store_act(site->store, add_act, &adding), ERR_OK);
    return adding.page;
}

/* ---- its proposals ---- */

struct proposing {
    struct request *rq;
    int64_t campaign, page;
    struct proposal_line line;
    struct page_text words;
};

static enum error propose_act(void *context, struct db *db) {
    struct proposing *proposing = context;
    return proposal_import(db, proposing->rq, proposing->campaign, &proposing->line,
                           &proposing->words, &proposing->page);
}

int64_t round_proposal(struct site *site, int64_t campaign, const char *title, int64_t pot,
                       int64_t cost) {
    struct proposing proposing = {
        .rq = round_request(site, FATIMA, role_bit(ROLE_case_officer)),
        .campaign = campaign,
        .line = {.pot = pot,
                 .place = "Centrum",
                 .investment = cost,
                 .has_investment = true,
                 .received_at = site_now},
        .words = {title, "Till glädje för alla.", "Så här tänker vi."},
    };
    assert_int_equal(store_act(site->store, propose_act, &proposing), ERR_OK);
    test_execute(site->store, "UPDATE proposal SET running = 0, running_bearer = 'Kommunen', "
                              "land = 'Kommunen', permits = 'Inga'");
    return proposing.page;
}
