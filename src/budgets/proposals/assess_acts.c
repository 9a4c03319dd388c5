/* What officers do to a proposal from its assessment page. */
#include <string.h>

#include "budgets/proposals/assess.h"
#include "budgets/proposals/mail.h"
#include "budgets/proposals/merge.h"
#include "platform/base/text.h"
#include "proposals_statements.h"

enum { VERDICT_REASON_MAX = 2000, DAYS_FOR_IT = 7 };

static enum error refuse(struct request *rq, const char *field, const char *word_key,
                         enum error error) {
    form_refuse(rq->arena, &rq->errors, &assess_form_form, field, word_key);
    return error;
}

static enum error require_words(struct request *rq, const char *field, const char *words) {
    return words != NULL ? ERR_OK : refuse(rq, field, "field.required", ERR_INVALID);
}

static const char *address_of(struct request *rq, int64_t page) {
    return arena_format(rq->arena, "/proposals/%lld/assessment", (long long)page);
}

/* What a lost compare-and-swap looks like to the officer: the page again with what was typed. */
static enum error told(struct request *rq, enum error error) {
    return error == ERR_CONFLICT && rq->errors.count == 0
               ? refuse(rq, NULL, "assess.conflict", ERR_CONFLICT)
               : error;
}

struct stand {
    struct proposal proposal;
    struct campaign_whole campaign;
};

/* The proposal as it is, when the visitor may do this to it and has seen this version of it. */
static enum error begin(struct request *rq, struct db *db, enum proposal_act act, const char *flash,
                        struct stand *ret_stand) {
    const struct assess_form *form = rq->form;
    struct stand stand = {0};
    if (!proposal_assesses(rq))
        return ERR_FORBIDDEN;
    TRY(proposal_find(db, rq->arena, rq->tenant, path_id(rq, "id"), &stand.proposal));
    TRY(campaign_find(db, rq->arena, rq->tenant, stand.proposal.campaign, rq->now,
                      &stand.campaign));
    if (form->revision != stand.proposal.revision)
        return refuse(rq, NULL, "assess.conflict", ERR_CONFLICT);
    const int64_t officer = stand.proposal.officer;
    if (act != PROPOSAL_TAKE && officer != 0 && officer != rq->visitor->account)
        return refuse(rq, NULL, "assess.not_yours", ERR_CONFLICT);
    const bool begins = stand.proposal.state == proposal_state_received &&
                        (act == PROPOSAL_ASSESS || act == PROPOSAL_SETTLE);
    if (!begins && !proposal_may(act, (enum proposal_state)stand.proposal.state,
                                 campaign_is_locked(&stand.campaign)))
        return refuse(rq, NULL, "assess.not_now", ERR_CONFLICT);
    rq->outcome = (struct outcome){303, address_of(rq, stand.proposal.page), flash};
    *ret_stand = stand;
    return ERR_OK;
}

/* Who begins to work with one that nobody has takes it by that. */
static enum error take_first(struct request *rq, struct db *db, struct proposal *proposal) {
    if (proposal->officer == rq->visitor->account && proposal->state != proposal_state_received)
        return ERR_OK;
    TRY(proposal_take(db, rq, proposal, rq->visitor->account));
    proposal->officer = rq->visitor->account;
    proposal->revision++;
    if (proposal->state == proposal_state_received)
        proposal->state = proposal_state_assessing;
    return ERR_OK;
}

/* ---- taking, handing over ---- */

static enum error take_act(struct request *rq, struct db *db) {
    struct stand stand;
    TRY(begin(rq, db, PROPOSAL_TAKE, "assess.taken", &stand));
    TRY(told(rq, proposal_take(db, rq, &stand.proposal, rq->visitor->account)));
    return proposal_audit(db, rq, "proposal.take", stand.proposal.page, NULL);
}

