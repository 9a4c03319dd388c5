/* Messages: text with {fields}. */
#include "platform/view/message.h"

#include <string.h>

#include "platform/base/text.h"
#include "platform/view/format.h"

enum { FILLED_BYTES = 64 << 10 };

static bool is_name(const char *at, size_t length) {
    return length > 0 && strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789_.") >= length;
}

enum message_piece message_next(const char **at, struct message_part *ret_part) {
    const char *start = *at;
    if (*start == '\0')
        return MESSAGE_END;
    if (*start != '{') {
        const size_t length = strcspn(start, "{");
        *ret_part = (struct message_part){.at = start, .length = length};
        *at = start + length;
        return MESSAGE_TEXT;
    }
    const char *end = strchr(start, '}');
    if (end == NULL)
        return MESSAGE_BROKEN;
    const size_t inside = (size_t)(end - start - 1);
    const size_t name = strcspn(start + 1, "|}");
    if (!is_name(start + 1, name))
        return MESSAGE_BROKEN;
    *ret_part = (struct message_part){.at = start + 1, .length = name};
    if (name < inside) {
        ret_part->format = start + 2 + name;
        ret_part->format_length = inside - name - 1;
    }
    *at = end + 1;
    return MESSAGE_FIELD;
}

/* {n}, the number that picks the plural form. */
#define COUNT_VIEW(F, T) F(T, int, n, , "of things")
SHAPE(count_view, COUNT_VIEW);

static void add_field(struct buffer *into, enum language language, const struct message_part *part,
                      const struct shape *shape, const void *view) {
    const struct field *field = shape == NULL ? NULL : shape_field(shape, part->at, part->length);
    enum format format = FORMAT_NONE;
    if (part->format != NULL && !format_from_name(part->format, part->format_length, &format))
        field = NULL;
    if (field == NULL || (format != FORMAT_NONE && !format_fits(format, field->kind)))
        buffer_format(into, "{%.*s}", (int)part->length, part->at);
    else
        buffer_text(into, format_field(into->arena, language, format, field, view));
}

const char *word_filled(struct arena *arena, enum language language, const char *key, int64_t count,
                        const struct shape *shape, const void *view) {
    const char *text = word_plural(language, key, count < 0 ? 1 : count);
    const struct count_view n = {count};
    struct buffer into = buffer_in(arena, FILLED_BYTES);
    struct message_part part;
    for (enum message_piece piece; (piece = message_next(&text, &part)) != MESSAGE_END;) {
        if (piece == MESSAGE_BROKEN) {
            buffer_text(&into, text);
            break;
        }
        if (piece == MESSAGE_TEXT)
            buffer_add(&into, part.at, part.length);
        else if (count >= 0 && part.length == 1 && *part.at == 'n')
            add_field(&into, language, &part, &count_view_shape, &n);
        else
            add_field(&into, language, &part, shape, view);
    }
    return buffer_string(&into);
}
