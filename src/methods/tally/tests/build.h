/* For tests: small elections written in a line. */
#ifndef RADSLAG_METHODS_TALLY_TESTS_BUILD_H
#define RADSLAG_METHODS_TALLY_TESTS_BUILD_H

#include "methods/tally/tally.h"

struct built_ballot {
    uint32_t projects[8], points[8];
    size_t length;
    uint32_t voters;
};

struct built {
    enum election_kind kind;
    struct amount budget;
    struct amount costs[8];
    size_t project_count;
    struct built_ballot ballots[32];
    size_t ballot_count;
};

/* The election: projects are called "a", "b", … in order. */
const struct election *built_election(struct arena *arena, const struct built *built);

/* The same with its projects added in the opposite order, each under its id. */
const struct election *built_backwards(struct arena *arena, const struct built *built);

/* An approval election of whole amounts: costs "3 1 2", ballots "ab:3 c: :2" (letters of the
 * projects, then how many voters; 1 when none is said; ":2" alone is two blank ballots). */
const struct election *election_of(struct arena *arena, int64_t budget, const char *costs,
                                   const char *ballots);

/* Ids of the selected projects in one text: "ac". Asserts that the tally is not refused. */
const char *selected_of(struct arena *arena, const struct election *election,
                        const struct tally_options *options);

/* The whole tally. */
const struct tally *tally_of(struct arena *arena, const struct election *election,
                             const struct tally_options *options);

/* Numbers that look like chance and are the same each time; `state` is kept by the caller. */
uint32_t chance(uint64_t *state, uint32_t below);

/* A small random election of the kind. */
struct built built_by_chance(uint64_t *state, enum election_kind kind);

#endif
