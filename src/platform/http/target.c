#include "platform/http/target.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "platform/base/text.h"
#include "platform/http/http.h"

static bool is_target_character(unsigned char c) {
    return c > 0x20 && c < 0x7f && strchr("\"<>\\^`{|}#", c) == NULL;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decodes %xx; false for a broken escape, and for an escaped slash, which would change the parts.
 */
static bool decode(const char *raw, size_t length, char *into, size_t *ret_length) {
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (raw[i] != '%') {
            into[used++] = raw[i];
            continue;
        }
        const int high = i + 2 < length ? hex_digit(raw[i + 1]) : -1;
        const int low = i + 2 < length ? hex_digit(raw[i + 2]) : -1;
        if (high < 0 || low < 0 || (high == 2 && low == 15))
            return false;
        into[used++] = (char)(high * 16 + low);
        i += 2;
    }
    *ret_length = used;
    return true;
}

/* Drops empty segments in place; false for "." and "..". */
static bool tidy_segments(char *path, bool *ret_moved) {
    char *out = path;
    for (const char *in = path; *in != '\0';) {
        const size_t slashes = strspn(in, "/");
        const size_t length = strcspn(in + slashes, "/");
        const char *segment = in + slashes;
        if ((length == 1 && segment[0] == '.') || (length == 2 && memcmp(segment, "..", 2) == 0))
            return false;
        *ret_moved |= slashes > 1 || (length == 0 && in != path);
        if (length > 0) {
            *out++ = '/';
            memmove(out, segment, length);
            out += length;
        }
        in = segment + length;
    }
    if (out == path)
        *out++ = '/';
    *out = '\0';
    return true;
}

/* "/a.json" → "/a"; the start page's is "/index.json". */
static bool cut_json(char *path, bool *ret_moved) {
    static const char ending[] = ".json";
    const size_t length = strlen(path), cut = sizeof ending - 1;
    if (length < cut + 1 || strcmp(path + length - cut, ending) != 0)
        return false;
    path[length - cut] = '\0';
    if (path[length - cut - 1] == '/') { /* "/a/.json" */
        *ret_moved = true;
        path[length - cut == 1 ? 1 : length - cut - 1] = '\0';
    }
    if (strcmp(path, "/index") == 0)
        path[1] = '\0';
    return true;
}

/* Skips "http://host" and gives the host. */
static const char *after_authority(struct arena *arena, const char *raw, const char **ret_host) {
    const size_t scheme = strncasecmp(raw, "http://", 7) == 0    ? 7
                          : strncasecmp(raw, "https://", 8) == 0 ? 8
                                                                 : 0;
    if (scheme == 0)
        return raw;
    const size_t host = strcspn(raw + scheme, "/?");
    *ret_host = arena_copy_span(arena, raw + scheme, host);
    return raw[scheme + host] == '/' ? raw + scheme + host : "/";
}

enum error target_parse(struct arena *arena, const char *raw, struct target *ret_target) {
    struct target target = {0};
    if (strlen(raw) > TARGET_BYTES_MAX)
        return ERR_BAD_REQUEST;
    for (const char *c = raw; *c != '\0'; c++)
        if (!is_target_character((unsigned char)*c))
            return ERR_BAD_REQUEST;
    raw = after_authority(arena, raw, &target.authority);
    if (raw[0] != '/')
        return ERR_BAD_REQUEST;
    const size_t length = strcspn(raw, "?");
    if (raw[length] == '?')
        target.query = arena_copy_text(arena, raw + length + 1);
    char *path = arena_take(arena, length + 1);
    size_t decoded = 0;
    if (!decode(raw, length, path, &decoded) || !text_valid(path, decoded) ||
        strpbrk(path, "\t\n") != NULL || !tidy_segments(path, &target.is_moved))
        return ERR_BAD_REQUEST;
    target.wants_json = cut_json(path, &target.is_moved);
    target.path = path;
    *ret_target = target;
    return ERR_OK;
}

void address_escape(struct buffer *into, const char *text) {
    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;
        if (c < 0x80 && (isalnum(c) || strchr("-_.~/", c) != NULL))
            buffer_add(into, text, 1);
        else
            buffer_format(into, "%%%02X", c);
    }
}

const char *target_address(struct arena *arena, const struct target *target) {
    struct buffer address = buffer_in(arena, strlen(target->path) * 3 + 8192);
    const bool is_start = strcmp(target->path, "/") == 0;
    address_escape(&address, is_start && target->wants_json ? "/index" : target->path);
    buffer_text(&address, target->wants_json ? ".json" : "");
    if (target->query != NULL)
        buffer_format(&address, "?%s", target->query);
    return buffer_string(&address);
}
