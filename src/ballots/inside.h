/* Inside ballots: what its files share. secret.c holds what only the key folder can open, store.c
 * and voters.c the rows, acts.c what wants two persons, sealing.c the end. */
#ifndef RADSLAG_BALLOTS_INSIDE_H
#define RADSLAG_BALLOTS_INSIDE_H

#include "ballots/ballots.h"
#include "ballots/views.h"
#include "pages/pages.h"

/* ---- papers (papers.c) ---- */

/* Pots and options from their rows; leaves `ret_paper->poll` as it is. */
enum error poll_paper_read(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                           struct poll_paper *ret_paper) MUST_USE;

/* The paper of a poll whose row is at hand; of a locked one from memory, valid until `arena` is
 * given back. For readers alone: what an act sees may still be taken back. */
enum error poll_paper_of(struct db *db, struct arena *arena, int64_t tenant,
                         const struct poll *poll, struct poll_paper *ret_paper) MUST_USE;

/* ---- the secret of a poll (secret.c) ---- */

enum { POLL_KEY_BYTES = 32, BALLOT_KEY_BYTES = 32, RECEIPT_CHARACTERS = 12 };

struct poll_keys {
    unsigned char secret[POLL_KEY_BYTES];
};

/* Reads the secret and compares it with the fingerprint in the poll's row. In arena, wiped when
 * that is given back. ERR_UNAVAILABLE, logged, when it is missing or another. */
enum error poll_keys_open(struct arena *arena, const struct poll *poll,
                          const struct poll_keys **ret_keys) MUST_USE;

/* Overwrites and removes the secret's file; nothing happens when it is gone. */
enum error poll_secret_destroy(int64_t poll) MUST_USE;

/* What the lot is drawn from, hex; in arena. */
const char *poll_lot_seed(struct arena *arena, const struct poll_keys *keys);

/* Key of a voter's ballot row. */
void ballot_key_make(const struct poll_keys *keys, const char *voter,
                     unsigned char ret_key[BALLOT_KEY_BYTES]);

/* Bytes of the row's cipher text: nonce, tag and what ballot_write gives. */
size_t ballot_sealed_bytes(const struct poll_paper *paper);

/* Enciphers a ballot for its row. `seed`: 32 random bytes of the request; the same seed and ballot
 * give the same. In arena. */
const unsigned char *ballot_seal(struct arena *arena, const struct poll_keys *keys,
                                 const struct poll_paper *paper,
                                 const unsigned char ballot_key[BALLOT_KEY_BYTES],
                                 const unsigned char seed[32], const struct ballot *ballot);

/* Back. `ret_ballot` keeps its revision. ERR_FAULT, logged, when it was altered, or written for
 * another row or poll. */
enum error ballot_open(struct arena *arena, const struct poll_keys *keys,
                       const struct poll_paper *paper,
                       const unsigned char ballot_key[BALLOT_KEY_BYTES],
                       const unsigned char *sealed, size_t length, struct ballot *ret_ballot)
    MUST_USE;

/* "7K4P-2M9X-ZQ3T" of a voter; in arena. */
const char *receipt_code(struct arena *arena, const struct poll_keys *keys, const char *voter);

/* SHA-256 of a code as typed (small letters, O for 0, blanks or not), hex; NULL when it cannot be
 * one. In arena. */
const char *receipt_hash(struct arena *arena, const char *typed);

/* SHA-256 of a text, and of bytes; hex, in arena. */
const char *text_hash(struct arena *arena, const char *text);

/* ---- voters and their ballots (voters.c) ---- */

#define VOTER_ROW(F, T)                                                                            \
    F(T, slug, voter, , "keyed digest of the proved address")                                      \
    F(T, id, account, , "none = has not logged in yet, or deleted")                                \
    F(T, text, tie, , "code of voter_tie; none = not said yet")                                    \
    F(T, flag, remind, , "asked for K9")                                                           \
    F(T, text, barred, , "why it may not vote")
SHAPE(voter_row, VOTER_ROW);

/* The visitor's line of the roll: by account, else by the digest of the address. ERR_NOT_FOUND;
 * ERR_CONFLICT when the line of this address is another account's. */
enum error voter_find(struct db *db, struct request *rq, const struct poll *poll,
                      struct voter_row *ret_voter) MUST_USE;

/* What the visitor says binds them to the place; inside an act. ERR_NOT_FOUND: not on the roll. */
enum error voter_declare(struct db *db, struct request *rq, const struct poll *poll,
                         enum voter_tie tie, bool remind) MUST_USE;

/* A voter's ballot; empty, with revision 0, when there is none. */
enum error ballot_find(struct db *db, struct arena *arena, const struct poll_keys *keys,
                       int64_t tenant, const struct poll_paper *paper, const char *voter,
                       struct ballot *ret_ballot) MUST_USE;

/* Writes it in the one statement of a tick, when the poll takes votes at `rq->now` and nobody has
 * changed it since it was read. ERR_CONFLICT when not. */
enum error ballot_put(struct db *db, struct request *rq, const struct poll_keys *keys,
                      const struct poll_paper *paper, const char *voter,
                      const struct ballot *ballot) MUST_USE;

/* ---- acts (acts.c) ---- */

/* ERR_FORBIDDEN for who may not ask (process leaders) or confirm (case officers). */
enum error poll_first_may(const struct request *rq) MUST_USE;
enum error poll_second_may(const struct request *rq) MUST_USE;

/* "poll:7" */
const char *poll_object(struct arena *arena, int64_t poll);

/* ---- pages (scene.c) ---- */

/* What every page of a poll needs. Drafts, and polls of rounds that the visitor may not see, are
 * ERR_NOT_FOUND. */
struct poll_scene {
    struct poll poll;
    struct page round;
    struct url round_address;
    enum poll_phase phase;
    bool leads, confirms; /* first and second of two persons */
};
enum error poll_scene_find(struct request *rq, struct poll_scene *ret_scene) MUST_USE;

/* The page that says that the secret is missing: 503. */
enum error reply_secret_missing(struct request *rq, struct reply *rp,
                                const struct poll_scene *scene) MUST_USE;

/* When this browser saved its ballot of the poll last, within the hour; INSTANT_NONE. Known by a
 * cookie alone: no time stands beside a ballot. */
int64_t ballot_saved_at(const struct request *rq, int64_t poll);
void ballot_saved_note(struct request *rq, struct reply *rp, int64_t poll);

/* The visitor's own of the 32 orders; one by chance for who has not logged in. */
int poll_shuffle_of(const struct request *rq, const struct poll *poll);

#endif
