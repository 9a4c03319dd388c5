/* From a round to its poll: the plan, the paper, the lock. */
#include "budgets/campaigns/campaigns.h"

static enum error plan_of(const struct campaign_whole *whole, struct poll_plan *ret_plan) {
    const struct campaign *campaign = &whole->campaign;
    const struct campaign_date *vote = campaign_date_of(whole, campaign_step_vote);
    if (vote == NULL || vote->ends_at == INSTANT_NONE)
        return ERR_INVALID;
    *ret_plan = (struct poll_plan){
        .page = campaign->page,
        .ballot_kind = (enum ballot_kind)campaign->ballot_kind,
        .most_choices = campaign->ballot_kind == ballot_kind_cart ? 0 : campaign->most_choices,
        .eligible = (enum eligible)campaign->eligible,
        .opens_at = vote->starts_at,
        .closes_at = vote->ends_at,
        .late_until = campaign->late_until,
    };
    return ERR_OK;
}

static struct poll_pot_list pots_of(struct arena *arena, const struct campaign_pot_list *pots) {
    struct poll_pot *at = ARENA_ARRAY(arena, pots->count + 1, struct poll_pot);
    for (size_t i = 0; i < pots->count; i++)
        at[i] = (struct poll_pot){pots->at[i].pot, pots->at[i].title, pots->at[i].sum};
    return (struct poll_pot_list){at, pots->count};
}

/* Options are numbered by the proposals' numbers, in their order: 1, 2, 3 … */
static struct poll_option_list options_of(struct arena *arena,
                                          const struct proposal_line_list *lines) {
    struct poll_option *at = ARENA_ARRAY(arena, lines->count + 1, struct poll_option);
    for (size_t i = 0; i < lines->count; i++) {
        const struct proposal_line *line = &lines->at[i];
        at[i] = (struct poll_option){
            .option = (int64_t)i + 1,
            .pot = line->pot,
            .page = line->page,
            .title = line->title,
            .lead = line->lead == NULL ? "" : line->lead,
            .place = line->place == NULL ? "" : line->place,
            .cost = line->has_investment ? line->investment : 0,
        };
    }
    return (struct poll_option_list){at, lines->count};
}

enum error campaign_poll_put(struct db *db, struct request *rq, int64_t campaign,
                             int64_t *ret_poll) {
    struct campaign_whole whole = {0};
    struct proposal_line_list lines = {0};
    struct poll_plan plan = {0};
    int64_t poll = 0;
    TRY(campaign_find(db, rq->arena, rq->tenant, campaign, rq->now, &whole));
    TRY(plan_of(&whole, &plan));
    TRY(proposals_admitted(db, rq->arena, rq->tenant, campaign, &lines));
    const struct poll_pot_list pots = pots_of(rq->arena, &whole.pots);
    const struct poll_option_list options = options_of(rq->arena, &lines);
    TRY(poll_plan_put(db, rq, &plan, &poll));
    TRY(poll_paper_put(db, rq->tenant, poll, &pots, &options));
    *ret_poll = poll;
    return ERR_OK;
}

enum error campaign_lock(struct db *db, struct request *rq, int64_t campaign, int64_t first,
                         int64_t second, const struct poll_secret *secret) {
    struct visitor *const asked_by = rq->visitor;
    struct visitor asks = *asked_by, confirms = *asked_by;
    struct campaign_whole whole = {0};
    const char *rules = NULL, *hash = NULL;
    asks.account = first;
    asks.roles |= role_bit(ROLE_process_lead);
    confirms.account = second;
    confirms.roles |= role_bit(ROLE_case_officer);
    asks.second_factor = confirms.second_factor = true;
    TRY(campaign_find(db, rq->arena, rq->tenant, campaign, rq->now, &whole));
    TRY(campaign_rules_write(db, rq->arena, rq->tenant, &whole, &rules, &hash));
    rq->visitor = &asks;
    enum error error = poll_ask(db, rq, whole.poll.id, poll_act_lock, hash, INSTANT_NONE, "");
    rq->visitor = &confirms;
    if (error == ERR_OK)
        error = poll_lock(db, rq, whole.poll.id, rules, secret);
    rq->visitor = asked_by;
    return error;
}
