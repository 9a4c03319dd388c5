/* The roll, and each voter's ballot. */
#include <sodium.h>
#include <string.h>

#include "ballots/inside.h"
#include "ballots_statements.h"
#include "platform/base/log.h"

#define LINE(rq_, poll_) BIND_INT("tenant", (rq_)->tenant), BIND_INT("poll", (poll_)->id)

/* ---- the roll ---- */

enum error voter_find(struct db *db, struct request *rq, const struct poll *poll,
                      struct voter_row *ret_voter) {
    struct voter_row row = {0};
    const char *digest = NULL;
    const enum error error = db_one(db, rq->arena, &sql_voter_by_account,
                                    WITH(LINE(rq, poll), BIND_INT("account", rq->visitor->account)),
                                    &voter_row_shape, ret_voter);
    if (error != ERR_NOT_FOUND)
        return error;
    TRY(person_digest(rq->arena, rq->tenant, rq->visitor->email, &digest));
    TRY(db_one(db, rq->arena, &sql_voter_by_digest,
               WITH(LINE(rq, poll), BIND_TEXT("voter", digest)), &voter_row_shape, &row));
    if (row.account != 0)
        return ERR_CONFLICT;
    *ret_voter = row;
    return ERR_OK;
}

enum error poll_roll_add(struct db *db, int64_t tenant, int64_t poll, const char *digest) {
    return db_exec(
        db, &sql_voter_insert,
        WITH(BIND_INT("tenant", tenant), BIND_INT("poll", poll), BIND_TEXT("voter", digest)), NULL);
}

enum error poll_roll_bar(struct db *db, int64_t tenant, int64_t poll, const char *digest,
                         const char *reason) {
    int64_t changed = 0;
    TRY(db_exec(db, &sql_voter_bar,
                WITH(BIND_INT("tenant", tenant), BIND_INT("poll", poll), BIND_TEXT("voter", digest),
                     BIND_TEXT("reason", reason)),
                &changed));
    return changed == 0 ? ERR_NOT_FOUND : ERR_OK;
}

/* Of a poll for all, a line is made by coming to it. */
static enum error line_ensure(struct db *db, struct request *rq, const struct poll *poll,
                              struct voter_row *ret_row) {
    const char *digest = NULL;
    enum error error = voter_find(db, rq, poll, ret_row);
    if (error != ERR_NOT_FOUND || poll->eligible == eligible_roll)
        return error;
    TRY(person_digest(rq->arena, rq->tenant, rq->visitor->email, &digest));
    TRY(poll_roll_add(db, rq->tenant, poll->id, digest));
    return voter_find(db, rq, poll, ret_row);
}

enum error voter_declare(struct db *db, struct request *rq, const struct poll *poll,
                         enum voter_tie tie, bool remind) {
    struct voter_row row = {0};
    int64_t changed = 0;
    TRY(line_ensure(db, rq, poll, &row));
    TRY(db_exec(db, &sql_voter_declare,
                WITH(LINE(rq, poll), BIND_INT("account", rq->visitor->account),
                     BIND_TEXT("tie", choice_code(&voter_tie_choices, (int)tie)),
                     BIND_INT("remind", remind), BIND_TEXT("voter", row.voter)),
                &changed));
    return changed == 0 ? ERR_CONFLICT : ERR_OK;
}

/* ---- ballots ---- */

#define BALLOT_ROW(F, T)                                                                           \
    F(T, id, revision, , "counts changes")                                                         \
    F(T, text, choices, , "nonce and cipher text, hex")
SHAPE(ballot_row, BALLOT_ROW);

static const unsigned char *from_hex(struct arena *arena, const char *hex, size_t *ret_length) {
    const size_t room = strlen(hex) / 2;
    unsigned char *bytes = arena_take(arena, room + 1);
    if (sodium_hex2bin(bytes, room, hex, 2 * room, NULL, ret_length, NULL) != 0)
        *ret_length = 0; /* which no cipher text is: refused when it is opened */
    return bytes;
}

enum error ballot_find(struct db *db, struct arena *arena, const struct poll_keys *keys,
                       int64_t tenant, const struct poll_paper *paper, const char *voter,
                       struct ballot *ret_ballot) {
    unsigned char key[BALLOT_KEY_BYTES];
    struct ballot_row row = {0};
    size_t length = 0;
    ballot_key_make(keys, voter, key);
    const enum error error =
        db_one(db, arena, &sql_ballot_by_key,
               WITH(BIND_INT("tenant", tenant), BIND_INT("poll", paper->poll.id),
                    BIND_BLOB("ballot_key", key, sizeof key)),
               &ballot_row_shape, &row);
    struct ballot ballot = {.revision = row.revision};
    if (error == ERR_OK) {
        const unsigned char *sealed = from_hex(arena, row.choices, &length);
        TRY(ballot_open(arena, keys, paper, key, sealed, length, &ballot));
    } else if (error != ERR_NOT_FOUND) {
        return error;
    }
    *ret_ballot = ballot;
    return ERR_OK;
}

enum error ballot_put(struct db *db, struct request *rq, const struct poll_keys *keys,
                      const struct poll_paper *paper, const char *voter,
                      const struct ballot *ballot) {
    unsigned char key[BALLOT_KEY_BYTES];
    int64_t changed = 0;
    ballot_key_make(keys, voter, key);
    const unsigned char *sealed = ballot_seal(rq->arena, keys, paper, key, rq->seed, ballot);
    TRY(db_exec(db, &sql_ballot_put,
                WITH(LINE(rq, &paper->poll), BIND_BLOB("ballot_key", key, sizeof key),
                     BIND_BLOB("choices", sealed, ballot_sealed_bytes(paper)),
                     BIND_TIME("now", rq->now), BIND_INT("revision", ballot->revision)),
                &changed));
    return changed == 0 ? ERR_CONFLICT : ERR_OK;
}
