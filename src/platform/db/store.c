#include "platform/db/store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/migration.h"
#include "platform/db/sqlite.h"

enum { READERS_MAX = 64, LANES_MAX = 16 };

const struct engine_calls *engine_of(const char *address) {
    if (sqlite_path(address) != NULL)
        return &sqlite_calls;
    if (text_begins(address, "postgresql://") || text_begins(address, "postgres://"))
        return &postgresql_calls;
    return NULL;
}

void condition_open(pthread_cond_t *condition) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

struct timespec condition_deadline(int wait_ms) {
    const int64_t deadline = monotonic_us() + (int64_t)wait_ms * 1000;
    return (struct timespec){.tv_sec = deadline / 1000000, .tv_nsec = deadline % 1000000 * 1000};
}

/* ---- topics ---- */

/* Versions begin at a place of chance: what was cached before a restart never matches after it. */
static void versions_begin(struct store *store) {
    uint64_t start = 0;
    if (getrandom(&start, sizeof start, 0) != (ssize_t)sizeof start)
        start = (uint64_t)monotonic_us();
    for (size_t i = 0; i < TOPIC_COUNT; i++)
        atomic_init(&store->versions[i], start);
}

void store_bump(struct store *store, topics written) {
    for (size_t i = 0; i < TOPIC_COUNT; i++)
        if ((written >> i & 1) != 0)
            atomic_fetch_add(&store->versions[i], 1);
}

void store_topic_versions(const struct store *store, uint64_t ret_versions[64]) {
    for (size_t i = 0; i < TOPIC_COUNT; i++)
        ret_versions[i] = atomic_load(&store->versions[i]);
}

/* ---- open and close ---- */

static struct store *store_new(const struct store_options *options) {
    struct store *store = calloc(1, sizeof *store);
    assert(store != NULL);
    store->address = strdup(options->address);
    assert(store->address != NULL);
    store->options = *options;
    store->options.address = store->address;
    store->calls = engine_of(store->address);
    versions_begin(store);
    readers_open(&store->readers, (size_t)options->readers);
    return store;
}

static void store_free(struct store *store) {
    readers_close(&store->readers);
    free(store->address);
    free(store);
}

/* Migrations run on a connection that stays open until the lanes have theirs: SQLite would write
 * the whole log back when the last one closes. */
static enum error store_start(struct store *store) {
    struct db *db;
    TRY(store_single(store, &db));
    enum error error = migrations_run(db, migration_table, migration_count);
    if (error == ERR_OK)
        error = lanes_open(
            store, store->calls->engine == ENGINE_SQLITE ? 1 : (size_t)store->options.lanes);
    store_single_done(store, db);
    return error;
}

enum error store_open(const struct store_options *options, struct store **ret_store) {
    assert(options->readers >= 1 && options->readers <= READERS_MAX);
    assert(options->lanes >= 1 && options->lanes <= LANES_MAX && options->queue_limit >= 1);
    if (engine_of(options->address) == NULL) {
        log_fault("db.open", LOG_TEXT("why", "want sqlite:PATH or postgresql://..."));
        return ERR_UNAVAILABLE;
    }
    struct store *store = store_new(options);
    const enum error error = store_start(store);
    if (error != ERR_OK) {
        store_free(store);
        return error;
    }
    store_answered(store);
    *ret_store = store;
    return ERR_OK;
}

void store_close(struct store *store) {
    if (store == NULL)
        return;
    lanes_close(store);
    store_free(store);
}

enum error store_single(struct store *store, struct db **ret_db) {
    return store->calls->open(&store->options, ROLE_SINGLE, ret_db);
}

void store_single_done(struct store *store, struct db *db) {
    (void)store;
    db->calls->close(db);
}

enum error store_scrub(struct store *store, const char *table) {
    struct db *db = NULL;
    TRY(store_single(store, &db));
    const enum error error = store->calls->scrub(db, table);
    store_single_done(store, db);
    return error;
}

enum error store_backup(struct store *store, const char *file) {
    return store->calls->backup(&store->options, file);
}

/* ---- state ---- */

void store_answered(struct store *store) {
    atomic_store(&store->answered_at, monotonic_us());
}

struct store_state store_state(struct store *store) {
    struct store_state state = {.lanes = store->lane_count, .readers = store->readers.limit};
    state.queued = queue_length(&store->queue);
    pthread_mutex_lock(&store->readers.mutex);
    state.readers_busy = store->readers.busy;
    pthread_mutex_unlock(&store->readers.mutex);
    state.acts = atomic_load(&store->acts);
    state.commits = atomic_load(&store->commits);
    state.reruns = atomic_load(&store->reruns);
    state.commit_us_last = atomic_load(&store->commit_us);
    state.lane_us_last = atomic_load(&store->lane_us);
    state.answering = monotonic_us() - atomic_load(&store->answered_at) < ANSWERING_US;
    return state;
}
