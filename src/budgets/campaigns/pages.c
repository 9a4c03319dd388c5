/* /budgets and /budgets/:slug: the rounds, and one of them as readers meet it. */
#include "budgets/campaigns/views.h"

/* ---- GET /budgets/:slug ---- */

static const char *list_address(struct arena *arena, const struct campaign *campaign,
                                const char *query) {
    return arena_format(arena, "/budgets/%s/proposals%s", campaign->slug, query);
}

static void pots_fill(struct request *rq, const struct campaign_whole *whole,
                      struct campaign_view *view) {
    const struct campaign_pot_list *pots = &whole->pots;
    struct pot_view *at = ARENA_ARRAY(rq->arena, pots->count + 1, struct pot_view);
    for (size_t i = 0; i < pots->count; i++) {
        const struct campaign_pot *pot = &pots->at[i];
        at[i] = (struct pot_view){
            .pot = pot->pot,
            .title = pot->title,
            .sum = pot->sum,
            .proposers = pot->proposers,
            .about = pot->about,
            .address =
                url_own(list_address(rq->arena, &whole->campaign,
                                     arena_format(rq->arena, "?pot=%lld", (long long)pot->pot))),
        };
        view->total += pot->sum;
    }
    view->pots = (struct pot_view_list){at, pots->count};
    view->pot_count = (int64_t)pots->count;
}

#define HISTORY_FACTS(F, T)                                                                        \
    F(T, int, came_in, , "proposals")                                                              \
    F(T, int, going, , "of them, that go to the vote")                                             \
    F(T, int, ended, , "of them, that do not")                                                     \
    F(T, int, most, , "choices in each pot")                                                       \
    F(T, int, criteria, , "how many")
SHAPE(history_facts, HISTORY_FACTS);

/* What the leader wrote of the step, or the usual sentence, which tells numbers afterwards. */
static const char *history_words(struct request *rq, const struct campaign_whole *whole,
                                 const struct campaign_date *date, int now,
                                 const struct campaign_view *view) {
    const struct history_facts facts = {view->came_in, view->proposal_count, view->ended,
                                        whole->campaign.most_choices,
                                        (int64_t)whole->criteria.count};
    if (date->about != NULL && date->about[0] != '\0')
        return date->about;
    const bool counts = date->step < now && date->step <= campaign_step_assessment &&
                        date->step >= campaign_step_ideas && view->came_in > 0;
    const char *step = choice_code(&campaign_step_choices, date->step);
    if (date->step == campaign_step_vote && whole->campaign.ballot_kind == ballot_kind_cart)
        step = "vote_cart";
    return word_filled(
        rq->arena, rq->language,
        arena_format(rq->arena, "campaign_history.%s%s", step, counts ? "_done" : ""), -1,
        &history_facts_shape, &facts);
}

static void history_fill(struct request *rq, const struct campaign_whole *whole,
                         struct campaign_view *view) {
    const int now = campaign_step_of_stage(whole->stage);
    struct history_step_view *at =
        ARENA_ARRAY(rq->arena, whole->dates.count + 1, struct history_step_view);
    for (size_t i = 0; i < whole->dates.count; i++) {
        const struct campaign_date *date = &whole->dates.at[i];
        at[i] = (struct history_step_view){
            .name = campaign_step_name(rq, date->step),
            .when = campaign_date_words(rq, date, false),
            .about = history_words(rq, whole, date, now, view),
            .is_now = date->step == now,
            .is_next = date->step > now && date->starts_at > rq->now,
        };
    }
    view->history = (struct history_step_view_list){at, whole->dates.count};
}

#define FRAMEWORK_FACTS(F, T)                                                                      \
    F(T, text, body, , "who")                                                                      \
    F(T, time, decided_on, , "day")                                                                \
    F(T, text, item, , "paragraph")
SHAPE(framework_facts, FRAMEWORK_FACTS);

static enum error framework_fill(struct request *rq, const struct campaign_whole *whole,
                                 struct campaign_view *view) {
    struct decision decision = {0};
    if (whole->framework == 0)
        return ERR_OK;
    TRY(decision_by_id(rq->db, rq->arena, rq->tenant, whole->framework, &decision));
    const struct framework_facts facts = {decision.body, decision.decided_on, decision.item};
    struct decision_link *link = ARENA_NEW(rq->arena, struct decision_link);
    *link =
        (struct decision_link){word_filled(rq->arena, rq->language, "campaign.framework_sentence",
                                           -1, &framework_facts_shape, &facts),
                               decision_address(rq->arena, decision.id)};
    view->framework = link;
    return ERR_OK;
}

static void staff_fill(struct request *rq, const struct campaign_whole *whole,
                       struct campaign_view *view) {
    const struct page page = campaign_page(&whole->campaign);
    if (!campaign_sees(rq->visitor, rq->tenant, &page))
        return;
    struct campaign_staff *staff = ARENA_NEW(rq->arena, struct campaign_staff);
    *staff = (struct campaign_staff){
        url_own(arena_format(rq->arena, "/budgets/%s/manage", whole->campaign.slug)),
        whole->stage >= campaign_stage_announced};
    view->staff = staff;
}

