/* Checking a bundle: everything that can be computed is computed again from ballots and rules, and
 * compared with what stands in the bundle. Pure: no database, no clock. */
#ifndef RADSLAG_BUDGETS_FILES_VERIFY_H
#define RADSLAG_BUDGETS_FILES_VERIFY_H

#include "platform/base/arena.h"
#include "platform/base/text.h"

/* A thing that is not as it should be. Texts in arena. */
struct discrepancy {
    const char *file;     /* in the bundle, or "the archive" */
    const char *place;    /* "line 7", "pots[0].rows[3].votes (option 17)", "byte 41"; "" = all */
    const char *expected; /* as computed */
    const char *found;    /* as it stands there */
};

/* Findings after so many are counted, not kept. */
enum { DISCREPANCIES_MAX = 20 };

struct verification {
    struct arena *arena;
    struct discrepancy findings[DISCREPANCIES_MAX];
    size_t count;                         /* of all that were found */
    const char *notes[DISCREPANCIES_MAX]; /* what could not be checked, and why */
    size_t note_count;
    const char *round, *fingerprint, *rules_hash;
    int64_t voters, blank;
    size_t files, pots, rows;
};

/* Checks a whole bundle. False when it is none, with one sentence that names the place. The arena's
 * recovery point must be set: memory follows the size of the bundle. */
bool bundle_verify(struct arena *arena, const char *bytes, size_t length,
                   struct verification *ret_verification, const char **ret_refusal) MUST_USE;

/* As text for people, and as one JSON object. */
void verification_print(struct buffer *into, const char *path,
                        const struct verification *verification);
void verification_write_json(struct buffer *into, const struct verification *verification);

#endif
