/* Ties: how projects that a rule holds equal are put in order. Declared before the vote. */
#ifndef RADSLAG_METHODS_TALLY_TIES_H
#define RADSLAG_METHODS_TALLY_TIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"

enum tie_rule {
    TIES_ID,         /* smallest id, by code points: "10" before "9" */
    TIES_SUPPORTERS, /* most voters with it on their ballot */
    TIES_COST,       /* cheapest */
    TIES_EARLIEST,   /* earliest submitted */
    TIES_LOT,        /* by lot */
};

enum { TIES_MOST = 5, TIES_LOT_BYTES = 32 };

/* Rules tried one after the other until one tells two projects apart; by id when none does. All
 * zero is by id.
 *
 * The lot: projects are ordered by HMAC-SHA-256(key = seed, message = id), as 32 bytes, smallest
 * first (FIPS 198-1, FIPS 180-4). The seed's bytes are its text. Before the vote SHA-256(seed) is
 * published (ties_commitment), after it the seed: whoever knows both can draw the lot again, and
 * nobody can choose the seed once projects or votes are known. Each project's lot follows from its
 * id alone, so the order of lists does not matter. */
struct ties {
    enum tie_rule rules[TIES_MOST];
    size_t count;
    const char *seed; /* of the lot; not empty; borrowed */
};

/* Reads "id", "supporters", "cost", "earliest", "lot:SEED", or several with commas; a lot comes
 * last. False when it is none; the seed points into `text`. */
bool ties_parse(struct arena *arena, const char *text, struct ties *ret_ties);

/* The same text back: "cost,lot:SEED". In arena. */
const char *ties_text(struct arena *arena, const struct ties *ties);

/* SHA-256 of the seed as 64 hexadecimal digits; in arena. */
const char *ties_commitment(struct arena *arena, const char *seed);

/* The place of a project in the lot. */
void ties_lot(const char *seed, const char *id, unsigned char ret_lot[TIES_LOT_BYTES]);

/* What the tie rules look at. */
struct contender {
    const char *id;
    uint64_t votes;
    int64_t cost;
    uint32_t submitted;       /* smallest first */
    const unsigned char *lot; /* lot[TIES_LOT_BYTES]; needed where a lot may be drawn */
};

/* Negative when `a` comes before `b`, positive when after; 0 for one and the same id alone. */
int ties_compare(const struct ties *ties, const struct contender *a, const struct contender *b);

#endif
