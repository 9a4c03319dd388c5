/* GET /proposals/:id/assessment: one proposal as its officer works with it. */
#include "budgets/proposals/assess.h"

#include <string.h>

#include "budgets/proposals/merge.h"
#include "people/organisations/organisations.h"
#include "platform/view/view.h"

enum { BODY_HEADING = 3 };

/* ---- criteria: as judged, or as typed ---- */

static const char *typed(const struct request *rq, const char *what, int64_t criterion) {
    return input_value(&rq->input, arena_format(rq->arena, "%s_%lld", what, (long long)criterion));
}

static struct criterion_view criterion_of(struct request *rq, const struct campaign_criterion *of,
                                          const struct verdict_row *judged) {
    static const size_t count = sizeof proposal_verdict_choice_rows / sizeof(struct choice);
    const char *verdict = typed(rq, "verdict", of->criterion),
               *reason = typed(rq, "reason", of->criterion);
    const int chosen = verdict != NULL  ? choice_find(&proposal_verdict_choices, verdict)
                       : judged != NULL ? judged->verdict
                                        : -1;
    struct verdict_option *at = ARENA_ARRAY(rq->arena, count, struct verdict_option);
    for (size_t i = 0; i < count; i++) {
        const char *code = choice_code(&proposal_verdict_choices, (int)i);
        at[i] = (struct verdict_option){
            .id = arena_format(rq->arena, "verdict_%lld-%s", (long long)of->criterion, code),
            .code = code,
            .verdict = (int)i,
            .chosen = (int)i == chosen,
        };
    }
    return (struct criterion_view){
        .criterion = of->criterion,
        .title = of->title,
        .about = of->about,
        .options = {at, count},
        .reason = reason != NULL   ? reason
                  : judged != NULL ? judged->reason
                                   : NULL,
        .shown = chosen < 0 ? NULL
                            : word(rq->language,
                                   arena_format(rq->arena, "proposal_verdict.%s",
                                                choice_code(&proposal_verdict_choices, chosen))),
    };
}

static enum error criteria_fill(struct request *rq, const struct campaign_whole *campaign,
                                const struct proposal *proposal, struct assess_view *view) {
    const struct campaign_criterion_list *criteria = &campaign->criteria;
    struct verdict_row_list rows = {0};
    struct criterion_view *at = ARENA_ARRAY(rq->arena, criteria->count + 1, struct criterion_view);
    TRY(proposal_verdicts_find(rq->db, rq->arena, rq->tenant, proposal->page, &rows));
    for (size_t i = 0; i < criteria->count; i++) {
        const struct verdict_row *judged = NULL;
        for (size_t j = 0; j < rows.count; j++)
            if (rows.at[j].criterion == criteria->at[i].criterion)
                judged = &rows.at[j];
        at[i] = criterion_of(rq, &criteria->at[i], judged);
    }
    view->criteria = (struct criterion_view_list){at, criteria->count};
    return ERR_OK;
}

/* ---- what stands beside the form ---- */

static enum error contact_fill(struct request *rq, const struct proposal *proposal,
                               struct assess_view *view) {
    struct proposal_contact *contact = ARENA_NEW(rq->arena, struct proposal_contact);
    const enum error error =
        proposal_contact_find(rq->db, rq->arena, rq->tenant, proposal->page, contact);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_OK : error;
    view->contact = contact;
    view->organisation_no = organisation_number_show(rq->arena, contact->organisation_no);
    return ERR_OK;
}

static enum error happened_fill(struct request *rq, const struct proposal *proposal,
                                struct assess_view *view) {
    struct event_row_list rows = {0};
    TRY(proposal_events_find(rq->db, rq->arena, rq->tenant, proposal->page, true, &rows));
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
    view->happened = (struct happened_view_list){at, rows.count};
    return ERR_OK;
}

