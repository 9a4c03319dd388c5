/* /my-proposal: what became of an own proposal, for whoever has its follow code or account
 * (LST-4); answering, replying, agreeing to a merge, taking it back. Opening changes nothing. */
#include "budgets/proposals/own.h"

#include <string.h>

#include "budgets/proposals/merge.h"
#include "proposals_statements.h"

enum { OWN_MAX = 50 };

/* ---- which one ---- */

/* The key is a number, for the account, or a follow code. */
static enum error find_own(struct db *db, struct request *rq, struct proposal *ret_proposal,
                           const char **ret_code) {
    const char *key = path_text(rq, "key"), *code = NULL;
    struct proposal_contact contact = {0};
    int64_t page = 0;
    if (strspn(key, "0123456789") < strlen(key)) {
        code = proposal_code_read(rq->arena, key);
        if (code == NULL)
            return ERR_NOT_FOUND;
        TRY(proposal_by_code(db, rq->arena, rq->tenant, code, &page));
    } else {
        if (rq->visitor->account == 0)
            return ERR_LOGIN_REQUIRED;
        page = path_id(rq, "key");
        TRY(proposal_contact_find(db, rq->arena, rq->tenant, page, &contact));
        if (contact.account != rq->visitor->account)
            return ERR_NOT_FOUND;
    }
    *ret_code = code;
    return proposal_find(db, rq->arena, rq->tenant, page, ret_proposal);
}

static enum error show_code(struct request *rq, struct reply *rp) {
    struct code_view view = {.has_account = rq->visitor->account != 0};
    if (view.has_account)
        TRY(db_many(rq->db, rq->arena, &sql_proposals_of_proposer,
                    WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account)),
                    OWN_MAX, &own_proposal_line_shape, &view.proposals));
    return reply_view(rq, rp, &view);
}

static enum error code_act(struct request *rq, struct db *db) {
    const struct code_form *form = rq->form;
    const char *code = proposal_code_read(rq->arena, form->code);
    int64_t page = 0;
    const enum error error =
        code == NULL ? ERR_NOT_FOUND : proposal_by_code(db, rq->arena, rq->tenant, code, &page);
    if (error == ERR_NOT_FOUND) {
        form_refuse(rq->arena, &rq->errors, &code_form_form, "code", "my_proposal.code_unknown");
        return ERR_INVALID;
    }
    rq->outcome = (struct outcome){303, arena_format(rq->arena, "/my-proposal/%s", code), NULL};
    return error;
}

/* ---- showing ---- */

/* What has happened, the newest first; who took over from whom is the officers' own. */
static enum error happened_fill(struct request *rq, const struct proposal *proposal,
                                struct own_view *view) {
    struct event_row_list rows = {0};
    size_t count = 0;
    TRY(proposal_events_find(rq->db, rq->arena, rq->tenant, proposal->page, true, &rows));
    struct happened_view *at = ARENA_ARRAY(rq->arena, rows.count + 1, struct happened_view);
    for (size_t i = rows.count; i-- > 0;) {
        const struct event_row *row = &rows.at[i];
        if (row->event == proposal_event_handed_over)
            continue;
        if (row->event == proposal_event_question && view->question == NULL)
            view->question = row->words;
        at[count++] = (struct happened_view){
            .event = row->event,
            .words = row->words != NULL && row->words[0] != '\0' ? row->words : NULL,
            .other_title = row->other_title,
            .other = {row->other_slug == NULL
                          ? NULL
                          : arena_format(rq->arena, "/proposals/%s", row->other_slug)},
            .at = row->at,
        };
    }
    view->happened = (struct happened_view_list){at, count};
    return ERR_OK;
}

