#include "platform/view/format.h"

#include <assert.h>
#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/view/message.h"

static struct locale locales[LANGUAGE_COUNT];

const struct locale *locale_of(enum language language) {
    return &locales[language];
}

/* ---- lines ---- */

void line_add(struct line *line, const char *bytes, size_t length) {
    if (length >= sizeof line->at - line->length) /* room is left for an end */
        return;
    memcpy(line->at + line->length, bytes, length);
    line->length += length;
}

void line_text(struct line *line, const char *text) {
    line_add(line, text, strlen(text));
}

/* Decimal digits of `number`, at the end of `digits`. */
static const char *digits_of(uint64_t number, char digits[static 20], size_t *ret_length) {
    char *at = digits + 20;
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    *ret_length = (size_t)(digits + 20 - at);
    return at;
}

static uint64_t magnitude(int64_t number) {
    return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

void line_digits(struct line *line, int64_t number) {
    char digits[20];
    size_t length;
    const char *at = digits_of(magnitude(number), digits, &length);
    if (number < 0)
        line_text(line, "-");
    line_add(line, at, length);
}

/* ---- preparing ---- */

/* A word of the language or, uncounted, of Swedish. */
static const char *locale_word(enum language language, const char *key, bool *missing) {
    struct message message;
    if (!message_find(language, key, strlen(key), &message)) {
        if (!*missing) /* the first is enough to know */
            log_fault("words", LOG_TEXT("why", "a format is missing"), LOG_TEXT("key", key));
        *missing = true;
        return "";
    }
    return message.forms[0];
}

static void locale_row(enum language language, const char *what, int first, int count,
                       const char **row, bool *missing) {
    for (int i = 0; i < count; i++) {
        char key[32];
        (void)snprintf(key, sizeof key, "%s.%d", what, first + i);
        row[i] = locale_word(language, key, missing);
    }
}

bool format_prepare(void) {
    bool missing = false;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const enum language language = (enum language)i;
        struct locale *locale = &locales[i];
        locale_row(language, "month", 1, 12, locale->months, &missing);
        locale_row(language, "weekday", 1, 7, locale->weekdays, &missing);
        locale_row(language, "number", 0, 13, locale->numbers, &missing);
        locale->date = locale_word(language, "format.date", &missing);
        locale->day = locale_word(language, "format.day", &missing);
        locale->time = locale_word(language, "format.time", &missing);
        locale->datetime = locale_word(language, "format.datetime", &missing);
        locale->span_hours = locale_word(language, "format.span.hours", &missing);
        locale->span_days = locale_word(language, "format.span.days", &missing);
        locale->span_months = locale_word(language, "format.span.months", &missing);
        locale->span_years = locale_word(language, "format.span.years", &missing);
        locale->span_far = locale_word(language, "format.span.far", &missing);
        locale->span_times = locale_word(language, "format.span.times", &missing);
        locale->group = locale_word(language, "format.group", &missing);
        locale->decimal = locale_word(language, "format.decimal", &missing);
        locale->money = locale_word(language, "format.money", &missing);
        locale->percent = locale_word(language, "format.percent", &missing);
    }
    return !missing;
}

/* ---- names and kinds ---- */

static const struct {
    const char *name;
    enum format format;
    unsigned kinds;
} formats[] = {
    {"date", FORMAT_DATE, 1U << KIND_time},
    {"day", FORMAT_DAY, 1U << KIND_time},
    {"time", FORMAT_TIME, 1U << KIND_time},
    {"datetime", FORMAT_DATETIME, 1U << KIND_time},
    {"deadline", FORMAT_DEADLINE, 1U << KIND_time},
    {"iso", FORMAT_ISO, 1U << KIND_time},
    {"number", FORMAT_NUMBER, 1U << KIND_int | 1U << KIND_money},
    {"plain", FORMAT_PLAIN, 1U << KIND_int},
    {"percent", FORMAT_PERCENT, 1U << KIND_int},
    {"spelled", FORMAT_SPELLED, 1U << KIND_int},
    {"Spelled", FORMAT_SPELLED_FIRST, 1U << KIND_int},
    {"money", FORMAT_MONEY, 1U << KIND_money},
    {"word", FORMAT_WORD, 1U << KIND_choice},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

bool format_from_name(const char *name, size_t length, enum format *ret_format) {
    for (size_t i = 0; i < FORMATS; i++)
        if (strlen(formats[i].name) == length && memcmp(formats[i].name, name, length) == 0) {
            *ret_format = formats[i].format;
            return true;
        }
    return false;
}

bool format_fits(enum format format, enum kind kind) {
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i].format == format)
            return (formats[i].kinds & 1U << kind) != 0;
    return false;
}

