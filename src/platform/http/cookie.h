/* Cookies. All of ours are named "__Host-…" in the browser: Secure, Path=/, no Domain; the code
 * says the name without that. */
#ifndef RADSLAG_HTTP_COOKIE_H
#define RADSLAG_HTTP_COOKIE_H

#include <stdint.h>

#include "platform/base/arena.h"

/* Value of cookie "__Host-<name>" in a Cookie header (NULL allowed), or NULL; in arena. A doubled
 * cookie is taken at its first place. */
const char *cookie_find(struct arena *arena, const char *header, const char *name);

/* A Set-Cookie value. `seconds` 0: until the browser closes; -1: end it. The value must hold only
 * letters, digits and -._~ (asserted). */
const char *cookie_format(struct arena *arena, const char *name, const char *value,
                          int64_t seconds);

#endif
