/* Jobs: what is to happen later, as rows that survive a restart.
 *
 * A job is known by (tenant, kind, key): asking again for the same one changes its time at most. A
 * runner thread leases what is due, runs it outside the write lane (its own writes are acts), and
 * marks it done, or tries again later (1, 5, 25 minutes … at most 10 times, then a fault in the log
 * and /health). The state of a dated step is never a job's to flip: jobs do what follows.
 *
 * If the clock jumps more than an hour, jobs stop and say so until `radslag admin clock-accept` or a
 * restart (DESIGN 2, Clock). */
#ifndef RADSLAG_JOBS_H
#define RADSLAG_JOBS_H

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/db/db.h"

struct job {
    int64_t id, tenant, due_at;
    const char *kind, *key, *payload;
    int attempt; /* 1 the first time */
};

struct job_context {
    struct store *store;
    struct db *db; /* reader with a snapshot */
    struct arena *arena;
    int64_t now;
};

struct job_kind {
    const char *name;
    enum error (*run)(struct job_context *context, const struct job *job);
    int64_t every; /* µs; 0 = only when asked for; otherwise one row of tenant 0 is kept going */
    const char *doc;
};

extern const struct job_kind *const job_kinds[]; /* ended by NULL */

/* Asks for a job, inside an act. */
enum error job_queue(struct db *db, int64_t tenant, const char *kind, const char *key,
                     const char *payload, int64_t due_at, int64_t now) MUST_USE;

/* Takes it back; nothing happens when it is not there. */
enum error job_cancel(struct db *db, int64_t tenant, const char *kind, const char *key) MUST_USE;

struct jobs;

enum error jobs_start(struct store *store, int64_t (*clock)(void), struct jobs **ret_jobs) MUST_USE;
void jobs_stop(struct jobs *jobs);
void jobs_wake(struct jobs *jobs);

/* Runs what is due and returns; for plays and tests (no thread). */
enum error jobs_run_due(struct store *store, int64_t now, size_t *ret_run) MUST_USE;

struct jobs_state {
    bool stopped_by_clock;
    int64_t waiting, failed, oldest_due_at;
};
struct jobs_state jobs_state(struct jobs *jobs);

#endif