/* ROL-17: whoever has a stake in it lets another assess. */
static enum error hand_over_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    const struct form_options *officers = NULL;
    struct stand stand;
    bool is_officer = false;
    TRY(require_words(rq, "officer", form->officer));
    TRY(require_words(rq, "hand_over_why", form->hand_over_why));
    TRY(begin(rq, db, PROPOSAL_ASK, "assess.handed_over", &stand));
    TRY(assess_officers(db, rq, &officers));
    for (size_t i = 0; i < officers->count; i++)
        is_officer |= strcmp(officers->at[i].code, form->officer) == 0;
    if (!is_officer)
        return refuse(rq, "officer", "field.not_offered", ERR_INVALID);
    const int64_t officer = strtoll(form->officer, NULL, 10);
    TRY(told(rq, proposal_take(db, rq, &stand.proposal, officer)));
    TRY(proposal_note(db, rq, stand.proposal.page,
                      &(struct proposal_happened){.event = proposal_event_handed_over,
                                                  .words = form->hand_over_why}));
    TRY(task_add_again(db, rq->tenant,
                       &(struct task){
                           .account = officer,
                           .role = ROLE_case_officer,
                           .word = "task.assess_handed",
                           .detail = stand.proposal.title,
                           .address = address_of(rq, stand.proposal.page),
                           .cause = arena_format(rq->arena, "proposal:%lld:handed",
                                                 (long long)stand.proposal.page),
                           .page = stand.proposal.page,
                           .due_at = instant_day_start(rq->now, DAYS_FOR_IT + 1),
                       },
                       rq->now));
    return proposal_audit(db, rq, "proposal.take", stand.proposal.page, form->hand_over_why);
}

/* ---- assessing and settling ---- */

static enum error words_of(struct request *rq, const char *name, const char **ret_words) {
    const char *typed = input_value(&rq->input, name), *clean = NULL;
    if (typed == NULL)
        return ERR_OK;
    TRY(text_clean(rq->arena, typed, strlen(typed), &clean));
    if (text_length(clean) > VERDICT_REASON_MAX)
        return refuse(rq, NULL, "assess.reason_too_long", ERR_INVALID);
    *ret_words = clean;
    return ERR_OK;
}

/* verdict_N and reason_N of the round's criteria; how many have both. */
static enum error judged_read(struct request *rq, const struct campaign_criterion_list *criteria,
                              struct proposal_finding *finding, size_t *ret_judged) {
    size_t judged = 0;
    for (size_t i = 0; i < criteria->count; i++) {
        const long long number = (long long)criteria->at[i].criterion;
        const char *code = input_value(&rq->input, arena_format(rq->arena, "verdict_%lld", number)),
                   *reason = NULL;
        const bool is_said = code != NULL && code[0] != '\0';
        const int verdict = is_said ? choice_find(&proposal_verdict_choices, code) : -1;
        if (is_said && verdict < 0)
            return refuse(rq, NULL, "field.not_offered", ERR_INVALID);
        TRY(words_of(rq, arena_format(rq->arena, "reason_%lld", number), &reason));
        judged += verdict >= 0 && reason != NULL && reason[0] != '\0';
        if (finding->judged_count == sizeof finding->judged / sizeof finding->judged[0])
            break;
        finding->judged[finding->judged_count].criterion = number;
        finding->judged[finding->judged_count].verdict = verdict;
        finding->judged[finding->judged_count++].reason = reason;
    }
    *ret_judged = judged;
    return ERR_OK;
}

static enum error judge_outcome(struct request *rq, const struct stand *stand, size_t judged) {
    const struct assess_form *form = rq->form;
    const char *why = outcome_refusal(&(struct outcome_stand){
        .admits = form->outcome == assess_outcome_admitted,
        .criteria = stand->campaign.criteria.count,
        .judged = judged,
        .has_reason = form->reason != NULL,
    });
    if (why != NULL)
        return refuse(rq, strcmp(why, "assess.reason_missing") == 0 ? "reason" : "outcome", why,
                      ERR_INVALID);
    if (form->contacted_on != INSTANT_NONE && form->contacted_on > rq->now)
        return refuse(rq, "contacted_on", "assess.day_to_come", ERR_INVALID);
    return ERR_OK;
}

static enum error settle(struct request *rq, struct db *db, const struct proposal *proposal) {
    const struct assess_form *form = rq->form;
    const bool admits = form->outcome == assess_outcome_admitted;
    const enum proposal_state outcome =
        admits ? proposal_state_admitted : proposal_state_not_admitted;
    TRY(proposal_settle(db, rq, proposal, outcome, form->reason));
    rq->outcome.flash = admits ? "assess.admitted" : "assess.refused";
    if (admits || form->contacted_on == INSTANT_NONE)
        return ERR_OK;
    return proposal_contacted_put(
        db, rq,
        &(struct proposal_contacted){proposal->page, proposal->revision + 1, outcome,
                                     form->contacted_on, form->contacted_how});
}

