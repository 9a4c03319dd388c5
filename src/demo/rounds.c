/* Rounds of participatory budgets, one in each step, told from their dates. */
#include "demo/rounds.h"

#include <assert.h>
#include <stdlib.h>

#include "platform/base/text.h"

static const char area[] = "Centrum\nHamnen\nTjärnen\nNorrbyn\nVästerhed\nÅvik\nKråkberget";

int64_t round_day(const struct round *round, int day) {
    return fill_day(round->fill, round->vote_ends + day);
}

/* ---- dates, pots, criteria ---- */

/* From the first moment of one day to the last of another. */
static struct campaign_date step_of(const struct round *round, enum campaign_step step, int first,
                                    int last) {
    const int64_t today = round->fill->now;
    return (struct campaign_date){
        .step = (int)step,
        .starts_at = instant_day_start(today, round->vote_ends + first),
        .ends_at = instant_day_start(today, round->vote_ends + last + 1),
        .about = "",
    };
}

static struct campaign_date_list round_dates(const struct round *round) {
    const struct campaign_date dates[] = {
        step_of(round, campaign_step_publicity, ANNOUNCED, IDEAS_FIRST - 1),
        step_of(round, campaign_step_ideas, IDEAS_FIRST, IDEAS_LAST),
        step_of(round, campaign_step_assessment, IDEAS_FIRST, ASSESSED_LAST),
        step_of(round, campaign_step_vote, VOTE_FIRST, 0),
        step_of(round, campaign_step_decision, DECIDED, DECIDED),
        step_of(round, campaign_step_carrying_out, BUILT_FROM, OPENED),
        step_of(round, campaign_step_follow_up, LOOKED_BACK, LOOKED_BACK),
    };
    const size_t count = sizeof dates / sizeof dates[0];
    struct campaign_date *kept = ARENA_ARRAY(round->fill->arena, count, struct campaign_date);
    memcpy(kept, dates, sizeof dates);
    return (struct campaign_date_list){kept, count};
}

/* "Hela kommunen:1000000:anyone|Föreningspotten:600000:association" */
static struct campaign_pot_list round_pots(struct arena *arena, const char *text) {
    enum { POTS = 8 };
    struct campaign_pot *pots = ARENA_ARRAY(arena, POTS, struct campaign_pot);
    size_t count = 0;
    for (char *pot = arena_copy_text(arena, text), *next; pot != NULL && count < POTS; pot = next) {
        next = demo_cut(pot, '|');
        char *sum = demo_cut(pot, ':'), *proposers = demo_cut(sum, ':');
        pots[count++] = (struct campaign_pot){
            .title = pot,
            .sum = strtoll(sum, NULL, 10) * 100,
            .proposers = choice_find(&pot_proposers_choices, proposers),
            .about = "",
        };
    }
    return (struct campaign_pot_list){pots, count};
}

static struct campaign_criterion_list round_criteria(struct arena *arena) {
    const struct demo_table table = demo_table(arena, "criteria");
    struct campaign_criterion *criteria = ARENA_ARRAY(arena, table.rows, struct campaign_criterion);
    for (size_t i = 0; i < table.rows; i++)
        criteria[i] = (struct campaign_criterion){.title = demo_cell(&table, i, "title"),
                                                  .about = demo_cell(&table, i, "about")};
    return (struct campaign_criterion_list){criteria, table.rows};
}

/* ---- the round ---- */

static struct decision framework_of(const struct round *round, const char *title) {
    const int64_t decided = round_day(round, ANNOUNCED - 30);
    const int64_t day = decided < round->fill->now ? decided : fill_day(round->fill, -12);
    return (struct decision){
        .kind = decision_kind_framework,
        .body = "Kommunfullmäktige",
        .delegation = "",
        .decided_on = instant_day_start(day, 0),
        .item = "§ 41",
        .registry_no = "KS 112",
        .wording = arena_format(round->fill->arena,
                                "%s hålls med de potter, kriterier och regler som kommunstyrelsen "
                                "har föreslagit.",
                                title),
        .posted_on = instant_day_start(day, 4),
        .appeal_until = INSTANT_NONE,
        .recorded_at = day,
    };
}

