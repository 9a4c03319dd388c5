/* Accounts that nobody uses: warned after twelve months (K76), deleted thirty days later. */
#include <sodium.h>

#include "own_statements.h"
#include "people/own/mail.h"
#include "people/own/own.h"

enum { AT_ONCE = 50 };

const struct mail_kind account_unused_mail = {
    .id = "K76",
    .name = "account_unused",
    .class = MAIL_ALWAYS,
    .useful = DAYS(14),
    .facts = &account_unused_facts_shape,
    .template = "people/own/account_unused.txt",
    .when = "the account was not used for twelve months",
    .to = "its holder",
};

/* Some accounts of one tenant, in one act. */
struct batch {
    struct arena *arena;
    int64_t tenant, now;
    struct person_list unused;
    struct tenant_row_list overdue;
    unsigned char seeds[AT_ONCE][32];
};

static int64_t year_before(int64_t now) {
    return now - DAYS(365);
}

static enum error warn_one(struct batch *batch, struct db *db, const struct person *person) {
    const struct account_unused_facts facts = {.deleted_at = batch->now + DAYS(30)};
    const struct mail_recipient to = {person->id, person->email, person->name,
                                      language_from_code(person->language)};
    const char *cause = arena_format(batch->arena, "unused:%lld:%lld", (long long)person->id,
                                     (long long)batch->now);
    int64_t changed = 0;

    TRY(db_exec(db, &sql_own_warned,
                WITH(BIND_INT("tenant", batch->tenant), BIND_INT("account", person->id),
                     BIND_TIME("now", batch->now), BIND_TIME("before", year_before(batch->now))),
                &changed));
    if (changed == 0)
        return ERR_OK;
    return mail_queue(db, batch->arena, batch->tenant, &account_unused_mail, &to, cause, batch->now,
                      &facts);
}

static enum error run_batch(void *context, struct db *db) {
    struct batch *batch = context;

    for (size_t i = 0; i < batch->unused.count; i++)
        TRY(warn_one(batch, db, &batch->unused.at[i]));
    for (size_t i = 0; i < batch->overdue.count; i++) {
        const int64_t account = batch->overdue.at[i].id;
        bool has_role = false; /* given since it was found */
        TRY(account_has_role(db, batch->tenant, account, batch->now, &has_role));
        if (!has_role)
            TRY(account_erase(db, batch->arena, batch->tenant, account, batch->now,
                              batch->seeds[i]));
    }
    return ERR_OK;
}

/* The rest has to wait for the next day: at most AT_ONCE of each in one act of the lane. */
static enum error one_tenant(struct job_context *context, int64_t tenant) {
    struct batch batch = {.arena = context->arena, .tenant = tenant, .now = context->now};
    const struct bind of = BIND_INT("tenant", tenant);
    const struct bind before = BIND_TIME("before", year_before(context->now));

    TRY(db_many(context->db, context->arena, &sql_own_unused, WITH(of, before), AT_ONCE,
                &person_shape, &batch.unused));
    TRY(db_many(context->db, context->arena, &sql_own_overdue,
                WITH(of, before, BIND_TIME("warned_before", context->now - DAYS(30))), AT_ONCE,
                &tenant_row_shape, &batch.overdue));
    if (batch.unused.count + batch.overdue.count == 0)
        return ERR_OK;
    randombytes_buf(batch.seeds, sizeof batch.seeds);
    return store_act(context->store, run_batch, &batch);
}

static enum error run_unused(struct job_context *context, const struct job *job) {
    struct tenant_row_list tenants;

    (void)job;
    TRY(tenants_find(context->db, context->arena, &tenants));
    for (size_t i = 0; i < tenants.count; i++)
        TRY(one_tenant(context, tenants.at[i].id));
    return ERR_OK;
}

const struct job_kind account_unused_job = {
    .name = "account.unused",
    .run = run_unused,
    .every = HOURS(6),
    .doc = "warns holders of accounts unused for a year, and deletes those that stay so",
};
