/* Jobs: what is to happen later, as rows that survive a restart.
 *
 * A job is known by (tenant, kind, key): asking again for the same one changes its time at most. A
 * runner thread leases what is due, runs it outside the write lane (its own writes are acts), and
 * marks it done, or tries again later (1, 5, 25 minutes, then every two hours; at most 10 times,
 * then a fault in the log and /health). A lease lasts ten minutes: a job that needs longer does a
 * piece and asks for itself again. A job may run twice (the program died before it was marked), so
 * it writes what it does in acts that can be repeated. The state of a dated step is never a job's
 * to flip: jobs do what follows.
 *
 * If the clock jumps more than an hour, jobs stop and say so until `radslag admin clock-accept` or
 * a restart (DESIGN 2, Clock). */
#ifndef RADSLAG_JOBS_H
#define RADSLAG_JOBS_H

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/db/db.h"

struct job {
    int64_t id, tenant, due_at;
    const char *kind, *key, *payload; /* payload may be NULL */
    int attempt;                      /* 1 the first time */
};

struct job_context {
    struct store *store;
    struct db *db; /* reader with a snapshot, taken before the job began */
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

/* Asks for a job, inside an act. One that was given up gets ten new attempts; one that runs at this
 * moment runs once more. */
enum error job_queue(struct db *db, int64_t tenant, const char *kind, const char *key,
                     const char *payload, int64_t due_at, int64_t now) MUST_USE;

/* Takes it back; nothing happens when it is not there. */
enum error job_cancel(struct db *db, int64_t tenant, const char *kind, const char *key) MUST_USE;

/* Somebody says that the clock is right: jobs go on. Inside an act; `radslag admin clock-accept`.
 */
enum error job_clock_accept(struct db *db) MUST_USE;

struct jobs;

/* Starts the runner thread; it looks once a second. `clock` is the wall's. */
enum error jobs_start(struct store *store, int64_t (*clock)(void), struct jobs **ret_jobs) MUST_USE;

/* Ends the thread after the job in hand, and frees. NULL is allowed. */
void jobs_stop(struct jobs *jobs);

/* Something was asked for: look now. */
void jobs_wake(struct jobs *jobs);

/* Runs what is due and returns; for plays and tests (no thread, no look at the clock). `ret_run`
 * counts what was leased. */
enum error jobs_run_due(struct store *store, int64_t now, size_t *ret_run) MUST_USE;

struct jobs_state {
    bool stopped_by_clock;
    int64_t waiting;
    int64_t failed;        /* given up, and recurring ones whose last ten attempts failed */
    int64_t oldest_due_at; /* INSTANT_NONE = nothing waits */
};

/* As it was a minute ago at most (the clock: now), without waiting for anything; for /health and
 * /metrics, which are answered on event threads. "jobs.watch" counts. One service in a process. */
struct jobs_state jobs_state_kept(void);
extern const struct job_kind jobs_watch_job;

/* As it is now. ERR_BUSY or ERR_UNAVAILABLE when the database does not
 * answer. */
enum error jobs_state_read(struct jobs *jobs, struct jobs_state *ret_state) MUST_USE;

#endif
