/* Rules of jobs: when to try again, when a recurring job is due next, when the clock has jumped.
 * Pure. */
#ifndef RADSLAG_JOBS_RULES_H
#define RADSLAG_JOBS_RULES_H

#include <stdbool.h>
#include <stdint.h>

enum { JOB_ATTEMPTS_MOST = 10 };

/* A runner that has not marked its job after this long is taken for dead, µs. */
#define JOB_LEASE MINUTES(10)

/* Pause after attempt number `attempt` failed, µs: 1, 5 and 25 minutes, then two hours. */
int64_t job_pause(int attempt);

/* When a job that recurs every `every` µs and was due at `due_at` is due after `now`: in step with
 * its former times; what was missed while nothing ran is not made up for. */
int64_t job_next_time(int64_t due_at, int64_t every, int64_t now);

/* True when the clock on the wall and the one that only counts have drifted more than an hour apart
 * between two looks, µs each. */
bool clock_jumped(int64_t wall_before, int64_t wall_now, int64_t counted_before,
                  int64_t counted_now);

#endif