static struct campaign campaign_of(const struct round *round, const struct demo_table *table,
                                   size_t row) {
    const char *ballot = demo_cell(table, row, "ballot_kind");
    const char *allocation = demo_cell(table, row, "allocation");
    return (struct campaign){
        .title = demo_cell(table, row, "title"),
        .lead = demo_cell(table, row, "lead"),
        .page_state =
            round->reach == campaign_stage_framed ? page_state_draft : page_state_published,
        .author = round->leader,
        .page_owner = round->leader,
        .substitute = round->officer,
        .places = area,
        .who_may_propose = "Du som bor, går i skola, arbetar eller är med i en förening i "
                           "Ljungsjö. Det finns ingen åldersgräns.",
        .who_may_vote = "Du som bor, går i skola, arbetar, äger mark eller driver företag i "
                        "Ljungsjö. Det finns ingen åldersgräns.",
        .eligible = eligible_verified,
        .ballot_kind = choice_find(&ballot_kind_choices, ballot),
        .most_choices = demo_number(table, row, "most_choices", 0),
        .allocation = choice_find(&campaign_allocation_choices, allocation),
        .satisfaction = campaign_satisfaction_cost,
        .least_votes = demo_number(table, row, "least_votes", 1),
        .ties = choice_find(&campaign_ties_choices, demo_cell(table, row, "ties")),
        .leftover = demo_cell(table, row, "leftover"),
        .late_until = INSTANT_NONE,
    };
}

static enum error round_add(struct round *round, const struct demo_table *table, size_t row) {
    struct fill *fill = round->fill;
    const struct decision framework = framework_of(round, demo_cell(table, row, "title"));
    const struct campaign_plan plan = {
        .campaign = campaign_of(round, table, row),
        .dates = round_dates(round),
        .pots = round_pots(fill->arena, demo_cell(table, row, "pots")),
        .criteria = round_criteria(fill->arena),
        .framework = &framework,
    };
    fill_as(fill, round->leader, framework.recorded_at);
    return campaign_add(fill->db, &fill->rq, &plan, &round->page);
}

static enum error round_fill(struct round *round, const struct demo_table *table, size_t row) {
    TRY(round_add(round, table, row));
    TRY(round_proposals_fill(round));
    return round_votes_fill(round);
}

enum error rounds_fill(struct fill *fill) {
    const struct demo_table table = demo_table(fill->arena, "campaigns");
    int64_t leader, officer;
    TRY(fill_account(fill, "ebba.lindvik@ljungsjo.example", &leader));
    TRY(fill_account(fill, "tove.almbacke@ljungsjo.example", &officer));
    fill->rounds = ARENA_NEW(fill->arena, struct rounds);
    assert(table.rows <= ROUNDS_MAX);
    for (size_t i = table.rows; i-- > 0;) { /* the oldest first */
        struct round *round = &fill->rounds->at[fill->rounds->count++];
        const char *reach = demo_cell(&table, i, "reach");
        *round = (struct round){
            .fill = fill,
            .key = demo_cell(&table, i, "key"),
            .vote_ends = (int)demo_number(&table, i, "vote_ends", 0),
            .reach = (enum campaign_stage)choice_find(&campaign_stage_choices, reach),
            .leader = leader,
            .officer = officer,
        };
        TRY(round_fill(round, &table, i));
    }
    return ERR_OK;
}

static enum error round_seal(const struct round *round, struct store *store) {
    struct fill *fill = round->fill;
    struct job_context context = {.store = store, .arena = fill->arena, .now = round_day(round, 1)};
    const struct job job = {.tenant = fill->rq.tenant,
                            .key = arena_format(fill->arena, "%lld", (long long)round->poll)};
    return round->reach > campaign_stage_closed ? poll_seal_job.run(&context, &job) : ERR_OK;
}

static enum error results_fill(void *context, struct db *db) {
    struct fill *fill = context;
    fill->db = db;
    for (size_t i = 0; i < fill->rounds->count; i++)
        TRY(round_result_fill(&fill->rounds->at[i]));
    return ERR_OK;
}

enum error rounds_end(struct fill *fill, struct store *store) {
    for (size_t i = 0; i < fill->rounds->count; i++)
        TRY(round_seal(&fill->rounds->at[i], store));
    return store_act(store, results_fill, fill);
}
