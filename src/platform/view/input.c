/* What came in as pairs of names and values, from a form's body or from JSON. */
#include <jansson.h>
#include <string.h>

#include "platform/base/text.h"
#include "platform/view/form.h"

struct input_pair *input_add(struct arena *arena, struct input *input, const char *name,
                             const char *value, size_t length) {
    struct input_pair *pair = ARENA_NEW(arena, struct input_pair);
    *pair = (struct input_pair){.name = name, .value = value, .length = length};
    if (input->last == NULL)
        input->first = pair;
    else
        input->last->next = pair;
    input->last = pair;
    input->count++;
    return pair;
}

const char *input_value(const struct input *input, const char *name) {
    for (const struct input_pair *pair = input->first; pair != NULL; pair = pair->next)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return NULL;
}

/* ---- application/x-www-form-urlencoded ---- */

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* "%C3%A5+b" → "å b"; NULL when an escape is broken or the text is not UTF-8. */
static const char *decode(struct arena *arena, const char *from, size_t length,
                          size_t *ret_length) {
    char *text = arena_take(arena, length + 1);
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        char c = from[i] == '+' ? ' ' : from[i];
        if (c == '%') {
            const int high = i + 2 < length ? hex_digit(from[i + 1]) : -1;
            const int low = i + 2 < length ? hex_digit(from[i + 2]) : -1;
            if (high < 0 || low < 0)
                return NULL;
            c = (char)(high << 4 | low);
            i += 2;
        }
        text[used++] = c;
    }
    if (!text_utf8(text, used))
        return NULL;
    *ret_length = used;
    return text;
}

static enum error add_encoded(struct arena *arena, struct input *input, const char *pair,
                              size_t length) {
    const char *equals = memchr(pair, '=', length);
    const size_t name_length = equals == NULL ? length : (size_t)(equals - pair);
    const char *from = equals == NULL ? pair + length : equals + 1;
    size_t unused, value_length;
    const char *name = decode(arena, pair, name_length, &unused);
    const char *value = decode(arena, from, (size_t)(pair + length - from), &value_length);
    if (name == NULL || value == NULL || input->count == INPUT_PAIRS_MAX)
        return ERR_BAD_REQUEST;
    input_add(arena, input, name, value, value_length);
    return ERR_OK;
}

enum error input_from_form(struct arena *arena, const char *body, size_t length,
                           struct input *ret_input) {
    struct input input = {.count = 0};
    for (const char *at = body, *end = body + length; at < end;) {
        const char *ampersand = memchr(at, '&', (size_t)(end - at));
        const char *pair_end = ampersand == NULL ? end : ampersand;
        if (pair_end > at)
            TRY(add_encoded(arena, &input, at, (size_t)(pair_end - at)));
        at = pair_end + 1;
    }
    *ret_input = input;
    return ERR_OK;
}

/* ---- JSON ---- */

static void forget(void *slot) {
    json_decref(*(json_t **)slot);
}

/* A string, number or boolean. */
static enum error add_scalar(struct arena *arena, struct input *input, const char *name,
                             const json_t *value) {
    if (json_is_null(value) || json_is_false(value))
        return ERR_OK;
    if (input->count == INPUT_PAIRS_MAX)
        return ERR_BAD_REQUEST;
    const char *text = NULL;
    if (json_is_string(value))
        text = arena_copy_text(arena, json_string_value(value));
    else if (json_is_integer(value))
        text = arena_format(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value))
        text = arena_format(arena, "%.17g", json_real_value(value));
    else if (json_is_true(value))
        text = "1";
    if (text == NULL)
        return ERR_BAD_REQUEST;
    input_add(arena, input, name, text, strlen(text))->is_number = json_is_number(value);
    return ERR_OK;
}

static enum error add_member(struct arena *arena, struct input *input, const char *key,
                             const json_t *value) {
    const char *name = arena_copy_text(arena, key);
    if (!json_is_array(value))
        return add_scalar(arena, input, name, value);
    for (size_t i = 0; i < json_array_size(value); i++)
        TRY(add_scalar(arena, input, name, json_array_get(value, i)));
    return ERR_OK;
}

/* More than an object of lists is refused before it is parsed: nesting costs stack. */
static bool is_shallow(const char *json, size_t length) {
    enum { DEPTH_MAX = 4 };
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < length; i++) {
        if (in_string) {
            if (json[i] == '\\')
                i++;
            else
                in_string = json[i] != '"';
            continue;
        }
        in_string = json[i] == '"';
        depth += (json[i] == '{' || json[i] == '[') - (json[i] == '}' || json[i] == ']');
        if (depth > DEPTH_MAX)
            return false;
    }
    return true;
}

enum error input_from_json(struct arena *arena, const char *json, size_t length,
                           struct input *ret_input) {
    struct input input = {.count = 0};
    json_error_t why;
    if (!is_shallow(json, length))
        return ERR_BAD_REQUEST;
    json_t **object = ARENA_NEW(arena, json_t *);
    arena_defer(arena, forget, object); /* before there is one: deferring may leave by the arena */
    /* Without JSON_ALLOW_NUL a string with \u0000 is refused; bytes that are not UTF-8 always are.
     */
    *object = json_loadb(json, length, JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(*object))
        return ERR_BAD_REQUEST;
    const char *key;
    json_t *value;
    json_object_foreach(*object, key, value) TRY(add_member(arena, &input, key, value));
    *ret_input = input;
    return ERR_OK;
}
