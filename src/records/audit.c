/* Writing the chain, and erasing what it tells of people. */
#include <inttypes.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/view/view.h"
#include "records/audit.h"
#include "records/chain.h"
#include "records_statements.h"

enum { PAYLOAD_BYTES = 64 << 10 };

/* ---- the table of acts ---- */

static const struct audit_act acts[] = {
#define ACT(name, meaning) {name, meaning, false},
#define OWN_ACT(name, meaning) {name, meaning, true},
#include "records/acts.def"
#undef OWN_ACT
#undef ACT
};

const struct audit_act *audit_act_at(size_t number) {
    return number < sizeof acts / sizeof acts[0] ? &acts[number] : NULL;
}

static bool act_is_known(const char *name) {
    const struct audit_act *act;
    for (size_t i = 0; (act = audit_act_at(i)) != NULL; i++) {
        if (strcmp(act->name, name) == 0)
            return true;
    }
    return false;
}

/* ---- appending ---- */

/* {"account":7,"reason":"…","detail":{…}}, without what there is not. */
static const char *payload_json(struct arena *arena, const struct audit_entry *entry) {
    struct buffer buffer = buffer_in(arena, PAYLOAD_BYTES);
    buffer_format(&buffer, "{\"account\":%" PRId64, entry->account);
    if (entry->reason != NULL) {
        buffer_text(&buffer, ",\"reason\":");
        json_write_text(&buffer, entry->reason);
    }
    if (entry->detail != NULL)
        buffer_format(&buffer, ",\"detail\":%s", entry->detail);
    buffer_text(&buffer, "}");
    return buffer_string(&buffer);
}

static enum error payload_add(struct db *db, int64_t tenant, int64_t sequence,
                              const struct audit_entry *entry, const char *payload,
                              const char *salt) {
    return db_exec(db, &sql_audit_payload_add,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("sequence", sequence),
                        BIND_ID("account", entry->account), BIND_TEXT("object", entry->object),
                        BIND_TEXT("payload", payload), BIND_TEXT("salt", salt)),
                   NULL);
}

static enum error row_add(struct db *db, const struct chain_row *row, const char *hash) {
    TRY(db_exec(db, &sql_audit_add,
                WITH(BIND_INT("tenant", row->tenant), BIND_INT("sequence", row->sequence),
                     BIND_INT("at", row->at), BIND_TEXT("act", row->act),
                     BIND_TEXT("object", row->object), BIND_TEXT("payload_hash", row->payload_hash),
                     BIND_TEXT("hash", hash)),
                NULL));
    return db_exec(db, &sql_audit_head_set,
                   WITH(BIND_INT("tenant", row->tenant), BIND_INT("sequence", row->sequence),
                        BIND_TEXT("hash", hash)),
                   NULL);
}

enum error audit_append_system(struct db *db, struct arena *arena, int64_t tenant, int64_t now,
                               const unsigned char seed[32], const struct audit_entry *entry) {
    char salt[CHAIN_HEX], payload_hash[CHAIN_HEX], hash[CHAIN_HEX];
    struct audit_row head;
    if (!act_is_known(entry->act) || strchr(entry->object, '\n') != NULL) {
        log_fault("audit_act", LOG_TEXT("act", entry->act));
        return ERR_FAULT;
    }
    const char *payload = payload_json(arena, entry);
    TRY(db_one(db, arena, &sql_audit_next, WITH(BIND_INT("tenant", tenant), BIND_INT("at", now)),
               &audit_row_shape, &head));
    chain_salt(seed, head.sequence, salt);
    chain_payload_hash(salt, payload, payload_hash);
    const struct chain_row row = {.tenant = tenant,
                                  .previous = head.hash,
                                  .sequence = head.sequence,
                                  .at = now,
                                  .act = entry->act,
                                  .object = entry->object,
                                  .payload_hash = payload_hash};
    chain_hash(&row, hash);
    TRY(payload_add(db, tenant, head.sequence, entry, payload, salt));
    return row_add(db, &row, hash);
}

enum error audit_append(struct db *db, struct request *rq, const struct audit_entry *entry) {
    return audit_append_system(db, rq->arena, rq->tenant, rq->now, rq->seed, entry);
}

/* ---- erasing, and the head ---- */

/* " password.set token.create …" */
static const char *own_acts(struct arena *arena) {
    struct buffer buffer = buffer_in(arena, 4096);
    const struct audit_act *act;
    for (size_t i = 0; (act = audit_act_at(i)) != NULL; i++)
        if (act->own)
            buffer_format(&buffer, " %s", act->name);
    buffer_text(&buffer, " ");
    return buffer_string(&buffer);
}

enum error audit_erase_account(struct db *db, struct arena *arena, int64_t tenant,
                               int64_t account) {
    const struct bind of = BIND_INT("tenant", tenant), who = BIND_INT("account", account);
    TRY(db_exec(db, &sql_audit_erase_own, WITH(of, who, BIND_TEXT("acts", own_acts(arena))), NULL));
    return db_exec(
        db, &sql_audit_erase_about,
        WITH(of, who, BIND_TEXT("object", arena_format(arena, "account:%" PRId64, account))), NULL);
}

enum error audit_head_read(struct db *db, struct arena *arena, int64_t tenant,
                           struct audit_head *ret_head) {
    struct audit_row row = {.sequence = 0, .hash = CHAIN_START, .at = INSTANT_NONE};
    const enum error error = db_one(db, arena, &sql_audit_head_find,
                                    WITH(BIND_INT("tenant", tenant)), &audit_row_shape, &row);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *ret_head = (struct audit_head){row.sequence, row.hash, row.at};
    return ERR_OK;
}

enum error audit_head_at(struct db *db, struct arena *arena, int64_t tenant, int64_t sequence,
                         struct audit_head *ret_head) {
    struct audit_row row;
    TRY(db_one(db, arena, &sql_audit_hash_at,
               WITH(BIND_INT("tenant", tenant), BIND_INT("sequence", sequence)), &audit_row_shape,
               &row));
    *ret_head = (struct audit_head){row.sequence, row.hash, row.at};
    return ERR_OK;
}
