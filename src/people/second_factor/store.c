#include <string.h>

#include "people/keys.h"
#include "people/second_factor/second_factor.h"
#include "second_factor_statements.h"

enum error second_factor_find(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                              struct second_factor_row *ret_row) {
    return db_one(db, arena, &sql_second_factor_find,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)),
                  &second_factor_row_shape, ret_row);
}

enum error second_factor_secret(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                                unsigned char ret_secret[TOTP_SECRET_BYTES]) {
    const void *sealed = NULL, *secret = NULL;
    size_t sealed_length = 0, length = 0;

    TRY(db_blob(db, arena, &sql_second_factor_secret,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), &sealed,
                &sealed_length));
    TRY(people_unseal(arena, sealed, sealed_length, &secret, &length));
    if (length != TOTP_SECRET_BYTES)
        return ERR_FAULT;
    (void)memcpy(ret_secret, secret, TOTP_SECRET_BYTES);
    return ERR_OK;
}

enum error second_factor_set(struct db *db, struct request *rq, const struct factor_setting *set) {
    const struct bind tenant = BIND_INT("tenant", rq->tenant);
    const struct bind account = BIND_INT("account", rq->visitor->account);

    return db_exec(db, &sql_second_factor_set,
                   WITH(tenant, account, BIND_BLOB("secret", set->sealed, set->sealed_length),
                        BIND_INT("step", set->step), BIND_TIME("now", rq->now)),
                   NULL);
}

enum error recovery_codes_set(struct db *db, struct request *rq, unsigned char (*macs)[MAC_BYTES]) {
    const struct bind tenant = BIND_INT("tenant", rq->tenant);
    const struct bind account = BIND_INT("account", rq->visitor->account);

    TRY(db_exec(db, &sql_recovery_code_remove_all, WITH(tenant, account), NULL));
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        TRY(db_exec(db, &sql_recovery_code_add,
                    WITH(tenant, account, BIND_BLOB("code", macs[i], MAC_BYTES)), NULL));
    return ERR_OK;
}

enum error second_factor_use(struct db *db, struct request *rq, int64_t step, bool *ret_used) {
    int64_t changed = 0;

    TRY(db_exec(db, &sql_second_factor_use,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                     BIND_INT("step", step)),
                &changed));
    *ret_used = changed == 1;
    return ERR_OK;
}

enum error recovery_code_use(struct db *db, struct request *rq, const unsigned char mac[MAC_BYTES],
                             bool *ret_used) {
    int64_t changed = 0;

    TRY(db_exec(db, &sql_recovery_code_use,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                     BIND_BLOB("code", mac, MAC_BYTES), BIND_TIME("now", rq->now)),
                &changed));
    *ret_used = changed == 1;
    return ERR_OK;
}

enum error second_factor_erase(struct db *db, int64_t tenant, int64_t account) {
    const struct bind who[] = {
        BIND_INT("tenant", tenant), BIND_INT("account", account), {.name = NULL}};

    TRY(db_exec(db, &sql_recovery_code_remove_all, who, NULL));
    return db_exec(db, &sql_second_factor_remove, who, NULL);
}
