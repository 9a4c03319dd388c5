/* How the jobs stand, kept in memory for those who may not wait for the database. */
#include <stdatomic.h>

#include "jobs_statements.h"
#include "platform/base/instant.h"
#include "platform/jobs/runner.h"

static struct {
    _Atomic bool stopped_by_clock;
    _Atomic int64_t waiting, failed, oldest_due_at;
} kept = {.oldest_due_at = INSTANT_NONE};

#define JOB_COUNTS(F, T)                                                                           \
    F(T, int, waiting, , "jobs that are to run")                                                   \
    F(T, int, failed, , "jobs given up, and recurring ones that failed ten times")                 \
    F(T, time, oldest_due_at, , "when the one that waits longest was to run")
SHAPE(job_counts, JOB_COUNTS);

enum error job_count(struct db *db, struct arena *arena) {
    struct job_counts counts;

    TRY(db_one(db, arena, &sql_job_counts, WITH_NOTHING, &job_counts_shape, &counts));
    atomic_store(&kept.waiting, counts.waiting);
    atomic_store(&kept.failed, counts.failed);
    atomic_store(&kept.oldest_due_at, counts.oldest_due_at);
    return ERR_OK;
}

void job_stopped_by_clock(bool stopped) {
    atomic_store(&kept.stopped_by_clock, stopped);
}

struct jobs_state jobs_state_kept(void) {
    return (struct jobs_state){atomic_load(&kept.stopped_by_clock), atomic_load(&kept.waiting),
                               atomic_load(&kept.failed), atomic_load(&kept.oldest_due_at)};
}

static enum error run_watch(struct job_context *context, const struct job *job) {
    (void)job;
    return job_count(context->db, context->arena);
}

const struct job_kind jobs_watch_job = {
    .name = "jobs.watch",
    .run = run_watch,
    .every = MINUTES(1),
    .doc = "counts jobs that wait and that were given up, for /health and /metrics",
};
