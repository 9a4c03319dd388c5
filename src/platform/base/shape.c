#include "platform/base/shape.h"

#include <assert.h>
#include <string.h>

const struct field *shape_field(const struct shape *shape, const char *name, size_t length) {
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (strlen(field->name) == length && memcmp(field->name, name, length) == 0)
            return field;
    }
    return NULL;
}

bool shape_same(const struct shape *a, const struct shape *b) {
    if (a == b)
        return true;
    if (a == NULL || b == NULL || a->count != b->count || strcmp(a->name, b->name) != 0)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->fields[i].name, b->fields[i].name) != 0 ||
            a->fields[i].kind != b->fields[i].kind)
            return false;
    return true;
}

int choice_find(const struct choices *choices, const char *code) {
    for (size_t i = 0; code != NULL && i < choices->count; i++)
        if (strcmp(choices->at[i].code, code) == 0)
            return (int)i;
    return -1;
}

const char *choice_code(const struct choices *choices, int value) {
    assert(value >= 0 && (size_t)value < choices->count);
    return choices->at[value].code;
}

static bool begins(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

struct url url_checked(const char *address) {
    if (address == NULL || strpbrk(address, " \t\r\n\"<>\\") != NULL)
        return (struct url){NULL};
    if (begins(address, "https://") || begins(address, "http://") || begins(address, "mailto:"))
        return (struct url){address};
    return (struct url){NULL};
}

struct url url_own(const char *address) {
    assert(address == NULL || (address[0] == '/' && address[1] != '/') || address[0] == '#' ||
           address[0] == '?' || url_checked(address).address != NULL || begins(address, "data:") ||
           begins(address, "otpauth:"));
    return (struct url){address};
}
