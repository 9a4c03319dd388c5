#include "budgets/campaigns/rules.h"

#include "platform/base/instant.h"

const struct campaign_date *campaign_date_find(const struct campaign_date_list *dates,
                                               enum campaign_step step) {
    for (size_t i = 0; i < dates->count; i++)
        if (dates->at[i].step == (int)step)
            return &dates->at[i];
    return NULL;
}

/* ---- order of dates ---- */

static int64_t end_of(const struct campaign_date *date) {
    return date->ends_at == INSTANT_NONE ? date->starts_at : date->ends_at;
}

/* Where a step may begin: with the start of this one, or when all before it have ended. */
static int step_beside(enum campaign_step step) {
    switch (step) {
    case campaign_step_assessment:
        return campaign_step_ideas;
    case campaign_step_opening:
    case campaign_step_follow_up:
        return campaign_step_carrying_out;
    default:
        return -1;
    }
}

/* The step before `step` that it must not come before, and the instant; false = there is none. */
static bool floor_of(const struct campaign_date_list *dates, enum campaign_step step,
                     enum campaign_step *ret_step, int64_t *ret_from) {
    const int beside = step_beside(step);
    bool found = false;
    for (int before = 0; before < (int)step; before++) {
        const struct campaign_date *date = campaign_date_find(dates, (enum campaign_step)before);
        if (date == NULL)
            continue;
        const bool is_beside = beside >= 0 && before >= beside;
        const int64_t from = is_beside ? date->starts_at : end_of(date);
        if (found && from < *ret_from)
            continue;
        *ret_step = (enum campaign_step)before;
        *ret_from = from;
        found = true;
    }
    return found;
}

static bool judge_step(const struct campaign_date_list *dates, const struct campaign_date *date,
                       struct date_finding *ret_finding) {
    const enum campaign_step step = (enum campaign_step)date->step;
    const struct campaign_date *ideas = campaign_date_find(dates, campaign_step_ideas);
    struct date_finding finding = {step, step, date_fault_ends_first};
    int64_t from = 0;
    const bool ends_first = date->ends_at != INSTANT_NONE && date->ends_at <= date->starts_at;
    if (!ends_first && floor_of(dates, step, &finding.follows, &from) && date->starts_at < from) {
        finding.fault = date_fault_too_early;
    } else if (!ends_first) {
        finding.follows = campaign_step_ideas;
        finding.fault = date_fault_ends_too_early;
        if (step != campaign_step_assessment || date->ends_at == INSTANT_NONE || ideas == NULL ||
            date->ends_at >= end_of(ideas))
            return false;
    }
    *ret_finding = finding;
    return true;
}

size_t campaign_dates_judge(const struct campaign_date_list *dates,
                            struct date_finding ret_findings[CAMPAIGN_STEPS]) {
    size_t count = 0;
    for (int step = 0; step < CAMPAIGN_STEPS; step++) {
        const struct campaign_date *date = campaign_date_find(dates, (enum campaign_step)step);
        if (date != NULL && judge_step(dates, date, &ret_findings[count]))
            count++;
    }
    return count;
}

/* ---- how far it has come ---- */

static enum campaign_stage stage_before_lock(const struct stage_facts *facts, int64_t now) {
    if (!facts->is_published)
        return facts->is_framed ? campaign_stage_framed : campaign_stage_draft;
    if (facts->ideas_at == INSTANT_NONE || now < facts->ideas_at)
        return campaign_stage_announced;
    return deadline_open(facts->ideas_until, now) ? campaign_stage_ideas
                                                  : campaign_stage_assessment;
}

static enum campaign_stage stage_of_poll(const struct stage_facts *facts, int64_t now) {
    if (facts->is_sealed)
        return campaign_stage_counting;
    if (now < facts->opens_at)
        return campaign_stage_locked;
    if (now >= facts->closes_at)
        return campaign_stage_closed;
    return facts->paused_at == INSTANT_NONE ? campaign_stage_vote : campaign_stage_paused;
}

