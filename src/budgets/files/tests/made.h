/* Small bundles for tests, made without a database. */
#ifndef RADSLAG_BUDGETS_FILES_TESTS_MADE_H
#define RADSLAG_BUDGETS_FILES_TESTS_MADE_H

#include "budgets/files/bundle.h"

/* What differs from the usual: two pots, the second with few voters; three choices at most; a lot.
 */
struct made_plan {
    const char *kind;    /* "up_to" */
    bool has_no_lot;     /* ties by number, and no receipts: an imported round */
    const char *ballots; /* instead of the usual table; NULL */
};

struct made {
    const char *bytes;
    size_t length;
    const char *document, *rules;
};

/* In arena. */
struct made bundle_made(struct arena *arena, const struct made_plan *plan);

/* The bundle with other bytes in one file, and a manifest that fits them. */
struct made bundle_forged(struct arena *arena, const struct made *made, const char *name,
                          const char *bytes, size_t length);

#endif
