#include <string.h>

#include "budgets/campaigns/campaigns.h"
#include "campaigns_statements.h"

enum { LINES_MAX = 100 };

/* ---- one round ---- */

#define CAMPAIGN_STORED(F, T)                                                                      \
    CAMPAIGN_ROW(F, T)                                                                             \
    F(T, id, framework, , "decision")                                                              \
    F(T, id, result_version, , "latest that stands")                                               \
    F(T, choice, result_state, result_state, "of it")                                              \
    F(T, int, projects_begun, , "under way or further")                                            \
    F(T, int, projects_left, , "neither opened nor dropped")
SHAPE(campaign_stored, CAMPAIGN_STORED);
_Static_assert(offsetof(struct campaign_stored, origin) == offsetof(struct campaign, origin),
               "a stored round begins with the round");

static enum stage_result stage_result_of(int64_t version, int state) {
    if (version == 0)
        return STAGE_NO_RESULT;
    if (state == result_state_preliminary)
        return STAGE_PRELIMINARY;
    return state == result_state_decided ? STAGE_DECIDED : STAGE_RECOMMENDED;
}

struct stage_facts campaign_stage_facts(const struct campaign_whole *whole, int64_t projects_begun,
                                        int64_t projects_left) {
    const struct campaign_date *ideas = campaign_date_of(whole, campaign_step_ideas);
    const struct poll *poll = &whole->poll;
    const int state = whole->campaign.page_state;
    return (struct stage_facts){
        .is_framed = whole->framework != 0,
        .is_published = state == page_state_published || state == page_state_unpublished,
        .is_archived = state == page_state_archived || state == page_state_disposed,
        .ideas_at = ideas == NULL ? INSTANT_NONE : ideas->starts_at,
        .ideas_until = ideas == NULL ? INSTANT_NONE : ideas->ends_at,
        .is_locked = poll->id != 0 && poll->state != poll_state_draft,
        .opens_at = poll->opens_at,
        .closes_at = poll->closes_at,
        .paused_at = poll->id == 0 ? INSTANT_NONE : poll->paused_at,
        .is_sealed = poll->id != 0 && poll->state >= poll_state_sealed,
        .result = stage_result_of(whole->result_version, whole->result_state),
        .projects_begun = projects_begun,
        .projects_left = projects_left,
    };
}

/* Rows come by the code of the step; people read them in the order of the process. */
static void sort_dates(struct campaign_date_list *dates) {
    for (size_t i = 1; i < dates->count; i++)
        for (size_t j = i; j > 0 && dates->at[j].step < dates->at[j - 1].step; j--) {
            const struct campaign_date later = dates->at[j - 1];
            dates->at[j - 1] = dates->at[j];
            dates->at[j] = later;
        }
}

static enum error parts_find(struct db *db, struct arena *arena, int64_t tenant,
                             struct campaign_whole *whole) {
    const struct bind *which =
        WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", whole->campaign.page));
    TRY(db_many(db, arena, &sql_campaign_dates, which, CAMPAIGN_STEPS, &campaign_date_shape,
                &whole->dates));
    TRY(db_many(db, arena, &sql_campaign_pots, which, CAMPAIGN_POTS_MAX, &campaign_pot_shape,
                &whole->pots));
    TRY(db_many(db, arena, &sql_campaign_criteria, which, CAMPAIGN_POTS_MAX,
                &campaign_criterion_shape, &whole->criteria));
    sort_dates(&whole->dates);
    const enum error error = poll_of_page(db, arena, tenant, whole->campaign.page, &whole->poll);
    if (error == ERR_NOT_FOUND)
        whole->poll = (struct poll){.paused_at = INSTANT_NONE};
    return error == ERR_NOT_FOUND ? ERR_OK : error;
}

enum error campaign_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                         int64_t now, struct campaign_whole *ret_campaign) {
    struct campaign_stored row = {0};
    struct campaign_whole whole = {0};
    TRY(db_one(db, arena, &sql_campaign_by_page,
               WITH(BIND_INT("tenant", tenant), BIND_INT("page", page), BIND_TIME("now", now)),
               &campaign_stored_shape, &row));
    memcpy(&whole.campaign, &row, sizeof whole.campaign);
    whole.framework = row.framework;
    whole.result_version = row.result_version;
    whole.result_state = row.result_state;
    TRY(parts_find(db, arena, tenant, &whole));
    const struct stage_facts facts =
        campaign_stage_facts(&whole, row.projects_begun, row.projects_left);
    whole.stage = campaign_stage_at(&facts, now);
    *ret_campaign = whole;
    return ERR_OK;
}

