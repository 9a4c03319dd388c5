/* What is done to a proposal: taken, assessed, settled; and the note of it. */
#include <string.h>

#include "budgets/proposals/mail.h"
#include "budgets/proposals/proposals.h"
#include "proposals_statements.h"
#include "records/records.h"

enum error proposal_note(struct db *db, struct request *rq, int64_t page,
                         const struct proposal_happened *happened) {
    return db_exec(
        db, &sql_proposal_event_insert,
        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page),
             BIND_TEXT("event", choice_code(&proposal_event_choices, (int)happened->event)),
             BIND_ID("other", happened->other),
             BIND_TEXT("words", happened->words == NULL ? "" : happened->words),
             BIND_INT("is_public", happened->is_public), BIND_ID("account", rq->visitor->account),
             BIND_TIME("now", rq->now)),
        NULL);
}

enum error proposal_audit(struct db *db, struct request *rq, const char *act, int64_t page,
                          const char *reason) {
    return audit_append(db, rq,
                        &(struct audit_entry){
                            .act = act,
                            .account = rq->visitor->account,
                            .object = arena_format(rq->arena, "page:%lld", (long long)page),
                            .reason = reason,
                        });
}

/* Runs a compare-and-swap: ERR_CONFLICT when somebody else was first. */
static enum error swap(struct db *db, const struct statement *statement, const struct bind *binds) {
    int64_t changed = 0;
    TRY(db_exec(db, statement, binds, &changed));
    return changed == 0 ? ERR_CONFLICT : ERR_OK;
}

/* ---- taking ---- */

static enum error publish(struct db *db, struct request *rq, const struct proposal *proposal) {
    struct page page = {0};
    TRY(page_find(db, rq->arena, rq->tenant, proposal->page, &page));
    return page.state == page_state_draft
               ? page_change_state(db, rq, &page, page_state_published, NULL)
               : ERR_OK;
}

/* The officers' task is done when the last that waited is taken. */
static enum error task_done_with_last(struct db *db, struct request *rq, int64_t campaign) {
    int64_t left = 0;
    TRY(db_integer(db, &sql_proposals_untaken,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("campaign", campaign)), &left));
    if (left > 0)
        return ERR_OK;
    return task_done(db, rq->tenant, proposal_task_cause(rq->arena, campaign), rq->visitor->account,
                     rq->now);
}

enum error proposal_take(struct db *db, struct request *rq, const struct proposal *proposal,
                         int64_t officer) {
    const bool is_first = proposal->state == proposal_state_received;
    TRY(swap(db, &sql_proposal_take,
             WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", proposal->page),
                  BIND_INT("revision", proposal->revision), BIND_INT("officer", officer))));
    if (!is_first)
        return ERR_OK;
    TRY(proposal_note(
        db, rq, proposal->page,
        &(struct proposal_happened){.event = proposal_event_assessing, .is_public = true}));
    TRY(task_done_with_last(db, rq, proposal->campaign));
    return publish(db, rq, proposal);
}

enum error proposal_state_put(struct db *db, struct request *rq, const struct proposal *proposal,
                              enum proposal_state state, int64_t merged_into) {
    return swap(db, &sql_proposal_state_put,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", proposal->page),
                     BIND_INT("revision", proposal->revision),
                     BIND_TEXT("state", choice_code(&proposal_state_choices, (int)state)),
                     BIND_ID("merged_into", merged_into)));
}

/* ---- assessing ---- */

static struct bind bind_money(const char *name, int64_t ore) {
    return ore == FORM_NONE ? BIND_NULL(name) : BIND_INT(name, ore);
}

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

static enum error verdicts_put(struct db *db, struct request *rq, int64_t page,
                               const struct proposal_finding *finding) {
    for (size_t i = 0; i < finding->judged_count; i++) {
        const int verdict = finding->judged[i].verdict;
        if (verdict < 0) {
            TRY(db_exec(db, &sql_proposal_verdict_remove,
                        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page),
                             BIND_INT("criterion", finding->judged[i].criterion)),
                        NULL));
            continue;
        }
        TRY(db_exec(db, &sql_proposal_verdict_put,
                    WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page),
                         BIND_INT("criterion", finding->judged[i].criterion),
                         BIND_TEXT("verdict", choice_code(&proposal_verdict_choices, verdict)),
                         BIND_TEXT("reason", or_empty(finding->judged[i].reason)),
                         BIND_INT("account", rq->visitor->account), BIND_TIME("now", rq->now)),
                    NULL));
    }
    return ERR_OK;
}

