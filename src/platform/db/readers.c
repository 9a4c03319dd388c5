/* Connections for reading, lent with a snapshot. */
#include <assert.h>
#include <stdlib.h>

#include "platform/db/store.h"

void readers_open(struct readers *readers, size_t limit) {
    *readers = (struct readers){.limit = limit, .idle = calloc(limit, sizeof(struct db *))};
    assert(readers->idle != NULL);
    pthread_mutex_init(&readers->mutex, NULL);
    condition_open(&readers->freed);
}

void readers_close(struct readers *readers) {
    pthread_mutex_lock(&readers->mutex);
    while (readers->busy > 0)
        pthread_cond_wait(&readers->freed, &readers->mutex);
    pthread_mutex_unlock(&readers->mutex);
    for (size_t i = 0; i < readers->idle_count; i++)
        readers->idle[i]->calls->close(readers->idle[i]);
    free(readers->idle);
    pthread_cond_destroy(&readers->freed);
    pthread_mutex_destroy(&readers->mutex);
}

/* A place among the busy ones, and an idle connection if there is one. */
static enum error place_take(struct readers *readers, int wait_ms, struct db **ret_db) {
    const struct timespec deadline = condition_deadline(wait_ms);
    enum error error = ERR_OK;
    pthread_mutex_lock(&readers->mutex);
    while (error == ERR_OK && readers->busy == readers->limit)
        if (pthread_cond_timedwait(&readers->freed, &readers->mutex, &deadline) != 0 &&
            readers->busy == readers->limit)
            error = ERR_BUSY;
    if (error == ERR_OK) {
        readers->busy++;
        *ret_db = readers->idle_count > 0 ? readers->idle[--readers->idle_count] : NULL;
    }
    pthread_mutex_unlock(&readers->mutex);
    return error;
}

static void place_give(struct readers *readers, struct db *db) {
    pthread_mutex_lock(&readers->mutex);
    readers->busy--;
    if (db != NULL)
        readers->idle[readers->idle_count++] = db;
    pthread_cond_broadcast(&readers->freed);
    pthread_mutex_unlock(&readers->mutex);
}

/* Opens a connection, unless that failed a moment ago. */
static enum error reader_open(struct store *store, struct db **ret_db) {
    struct readers *readers = &store->readers;
    pthread_mutex_lock(&readers->mutex);
    const bool too_soon = monotonic_us() < readers->retry_at;
    pthread_mutex_unlock(&readers->mutex);
    if (too_soon)
        return ERR_UNAVAILABLE;
    const enum error error = store->calls->open(&store->options, ROLE_READER, ret_db);
    if (error != ERR_OK) {
        pthread_mutex_lock(&readers->mutex);
        readers->retry_at = monotonic_us() + RECONNECT_US;
        pthread_mutex_unlock(&readers->mutex);
    }
    return error;
}

/* Begins the snapshot. A connection that was idle may have lost its server: one more is tried. */
static enum error reader_begin(struct store *store, struct db **db) {
    const bool was_idle = *db != NULL;
    if (*db == NULL)
        TRY(reader_open(store, db));
    enum error error = db_transact(*db, TRANSACT_BEGIN);
    if (error == ERR_OK || (*db)->calls->alive(*db))
        return error;
    (*db)->calls->close(*db);
    *db = NULL;
    return was_idle ? reader_begin(store, db) : error;
}

enum error store_reader(struct store *store, int wait_ms, struct db **ret_db) {
    struct db *db;
    TRY(place_take(&store->readers, wait_ms, &db));
    const enum error error = reader_begin(store, &db);
    if (error != ERR_OK) {
        place_give(&store->readers, db);
        return error;
    }
    db_meter_reset(db);
    *ret_db = db;
    return ERR_OK;
}

void store_reader_done(struct store *store, struct db *db) {
    const enum error error = db_transact(db, TRANSACT_ROLLBACK);
    if (error == ERR_OK) {
        store_answered(store);
    } else {
        db->calls->close(db);
        db = NULL;
    }
    place_give(&store->readers, db);
}
