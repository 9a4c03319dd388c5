#include "people/accounts.h"

#include <assert.h>

#include "people/sessions/sessions.h"
#include "people/tokens/tokens.h"
#include "people_statements.h"
#include "records/records.h"

enum { MOST_HOLDERS = 200, MOST_TENANTS = 10000 };

enum error account_find(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                        struct account *ret_account) {
    return db_one(db, arena, &sql_account_find,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("id", id)), &account_shape,
                  ret_account);
}

enum error account_by_email(struct db *db, struct arena *arena, int64_t tenant,
                            const char *email_key, struct account *ret_account) {
    return db_one(db, arena, &sql_account_by_email,
                  WITH(BIND_INT("tenant", tenant), BIND_TEXT("email_key", email_key)),
                  &account_shape, ret_account);
}

enum error account_ensure(struct db *db, struct arena *arena, int64_t tenant, const char *email,
                          enum language language, int64_t now, int64_t *ret_account) {
    const char *key = text_email_key(arena, email);

    if (key == NULL)
        return ERR_INVALID;
    return db_integer(db, &sql_account_ensure,
                      WITH(BIND_INT("tenant", tenant), BIND_TEXT("email", email),
                           BIND_TEXT("email_key", key),
                           BIND_TEXT("language", language_code(language)), BIND_TIME("now", now)),
                      ret_account);
}

enum error account_rename(struct db *db, int64_t tenant, int64_t account, const char *name,
                          enum language language) {
    return db_exec(db, &sql_account_rename,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account),
                        BIND_TEXT("name", name), BIND_TEXT("language", language_code(language))),
                   NULL);
}

enum error person_find(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                       struct person *ret_person) {
    return db_one(db, arena, &sql_person_find,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), &person_shape,
                  ret_person);
}

enum error people_with_role(struct db *db, struct arena *arena, int64_t tenant, enum role role,
                            struct person_list *ret_people) {
    return db_many(
        db, arena, &sql_people_with_role,
        WITH(BIND_INT("tenant", tenant), BIND_TEXT("role", choice_code(&role_choices, (int)role))),
        MOST_HOLDERS, &person_shape, ret_people);
}

enum error tenants_find(struct db *db, struct arena *arena, struct tenant_row_list *ret_tenants) {
    return db_many(db, arena, &sql_tenants, WITH_NOTHING, MOST_TENANTS, &tenant_row_shape,
                   ret_tenants);
}

/* A role's change as an official act: who got it stands in the object, who gave it in the row. */
struct role_change {
    const char *act;
    int64_t account, by;
    enum role role;
    const char *reason;
};

static enum error role_audit(struct db *db, struct request *rq, const struct role_change *change) {
    const struct audit_entry entry = {
        .act = change->act,
        .account = change->by,
        .object = arena_format(rq->arena, "account:%lld", (long long)change->account),
        .reason = change->reason,
        .detail = arena_format(rq->arena, "{\"role\":\"%s\"}",
                               choice_code(&role_choices, (int)change->role)),
    };

    return audit_append(db, rq, &entry);
}

enum error role_grant(struct db *db, struct request *rq, int64_t account, enum role role,
                      int64_t by, const char *reason) {
    const struct role_change change = {"role.grant", account, by, role, reason};
    int64_t changed = 0;

    assert(role != ROLE_visitor && role != ROLE_participant);
    TRY(db_exec(db, &sql_role_add,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", account),
                     BIND_TEXT("role", choice_code(&role_choices, (int)role)),
                     BIND_ID("granted_by", by), BIND_TIME("now", rq->now)),
                &changed));
    return changed == 0 ? ERR_OK : role_audit(db, rq, &change);
}

enum error role_revoke(struct db *db, struct request *rq, int64_t account, enum role role,
                       const char *reason) {
    const struct role_change change = {"role.revoke", account, rq->visitor->account, role, reason};
    int64_t changed = 0;

    TRY(db_exec(db, &sql_role_remove,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", account),
                     BIND_TEXT("role", choice_code(&role_choices, (int)role))),
                &changed));
    if (changed == 0)
        return ERR_OK;
    TRY(session_end_all(db, rq->tenant, account));
    TRY(token_revoke_all(db, rq->tenant, account));
    return role_audit(db, rq, &change);
}
