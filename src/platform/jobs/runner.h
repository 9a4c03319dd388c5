/* The runner's own: leasing, running and marking one job (run.c), and the rows it sees. */
#ifndef RADSLAG_JOBS_RUNNER_H
#define RADSLAG_JOBS_RUNNER_H

#include "platform/jobs/jobs.h"

#define JOB_DUE(F, T)                                                                              \
    F(T, id, id, , "row of the table")                                                             \
    F(T, text, kind, , "name of a job_kind")                                                       \
    F(T, int, lease, , "leases so far")
SHAPE(job_due, JOB_DUE);

#define JOB_LEASED(F, T)                                                                           \
    F(T, id, id, , "row of the table")                                                             \
    F(T, id, tenant, , "organisation; 0 = the whole service")                                      \
    F(T, text, kind, , "name of a job_kind")                                                       \
    F(T, text, key, , "what it is about")                                                          \
    F(T, text, payload, , "what the kind needs to know")                                           \
    F(T, time, due_at, , "when it was to run")                                                     \
    F(T, int, asked, , "times it was asked for")                                                   \
    F(T, int, attempt, , "1 the first time")                                                       \
    F(T, int, lease, , "number of this lease")
SHAPE(job_leased, JOB_LEASED);

/* At most `limit` jobs that may run, oldest first; in arena. */
enum error job_next(struct store *store, struct arena *arena, int64_t now, size_t limit,
                    struct job_due_list *ret_due) MUST_USE;

/* Leases, runs and marks one. `ret_run` is false when another runner had it. An error is the
 * database's; a job's own is counted against the job. */
enum error job_run(struct store *store, const struct job_due *due, int64_t now, bool *ret_run)
    MUST_USE;

/* Counts jobs for jobs_state_kept; and what the runner thread sees of the clock. */
enum error job_count(struct db *db, struct arena *arena) MUST_USE;
void job_stopped_by_clock(bool stopped);

/* Sees to it that all recurring jobs are there. */
enum error job_keep_recurring(struct store *store, int64_t now) MUST_USE;

#endif
