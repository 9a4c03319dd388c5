/* What the round asks of those who record decisions, and does when one is recorded. */
#include "budgets/campaigns/campaigns.h"

enum { DECIDE_DAYS = 14 };

static const char *frame_cause(struct arena *arena, int64_t campaign) {
    return arena_format(arena, "budget.frame:%lld", (long long)campaign);
}

/* The day on which the body decides pots and criteria, or else before the ideas. */
static int64_t frame_due(const struct campaign_whole *whole, int64_t now) {
    const struct campaign_date *criteria = campaign_date_of(whole, campaign_step_criteria),
                               *ideas = campaign_date_of(whole, campaign_step_ideas);
    if (criteria != NULL && criteria->starts_at > now)
        return instant_day_start(criteria->starts_at, 1);
    return ideas != NULL && ideas->starts_at > now ? ideas->starts_at
                                                   : instant_day_start(now, DECIDE_DAYS);
}

enum error campaign_ask_framework(struct db *db, struct request *rq, int64_t campaign) {
    struct campaign_whole whole = {0};
    TRY(campaign_find(db, rq->arena, rq->tenant, campaign, rq->now, &whole));
    if (whole.stage != campaign_stage_draft || !campaign_is_prepared(&whole))
        return ERR_OK;
    const struct task task = {
        .role = ROLE_secretary,
        .word = "task.frame_budget",
        .detail = whole.campaign.title,
        .address = arena_format(rq->arena, "/pages/%lld/decisions/new?kind=framework",
                                (long long)campaign),
        .cause = frame_cause(rq->arena, campaign),
        .page = campaign,
        .due_at = frame_due(&whole, rq->now),
    };
    return task_add(db, rq->tenant, &task, rq->now);
}

/* With the framework decided its process leader can announce the round. */
static enum error recorded(struct db *db, struct request *rq, const struct decision *decision) {
    struct campaign_whole whole = {0};
    if (decision->kind != decision_kind_framework)
        return ERR_OK;
    TRY(task_done(db, rq->tenant, frame_cause(rq->arena, decision->page),
                  rq->visitor == NULL ? 0 : rq->visitor->account, rq->now));
    TRY(campaign_find(db, rq->arena, rq->tenant, decision->page, rq->now, &whole));
    if (whole.stage >= campaign_stage_announced)
        return ERR_OK;
    const struct campaign_date *ideas = campaign_date_of(&whole, campaign_step_ideas);
    const struct task task = {
        .account = whole.campaign.page_owner,
        .role = ROLE_process_lead,
        .word = "task.announce_budget",
        .detail = whole.campaign.title,
        .address = arena_format(rq->arena, "/budgets/%s/manage", whole.campaign.slug),
        .cause = arena_format(rq->arena, "budget.announce:%lld", (long long)decision->page),
        .page = decision->page,
        .due_at = ideas == NULL ? rq->now + DAYS(14) : ideas->starts_at,
    };
    return task_add(db, rq->tenant, &task, rq->now);
}

const struct decision_follower campaign_decision_follower = {
    .page_kind = "budget",
    .recorded = recorded,
};
