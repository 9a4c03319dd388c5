/* One job: leased by one conditional statement, run on the caller's thread, marked. */
#include "jobs_statements.h"
#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/jobs/rules.h"
#include "platform/jobs/runner.h"

enum { READER_WAIT_MS = 2000, LEASE_ARENA_BYTES = 4 << 20, JOB_ARENA_BYTES = 64 << 20 };

/* ---- asking, inside acts ---- */

enum error job_queue(struct db *db, int64_t tenant, const char *kind, const char *key,
                     const char *payload, int64_t due_at, int64_t now) {
    return db_exec(db, &sql_job_ask,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("kind", kind), BIND_TEXT("key", key),
                        BIND_TEXT("payload", payload),
                        BIND_INT("due_at", due_at == INSTANT_NONE ? now : due_at)),
                   NULL);
}

enum error job_cancel(struct db *db, int64_t tenant, const char *kind, const char *key) {
    return db_exec(db, &sql_job_drop,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("kind", kind), BIND_TEXT("key", key)),
                   NULL);
}

enum error job_clock_accept(struct db *db) {
    return db_exec(db, &sql_job_clock_accept, WITH_NOTHING, NULL);
}

static enum error keep_act(void *context, struct db *db) {
    const int64_t *now = context;
    for (size_t i = 0; job_kinds[i] != NULL; i++) {
        if (job_kinds[i]->every > 0)
            TRY(db_exec(db, &sql_job_keep,
                        WITH(BIND_TEXT("kind", job_kinds[i]->name), BIND_INT("due_at", *now)),
                        NULL));
    }
    return ERR_OK;
}

enum error job_keep_recurring(struct store *store, int64_t now) {
    return store_act(store, keep_act, &now);
}

/* ---- leasing and marking ---- */

enum error job_next(struct store *store, struct arena *arena, int64_t now, size_t limit,
                    struct job_due_list *ret_due) {
    struct db *db;
    TRY(store_reader(store, READER_WAIT_MS, &db));
    const enum error error = db_many(db, arena, &sql_job_next,
                                     WITH(BIND_INT("now", now), BIND_INT("limit", (int64_t)limit)),
                                     limit, &job_due_shape, ret_due);
    store_reader_done(store, db);
    return error;
}

enum mark { MARK_DONE, MARK_RETRY, MARK_RECUR, MARK_FAIL };

/* One job in the runner's hand. */
struct running {
    const struct job_due *due;
    struct arena *arena; /* of the row; used on the lane's thread, so without a recovery point */
    int64_t now;
    struct job_leased leased;
    enum mark mark;
    int64_t due_at;      /* next time */
    int64_t given_up_at; /* of a recurring one */
};

static enum error lease_act(void *context, struct db *db) {
    struct running *running = context;
    return db_one(db, running->arena, &sql_job_lease,
                  WITH(BIND_INT("id", running->due->id), BIND_INT("lease", running->due->lease),
                       BIND_INT("now", running->now), BIND_INT("until", running->now + JOB_LEASE)),
                  &job_leased_shape, &running->leased);
}

static enum error release(struct db *db, const struct job_leased *leased) {
    return db_exec(db, &sql_job_release,
                   WITH(BIND_INT("id", leased->id), BIND_INT("lease", leased->lease)), NULL);
}

/* All marks hold only while the lease is ours; a job asked for meanwhile stays. */
static enum error mark_act(void *context, struct db *db) {
    const struct running *running = context;
    const struct job_leased *leased = &running->leased;
    const struct bind id = BIND_INT("id", leased->id), lease = BIND_INT("lease", leased->lease),
                      asked = BIND_INT("asked", leased->asked),
                      due_at = BIND_INT("due_at", running->due_at);
    int64_t changed = 1;
    switch (running->mark) {
    case MARK_DONE:
        TRY(db_exec(db, &sql_job_done, WITH(id, lease, asked), &changed));
        break;
    case MARK_RETRY:
        TRY(db_exec(db, &sql_job_retry, WITH(id, lease, asked, due_at), NULL));
        break;
    case MARK_RECUR:
        TRY(db_exec(db, &sql_job_recur,
                    WITH(id, lease, asked, due_at, BIND_TIME("given_up_at", running->given_up_at)),
                    NULL));
        break;
    case MARK_FAIL:
        TRY(db_exec(db, &sql_job_fail, WITH(id, lease, asked, BIND_INT("now", running->now)),
                    &changed));
        break;
    }
    return changed == 0 ? release(db, leased) : ERR_OK;
}

