/* Compressed copies of static files and kept pages. Never of a page that holds a secret beside what
 * a visitor typed: its length would tell. */
#ifndef RADSLAG_HTTP_COMPRESS_H
#define RADSLAG_HTTP_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/http/negotiate.h"

enum effort { EFFORT_QUICK, EFFORT_BEST };

/* False when it does not get smaller or memory is short. `ret_bytes` is owned by caller (free). */
bool compress_bytes(enum encoding encoding, enum effort effort, const void *bytes, size_t length,
                    void **ret_bytes, size_t *ret_length);

/* True for types that are not compressed already. */
bool compress_worthwhile(const char *type, size_t length);

#endif
