/* What is kept of invitations: the register extract, erasing with the account, purging. */
#include "invitations_statements.h"
#include "people/invitations/invitations.h"
#include "platform/base/instant.h"

static enum error extract(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                          struct buffer *into) {
    struct invitation_row_list rows;
    TRY(db_many(db, arena, &sql_invitations_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), 100,
                &invitation_row_shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &invitation_row_shape, &rows.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

static enum error erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                        int64_t now) {
    (void)arena;
    (void)now;
    return db_exec(db, &sql_invitation_erase,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

const struct register_source invitation_register_source = {
    .name = "register.invitations",
    .extract = extract,
    .erase = erase,
};

/* ---- purging ---- */

enum { DAYS_KEPT = 30 }; /* after the end (view/retention.def: invitation) */

static enum error purge_act(void *context, struct db *db) {
    const int64_t *now = context;
    return db_exec(db, &sql_invitation_purge,
                   WITH(BIND_INT("ended_before", *now - DAYS(DAYS_KEPT))), NULL);
}

static enum error purge(struct job_context *context, const struct job *job) {
    (void)job;
    return store_act(context->store, purge_act, &context->now);
}

const struct job_kind invitation_purge_job = {
    .name = "invitation.purge",
    .run = purge,
    .every = DAYS(1),
    .doc = "Removes invitations thirty days after their end.",
};