/* ---- running ---- */

static const struct job_kind *kind_find(const char *name) {
    for (size_t i = 0; job_kinds[i] != NULL; i++) {
        if (strcmp(job_kinds[i]->name, name) == 0)
            return job_kinds[i];
    }
    return NULL;
}

static enum error handler_run_in(const struct job_kind *kind, struct job_context *context,
                                 const struct job *job) {
    if (ARENA_RECOVER(context->arena))
        return ERR_BUSY;
    return kind->run(context, job);
}

static enum error handler_run(struct store *store, const struct job_kind *kind,
                              const struct job_leased *leased, int64_t now) {
    const struct job job = {leased->id,  leased->tenant,  leased->due_at,      leased->kind,
                            leased->key, leased->payload, (int)leased->attempt};
    struct job_context context = {.store = store, .now = now};
    TRY(store_reader(store, READER_WAIT_MS, &context.db));
    context.arena = arena_new(JOB_ARENA_BYTES);
    const enum error error = handler_run_in(kind, &context, &job);
    arena_free(context.arena);
    store_reader_done(store, context.db);
    return error;
}

/* What follows from the outcome of an attempt. */
static void decide(struct running *running, const struct job_kind *kind, enum error error) {
    const struct job_leased *leased = &running->leased;
    const bool recurs = kind != NULL && kind->every > 0;
    const bool last = kind == NULL || leased->attempt >= JOB_ATTEMPTS_MOST;
    const int64_t pause = job_pause((int)leased->attempt);
    if (error == ERR_OK || (recurs && last)) {
        running->mark = recurs ? MARK_RECUR : MARK_DONE;
        running->due_at = recurs ? job_next_time(leased->due_at, kind->every, running->now) : 0;
        running->given_up_at = error == ERR_OK ? INSTANT_NONE : running->now;
    } else {
        running->mark = last ? MARK_FAIL : MARK_RETRY;
        running->due_at = running->now + (recurs && kind->every < pause ? kind->every : pause);
    }
    if (error == ERR_OK)
        return;
    const struct log_pair *pairs =
        LOG_PAIRS(LOG_TEXT("kind", leased->kind), LOG_INT("job", leased->id),
                  LOG_INT("attempt", leased->attempt), LOG_TEXT("error", error_name(error)));
    log_event(last ? LOG_FAULT_ : LOG_WARNING_, last ? "job_given_up" : "job_attempt", pairs);
}

static enum error run_leased(struct store *store, struct running *running) {
    const struct job_kind *kind = kind_find(running->leased.kind);
    enum error error = ERR_FAULT; /* unknown here, or has ended the program ten times */
    if (kind != NULL && running->leased.attempt <= JOB_ATTEMPTS_MOST)
        error = handler_run(store, kind, &running->leased, running->now);
    decide(running, kind, error);
    return store_act(store, mark_act, running);
}

enum error job_run(struct store *store, const struct job_due *due, int64_t now, bool *ret_run) {
    struct running running = {.due = due, .now = now, .arena = arena_new(LEASE_ARENA_BYTES)};
    enum error error = store_act(store, lease_act, &running);
    const bool leased = error == ERR_OK;
    if (leased)
        error = run_leased(store, &running);
    arena_free(running.arena);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *ret_run = leased;
    return ERR_OK;
}

static enum error run_round(struct store *store, int64_t now, size_t *run, bool *ret_more) {
    enum { ROUND_MOST = 50 };
    struct arena *arena = arena_new(LEASE_ARENA_BYTES);
    struct job_due_list due = {0};
    enum error error = job_next(store, arena, now, ROUND_MOST, &due);
    for (size_t i = 0; i < due.count && error == ERR_OK; i++) {
        bool ran = false;
        error = job_run(store, &due.at[i], now, &ran);
        *run += ran;
    }
    arena_free(arena);
    *ret_more = due.count > 0;
    return error;
}

enum error jobs_run_due(struct store *store, int64_t now, size_t *ret_run) {
    enum { RUN_MOST = 100000 }; /* a job that asks for itself at once would never end */
    size_t run = 0;
    TRY(job_keep_recurring(store, now));
    for (bool more = true; more && run < RUN_MOST;)
        TRY(run_round(store, now, &run, &more));
    *ret_run = run;
    return ERR_OK;
}
