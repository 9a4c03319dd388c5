/* Papers of locked polls, kept in memory: a press reads the rows of its poll and its voter, not
 * those of every option. Locked pots and options never change (a trigger holds it), so that nothing
 * here grows old; the poll's own row is read each time. */
#include <pthread.h>
#include <string.h>

#include "ballots/inside.h"
#include "ballots_statements.h"

enum { PAPERS_KEPT = 16, PAPER_BYTES = 64 << 20 };

/* A poll number alone would not do: the secret's digest tells polls of different data files apart,
 * and the time a locking that was rolled back. */
struct kept {
    struct arena *arena;
    int64_t poll, locked_at;
    const char *secret_hash;
    struct poll_pot_list pots;
    struct poll_option_list options;
    int64_t users; /* requests that read it, and its place in `all` */
    uint64_t used; /* when last, counted in uses */
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct kept *all[PAPERS_KEPT];
static uint64_t uses;

static bool is_of(const struct kept *kept, const struct poll *poll) {
    return kept->poll == poll->id && kept->locked_at == poll->locked_at &&
           strcmp(kept->secret_hash, poll->secret_hash) == 0;
}

static void release_locked(struct kept *kept) {
    if (--kept->users == 0)
        arena_free(kept->arena);
}

static void release(void *thing) {
    pthread_mutex_lock(&mutex);
    release_locked(thing);
    pthread_mutex_unlock(&mutex);
}

/* Stays until `arena` is given back; NULL when it is not kept. */
static const struct kept *borrow(struct arena *arena, const struct poll *poll) {
    struct kept *found = NULL;
    pthread_mutex_lock(&mutex);
    for (size_t i = 0; i < PAPERS_KEPT && found == NULL; i++)
        if (all[i] != NULL && is_of(all[i], poll))
            found = all[i];
    if (found != NULL) {
        found->users++;
        found->used = ++uses;
    }
    pthread_mutex_unlock(&mutex);
    if (found != NULL)
        arena_defer(arena, release, found);
    return found;
}

/* In place of the one that was used longest ago. Two that read at once may both be kept. */
static void keep(struct kept *kept) {
    size_t oldest = 0;
    pthread_mutex_lock(&mutex);
    for (size_t i = 0; i < PAPERS_KEPT && all[oldest] != NULL; i++)
        if (all[i] == NULL || all[i]->used < all[oldest]->used)
            oldest = i;
    if (all[oldest] != NULL)
        release_locked(all[oldest]);
    kept->users = 1;
    kept->used = ++uses;
    all[oldest] = kept;
    pthread_mutex_unlock(&mutex);
}

enum error poll_paper_read(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                           struct poll_paper *ret_paper) {
    const struct bind *of = WITH(BIND_INT("tenant", tenant), BIND_INT("poll", poll));
    TRY(db_many(db, arena, &sql_poll_pots, of, POLL_POTS_MAX, &poll_pot_shape, &ret_paper->pots));
    return db_many(db, arena, &sql_poll_options, of, POLL_OPTIONS_MAX, &poll_option_shape,
                   &ret_paper->options);
}

static enum error read_to_keep(struct db *db, int64_t tenant, const struct poll *poll) {
    struct arena *own = arena_new(PAPER_BYTES);
    struct kept *kept = ARENA_NEW(own, struct kept);
    *kept = (struct kept){.arena = own,
                          .poll = poll->id,
                          .locked_at = poll->locked_at,
                          .secret_hash = arena_copy_text(own, poll->secret_hash)};
    struct poll_paper paper = {0};
    const enum error error = poll_paper_read(db, own, tenant, poll->id, &paper);
    kept->pots = paper.pots;
    kept->options = paper.options;
    if (error == ERR_OK)
        keep(kept);
    else
        arena_free(own);
    return error;
}

enum error poll_paper_of(struct db *db, struct arena *arena, int64_t tenant,
                         const struct poll *poll, struct poll_paper *ret_paper) {
    struct poll_paper paper = {.poll = *poll};
    if (poll->state == poll_state_draft || poll->secret_hash == NULL) {
        TRY(poll_paper_read(db, arena, tenant, poll->id, &paper));
        *ret_paper = paper;
        return ERR_OK;
    }
    const struct kept *kept = borrow(arena, poll);
    if (kept == NULL) {
        TRY(read_to_keep(db, tenant, poll));
        kept = borrow(arena, poll);
    }
    if (kept == NULL) /* sixteen others came meanwhile */
        return ERR_BUSY;
    paper.pots = kept->pots;
    paper.options = kept->options;
    *ret_paper = paper;
    return ERR_OK;
}
