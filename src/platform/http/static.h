/* Embedded files frame/static/… at /static/<name>.<hash>.<ext>, kept for ever by browsers, since
 * another content has another address. */
#ifndef RADSLAG_HTTP_STATIC_H
#define RADSLAG_HTTP_STATIC_H

#include "platform/http/cache.h"

/* The file at an address ("/static/radslag.1f2e3d4c.css", or without the hash: then it must be
 * asked for again each time); borrowed, NULL when there is none. */
struct kept *static_find(const char *path);

/* Makes the compressed copies; takes a second, so a thread of its own calls it. Files are sent as
 * they are until then. */
void static_compress(void);

#endif
