#include "methods/election/inside.h"

#include <string.h>

enum { QUOTED_BYTES = 60 };

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

char *pabulib_trim(char *text, char *end) {
    while (is_blank(*text))
        text++;
    while (end > text && is_blank(end[-1]))
        end--;
    *end = '\0';
    return text;
}

/* The field in quotes that begins at `*at`, unescaped in place; `*at` moves behind its last quote.
 * NULL when it has none. */
static char *cut_quoted(char **at) {
    char *start = *at + 1, *to = start;
    for (char *from = start; *from != '\0'; from++) {
        if (*from != '"') {
            *to++ = *from;
        } else if (from[1] == '"') {
            *to++ = *from++;
        } else {
            *at = from + 1;
            *to = '\0';
            return start;
        }
    }
    return NULL;
}

/* One field; what stands in quotes keeps its outer blanks. */
static const char *cut_one(char **at, char **ret_field) {
    char *end;
    *at += strspn(*at, " \t");
    const bool is_quoted = **at == '"';
    if (is_quoted) {
        char *field = cut_quoted(at);
        if (field == NULL)
            return "a quote that is not closed; expected \" before the end of the line";
        *ret_field = field;
        end = *at + strspn(*at, " \t");
        if (*end != ';' && *end != '\0')
            return "text after a closing quote; expected ; or the end of the line";
    } else {
        end = *at + strcspn(*at, ";");
        *ret_field = *at;
    }
    *at = *end == '\0' ? NULL : end + 1;
    if (!is_quoted)
        *ret_field = pabulib_trim(*ret_field, end);
    return NULL;
}

const char *pabulib_cut(char *line, size_t most, struct pabulib_fields *ret_fields) {
    size_t count = 0;
    for (char *at = line; at != NULL;) {
        char *field;
        const char *wrong = cut_one(&at, &field);
        if (wrong != NULL)
            return wrong;
        if (count < most)
            ret_fields->at[count++] = field;
        else if (*field != '\0')
            return "more fields than columns; a ; within a text wants the text in quotes";
    }
    ret_fields->count = count;
    return NULL;
}

const char *pabulib_quote(struct arena *arena, const char *text) {
    size_t length = strlen(text);
    const bool is_cut = length > QUOTED_BYTES;
    if (is_cut)
        for (length = QUOTED_BYTES; ((unsigned char)text[length] & 0xc0) == 0x80;)
            length--;
    char *copy = arena_copy_span(arena, text, length);
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)copy[i], next = (unsigned char)copy[i + 1];
        if (c < ' ' || c == 0x7f)
            copy[i] = '?';
        else if (c == 0xc2 && next < 0xa0)
            copy[i] = copy[i + 1] = '?';
    }
    return *text == '\0' ? "nothing" : arena_format(arena, "\"%s%s\"", copy, is_cut ? "…" : "");
}
