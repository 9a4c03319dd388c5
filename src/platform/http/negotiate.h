/* What the client would rather have (RFC 9110, section 12.5), with real q-values. */
#ifndef RADSLAG_HTTP_NEGOTIATE_H
#define RADSLAG_HTTP_NEGOTIATE_H

#include <stddef.h>

#include "platform/http/http.h"

enum encoding { ENCODING_IDENTITY, ENCODING_GZIP, ENCODING_BROTLI, ENCODING_COUNT };

/* JSON or HTML by an Accept header; `otherwise` when it says neither or both alike. */
enum representation negotiate_representation(const char *accept, enum representation otherwise);

/* The best encoding among those offered (bits 1 << enum encoding) by an Accept-Encoding header. */
enum encoding negotiate_encoding(const char *accept_encoding, unsigned offered);

/* Quality, 0–1000, that an Accept-like header gives `want`; a more exact range goes first.
 * `type` is what a range "type/<any>" must begin with ("text/"), NULL where there are no such
 * ranges. -1: not named at all. */
int negotiate_quality(const char *header, const char *want, const char *type);

/* Name for Content-Encoding: "gzip", "br"; NULL for identity. */
const char *encoding_name(enum encoding encoding);

#endif
