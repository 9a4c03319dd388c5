/* When sessions were last used: noted in memory by every request, written once a minute. What is
 * lost with the power is less than a minute of it. */
#include <pthread.h>
#include <string.h>

#include "people/sessions/sessions.h"
#include "sessions_statements.h"

enum { ROOM = 4096, AT_ONCE = 200 };

struct seen {
    int64_t tenant, account, session; /* session 0: an empty place */
    int64_t at;
};

static struct {
    pthread_mutex_t lock;
    struct seen places[ROOM]; /* by session, one place each: a neighbour who came first stays */
} noted = {.lock = PTHREAD_MUTEX_INITIALIZER};

void session_note_seen(int64_t tenant, int64_t account, int64_t session, int64_t now) {
    struct seen *place = &noted.places[(uint64_t)session % ROOM];

    (void)pthread_mutex_lock(&noted.lock);
    if (place->session == 0 || place->session == session)
        *place = (struct seen){tenant, account, session, now};
    (void)pthread_mutex_unlock(&noted.lock);
}

struct batch {
    struct seen at[AT_ONCE];
    size_t count;
};

static void batch_take(struct batch *batch) {
    batch->count = 0;
    (void)pthread_mutex_lock(&noted.lock);
    for (size_t i = 0; i < ROOM && batch->count < AT_ONCE; i++) {
        if (noted.places[i].session == 0)
            continue;
        batch->at[batch->count++] = noted.places[i];
        noted.places[i].session = 0;
    }
    (void)pthread_mutex_unlock(&noted.lock);
}

static enum error batch_write(void *context, struct db *db) {
    const struct batch *batch = context;

    for (size_t i = 0; i < batch->count; i++) {
        const struct seen *seen = &batch->at[i];
        TRY(db_exec(db, &sql_session_seen,
                    WITH(BIND_INT("tenant", seen->tenant), BIND_INT("id", seen->session),
                         BIND_TIME("seen_at", seen->at)),
                    NULL));
        TRY(db_exec(db, &sql_account_seen,
                    WITH(BIND_INT("tenant", seen->tenant), BIND_INT("account", seen->account),
                         BIND_TIME("seen_at", seen->at)),
                    NULL));
    }
    return ERR_OK;
}

enum error session_write_seen(struct store *store) {
    struct batch batch;

    for (batch_take(&batch); batch.count > 0; batch_take(&batch))
        TRY(store_act(store, batch_write, &batch));
    return ERR_OK;
}

enum error people_flush(struct store *store) {
    return session_write_seen(store);
}
