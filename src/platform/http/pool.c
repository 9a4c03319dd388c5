#include "platform/http/pool.h"

#include <pthread.h>

enum { WORKER_STACK_BYTES = 512 << 10 };

struct queue {
    struct exchange *first, *last;
    size_t length;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct queue fresh, under_way;
    size_t limit, busy, count;
    uint64_t refused;
    bool is_ending;
    pthread_t threads[];
};

static void queue_add(struct queue *queue, struct exchange *ex) {
    ex->next = NULL;
    if (queue->last == NULL)
        queue->first = ex;
    else
        queue->last->next = ex;
    queue->last = ex;
    queue->length++;
}

static struct exchange *queue_take(struct queue *queue) {
    struct exchange *ex = queue->first;
    if (ex == NULL)
        return NULL;
    queue->first = ex->next;
    if (queue->first == NULL)
        queue->last = NULL;
    queue->length--;
    return ex;
}

/* The next to work on, or NULL when the pool ends and nothing is left. */
static struct exchange *wait_for_work(struct pool *pool) {
    struct exchange *ex = NULL;
    pthread_mutex_lock(&pool->lock);
    while ((ex = queue_take(&pool->under_way)) == NULL && (ex = queue_take(&pool->fresh)) == NULL &&
           !pool->is_ending)
        pthread_cond_wait(&pool->wake, &pool->lock);
    if (ex != NULL)
        pool->busy++;
    pthread_mutex_unlock(&pool->lock);
    return ex;
}

static void *worker(void *context) {
    struct pool *pool = context;
    for (struct exchange *ex = NULL; (ex = wait_for_work(pool)) != NULL;) {
        ex->step(ex);
        pthread_mutex_lock(&pool->lock);
        pool->busy--;
        pthread_mutex_unlock(&pool->lock);
    }
    return NULL;
}

struct pool *pool_new(int workers, size_t limit) {
    struct pool *pool = calloc(1, sizeof *pool + (size_t)workers * sizeof pool->threads[0]);
    if (pool == NULL)
        return NULL;
    pool->limit = limit;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, WORKER_STACK_BYTES);
    while (pool->count < (size_t)workers &&
           pthread_create(&pool->threads[pool->count], &attributes, worker, pool) == 0)
        pool->count++;
    pthread_attr_destroy(&attributes);
    if (pool->count < (size_t)workers) {
        pool_free(pool);
        return NULL;
    }
    return pool;
}

bool pool_enter(struct pool *pool, struct exchange *ex) {
    pthread_mutex_lock(&pool->lock);
    const bool has_room = pool->fresh.length < pool->limit;
    if (has_room)
        queue_add(&pool->fresh, ex);
    else
        pool->refused++;
    pthread_cond_signal(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    return has_room;
}

void pool_return(struct pool *pool, struct exchange *ex) {
    pthread_mutex_lock(&pool->lock);
    queue_add(&pool->under_way, ex);
    pthread_cond_signal(&pool->wake); /* under the lock: afterwards the pool may be gone */
    pthread_mutex_unlock(&pool->lock);
}

struct pool_state pool_state(struct pool *pool) {
    pthread_mutex_lock(&pool->lock);
    const struct pool_state state = {pool->count, pool->busy,
                                     pool->fresh.length + pool->under_way.length, pool->refused};
    pthread_mutex_unlock(&pool->lock);
    return state;
}

void pool_free(struct pool *pool) {
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->is_ending = true;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_broadcast(&pool->wake);
    for (size_t i = 0; i < pool->count; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
