/* Routes matched by a trie of path segments, made once from the tables. */
#ifndef RADSLAG_HTTP_ROUTE_H
#define RADSLAG_HTTP_ROUTE_H

#include "platform/http/http.h"

enum { ROUTE_SEGMENTS_MAX = 12, METHOD_COUNT = 2 };

struct router;

/* Compiles the tables (each ended by path NULL, the list by NULL); in arena. ERR_FAULT when two
 * routes want the same address, a pattern is malformed, or a form's page is not there: `ret_reason`
 * says which. */
enum error router_new(struct arena *arena, const struct route *const *tables,
                      const struct router **ret_router, const char **ret_reason) MUST_USE;

/* What stands at an address: a route for each method, or NULL. */
struct router_match {
    const struct route *route[METHOD_COUNT];
    size_t number[METHOD_COUNT]; /* of the route in router_route */
};

/* Literal segments go before parameters. False when no route has this path. */
bool router_find(const struct router *router, const char *path, struct router_match *ret_match);

/* The GET route with exactly this pattern, or NULL. */
const struct route *router_by_pattern(const struct router *router, const char *pattern);

/* All routes in the order of their tables, by number. */
size_t router_count(const struct router *router);

/* The route with this number, less than router_count. */
const struct route *router_route(const struct router *router, size_t number);

/* Values of the route's parameters in `path`, which it must match; in arena. */
struct input route_params(struct arena *arena, const struct route *route, const char *path);

/* "POST /pages/:id": the request's route as a key; in arena. */
const char *route_key(const struct request *rq);

/* "GET" or "POST". */
const char *method_name(enum method method);

#endif
