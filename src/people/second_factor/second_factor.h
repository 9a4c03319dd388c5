/* The second factor of staff: set up, proved in each session, replaced, reset. */
#ifndef RADSLAG_SECOND_FACTOR_H
#define RADSLAG_SECOND_FACTOR_H

#include <stdio.h>

#include "people/keys.h"
#include "people/people.h"
#include "people/second_factor/rules.h"

/* "/second-factor", with ?next= when given. */
const char *second_factor_address(struct arena *arena, const char *next);

#define SECOND_FACTOR_ROW(F, T)                                                                    \
    F(T, time, made_at, , "")                                                                      \
    F(T, int, last_step, , "of the code used last")                                                \
    F(T, int, codes_left, , "recovery codes not used")
SHAPE(second_factor_row, SECOND_FACTOR_ROW);

/* ERR_NOT_FOUND when none is set up. */
enum error second_factor_find(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                              struct second_factor_row *ret_row) MUST_USE;

/* The secret, unsealed; in arena. ERR_NOT_FOUND when none is set up. */
enum error second_factor_secret(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                                unsigned char ret_secret[TOTP_SECRET_BYTES]) MUST_USE;

/* What is written when it is set up: the sealed secret, and the step of the first code. */
struct factor_setting {
    const void *sealed;
    size_t sealed_length;
    int64_t step;
};
enum error second_factor_set(struct db *db, struct request *rq, const struct factor_setting *set)
    MUST_USE;

/* Ten codes in place of those before. */
enum error recovery_codes_set(struct db *db, struct request *rq, unsigned char (*macs)[MAC_BYTES])
    MUST_USE;

/* Takes a code once: `ret_used` false when it, or a later one, was used before. Inside an act. */
enum error second_factor_use(struct db *db, struct request *rq, int64_t step, bool *ret_used)
    MUST_USE;
enum error recovery_code_use(struct db *db, struct request *rq, const unsigned char mac[MAC_BYTES],
                             bool *ret_used) MUST_USE;

/* The lost telephone: somebody else takes the factor and the recovery codes away; the account's
 * sessions and tokens end, its holder is told (K77). It is set up anew at the next log-in. Inside
 * an act; audit row. ERR_NOT_FOUND when none is set up. */
enum error second_factor_reset(struct db *db, struct request *rq, int64_t account,
                               const char *reason) MUST_USE;

#define SECOND_FACTOR_RESET_FACTS(F, T) F(T, time, at, , "when")
SHAPE(second_factor_reset_facts, SECOND_FACTOR_RESET_FACTS);

/* The same from the command line: `reason` is asked for there, too. Gives the exit status, with a
 * line on `out` or `wrong`. */
struct factor_order {
    const char *host, *email, *reason;
};
int second_factor_command(struct store *store, const struct factor_order *order, int64_t now,
                          FILE *out, FILE *wrong);

/* Part of erasing an account. */
enum error second_factor_erase(struct db *db, int64_t tenant, int64_t account) MUST_USE;

#endif
