/* Walking the chain: is every row what it was when it was written? */
#include <inttypes.h>

#include "platform/base/instant.h"
#include "records/audit.h"
#include "records/chain.h"
#include "records_statements.h"

struct walking {
    int64_t tenant;
    struct audit_walk found;
    char hash[CHAIN_HEX]; /* as computed, of the row before */
};

static enum error bad(struct walking *walking, int64_t sequence, const char *why) {
    walking->found.first_bad = sequence;
    walking->found.why = why;
    return ERR_CONFLICT; /* ends the walk; never leaves this file */
}

static bool payload_fits(const struct audit_link *row) {
    char hash[CHAIN_HEX];
    chain_payload_hash(row->salt, row->payload, hash);
    return strcmp(hash, row->payload_hash) == 0;
}

static enum error step(void *context, const void *at) {
    struct walking *walking = context;
    const struct audit_link *row = at;
    char hash[CHAIN_HEX];
    const int64_t expected = walking->found.count + 1;
    if (row->sequence != expected)
        return bad(walking, expected, "the row is missing");
    const struct chain_row link = {.tenant = walking->tenant,
                                   .previous = walking->hash,
                                   .sequence = row->sequence,
                                   .at = row->at,
                                   .act = row->act,
                                   .object = row->object,
                                   .payload_hash = row->payload_hash};
    chain_hash(&link, hash);
    walking->found.count = expected;
    if (strcmp(hash, row->hash) != 0)
        return bad(walking, expected, "the row was changed, or stands in another place");
    if (!row->kept)
        return bad(walking, expected, "the payload's row is missing");
    if (row->payload == NULL)
        walking->found.erased++;
    else if (!payload_fits(row))
        return bad(walking, expected, "the payload was changed");
    memcpy(walking->hash, hash, sizeof hash);
    return ERR_OK;
}

enum error audit_walk(struct db *db, struct arena *arena, int64_t tenant,
                      struct audit_walk *ret_walk) {
    struct walking walking = {.tenant = tenant, .hash = CHAIN_START};
    struct audit_head head;
    const enum error error = db_each(db, arena, &sql_audit_chain, WITH(BIND_INT("tenant", tenant)),
                                     &audit_link_shape, step, &walking);
    if (error != ERR_OK && walking.found.first_bad == 0)
        return error;
    TRY(audit_head_read(db, arena, tenant, &head));
    if (walking.found.first_bad == 0) {
        if (head.sequence > walking.found.count)
            (void)bad(&walking, walking.found.count + 1, "the end was cut off");
        else if (head.sequence < walking.found.count || strcmp(head.hash, walking.hash) != 0)
            (void)bad(&walking, walking.found.count, "the head is not the last row");
    }
    *ret_walk = walking.found;
    return ERR_OK;
}

enum error audit_verify(struct db *db, struct arena *arena, int64_t tenant, int64_t *ret_count,
                        int64_t *ret_first_bad) {
    struct audit_walk walk;
    TRY(audit_walk(db, arena, tenant, &walk));
    *ret_count = walk.count;
    *ret_first_bad = walk.first_bad;
    return ERR_OK;
}

enum error audit_holds(struct db *db, struct arena *arena, int64_t tenant, int64_t sequence,
                       const char *hash, bool *ret_holds) {
    struct audit_head row;
    if (sequence == 0) {
        *ret_holds = strcmp(hash, CHAIN_START) == 0;
        return ERR_OK;
    }
    const enum error error = audit_head_at(db, arena, tenant, sequence, &row);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *ret_holds = error == ERR_OK && strcmp(row.hash, hash) == 0;
    return ERR_OK;
}

enum error records_check(struct db *db, struct arena *arena, int64_t tenant, struct buffer *into) {
    struct audit_walk walk;
    TRY(audit_walk(db, arena, tenant, &walk));
    if (walk.first_bad != 0) {
        buffer_format(into, "organisation %" PRId64 ": audit chain is broken at %" PRId64 ": %s\n",
                      tenant, walk.first_bad, walk.why);
        return ERR_CONFLICT;
    }
    buffer_format(into,
                  "organisation %" PRId64 ": audit chain is whole: %" PRId64 " acts, %" PRId64
                  " of them erased\n",
                  tenant, walk.count, walk.erased);
    return ERR_OK;
}