enum format format_usual(enum kind kind) {
    switch (kind) {
    case KIND_time:
        return FORMAT_DATETIME;
    case KIND_int:
        return FORMAT_NUMBER;
    case KIND_money:
        return FORMAT_MONEY;
    case KIND_choice:
        return FORMAT_WORD;
    case KIND_id:
        return FORMAT_PLAIN;
    default:
        return FORMAT_NONE;
    }
}

/* ---- numbers ---- */

/* "61 668", with a true minus sign. */
static void add_grouped(struct line *line, const struct locale *locale, int64_t number,
                        bool negative) {
    char digits[20];
    size_t length;
    const char *at = digits_of(magnitude(number), digits, &length);
    if (negative)
        line_text(line, "−");
    for (size_t i = 0, next = (length + 2) % 3 + 1; i < length; i += next, next = 3) {
        if (i > 0)
            line_text(line, locale->group);
        line_add(line, at + i, next);
    }
}

/* Hundredths as "12,50", or "12" when there are none; "12,5" when `short_form`. */
static void add_hundredths(struct line *line, const struct locale *locale, int64_t hundredths,
                           bool short_form) {
    add_grouped(line, locale, hundredths / 100, hundredths < 0);
    const int rest = (int)(magnitude(hundredths) % 100);
    if (rest == 0)
        return;
    const char digits[2] = {(char)('0' + rest / 10), (char)('0' + rest % 10)};
    line_text(line, locale->decimal);
    line_add(line, digits, short_form && rest % 10 == 0 ? 1 : 2);
}

/* The pattern with {number} put in. */
static void add_in_pattern(struct line *line, const char *pattern, const struct line *number) {
    const char *hole = strstr(pattern, "{number}");
    line_add(line, pattern, hole == NULL ? strlen(pattern) : (size_t)(hole - pattern));
    line_add(line, number->at, number->length);
    if (hole != NULL)
        line_text(line, hole + strlen("{number}"));
}

static void add_spelled(struct line *line, const struct locale *locale, int64_t number,
                        bool capital) {
    if (number < 0 || number > 12) {
        add_grouped(line, locale, number, number < 0);
        return;
    }
    const size_t first = line->length;
    line_text(line, locale->numbers[number]);
    if (!capital || line->length == first)
        return;
    char *letter = &line->at[first];
    if (*letter >= 'a' && *letter <= 'z')
        *letter = (char)(*letter - 'a' + 'A');
    else if ((unsigned char)*letter == 0xC3 && (unsigned char)letter[1] >= 0xA0)
        letter[1] = (char)(letter[1] - 0x20); /* à–þ of Latin-1 */
}

void format_value(struct line *line, enum language language, enum format format, enum kind kind,
                  int64_t value) {
    const struct locale *locale = locale_of(language);
    struct line number = {.length = 0};
    switch (format) {
    case FORMAT_NUMBER:
        if (kind == KIND_money)
            add_hundredths(line, locale, value, false);
        else
            add_grouped(line, locale, value, value < 0);
        break;
    case FORMAT_PLAIN:
        line_digits(line, value);
        break;
    case FORMAT_SPELLED:
    case FORMAT_SPELLED_FIRST:
        add_spelled(line, locale, value, format == FORMAT_SPELLED_FIRST);
        break;
    case FORMAT_MONEY:
        add_hundredths(&number, locale, value, false);
        add_in_pattern(line, locale->money, &number);
        break;
    case FORMAT_PERCENT:
        add_hundredths(&number, locale, value, true);
        add_in_pattern(line, locale->percent, &number);
        break;
    default:
        format_instant(line, language, format, value);
        break;
    }
}

/* ---- fields ---- */

static const char *choice_word(struct arena *arena, enum language language,
                               const struct choices *choices, int value) {
    if (value < 0 || (size_t)value >= choices->count)
        return "";
    return word(language, arena_format(arena, "%s.%s", choices->name, choices->at[value].code));
}

const char *format_field(struct arena *arena, enum language language, enum format format,
                         const struct field *field, const void *view) {
    const void *at = (const char *)view + field->offset;
    const char *const *text = at;
    switch (field->kind) {
    case KIND_text:
    case KIND_slug:
    case KIND_url:
        return *text == NULL ? "" : *text;
    case KIND_choice:
        return choice_word(arena, language, field->choices, *(const int *)at);
    case KIND_id:
    case KIND_int:
    case KIND_money:
    case KIND_time:
        break;
    default:
        return "";
    }
    struct line line = {.length = 0};
    format_value(&line, language, format == FORMAT_NONE ? format_usual(field->kind) : format,
                 field->kind, *(const int64_t *)at);
    return arena_copy_span(arena, line.at, line.length);
}
