#include "platform/jobs/tests/kinds.h"

#include <signal.h>
#include <unistd.h>

_Atomic int runs, overlaps;
_Atomic int runs_of[KEYS];
static _Atomic int running_now[KEYS];

void tests_begin(void) {
    daily_break(false);
    atomic_store(&runs, 0);
    atomic_store(&overlaps, 0);
    for (size_t i = 0; i < KEYS; i++)
        atomic_store(&runs_of[i], 0);
}

static enum error count_run(struct job_context *context, const struct job *job) {
    const long key = strtol(job->key, NULL, 10);
    (void)context;
    if (key < 0 || key >= KEYS)
        return ERR_FAULT;
    if (atomic_fetch_add(&running_now[key], 1) != 0)
        atomic_fetch_add(&overlaps, 1);
    (void)usleep(100); /* lets a second runner come near */
    atomic_fetch_add(&runs, 1);
    atomic_fetch_add(&runs_of[key], 1);
    atomic_fetch_sub(&running_now[key], 1);
    return ERR_OK;
}

static enum error refuse_run(struct job_context *context, const struct job *job) {
    (void)context;
    (void)job;
    atomic_fetch_add(&runs, 1);
    return ERR_UNAVAILABLE;
}

static enum error ask_again(void *context, struct db *db) {
    const int64_t *now = context;
    return job_queue(db, 1, "again", "k", NULL, *now, *now);
}

static enum error again_run(struct job_context *context, const struct job *job) {
    (void)job;
    if (atomic_fetch_add(&runs, 1) >= 3)
        return ERR_OK;
    return store_act(context->store, ask_again, &context->now);
}

static _Atomic bool daily_is_broken;

void daily_break(bool broken) {
    atomic_store(&daily_is_broken, broken);
}

static enum error daily_run(struct job_context *context, const struct job *job) {
    (void)context;
    assert_int_equal(job->tenant, 0);
    atomic_fetch_add(&runs, 1);
    return atomic_load(&daily_is_broken) ? ERR_UNAVAILABLE : ERR_OK;
}

static enum error crash_run(struct job_context *context, const struct job *job) {
    (void)context;
    (void)job;
    (void)kill(getpid(), SIGKILL);
    return ERR_FAULT;
}

static enum error memory_run(struct job_context *context, const struct job *job) {
    (void)job;
    for (int taken = 0; taken < 1 << 20; taken++)
        (void)arena_take(context->arena, 1 << 20);
    return ERR_OK;
}

static const struct job_kind count_kind = {.name = "count", .run = count_run};
static const struct job_kind refuse_kind = {.name = "refuse", .run = refuse_run};
static const struct job_kind again_kind = {.name = "again", .run = again_run};
static const struct job_kind daily_kind = {.name = "daily", .run = daily_run, .every = DAYS(1)};
static const struct job_kind crash_kind = {.name = "crash", .run = crash_run};
static const struct job_kind memory_kind = {.name = "memory", .run = memory_run};

const struct job_kind *const job_kinds[] = {&count_kind, &refuse_kind, &again_kind, &daily_kind,
                                            &crash_kind, &memory_kind, NULL};

struct asking {
    const char *kind, *key;
    int64_t due_at;
};

static enum error ask_act(void *context, struct db *db) {
    const struct asking *asking = context;
    return job_queue(db, 1, asking->kind, asking->key, "{}", asking->due_at, asking->due_at);
}

void ask(struct store *store, const char *kind, const char *key, int64_t due_at) {
    struct asking asking = {kind, key, due_at};
    assert_int_equal(store_act(store, ask_act, &asking), ERR_OK);
}

size_t run_due(struct store *store, int64_t now) {
    size_t run;
    assert_int_equal(jobs_run_due(store, now, &run), ERR_OK);
    return run;
}
