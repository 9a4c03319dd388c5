/* The bundle: everything that a result is made of, in one file that anybody can check. */
#ifndef RADSLAG_BUDGETS_FILES_BUNDLE_H
#define RADSLAG_BUDGETS_FILES_BUNDLE_H

#include <stdio.h>

#include "budgets/files/pots.h"
#include "budgets/files/round.h"

#define BUNDLE_MANIFEST "MANIFEST"
#define BUNDLE_RULES "rules.json"
#define BUNDLE_RESULT "result.json"
#define BUNDLE_BALLOTS "ballots.csv"
#define BUNDLE_RECEIPTS "receipts.txt"
#define BUNDLE_LOT "lot.txt"
#define BUNDLE_README "README.txt"
#define BUNDLE_FORMAT "# radslag-bundle-1"

/* What a bundle is made of; borrowed. */
struct bundle_source {
    const struct round *round;
    const char *rules, *document;    /* exactly as they were locked and counted */
    const char *lot_hash, *lot_seed; /* NULL = there was no lot */
    const char *readme;
    struct counted_ballot_list ballots;
    enum error (*put_receipts)(void *context, const struct file_sink *sink);
    void *context; /* of put_receipts */
};

/* Writes it to a file that can be sought in, at its beginning. ERR_INVALID when the ballots are not
 * of the round, ERR_UNAVAILABLE when the file cannot be written. */
enum error bundle_write(struct arena *arena, const struct bundle_source *source, FILE *file)
    MUST_USE;

/* lot.txt; in arena. */
const char *bundle_lot(struct arena *arena, const char *lot_hash, const char *lot_seed);

/* The fingerprint of a bundle is that of the manifest's lines before the one that names it; in
 * arena. */
const char *bundle_fingerprint_line(struct arena *arena, const char *lines, size_t length);

#endif
