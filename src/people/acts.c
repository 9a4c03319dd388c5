/* One-time acts are forgotten when nobody will send their form again. */
#include "people/accounts.h"
#include "platform/base/instant.h"

struct forgetting {
    const struct tenant_row_list *tenants;
    int64_t before;
};

/* Acts of no organisation, too: the very first set-up. */
static enum error forget(void *context, struct db *db) {
    const struct forgetting *forgetting = context;

    TRY(http_acts_forget(db, 0, forgetting->before, NULL));
    for (size_t i = 0; i < forgetting->tenants->count; i++)
        TRY(http_acts_forget(db, forgetting->tenants->at[i].id, forgetting->before, NULL));
    return ERR_OK;
}

static enum error run_forget(struct job_context *context, const struct job *job) {
    struct tenant_row_list tenants;
    struct forgetting work = {.tenants = &tenants, .before = context->now - HTTP_ACTS_KEPT};

    (void)job;
    TRY(tenants_find(context->db, context->arena, &tenants));
    return store_act(context->store, forget, &work);
}

const struct job_kind acts_forget_job = {
    .name = "acts.forget",
    .run = run_forget,
    .every = HOURS(1),
    .doc = "forgets one-time acts after thirty days",
};
