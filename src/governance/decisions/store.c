#include <string.h>

#include "decisions_statements.h"
#include "governance/decisions/decisions.h"
#include "pages/pages.h"
#include "records/records.h"

enum { DECISIONS_MAX = 50 };

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

static enum error note(struct db *db, struct request *rq, const char *act, int64_t id,
                       const char *reason) {
    return audit_append(
        db, rq,
        &(struct audit_entry){.act = act,
                              .account = rq->visitor == NULL ? 0 : rq->visitor->account,
                              .object = arena_format(rq->arena, "decision:%lld", (long long)id),
                              .reason = reason});
}

static enum error follow(struct db *db, struct request *rq, const struct decision *decision) {
    struct page page = {0};
    TRY(page_find(db, rq->arena, rq->tenant, decision->page, &page));
    for (size_t i = 0; decision_followers[i] != NULL; i++)
        if (strcmp(decision_followers[i]->page_kind, page.kind) == 0)
            TRY(decision_followers[i]->recorded(db, rq, decision));
    return ERR_OK;
}

/* A later framework decision takes the place of the one before; results and drops stand beside. */
static enum error replace(struct db *db, int64_t tenant, const struct decision *decision) {
    if (decision->kind != decision_kind_framework)
        return ERR_OK;
    return db_exec(db, &sql_decision_replace,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("id", decision->id),
                        BIND_INT("page", decision->page),
                        BIND_TEXT("kind", choice_code(&decision_kind_choices, decision->kind))),
                   NULL);
}

enum error decision_add(struct db *db, struct request *rq, const struct decision *decision,
                        int64_t *ret_id) {
    struct decision row = *decision;
    row.delegation = or_empty(row.delegation);
    row.registry_no = or_empty(row.registry_no);
    row.item = decision_item(rq->arena, row.item);
    row.appeal_until = decision_appeal_until(row.posted_on);
    row.recorded_at = rq->now;
    TRY(db_integer(
        db, &sql_decision_insert,
        bind_row(rq->arena, &decision_shape, &row,
                 WITH(BIND_INT("tenant", rq->tenant),
                      BIND_ID("recorded_by", rq->visitor == NULL ? 0 : rq->visitor->account))),
        &row.id));
    TRY(replace(db, rq->tenant, &row));
    TRY(follow(db, rq, &row));
    TRY(note(db, rq, "decision.record", row.id, NULL));
    *ret_id = row.id;
    return ERR_OK;
}

enum error decision_post(struct db *db, struct request *rq, int64_t id, int64_t posted_on) {
    int64_t changed = 0;
    TRY(db_exec(db, &sql_decision_post,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", id),
                     BIND_TIME("posted_on", posted_on),
                     BIND_TIME("appeal_until", decision_appeal_until(posted_on))),
                &changed));
    return changed == 0 ? ERR_CONFLICT : note(db, rq, "decision.post", id, NULL);
}

enum error decision_by_id(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                          struct decision *ret_decision) {
    return db_one(db, arena, &sql_decision_by_id,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("id", id)), &decision_shape,
                  ret_decision);
}

enum error decision_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                         enum decision_kind kind, struct decision *ret_decision) {
    struct decision_list found = {0};
    TRY(db_many(db, arena, &sql_decision_of_kind,
                WITH(BIND_INT("tenant", tenant), BIND_INT("page", page),
                     BIND_TEXT("kind", choice_code(&decision_kind_choices, (int)kind))),
                1, &decision_shape, &found));
    if (found.count == 0)
        return ERR_NOT_FOUND;
    *ret_decision = found.at[0];
    return ERR_OK;
}

enum error decisions_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                          struct decision_list *ret_decisions) {
    return db_many(db, arena, &sql_decisions_of_page,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), DECISIONS_MAX,
                   &decision_shape, ret_decisions);
}
