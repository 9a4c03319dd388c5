/* /budgets/:slug/projects and /proposals/:slug/project/edit: planning, telling, a new day with its
 * reason, ordering before the decision has legal force (PB-18). */
#include <string.h>

#include "budgets/projects/views.h"
#include "platform/base/text.h"

/* Whether the body's decision can no longer be appealed. */
static enum error force_find(struct db *db, struct request *rq, int64_t decision,
                             bool *ret_is_in_force, int64_t *ret_appeal_until) {
    struct decision row = {0};
    *ret_is_in_force = false;
    *ret_appeal_until = INSTANT_NONE;
    if (decision == 0)
        return ERR_OK;
    TRY(decision_by_id(db, rq->arena, rq->tenant, decision, &row));
    *ret_is_in_force = decision_in_force(&row, rq->now);
    *ret_appeal_until = row.appeal_until;
    return ERR_OK;
}

/* ---- GET /budgets/:slug/projects ---- */

static enum error show_projects(struct request *rq, struct reply *rp) {
    struct campaign_whole campaign = {0};
    struct project_row_list rows = {0};
    TRY(campaign_by_slug(rq->db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now, &campaign));
    TRY(campaign_admit(rq, &campaign));
    TRY(projects_find(rq->db, rq->arena, rq->tenant, campaign.campaign.page, &rows));
    struct project_line *at = ARENA_ARRAY(rq->arena, rows.count + 1, struct project_line);
    struct projects_view view = {
        .campaign = campaign.campaign.title,
        .result = url_own(arena_format(rq->arena, "/budgets/%s/result", campaign.campaign.slug)),
        .count = (int64_t)rows.count,
        .appeal_until = INSTANT_NONE,
        .projects = {at, rows.count},
    };
    for (size_t i = 0; i < rows.count; i++) {
        const struct project_row *row = &rows.at[i];
        const bool is_overdue =
            project_is_overdue((enum project_step)row->state, row->planned_on, rq->now);
        at[i] = (struct project_line){
            .title = row->title,
            .address = url_own(arena_format(rq->arena, "/proposals/%s/project/edit", row->slug)),
            .state = row->state,
            .department = row->department[0] == '\0' ? NULL : row->department,
            .planned_on = row->planned_on,
            .is_overdue = is_overdue,
            .days = is_overdue ? -civil_days_between(rq->now, row->planned_on) : 0,
        };
        view.overdue += is_overdue;
        view.unplanned += row->state < project_state_done &&
                          (row->department[0] == '\0' || row->planned_on == INSTANT_NONE);
    }
    if (rows.count > 0)
        TRY(force_find(rq->db, rq, rows.at[0].result_decision, &view.is_in_force,
                       &view.appeal_until));
    return reply_view(rq, rp, &view);
}

/* ---- the form ---- */

static enum error find_own(struct db *db, struct request *rq, struct project_row *ret_project) {
    struct page page = {0};
    TRY(page_find_address(db, rq->arena, rq->tenant, "proposal", path_text(rq, "slug"), &page));
    return project_find(db, rq->arena, rq->tenant, page.id, ret_project);
}

static void values_fill(struct request *rq, const struct project_row *project) {
    struct project_form *values = ARENA_NEW(rq->arena, struct project_form);
    const bool is_set = project->opening_at != INSTANT_NONE;
    const struct civil opening = civil_from_instant(is_set ? project->opening_at : rq->now);
    *values = (struct project_form){
        .state = project->state < project_state_dropped ? project->state : project_said_decided,
        .department = project->department,
        .contact = project->contact,
        .planned_on = project->planned_on,
        .cost_now = project->has_cost ? project->cost_now : FORM_NONE,
        .opening_on = is_set ? instant_day_start(project->opening_at, 0) : INSTANT_NONE,
        .opening_clock = is_set ? opening.hour * 60 + opening.minute : -1,
        .opening_place = project->opening_place,
    };
    rq->values = values;
}

static enum error show_edit(struct request *rq, struct reply *rp) {
    struct project_row project = {0};
    TRY(find_own(rq->db, rq, &project));
    struct project_edit_view view = {
        .page = project.page,
        .title = project.title,
        .slug = project.slug,
        .back = url_own(arena_format(rq->arena, "/budgets/%s/projects", project.campaign_slug)),
        .revision = project.revision,
        .state = project.state,
        .is_open = project.state != project_state_dropped,
        .may_drop = project.state < project_state_opened &&
                    may(rq->visitor, RIGHT_record_decision, NULL) == PERMISSION_DOES,
    };
    TRY(force_find(rq->db, rq, project.result_decision, &view.is_in_force, &view.appeal_until));
    values_fill(rq, &project);
    return reply_view(rq, rp, &view);
}