static enum error view_fill(struct request *rq, const struct campaign_whole *whole,
                            struct campaign_view *view) {
    const struct campaign *campaign = &whole->campaign;
    view->process = ARENA_NEW(rq->arena, struct process_view);
    TRY(campaign_process(rq, whole, view->process));
    pots_fill(rq, whole, view);
    TRY(campaign_cards_fill(rq, whole, view));
    history_fill(rq, whole, view);
    view->criteria = whole->criteria;
    view->all_proposals = url_own(list_address(rq->arena, campaign, ""));
    view->ended_address = url_own(list_address(rq->arena, campaign, "?state=ended"));
    view->rules = url_own(arena_format(rq->arena, "/budgets/%s/rules", campaign->slug));
    TRY(framework_fill(rq, whole, view));
    staff_fill(rq, whole, view);
    return ERR_OK;
}

static enum error show_campaign(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    TRY(campaign_by_slug(rq->db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now, &whole));
    TRY(campaign_admit(rq, &whole));
    const struct campaign *campaign = &whole.campaign;
    struct campaign_view view = {
        .page = campaign->page,
        .address = campaign_address(rq->arena, campaign),
        .title = campaign->title,
        .lead = campaign->lead,
        .stage = (int)whole.stage,
        .who_may_propose = campaign->who_may_propose,
        .who_may_vote = campaign->who_may_vote,
        .places = campaign->places,
    };
    TRY(view_fill(rq, &whole, &view));
    if (campaign->page_state == page_state_published)
        reply_may_cache(rp, campaign_next_change(&whole.dates, rq->now));
    return reply_view(rq, rp, &view);
}

/* ---- GET /budgets ---- */

enum part { PART_OPEN, PART_EARLIER, PART_DRAFTS };

static enum part part_of(int stage) {
    if (stage < campaign_stage_announced)
        return PART_DRAFTS;
    return stage < campaign_stage_decided ? PART_OPEN : PART_EARLIER;
}

const char *campaign_note(const struct request *rq, const struct campaign_line *line) {
    const bool is_late =
        campaign_stage_is_late((enum campaign_stage)line->stage, line->next_at, rq->now);
    if (line->next_at == INSTANT_NONE)
        return NULL;
    const char *key = is_late ? "campaigns.late"
                              : arena_format(rq->arena, "campaigns.next.%s",
                                             choice_code(&campaign_stage_choices, line->stage));
    return word_filled(rq->arena, rq->language, key, -1, &campaign_line_shape, line);
}

static void links_fill(struct request *rq, const struct campaign_line_list *lines, enum part part,
                       struct campaign_link_list *ret_links) {
    struct campaign_link *at = ARENA_ARRAY(rq->arena, lines->count + 1, struct campaign_link);
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct campaign_line *line = &lines->at[i];
        if (part_of(line->stage) != part)
            continue;
        const bool is_late =
            campaign_stage_is_late((enum campaign_stage)line->stage, line->next_at, rq->now);
        at[count++] = (struct campaign_link){
            .address = url_own(arena_format(rq->arena, "/budgets/%s%s", line->slug,
                                            part == PART_DRAFTS ? "/manage" : "")),
            .language = line->language,
            .title = line->title,
            .lead = line->lead,
            .stage = line->stage,
            .next_at = line->next_at,
            .note = campaign_note(rq, line),
            .is_late = is_late,
            .is_open = line->stage == campaign_stage_ideas || line->stage == campaign_stage_vote,
        };
    }
    *ret_links = (struct campaign_link_list){at, count};
}

static bool makes_rounds(const struct visitor *visitor) {
    return (visitor->roles & role_bit(ROLE_process_lead)) != 0 &&
           may(visitor, RIGHT_publish, NULL) >= PERMISSION_OWN;
}

static enum error show_campaigns(struct request *rq, struct reply *rp) {
    struct campaign_line_list lines = {0};
    struct campaigns_view view = {.may_begin = makes_rounds(rq->visitor)};
    const bool is_staff = may(rq->visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES ||
                          may(rq->visitor, RIGHT_record_decision, NULL) == PERMISSION_DOES;
    int64_t expires = INT64_MAX;
    TRY(campaign_lines_find(rq->db, rq->arena, rq->tenant, rq->now, is_staff, &lines));
    links_fill(rq, &lines, PART_OPEN, &view.open);
    links_fill(rq, &lines, PART_EARLIER, &view.earlier);
    if (is_staff)
        links_fill(rq, &lines, PART_DRAFTS, &view.drafts);
    for (size_t i = 0; i < lines.count; i++)
        if (lines.at[i].next_at != INSTANT_NONE && lines.at[i].next_at > rq->now &&
            lines.at[i].next_at < expires)
            expires = lines.at[i].next_at;
    reply_may_cache(rp, expires);
    return reply_view(rq, rp, &view);
}

const struct route campaign_routes[] = {
    ROUTE_GET("/budgets", show_campaigns, .right = RIGHT_ANYONE, .view = &campaigns_view_shape,
              .template = "budgets/campaigns/list", .crumb = "campaigns.crumb",
              .doc = "Rounds of participatory budgets, those that go on and earlier ones."),
    ROUTE_GET("/budgets/:slug", show_campaign, .right = RIGHT_ANYONE, .view = &campaign_view_shape,
              .template = "budgets/campaigns/show",
              .doc = "A round: the thing to do now, pots, proposals, how it goes."),
    {.path = NULL},
};
