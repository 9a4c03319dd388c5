/* GET /proposals/:slug: one proposal, as everybody reads it. */
#include <string.h>

#include "budgets/proposals/views.h"
#include "platform/view/view.h"

enum { HEADING_LEVEL = 3, WAY_STEPS = 6 };

const struct page_kind proposal_kind = {
    .code = "proposal",
    .address = "/proposals/%s",
    .record_class = "proposal",
    .followed = true,
    .comes_in = true,
};

/* ---- its way: received, assessed, voted, decided, built, opened ---- */

static const struct field *field_named(const struct shape *shape, const char *name) {
    return shape_field(shape, name, strlen(name));
}

static const char *day_text(struct request *rq, int64_t at) {
    const struct campaign_date date = {.starts_at = at};
    if (at == INSTANT_NONE)
        return word(rq->language, "proposal.way.later");
    return format_field(rq->arena, rq->language, FORMAT_DATE,
                        field_named(&campaign_date_shape, "starts_at"), &date);
}

static const char *span_text(struct request *rq, const struct campaign_whole *campaign,
                             enum campaign_step step) {
    const struct campaign_date *date = campaign_date_of(campaign, step);
    if (date == NULL)
        return word(rq->language, "proposal.way.later");
    if (date->ends_at == INSTANT_NONE)
        return day_text(rq, date->starts_at);
    return format_span(rq->arena, rq->language, date->starts_at, date->ends_at - 1, false);
}

/* How far it has come: the number of steps behind it. */
static int steps_done(const struct campaign_whole *campaign, const struct proposal_view *view) {
    if (view->state != proposal_state_admitted)
        return 1;
    if (view->project != NULL)
        return view->project->state == project_state_opened ? 6
               : view->project->state == project_state_done ? 5
                                                            : 4;
    if (campaign->stage >= campaign_stage_decided)
        return 4;
    return campaign->stage >= campaign_stage_recommended ? 3 : 2;
}

/* When it was ready, or is to be. */
static const char *built_text(struct request *rq, const struct campaign_whole *campaign,
                              const struct proposal_view *view) {
    const struct project_brief *project = view->project;
    if (project == NULL)
        return span_text(rq, campaign, campaign_step_carrying_out);
    return day_text(rq, project->done_at != INSTANT_NONE ? project->done_at : project->planned_on);
}

static void way_fill(struct request *rq, const struct campaign_whole *campaign,
                     const struct proposal *proposal, struct proposal_view *view) {
    const bool has_ended =
        proposal_stands(proposal_standing_ended, (enum proposal_state)view->state);
    const bool is_out = view->stood != NULL && !view->stood->selected && view->project == NULL;
    const int done = steps_done(campaign, view);
    struct way_step *at = ARENA_ARRAY(rq->arena, WAY_STEPS, struct way_step);
    if (has_ended || (is_out && campaign->stage >= campaign_stage_decided))
        return; /* there is no way on: the panel says why */
    at[0] = (struct way_step){word(rq->language, "proposal.way.received"),
                              day_text(rq, proposal->received_at), 0};
    at[1] = (struct way_step){word(rq->language, "proposal.way.assessed"),
                              done >= 2 ? day_text(rq, proposal->outcome_at)
                                        : span_text(rq, campaign, campaign_step_assessment),
                              0};
    at[2] = (struct way_step){word(rq->language, "proposal.way.voted"),
                              span_text(rq, campaign, campaign_step_vote), 0};
    at[3] = (struct way_step){word(rq->language, "proposal.way.decided"),
                              span_text(rq, campaign, campaign_step_decision), 0};
    at[4] = (struct way_step){word(rq->language, "proposal.way.built"),
                              built_text(rq, campaign, view), 0};
    at[5] = (struct way_step){word(rq->language, "proposal.way.opened"),
                              view->project == NULL ? span_text(rq, campaign, campaign_step_opening)
                                                    : day_text(rq, view->project->opening_at),
                              0};
    for (int i = 0; i < WAY_STEPS; i++)
        at[i].state = i < done ? way_state_done : i == done ? way_state_now : way_state_next;
    view->way = (struct way_step_list){at, WAY_STEPS};
    view->way_number = done < WAY_STEPS ? done + 1 : WAY_STEPS;
    view->way_count = WAY_STEPS;
    view->way_name = at[view->way_number - 1].name;
}

