/* The step line above every page of a round, the thing to do now, and who may see one. */
#include "budgets/campaigns/campaigns.h"
#include "platform/view/view.h"

enum { STEPS_SHOWN = 5 };

struct url campaign_address(struct arena *arena, const struct campaign *campaign) {
    return url_own(arena_format(arena, "/budgets/%s", campaign->slug));
}

enum error campaign_admit(const struct request *rq, const struct campaign_whole *campaign) {
    const struct page page = campaign_page(&campaign->campaign);
    if (page.state == page_state_published || page.state == page_state_archived)
        return ERR_OK;
    return campaign_sees(rq->visitor, rq->tenant, &page) ? ERR_OK : ERR_NOT_FOUND;
}

bool campaign_sees(const struct visitor *visitor, int64_t tenant, const struct page *page) {
    const struct page_permit permit = page_permit(visitor, tenant, page);
    return permit.edits || permit.publishes || permit.disposes ||
           may(visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES ||
           may(visitor, RIGHT_record_decision, NULL) == PERMISSION_DOES;
}

/* ---- the line ---- */

static const enum campaign_step shown[STEPS_SHOWN] = {
    campaign_step_ideas,    campaign_step_assessment,   campaign_step_vote,
    campaign_step_decision, campaign_step_carrying_out,
};

int campaign_step_of_stage(enum campaign_stage stage) {
    switch (stage) {
    case campaign_stage_ideas:
        return campaign_step_ideas;
    case campaign_stage_assessment:
    case campaign_stage_locked:
        return campaign_step_assessment;
    case campaign_stage_vote:
    case campaign_stage_paused:
    case campaign_stage_closed:
    case campaign_stage_counting:
    case campaign_stage_preliminary:
        return campaign_step_vote;
    case campaign_stage_recommended:
    case campaign_stage_decided:
        return campaign_step_decision;
    case campaign_stage_carrying_out:
        return campaign_step_carrying_out;
    case campaign_stage_followed_up:
    case campaign_stage_archived:
        return CAMPAIGN_STEPS;
    default:
        return -1;
    }
}

#define MOMENT_VIEW(F, T)                                                                          \
    F(T, time, from, , "first instant")                                                            \
    F(T, time, last, , "last instant")
SHAPE(moment_view, MOMENT_VIEW);

const char *campaign_date_words(const struct request *rq, const struct campaign_date *date,
                                bool is_now) {
    if (date == NULL)
        return NULL;
    const struct moment_view moment = {
        date->starts_at, date->ends_at == INSTANT_NONE ? INSTANT_NONE : date->ends_at - 1};
    const bool has_end = date->ends_at != INSTANT_NONE;
    const char *key = has_end                                    ? "step_line.until"
                      : date->step == campaign_step_carrying_out ? "step_line.from"
                                                                 : "step_line.on";
    if (has_end && !is_now)
        return format_span(rq->arena, rq->language, moment.from, moment.last, false);
    return word_filled(rq->arena, rq->language, key, -1, &moment_view_shape, &moment);
}

const char *campaign_step_name(const struct request *rq, int step) {
    return word(rq->language, arena_format(rq->arena, "campaign_step.%s",
                                           choice_code(&campaign_step_choices, step)));
}

static void steps_fill(const struct request *rq, const struct campaign_whole *campaign,
                       struct process_view *process) {
    struct step_view *at = ARENA_ARRAY(rq->arena, STEPS_SHOWN, struct step_view);
    const int now = campaign_step_of_stage(campaign->stage);
    size_t count = 0;
    for (size_t i = 0; i < STEPS_SHOWN; i++) {
        const int step = (int)shown[i];
        const struct campaign_date *date = campaign_date_of(campaign, shown[i]);
        if (date == NULL)
            continue;
        at[count++] = (struct step_view){
            .name = campaign_step_name(rq, step),
            .dates = campaign_date_words(rq, date, now == step),
            .state = now > step    ? step_state_done
                     : now == step ? step_state_now
                                   : step_state_next,
        };
        if (now == step) {
            process->step_number = (int64_t)count;
            process->step_name = at[count - 1].name;
        }
    }
    process->steps = (struct step_view_list){at, count};
    process->step_count = (int64_t)count;
}

/* ---- the thing to do now ---- */

#define NOW_FACTS(F, T)                                                                            \
    F(T, time, from, , "first instant of what is told of")                                         \
    F(T, time, until, , "first instant too late")                                                  \
    F(T, int, most, , "choices in each pot")
SHAPE(now_facts, NOW_FACTS);

/* The dates that the sentence of a stage tells. */
static struct now_facts now_facts_of(const struct campaign_whole *campaign) {
    const struct campaign_date *ideas = campaign_date_of(campaign, campaign_step_ideas),
                               *vote = campaign_date_of(campaign, campaign_step_vote),
                               *decision = campaign_date_of(campaign, campaign_step_decision);
    const struct campaign_date *date = NULL;
    struct now_facts facts = {INSTANT_NONE, INSTANT_NONE, campaign->campaign.most_choices};
    if (campaign->stage <= campaign_stage_ideas)
        date = ideas;
    else
        date = campaign->stage <= campaign_stage_vote ? vote : decision;
    if (date != NULL) {
        facts.from = date->starts_at;
        facts.until = date->ends_at;
    }
    if (campaign->stage == campaign_stage_vote)
        facts.until = campaign->poll.closes_at;
    return facts;
}

static const char *now_word(const struct request *rq, const struct campaign_whole *campaign,
                            const char *part) {
    const char *stage = choice_code(&campaign_stage_choices, (int)campaign->stage);
    if (campaign->stage == campaign_stage_vote &&
        campaign->campaign.ballot_kind == ballot_kind_cart)
        stage = "vote_cart";
    return arena_format(rq->arena, "campaign_now.%s.%s", stage, part);
}

/* "Öppet till söndag 14 juni 2026 kl. 23.59, 5 dagar kvar." */
static const char *until_words(const struct request *rq, const struct campaign_whole *campaign,
                               const struct now_facts *facts) {
    const bool is_open =
        campaign->stage == campaign_stage_ideas || campaign->stage == campaign_stage_vote;
    const char *key = now_word(rq, campaign, "text");
    if (!is_open && facts->from == INSTANT_NONE)
        key = now_word(rq, campaign, "undated");
    else if (campaign_stage_is_late(campaign->stage, facts->from, rq->now))
        key = now_word(rq, campaign, "late");
    const char *text = word_filled(rq->arena, rq->language, key, -1, &now_facts_shape, facts);
    if (!is_open || facts->until == INSTANT_NONE)
        return text;
    const int days = civil_days_between(rq->now, facts->until - 1);
    const struct now_facts count = {INSTANT_NONE, INSTANT_NONE, days};
    const char *left = days == 0 ? word(rq->language, "campaign_now.last_day")
                                 : word_filled(rq->arena, rq->language, "campaign_now.days_left",
                                               days, &now_facts_shape, &count);
    return arena_format(rq->arena, "%s, %s.", text, left);
}

static const char *button_address(const struct request *rq, const struct campaign_whole *campaign) {
    const char *slug = campaign->campaign.slug;
    switch (campaign->stage) {
    case campaign_stage_ideas:
        return arena_format(rq->arena, "/budgets/%s/propose", slug);
    case campaign_stage_vote:
        return arena_format(rq->arena, "/polls/%lld", (long long)campaign->poll.id);
    case campaign_stage_locked:
    case campaign_stage_paused:
        return arena_format(rq->arena, "/budgets/%s/rules", slug);
    case campaign_stage_recommended:
    case campaign_stage_decided:
    case campaign_stage_carrying_out:
    case campaign_stage_followed_up:
        return arena_format(rq->arena, "/budgets/%s/result", slug);
    case campaign_stage_draft:
    case campaign_stage_framed:
    case campaign_stage_archived:
        return NULL;
    default:
        return arena_format(rq->arena, "/follow?page=%lld", (long long)campaign->campaign.page);
    }
}

enum error campaign_process(const struct request *rq, const struct campaign_whole *campaign,
                            struct process_view *ret_process) {
    const struct now_facts facts = now_facts_of(campaign);
    struct process_view process = {0};
    steps_fill(rq, campaign, &process);
    process.heading = word_filled(rq->arena, rq->language, now_word(rq, campaign, "heading"), -1,
                                  &now_facts_shape, &facts);
    process.until = until_words(rq, campaign, &facts);
    process.address = (struct url){button_address(rq, campaign)};
    if (process.address.address != NULL)
        process.button = word(rq->language, now_word(rq, campaign, "button"));
    *ret_process = process;
    return ERR_OK;
}
