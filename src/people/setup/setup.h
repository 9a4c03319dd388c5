/* Setting up: the very first organisation, and the first hour of each. */
#ifndef RADSLAG_SETUP_H
#define RADSLAG_SETUP_H

#include <stdio.h>

#include "people/people.h"
#include "people/setup/rules.h"

/* Inside an act that may have finished a step: what was put off and is done now leaves the list of
 * tasks. */
enum error setup_settle(struct db *db, struct request *rq) MUST_USE;

/* For `radslag serve`: when the database has no organisation, prints the one-time address and the
 * code for setting up the first one, as "ADDRESS/setup/begin?key=…". */
enum error setup_announce(struct store *store, const char *address, FILE *out) MUST_USE;

/* For `radslag admin organisation add`: --host HOST, --code CODE, --name NAME, --administrator
 * NAME,EMAIL (twice at least) and --format json. `arguments` begin with the word "add". Writes what
 * was made to `out` and what is wrong to `wrong`. Gives the exit status: 0, 1 (the host name is
 * taken) or 2 (bad usage). */
int setup_command(struct store *store, int count, char **arguments, int64_t now, FILE *out,
                  FILE *wrong);

extern const struct mail_kind sender_test_mail; /* K75 */
extern const struct route setup_routes[];
extern const struct register_source setup_register_source;

#endif
