/* Inside platform/view: values as people read them. */
#ifndef RADSLAG_VIEW_FORMAT_H
#define RADSLAG_VIEW_FORMAT_H

#include "platform/view/words.h"

/* A short text being written; what does not fit is left out. */
struct line {
    char at[256];
    size_t length;
};

/* Bytes, a NUL-terminated text, the digits of a number. */
void line_add(struct line *line, const char *bytes, size_t length);
void line_text(struct line *line, const char *text);
void line_digits(struct line *line, int64_t number);

/* Takes the names of months and weekdays and the patterns of every language from the words; at the
 * end of words_load. False, with a log line, when Swedish lacks one. */
bool format_prepare(void);

/* From its name in a tag, "date"; false when there is none. */
bool format_from_name(const char *name, size_t length, enum format *ret_format);

/* True when a value of this kind can be shown so. */
bool format_fits(enum format format, enum kind kind);

/* The one a kind has by itself; FORMAT_NONE for text. */
enum format format_usual(enum kind kind);

/* A number, amount or instant; `format` fits its kind and is not FORMAT_WORD. */
void format_value(struct line *line, enum language language, enum format format, enum kind kind,
                  int64_t value);

/* Of an instant (format_date.c). */
void format_instant(struct line *line, enum language language, enum format format, int64_t value);

/* The words that formats are made of, of one language. */
struct locale {
    const char *months[12], *weekdays[7], *numbers[13];
    const char *date, *day, *time, *datetime;
    const char *span_hours, *span_days, *span_months, *span_years, *span_far, *span_times;
    const char *group, *decimal, *money, *percent;
};

/* The one of a language; borrowed. */
const struct locale *locale_of(enum language language);

#endif
