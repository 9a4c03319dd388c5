/* Making a round in one call, and announcing it. */
#include "budgets/campaigns/campaigns.h"
#include "campaigns_statements.h"

const struct page_kind budget_kind = {
    .code = "budget",
    .address = "/budgets/%s",
    .record_class = "page",
    .followed = true,
    .news_about = campaign_news_about,
};

struct page campaign_page(const struct campaign *campaign) {
    return (struct page){
        .id = campaign->page,
        .kind = budget_kind.code,
        .slug = campaign->slug,
        .title = campaign->title,
        .state = campaign->page_state,
        .author = campaign->author,
        .page_owner = campaign->page_owner,
        .substitute = campaign->substitute,
        .revision = campaign->revision,
        .published_at = INSTANT_NONE,
    };
}

static enum error page_insert(struct db *db, struct request *rq, const struct campaign_plan *plan,
                              int64_t *ret_page) {
    const struct campaign *campaign = &plan->campaign;
    const struct page page = {
        .kind = budget_kind.code,
        .language = plan->language == NULL ? "sv" : plan->language,
        .variant = page_variant_original,
        .title = campaign->title,
        .author = campaign->author,
        .page_owner = campaign->page_owner,
        .substitute = campaign->substitute,
    };
    const struct page_text words = {campaign->title, campaign->lead, NULL};
    return page_add(db, rq, &page, &words, ret_page);
}

static enum error parts_insert(struct db *db, struct request *rq, int64_t page,
                               const struct campaign_plan *plan) {
    struct campaign campaign = plan->campaign;
    const int64_t tenant = rq->tenant;
    campaign.page = page;
    TRY(db_exec(db, &sql_campaign_insert,
                WITH(BIND_INT("tenant", tenant), BIND_INT("page", page),
                     BIND_TEXT("origin", campaign.origin)),
                NULL));
    TRY(campaign_about_put(db, tenant, &campaign));
    TRY(campaign_rules_put(db, rq->arena, tenant, &campaign));
    TRY(campaign_late_put(db, tenant, page, campaign.late_until));
    for (size_t i = 0; i < plan->dates.count; i++)
        TRY(campaign_date_put(db, tenant, page, &plan->dates.at[i]));
    for (size_t i = 0; i < plan->pots.count; i++) {
        struct campaign_pot pot = plan->pots.at[i];
        pot.pot = (int64_t)i + 1;
        TRY(campaign_pot_put(db, tenant, page, &pot));
    }
    for (size_t i = 0; i < plan->criteria.count; i++) {
        struct campaign_criterion criterion = plan->criteria.at[i];
        criterion.criterion = (int64_t)i + 1;
        TRY(campaign_criterion_put(db, tenant, page, &criterion));
    }
    return ERR_OK;
}

static enum error frame_and_publish(struct db *db, struct request *rq, int64_t id,
                                    const struct campaign_plan *plan) {
    struct page page = {0};
    int64_t decision_id = 0;
    if (plan->framework != NULL) {
        struct decision framework = *plan->framework;
        framework.page = id;
        framework.kind = decision_kind_framework;
        TRY(decision_add(db, rq, &framework, &decision_id));
    }
    if (plan->campaign.page_state != page_state_published)
        return ERR_OK;
    if (decision_id == 0 && plan->campaign.origin == NULL)
        return ERR_FORBIDDEN;
    TRY(page_find(db, rq->arena, rq->tenant, id, &page));
    return page_change_state(db, rq, &page, page_state_published, NULL);
}

enum error campaign_add(struct db *db, struct request *rq, const struct campaign_plan *plan,
                        int64_t *ret_page) {
    struct date_finding findings[CAMPAIGN_STEPS];
    int64_t page = 0;
    if (campaign_dates_judge(&plan->dates, findings) > 0)
        return ERR_INVALID;
    TRY(page_insert(db, rq, plan, &page));
    TRY(parts_insert(db, rq, page, plan));
    TRY(frame_and_publish(db, rq, page, plan));
    TRY(campaign_ask_framework(db, rq, page));
    *ret_page = page;
    return ERR_OK;
}
