/* The body of a write: what kind it is, taken in piece by piece, and read into rq->input. */
#ifndef RADSLAG_HTTP_BODY_H
#define RADSLAG_HTTP_BODY_H

#include "platform/http/exchange.h"

/* Decides by the head how the body is taken in (ex->intake). ERR_TOO_LARGE by its announced length,
 * ERR_UNSUPPORTED_MEDIA by its type. `length` as guard_judge gave it. */
enum error body_expect(struct exchange *ex, int64_t length) MUST_USE;

/* The next piece. ERR_TOO_LARGE past the limit, ERR_BAD_REQUEST for a malformed part. */
enum error body_add(struct exchange *ex, const char *bytes, size_t length) MUST_USE;

/* In a worker: fills rq->input. */
enum error body_read(struct exchange *ex) MUST_USE;

#endif