/* The next that waits, or the list when nothing does. */
static enum error lead_on(struct request *rq, struct db *db, const struct proposal *proposal) {
    const char *go = input_value(&rq->input, "go");
    int64_t next = 0;
    if (go == NULL || strcmp(go, "next") != 0)
        return ERR_OK;
    const enum error error = db_integer(
        db, &sql_assessment_next,
        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("campaign", proposal->campaign),
             BIND_INT("page", proposal->page), BIND_INT("account", rq->visitor->account)),
        &next);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    rq->outcome.address =
        next != 0 ? address_of(rq, next)
                  : arena_format(rq->arena, "/budgets/%s/assessment", proposal->campaign_slug);
    return ERR_OK;
}

static enum error assess_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    const bool settles = form->outcome > assess_outcome_later;
    struct proposal_finding finding = {
        .investment = form->investment,
        .running = form->running,
        .running_bearer = form->running_bearer,
        .land = form->land,
        .permits = form->permits,
        .reason = form->reason,
    };
    struct stand stand;
    size_t judged = 0;
    TRY(begin(rq, db, settles ? PROPOSAL_SETTLE : PROPOSAL_ASSESS, "assess.saved", &stand));
    TRY(judged_read(rq, &stand.campaign.criteria, &finding, &judged));
    if (settles)
        TRY(judge_outcome(rq, &stand, judged));
    TRY(told(rq, take_first(rq, db, &stand.proposal)));
    TRY(told(rq, proposal_assess(db, rq, &stand.proposal, &finding)));
    if (settles)
        TRY(settle(rq, db, &stand.proposal));
    return lead_on(rq, db, &stand.proposal);
}

static enum error contact_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    struct stand stand;
    if (form->contacted_on == INSTANT_NONE)
        return refuse(rq, "contacted_on", "field.required", ERR_INVALID);
    if (form->contacted_on > rq->now)
        return refuse(rq, "contacted_on", "assess.day_to_come", ERR_INVALID);
    TRY(begin(rq, db, PROPOSAL_CONTACT, "assess.contacted", &stand));
    const struct proposal *proposal = &stand.proposal;
    return told(rq, proposal_contacted_put(
                        db, rq,
                        &(struct proposal_contacted){proposal->page, proposal->revision,
                                                     (enum proposal_state)proposal->state,
                                                     form->contacted_on, form->contacted_how}));
}

static enum error reopen_act(struct request *rq, struct db *db) {
    struct stand stand;
    TRY(begin(rq, db, PROPOSAL_REOPEN, "assess.reopened", &stand));
    return told(rq, proposal_reopen(db, rq, &stand.proposal));
}

static enum error hand_on_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    struct stand stand;
    TRY(require_words(rq, "hand_on", form->hand_on));
    TRY(begin(rq, db, PROPOSAL_TAKE, "assess.handed_on", &stand));
    rq->outcome.address =
        arena_format(rq->arena, "/budgets/%s/assessment", stand.proposal.campaign_slug);
    return told(rq, proposal_hand_on(db, rq, &stand.proposal, form->hand_on));
}

/* ---- talking with the proposer ---- */

static enum error ask_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    struct stand stand;
    TRY(require_words(rq, "question", form->question));
    TRY(begin(rq, db, PROPOSAL_ASK, "assess.asked", &stand));
    TRY(told(rq, proposal_state_put(db, rq, &stand.proposal, proposal_state_completing, 0)));
    TRY(proposal_note(
        db, rq, stand.proposal.page,
        &(struct proposal_happened){.event = proposal_event_question, .words = form->question}));
    return proposal_tell_question(db, rq, &stand.proposal, form->question);
}

/* What was said on the telephone; an answer that was waited for has come by that. */
static enum error note_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    struct stand stand;
    TRY(require_words(rq, "note", form->note));
    TRY(begin(rq, db, PROPOSAL_ASK, "assess.noted", &stand));
    TRY(told(rq, proposal_state_put(db, rq, &stand.proposal, proposal_state_assessing, 0)));
    TRY(task_done(db, rq->tenant, proposal_ring_cause(rq->arena, stand.proposal.page),
                  rq->visitor->account, rq->now));
    return proposal_note(
        db, rq, stand.proposal.page,
        &(struct proposal_happened){.event = proposal_event_answer, .words = form->note});
}

