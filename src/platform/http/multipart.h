/* multipart/form-data (RFC 7578) as it comes in, piece by piece: fields to memory, files to
 * temporary files that the arena removes. */
#ifndef RADSLAG_HTTP_MULTIPART_H
#define RADSLAG_HTTP_MULTIPART_H

#include <stddef.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/view/form.h"

struct multipart;

struct multipart_limits {
    size_t fields; /* bytes of all fields together */
    size_t files;  /* bytes of all files together */
};
enum { MULTIPART_PARTS_MAX = 200, MULTIPART_HEAD_MAX = 2048, MULTIPART_NAME_MAX = 200 };

/* The boundary parameter of a Content-Type, or NULL when there is none that RFC 2046 allows. */
const char *multipart_boundary(struct arena *arena, const char *content_type);

/* In arena; `folder` must exist when files are allowed. */
struct multipart *multipart_new(struct arena *arena, const char *boundary,
                                struct multipart_limits limits, const char *folder);

/* Takes the next piece. ERR_BAD_REQUEST: malformed; ERR_TOO_LARGE: past a limit; ERR_UNAVAILABLE:
 * the file cannot be written. After an error nothing more may be fed. */
enum error multipart_feed(struct multipart *parts, const char *bytes, size_t length) MUST_USE;

/* The pairs, after the last piece; ERR_BAD_REQUEST when the closing boundary is missing. A file
 * field that was left empty gives no pair. */
enum error multipart_end(struct multipart *parts, struct input *ret_input) MUST_USE;

/* SHA-256 of what an upload of ours holds. */
const unsigned char *multipart_digest(const struct upload *upload);

#endif
