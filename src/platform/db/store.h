/* Inside platform/db: what the store's files share. store.c opens and closes, readers.c lends
 * connections for reading, submit.c takes acts, lane.c runs them. */
#ifndef RADSLAG_DB_STORE_H
#define RADSLAG_DB_STORE_H

#include <pthread.h>
#include <stdatomic.h>

#include "platform/base/instant.h"
#include "platform/db/engine.h"
#include "platform/db/queue.h"

enum { TOPIC_COUNT = 64, RECONNECT_US = 250000, PROBE_MS = 400, ANSWERING_US = 1000000 };

/* Connections for reading: `busy` are lent, `idle` wait, the rest is opened when needed. */
struct readers {
    pthread_mutex_t mutex;
    pthread_cond_t freed;
    struct db **idle; /* a stack: the last one given back has the warmest cache */
    size_t idle_count, busy, limit;
    int64_t retry_at; /* the server is away: do not try before, µs */
};

/* A thread that writes, with a connection of its own. */
struct lane {
    struct store *store;
    struct db *db; /* NULL while the server is away */
    int64_t foreign_version;
    int64_t retry_at;
    pthread_t thread;
};

struct store {
    struct store_options options;
    char *address;
    const struct engine_calls *calls;
    struct readers readers;
    struct queue queue;
    struct lane *lanes;
    size_t lane_count;
    pthread_rwlock_t turns; /* transactions of the lanes; the last rerun has it alone */
    _Atomic uint64_t versions[TOPIC_COUNT];
    _Atomic uint64_t acts, commits, reruns;
    _Atomic int64_t commit_us, lane_us, answered_at;
    _Atomic int64_t disk_checked_at;
    _Atomic bool disk_low;
};

/* A condition variable that waits by the monotonic clock, and `wait_ms` from now for it. */
void condition_open(pthread_cond_t *condition);
struct timespec condition_deadline(int wait_ms);

/* At most `limit` connections, none opened yet. */
void readers_open(struct readers *readers, size_t limit);

/* Waits for those that are lent, and closes all. */
void readers_close(struct readers *readers);

/* Opens the lanes' connections and starts their threads. */
enum error lanes_open(struct store *store, size_t count) MUST_USE;

/* Runs what waits, and ends them. */
void lanes_close(struct store *store);

/* True on a lane's thread. */
bool lane_is_here(void);

/* Looks now and then whether the disk has less room than the floor. */
void store_disk_check(struct store *store);

/* A statement succeeded just now. */
void store_answered(struct store *store);

/* Topics written by a commit get new versions. */
void store_bump(struct store *store, topics written);

#endif
