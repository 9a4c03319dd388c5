#include "platform/http/guard.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { LENGTH_DIGITS_MAX = 15 };

static bool length_parse(const char *text, int64_t *ret_length) {
    const size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > LENGTH_DIGITS_MAX || text[digits] != '\0')
        return false;
    int64_t length = 0;
    for (size_t i = 0; i < digits; i++)
        length = length * 10 + (text[i] - '0');
    *ret_length = length;
    return true;
}

static bool is_host_character(char c) {
    return isalnum((unsigned char)c) || strchr("-._", c) != NULL;
}

/* Length of the name part of "name:port" or "[address]:port"; 0 when malformed. */
static size_t host_name_length(const char *host) {
    size_t length = 0;
    if (host[0] == '[') {
        length = strspn(host + 1, "0123456789abcdefABCDEF:.") + 2;
        if (length < 4 || host[length - 1] != ']')
            return 0;
    } else {
        while (host[length] != '\0' && is_host_character(host[length]))
            length++;
    }
    if (length == 0 || length > 253)
        return 0;
    if (host[length] == '\0')
        return length;
    const size_t digits = host[length] == ':' ? strspn(host + length + 1, "0123456789") : 0;
    return digits >= 1 && digits <= 5 && host[length + 1 + digits] == '\0' ? length : 0;
}

const char *guard_host_name(struct arena *arena, const char *host) {
    const size_t length = host_name_length(host);
    if (length == 0)
        return NULL;
    char *name = arena_copy_span(arena, host, length);
    for (char *c = name; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return name;
}

/* NULL when every field keeps the grammar and none that must be single is doubled. */
static const char *fields_rule(const struct header_list *headers) {
    if (headers->count > GUARD_HEADERS_MAX)
        return "too_many_headers";
    for (const struct header *header = headers->first; header != NULL; header = header->next) {
        if (!header_name_valid(header->name))
            return "header_name";
        if (!header_value_valid(header->value))
            return "header_value";
    }
    static const char *const single[] = {"Host",         "Content-Length", "Transfer-Encoding",
                                         "Content-Type", "Authorization",  "Origin"};
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++)
        if (header_count(headers, single[i]) > 1)
            return "doubled_header";
    return NULL;
}

static const char *host_rule(const struct guard_head *head, bool is_1_1, const char **ret_host) {
    const char *host = header_find(head->headers, "Host");
    if (host == NULL && is_1_1)
        return "no_host";
    if (host != NULL && host_name_length(host) == 0)
        return "malformed_host";
    *ret_host = host;
    return NULL;
}

static const char *body_rule(const struct guard_head *head, bool is_1_1, int64_t *ret_length) {
    const char *length = header_find(head->headers, "Content-Length");
    const char *coding = header_find(head->headers, "Transfer-Encoding");
    if (length != NULL && coding != NULL)
        return "length_and_coding";
    if (length != NULL && !length_parse(length, ret_length))
        return "malformed_length";
    if (coding != NULL) {
        if (!is_1_1 || strcasecmp(coding, "chunked") != 0)
            return "unknown_coding";
        *ret_length = -1;
    }
    return NULL;
}

enum error guard_judge(const struct guard_head *head, struct guard_found *ret_found,
                       const char **ret_rule) {
    struct guard_found found = {0};
    const bool is_1_1 = strcmp(head->version, "HTTP/1.1") == 0;
    const char *rule = NULL;
    if (!is_1_1 && strcmp(head->version, "HTTP/1.0") != 0)
        rule = "version";
    if (rule == NULL)
        rule = fields_rule(head->headers);
    if (rule == NULL)
        rule = host_rule(head, is_1_1, &found.host);
    if (rule == NULL)
        rule = body_rule(head, is_1_1, &found.length);
    if (rule != NULL) {
        *ret_rule = rule;
        return ERR_BAD_REQUEST;
    }
    *ret_found = found;
    return ERR_OK;
}

static bool is_white(const char *from, const char *to) {
    for (const char *c = from; c < to; c++)
        if (*c != ' ' && *c != '\t')
            return false;
    return true;
}

bool guard_is_whole(const struct guard_pointers *head, const struct guard_span *spans,
                    size_t count) {
    enum { COLON = 1, LINE_END = 2 };
    if (head->target != head->method + strlen(head->method) + 1 ||
        head->version != head->target + head->target_length + 1)
        return false;
    const char *line = head->version + strlen(head->version) + LINE_END;
    for (size_t i = 0; i < count; i++) {
        const struct guard_span *span = &spans[i];
        const char *after_colon = span->name + span->name_length + COLON;
        if (span->name != line || span->value < after_colon ||
            span->value > head->method + head->head_length || !is_white(after_colon, span->value))
            return false;
        line = span->value + span->value_length + LINE_END;
    }
    return line + LINE_END == head->method + head->head_length;
}