/* ---- assessment, history, result ---- */

static enum error judged_fill(struct request *rq, const struct campaign_whole *campaign,
                              const struct proposal *proposal,
                              struct judged_view_list *ret_judged) {
    struct verdict_row_list rows = {0};
    TRY(proposal_verdicts_find(rq->db, rq->arena, rq->tenant, proposal->page, &rows));
    struct judged_view *at = ARENA_ARRAY(rq->arena, rows.count + 1, struct judged_view);
    size_t count = 0;
    for (size_t i = 0; i < campaign->criteria.count; i++)
        for (size_t j = 0; j < rows.count; j++)
            if (rows.at[j].criterion == campaign->criteria.at[i].criterion)
                at[count++] = (struct judged_view){campaign->criteria.at[i].title,
                                                   rows.at[j].verdict, rows.at[j].reason};
    *ret_judged = (struct judged_view_list){at, count};
    return ERR_OK;
}

static enum error happened_fill(struct request *rq, const struct proposal *proposal,
                                struct happened_view_list *ret_happened) {
    struct event_row_list rows = {0};
    TRY(proposal_events_find(rq->db, rq->arena, rq->tenant, proposal->page, false, &rows));
    struct happened_view *at = ARENA_ARRAY(rq->arena, rows.count + 1, struct happened_view);
    for (size_t i = 0; i < rows.count; i++) {
        const struct event_row *row = &rows.at[rows.count - 1 - i];
        at[i] = (struct happened_view){
            .event = row->event,
            .words = row->words != NULL && row->words[0] != '\0' ? row->words : NULL,
            .other_title = row->other_title,
            .other = {row->other_slug == NULL
                          ? NULL
                          : arena_format(rq->arena, "/proposals/%s", row->other_slug)},
            .at = row->at,
        };
    }
    *ret_happened = (struct happened_view_list){at, rows.count};
    return ERR_OK;
}

static enum error stood_fill(struct request *rq, const struct proposal *proposal,
                             struct proposal_view *view) {
    struct result_row row = {0};
    struct stood_view *stood = ARENA_NEW(rq->arena, struct stood_view);
    if (proposal->state != proposal_state_admitted)
        return ERR_OK;
    const enum error error =
        result_of_proposal(rq->db, rq->arena, rq->tenant, proposal->page, rq->now, &row);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_OK : error;
    *stood = (struct stood_view){row.votes, row.place, row.selected};
    view->stood = stood;
    return ERR_OK;
}

static enum error project_fill(struct request *rq, const struct proposal *proposal,
                               struct proposal_view *view) {
    struct project_brief *project = ARENA_NEW(rq->arena, struct project_brief);
    if (view->stood == NULL)
        return ERR_OK;
    const enum error error =
        project_brief_find(rq->db, rq->arena, rq->tenant, proposal->page, project);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_OK : error;
    view->project = project;
    view->project_address =
        url_own(arena_format(rq->arena, "/proposals/%s/project", proposal->slug));
    return ERR_OK;
}

static enum error merged_fill(struct request *rq, const struct proposal *proposal,
                              struct proposal_view *view) {
    struct page page = {0};
    if (proposal->merged_into == 0)
        return ERR_OK;
    TRY(page_find(rq->db, rq->arena, rq->tenant, proposal->merged_into, &page));
    view->merged_title = page.title;
    view->merged_address = page_address(rq->arena, &page);
    return ERR_OK;
}

/* The proposer's own page, when an account stands behind the proposal and asks. */
static enum error own_fill(struct request *rq, const struct proposal *proposal,
                           struct proposal_view *view) {
    struct proposal_contact contact = {0};
    if (rq->visitor->account == 0)
        return ERR_OK;
    const enum error error =
        proposal_contact_find(rq->db, rq->arena, rq->tenant, proposal->page, &contact);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    if (contact.account == rq->visitor->account)
        view->own =
            url_own(arena_format(rq->arena, "/my-proposal/%lld", (long long)proposal->page));
    if (proposal_sees_all(rq))
        view->assess = url_own(
            arena_format(rq->arena, "/proposals/%lld/assessment", (long long)proposal->page));
    return ERR_OK;
}

