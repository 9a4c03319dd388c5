/* How many are under way, and a wait until they have landed. */
#ifndef RADSLAG_HTTP_FLIGHT_H
#define RADSLAG_HTTP_FLIGHT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct flight {
    pthread_mutex_t lock;
    pthread_cond_t landed;
    size_t count;
    bool is_closed; /* no more may start */
};

/* Begins counting. */
void flight_open(struct flight *flight);

/* One more; false when it is closed. */
bool flight_start(struct flight *flight);

/* One less. */
void flight_land(struct flight *flight);

/* Lets no more start and waits until all have landed, at most so long; -1 = as long as it takes. */
void flight_close(struct flight *flight, int seconds);

#endif
