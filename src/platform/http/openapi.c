/* OpenAPI 3.1 from the tables: an address has its HTML page and the same in JSON. */
#include "platform/http/openapi.h"

#include <stdbool.h>
#include <string.h>

#include "platform/http/route.h"

/* ---- what is referred to, each once ---- */

struct components {
    struct arena *arena;
    const struct shape **shapes;
    const struct form **forms;
    size_t shape_count, form_count, room;
};

/* Room doubles; the arena takes the old table back at the end. */
static void make_room(struct components *all) {
    if (all->shape_count < all->room && all->form_count < all->room)
        return;
    const size_t room = all->room == 0 ? 64 : all->room * 2;
    const struct shape **shapes = ARENA_ARRAY(all->arena, room, const struct shape *);
    const struct form **forms = ARENA_ARRAY(all->arena, room, const struct form *);
    for (size_t i = 0; i < all->shape_count; i++)
        shapes[i] = all->shapes[i];
    for (size_t i = 0; i < all->form_count; i++)
        forms[i] = all->forms[i];
    all->shapes = shapes;
    all->forms = forms;
    all->room = room;
}

static void add_shape(struct components *all, const struct shape *shape) {
    if (shape == NULL)
        return;
    for (size_t i = 0; i < all->shape_count; i++)
        if (strcmp(all->shapes[i]->name, shape->name) == 0)
            return;
    make_room(all);
    all->shapes[all->shape_count++] = shape;
    for (size_t i = 0; i < shape->count; i++)
        add_shape(all, shape->fields[i].element);
}

static void add_form(struct components *all, const struct form *form) {
    if (form == NULL)
        return;
    for (size_t i = 0; i < all->form_count; i++)
        if (strcmp(all->forms[i]->name, form->name) == 0)
            return;
    make_room(all);
    all->forms[all->form_count++] = form;
}

static void add_route(struct components *all, const struct route *route) {
    add_shape(all, route->view);
    add_form(all, route->form);
    for (const struct route_page *kind = route->also; kind != NULL && kind->template != NULL;
         kind++)
        add_shape(all, kind->view);
}

/* ---- addresses ---- */

/* "/pages/:id" → "/pages/{id}", with the names of `names`, a pattern of the same form. */
static void write_path(struct buffer *into, const char *names) {
    for (const char *c = names; *c != '\0';) {
        const size_t length = strcspn(c + 1, "/") + 1;
        if (c[1] == ':')
            buffer_format(into, "/{%.*s}", (int)length - 2, c + 2);
        else
            buffer_add(into, c, length);
        c += length;
    }
}

/* True when both match the same paths. */
static bool same_path(const char *a, const char *b) {
    for (;;) {
        const size_t a_length = strcspn(a, "/"), b_length = strcspn(b, "/");
        const bool both_parameters = a[0] == ':' && b[0] == ':';
        if (!both_parameters && (a_length != b_length || memcmp(a, b, a_length) != 0))
            return false;
        a += a_length;
        b += b_length;
        if (*a == '\0' || *b == '\0')
            return *a == *b;
        a++;
        b++;
    }
}

static void write_path_parameters(struct buffer *into, const char *names) {
    bool first = true;
    buffer_text(into, "\"parameters\":[");
    for (const char *c = strstr(names, "/:"); c != NULL; c = strstr(c + 1, "/:")) {
        const int length = (int)strcspn(c + 2, "/");
        buffer_format(into,
                      "%s{\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,"
                      "\"schema\":{\"type\":\"string\"}}",
                      first ? "" : ",", length, c + 2);
        first = false;
    }
    buffer_text(into, "]");
}

/* ---- operations ---- */

static void write_operation_id(struct buffer *into, const struct route *route) {
    buffer_format(into, "\"operationId\":\"%s", route->method == METHOD_GET ? "get" : "post");
    for (const char *c = route->path; *c != '\0'; c++)
        if (*c != ':')
            buffer_add(into, strchr("/-.", *c) != NULL ? "_" : c, 1);
    buffer_text(into, "\",\"summary\":");
    json_write_text(into, route->doc);
}