static enum error similar_fill(struct request *rq, const struct proposal *proposal,
                               struct assess_view *view) {
    struct similar_row_list rows = {0};
    const struct similar_wish wish = {
        .campaign = proposal->campaign,
        .page = proposal->page,
        .pot = proposal->pot,
        .title = proposal->title,
        .lead = proposal->lead,
        .body = proposal->body,
        .place = proposal->place,
    };
    TRY(proposals_similar(rq->db, rq->arena, rq->tenant, &wish, &rows));
    struct list_filter *at = ARENA_ARRAY(rq->arena, rows.count + 1, struct list_filter);
    for (size_t i = 0; i < rows.count; i++)
        at[i] = (struct list_filter){
            .label = rows.at[i].title,
            .address = url_own(arena_format(rq->arena, "/proposals/%s", rows.at[i].slug)),
            .count = rows.at[i].number,
        };
    view->similar = (struct list_filter_list){at, rows.count};
    return ERR_OK;
}

static enum error merge_fill(struct request *rq, const struct proposal *proposal,
                             struct assess_view *view) {
    struct merge_row merge = {0};
    TRY(merge_find(rq->db, rq->arena, rq->tenant, proposal->page, &merge));
    if (merge.id == 0)
        return ERR_OK;
    const bool stays = merge.into_page == proposal->page;
    struct merge_view *shown = ARENA_NEW(rq->arena, struct merge_view);
    *shown = (struct merge_view){
        .other_title = stays ? merge.page_title : merge.into_title,
        .other = url_own(
            arena_format(rq->arena, "/proposals/%s", stays ? merge.page_slug : merge.into_slug)),
        .stays = stays,
        .reason = merge.reason,
        .has_said = (stays ? merge.into_says : merge.page_says) != NULL,
        .waits_for_other = (stays ? merge.page_says : merge.into_says) == NULL,
    };
    view->merge = shown;
    return ERR_OK;
}

enum error assess_officers(struct db *db, struct request *rq,
                           const struct form_options **ret_options) {
    struct person_list people = {0};
    TRY(people_with_role(db, rq->arena, rq->tenant, ROLE_case_officer, &people));
    struct option_view *at = ARENA_ARRAY(rq->arena, people.count + 1, struct option_view);
    struct form_options *options = ARENA_NEW(rq->arena, struct form_options);
    size_t count = 0;
    for (size_t i = 0; i < people.count; i++) {
        const struct person *person = &people.at[i];
        if (person->id != rq->visitor->account)
            at[count++] = (struct option_view){
                .code = arena_format(rq->arena, "%lld", (long long)person->id),
                .label = person->name != NULL ? person->name : person->email,
            };
    }
    *options = (struct form_options){.field = "officer", .at = at, .count = count};
    *ret_options = options;
    return ERR_OK;
}

/* ---- the page ---- */

