/* The runner thread: looks once a second, watches the clock, runs what is due. */
#include <errno.h>
#include <pthread.h>

#include "jobs_statements.h"
#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/jobs/rules.h"
#include "platform/jobs/runner.h"

enum { TICK_SECONDS = 1, READER_WAIT_MS = 2000, TICK_ARENA_BYTES = 4 << 20, TAKE_MOST = 20 };

struct jobs {
    struct store *store;
    int64_t (*clock)(void);
    int64_t wall, counted; /* both clocks at the last look */
    int64_t accepted;      /* times the clock was accepted, when jobs stopped */
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    bool stopping, woken, stopped_by_clock;
};

/* ---- the clock ---- */

/* Microseconds that only count, also while the machine sleeps. */
static int64_t counted_now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_BOOTTIME, &time);
    return SECONDS(time.tv_sec) + time.tv_nsec / 1000;
}

static enum error accepted_read(struct store *store, int64_t *ret_accepted) {
    struct db *db;
    TRY(store_reader(store, READER_WAIT_MS, &db));
    const enum error error = db_integer(db, &sql_job_clock_accepted, WITH_NOTHING, ret_accepted);
    store_reader_done(store, db);
    return error;
}

static void stopped_set(struct jobs *jobs, bool stopped) {
    (void)pthread_mutex_lock(&jobs->lock);
    jobs->stopped_by_clock = stopped;
    (void)pthread_mutex_unlock(&jobs->lock);
    job_stopped_by_clock(stopped);
}

/* True while jobs may run. */
static bool clock_look(struct jobs *jobs) {
    const int64_t wall = jobs->clock(), counted = counted_now();
    const bool jumped = clock_jumped(jobs->wall, wall, jobs->counted, counted);
    int64_t accepted = jobs->accepted;
    if (jumped) {
        log_fault("jobs_stopped", LOG_TEXT("why", "the clock jumped"),
                  LOG_INT("seconds", (wall - jobs->wall - (counted - jobs->counted)) / SECONDS(1)));
        if (accepted_read(jobs->store, &accepted) != ERR_OK)
            return false; /* the jump is seen again at the next look */
        jobs->accepted = accepted;
        stopped_set(jobs, true);
    }
    jobs->wall = wall;
    jobs->counted = counted;
    if (!jobs->stopped_by_clock)
        return true;
    if (accepted_read(jobs->store, &accepted) != ERR_OK || accepted == jobs->accepted)
        return false;
    log_info("jobs_go_on", LOG_TEXT("why", "the clock was accepted"));
    stopped_set(jobs, false);
    return true;
}

/* ---- the thread ---- */

static bool is_stopping(struct jobs *jobs) {
    (void)pthread_mutex_lock(&jobs->lock);
    const bool stopping = jobs->stopping;
    (void)pthread_mutex_unlock(&jobs->lock);
    return stopping;
}

/* Runs a handful; `ret_more` when there may be others. */
static enum error tick(struct jobs *jobs, bool *ret_more) {
    struct arena *arena = arena_new(TICK_ARENA_BYTES);
    struct job_due_list due = {0};
    enum error error = job_next(jobs->store, arena, jobs->clock(), TAKE_MOST, &due);
    bool ran = false;
    for (size_t i = 0; i < due.count && error == ERR_OK; i++) {
        if (is_stopping(jobs) || !clock_look(jobs))
            break;
        error = job_run(jobs->store, &due.at[i], jobs->clock(), &ran);
    }
    arena_free(arena);
    *ret_more = due.count == TAKE_MOST && ran;
    return error;
}

/* Waits a tick, until woken or told to stop; true while there is more to do. */
static bool jobs_wait(struct jobs *jobs) {
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += TICK_SECONDS;
    (void)pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping && !jobs->woken) {
        if (pthread_cond_timedwait(&jobs->changed, &jobs->lock, &until) == ETIMEDOUT)
            break;
    }
    jobs->woken = false;
    const bool more = !jobs->stopping;
    (void)pthread_mutex_unlock(&jobs->lock);
    return more;
}

static void *jobs_thread(void *context) {
    struct jobs *jobs = context;
    do {
        bool more = true;
        while (more && !is_stopping(jobs)) {
            const bool may_run = clock_look(jobs);
            const enum error error = may_run ? tick(jobs, &more) : ERR_OK;
            if (error != ERR_OK)
                log_warning("jobs_round", LOG_TEXT("error", error_name(error)));
            more = more && may_run && error == ERR_OK;
        }
    } while (jobs_wait(jobs));
    return NULL;
}

static void jobs_free(struct jobs *jobs) {
    (void)pthread_cond_destroy(&jobs->changed);
    (void)pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}

enum error jobs_start(struct store *store, int64_t (*clock)(void), struct jobs **ret_jobs) {
    pthread_condattr_t attributes;
    TRY(job_keep_recurring(store, clock()));
    struct jobs *jobs = calloc(1, sizeof *jobs);
    if (jobs == NULL)
        return ERR_UNAVAILABLE;
    jobs->store = store;
    jobs->clock = clock;
    job_stopped_by_clock(false);
    jobs->wall = clock();
    jobs->counted = counted_now();
    (void)pthread_mutex_init(&jobs->lock, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&jobs->changed, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    if (pthread_create(&jobs->thread, NULL, jobs_thread, jobs) != 0) {
        jobs_free(jobs);
        return ERR_UNAVAILABLE;
    }
    *ret_jobs = jobs;
    return ERR_OK;
}

void jobs_wake(struct jobs *jobs) {
    (void)pthread_mutex_lock(&jobs->lock);
    jobs->woken = true;
    (void)pthread_cond_signal(&jobs->changed);
    (void)pthread_mutex_unlock(&jobs->lock);
}

void jobs_stop(struct jobs *jobs) {
    if (jobs == NULL)
        return;
    (void)pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    (void)pthread_cond_signal(&jobs->changed);
    (void)pthread_mutex_unlock(&jobs->lock);
    (void)pthread_join(jobs->thread, NULL);
    jobs_free(jobs);
}

/* ---- what others see ---- */

enum error jobs_state_read(struct jobs *jobs, struct jobs_state *ret_state) {
    struct db *db;
    TRY(store_reader(jobs->store, READER_WAIT_MS, &db));
    struct arena *arena = arena_new(TICK_ARENA_BYTES);
    const enum error error = job_count(db, arena);
    arena_free(arena);
    store_reader_done(jobs->store, db);
    if (error == ERR_OK)
        *ret_state = jobs_state_kept();
    return error;
}
