/* What the parts of a verification share. */
#ifndef RADSLAG_BUDGETS_FILES_INSIDE_H
#define RADSLAG_BUDGETS_FILES_INSIDE_H

#include <jansson.h>

#include "budgets/files/archive.h"
#include "budgets/files/bundle.h"
#include "budgets/files/verify.h"

struct verifying {
    struct verification *verification;
    struct arena *arena;
    struct archive archive;
    const char *bytes;
    size_t length;
    struct round round;
    const json_t *result; /* as it stands in the bundle */
    struct counted_ballot_list ballots;
};

/* Notes a finding. */
void discrepancy_add(struct verifying *verifying, const char *file, const char *place,
                     const char *expected, const char *found);

/* Notes what could not be checked. */
void note_add(struct verifying *verifying, const char *text);

/* Compares a member with what it should be, and names the first line that differs. */
void compare_lines(struct verifying *verifying, const char *file, const char *expected,
                   size_t length);

/* Text and numbers of result.json; NULL and -1 where there are none. */
const char *result_text(const json_t *object, const char *key);
int64_t result_number(const json_t *object, const char *key);

/* verify_count.c: counts again and compares each row of result.json. */
void verify_count(struct verifying *verifying);

/* verify_files.c: manifest, receipts, lot, ballots of the pots. */
void verify_manifest(struct verifying *verifying);
void verify_receipts(struct verifying *verifying);
void verify_lot(struct verifying *verifying);
void verify_pots(struct verifying *verifying);

#endif