static void write_schema(struct buffer *into, const char *type, const char *name) {
    buffer_format(into, "\"%s\":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}", type, name);
}

/* A form that no write takes is a search: its fields stand in the query. */
static bool is_search(const struct route *route, const struct route *const *tables) {
    if (route->form == NULL || route->method != METHOD_GET)
        return false;
    for (size_t t = 0; tables[t] != NULL; t++)
        for (const struct route *other = tables[t]; other->path != NULL; other++)
            if (other->method == METHOD_POST && other->form != NULL &&
                strcmp(other->form->name, route->form->name) == 0)
                return false;
    return true;
}

static void write_parameters(struct buffer *into, const struct route *route,
                             const struct route *const *tables) {
    if (is_search(route, tables)) {
        buffer_text(into, ",\"parameters\":[{\"name\":\"fields\",\"in\":\"query\","
                          "\"style\":\"form\",\"explode\":true,\"schema\":");
        buffer_format(into, "{\"$ref\":\"#/components/schemas/%s\"}}]", route->form->name);
    }
    if (route->method == METHOD_POST && !route->has_no_csrf)
        buffer_text(into, ",\"parameters\":[{\"$ref\":\"#/components/parameters/form\"},"
                          "{\"$ref\":\"#/components/parameters/key\"}]");
}

static void write_body(struct buffer *into, const struct route *route) {
    if (route->method != METHOD_POST || route->form == NULL)
        return;
    buffer_text(into, ",\"requestBody\":{\"required\":true,\"content\":{");
    write_schema(into, "application/json", route->form->name);
    buffer_text(into, ",");
    write_schema(into, "application/x-www-form-urlencoded", route->form->name);
    if (route->limits.upload > 0) {
        buffer_text(into, ",");
        write_schema(into, "multipart/form-data", route->form->name);
    }
    buffer_text(into, "}}");
}

static void write_ok(struct buffer *into, const struct route *route) {
    const char *html = "\"text/html\":{\"schema\":{\"type\":\"string\"}}";
    if (route->method == METHOD_POST && route->answer == NULL) {
        buffer_text(into, "\"200\":{\"$ref\":\"#/components/responses/done\"},"
                          "\"201\":{\"$ref\":\"#/components/responses/made\"},"
                          "\"303\":{\"description\":\"browsers go on to the result\"}");
        return;
    }
    buffer_text(into, "\"200\":{\"description\":");
    json_write_text(into, route->doc);
    if (route->view != NULL) {
        buffer_text(into, ",\"content\":{");
        write_schema(into, "application/json", route->view->name);
        if (route->template != NULL)
            buffer_format(into, ",%s", html);
        buffer_text(into, "}");
    }
    buffer_text(into, "}");
}

static void write_operation(struct buffer *into, const struct route *route,
                            const struct route *const *tables) {
    buffer_format(into, "\"%s\":{", route->method == METHOD_GET ? "get" : "post");
    write_operation_id(into, route);
    write_parameters(into, route, tables);
    write_body(into, route);
    buffer_text(into, ",\"responses\":{");
    write_ok(into, route);
    buffer_text(into, ",\"default\":{\"$ref\":\"#/components/responses/problem\"}}}");
}

/* ---- the whole ---- */

