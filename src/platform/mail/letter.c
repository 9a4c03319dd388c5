#include "platform/mail/letter.h"

#include <sodium.h>
#include <stdbool.h>
#include <strings.h>

#include "platform/base/text.h"

enum { HEADER_BYTES = 16 << 10, TEXT_BYTES = 1 << 20 };

static const char word_begins[] = "=?UTF-8?B?", word_ends[] = "?=";

/* One encoded word at `at`; moves behind it. False when it is not one. */
static bool word_decode(struct buffer *into, const char **at) {
    unsigned char bytes[128];
    size_t length = 0;
    const char *start = *at + sizeof word_begins - 1;
    const char *end = text_begins(*at, word_begins) ? strstr(start, word_ends) : NULL;
    if (end == NULL || sodium_base642bin(bytes, sizeof bytes, start, (size_t)(end - start), NULL,
                                         &length, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    buffer_add(into, (const char *)bytes, length);
    *at = end + sizeof word_ends - 1;
    if (text_begins(*at, "\r\n ") && text_begins(*at + 3, word_begins))
        *at += 3; /* white space between encoded words is none */
    return true;
}

/* The value up to the end of its last folded line, decoded. */
static const char *value_decode(struct arena *arena, const char *at) {
    struct buffer value = buffer_in(arena, HEADER_BYTES);
    while (*at != '\0') {
        if (word_decode(&value, &at))
            continue;
        if (text_begins(at, "\r\n")) {
            if (at[2] != ' ')
                break;
            at += 2;
        } else if (*at == '"' || *at == '\\') {
            at++; /* of a quoted name */
            continue;
        }
        buffer_add(&value, at++, 1);
    }
    return buffer_string(&value);
}

/* Value of a header; "" when it is missing. */
static const char *header_read(struct arena *arena, const char *message, const char *name) {
    const size_t length = strlen(name);
    for (const char *line = message; line != NULL && !text_begins(line, "\r\n");) {
        if (strncasecmp(line, name, length) == 0 && text_begins(line + length, ": "))
            return value_decode(arena, line + length + 2);
        line = strstr(line, "\r\n");
        line = line == NULL ? NULL : line + 2;
    }
    return "";
}

static int hex_digit(char c) {
    static const char digits[] = "0123456789ABCDEF";
    const char *found = c == '\0' ? NULL : strchr(digits, c);
    return found == NULL ? -1 : (int)(found - digits);
}

/* Quoted-printable up to `end` as text. */
static const char *text_decode(struct arena *arena, const char *at, const char *end) {
    struct buffer text = buffer_in(arena, TEXT_BYTES);
    while (at < end) {
        if (text_begins(at, "=\r\n")) {
            at += 3;
        } else if (*at == '=' && hex_digit(at[1]) >= 0 && hex_digit(at[2]) >= 0) {
            buffer_add(&text, &(const char){(char)(hex_digit(at[1]) * 16 + hex_digit(at[2]))}, 1);
            at += 3;
        } else {
            if (*at != '\r')
                buffer_add(&text, at, 1);
            at++;
        }
    }
    return buffer_string(&text);
}

enum error letter_read(struct arena *arena, const char *message, struct letter *ret_letter) {
    const char *part = strstr(message, "\r\nContent-Type: text/plain");
    const char *start = part == NULL ? NULL : strstr(part, "\r\n\r\n");
    const char *end = start == NULL ? NULL : strstr(start, "\r\n--=_");
    if (end == NULL)
        return ERR_NOT_FOUND;
    *ret_letter = (struct letter){
        .subject = header_read(arena, message, "Subject"),
        .from = header_read(arena, message, "From"),
        .to = header_read(arena, message, "To"),
        .text = text_decode(arena, start + 4, end),
    };
    return ERR_OK;
}
