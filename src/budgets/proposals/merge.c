#include "budgets/proposals/merge.h"

#include <string.h>

#include "budgets/proposals/mail.h"
#include "proposals_statements.h"

enum error merge_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                      struct merge_row *ret_merge) {
    const enum error error = db_one(db, arena, &sql_merge_waiting,
                                    WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)),
                                    &merge_row_shape, ret_merge);
    return error == ERR_NOT_FOUND ? ERR_OK : error;
}

/* ---- asking ---- */

static enum error note(struct db *db, struct request *rq, int64_t page, enum proposal_event event,
                       int64_t other, const char *words) {
    const bool is_public = event == proposal_event_merged || event == proposal_event_took_in;
    return proposal_note(db, rq, page, &(struct proposal_happened){event, other, words, is_public});
}

enum error merge_ask(struct db *db, struct request *rq, const struct proposal *page,
                     const struct proposal *into, const char *reason) {
    int64_t changed = 0;
    TRY(db_exec(db, &sql_merge_insert,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page->page),
                     BIND_INT("into_page", into->page), BIND_TEXT("reason", reason),
                     BIND_INT("account", rq->visitor->account), BIND_TIME("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(note(db, rq, page->page, proposal_event_merge_asked, into->page, reason));
    TRY(note(db, rq, into->page, proposal_event_merge_asked, page->page, reason));
    TRY(proposal_tell_merge(db, rq, page, into, false, reason));
    return proposal_tell_merge(db, rq, into, page, true, reason);
}

/* ---- answering ---- */

static enum merge_says said(const char *code) {
    if (code == NULL)
        return MERGE_SILENT;
    return strcmp(code, "yes") == 0 ? MERGE_YES : MERGE_NO;
}

static enum error both_stay(struct db *db, struct request *rq, const struct merge_row *merge) {
    TRY(note(db, rq, merge->page, proposal_event_merge_refused, merge->into_page, NULL));
    return note(db, rq, merge->into_page, proposal_event_merge_refused, merge->page, NULL);
}

/* Authors and history of both stay with their own pages, which tell of each other. One that was
 * settled meanwhile is not merged any more: then both stay. */
static enum error become_one(struct db *db, struct request *rq, const struct merge_row *merge) {
    struct proposal page = {0}, into = {0};
    TRY(proposal_find(db, rq->arena, rq->tenant, merge->page, &page));
    TRY(proposal_find(db, rq->arena, rq->tenant, merge->into_page, &into));
    if (!proposal_may(PROPOSAL_MERGE, (enum proposal_state)page.state, false) ||
        !proposal_may(PROPOSAL_MERGE, (enum proposal_state)into.state, false))
        return both_stay(db, rq, merge);
    TRY(proposal_state_put(db, rq, &page, proposal_state_merged, into.page));
    TRY(note(db, rq, page.page, proposal_event_merged, into.page, NULL));
    TRY(note(db, rq, into.page, proposal_event_took_in, page.page, NULL));
    return proposal_audit(db, rq, "proposal.merge", page.page, merge->reason);
}

enum error merge_answered(struct db *db, struct request *rq, const struct proposal *proposal,
                          bool agrees) {
    struct merge_row merge = {0};
    int64_t changed = 0;
    TRY(merge_find(db, rq->arena, rq->tenant, proposal->page, &merge));
    if (merge.id == 0)
        return ERR_NOT_FOUND;
    const char *says = agrees ? "yes" : "no";
    const bool is_page = merge.page == proposal->page;
    const char *page_says = is_page ? says : merge.page_says,
               *into_says = is_page ? merge.into_says : says;
    const enum merge_state state = merge_judge(said(page_says), said(into_says));
    TRY(db_exec(db, &sql_merge_answer_put,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", merge.id),
                     BIND_TEXT("page_says", page_says), BIND_TEXT("into_says", into_says),
                     BIND_TIME("settled_at", state == MERGE_WAITS ? INSTANT_NONE : rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    if (state == MERGE_REFUSED)
        return both_stay(db, rq, &merge);
    return state == MERGE_AGREED ? become_one(db, rq, &merge) : ERR_OK;
}
