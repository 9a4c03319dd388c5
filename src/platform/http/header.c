#include "platform/http/header.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

void header_add(struct header_list *list, struct arena *arena, const char *name,
                const char *value) {
    struct header *header = ARENA_NEW(arena, struct header);
    *header = (struct header){.name = name, .value = value};
    if (list->last == NULL)
        list->first = header;
    else
        list->last->next = header;
    list->last = header;
    list->count++;
}

static struct header *find(const struct header_list *list, const char *name) {
    for (struct header *header = list->first; header != NULL; header = header->next)
        if (strcasecmp(header->name, name) == 0)
            return header;
    return NULL;
}

const char *header_find(const struct header_list *list, const char *name) {
    const struct header *header = find(list, name);
    return header == NULL ? NULL : header->value;
}

size_t header_count(const struct header_list *list, const char *name) {
    size_t count = 0;
    for (const struct header *header = list->first; header != NULL; header = header->next)
        count += strcasecmp(header->name, name) == 0;
    return count;
}

void header_set(struct header_list *list, struct arena *arena, const char *name,
                const char *value) {
    struct header *header = find(list, name);
    if (header == NULL)
        header_add(list, arena, name, value);
    else
        header->value = value;
}

bool header_name_valid(const char *name) {
    if (*name == '\0')
        return false;
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++)
        if (*c >= 0x80 || (!isalnum(*c) && strchr("!#$%&'*+-.^_`|~", *c) == NULL))
            return false;
    return true;
}

bool header_value_valid(const char *value) {
    for (const unsigned char *c = (const unsigned char *)value; *c != '\0'; c++)
        if ((*c < 0x20 && *c != '\t') || *c == 0x7f)
            return false;
    return true;
}