static enum error reply_answer_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    struct stand stand;
    int64_t changed = 0;
    TRY(require_words(rq, "reply_answer", form->reply_answer));
    TRY(begin(rq, db, PROPOSAL_REPLY, "assess.reply_answered", &stand));
    TRY(db_exec(db, &sql_proposal_reply_answer_put,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", stand.proposal.page),
                     BIND_INT("revision", stand.proposal.revision),
                     BIND_TEXT("reply_answer", form->reply_answer)),
                &changed));
    if (changed == 0)
        return told(rq, ERR_CONFLICT);
    return proposal_note(
        db, rq, stand.proposal.page,
        &(struct proposal_happened){.event = proposal_event_reply_answered, .is_public = true});
}

/* ---- merging ---- */

static enum error merge_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    struct proposal into = {0};
    struct stand stand;
    int64_t page = 0;
    if (form->merge_number == FORM_NONE)
        return refuse(rq, "merge_number", "field.required", ERR_INVALID);
    TRY(require_words(rq, "merge_reason", form->merge_reason));
    TRY(begin(rq, db, PROPOSAL_MERGE, "assess.merge_asked", &stand));
    enum error error = db_integer(db, &sql_proposal_by_number,
                                  WITH(BIND_INT("tenant", rq->tenant),
                                       BIND_INT("campaign", stand.proposal.campaign),
                                       BIND_INT("number", form->merge_number)),
                                  &page);
    if (error == ERR_OK)
        error = proposal_find(db, rq->arena, rq->tenant, page, &into);
    if (error == ERR_NOT_FOUND || page == stand.proposal.page ||
        !proposal_may(PROPOSAL_MERGE, (enum proposal_state)into.state, false))
        return refuse(rq, "merge_number", "assess.merge_with_none", ERR_INVALID);
    TRY(error);
    error = merge_ask(db, rq, &stand.proposal, &into, form->merge_reason);
    return error == ERR_CONFLICT ? refuse(rq, "merge_number", "assess.merge_waits", ERR_INVALID)
                                 : error;
}

/* For a proposer who answered on the telephone. */
static enum error merge_says_act(struct request *rq, struct db *db) {
    const struct assess_form *form = rq->form;
    struct stand stand;
    if (form->merge_says < 0)
        return refuse(rq, "merge_says", "field.required", ERR_INVALID);
    TRY(begin(rq, db, PROPOSAL_MERGE, "assess.merge_said", &stand));
    return told(rq, merge_answered(db, rq, &stand.proposal, form->merge_says == merge_answer_yes));
}

#define ASSESS_POST(path_, act_, ...)                                                              \
    ROUTE_POST(path_, act_, .right = RIGHT_assess, .form = &assess_form_form,                      \
               .form_page = "/proposals/:id/assessment", __VA_ARGS__)

const struct route assess_act_routes[] = {
    ASSESS_POST("/proposals/:id/take", take_act,
                .doc = "Takes a proposal, or takes it over; the first time it becomes public."),
    ASSESS_POST("/proposals/:id/hand-over", hand_over_act,
                .doc = "Lets another officer assess it, with the reason (a stake in it)."),
    ASSESS_POST("/proposals/:id/assess", assess_act,
                .doc = "Saves the assessment, with verdict_N and reason_N for each criterion; "
                       "settles it by outcome; go=next leads to the next that waits."),
    ASSESS_POST("/proposals/:id/contact", contact_act,
                .doc = "Notes when the proposer was told; a refusal is public by that."),
    ASSESS_POST("/proposals/:id/reopen", reopen_act, .doc = "Takes the outcome back."),
    ASSESS_POST("/proposals/:id/hand-on", hand_on_act,
                .doc = "Hands on what is no proposal; it is never shown."),
    ASSESS_POST("/proposals/:id/ask", ask_act, .doc = "Asks the proposer."),
    ASSESS_POST("/proposals/:id/note", note_act, .doc = "Notes what the proposer said."),
    ASSESS_POST("/proposals/:id/reply-answer", reply_answer_act,
                .doc = "Answers the proposer's reply to the outcome."),
    ASSESS_POST("/proposals/:id/merge", merge_act,
                .doc = "Proposes to both proposers that this becomes part of another."),
    ASSESS_POST("/proposals/:id/merge-says", merge_says_act,
                .doc = "Enters what the proposer said of a merge on the telephone."),
    {.path = NULL},
};
