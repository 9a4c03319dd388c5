/* What the round does when a decision about it is recorded. */
#include "budgets/campaigns/campaigns.h"

/* With the framework decided its process leader can announce the round. */
static enum error recorded(struct db *db, struct request *rq, const struct decision *decision) {
    struct campaign_whole whole = {0};
    if (decision->kind != decision_kind_framework)
        return ERR_OK;
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
