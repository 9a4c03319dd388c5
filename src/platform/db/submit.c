/* Handing acts to the lane, and waiting for one. */
#include <assert.h>
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#include "platform/base/log.h"
#include "platform/db/sqlite.h"
#include "platform/db/store.h"

enum { DISK_CHECK_US = 250000 };

void store_disk_check(struct store *store) {
    const char *path = sqlite_path(store->address);
    const int64_t floor = store->options.disk_floor, now = monotonic_us();
    if (path == NULL || floor == 0 || now - atomic_load(&store->disk_checked_at) < DISK_CHECK_US)
        return;
    atomic_store(&store->disk_checked_at, now);
    struct statvfs disk;
    if (statvfs(path, &disk) != 0)
        return;
    const bool low = (double)disk.f_bavail * (double)disk.f_frsize < (double)floor;
    if (low != atomic_exchange(&store->disk_low, low))
        log_warning("db.disk", LOG_TEXT("state", low ? "below the floor" : "above the floor"),
                    LOG_INT("floor_bytes", floor));
}

enum error store_submit(struct store *store, struct act *act) {
    if (atomic_load(&store->disk_low))
        return ERR_UNAVAILABLE;
    act->entered = monotonic_us();
    act->result = ERR_OK;
    return queue_add(&store->queue, act);
}

/* An act that somebody waits for. */
struct awaited {
    struct act act;
    enum error (*run)(void *context, struct db *db);
    void *context;
    sem_t finished;
    enum error error;
};

static enum error awaited_run(struct act *act, struct db *db) {
    struct awaited *awaited = (struct awaited *)act;
    return awaited->run(awaited->context, db);
}

static void awaited_done(struct act *act, enum error error) {
    struct awaited *awaited = (struct awaited *)act;
    awaited->error = error;
    sem_post(&awaited->finished);
}

enum error store_act(struct store *store, enum error (*run)(void *context, struct db *db),
                     void *context) {
    assert(!lane_is_here());
    struct awaited awaited = {
        .act = {.run = awaited_run, .done = awaited_done}, .run = run, .context = context};
    sem_init(&awaited.finished, 0, 0);
    enum error error = store_submit(store, &awaited.act);
    if (error == ERR_OK) {
        while (sem_wait(&awaited.finished) != 0)
            assert(errno == EINTR);
        error = awaited.error;
    }
    sem_destroy(&awaited.finished);
    return error;
}
