/* Words: what people read, from frame/words/<language>.po (gettext; msgid is a key such as
 * "login.title"). Swedish and English are complete (a test counts); another language falls back to
 * Swedish, and each fall-back is counted (QUA-2).
 *
 * A message may name fields of the shape it is shown with: "Öppet till {closes_at|datetime}".
 * Plurals are gettext's: msgid "proposals.count", msgid_plural the same; a template writes
 * {{t.proposals.count:count}} where `count` is an int field that picks the form, and is {n} in it.
 */
#ifndef RADSLAG_VIEW_WORDS_H
#define RADSLAG_VIEW_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/shape.h"

/* Languages by their row in languages.def: code, own name, direction. */
enum language {
#define LANGUAGE(NAME, code, name, right_to_left) LANGUAGE_##NAME,
#include "platform/view/languages.def"
#undef LANGUAGE
    LANGUAGE_COUNT,
    LANGUAGE_NONE = -1
};

/* "sv" */
const char *language_code(enum language language);
/* "svenska": its own name. */
const char *language_name(enum language language);
/* True for Yiddish. */
bool language_right_to_left(enum language language);
/* From a code ("sv", "en-GB"); LANGUAGE_NONE when unknown. */
enum language language_from_code(const char *code);
/* True when a .po file for it is embedded. */
bool language_offered(enum language language);
/* Best offered language of an Accept-Language header by its q-values; Swedish when none fits. */
enum language language_accepted(const char *header);

/* Reads the embedded .po files (or those in `folder`, for development; NULL = embedded).
 * ERR_FAULT with a log line for a broken file, or one without Swedish. Call at start, before other
 * threads and before templates are bound. */
enum error words_load(const char *folder) MUST_USE;

/* The word as it stands; the key itself when nobody has written it (counted). */
const char *word(enum language language, const char *key);

/* NULL when nobody has written it. */
const char *word_if_any(enum language language, const char *key);

/* Plural form for `n`. */
const char *word_plural(enum language language, const char *key, int64_t n);

/* The word with its {fields} filled from `view` (plain text, not escaped). `count` picks the plural
 * form; -1 where there is none. */
const char *word_filled(struct arena *arena, enum language language, const char *key, int64_t count,
                        const struct shape *shape, const void *view);

/* How many times a key was missing in `language` since start. */
uint64_t words_fallbacks(enum language language);

/* ---- formats: the closed set that templates and words may use ----
 * of time:  date "9 juni 2026" · day "tisdag 9 juni" · time "14.02" ·
 *           datetime "tisdag 9 juni 2026 kl. 14.02" · deadline (a stored deadline, as the minute
 *           people read) · iso "2026-06-09T14:02:00+02:00"
 * of int:   number "61 668" · plain "61668" (years) · percent (hundredths of a percent) "12,5 %" ·
 *           spelled "två", Spelled "Två" (to twelve; above, as number)
 * of money: money "2 000 000 kr" · number "2 000 000"
 * of choice: word, by its table */
enum format {
    FORMAT_NONE,
    FORMAT_DATE,
    FORMAT_DAY,
    FORMAT_TIME,
    FORMAT_DATETIME,
    FORMAT_DEADLINE,
    FORMAT_ISO,
    FORMAT_NUMBER,
    FORMAT_PLAIN,
    FORMAT_PERCENT,
    FORMAT_SPELLED,
    FORMAT_SPELLED_FIRST,
    FORMAT_MONEY,
    FORMAT_WORD
};

/* The value of a field as people read it; in arena. Kinds have a format of their own when none is
 * given (time → datetime, money → money, int → number, choice → word). `format` must fit the
 * field's kind. */
const char *format_field(struct arena *arena, enum language language, enum format format,
                         const struct field *field, const void *view);

/* A span of two instants the way the language writes it (EVT-9): "26–27 juni 2023",
 * "24 maj 2024 kl. 09.00–12.00", "30 april–2 maj 2024", "29/12–8/1". `to` lies on the last day. */
const char *format_span(struct arena *arena, enum language language, int64_t from, int64_t to,
                        bool with_time);

#endif
