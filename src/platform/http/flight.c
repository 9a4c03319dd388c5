#include "platform/http/flight.h"

#include <errno.h>

void flight_open(struct flight *flight) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&flight->landed, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&flight->lock, NULL);
}

bool flight_start(struct flight *flight) {
    pthread_mutex_lock(&flight->lock);
    const bool may = !flight->is_closed;
    flight->count += may;
    pthread_mutex_unlock(&flight->lock);
    return may;
}

void flight_land(struct flight *flight) {
    pthread_mutex_lock(&flight->lock);
    if (--flight->count == 0)
        pthread_cond_broadcast(&flight->landed);
    pthread_mutex_unlock(&flight->lock);
}

void flight_close(struct flight *flight, int seconds) {
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&flight->lock);
    flight->is_closed = true;
    int waited = 0;
    while (flight->count > 0 && waited != ETIMEDOUT)
        waited = seconds < 0 ? pthread_cond_wait(&flight->landed, &flight->lock)
                             : pthread_cond_timedwait(&flight->landed, &flight->lock, &until);
    pthread_mutex_unlock(&flight->lock);
}