enum error proposal_assess(struct db *db, struct request *rq, const struct proposal *proposal,
                           const struct proposal_finding *finding) {
    TRY(swap(db, &sql_proposal_cost_put,
             WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", proposal->page),
                  BIND_INT("revision", proposal->revision),
                  bind_money("investment", finding->investment),
                  bind_money("running", finding->running),
                  BIND_TEXT("running_bearer", or_empty(finding->running_bearer)),
                  BIND_TEXT("land", or_empty(finding->land)),
                  BIND_TEXT("permits", or_empty(finding->permits)),
                  BIND_TEXT("outcome_reason", or_empty(finding->reason)))));
    return verdicts_put(db, rq, proposal->page, finding);
}

enum error proposal_settle(struct db *db, struct request *rq, const struct proposal *proposal,
                           enum proposal_state outcome, const char *reason) {
    const bool admitted = outcome == proposal_state_admitted;
    TRY(db_exec(db, &sql_proposal_outcome_put,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", proposal->page),
                     BIND_TEXT("state", choice_code(&proposal_state_choices, (int)outcome)),
                     BIND_TIME("now", rq->now)),
                NULL));
    /* A refusal is told to its proposer first: it becomes public with the note of that (PB-4). */
    if (admitted)
        TRY(proposal_note(
            db, rq, proposal->page,
            &(struct proposal_happened){.event = proposal_event_admitted, .is_public = true}));
    TRY(proposal_tell_outcome(db, rq, proposal, outcome, reason));
    return proposal_audit(db, rq, admitted ? "proposal.admit" : "proposal.refuse", proposal->page,
                          reason == NULL || reason[0] == '\0' ? NULL : reason);
}

/* ---- afterwards ---- */

enum error proposal_contacted_put(struct db *db, struct request *rq,
                                  const struct proposal_contacted *contacted) {
    TRY(swap(db, &sql_proposal_contacted_put,
             WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", contacted->page),
                  BIND_INT("revision", contacted->revision),
                  BIND_TIME("contacted_on", contacted->on),
                  BIND_TEXT("contacted_how", or_empty(contacted->how)))));
    TRY(task_done(db, rq->tenant, proposal_ring_cause(rq->arena, contacted->page),
                  rq->visitor->account, rq->now));
    TRY(proposal_note(
        db, rq, contacted->page,
        &(struct proposal_happened){.event = proposal_event_contacted, .is_public = true}));
    if (contacted->state == proposal_state_not_admitted)
        TRY(proposal_note(
            db, rq, contacted->page,
            &(struct proposal_happened){.event = proposal_event_not_admitted, .is_public = true}));
    return proposal_audit(db, rq, "proposal.contact", contacted->page, NULL);
}

enum error proposal_reopen(struct db *db, struct request *rq, const struct proposal *proposal) {
    TRY(swap(db, &sql_proposal_outcome_remove,
             WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", proposal->page),
                  BIND_INT("revision", proposal->revision))));
    TRY(proposal_note(
        db, rq, proposal->page,
        &(struct proposal_happened){.event = proposal_event_reopened, .is_public = true}));
    return proposal_audit(db, rq, "proposal.reopen", proposal->page, NULL);
}

enum error proposal_hand_on(struct db *db, struct request *rq, const struct proposal *proposal,
                            const char *words) {
    struct proposal_contact contact = {0};
    const enum error error =
        proposal_contact_find(db, rq->arena, rq->tenant, proposal->page, &contact);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    TRY(swap(db, &sql_proposal_hand_on,
             WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", proposal->page),
                  BIND_INT("revision", proposal->revision),
                  BIND_INT("account", rq->visitor->account), BIND_TEXT("words", words),
                  BIND_TIME("now", rq->now),
                  BIND_TIME("contacted_on", contact.email == NULL ? INSTANT_NONE : rq->now))));
    TRY(task_done_with_last(db, rq, proposal->campaign));
    TRY(proposal_note(
        db, rq, proposal->page,
        &(struct proposal_happened){.event = proposal_event_not_admitted, .words = words}));
    TRY(proposal_tell_outcome(db, rq, proposal, proposal_state_not_admitted, words));
    return proposal_audit(db, rq, "proposal.refuse", proposal->page, words);
}
