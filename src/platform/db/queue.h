/* Acts that wait for a lane, oldest first, at most so many. */
#ifndef RADSLAG_DB_QUEUE_H
#define RADSLAG_DB_QUEUE_H

#include <pthread.h>

#include "platform/db/db.h"

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t filled;
    struct act *first, **end;
    size_t length, limit;
    size_t takers, share_limit; /* each taker takes its share, at most so many */
    bool closing;
};

enum taken { TAKEN_ACTS, TAKEN_NOTHING, TAKEN_CLOSED };

/* An empty queue for at most `limit` acts; see struct queue for the rest. */
void queue_open(struct queue *queue, size_t limit, size_t takers, size_t share_limit);

/* Nobody adds or takes any more. */
void queue_free(struct queue *queue);

/* ERR_BUSY when it is full, ERR_UNAVAILABLE when it is closing. */
enum error queue_add(struct queue *queue, struct act *act) MUST_USE;

/* Waits for acts and takes a share of them, a list ended by NULL. TAKEN_NOTHING after `wait_ms`;
 * TAKEN_CLOSED when it is closing and all are taken. */
enum taken queue_take(struct queue *queue, int wait_ms, struct act **ret_first);

/* Takes no more acts in and wakes the takers. */
void queue_close(struct queue *queue);

/* Acts that wait now. */
size_t queue_length(struct queue *queue);

#endif
