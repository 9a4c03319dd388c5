/* What sessions need done in the background. */
#include "people/accounts.h"
#include "people/sessions/sessions.h"
#include "sessions_statements.h"

static enum error run_seen(struct job_context *context, const struct job *job) {
    (void)job;
    return session_write_seen(context->store);
}

struct purge {
    const struct tenant_row_list *tenants;
    int64_t now;
};

static enum error purge(void *context, struct db *db) {
    const struct purge *purge = context;

    for (size_t i = 0; i < purge->tenants->count; i++)
        TRY(db_exec(db, &sql_session_purge,
                    WITH(BIND_INT("tenant", purge->tenants->at[i].id),
                         BIND_TIME("month_ago", purge->now - DAYS(30)),
                         BIND_TIME("day_ago", purge->now - DAYS(1))),
                    NULL));
    return ERR_OK;
}

static enum error run_purge(struct job_context *context, const struct job *job) {
    struct tenant_row_list tenants;
    struct purge work = {.tenants = &tenants, .now = context->now};

    (void)job;
    TRY(tenants_find(context->db, context->arena, &tenants));
    return store_act(context->store, purge, &work);
}

const struct job_kind session_seen_job = {
    .name = "session.seen",
    .run = run_seen,
    .every = MINUTES(1),
    .doc = "writes when sessions were last used",
};

const struct job_kind session_purge_job = {
    .name = "session.purge",
    .run = run_purge,
    .every = HOURS(1),
    .doc = "removes sessions that are over",
};
