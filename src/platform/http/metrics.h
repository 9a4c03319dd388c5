/* What the service counts about itself, in Prometheus text at /metrics. */
#ifndef RADSLAG_HTTP_METRICS_H
#define RADSLAG_HTTP_METRICS_H

#include "platform/http/exchange.h"

/* What answered when no route of the tables did; these stand before the routes. */
enum builtin {
    BUILTIN_NONE,
    BUILTIN_STATIC,
    BUILTIN_HEALTH,
    BUILTIN_METRICS,
    BUILTIN_OPENAPI,
    BUILTIN_COUNT
};

struct metrics;

/* Room for a router's routes and the built-in ones; owned by caller, NULL without memory. */
struct metrics *metrics_new(size_t routes);
void metrics_free(struct metrics *metrics);

/* `number`: enum builtin, or BUILTIN_COUNT + number of the route. */
void metrics_count(struct metrics *metrics, size_t number, int status, int64_t us);

/* "static", or the route's pattern. */
const char *metrics_route_name(const struct http *http, size_t number);

/* All of it, with what pool, cache, connections, store and words count. */
void metrics_write(struct http *http, struct buffer *into);

#endif
