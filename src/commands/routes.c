/* radslag routes: every address with who may, where its code stands, and what it is for. */
#include "commands/command.h"
#include "people/people.h"
#include "platform/http/http.h"

static const char *right_name(int right) {
    static const char *const names[RIGHT_COUNT] = {
        [RIGHT_ANYONE] = "anyone",
        [RIGHT_OUTSIDE] = "anyone",
        [RIGHT_SELF] = "self",
#define RIGHT(name, row, marks) [RIGHT_##name] = #name,
#include "people/rights.def"
#undef RIGHT
    };
    return names[right];
}

static int routes_run(const struct options *options) {
    struct arena *arena = arena_new(16 << 20);
    struct buffer into = buffer_in(arena, 8 << 20);
    if (option_given(options, "openapi"))
        openapi_write(&into, RADSLAG_VERSION);
    else
        routes_print(&into, right_name);
    (void)fputs(buffer_string(&into), stdout);
    arena_free(arena);
    return EXIT_DONE;
}

static const struct option_doc routes_options[] = {
    {"openapi", NULL, "print the API description (OpenAPI, JSON) instead"}, {NULL, NULL, NULL}};

const struct command command_routes = {
    "routes",
    NULL,
    "Lists every address: who may, where its code stands, what it is for.",
    NULL,
    routes_options,
    routes_run};
