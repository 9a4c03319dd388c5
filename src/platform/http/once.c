#include "platform/http/once.h"

#include <sodium.h>
#include <string.h>

#include "http_statements.h"
#include "platform/http/proof.h"
#include "platform/http/route.h"

#define ACT_ANSWER(F, T)                                                                           \
    F(T, int, status, , "201, 200 or 303")                                                         \
    F(T, text, address, , "where the result is seen")                                              \
    F(T, text, flash, , "word shown there once")
SHAPE(act_answer, ACT_ANSWER);

/* Lengths go in too, so that no two lists of fields look alike. */
static void hash_bytes(crypto_hash_sha256_state *state, const void *bytes, size_t length) {
    const uint64_t size = length;
    crypto_hash_sha256_update(state, (const unsigned char *)&size, sizeof size);
    if (length > 0)
        crypto_hash_sha256_update(state, bytes, length);
}

static void hash_text(crypto_hash_sha256_state *state, const char *text) {
    hash_bytes(state, text, text == NULL ? 0 : strlen(text));
}

void once_fingerprint(struct exchange *ex) {
    const struct request *rq = &ex->rq;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_text(&state, request_header(rq, "Authorization"));
    hash_text(&state, request_cookie(rq, COOKIE_SESSION));
    hash_text(&state, request_cookie(rq, COOKIE_VISITOR));
    hash_text(&state, rq->path);
    hash_text(&state, ex->target.query);
    for (const struct input_pair *pair = rq->input.first; pair != NULL; pair = pair->next) {
        if (strcmp(pair->name, "form") == 0)
            continue;
        hash_text(&state, pair->name);
        hash_bytes(&state, pair->value, pair->length);
        if (pair->upload != NULL)
            hash_bytes(&state, multipart_digest(pair->upload), crypto_hash_sha256_BYTES);
    }
    crypto_hash_sha256_final(&state, ex->act_fields);
}

/* What the act was answered before. */
static enum error find_answer(struct exchange *ex, struct db *db, const struct bind *key) {
    struct act_answer answer = {0};
    TRY(db_one(db, ex->rq.arena, &sql_act_answer, key, &act_answer_shape, &answer));
    ex->is_second = true;
    ex->rq.outcome = (struct outcome){
        .status = (int)answer.status, .address = answer.address, .flash = answer.flash};
    return ERR_OK;
}

enum error once_act(struct exchange *ex, struct db *db) {
    struct request *rq = &ex->rq;
    if (rq->once == NULL || rq->route->is_repeatable)
        return rq->route->act(rq, db);
    const char *route = route_key(rq);
    const struct bind tenant = BIND_INT("tenant", rq->tenant);
    const struct bind name = BIND_TEXT("route", route), token = BIND_TEXT("token", rq->once);
    const struct bind fields = BIND_BLOB("fields", ex->act_fields, sizeof ex->act_fields);
    int64_t made = 0;
    TRY(db_exec(db, &sql_act_begin, WITH(tenant, name, token, fields, BIND_TIME("at", rq->now)),
                &made));
    if (made == 0)
        return find_answer(ex, db, WITH(tenant, name, token, fields));
    TRY(rq->route->act(rq, db));
    const struct outcome *outcome = &rq->outcome;
    return db_exec(db, &sql_act_done,
                   WITH(BIND_INT("status", outcome->status), BIND_TEXT("address", outcome->address),
                        BIND_TEXT("flash", outcome->flash), tenant, name, token, fields),
                   NULL);
}

enum error http_acts_forget(struct db *db, int64_t tenant, int64_t before, int64_t *ret_gone) {
    return db_exec(db, &sql_act_forget,
                   WITH(BIND_INT("tenant", tenant), BIND_TIME("before", before)), ret_gone);
}
