/* JSON from shapes: written straight into the buffer, without a document in between. */
#include <string.h>

#include "platform/base/instant.h"
#include "platform/view/format.h"
#include "platform/view/view.h"

static bool stands_as_it_is(unsigned char byte) {
    return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f;
}

/* What stands behind the backslash for any other byte. */
static char escape_of(unsigned char byte) {
    switch (byte) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return byte < 0x20 || byte == 0x7f ? 'u' : 0;
    }
}

void json_write_text(struct buffer *into, const char *text) {
    static const char hex[] = "0123456789abcdef";
    const char *kept = text;
    buffer_add(into, "\"", 1);
    for (; *text != '\0'; text++) {
        if (stands_as_it_is((unsigned char)*text))
            continue;
        const char letter = escape_of((unsigned char)*text);
        buffer_add(into, kept, (size_t)(text - kept));
        kept = text + 1;
        const char escape[] = {'\\', letter, '0', '0', hex[*text >> 4 & 15], hex[*text & 15]};
        buffer_add(into, escape, letter == 'u' ? 6 : 2);
    }
    buffer_add(into, kept, (size_t)(text - kept));
    buffer_add(into, "\"", 1);
}

static void write_text_or_null(struct buffer *into, const char *text) {
    if (text == NULL)
        buffer_text(into, "null");
    else
        json_write_text(into, text);
}

static void write_number(struct buffer *into, int64_t number) {
    struct line line;
    line.length = 0;
    line_digits(&line, number);
    buffer_add(into, line.at, line.length);
}

static void write_time(struct buffer *into, int64_t instant) {
    if (instant == INSTANT_NONE)
        buffer_text(into, "null");
    else
        json_write_text(into, instant_to_rfc3339(into->arena, instant));
}

static void write_list(struct buffer *into, const struct shape *element, const struct list *list) {
    buffer_text(into, "[");
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            buffer_text(into, ",");
        json_write(into, element, (const char *)list->at + i * element->size);
    }
    buffer_text(into, "]");
}

static void write_choice(struct buffer *into, const struct choices *choices, int value) {
    const bool known = value >= 0 && (size_t)value < choices->count;
    write_text_or_null(into, known ? choices->at[value].code : NULL);
}

static void write_field(struct buffer *into, const struct field *field, const void *at) {
    switch (field->kind) {
    case KIND_id:
        if (*(const int64_t *)at == 0)
            buffer_text(into, "null");
        else
            write_number(into, *(const int64_t *)at);
        break;
    case KIND_int:
    case KIND_money:
        write_number(into, *(const int64_t *)at);
        break;
    case KIND_flag:
        buffer_text(into, *(const bool *)at ? "true" : "false");
        break;
    case KIND_time:
        write_time(into, *(const int64_t *)at);
        break;
    case KIND_text:
    case KIND_slug:
    case KIND_url:
    case KIND_html:
        write_text_or_null(into, *(const char *const *)at);
        break;
    case KIND_choice:
        write_choice(into, field->choices, *(const int *)at);
        break;
    case KIND_one:
        if (*(const void *const *)at == NULL)
            buffer_text(into, "null");
        else
            json_write(into, field->element, *(const void *const *)at);
        break;
    case KIND_list:
        write_list(into, field->element, at);
        break;
    }
}

void json_write(struct buffer *into, const struct shape *shape, const void *view) {
    buffer_text(into, "{");
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        buffer_text(into, i == 0 ? "\"" : ",\"");
        buffer_text(into, field->name);
        buffer_text(into, "\":");
        write_field(into, field, (const char *)view + field->offset);
    }
    buffer_text(into, "}");
}
