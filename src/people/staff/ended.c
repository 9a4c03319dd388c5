/* Roles whose last day has passed are taken away. They give nothing from that instant on (admission
 * sees to it): this clears the table, ends the sessions and writes the audit row. */
#include <sodium.h>

#include "people/accounts.h"
#include "people/staff/staff.h"
#include "platform/base/instant.h"
#include "staff_statements.h"

#define ENDED_ROLE(F, T)                                                                           \
    F(T, id, tenant, , "organisation")                                                             \
    F(T, id, account, , "who had it")                                                              \
    F(T, text, role, , "code of roles.def")
SHAPE(ended_role, ENDED_ROLE);

enum { MOST_AT_ONCE = 100 };

struct ending {
    struct request rq;
    int64_t account;
    enum role role;
};

static enum error end_act(void *context, struct db *db) {
    struct ending *ending = context;
    return role_revoke(db, &ending->rq, ending->account, ending->role, NULL);
}

static enum error run(struct job_context *context, const struct job *job) {
    static struct visitor nobody = {.account = 0};
    struct ended_role_list ended;
    (void)job;
    TRY(db_many(context->db, context->arena, &sql_roles_ended, WITH(BIND_INT("now", context->now)),
                MOST_AT_ONCE, &ended_role_shape, &ended));
    for (size_t i = 0; i < ended.count; i++) {
        struct ending ending = {
            .rq = {.arena = context->arena,
                   .now = context->now,
                   .tenant = ended.at[i].tenant,
                   .visitor = &nobody},
            .account = ended.at[i].account,
            .role = (enum role)role_find(ended.at[i].role),
        };
        randombytes_buf(ending.rq.seed, sizeof ending.rq.seed);
        TRY(store_act(context->store, end_act, &ending));
    }
    return ERR_OK;
}

const struct job_kind roles_ended_job = {
    .name = "staff.roles_ended",
    .run = run,
    .every = HOURS(1),
    .doc = "Takes away roles whose last day has passed.",
};