static enum error refuse(struct request *rq, const char *field, const char *word) {
    form_refuse(rq->arena, &rq->errors, &project_form_form, field, word);
    return ERR_INVALID;
}

static enum error refusal_tell(struct request *rq, enum project_refusal refusal) {
    switch (refusal) {
    case PROJECT_FINE:
        return ERR_OK;
    case PROJECT_NO_WAY:
        return refuse(rq, "state", "project.no_way");
    case PROJECT_WHY_DAY:
        return refuse(rq, "words", "project.why_day");
    case PROJECT_DAY_PAST:
        return refuse(rq, "planned_on", "project.later_day");
    case PROJECT_NOT_WARNED:
        return refuse(rq, "anyway", "project.not_in_force");
    case PROJECT_NO_OPENING:
        return refuse(rq, "opening_on", "project.no_opening");
    }
    return ERR_FAULT;
}

/* Day and minute of the opening; a day without a minute is an error of the form. */
static enum error opening_read(struct request *rq, const struct project_form *form,
                               int64_t *ret_at) {
    *ret_at = INSTANT_NONE;
    if (form->opening_on == INSTANT_NONE)
        return ERR_OK;
    if (form->opening_clock < 0)
        return refuse(rq, "opening_clock", "project.opening_minute");
    struct civil minute = civil_from_instant(form->opening_on);
    minute.hour = form->opening_clock / 60;
    minute.minute = form->opening_clock % 60;
    *ret_at = instant_from_civil(minute);
    return ERR_OK;
}

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

static enum error judge(struct db *db, struct request *rq, const struct project_row *before,
                        const struct project_row *after, const struct project_form *form) {
    struct project_change change = {
        .from = (enum project_step)before->state,
        .to = (enum project_step)after->state,
        .planned_before = before->planned_on,
        .planned_after = after->planned_on,
        .has_words = form->words != NULL,
        .goes_on_anyway = form->anyway,
        .opening_at = after->opening_at,
    };
    int64_t appeal_until = 0;
    TRY(force_find(db, rq, before->result_decision, &change.is_in_force, &appeal_until));
    return refusal_tell(rq, project_judge(&change, rq->now));
}

static enum error edit_act(struct request *rq, struct db *db) {
    const struct project_form *form = rq->form;
    struct project_row before = {0};
    if (!project_leads(rq))
        return ERR_FORBIDDEN;
    TRY(find_own(db, rq, &before));
    if (form->revision != FORM_NONE && form->revision != before.revision)
        return ERR_CONFLICT;
    struct project_row after = before;
    after.state = form->state;
    after.department = or_empty(form->department);
    after.contact = or_empty(form->contact);
    after.planned_on = form->planned_on;
    after.has_cost = form->cost_now != FORM_NONE;
    after.cost_now = after.has_cost ? form->cost_now : 0;
    after.opening_place = or_empty(form->opening_place);
    TRY(opening_read(rq, form, &after.opening_at));
    TRY(judge(db, rq, &before, &after, form));
    TRY(project_put(db, rq, &before, &after, or_empty(form->words)));
    rq->outcome = (struct outcome){
        200, arena_format(rq->arena, "/proposals/%s/project", before.slug), "project.saved"};
    return ERR_OK;
}

const struct route project_staff_routes[] = {
    ROUTE_GET("/budgets/:slug/projects", show_projects, .right = RIGHT_lock_and_attest,
              .view = &projects_view_shape, .template = "budgets/projects/projects",
              .crumb = "projects.crumb",
              .doc = "The projects of a round, those that are late first."),
    ROUTE_GET("/proposals/:slug/project/edit", show_edit, .right = RIGHT_lock_and_attest,
              .form = &project_form_form, .view = &project_edit_view_shape,
              .template = "budgets/projects/edit",
              .doc = "Asks how far a project has come, its day, cost and opening."),
    ROUTE_POST("/proposals/:slug/project/edit", edit_act, .right = RIGHT_lock_and_attest,
               .form = &project_form_form,
               .doc = "Saves a change of a project and tells proposer and followers."),
    {.path = NULL},
};
