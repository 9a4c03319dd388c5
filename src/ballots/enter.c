/* Ballots that come otherwise than by their voter's own presses. */
#include "ballots/inside.h"

enum error poll_ballot_enter(struct db *db, struct request *rq, const struct poll_paper *paper,
                             const char *digest, const struct ballot *ballot) {
    const struct poll_keys *keys = NULL;
    TRY(poll_keys_open(rq->arena, &paper->poll, &keys));
    TRY(poll_roll_add(db, rq->tenant, paper->poll.id, digest));
    return ballot_put(db, rq, keys, paper, digest, ballot);
}
