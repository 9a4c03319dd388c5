#include "platform/http/cookie.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

static const char prefix[] = "__Host-";

static bool is_cookie_value(const char *value) {
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    return value[strspn(value, allowed)] == '\0';
}

const char *cookie_find(struct arena *arena, const char *header, const char *name) {
    const size_t name_length = strlen(name), prefix_length = sizeof prefix - 1;
    while (header != NULL && *header != '\0') {
        header += strspn(header, "; \t");
        const size_t length = strcspn(header, ";");
        const size_t value = prefix_length + name_length + 1;
        if (length >= value && memcmp(header, prefix, prefix_length) == 0 &&
            memcmp(header + prefix_length, name, name_length) == 0 && header[value - 1] == '=')
            return arena_copy_span(arena, header + value, length - value);
        header += length;
    }
    return NULL;
}

const char *cookie_format(struct arena *arena, const char *name, const char *value,
                          int64_t seconds) {
    assert(is_cookie_value(name) && is_cookie_value(value));
    const char *cookie = arena_format(arena, "%s%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax",
                                      prefix, name, seconds < 0 ? "" : value);
    if (seconds == 0)
        return cookie;
    return arena_format(arena, "%s; Max-Age=%" PRId64, cookie, seconds < 0 ? 0 : seconds);
}
