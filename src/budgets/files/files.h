/* Files of rounds: bundles that anybody can check, and real elections from Pabulib files. */
#ifndef RADSLAG_BUDGETS_FILES_H
#define RADSLAG_BUDGETS_FILES_H

#include <stdio.h>

#include "budgets/budgets.h"
#include "budgets/files/verify.h"

struct election;

/* ---- writing ---- */

#define ROUND_BUNDLE "bundle.zip"

/* Writes a file of the last count that is public at `now`: ROUND_BUNDLE, or by their names in it
 * result.json, ballots.csv, receipts.txt, POT-n.pb. `file` can be sought in, and is at its
 * beginning. From a reader. ERR_NOT_FOUND when no count is public or there is no such file,
 * ERR_FORBIDDEN where too few voted to show their ballots (PB-12). Memory follows the number of
 * different ballots: the arena's recovery point must be set. */
enum error round_file_write(struct db *db, struct arena *arena, int64_t tenant,
                            const struct campaign_whole *campaign, int64_t now, const char *name,
                            FILE *file) MUST_USE;

/* ---- imports ---- */

/* A real election, to become a finished round. */
struct import_order {
    const struct election *election;
    const char *file, *hash; /* name, and SHA-256 of its bytes, hex */
    bool by_votes;           /* most votes (points, ranks) first; otherwise votes for each krona */
    bool zero_support;       /* projects on no ballot may come last */
    int64_t now;
    void (*progress)(void *context, size_t done, size_t all); /* of ballots; NULL */
    void *context;
};

enum import_refusal {
    IMPORT_FINE,
    IMPORT_BUDGET,   /* none, or not in whole öre */
    IMPORT_COST,     /* of a project, not in whole öre */
    IMPORT_PROJECTS, /* none, or more than polls have */
    IMPORT_TWICE,    /* a round of this file is there */
    IMPORT_CLOSED,   /* the organisation cannot publish yet */
};

/* In a few English words. */
const char *import_refusal_text(enum import_refusal refusal);

/* Whether it can be imported, without the database. */
enum import_refusal import_judge(const struct import_order *order);

/* Makes a published round with its result, inside a transaction that the caller ends: committed
 * when IMPORT_FINE and ERR_OK, rolled back otherwise. */
enum error import_run(struct db *db, struct arena *arena, int64_t tenant,
                      const struct import_order *order, enum import_refusal *ret_refusal,
                      int64_t *ret_page) MUST_USE;

/* ---- what main collects ---- */

/* /budgets/:slug/result/bundle.zip and the files in it */
extern const struct route file_routes[];

#endif
