/* Drafts whose time is over, and what is kept about an account. */
#include "drafts_statements.h"
#include "pages/drafts/drafts.h"
#include "pages/tenants.h"
#include "people/people.h"
#include "platform/view/view.h"

enum { DRAFTS_MAX = 1000 };

static enum error end_tenant(void *context, struct db *db) {
    const struct tenant_act *one = context;
    return db_exec(db, &sql_drafts_end,
                   WITH(BIND_INT("tenant", one->tenant), BIND_TIME("now", one->context->now)),
                   NULL);
}

static enum error end_run(struct job_context *context, const struct job *job) {
    (void)job;
    return tenants_each(context, end_tenant);
}

const struct job_kind drafts_end_job = {
    .name = "drafts.end",
    .run = end_run,
    .every = DAYS(1),
    .doc = "Throws away drafts that nobody has touched for thirty days.",
};

#define KEPT_DRAFT(F, T)                                                                           \
    F(T, id, id, , "draft")                                                                        \
    F(T, text, form, , "which form")                                                               \
    F(T, time, begun_at, , "when it was begun")                                                    \
    F(T, time, updated_at, , "last time a page of it was saved")                                   \
    F(T, text, fields, , "what was typed, as JSON")
SHAPE(kept_draft, KEPT_DRAFT);

static enum error drafts_extract(struct db *db, struct arena *arena, int64_t tenant,
                                 int64_t account, struct buffer *into) {
    struct kept_draft_list rows = {0};
    TRY(db_many(db, arena, &sql_drafts_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), DRAFTS_MAX,
                &kept_draft_shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &kept_draft_shape, &rows.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

static enum error drafts_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                               int64_t now) {
    (void)arena;
    (void)now;
    return db_exec(db, &sql_drafts_erase,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

const struct register_source drafts_register = {"register.drafts", drafts_extract, drafts_erase};
