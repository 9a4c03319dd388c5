/* `radslag routes`: from an address to its right, handler and file in one step. */
#include <string.h>

#include "platform/http/openapi.h"
#include "platform/http/route.h"

/* As the compiler was told, without the way out of the build folder. */
static const char *source_file(const char *file) {
    while (strncmp(file, "../", 3) == 0)
        file += 3;
    return file;
}

void routes_print_tables(struct buffer *into, const struct route *const *tables,
                         const char *(*right_name)(int right)) {
    for (size_t t = 0; tables[t] != NULL; t++)
        for (const struct route *route = tables[t]; route->path != NULL; route++)
            buffer_format(into, "%-4s %-44s %-24s %-28s %-36s %s\n", method_name(route->method),
                          route->path, right_name(route->right), route->handler,
                          source_file(route->file), route->doc);
}

void routes_print(struct buffer *into, const char *(*right_name)(int right)) {
    routes_print_tables(into, route_tables, right_name);
}