static struct assess_view view_of(struct request *rq, const struct campaign_whole *campaign,
                                  struct proposal *proposal) {
    const enum proposal_state state = (enum proposal_state)proposal->state;
    const bool assesses = proposal_assesses(rq), locked = campaign_is_locked(campaign),
               is_mine = assesses && proposal->officer == rq->visitor->account,
               is_free = assesses && proposal->officer == 0, works = is_mine || is_free;
    const unsigned lacks = cost_lacks(&(struct cost_stand){
        .has_investment = proposal->has_investment,
        .has_running = proposal->has_running,
        .investment = proposal->investment,
        .pot_sum = proposal->pot_sum,
        .land = proposal->land,
        .permits = proposal->permits,
    });
    const bool begins = is_free && state == proposal_state_received && !locked;
    return (struct assess_view){
        .id = proposal->page,
        .proposal = proposal,
        .body = html_from_markdown(rq->arena, proposal->body, BODY_HEADING),
        .list_address =
            url_own(arena_format(rq->arena, "/budgets/%s/assessment", proposal->campaign_slug)),
        .campaign_address =
            url_own(arena_format(rq->arena, "/budgets/%s", proposal->campaign_slug)),
        .address = {proposal->page_state == page_state_published
                        ? arena_format(rq->arena, "/proposals/%s", proposal->slug)
                        : NULL},
        .days = civil_days_between(proposal->received_at, rq->now),
        .locked = locked,
        .is_mine = is_mine,
        .may_take = assesses && !is_mine && proposal_may(PROPOSAL_TAKE, state, locked),
        .may_assess = begins || (works && proposal_may(PROPOSAL_ASSESS, state, locked)),
        .may_settle = begins || (works && proposal_may(PROPOSAL_SETTLE, state, locked)),
        .may_ask = is_mine && proposal_may(PROPOSAL_ASK, state, locked),
        .may_contact =
            works && state == proposal_state_not_admitted && proposal->contacted_on == INSTANT_NONE,
        .may_reopen = works && proposal_may(PROPOSAL_REOPEN, state, locked),
        .may_answer_reply =
            works && proposal->reply[0] != '\0' && proposal->reply_answer[0] == '\0',
        .may_merge = is_mine && proposal_may(PROPOSAL_MERGE, state, locked),
        .may_hand_on = begins,
        .in_conflict =
            rq->errors.count > 0 && strcmp(rq->errors.first->word, "assess.conflict") == 0,
        .no_investment = (lacks & LACKS_INVESTMENT) != 0,
        .no_running = (lacks & LACKS_RUNNING) != 0,
        .no_land = (lacks & LACKS_LAND) != 0,
        .no_permits = (lacks & LACKS_PERMITS) != 0,
        .too_dear = (lacks & TOO_DEAR) != 0,
    };
}

static const struct assess_form *values_of(struct request *rq, const struct proposal *proposal) {
    struct assess_form *values = ARENA_NEW(rq->arena, struct assess_form);
    *values = (struct assess_form){
        .revision = proposal->revision,
        .investment = proposal->has_investment ? proposal->investment : FORM_NONE,
        .running = proposal->has_running ? proposal->running : FORM_NONE,
        .running_bearer = proposal->running_bearer,
        .land = proposal->land,
        .permits = proposal->permits,
        .outcome = assess_outcome_later,
        .reason = proposal->outcome_reason,
        .contacted_on = INSTANT_NONE,
        .merge_number = FORM_NONE,
        .merge_says = -1,
    };
    return values;
}

static enum error show_assess(struct request *rq, struct reply *rp) {
    struct campaign_whole campaign = {0};
    struct proposal *proposal = ARENA_NEW(rq->arena, struct proposal);
    TRY(proposal_find(rq->db, rq->arena, rq->tenant, path_id(rq, "id"), proposal));
    TRY(campaign_find(rq->db, rq->arena, rq->tenant, proposal->campaign, rq->now, &campaign));
    struct assess_view view = view_of(rq, &campaign, proposal);
    TRY(criteria_fill(rq, &campaign, proposal, &view));
    TRY(contact_fill(rq, proposal, &view));
    TRY(happened_fill(rq, proposal, &view));
    TRY(merge_fill(rq, proposal, &view));
    if (view.may_merge)
        TRY(similar_fill(rq, proposal, &view));
    if (view.may_assess)
        TRY(assess_officers(rq->db, rq, &rq->options));
    rq->values = values_of(rq, proposal);
    if (view.in_conflict)
        view.saved_outcome =
            word(rq->language, arena_format(rq->arena, "proposal_state.%s",
                                            choice_code(&proposal_state_choices, proposal->state)));
    return reply_view(rq, rp, &view);
}

const struct route assess_routes[] = {
    ROUTE_GET("/proposals/:id/assessment", show_assess, .right = RIGHT_assess,
              .form = &assess_form_form, .view = &assess_view_shape,
              .template = "budgets/proposals/assess",
              .doc = "One proposal as its officer works with it."),
    {.path = NULL},
};
