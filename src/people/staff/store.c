#include <string.h>

#include "pages/pages.h"
#include "people/accounts.h"
#include "people/staff/staff.h"
#include "platform/base/instant.h"
#include "records/records.h"
#include "staff_statements.h"

uint32_t staff_roles_from_picks(uint64_t picks) {
    return (uint32_t)(picks & ((UINT64_C(1) << STAFF_ROLE_COUNT) - 1)) << STAFF_ROLE_FIRST;
}

uint64_t staff_picks_from_roles(uint32_t roles) {
    return roles >> STAFF_ROLE_FIRST & ((UINT64_C(1) << STAFF_ROLE_COUNT) - 1);
}

uint32_t staff_roles_of(const struct staff_row_list *rows) {
    uint32_t roles = 0;
    for (size_t i = 0; i < rows->count; i++)
        roles |= roles_from_codes(rows->at[i].role);
    return roles;
}

enum error staff_of(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                    struct staff_row_list *ret_rows) {
    struct staff_row_list rows;
    TRY(db_many(db, arena, &sql_staff_roles_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), ROLE_COUNT,
                &staff_row_shape, &rows));
    if (rows.count == 0)
        return ERR_NOT_FOUND;
    *ret_rows = rows;
    return ERR_OK;
}

/* ---- changing ---- */

/* Everything that staff roles mean to the rules: all of them but administrator and operator read.
 */
static struct role_kinds kinds(void) {
    const uint32_t keepers = role_bit(ROLE_administrator) | role_bit(ROLE_operator);
    return (struct role_kinds){
        .grantable = roles_of_staff() & ~role_bit(ROLE_operator),
        .administrator = role_bit(ROLE_administrator),
        .keepers = keepers,
        .readers = roles_of_staff() & ~keepers,
    };
}

/* Where the account stands. Acts run as if one after the other, so the count holds until they end.
 */
static enum error standing(struct db *db, struct request *rq, int64_t account,
                           struct staff_row_list *ret_rows, struct roles_change *ret_change) {
    struct staff_row_list rows = {NULL, 0};
    TRY(db_many(db, rq->arena, &sql_staff_roles_of_account,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", account)), ROLE_COUNT,
                &staff_row_shape, &rows));
    struct roles_change change = {.before = staff_roles_of(&rows)};
    TRY(db_integer(db, &sql_administrators_beside,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", account)),
                   &change.other_administrators));
    *ret_rows = rows;
    *ret_change = change;
    return ERR_OK;
}

/* The data protection officers find it among their tasks; asking again makes one task. */
static enum error tell_dpo(struct db *db, struct request *rq, int64_t account) {
    const struct task task = {
        .role = ROLE_dpo,
        .word = "task.reading_role",
        .address = arena_format(rq->arena, "/people/%lld", (long long)account),
        .cause = arena_format(rq->arena, "reading:%lld:%s", (long long)account, rq->id),
        .due_at = instant_day_start(rq->now, 8),
    };
    return task_add(db, rq->tenant, &task, rq->now);
}

enum error staff_change(struct db *db, struct request *rq, int64_t account, uint32_t after,
                        const char *reason, enum roles_verdict *ret_verdict) {
    const struct role_kinds known = kinds();
    struct staff_row_list rows;
    struct roles_change change;
    TRY(standing(db, rq, account, &rows, &change));
    change.after = (after & ~role_bit(ROLE_operator)) | (change.before & role_bit(ROLE_operator));
    const enum roles_verdict verdict = roles_change_judge(&known, &change);
    if (verdict == ROLES_ALLOWED) {
        for (unsigned role = 0; role < ROLE_COUNT; role++) {
            if ((change.after & ~change.before & role_bit(role)) != 0)
                TRY(role_grant(db, rq, account, (enum role)role, rq->visitor->account, reason));
            if ((change.before & ~change.after & role_bit(role)) != 0)
                TRY(role_revoke(db, rq, account, (enum role)role, reason));
        }
        if (roles_change_is_told(&known, &change))
            TRY(tell_dpo(db, rq, account));
    }
    *ret_verdict = verdict;
    return ERR_OK;
}

enum error staff_add(struct db *db, struct request *rq, int64_t account, uint32_t roles,
                     int64_t by) {
    const struct role_kinds known = kinds();
    struct staff_row_list rows;
    struct roles_change change;
    TRY(standing(db, rq, account, &rows, &change));
    change.after = change.before | roles;
    switch (roles_change_judge(&known, &change)) {
    case ROLES_UNCHANGED:
        return ERR_OK;
    case ROLES_ALLOWED:
        break;
    case ROLES_NOT_GRANTABLE:
    case ROLES_TOO_FEW_ADMINISTRATORS:
        return ERR_FORBIDDEN;
    }
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((roles & ~change.before & role_bit(role)) != 0)
            TRY(role_grant(db, rq, account, (enum role)role, by, NULL));
    return roles_change_is_told(&known, &change) ? tell_dpo(db, rq, account) : ERR_OK;
}

enum error staff_set_end(struct db *db, struct request *rq, int64_t account, enum role role,
                         int64_t ends_at, const char *reason, enum roles_verdict *ret_verdict) {
    const struct role_kinds known = kinds();
    struct staff_row_list rows;
    struct roles_change change;
    TRY(standing(db, rq, account, &rows, &change));
    if ((change.before & role_bit(role)) == 0)
        return ERR_NOT_FOUND;
    change.after = ends_at == INSTANT_NONE ? change.before : change.before & ~role_bit(role);
    const enum roles_verdict verdict = roles_change_judge(&known, &change);
    if (verdict == ROLES_ALLOWED || verdict == ROLES_UNCHANGED) {
        const char *code = choice_code(&role_choices, (int)role);
        TRY(db_exec(db, &sql_role_set_end,
                    WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", account),
                         BIND_TEXT("role", code), BIND_TIME("ends_at", ends_at)),
                    NULL));
        const struct audit_entry entry = {
            .act = "role.end",
            .account = rq->visitor->account,
            .object = arena_format(rq->arena, "account:%lld", (long long)account),
            .reason = reason,
            .detail = ends_at == INSTANT_NONE
                          ? arena_format(rq->arena, "{\"role\":\"%s\",\"ends_at\":null}", code)
                          : arena_format(rq->arena, "{\"role\":\"%s\",\"ends_at\":\"%s\"}", code,
                                         instant_to_rfc3339(rq->arena, ends_at)),
        };
        TRY(audit_append(db, rq, &entry));
    }
    *ret_verdict = verdict == ROLES_UNCHANGED ? ROLES_ALLOWED : verdict;
    return ERR_OK;
}

const char *roles_verdict_word(enum roles_verdict verdict) {
    switch (verdict) {
    case ROLES_UNCHANGED:
        return "staff.unchanged";
    case ROLES_NOT_GRANTABLE:
        return "staff.not_grantable";
    case ROLES_TOO_FEW_ADMINISTRATORS:
        return "staff.too_few_administrators";
    case ROLES_ALLOWED:
        break;
    }
    return NULL;
}
