/* /proposals/:slug/project: what becomes of a proposal that got money (JOURNEYS A8). */
#include <string.h>

#include "budgets/projects/views.h"
#include "platform/base/text.h"

enum { STEPS = 4 };

static enum error find_shown(struct request *rq, struct project_row *ret_project,
                             struct page *ret_page) {
    struct page page = {0};
    struct project_row project = {0};
    TRY(page_find_address(rq->db, rq->arena, rq->tenant, "proposal", path_text(rq, "slug"), &page));
    if (page.state != page_state_published && page.state != page_state_archived)
        return ERR_NOT_FOUND;
    TRY(project_find(rq->db, rq->arena, rq->tenant, page.id, &project));
    *ret_project = project;
    *ret_page = page;
    return ERR_OK;
}

/* ---- its way ---- */

static const char *day_words(const struct request *rq, int64_t day, const char *otherwise) {
    return day == INSTANT_NONE ? word(rq->language, otherwise)
                               : format_span(rq->arena, rq->language, day, day, false);
}

/* When each step was first told, or the day that was promised. */
static const char *step_when(const struct request *rq, const struct project_row *project,
                             const struct project_news_row_list *news, int step) {
    static const int states[STEPS] = {project_state_decided, project_state_ongoing,
                                      project_state_done, project_state_opened};
    if (step == 0)
        return "";
    for (size_t i = news->count; i > 0; i--)
        if (news->at[i - 1].state == states[step])
            return day_words(rq, news->at[i - 1].at, "project.later");
    if (step == 2)
        return day_words(rq, project->planned_on, "project.later");
    if (step == 3)
        return day_words(rq, project->opening_at, "project.later");
    return "";
}

static int step_of(int state) {
    return state == project_state_delayed ? 1 : state > project_state_delayed ? state - 1 : state;
}

static void steps_fill(const struct request *rq, const struct project_row *project,
                       struct project_view *view) {
    static const char *const names[] = {"project_state.decided", "project_state.ongoing",
                                        "project_state.done", "project_state.opened"};
    struct step_view *at = ARENA_ARRAY(rq->arena, STEPS, struct step_view);
    if (project->state == project_state_dropped)
        return;
    const int now = step_of(project->state);
    for (int i = 0; i < STEPS; i++)
        at[i] =
            (struct step_view){word(rq->language, names[i]), step_when(rq, project, &view->news, i),
                               i < now || project->state == project_state_opened ? step_state_done
                               : i == now                                        ? step_state_now
                                                                                 : step_state_next};
    view->steps = (struct step_view_list){at, STEPS};
    view->step_number = now + 1;
    view->step_count = STEPS;
    view->step_name = at[now].name;
}

/* ---- the page ---- */

static const char *or_none(const char *text) {
    return text == NULL || text[0] == '\0' ? NULL : text;
}

static enum error show_project(struct request *rq, struct reply *rp) {
    struct project_row project = {0};
    struct page page = {0};
    TRY(find_shown(rq, &project, &page));
    struct project_view view = {
        .page = project.page,
        .title = project.title,
        .proposal = page_address(rq->arena, &page),
        .campaign = project.campaign_title,
        .campaign_address = url_own(arena_format(rq->arena, "/budgets/%s", project.campaign_slug)),
        .result = url_own(arena_format(rq->arena, "/budgets/%s/result", project.campaign_slug)),
        .state = project.state,
        .department = or_none(project.department),
        .contact = or_none(project.contact),
        .planned_on = project.planned_on,
        .is_overdue =
            project_is_overdue((enum project_step)project.state, project.planned_on, rq->now),
        .estimate = project.estimate,
        .has_estimate = project.has_estimate,
        .cost_now = project.cost_now,
        .has_cost = project.has_cost,
        .over = project.has_cost && project.has_estimate && project.cost_now > project.estimate
                    ? project.cost_now - project.estimate
                    : 0,
        .opening_at = project.opening_at,
        .opening_place = or_none(project.opening_place),
        .is_to_come = project.opening_at != INSTANT_NONE && project.opening_at > rq->now &&
                      project.state != project_state_dropped,
    };
    TRY(project_news_find(rq->db, rq->arena, rq->tenant, project.page, &view.news));
    steps_fill(rq, &project, &view);
    if (view.news.count > 0)
        view.latest = or_none(view.news.at[0].words);
    if (project.result_decision != 0)
        view.decision = decision_address(rq->arena, project.result_decision);
    if (project.decision != 0)
        view.dropped = decision_address(rq->arena, project.decision);
    if (view.is_to_come)
        view.calendar =
            url_own(arena_format(rq->arena, "/proposals/%s/project/opening", project.slug));
    if (project_leads(rq))
        view.edit = url_own(arena_format(rq->arena, "/proposals/%s/project/edit", project.slug));
    return reply_view(rq, rp, &view);
}

/* ---- the opening as a calendar file (RFC 5545) ---- */

static void add_escaped(struct buffer *into, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            buffer_text(into, "\\n");
        else if (strchr(",;\\", *text) != NULL)
            buffer_format(into, "\\%c", *text);
        else
            buffer_add(into, text, 1);
    }
}

/* "20260609T120000Z" */
static void add_instant(struct buffer *into, int64_t instant, const struct request *rq) {
    for (const char *c = instant_to_rfc3339(rq->arena, instant - instant % SECONDS(1)); *c != '\0';
         c++)
        if (*c != '-' && *c != ':')
            buffer_add(into, c, 1);
    buffer_text(into, "\r\n");
}

static enum error show_opening(struct request *rq, struct reply *rp) {
    struct project_row project = {0};
    struct page page = {0};
    struct buffer out = buffer_in(rq->arena, 1 << 16);
    TRY(find_shown(rq, &project, &page));
    if (project.opening_at == INSTANT_NONE)
        return ERR_NOT_FOUND;
    buffer_format(&out,
                  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Radslag//SV\r\nBEGIN:VEVENT\r\n"
                  "UID:project-%lld-%lld@%s\r\nDTSTAMP:",
                  (long long)project.page, (long long)project.revision, rq->host);
    add_instant(&out, rq->now, rq);
    buffer_text(&out, "DTSTART:");
    add_instant(&out, project.opening_at, rq);
    buffer_text(&out, "DTEND:");
    add_instant(&out, project.opening_at + HOURS(1), rq);
    buffer_text(&out, "SUMMARY:");
    add_escaped(&out, project.title);
    buffer_text(&out, "\r\nLOCATION:");
    add_escaped(&out, project.opening_place);
    buffer_text(&out, "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    return reply_bytes(rq, rp, "text/calendar; charset=utf-8", buffer_string(&out), out.length,
                       arena_format(rq->arena, "%s.ics", project.slug));
}

const struct route project_routes[] = {
    ROUTE_GET("/proposals/:slug/project", show_project, .right = RIGHT_ANYONE,
              .view = &project_view_shape, .template = "budgets/projects/project",
              .crumb = "project.crumb",
              .doc = "What becomes of a proposal that got money: state, day, cost, opening."),
    ROUTE_GET("/proposals/:slug/project/opening", show_opening, .right = RIGHT_ANYONE,
              .doc = "The opening as a calendar file."),
    {.path = NULL},
};