static const struct route *first_of_path(const struct route *const *tables, const char *path) {
    for (size_t t = 0; tables[t] != NULL; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            if (same_path(route->path, path))
                return route;
    return NULL;
}

/* One path with all its methods, where its first route stands. */
static void write_path_item(struct buffer *into, const struct route *first,
                            const struct route *const *tables) {
    buffer_text(into, "\"");
    write_path(into, first->path);
    buffer_text(into, "\":{");
    write_path_parameters(into, first->path);
    for (size_t t = 0; tables[t] != NULL; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            if (same_path(route->path, first->path)) {
                buffer_text(into, ",");
                write_operation(into, route, tables);
            }
    buffer_text(into, "}");
}

static void write_paths(struct buffer *into, const struct route *const *tables) {
    bool first = true;
    for (size_t t = 0; tables[t] != NULL; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++) {
            if (first_of_path(tables, route->path) != route)
                continue;
            buffer_text(into, first ? "" : ",");
            write_path_item(into, route, tables);
            first = false;
        }
}

/* What every operation shares. The problem is RFC 9457's, with our code and the fields to mend. */
static const char shared[] =
    "\"parameters\":{"
    "\"form\":{\"name\":\"X-Radslag-Form\",\"in\":\"header\",\"required\":false,"
    "\"description\":\"the page's form token; needed with a session, not with a bearer token\","
    "\"schema\":{\"type\":\"string\"}},"
    "\"key\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":false,"
    "\"description\":\"the same key with the same fields counts once, and gets the same answer\","
    "\"schema\":{\"type\":\"string\",\"maxLength\":64}}},"
    "\"responses\":{"
    "\"done\":{\"description\":\"done\",\"content\":{\"application/json\":{\"schema\":"
    "{\"$ref\":\"#/components/schemas/outcome\"}}}},"
    "\"made\":{\"description\":\"made\",\"content\":{\"application/json\":{\"schema\":"
    "{\"$ref\":\"#/components/schemas/outcome\"}}}},"
    "\"problem\":{\"description\":\"what went wrong\",\"content\":{\"application/problem+json\":"
    "{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}},"
    "\"securitySchemes\":{"
    "\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-session\"},"
    "\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}},"
    "\"schemas\":{"
    "\"outcome\":{\"type\":\"object\",\"properties\":{"
    "\"address\":{\"type\":\"string\",\"format\":\"uri-reference\"},"
    "\"message\":{\"type\":[\"string\",\"null\"]}},\"required\":[\"address\",\"message\"]},"
    "\"problem\":{\"type\":\"object\",\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
    "\"code\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
    "\"detail\":{\"type\":\"string\"},\"instance\":{\"type\":\"string\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
    "\"field\":{\"type\":[\"string\",\"null\"]},\"code\":{\"type\":\"string\"},"
    "\"message\":{\"type\":\"string\"}},\"required\":[\"field\",\"code\",\"message\"]}}},"
    "\"required\":[\"type\",\"status\",\"code\",\"title\",\"detail\"]}";

static void write_components(struct buffer *into, const struct route *const *tables) {
    struct components all = {.arena = into->arena};
    for (size_t t = 0; tables[t] != NULL; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            add_route(&all, route);
    buffer_text(into, shared);
    for (size_t i = 0; i < all.shape_count; i++) {
        buffer_format(into, ",\"%s\":", all.shapes[i]->name);
        json_schema_of_shape(into, all.shapes[i]);
    }
    for (size_t i = 0; i < all.form_count; i++) {
        buffer_format(into, ",\"%s\":", all.forms[i]->name);
        json_schema_of_form(into, all.forms[i]);
    }
    buffer_text(into, "}");
}

void openapi_write_tables(struct buffer *into, const struct route *const *tables,
                          const char *version) {
    buffer_text(into, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"R\xc3\xa5"
                      "dslag\",\"license\":{\"name\":\"AGPL-3.0-or-later\","
                      "\"identifier\":\"AGPL-3.0-or-later\"},\"version\":");
    json_write_text(into, version);
    buffer_text(into, "},\"servers\":[{\"url\":\"/\"}],\"security\":[{},{\"session\":[]},"
                      "{\"token\":[]}],\"paths\":{");
    write_paths(into, tables);
    buffer_text(into, "},\"components\":{");
    write_components(into, tables);
    buffer_text(into, "}}\n");
}

void openapi_write(struct buffer *into, const char *version) {
    openapi_write_tables(into, route_tables, version);
}
