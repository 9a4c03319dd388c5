/* The bounded pool of workers that read, prepare and answer, so that no event thread ever waits. */
#ifndef RADSLAG_HTTP_POOL_H
#define RADSLAG_HTTP_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/http/exchange.h"

struct pool;

/* `limit`: fresh requests that may wait. Owned by caller; NULL without memory or threads. */
struct pool *pool_new(int workers, size_t limit);

/* Takes a fresh request whose `step` a worker shall run; false when too many wait. */
bool pool_enter(struct pool *pool, struct exchange *ex);

/* Hands back one that is under way already (its act is on disk): never refused, goes first. */
void pool_return(struct pool *pool, struct exchange *ex);

struct pool_state {
    size_t workers, busy, waiting;
    uint64_t refused;
};

/* For /metrics. */
struct pool_state pool_state(struct pool *pool);

/* Lets the workers end what they have and waits for them. Nothing may enter meanwhile. */
void pool_free(struct pool *pool);

#endif