static enum campaign_stage stage_of_result(const struct stage_facts *facts) {
    if (facts->result == STAGE_PRELIMINARY)
        return campaign_stage_preliminary;
    if (facts->result == STAGE_RECOMMENDED)
        return campaign_stage_recommended;
    if (facts->projects_begun == 0)
        return campaign_stage_decided;
    return facts->projects_left > 0 ? campaign_stage_carrying_out : campaign_stage_followed_up;
}

enum campaign_stage campaign_stage_at(const struct stage_facts *facts, int64_t now) {
    if (facts->is_archived)
        return campaign_stage_archived;
    if (facts->result != STAGE_NO_RESULT)
        return stage_of_result(facts);
    return facts->is_locked ? stage_of_poll(facts, now) : stage_before_lock(facts, now);
}

bool campaign_stage_is_late(enum campaign_stage stage, int64_t due, int64_t now) {
    if (due == INSTANT_NONE)
        return false;
    if (stage == campaign_stage_assessment)
        return now >= due;
    return stage >= campaign_stage_closed && stage <= campaign_stage_recommended &&
           now >= instant_day_start(due, 1);
}

int64_t campaign_next_change(const struct campaign_date_list *dates, int64_t now) {
    int64_t next = instant_day_start(now, 1);
    for (size_t i = 0; i < dates->count; i++) {
        const int64_t moments[] = {dates->at[i].starts_at, dates->at[i].ends_at};
        for (size_t j = 0; j < 2; j++)
            if (moments[j] != INSTANT_NONE && moments[j] > now && moments[j] < next)
                next = moments[j];
    }
    return next;
}

/* ---- what may still change ---- */

bool campaign_may_change(enum campaign_stage stage, enum campaign_subject subject) {
    switch (subject) {
    case campaign_subject_about:
        return stage < campaign_stage_archived;
    case campaign_subject_pots:
    case campaign_subject_criteria:
        return stage < campaign_stage_announced;
    case campaign_subject_dates:
    case campaign_subject_rules:
        return stage < campaign_stage_locked;
    }
    return false;
}

bool campaign_date_is_fixed(enum campaign_stage stage, int64_t before, int64_t after, int64_t now) {
    if (stage < campaign_stage_announced || before == after)
        return false;
    if (before != INSTANT_NONE && before <= now)
        return true;
    return after != INSTANT_NONE && after <= now && before != INSTANT_NONE;
}

/* ---- the worked example ---- */

enum { EXAMPLE_VOTES = 60, ORE_OF_TEN_MILLION = 1000000000 };

/* Votes, or votes for each ten million kronor. */
static int64_t weight_of(const struct example_count *row, enum campaign_satisfaction satisfaction) {
    return satisfaction == campaign_satisfaction_cost ? row->votes
                                                      : row->votes * ORE_OF_TEN_MILLION / row->cost;
}

void campaign_example(enum campaign_allocation allocation, enum campaign_satisfaction satisfaction,
                      int64_t least_votes, struct example_count ret_rows[EXAMPLE_ROWS]) {
    static const int64_t costs[] = {40000000, 70000000, 30000000};
    static const int64_t halves[] = {4, 3, 2}; /* of the fewest votes that suffice */
    const int64_t base = least_votes > EXAMPLE_VOTES ? least_votes : EXAMPLE_VOTES;
    int64_t left = EXAMPLE_SUM;
    bool has_stopped = false;
    for (int i = 0; i < EXAMPLE_ROWS; i++) {
        ret_rows[i] =
            (struct example_count){.proposal = i, .votes = base * halves[i] / 2, .cost = costs[i]};
        for (int j = i; j > 0 && weight_of(&ret_rows[j], satisfaction) >
                                     weight_of(&ret_rows[j - 1], satisfaction);
             j--) {
            const struct example_count lighter = ret_rows[j - 1];
            ret_rows[j - 1] = ret_rows[j];
            ret_rows[j] = lighter;
        }
    }
    for (int i = 0; i < EXAMPLE_ROWS; i++) {
        struct example_count *row = &ret_rows[i];
        row->is_too_few = row->votes < least_votes;
        row->is_after_stop = has_stopped;
        row->selected = !row->is_too_few && !has_stopped && row->cost <= left;
        has_stopped = has_stopped || (allocation == campaign_allocation_stop && !row->selected);
        left -= row->selected ? row->cost : 0;
        row->left = left;
    }
}
