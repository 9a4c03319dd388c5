#include "platform/http/body.h"

#include <string.h>
#include <strings.h>

enum { BODY_BYTES_USUAL = 64 << 10, PART_HEADS_BYTES = 64 << 10 };

static bool type_is(const char *type, const char *want) {
    const size_t length = strlen(want);
    return type != NULL && strncasecmp(type, want, length) == 0 &&
           (type[length] == '\0' || strchr("; \t", type[length]) != NULL);
}

static bool is_json(const struct exchange *ex) {
    return type_is(header_find(&ex->headers, "Content-Type"), "application/json");
}

static bool is_form(const struct exchange *ex) {
    return type_is(header_find(&ex->headers, "Content-Type"), "application/x-www-form-urlencoded");
}

static enum error expect_parts(struct exchange *ex, const char *type) {
    const struct route_limits *limits = &ex->rq.route->limits;
    const char *boundary = multipart_boundary(ex->rq.arena, type);
    if (boundary == NULL)
        return ERR_BAD_REQUEST;
    const size_t fields = limits->body == 0 ? BODY_BYTES_USUAL : limits->body;
    ex->body_limit = fields + limits->upload + PART_HEADS_BYTES;
    ex->intake = INTAKE_PARTS;
    ex->parts =
        multipart_new(ex->rq.arena, boundary, (struct multipart_limits){fields, limits->upload},
                      ex->http->options.upload_folder);
    return ERR_OK;
}

enum error body_expect(struct exchange *ex, int64_t length) {
    const struct route *route = ex->rq.route;
    const char *type = header_find(&ex->headers, "Content-Type");
    if (length == 0)
        return ERR_OK;
    if (route == NULL || route->method == METHOD_GET)
        return ERR_TOO_LARGE; /* nothing of ours reads the body of a GET */
    if (type_is(type, "multipart/form-data")) {
        TRY(expect_parts(ex, type));
    } else if (is_form(ex) || is_json(ex)) {
        ex->intake = INTAKE_MEMORY;
        ex->body_limit = route->limits.body == 0 ? BODY_BYTES_USUAL : route->limits.body;
        ex->body = buffer_in(ex->rq.arena, ex->body_limit + 1);
    } else {
        return ERR_UNSUPPORTED_MEDIA;
    }
    return length > 0 && (uint64_t)length > ex->body_limit ? ERR_TOO_LARGE : ERR_OK;
}

enum error body_add(struct exchange *ex, const char *bytes, size_t length) {
    ex->body_received += length;
    if (ex->body_received > ex->body_limit)
        return ERR_TOO_LARGE;
    if (ex->intake == INTAKE_PARTS)
        return multipart_feed(ex->parts, bytes, length);
    buffer_add(&ex->body, bytes, length);
    return ERR_OK;
}

enum error body_read(struct exchange *ex) {
    struct request *rq = &ex->rq;
    switch (ex->intake) {
    case INTAKE_PARTS:
        return multipart_end(ex->parts, &rq->input);
    case INTAKE_MEMORY: {
        const char *bytes = buffer_string(&ex->body);
        return is_json(ex) ? input_from_json(rq->arena, bytes, ex->body.length, &rq->input)
                           : input_from_form(rq->arena, bytes, ex->body.length, &rq->input);
    }
    case INTAKE_NOTHING:
    case INTAKE_SWALLOW:
        break;
    }
    return ERR_OK;
}
