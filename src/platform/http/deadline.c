#include "platform/http/deadline.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "platform/http/exchange.h"

enum { ROUND_MS = 250 };

struct deadlines {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t reaper;
    struct watched *first;
    struct deadlines_state state;
    bool is_ending;
};

static void reap(struct deadlines *deadlines, int64_t now) {
    for (struct watched *watched = deadlines->first; watched != NULL; watched = watched->after) {
        if (now < watched->due)
            continue;
        watched->due = INT64_MAX;
        deadlines->state.reaped++;
        (void)shutdown(watched->socket, SHUT_RDWR);
    }
}

static void *reaper(void *context) {
    struct deadlines *deadlines = context;
    pthread_mutex_lock(&deadlines->lock);
    while (!deadlines->is_ending) {
        struct timespec until;
        (void)clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += ROUND_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&deadlines->wake, &deadlines->lock, &until);
        reap(deadlines, monotonic_us());
    }
    pthread_mutex_unlock(&deadlines->lock);
    return NULL;
}

struct deadlines *deadlines_new(void) {
    struct deadlines *deadlines = calloc(1, sizeof *deadlines);
    if (deadlines == NULL)
        return NULL;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&deadlines->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&deadlines->lock, NULL);
    if (pthread_create(&deadlines->reaper, NULL, reaper, deadlines) != 0) {
        free(deadlines);
        return NULL;
    }
    return deadlines;
}

void deadlines_free(struct deadlines *deadlines) {
    if (deadlines == NULL)
        return;
    pthread_mutex_lock(&deadlines->lock);
    deadlines->is_ending = true;
    pthread_mutex_unlock(&deadlines->lock);
    pthread_cond_signal(&deadlines->wake);
    pthread_join(deadlines->reaper, NULL);
    pthread_cond_destroy(&deadlines->wake);
    pthread_mutex_destroy(&deadlines->lock);
    free(deadlines);
}

void deadlines_enter(struct deadlines *deadlines, struct watched *watched, int64_t due) {
    pthread_mutex_lock(&deadlines->lock);
    watched->due = due;
    watched->before = NULL;
    watched->after = deadlines->first;
    if (deadlines->first != NULL)
        deadlines->first->before = watched;
    deadlines->first = watched;
    deadlines->state.connections++;
    pthread_mutex_unlock(&deadlines->lock);
}

void deadlines_leave(struct deadlines *deadlines, struct watched *watched) {
    pthread_mutex_lock(&deadlines->lock);
    *(watched->before == NULL ? &deadlines->first : &watched->before->after) = watched->after;
    if (watched->after != NULL)
        watched->after->before = watched->before;
    deadlines->state.connections--;
    pthread_mutex_unlock(&deadlines->lock);
}

void deadlines_set(struct deadlines *deadlines, struct watched *watched, int64_t due) {
    pthread_mutex_lock(&deadlines->lock);
    watched->due = due;
    pthread_mutex_unlock(&deadlines->lock);
}

struct deadlines_state deadlines_state(struct deadlines *deadlines) {
    pthread_mutex_lock(&deadlines->lock);
    const struct deadlines_state state = deadlines->state;
    pthread_mutex_unlock(&deadlines->lock);
    return state;
}
