/* Header fields as they came in or shall go out. */
#ifndef RADSLAG_HTTP_HEADER_H
#define RADSLAG_HTTP_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/base/arena.h"

struct header {
    const char *name, *value;
    struct header *next;
};

/* In the order they came. */
struct header_list {
    struct header *first, *last;
    size_t count;
};

/* Adds at the end; name and value are borrowed, the link lives in the arena. */
void header_add(struct header_list *list, struct arena *arena, const char *name, const char *value);

/* First value by name without regard to case, or NULL. */
const char *header_find(const struct header_list *list, const char *name);

/* How many fields have this name. */
size_t header_count(const struct header_list *list, const char *name);

/* Replaces the first of this name, or adds. */
void header_set(struct header_list *list, struct arena *arena, const char *name, const char *value);

/* Characters that may stand in a name (RFC 9110 token) and in a value. */
bool header_name_valid(const char *name);
bool header_value_valid(const char *value);

#endif