enum error campaign_by_slug(struct db *db, struct arena *arena, int64_t tenant, const char *slug,
                            int64_t now, struct campaign_whole *ret_campaign) {
    int64_t page = 0;
    TRY(db_integer(db, &sql_campaign_page_by_slug,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("slug", slug)), &page));
    return campaign_find(db, arena, tenant, page, now, ret_campaign);
}

const struct campaign_date *campaign_date_of(const struct campaign_whole *campaign,
                                             enum campaign_step step) {
    return campaign_date_find(&campaign->dates, step);
}

/* ---- lists ---- */

#define LINE_ROW(F, T)                                                                             \
    F(T, id, page, , "of the round")                                                               \
    F(T, slug, slug, , "of its address")                                                           \
    F(T, slug, language, , "code")                                                                 \
    F(T, text, title, , "of its page")                                                             \
    F(T, text, lead, , "a few sentences")                                                          \
    F(T, choice, page_state, page_state, "of its page")                                            \
    F(T, id, framework, , "decision")                                                              \
    F(T, time, ideas_at, , "ideas begin")                                                          \
    F(T, time, ideas_until, , "first instant too late")                                            \
    F(T, time, vote_at, , "as planned")                                                            \
    F(T, choice, poll_state, poll_state, "draft when there is none")                               \
    F(T, time, opens_at, , "of the poll")                                                          \
    F(T, time, closes_at, , "of the poll")                                                         \
    F(T, time, paused_at, , "of the poll")                                                         \
    F(T, id, result_version, , "latest that stands")                                               \
    F(T, choice, result_state, result_state, "of it")                                              \
    F(T, int, projects_begun, , "under way or further")                                            \
    F(T, int, projects_left, , "neither opened nor dropped")
SHAPE(line_row, LINE_ROW);

static struct stage_facts line_facts(const struct line_row *row) {
    return (struct stage_facts){
        .is_framed = row->framework != 0,
        .is_published = row->page_state == page_state_published,
        .is_archived = row->page_state == page_state_archived,
        .ideas_at = row->ideas_at,
        .ideas_until = row->ideas_until,
        .is_locked = row->poll_state != poll_state_draft,
        .opens_at = row->opens_at,
        .closes_at = row->closes_at,
        .paused_at = row->paused_at,
        .is_sealed = row->poll_state >= poll_state_sealed,
        .result = stage_result_of(row->result_version, row->result_state),
        .projects_begun = row->projects_begun,
        .projects_left = row->projects_left,
    };
}

/* When the clock alone takes the round further. */
static int64_t line_next(const struct line_row *row, enum campaign_stage stage) {
    switch (stage) {
    case campaign_stage_announced:
        return row->ideas_at;
    case campaign_stage_ideas:
        return row->ideas_until;
    case campaign_stage_assessment:
        return row->vote_at;
    case campaign_stage_locked:
        return row->opens_at;
    case campaign_stage_vote:
        return row->closes_at;
    default:
        return INSTANT_NONE;
    }
}

enum error campaign_lines_find(struct db *db, struct arena *arena, int64_t tenant, int64_t now,
                               bool drafts, struct campaign_line_list *ret_lines) {
    struct line_row_list rows = {0};
    TRY(db_many(db, arena, &sql_campaign_lines,
                WITH(BIND_INT("tenant", tenant), BIND_INT("drafts", drafts), BIND_TIME("now", now)),
                LINES_MAX, &line_row_shape, &rows));
    struct campaign_line *at = ARENA_ARRAY(arena, rows.count + 1, struct campaign_line);
    for (size_t i = 0; i < rows.count; i++) {
        const struct line_row *row = &rows.at[i];
        const struct stage_facts facts = line_facts(row);
        const enum campaign_stage stage = campaign_stage_at(&facts, now);
        at[i] = (struct campaign_line){row->page, row->slug,  row->language,        row->title,
                                       row->lead, (int)stage, line_next(row, stage)};
    }
    *ret_lines = (struct campaign_line_list){at, rows.count};
    return ERR_OK;
}

