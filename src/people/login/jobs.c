/* Proofs whose time is out are removed. */
#include "login_statements.h"
#include "people/accounts.h"

struct purge {
    const struct tenant_row_list *tenants;
    int64_t now;
};

static enum error purge(void *context, struct db *db) {
    const struct purge *purge = context;

    for (size_t i = 0; i < purge->tenants->count; i++)
        TRY(db_exec(
            db, &sql_proof_purge,
            WITH(BIND_INT("tenant", purge->tenants->at[i].id), BIND_TIME("now", purge->now)),
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

const struct job_kind proof_purge_job = {
    .name = "proof.purge",
    .run = run_purge,
    .every = HOURS(1),
    .doc = "removes codes and links whose time is out",
};
