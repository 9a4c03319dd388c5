/* Kinds of jobs that the tests of this room run. */
#ifndef RADSLAG_JOBS_TESTS_KINDS_H
#define RADSLAG_JOBS_TESTS_KINDS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdatomic.h>

#include "platform/base/instant.h"
#include "platform/db/test_store.h"
#include "platform/jobs/jobs.h"
#include "platform/jobs/rules.h"

enum { KEYS = 100 };

/* What the handlers did since tests_begin. */
extern _Atomic int runs, overlaps;
extern _Atomic int runs_of[KEYS];

/* "count": counts itself and its key (a number). "refuse": returns an error. "again": asks for
 * itself while it runs, three times. "daily": recurs. "crash": ends the process. "memory": takes
 * more than there is. */
void tests_begin(void);

/* "daily" returns an error from now on, or no longer. */
void daily_break(bool broken);

/* Asks for a job as an act of its own. */
void ask(struct store *store, const char *kind, const char *key, int64_t due_at);

/* Runs what is due; how many were leased. */
size_t run_due(struct store *store, int64_t now);

#endif
