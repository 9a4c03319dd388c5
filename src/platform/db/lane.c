/* The write lane: acts that wait are run together, each in a savepoint, and committed at once; a
 * client waits for its own commit, and one flush of the disk serves all that waited.
 *
 * What is lost is rerun: when PostgreSQL asks for it, the batch once more as a whole; then, and
 * when SQLite leaves the transaction (full disk, I/O error), one by one, so that only the act at
 * fault fails. */
#include <assert.h>
#include <stdlib.h>
#include <time.h>

#include "platform/base/log.h"
#include "platform/db/queue.h"
#include "platform/db/store.h"

/* From this rerun on an act has PostgreSQL without our other lanes; after the last, ERR_BUSY. */
enum { RERUN_ALONE = 2, RERUN_LAST = 8 };

static _Thread_local bool on_lane;

/* ---- the connection ---- */

static void lane_disconnect(struct lane *lane) {
    if (lane->db != NULL)
        lane->db->calls->close(lane->db);
    lane->db = NULL;
}

static enum error lane_connect(struct lane *lane) {
    if (lane->db != NULL && lane->db->calls->alive(lane->db))
        return ERR_OK;
    lane_disconnect(lane);
    if (monotonic_us() < lane->retry_at)
        return ERR_UNAVAILABLE;
    const enum error error = lane->store->calls->open(&lane->store->options, ROLE_LANE, &lane->db);
    if (error != ERR_OK)
        lane->retry_at = monotonic_us() + RECONNECT_US;
    else
        lane->foreign_version = lane->db->calls->foreign_version(lane->db);
    return error;
}

/* A command line may write beside the service: what it wrote is not known, so all topics change. */
static void lane_look_around(struct lane *lane) {
    const int64_t version = lane->db->calls->foreign_version(lane->db);
    if (version != lane->foreign_version)
        store_bump(lane->store, ~(topics)0);
    lane->foreign_version = version;
}

/* Begins a transaction. A server that came back since the last one is met by connecting again. */
static enum error lane_begin(struct lane *lane) {
    TRY(lane_connect(lane));
    enum error error = db_transact(lane->db, TRANSACT_BEGIN);
    if (error != ERR_OK && !lane->db->calls->alive(lane->db)) {
        TRY(lane_connect(lane));
        error = db_transact(lane->db, TRANSACT_BEGIN);
    }
    if (error == ERR_OK)
        lane_look_around(lane);
    return error;
}

static void lane_rollback(struct lane *lane) {
    if (lane->db != NULL && db_transact(lane->db, TRANSACT_ROLLBACK) != ERR_OK)
        lane_disconnect(lane);
}

/* Commits. When PostgreSQL goes away during the commit nobody knows whether it happened: the lane
 * drops the connection, so that nothing is rerun, and caches must suppose that it did. */
static enum error lane_commit(struct lane *lane) {
    struct store *store = lane->store;
    const int64_t start = monotonic_us();
    const enum error error = db_transact(lane->db, TRANSACT_COMMIT);
    store_bump(store, lane->db->meter.writes);
    if (error == ERR_OK) {
        atomic_store(&store->commit_us, monotonic_us() - start);
        atomic_fetch_add(&store->commits, 1);
        store_answered(store);
    } else if (error == ERR_UNAVAILABLE && store->calls->engine == ENGINE_POSTGRESQL) {
        lane_disconnect(lane);
    } else {
        lane_rollback(lane);
    }
    return error;
}

/* ---- acts ---- */

/* An act may not hide that a statement of it failed. */
static enum error act_run(struct act *act, struct db *db) {
    const enum error error = act->run(act, db);
    if (db->failed == ERR_OK)
        return error;
    return error == ERR_OK || db->failed == ERR_RERUN ? db->failed : error;
}

/* Runs one act of many since the savepoint, and sets its result. Fails when all is lost. */
static enum error act_since_savepoint(struct act *act, struct db *db) {
    act->result = act_run(act, db);
    if (act->result == ERR_OK)
        return act->next == NULL ? ERR_OK : db_transact(db, TRANSACT_SAVE_ANEW);
    if (act->result == ERR_RERUN || !db->calls->in_transaction(db))
        return ERR_RERUN;
    return db_transact(db, TRANSACT_ROLLBACK_TO);
}

/* All acts in one transaction. On an error nothing of them is in the database, unless the
 * connection was lost while committing. */
static enum error acts_together(struct lane *lane, struct act *first) {
    TRY(lane_begin(lane));
    db_meter_reset(lane->db);
    enum error error = db_transact(lane->db, TRANSACT_SAVE);
    for (struct act *act = first; act != NULL && error == ERR_OK; act = act->next)
        error = act_since_savepoint(act, lane->db);
    if (error == ERR_OK)
        return lane_commit(lane);
    lane_rollback(lane);
    return error;
}

static enum error act_in_transaction(struct lane *lane, struct act *act) {
    TRY(lane_begin(lane));
    db_meter_reset(lane->db);
    const enum error error = act_run(act, lane->db);
    if (error == ERR_OK)
        return lane_commit(lane);
    lane_rollback(lane);
    return error;
}

/* A short while that grows and differs from lane to lane. */
static void rerun_pause(const struct lane *lane, int attempt) {
    const int64_t us = (INT64_C(200) << attempt) + (monotonic_us() + (intptr_t)lane / 64) % 500;
    const struct timespec pause = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    (void)nanosleep(&pause, NULL);
}

