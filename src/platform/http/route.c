#include "platform/http/route.h"

#include <string.h>

struct node {
    const char *segment; /* NULL: a parameter */
    size_t length;
    struct node *children; /* literal ones */
    struct node *parameter;
    struct node *next; /* sister */
    const struct route *route[METHOD_COUNT];
    size_t number[METHOD_COUNT];
};

struct router {
    struct node root;
    const struct route **routes;
    size_t count;
};

const char *method_name(enum method method) {
    return method == METHOD_GET ? "GET" : "POST";
}

const char *route_key(const struct request *rq) {
    return arena_format(rq->arena, "%s %s", method_name(rq->route->method), rq->route->path);
}

/* Cuts the first segment off `*path` ("/a/b" → "a", "/b"); false at the end. */
static bool next_segment(const char **path, const char **ret_segment, size_t *ret_length) {
    if ((*path)[0] != '/' || (*path)[1] == '\0')
        return false;
    *ret_segment = *path + 1;
    *ret_length = strcspn(*ret_segment, "/");
    *path = *ret_segment + *ret_length;
    return true;
}

static struct node *child_literal(const struct node *node, const char *segment, size_t length) {
    for (struct node *child = node->children; child != NULL; child = child->next)
        if (child->length == length && memcmp(child->segment, segment, length) == 0)
            return child;
    return NULL;
}

static struct node *child_added(struct arena *arena, struct node *node, const char *segment,
                                size_t length) {
    if (segment[0] == ':') {
        if (node->parameter == NULL)
            node->parameter = ARENA_NEW(arena, struct node);
        return node->parameter;
    }
    struct node *child = child_literal(node, segment, length);
    if (child == NULL) {
        child = ARENA_NEW(arena, struct node);
        *child = (struct node){.segment = segment, .length = length, .next = node->children};
        node->children = child;
    }
    return child;
}

static bool pattern_valid(const char *pattern) {
    const size_t length = strlen(pattern);
    if (pattern[0] != '/' || (length > 1 && pattern[length - 1] == '/'))
        return false;
    size_t segments = 0;
    for (const char *c = pattern; *c != '\0'; c++) {
        segments += *c == '/';
        if (c[0] == '/' && (c[1] == '/' || (c[1] == ':' && (c[2] == '/' || c[2] == '\0'))))
            return false;
    }
    return segments <= ROUTE_SEGMENTS_MAX;
}

static bool route_valid(const struct route *route) {
    if (!pattern_valid(route->path) || route->doc == NULL)
        return false;
    return route->method == METHOD_GET ? route->show != NULL : route->act != NULL;
}

static enum error route_add(struct arena *arena, struct router *router, const struct route *route,
                            const char **ret_reason) {
    if (!route_valid(route)) {
        *ret_reason = arena_format(arena, "%s: malformed route %s %s", route->file,
                                   method_name(route->method), route->path);
        return ERR_FAULT;
    }
    struct node *node = &router->root;
    const char *rest = route->path, *segment = NULL;
    size_t length = 0;
    while (next_segment(&rest, &segment, &length))
        node = child_added(arena, node, segment, length);
    if (node->route[route->method] != NULL) {
        *ret_reason =
            arena_format(arena, "%s: %s %s stands in %s too", route->file,
                         method_name(route->method), route->path, node->route[route->method]->file);
        return ERR_FAULT;
    }
    node->route[route->method] = route;
    node->number[route->method] = router->count;
    router->routes[router->count++] = route;
    return ERR_OK;
}

/* Every ":name" of the form's page is a parameter of the write too, which fills it in. */
static bool names_fit(const struct route *write, const struct route *page) {
    const char *rest = page->path, *name = NULL;
    size_t length = 0;
    while (next_segment(&rest, &name, &length)) {
        const char *own = write->path, *segment = NULL;
        size_t own_length = 0;
        bool found = name[0] != ':';
        while (!found && next_segment(&own, &segment, &own_length))
            found = own_length == length && memcmp(segment, name, length) == 0;
        if (!found)
            return false;
    }
    return true;
}

static enum error form_page_check(struct arena *arena, const struct router *router,
                                  const struct route *route, const char **ret_reason) {
    if (route->form_page == NULL)
        return ERR_OK;
    const struct route *page = router_by_pattern(router, route->form_page);
    if (page != NULL && names_fit(route, page))
        return ERR_OK;
    *ret_reason = arena_format(arena, "%s: %s %s cannot show its form at %s", route->file,
                               method_name(route->method), route->path, route->form_page);
    return ERR_FAULT;
}

enum error router_new(struct arena *arena, const struct route *const *tables,
                      const struct router **ret_router, const char **ret_reason) {
    size_t total = 0;
    for (size_t t = 0; tables[t] != NULL; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            total++;
    struct router *router = ARENA_NEW(arena, struct router);
    router->routes = ARENA_ARRAY(arena, total + 1, const struct route *);
    for (size_t t = 0; tables[t] != NULL; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            TRY(route_add(arena, router, route, ret_reason));
    for (size_t i = 0; i < router->count; i++)
        TRY(form_page_check(arena, router, router->routes[i], ret_reason));
    *ret_router = router;
    return ERR_OK;
}

static bool has_route(const struct node *node) {
    return node->route[METHOD_GET] != NULL || node->route[METHOD_POST] != NULL;
}

/* Depth is bound by the longest pattern, branching by two ways at each segment. */
static const struct node *find(const struct node *node, const char *path) {
    const char *segment = NULL;
    size_t length = 0;
    if (!next_segment(&path, &segment, &length))
        return has_route(node) ? node : NULL;
    const struct node *literal = child_literal(node, segment, length);
    const struct node *found = literal == NULL ? NULL : find(literal, path);
    if (found == NULL && node->parameter != NULL)
        found = find(node->parameter, path);
    return found;
}

bool router_find(const struct router *router, const char *path, struct router_match *ret_match) {
    const struct node *node = find(&router->root, path);
    if (node == NULL)
        return false;
    for (size_t method = 0; method < METHOD_COUNT; method++) {
        ret_match->route[method] = node->route[method];
        ret_match->number[method] = node->number[method];
    }
    return true;
}

const struct route *router_by_pattern(const struct router *router, const char *pattern) {
    for (size_t i = 0; i < router->count; i++)
        if (router->routes[i]->method == METHOD_GET &&
            strcmp(router->routes[i]->path, pattern) == 0)
            return router->routes[i];
    return NULL;
}

size_t router_count(const struct router *router) {
    return router->count;
}

const struct route *router_route(const struct router *router, size_t number) {
    return router->routes[number];
}

struct input route_params(struct arena *arena, const struct route *route, const char *path) {
    struct input params = {0};
    struct input_pair **end = &params.first;
    const char *pattern = route->path, *name = NULL, *value = NULL;
    size_t name_length = 0, value_length = 0;
    while (next_segment(&pattern, &name, &name_length) &&
           next_segment(&path, &value, &value_length)) {
        if (name[0] != ':')
            continue;
        struct input_pair *pair = ARENA_NEW(arena, struct input_pair);
        *pair = (struct input_pair){.name = arena_copy_span(arena, name + 1, name_length - 1),
                                    .value = arena_copy_span(arena, value, value_length),
                                    .length = value_length};
        *end = pair;
        end = &pair->next;
        params.count++;
    }
    return params;
}
