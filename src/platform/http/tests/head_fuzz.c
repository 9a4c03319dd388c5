/* Any bytes as the head of a request: what passes the guard means one thing. */
#include <stdlib.h>
#include <string.h>

#include "platform/base/text.h"
#include "platform/http/cookie.h"
#include "platform/http/guard.h"
#include "platform/http/multipart.h"
#include "platform/http/negotiate.h"
#include "platform/http/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds) {
    if (!holds)
        abort();
}

/* The next line without its CRLF; NULL at the end. */
static char *next_line(char **rest) {
    if (*rest == NULL)
        return NULL;
    char *line = *rest, *end = strstr(line, "\r\n");
    *rest = end == NULL ? NULL : end + 2;
    if (end != NULL)
        *end = '\0';
    return line;
}

static void read_fields(struct arena *arena, char **rest, struct header_list *fields) {
    for (char *line = NULL; (line = next_line(rest)) != NULL && *line != '\0';) {
        char *colon = strchr(line, ':');
        if (colon == NULL)
            continue;
        *colon = '\0';
        header_add(fields, arena, line, colon + 1 + strspn(colon + 1, " \t"));
    }
}

/* A path of ours stays what it is when it is written as an address and read again. */
static void check_target(struct arena *arena, const char *raw) {
    struct target target, again;
    if (target_parse(arena, raw, &target) != ERR_OK)
        return;
    require(target.path[0] == '/' && target.path[1] != '/');
    require(text_valid(target.path, strlen(target.path)));
    require(strstr(target.path, "//") == NULL && strstr(target.path, "/../") == NULL);
    const char *address = target_address(arena, &target);
    if (strlen(address) > TARGET_BYTES_MAX)
        return;
    require(target_parse(arena, address, &again) == ERR_OK);
    require(!again.is_moved && again.wants_json == target.wants_json);
    require(strcmp(again.path, target.path) == 0);
}

static void check_guard(struct arena *arena, const struct header_list *fields) {
    struct guard_found found;
    const char *rule = NULL;
    if (guard_judge(&(struct guard_head){"HTTP/1.1", fields}, &found, &rule) != ERR_OK) {
        require(rule != NULL);
        return;
    }
    require(header_count(fields, "Host") == 1);
    require(guard_host_name(arena, found.host) != NULL);
    require(header_find(fields, "Content-Length") == NULL ||
            header_find(fields, "Transfer-Encoding") == NULL);
    require(found.length >= -1);
}

static void read_values(struct arena *arena, const struct header_list *fields) {
    const char *type = header_find(fields, "Content-Type");
    const char *boundary = type == NULL ? NULL : multipart_boundary(arena, type);
    require(boundary == NULL || (*boundary != '\0' && strpbrk(boundary, "\r\n\"") == NULL));
    (void)cookie_find(arena, header_find(fields, "Cookie"), "session");
    (void)negotiate_representation(header_find(fields, "Accept"), REPRESENTATION_HTML);
    require(negotiate_encoding(header_find(fields, "Accept-Encoding"), 1) == ENCODING_IDENTITY);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct arena *arena = arena_new(8 << 20);
    char *rest = arena_copy_span(arena, (const char *)bytes, length);
    struct header_list fields = {0};
    const char *target = next_line(&rest);
    read_fields(arena, &rest, &fields);
    check_target(arena, target);
    check_guard(arena, &fields);
    read_values(arena, &fields);
    arena_free(arena);
    return 0;
}