static enum error merge_fill(struct request *rq, const struct proposal *proposal,
                             struct own_view *view) {
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

static struct own_view view_of(struct request *rq, const struct proposal *proposal,
                               const char *code, bool locked) {
    const enum proposal_state state = (enum proposal_state)proposal->state;
    return (struct own_view){
        .key = code != NULL ? code : path_text(rq, "key"),
        .is_receipt = query_has(rq, "receipt"),
        .code = code,
        .by_staff = proposal_enters(rq) && code != NULL,
        .campaign = proposal->campaign_title,
        .campaign_address =
            url_own(arena_format(rq->arena, "/budgets/%s", proposal->campaign_slug)),
        .number = proposal->number,
        .title = proposal->title,
        .address = {proposal->page_state == page_state_published
                        ? arena_format(rq->arena, "/proposals/%s", proposal->slug)
                        : NULL},
        .state = proposal->state,
        .received_at = proposal->received_at,
        .assessed_at = INSTANT_NONE,
        .may_answer = proposal_may(PROPOSAL_ANSWER, state, locked),
        .may_reply = proposal_may(PROPOSAL_REPLY, state, locked) && proposal->reply[0] == '\0',
        .may_withdraw = proposal_may(PROPOSAL_WITHDRAW, state, locked),
        .outcome_reason = state == proposal_state_not_admitted ? proposal->outcome_reason : NULL,
        .reply = proposal->reply,
        .reply_answer = proposal->reply_answer,
    };
}

static enum error show_own(struct request *rq, struct reply *rp) {
    struct proposal proposal = {0};
    struct proposal_contact contact = {0};
    struct campaign_whole campaign = {0};
    const char *code = NULL;
    TRY(find_own(rq->db, rq, &proposal, &code));
    TRY(campaign_find(rq->db, rq->arena, rq->tenant, proposal.campaign, rq->now, &campaign));
    TRY(proposal_contact_find(rq->db, rq->arena, rq->tenant, proposal.page, &contact));
    struct own_view view = view_of(rq, &proposal, code, campaign_is_locked(&campaign));
    const struct campaign_date *assessment = campaign_date_of(&campaign, campaign_step_assessment);
    if (assessment != NULL)
        view.assessed_at = assessment->ends_at;
    view.has_email = contact.email != NULL;
    TRY(happened_fill(rq, &proposal, &view));
    TRY(merge_fill(rq, &proposal, &view));
    return reply_view(rq, rp, &view);
}

/* ---- acts ---- */

/* The proposal, when this may be done with it now; what to lead back to. */
static enum error begin_act(struct request *rq, struct db *db, enum proposal_act act,
                            const char *flash, struct proposal *ret_proposal) {
    struct proposal proposal = {0};
    struct campaign_whole campaign = {0};
    const char *code = NULL;
    TRY(find_own(db, rq, &proposal, &code));
    TRY(campaign_find(db, rq->arena, rq->tenant, proposal.campaign, rq->now, &campaign));
    if (!proposal_may(act, (enum proposal_state)proposal.state, campaign_is_locked(&campaign))) {
        form_refuse(rq->arena, &rq->errors, &own_form_form, NULL, "my_proposal.changed");
        return ERR_CONFLICT;
    }
    rq->outcome = (struct outcome){
        303, arena_format(rq->arena, "/my-proposal/%s", code != NULL ? code : path_text(rq, "key")),
        flash};
    *ret_proposal = proposal;
    return ERR_OK;
}

static enum error require_words(struct request *rq, const char *field, const char *words) {
    if (words != NULL)
        return ERR_OK;
    form_refuse(rq->arena, &rq->errors, &own_form_form, field, "field.required");
    return ERR_INVALID;
}

/* Whoever assesses it is told; when nobody does, whoever is an officer. */
static enum error task_for_officer(struct db *db, struct request *rq,
                                   const struct proposal *proposal, const char *word_key) {
    enum { DAYS_FOR_IT = 7 };
    return task_add_again(db, rq->tenant,
                          &(struct task){
                              .account = proposal->officer,
                              .role = ROLE_case_officer,
                              .word = word_key,
                              .detail = proposal->title,
                              .address = arena_format(rq->arena, "/proposals/%lld/assessment",
                                                      (long long)proposal->page),
                              .cause = arena_format(rq->arena, "proposal:%lld:%s",
                                                    (long long)proposal->page, word_key),
                              .page = proposal->page,
                              .due_at = instant_day_start(rq->now, DAYS_FOR_IT + 1),
                          },
                          rq->now);
}

static enum error answer_act(struct request *rq, struct db *db) {
    const struct own_form *form = rq->form;
    struct proposal proposal = {0};
    TRY(require_words(rq, "answer", form->answer));
    TRY(begin_act(rq, db, PROPOSAL_ANSWER, "my_proposal.answered", &proposal));
    TRY(proposal_state_put(db, rq, &proposal, proposal_state_assessing, 0));
    TRY(proposal_note(
        db, rq, proposal.page,
        &(struct proposal_happened){.event = proposal_event_answer, .words = form->answer}));
    return task_for_officer(db, rq, &proposal, "task.proposer_answered");
}

static enum error reply_act(struct request *rq, struct db *db) {
    const struct own_form *form = rq->form;
    struct proposal proposal = {0};
    int64_t changed = 0;
    TRY(require_words(rq, "reply", form->reply));
    TRY(begin_act(rq, db, PROPOSAL_REPLY, "my_proposal.replied", &proposal));
    TRY(db_exec(db, &sql_proposal_reply_put,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", proposal.page),
                     BIND_TEXT("reply", form->reply)),
                &changed));
    if (changed == 0) { /* one reply: another window was first */
        form_refuse(rq->arena, &rq->errors, &own_form_form, "reply", "my_proposal.replied_before");
        return ERR_CONFLICT;
    }
    TRY(proposal_note(
        db, rq, proposal.page,
        &(struct proposal_happened){.event = proposal_event_reply, .is_public = true}));
    return task_for_officer(db, rq, &proposal, "task.proposer_replied");
}

