/* Dates and spans, by the patterns of the language: "{weekday} {day} {month} {year} kl.
 * {hour}.{minute}". In a pattern of a span the names of its end carry a 2. */
#include <string.h>

#include "platform/base/instant.h"
#include "platform/view/format.h"
#include "platform/view/message.h"

static void add_two(struct line *line, int number) {
    const char digits[2] = {(char)('0' + number / 10 % 10), (char)('0' + number % 10)};
    line_add(line, digits, 2);
}

static void add_iso(struct line *line, const struct civil *civil) {
    add_two(line, civil->year / 100);
    add_two(line, civil->year);
    line_text(line, "-");
    add_two(line, civil->month);
    line_text(line, "-");
    add_two(line, civil->day);
    line_text(line, "T");
    add_two(line, civil->hour);
    line_text(line, ":");
    add_two(line, civil->minute);
    line_text(line, ":");
    add_two(line, civil->second);
    line_text(line, "+");
    add_two(line, civil->offset_minutes / 60);
    line_text(line, ":");
    add_two(line, civil->offset_minutes % 60);
}

static void add_part(struct line *line, const struct locale *locale, const char *name,
                     size_t length, const struct civil *civil) {
#define IS(text) (length == sizeof(text) - 1 && memcmp(name, text, sizeof(text) - 1) == 0)
    if (IS("day"))
        line_digits(line, civil->day);
    else if (IS("month"))
        line_text(line, locale->months[civil->month - 1]);
    else if (IS("month_number"))
        line_digits(line, civil->month);
    else if (IS("year"))
        line_digits(line, civil->year);
    else if (IS("weekday"))
        line_text(line, locale->weekdays[civil->weekday - 1]);
    else if (IS("hour"))
        add_two(line, civil->hour);
    else if (IS("minute"))
        add_two(line, civil->minute);
#undef IS
}

static void add_pattern(struct line *line, const struct locale *locale, const char *pattern,
                        const struct civil *from, const struct civil *to) {
    struct message_part part;
    for (enum message_piece piece; (piece = message_next(&pattern, &part)) != MESSAGE_END;) {
        if (piece == MESSAGE_TEXT) {
            line_add(line, part.at, part.length);
        } else if (piece == MESSAGE_FIELD) {
            const bool end = part.at[part.length - 1] == '2';
            add_part(line, locale, part.at, part.length - end, end ? to : from);
        } else {
            return;
        }
    }
}

void format_instant(struct line *line, enum language language, enum format format, int64_t value) {
    if (value == INSTANT_NONE)
        return;
    const struct locale *locale = locale_of(language);
    const struct civil civil =
        format == FORMAT_DEADLINE ? civil_from_deadline(value) : civil_from_instant(value);
    switch (format) {
    case FORMAT_ISO:
        add_iso(line, &civil);
        break;
    case FORMAT_DATE:
        add_pattern(line, locale, locale->date, &civil, &civil);
        break;
    case FORMAT_DAY:
        add_pattern(line, locale, locale->day, &civil, &civil);
        break;
    case FORMAT_TIME:
        add_pattern(line, locale, locale->time, &civil, &civil);
        break;
    default:
        add_pattern(line, locale, locale->datetime, &civil, &civil);
        break;
    }
}

static const char *span_pattern(const struct locale *locale, const struct civil *from,
                                const struct civil *to, int days, bool with_time) {
    if (days == 0)
        return with_time ? locale->span_hours : locale->date;
    if (with_time)
        return locale->span_times;
    if (from->year != to->year)
        return days < 300 ? locale->span_years : locale->span_far;
    return from->month == to->month ? locale->span_days : locale->span_months;
}

const char *format_span(struct arena *arena, enum language language, int64_t from, int64_t to,
                        bool with_time) {
    if (from == INSTANT_NONE)
        return "";
    const struct locale *locale = locale_of(language);
    const struct civil first = civil_from_instant(from);
    struct line line = {.length = 0};
    if (to == INSTANT_NONE || to < from || (with_time && to == from)) {
        add_pattern(&line, locale, with_time ? locale->datetime : locale->date, &first, &first);
    } else {
        const struct civil last = civil_from_instant(to);
        const int days = civil_days_between(from, to);
        add_pattern(&line, locale, span_pattern(locale, &first, &last, days, with_time), &first,
                    &last);
    }
    return arena_copy_span(arena, line.at, line.length);
}
