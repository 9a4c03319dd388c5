/* Encodings of mail: quoted-printable bodies (RFC 2045), header words (RFC 2047), dates (RFC 5322).
 */
#ifndef RADSLAG_MAIL_ENCODE_H
#define RADSLAG_MAIL_ENCODE_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/text.h"

/* True when the value may stand in a header: valid UTF-8 without CR, LF or another control
 * character. */
bool mail_header_valid(const char *value);

/* Free text of a header ("Subject"): as it stands when plain ASCII, otherwise encoded words of at
 * most 75 bytes, on lines of their own. The caller has checked mail_header_valid. */
void encode_words(struct buffer *into, const char *value);

/* A name before an address: an atom, a quoted string or encoded words. */
void encode_phrase(struct buffer *into, const char *name);

/* Text with LF line ends as quoted-printable with CRLF; lines of at most 76 bytes. A dot or "From "
 * at the start of a line is encoded, because programs on the way change them. */
void encode_quoted_printable(struct buffer *into, const char *text);

/* "Tue, 09 Jun 2026 14:02:00 +0200" */
void encode_date(struct buffer *into, int64_t instant);

/* An address with its host in ASCII (åvik.example → xn--vik-tla.example), in arena; NULL when the
 * host cannot be written so or the address cannot stand in a header. */
const char *encode_address(struct arena *arena, const char *address);

#endif