/* ---- the page ---- */

/* What was found out is shown with the outcome; a refusal only when its proposer was told (PB-4).
 */
static enum error assessment_fill(struct request *rq, const struct campaign_whole *campaign,
                                  const struct proposal *proposal, struct proposal_view *view) {
    view->is_assessed =
        view->state == proposal_state_admitted || view->state == proposal_state_not_admitted;
    if (!view->is_assessed)
        return ERR_OK;
    view->officer = proposal->officer_name;
    view->outcome_at = proposal->outcome_at;
    view->outcome_reason = proposal->outcome_reason;
    view->contacted_on = proposal->contacted_on;
    view->reply = proposal->reply;
    view->reply_answer = proposal->reply_answer;
    view->investment = proposal->investment;
    view->has_investment = proposal->has_investment;
    view->running = proposal->running;
    view->has_running = proposal->has_running;
    view->running_bearer = proposal->running_bearer;
    view->land = proposal->land;
    view->permits = proposal->permits;
    return judged_fill(rq, campaign, proposal, &view->judged);
}

static struct proposal_view view_of(struct request *rq, const struct campaign_whole *campaign,
                                    const struct proposal *proposal) {
    const struct campaign_date *vote = campaign_date_of(campaign, campaign_step_vote);
    return (struct proposal_view){
        .id = proposal->page,
        .number = proposal->number,
        .title = proposal->title,
        .lead = proposal->lead,
        .language = proposal->language,
        .body = html_from_markdown(rq->arena, proposal->body, HEADING_LEVEL),
        .campaign = proposal->campaign_title,
        .campaign_address =
            url_own(arena_format(rq->arena, "/budgets/%s", proposal->campaign_slug)),
        .list_address =
            url_own(arena_format(rq->arena, "/budgets/%s/proposals", proposal->campaign_slug)),
        .state =
            (int)proposal_shown_state((enum proposal_state)proposal->state, proposal->contacted_on),
        .pot = proposal->pot_title,
        .place = proposal->place,
        .wished = proposal->wished,
        .has_wished = proposal->has_wished,
        .proposer = proposal->proposer_shown,
        .proposer_kind = proposal->proposer_kind,
        .channel = proposal->channel,
        .received_at = proposal->received_at,
        .outcome_at = INSTANT_NONE,
        .contacted_on = INSTANT_NONE,
        .is_public = proposal->page_state == page_state_published,
        .vote_from = vote == NULL ? INSTANT_NONE : vote->starts_at,
        .vote_until = vote == NULL ? INSTANT_NONE : vote->ends_at,
        .updated_at = proposal->updated_at,
    };
}

static enum error show_proposal(struct request *rq, struct reply *rp) {
    struct proposal proposal = {0};
    struct campaign_whole campaign = {0};
    TRY(proposal_by_slug(rq->db, rq->arena, rq->tenant, path_text(rq, "slug"), &proposal));
    TRY(proposal_admit(rq, &proposal));
    TRY(campaign_find(rq->db, rq->arena, rq->tenant, proposal.campaign, rq->now, &campaign));
    struct proposal_view view = view_of(rq, &campaign, &proposal);
    TRY(assessment_fill(rq, &campaign, &proposal, &view));
    TRY(happened_fill(rq, &proposal, &view.happened));
    TRY(stood_fill(rq, &proposal, &view));
    TRY(project_fill(rq, &proposal, &view));
    way_fill(rq, &campaign, &proposal, &view);
    TRY(merged_fill(rq, &proposal, &view));
    TRY(own_fill(rq, &proposal, &view));
    return reply_view(rq, rp, &view);
}

const struct route proposal_routes[] = {
    ROUTE_GET("/proposals/:slug", show_proposal, .right = RIGHT_ANYONE,
              .view = &proposal_view_shape, .template = "budgets/proposals/show",
              .doc = "One proposal: its words, assessment, cost and what has happened."),
    {.path = NULL},
};
