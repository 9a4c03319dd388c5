/* The strict judge of a request's head, because libmicrohttpd 0.9.75 lets much pass that RFC 9112
 * wants refused (doubled Host, two lengths, folded lines …): what two readers of one request may
 * understand differently is answered 400 and the connection is closed. */
#ifndef RADSLAG_HTTP_GUARD_H
#define RADSLAG_HTTP_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/error.h"
#include "platform/http/header.h"

enum { GUARD_HEADERS_MAX = 100 };

struct guard_head {
    const char *version; /* "HTTP/1.1" */
    const struct header_list *headers;
};

/* What the head says about host and body. */
struct guard_found {
    const char *host; /* as sent, with port; NULL: an HTTP/1.0 request without Host */
    int64_t length;   /* of the body; 0 without one, -1 = chunked */
};

/* ERR_BAD_REQUEST with the rule that was broken in `ret_rule` (static text, for the log). Values
 * must have no white space around them. */
enum error guard_judge(const struct guard_head *head, struct guard_found *ret_found,
                       const char **ret_rule) MUST_USE;

/* Lower-case host without port; NULL when it is not a host name or address. In arena. */
const char *guard_host_name(struct arena *arena, const char *host);

/* ---- bytes that the library hides ----
 *
 * The library cuts the head in place: names and values are pointers into the bytes as they came,
 * line ends replaced by NULs. So each byte between two pointers is accounted for: a NUL inside a
 * value, a folded line, a bare line feed leave bytes over, or a pointer elsewhere. */
struct guard_pointers {
    const char *method, *target, *version;
    size_t target_length; /* as sent, with query */
    size_t head_length;   /* from method up to the body */
};

struct guard_span {
    const char *name;
    size_t name_length;
    const char *value;
    size_t value_length;
};

/* True when nothing lies between the spans but colon, white space and CRLF. */
bool guard_is_whole(const struct guard_pointers *head, const struct guard_span *spans,
                    size_t count);

#endif
