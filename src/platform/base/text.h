/* Text as people write it: UTF-8, normalised to NFC at the door, counted as people count.
 *
 * Functions take and give NUL-terminated UTF-8; results live in the given arena. */
#ifndef RADSLAG_BASE_TEXT_H
#define RADSLAG_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"

/* True when `bytes` is well-formed UTF-8 without NUL and without control characters other than
 * tab and line feed. */
bool text_valid(const char *bytes, size_t length);

/* True when `bytes` is well-formed UTF-8 without NUL; control characters pass. */
bool text_utf8(const char *bytes, size_t length);

/* Makes what a person typed into text: CRLF and CR become LF, NFC, outer white space gone.
 * ERR_BAD_REQUEST when it is not valid UTF-8. */
enum error text_clean(struct arena *arena, const char *bytes, size_t length, const char **ret_text)
    MUST_USE;

/* Number of characters as people count them: user-perceived characters (Unicode UAX 29 extended
 * grapheme clusters), a line end being one. PUB-4. */
size_t text_length(const char *text);

/* E-mail as a key: NFC, lower case, outer space gone. NULL when it is not an address that we
 * accept (one @, a dotted host, no spaces or control characters, at most 254 bytes). REG-3. */
const char *text_email_key(struct arena *arena, const char *email);

/* Folds for comparing and searching without regard to case (Unicode default case folding). */
const char *text_fold(struct arena *arena, const char *text);

/* Lower-case address part of a title: "Åviks badplats" → "aviks-badplats"; at most 60 bytes. */
const char *text_slug(struct arena *arena, const char *title);

/* -1, 0, 1 by the Swedish alphabet (å ä ö last, v and w apart), ICU collation "sv". QUA-3. */
int text_compare_sv(const char *a, size_t a_length, const char *b, size_t b_length);

/* True when the text begins so. */
bool text_begins(const char *text, const char *start);

/* ---- a bounded buffer that text is written to ---- */

struct buffer {
    struct arena *arena;
    char *at;
    size_t length, room;
    size_t limit; /* past it the arena's recovery point is taken */
};

/* An empty buffer in arena. Additions copy; each is cheap on average. */
struct buffer buffer_in(struct arena *arena, size_t limit);
void buffer_add(struct buffer *buffer, const char *bytes, size_t length);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* NUL-terminated contents; valid until the next addition. */
const char *buffer_string(struct buffer *buffer);

#endif