static enum error withdraw_act(struct request *rq, struct db *db) {
    const struct own_form *form = rq->form;
    struct proposal proposal = {0};
    if (!form->sure) {
        form_refuse(rq->arena, &rq->errors, &own_form_form, "sure", "my_proposal.not_sure");
        return ERR_INVALID;
    }
    TRY(begin_act(rq, db, PROPOSAL_WITHDRAW, "my_proposal.withdrawn", &proposal));
    TRY(proposal_state_put(db, rq, &proposal, proposal_state_withdrawn, 0));
    TRY(proposal_note(
        db, rq, proposal.page,
        &(struct proposal_happened){.event = proposal_event_withdrawn, .is_public = true}));
    return proposal_audit(db, rq, "proposal.withdraw", proposal.page, NULL);
}

static enum error merge_act(struct request *rq, struct db *db) {
    const struct own_form *form = rq->form;
    struct proposal proposal = {0};
    if (form->says < 0)
        return require_words(rq, "says", NULL);
    TRY(begin_act(rq, db, PROPOSAL_MERGE, "my_proposal.merge_said", &proposal));
    return merge_answered(db, rq, &proposal, form->says == merge_answer_yes);
}

#define OWN_POST(path_, act_, ...)                                                                 \
    ROUTE_POST(path_, act_, .right = RIGHT_ANYONE, .form = &own_form_form,                         \
               .form_page = "/my-proposal/:key", .limits = {.per_minute = 30}, __VA_ARGS__)

const struct route proposal_own_routes[] = {
    ROUTE_GET("/my-proposal", show_code, .right = RIGHT_ANYONE, .form = &code_form_form,
              .view = &code_view_shape, .template = "budgets/proposals/code",
              .doc = "Asks for the follow code; lists the account's own proposals."),
    ROUTE_POST("/my-proposal", code_act, .right = RIGHT_ANYONE, .form = &code_form_form,
               .is_repeatable = true, .limits = {.per_minute = 20},
               .doc = "Opens the proposal that a follow code belongs to."),
    ROUTE_GET("/my-proposal/:key", show_own, .right = RIGHT_ANYONE, .form = &own_form_form,
              .view = &own_view_shape, .template = "budgets/proposals/own",
              .limits = {.per_minute = 60},
              .doc = "What became of a proposal, for whoever has its follow code or account."),
    OWN_POST("/my-proposal/:key/answer", answer_act, .doc = "Answers the officer's question."),
    OWN_POST("/my-proposal/:key/reply", reply_act, .doc = "The proposer's one reply to a refusal."),
    OWN_POST("/my-proposal/:key/withdraw", withdraw_act, .doc = "Takes the proposal back."),
    OWN_POST("/my-proposal/:key/merge", merge_act,
             .doc = "Agrees to a merge with another proposal, or not."),
    {.path = NULL},
};
