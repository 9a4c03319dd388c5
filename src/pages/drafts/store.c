#include <sodium.h>
#include <string.h>

#include "drafts_statements.h"
#include "pages/drafts/drafts.h"
#include "people/people.h"
#include "platform/base/instant.h"

enum { DRAFTS_LISTED = 20, HASH_BYTES = 32 };

static const char *to_hex(struct arena *arena, const unsigned char *bytes, size_t length) {
    char *hex = arena_take(arena, length * 2 + 1);
    return sodium_bin2hex(hex, length * 2 + 1, bytes, length);
}

static const char *cookie_hash(struct arena *arena, const char *cookie) {
    unsigned char hash[HASH_BYTES];
    if (cookie == NULL || cookie[0] == '\0')
        return NULL;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)cookie, strlen(cookie), NULL, 0);
    return to_hex(arena, hash, sizeof hash);
}

const char *draft_cookie(struct request *rq) {
    static const char purpose[] = "draft cookie";
    unsigned char bytes[DRAFT_COOKIE_BYTES];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)purpose, sizeof purpose,
                       rq->seed, sizeof rq->seed);
    return to_hex(rq->arena, bytes, sizeof bytes);
}

/* Who asks, beside the account: the browser by its cookie, so that what was begun before a log-in
 * is there after it. */
static const char *browser(struct request *rq) {
    return cookie_hash(rq->arena, request_cookie(rq, DRAFT_COOKIE));
}

enum error draft_find(struct db *db, struct request *rq, const struct draft_kind *kind, int64_t id,
                      struct draft *ret_draft) {
    return db_one(db, rq->arena, &sql_draft_by_id,
                  WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", id),
                       BIND_TEXT("form", kind->name), BIND_TIME("now", rq->now),
                       BIND_ID("account", rq->visitor->account),
                       BIND_TEXT("cookie_hash", browser(rq))),
                  &draft_shape, ret_draft);
}

enum error draft_list_own(struct db *db, struct request *rq, const struct draft_kind *kind,
                          struct draft_list *ret_drafts) {
    return db_many(db, rq->arena, &sql_draft_by_owner,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("form", kind->name),
                        BIND_TIME("now", rq->now), BIND_ID("account", rq->visitor->account)),
                   DRAFTS_LISTED, &draft_shape, ret_drafts);
}

enum error draft_add(struct db *db, struct request *rq, const struct draft_kind *kind,
                     int64_t subject, int step, const char *fields, const char *cookie,
                     int64_t *ret_id) {
    const int64_t account = rq->visitor->account;
    return db_integer(
        db, &sql_draft_insert,
        WITH(BIND_INT("tenant", rq->tenant), BIND_ID("account", account),
             BIND_TEXT("cookie_hash", account != 0 ? NULL : cookie_hash(rq->arena, cookie)),
             BIND_TEXT("form", kind->name), BIND_INT("subject", subject), BIND_INT("step", step),
             BIND_TEXT("fields", fields), BIND_TIME("now", rq->now),
             BIND_TIME("ends_at", rq->now + DAYS(DRAFT_DAYS))),
        ret_id);
}

enum error draft_put(struct db *db, struct request *rq, const struct draft_kind *kind, int64_t id,
                     int step, const char *fields) {
    int64_t changed = 0;
    TRY(db_exec(
        db, &sql_draft_save,
        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", id), BIND_TEXT("form", kind->name),
             BIND_INT("step", step), BIND_TEXT("fields", fields), BIND_TIME("now", rq->now),
             BIND_TIME("ends_at", rq->now + DAYS(DRAFT_DAYS)),
             BIND_ID("account", rq->visitor->account), BIND_TEXT("cookie_hash", browser(rq))),
        &changed));
    return changed == 0 ? ERR_NOT_FOUND : ERR_OK;
}

enum error draft_remove(struct db *db, struct request *rq, const struct draft_kind *kind,
                        int64_t id) {
    int64_t changed = 0;
    TRY(db_exec(db, &sql_draft_delete,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", id),
                     BIND_TEXT("form", kind->name), BIND_ID("account", rq->visitor->account),
                     BIND_TEXT("cookie_hash", browser(rq))),
                &changed));
    return changed == 0 ? ERR_NOT_FOUND : ERR_OK;
}
