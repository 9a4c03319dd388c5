/* /budgets/:slug/dates: the steps and their dates, in order (PB-1). */
#include <string.h>

#include "budgets/campaigns/views.h"

/* Which day of the form is which end of which step. */
static const struct {
    enum campaign_step step;
    const char *from, *to;
    size_t from_at, to_at; /* in the form; to_at 0 = a day */
} steps[] = {
#define DAY(step, from)                                                                            \
    { campaign_step_##step, #from, NULL, offsetof(struct campaign_dates_form, from), 0 }
#define SPAN(step, from, to)                                                                       \
    {                                                                                              \
        campaign_step_##step, #from, #to, offsetof(struct campaign_dates_form, from),              \
            offsetof(struct campaign_dates_form, to)                                               \
    }
    DAY(criteria, criteria_on),           DAY(publicity, publicity_on),
    SPAN(ideas, ideas_from, ideas_to),    SPAN(assessment, assessment_from, assessment_to),
    SPAN(vote, vote_from, vote_to),       DAY(decision, decision_on),
    DAY(carrying_out, carrying_out_from), DAY(opening, opening_on),
    DAY(follow_up, follow_up_on),
#undef DAY
#undef SPAN
};
enum { STEPS = sizeof steps / sizeof steps[0] };
_Static_assert((int)STEPS == (int)CAMPAIGN_STEPS, "each step has its days");

static int64_t *day_at(struct campaign_dates_form *form, size_t offset) {
    return (int64_t *)(void *)((char *)form + offset);
}

/* A last day, as it is stored: the first instant too late. */
static int64_t end_of_day(int64_t day) {
    return day == INSTANT_NONE ? INSTANT_NONE : instant_day_start(day, 1);
}

static int64_t last_day(int64_t until) {
    return until == INSTANT_NONE ? INSTANT_NONE : instant_day_start(until, -1);
}

static enum error show_dates(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    struct campaign_dates_form *values = ARENA_NEW(rq->arena, struct campaign_dates_form);
    TRY(campaign_find_own(rq->db, rq, &whole));
    for (size_t i = 0; i < STEPS; i++) {
        const struct campaign_date *date = campaign_date_of(&whole, steps[i].step);
        *day_at(values, steps[i].from_at) = date == NULL ? INSTANT_NONE : date->starts_at;
        if (steps[i].to != NULL)
            *day_at(values, steps[i].to_at) = date == NULL ? INSTANT_NONE : last_day(date->ends_at);
    }
    values->late_to = last_day(whole.campaign.late_until);
    rq->values = values;
    const struct setup_view view = {
        .title = whole.campaign.title,
        .slug = whole.campaign.slug,
        .back = url_own(campaign_part(rq->arena, &whole.campaign, "manage")),
        .is_public = whole.stage >= campaign_stage_announced,
        .is_fixed = !campaign_may_change(whole.stage, campaign_subject_dates),
    };
    return reply_view(rq, rp, &view);
}

/* ---- saving ---- */

static void refuse(struct request *rq, const char *field, const char *word) {
    form_refuse(rq->arena, &rq->errors, &campaign_dates_form_form, field, word);
}

/* The dates of the form; words that stood with a step stay. */
static struct campaign_date_list dates_of(struct request *rq, const struct campaign_whole *whole,
                                          struct campaign_dates_form *form) {
    struct campaign_date *at = ARENA_ARRAY(rq->arena, STEPS, struct campaign_date);
    size_t count = 0;
    for (size_t i = 0; i < STEPS; i++) {
        const int64_t from = *day_at(form, steps[i].from_at);
        const int64_t to = steps[i].to == NULL ? INSTANT_NONE : *day_at(form, steps[i].to_at);
        const struct campaign_date *before = campaign_date_of(whole, steps[i].step);
        if (from == INSTANT_NONE && to != INSTANT_NONE)
            refuse(rq, steps[i].from, "campaign_dates.no_start");
        if (from != INSTANT_NONE)
            at[count++] = (struct campaign_date){(int)steps[i].step, from, end_of_day(to),
                                                 before == NULL ? "" : before->about};
    }
    return (struct campaign_date_list){at, count};
}

static void judge_order(struct request *rq, const struct campaign_date_list *dates) {
    struct date_finding findings[CAMPAIGN_STEPS];
    const size_t count = campaign_dates_judge(dates, findings);
    for (size_t i = 0; i < count; i++) {
        const struct date_finding *finding = &findings[i];
        const char *fault = choice_code(&date_fault_choices, (int)finding->fault);
        const bool is_end = finding->fault != date_fault_too_early;
        const char *key = arena_format(
            rq->arena, is_end ? "campaign_dates.%s" : "campaign_dates.after_%s",
            is_end ? fault : choice_code(&campaign_step_choices, (int)finding->follows));
        refuse(rq, is_end ? steps[finding->step].to : steps[finding->step].from, key);
    }
}

/* What readers were told and what has been cannot be told otherwise. */
static void judge_past(struct request *rq, const struct campaign_whole *whole,
                       const struct campaign_date_list *dates) {
    for (size_t i = 0; i < STEPS; i++) {
        const struct campaign_date *before = campaign_date_of(whole, steps[i].step),
                                   *after = campaign_date_find(dates, steps[i].step);
        const int64_t was_from = before == NULL ? INSTANT_NONE : before->starts_at,
                      was_to = before == NULL ? INSTANT_NONE : before->ends_at,
                      from = after == NULL ? INSTANT_NONE : after->starts_at,
                      to = after == NULL ? INSTANT_NONE : after->ends_at;
        if (campaign_date_is_fixed(whole->stage, was_from, from, rq->now))
            refuse(rq, steps[i].from, "campaign_dates.has_been");
        if (steps[i].to != NULL && campaign_date_is_fixed(whole->stage, was_to, to, rq->now))
            refuse(rq, steps[i].to, "campaign_dates.has_been");
    }
}

static enum error dates_put(struct db *db, struct request *rq, const struct campaign_whole *whole,
                            const struct campaign_date_list *dates, int64_t late_until) {
    const int64_t page = whole->campaign.page;
    for (size_t i = 0; i < STEPS; i++) {
        const struct campaign_date *date = campaign_date_find(dates, steps[i].step);
        if (date != NULL)
            TRY(campaign_date_put(db, rq->tenant, page, date));
        else if (campaign_date_of(whole, steps[i].step) != NULL)
            TRY(campaign_date_remove(db, rq->tenant, page, steps[i].step));
    }
    return campaign_late_put(db, rq->tenant, page, late_until);
}

static enum error dates_act(struct request *rq, struct db *db) {
    struct campaign_dates_form form = *(const struct campaign_dates_form *)rq->form;
    struct campaign_whole whole = {0};
    TRY(campaign_find_own(db, rq, &whole));
    if (!campaign_may_change(whole.stage, campaign_subject_dates)) {
        refuse(rq, NULL, "campaign_setup.locked");
        return ERR_INVALID;
    }
    const struct campaign_date_list dates = dates_of(rq, &whole, &form);
    const struct campaign_date *vote = campaign_date_find(&dates, campaign_step_vote);
    if (form.late_to != INSTANT_NONE &&
        (vote == NULL || vote->ends_at == INSTANT_NONE || end_of_day(form.late_to) < vote->ends_at))
        refuse(rq, "late_to", "campaign_dates.late_before_end");
    judge_order(rq, &dates);
    if (rq->errors.count == 0)
        judge_past(rq, &whole, &dates);
    if (rq->errors.count > 0)
        return ERR_INVALID;
    TRY(dates_put(db, rq, &whole, &dates, end_of_day(form.late_to)));
    return campaign_saved(db, rq, &whole, campaign_subject_dates, "manage");
}

const struct route campaign_dates_routes[] = {
    ROUTE_GET("/budgets/:slug/dates", show_dates, .right = RIGHT_publish,
              .form = &campaign_dates_form_form, .view = &setup_view_shape,
              .template = "budgets/campaigns/dates", .doc = "Steps of a round and their dates."),
    ROUTE_POST("/budgets/:slug/dates", dates_act, .right = RIGHT_publish,
               .form = &campaign_dates_form_form,
               .doc = "Saves the dates; those out of order are refused with the field named."),
    {.path = NULL},
};
