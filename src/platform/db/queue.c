#include "platform/db/queue.h"

#include "platform/db/store.h"

void queue_open(struct queue *queue, size_t limit, size_t takers, size_t share_limit) {
    *queue = (struct queue){.limit = limit, .takers = takers, .share_limit = share_limit};
    queue->end = &queue->first;
    pthread_mutex_init(&queue->mutex, NULL);
    condition_open(&queue->filled);
}

void queue_free(struct queue *queue) {
    pthread_cond_destroy(&queue->filled);
    pthread_mutex_destroy(&queue->mutex);
}

enum error queue_add(struct queue *queue, struct act *act) {
    enum error error = ERR_OK;
    pthread_mutex_lock(&queue->mutex);
    if (queue->closing) {
        error = ERR_UNAVAILABLE;
    } else if (queue->length >= queue->limit) {
        error = ERR_BUSY;
    } else {
        act->next = NULL;
        *queue->end = act;
        queue->end = &act->next;
        queue->length++;
        pthread_cond_signal(&queue->filled);
    }
    pthread_mutex_unlock(&queue->mutex);
    return error;
}

/* Cuts the share of one taker off the front. */
static struct act *share_cut(struct queue *queue) {
    size_t share = (queue->length + queue->takers - 1) / queue->takers;
    if (share > queue->share_limit)
        share = queue->share_limit;
    struct act *first = queue->first, *last = first;
    for (size_t i = 1; i < share; i++)
        last = last->next;
    queue->first = last->next;
    if (queue->first == NULL)
        queue->end = &queue->first;
    last->next = NULL;
    queue->length -= share;
    return first;
}

enum taken queue_take(struct queue *queue, int wait_ms, struct act **ret_first) {
    const struct timespec deadline = condition_deadline(wait_ms);
    enum taken taken = TAKEN_ACTS;
    pthread_mutex_lock(&queue->mutex);
    while (queue->length == 0 && !queue->closing && taken == TAKEN_ACTS)
        if (pthread_cond_timedwait(&queue->filled, &queue->mutex, &deadline) != 0)
            taken = TAKEN_NOTHING;
    if (queue->length > 0) {
        *ret_first = share_cut(queue);
        taken = TAKEN_ACTS;
    } else if (queue->closing) {
        taken = TAKEN_CLOSED;
    }
    pthread_mutex_unlock(&queue->mutex);
    return taken;
}

void queue_close(struct queue *queue) {
    pthread_mutex_lock(&queue->mutex);
    queue->closing = true;
    pthread_cond_broadcast(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
}

size_t queue_length(struct queue *queue) {
    pthread_mutex_lock(&queue->mutex);
    const size_t length = queue->length;
    pthread_mutex_unlock(&queue->mutex);
    return length;
}
