/* The step line above every page of a round, and who may see one. */
#include "budgets/campaigns/campaigns.h"
#include "platform/view/view.h"

enum { STEPS_SHOWN = 5 };

enum error campaign_admit(const struct request *rq, const struct campaign_whole *campaign) {
    const struct page page = campaign_page(&campaign->campaign);
    if (page.state == page_state_published || page.state == page_state_archived)
        return ERR_OK;
    return campaign_sees(rq->visitor, rq->tenant, &page) ? ERR_OK : ERR_NOT_FOUND;
}

bool campaign_sees(const struct visitor *visitor, int64_t tenant, const struct page *page) {
    return page_permit(visitor, tenant, page).sees ||
           may(visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES ||
           may(visitor, RIGHT_record_decision, NULL) == PERMISSION_DOES;
}

/* ---- the line ---- */

static const enum campaign_step shown[STEPS_SHOWN] = {
    campaign_step_ideas,    campaign_step_assessment,   campaign_step_vote,
    campaign_step_decision, campaign_step_carrying_out,
};

/* The step that a stage belongs to; none before the ideas and after all. */
static int step_of_stage(enum campaign_stage stage) {
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
    if (date->ends_at == INSTANT_NONE)
        return word_filled(rq->arena, rq->language,
                           date->step == campaign_step_carrying_out ? "step_line.from"
                                                                    : "step_line.on",
                           -1, &moment_view_shape, &moment);
    if (is_now)
        return word_filled(rq->arena, rq->language, "step_line.until", -1, &moment_view_shape,
                           &moment);
    return format_span(rq->arena, rq->language, date->starts_at, date->ends_at - 1, false);
}

enum error campaign_step_views(const struct request *rq, const struct campaign_whole *campaign,
                               struct step_view_list *ret_steps) {
    struct step_view *at = ARENA_ARRAY(rq->arena, STEPS_SHOWN, struct step_view);
    const int now = step_of_stage(campaign->stage);
    size_t count = 0;
    for (size_t i = 0; i < STEPS_SHOWN; i++) {
        const struct campaign_date *date = campaign_date_of(campaign, shown[i]);
        if (date == NULL)
            continue;
        const bool is_now = now == (int)shown[i];
        at[count++] = (struct step_view){
            .name = word(rq->language,
                         arena_format(rq->arena, "campaign_step.%s",
                                      choice_code(&campaign_step_choices, (int)shown[i]))),
            .when = campaign_date_words(rq, date, is_now),
            .is_done = now > (int)shown[i],
            .is_now = is_now,
        };
    }
    *ret_steps = (struct step_view_list){at, count};
    return ERR_OK;
}