static enum error act_alone(struct lane *lane, struct act *act) {
    struct store *store = lane->store;
    enum error error;
    for (int attempt = 0;; attempt++) {
        if (attempt < RERUN_ALONE)
            pthread_rwlock_rdlock(&store->turns);
        else
            pthread_rwlock_wrlock(&store->turns);
        error = act_in_transaction(lane, act);
        pthread_rwlock_unlock(&store->turns);
        if (error != ERR_RERUN || attempt == RERUN_LAST)
            break;
        atomic_fetch_add(&store->reruns, 1);
        rerun_pause(lane, attempt);
    }
    return error == ERR_RERUN ? ERR_BUSY : error;
}

/* ---- batches ---- */

static void batch_done(struct store *store, struct act *first) {
    for (struct act *act = first, *next; act != NULL; act = next) {
        next = act->next; /* `done` may free the act */
        atomic_fetch_add(&store->acts, 1);
        act->done(act, act->result);
    }
}

static void batch_one_by_one(struct lane *lane, struct act *first) {
    for (struct act *act = first, *next; act != NULL; act = next) {
        next = act->next;
        act->next = NULL;
        act->result = act_alone(lane, act);
        batch_done(lane->store, act);
    }
}

static void batch_fail(struct store *store, struct act *first, enum error error) {
    for (struct act *act = first; act != NULL; act = act->next)
        act->result = error;
    batch_done(store, first);
}

/* Together, and where PostgreSQL wants a rerun together once more without our other lanes. */
static enum error batch_together(struct lane *lane, struct act *first) {
    struct store *store = lane->store;
    pthread_rwlock_rdlock(&store->turns);
    enum error error = acts_together(lane, first);
    pthread_rwlock_unlock(&store->turns);
    if (error != ERR_RERUN || store->calls->engine == ENGINE_SQLITE)
        return error;
    atomic_fetch_add(&store->reruns, 1);
    pthread_rwlock_wrlock(&store->turns);
    error = acts_together(lane, first);
    pthread_rwlock_unlock(&store->turns);
    return error;
}

static void batch_run(struct lane *lane, struct act *first) {
    struct store *store = lane->store;
    if (first->next == NULL) {
        batch_one_by_one(lane, first);
        return;
    }
    if (batch_together(lane, first) == ERR_OK) {
        batch_done(store, first);
    } else if (lane->db == NULL || !lane->db->calls->alive(lane->db)) {
        batch_fail(store, first, ERR_UNAVAILABLE);
    } else {
        atomic_fetch_add(&store->reruns, 1);
        batch_one_by_one(lane, first);
    }
}

/* ---- the thread ---- */

/* While nothing waits: is the database there, and is there room on the disk? */
static void lane_probe(struct lane *lane) {
    static const struct statement probe = {
        .name = "probe",
        .kind = STATEMENT_ONE,
        .sql = {"SELECT max(number) FROM migration", "SELECT max(number) FROM migration"},
        .number = STATEMENT_UNLISTED};
    int64_t number;
    if (lane_connect(lane) != ERR_OK)
        return;
    lane_look_around(lane);
    if (db_integer(lane->db, &probe, WITH_NOTHING, &number) == ERR_OK)
        store_answered(lane->store);
}

static void *lane_main(void *context) {
    struct lane *lane = context;
    struct store *store = lane->store;
    struct act *first;
    on_lane = true;
    for (;;) {
        store_disk_check(store);
        const enum taken taken = queue_take(&store->queue, PROBE_MS, &first);
        if (taken == TAKEN_CLOSED)
            return NULL;
        if (taken == TAKEN_NOTHING) {
            lane_probe(lane);
            continue;
        }
        const int64_t start = monotonic_us();
        batch_run(lane, first);
        atomic_store(&store->lane_us, monotonic_us() - start);
    }
}

/* Writers first: a last rerun is not to starve behind a stream of new batches. */
static void turns_open(pthread_rwlock_t *turns) {
    pthread_rwlockattr_t attributes;
    pthread_rwlockattr_init(&attributes);
    pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(turns, &attributes);
    pthread_rwlockattr_destroy(&attributes);
}

enum error lanes_open(struct store *store, size_t count) {
    store->lanes = calloc(count, sizeof *store->lanes);
    assert(store->lanes != NULL);
    enum error error = ERR_OK;
    for (size_t i = 0; i < count && error == ERR_OK; i++) {
        store->lanes[i].store = store;
        error = lane_connect(&store->lanes[i]);
    }
    if (error != ERR_OK) {
        for (size_t i = 0; i < count; i++)
            lane_disconnect(&store->lanes[i]);
        free(store->lanes);
        return error;
    }
    turns_open(&store->turns);
    store_disk_check(store);
    /* PostgreSQL: a fair share for each lane, and few savepoints: past 64 it spills them to disk.
     */
    const bool one = count == 1 && store->calls->engine == ENGINE_SQLITE;
    queue_open(&store->queue, store->options.queue_limit, count, one ? SIZE_MAX : 64);
    store->lane_count = count;
    for (size_t i = 0; i < count; i++)
        if (pthread_create(&store->lanes[i].thread, NULL, lane_main, &store->lanes[i]) != 0)
            abort(); /* at the start, without threads: nothing sensible can follow */
    return ERR_OK;
}

void lanes_close(struct store *store) {
    queue_close(&store->queue);
    for (size_t i = 0; i < store->lane_count; i++) {
        pthread_join(store->lanes[i].thread, NULL);
        lane_disconnect(&store->lanes[i]);
    }
    queue_free(&store->queue);
    pthread_rwlock_destroy(&store->turns);
    free(store->lanes);
}

bool lane_is_here(void) {
    return on_lane;
}