enum error campaigns_find(struct db *db, struct arena *arena, int64_t tenant, int64_t now,
                          bool open_only, struct campaign_line_list *ret_campaigns) {
    struct campaign_line_list lines = {0};
    size_t kept = 0;
    TRY(campaign_lines_find(db, arena, tenant, now, false, &lines));
    for (size_t i = 0; i < lines.count; i++)
        if (!open_only || lines.at[i].stage < campaign_stage_followed_up)
            lines.at[kept++] = lines.at[i];
    lines.count = kept;
    *ret_campaigns = lines;
    return ERR_OK;
}

enum error campaign_imported(struct db *db, int64_t tenant, const char *origin,
                             int64_t *ret_rounds) {
    return db_integer(db, &sql_campaign_by_origin,
                      WITH(BIND_INT("tenant", tenant), BIND_TEXT("origin", origin)), ret_rounds);
}

/* ---- writing ---- */

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

enum error campaign_about_put(struct db *db, int64_t tenant, const struct campaign *campaign) {
    return db_exec(db, &sql_campaign_about_put,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("page", campaign->page),
                        BIND_TEXT("places", or_empty(campaign->places)),
                        BIND_TEXT("who_may_propose", or_empty(campaign->who_may_propose)),
                        BIND_TEXT("who_may_vote", or_empty(campaign->who_may_vote))),
                   NULL);
}

enum error campaign_rules_put(struct db *db, struct arena *arena, int64_t tenant,
                              const struct campaign *campaign) {
    struct campaign stored = *campaign;
    stored.leftover = or_empty(campaign->leftover);
    return db_exec(db, &sql_campaign_rules_put,
                   bind_row(arena, &campaign_shape, &stored, WITH(BIND_INT("tenant", tenant))),
                   NULL);
}

enum error campaign_late_put(struct db *db, int64_t tenant, int64_t campaign, int64_t late_until) {
    return db_exec(db, &sql_campaign_late_put,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("page", campaign),
                        BIND_TIME("late_until", late_until)),
                   NULL);
}

enum error campaign_date_put(struct db *db, int64_t tenant, int64_t campaign,
                             const struct campaign_date *date) {
    return db_exec(db, &sql_campaign_step_put,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign),
                        BIND_TEXT("step", choice_code(&campaign_step_choices, date->step)),
                        BIND_TIME("starts_at", date->starts_at),
                        BIND_TIME("ends_at", date->ends_at),
                        BIND_TEXT("about", or_empty(date->about))),
                   NULL);
}

enum error campaign_date_remove(struct db *db, int64_t tenant, int64_t campaign,
                                enum campaign_step step) {
    return db_exec(db, &sql_campaign_step_remove,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign),
                        BIND_TEXT("step", choice_code(&campaign_step_choices, (int)step))),
                   NULL);
}

enum error campaign_pot_put(struct db *db, int64_t tenant, int64_t campaign,
                            const struct campaign_pot *pot) {
    return db_exec(db, &sql_campaign_pot_put,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign),
                        BIND_INT("pot", pot->pot), BIND_TEXT("title", pot->title),
                        BIND_INT("sum", pot->sum),
                        BIND_TEXT("proposers", choice_code(&pot_proposers_choices, pot->proposers)),
                        BIND_TEXT("about", or_empty(pot->about))),
                   NULL);
}

enum error campaign_pot_remove(struct db *db, int64_t tenant, int64_t campaign, int64_t pot) {
    return db_exec(
        db, &sql_campaign_pot_remove,
        WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign), BIND_INT("pot", pot)),
        NULL);
}

enum error campaign_criterion_put(struct db *db, int64_t tenant, int64_t campaign,
                                  const struct campaign_criterion *criterion) {
    return db_exec(db, &sql_campaign_criterion_put,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign),
                        BIND_INT("criterion", criterion->criterion),
                        BIND_TEXT("title", criterion->title),
                        BIND_TEXT("about", or_empty(criterion->about))),
                   NULL);
}

enum error campaign_criterion_remove(struct db *db, int64_t tenant, int64_t campaign,
                                     int64_t criterion) {
    return db_exec(db, &sql_campaign_criterion_remove,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign),
                        BIND_INT("criterion", criterion)),
                   NULL);
}
