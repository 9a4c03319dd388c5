#include "records/payload.h"

#include <inttypes.h>
#include <jansson.h>

#include "platform/base/instant.h"
#include "platform/base/shape.h"
#include "platform/base/text.h"

enum { DETAIL_BYTES = 16 << 10 };

#define DETAIL_TIME(F, T) F(T, time, at, , "an instant that stands in a payload")
SHAPE(detail_time, DETAIL_TIME);

/* One value and how it is shown. */
struct showing {
    struct arena *arena;
    enum language language;
    struct buffer *into;
    const char *name;
};

/* The word of a code, or the code. */
static const char *code_word(const struct showing *showing, const char *name, const char *code) {
    const char *found =
        word_if_any(showing->language, arena_format(showing->arena, "%s.%s", name, code));
    return found == NULL ? code : found;
}

/* "administrator dpo" → "Administratör, Dataskyddsombud" */
static void codes_show(const struct showing *showing, const char *name, const char *codes) {
    const char *separator = "";
    while (*codes != '\0') {
        const size_t length = strcspn(codes, " ");
        const char *code = arena_copy_span(showing->arena, codes, length);
        buffer_format(showing->into, "%s%s", separator, code_word(showing, name, code));
        separator = ", ";
        codes += length;
        codes += strspn(codes, " ");
    }
}

static void text_show(const struct showing *showing, const char *text) {
    const struct detail_time time = {instant_from_rfc3339(text)};
    if (showing->language == LANGUAGE_NONE)
        buffer_text(showing->into, text);
    else if (time.at != INSTANT_NONE)
        buffer_text(showing->into, format_field(showing->arena, showing->language, FORMAT_DATE,
                                                &detail_time_fields[0], &time));
    else if (strcmp(showing->name, "roles") == 0)
        codes_show(showing, "role", text);
    else
        buffer_text(showing->into, code_word(showing, showing->name, text));
}

static void value_show(const struct showing *showing, const json_t *value) {
    if (json_is_string(value))
        text_show(showing, json_string_value(value));
    else if (json_is_integer(value))
        buffer_format(showing->into, "%" PRId64, (int64_t)json_integer_value(value));
    else if (json_is_boolean(value))
        buffer_text(showing->into, json_is_true(value) ? "✓" : "–");
    else
        buffer_text(showing->into, "–");
}

static void entry_show(const struct showing *showing, const json_t *value) {
    const char *label = showing->name;
    if (showing->language != LANGUAGE_NONE) {
        const char *key = arena_format(showing->arena, "audit.detail.%s", showing->name);
        const char *found = word_if_any(showing->language, key);
        label = found == NULL ? label : found;
    }
    buffer_format(showing->into, "%s%s: ", showing->into->length == 0 ? "" : ", ", label);
    if (json_is_array(value) && json_array_size(value) == 2) {
        value_show(showing, json_array_get(value, 0));
        buffer_text(showing->into, " → ");
        value_show(showing, json_array_get(value, 1));
    } else {
        value_show(showing, value);
    }
}

static const char *detail_show(struct arena *arena, enum language language, json_t *detail) {
    struct buffer into = buffer_in(arena, DETAIL_BYTES);
    const char *name;
    json_t *value;
    json_object_foreach(detail, name, value) {
        const struct showing showing = {arena, language, &into, name};
        entry_show(&showing, value);
    }
    return into.length == 0 ? NULL : buffer_string(&into);
}

static void json_clean(void *json) {
    json_decref(json);
}

struct payload payload_read(struct arena *arena, enum language language, const char *json) {
    json_t *root = json == NULL ? NULL : json_loads(json, 0, NULL);
    if (root == NULL)
        return (struct payload){.reason = NULL};
    arena_defer(arena, json_clean, root);
    return (struct payload){
        .reason = arena_copy_text(arena, json_string_value(json_object_get(root, "reason"))),
        .detail = detail_show(arena, language, json_object_get(root, "detail")),
    };
}
