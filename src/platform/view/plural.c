/* The plural rule of a .po file: a C expression in `n`. Small enough to read anew each time. */
#include <ctype.h>
#include <string.h>

#include "platform/view/message.h"

struct reader {
    const char *at;
    int64_t n;
    int depth;
    bool broken;
};

enum { DEPTH_MAX = 32, FORMS_MAX = 6 };

static int64_t read_choice(struct reader *reader);

static bool take(struct reader *reader, const char *sign) {
    reader->at += strspn(reader->at, " \t");
    if (strncmp(reader->at, sign, strlen(sign)) != 0)
        return false;
    reader->at += strlen(sign);
    return true;
}

static int64_t read_primary(struct reader *reader) {
    if (take(reader, "!"))
        return read_primary(reader) == 0;
    if (take(reader, "(")) {
        const int64_t value = read_choice(reader);
        reader->broken |= !take(reader, ")");
        return value;
    }
    if (take(reader, "n"))
        return reader->n;
    int64_t value = 0;
    int digits = 0;
    for (; isdigit((unsigned char)*reader->at) && digits < 9; digits++)
        value = value * 10 + (*reader->at++ - '0');
    reader->broken |= digits == 0;
    return value;
}

/* Operators from the tightest to the loosest; longer signs stand before their beginnings. */
static const char *const operators[][5] = {{"*", "/", "%"}, {"+", "-"}, {"<=", ">=", "<", ">"},
                                           {"==", "!="},    {"&&"},     {"||"}};
enum { LEVELS = sizeof operators / sizeof operators[0] };

static int64_t apply(struct reader *reader, const char *sign, int64_t a, int64_t b) {
    if ((*sign == '/' || *sign == '%') && b == 0) {
        reader->broken = true;
        return 0;
    }
    switch (*sign) {
    case '*':
        return a * b;
    case '/':
        return a / b;
    case '%':
        return a % b;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '<':
        return sign[1] == '=' ? a <= b : a < b;
    case '>':
        return sign[1] == '=' ? a >= b : a > b;
    case '=':
        return a == b;
    case '!':
        return a != b;
    case '&':
        return a != 0 && b != 0;
    default:
        return a != 0 || b != 0;
    }
}

static int64_t read_level(struct reader *reader, int level) {
    int64_t value = level == 0 ? read_primary(reader) : read_level(reader, level - 1);
    while (!reader->broken) {
        const char *sign = NULL;
        for (int i = 0; sign == NULL && i < 5 && operators[level][i] != NULL; i++)
            if (take(reader, operators[level][i]))
                sign = operators[level][i];
        if (sign == NULL)
            break;
        const int64_t right = level == 0 ? read_primary(reader) : read_level(reader, level - 1);
        value = apply(reader, sign, value, right);
    }
    return value;
}

static int64_t read_choice(struct reader *reader) {
    if (reader->broken || ++reader->depth > DEPTH_MAX) {
        reader->broken = true;
        return 0;
    }
    int64_t value = read_level(reader, LEVELS - 1);
    if (take(reader, "?")) {
        const int64_t yes = read_choice(reader);
        reader->broken |= !take(reader, ":");
        const int64_t no = read_choice(reader);
        value = value != 0 ? yes : no;
    }
    reader->depth--;
    return value;
}

size_t plural_form(const struct plural *plural, int64_t n) {
    if (plural->rule == NULL)
        return 0;
    /* The rules of gettext are for natural numbers, and none looks past the last nine digits. */
    const int64_t natural = (n < 0 ? -(n % 1000000000) : n % 1000000000) +
                            (n >= 1000000000 || n <= -1000000000 ? 1000000000 : 0);
    struct reader reader = {.at = plural->rule, .n = natural};
    const int64_t form = read_choice(&reader);
    reader.at += strspn(reader.at, " \t;");
    if (reader.broken || (*reader.at != '\0' && *reader.at != '\n') || form < 0 ||
        (size_t)form >= plural->count)
        return SIZE_MAX;
    return (size_t)form;
}

bool plural_parse(struct arena *arena, const char *header, struct plural *ret_plural) {
    const char *count = strstr(header, "nplurals=");
    const char *rule = strstr(header, "plural=");
    if (count == NULL || rule == NULL || !isdigit((unsigned char)count[9]))
        return false;
    const struct plural plural = {.rule = arena_copy_span(arena, rule + 7, strcspn(rule + 7, "\n")),
                                  .count = (size_t)(count[9] - '0')};
    if (plural.count == 0 || plural.count > FORMS_MAX)
        return false;
    for (int64_t n = 0; n <= 1000; n++)
        if (plural_form(&plural, n) == SIZE_MAX)
            return false;
    *ret_plural = plural;
    return true;
}
