#include "platform/mail/facts.h"

#include <jansson.h>

#include "platform/base/instant.h"

enum { DEPTH_MAX = 6 };

static bool is_facts(const struct shape *shape, int depth) {
    if (depth > DEPTH_MAX)
        return false;
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->kind == KIND_html)
            return false;
        if (field->element != NULL && !is_facts(field->element, depth + 1))
            return false;
    }
    return true;
}

bool shape_is_facts(const struct shape *shape) {
    return is_facts(shape, 0);
}

static enum error read_object(struct arena *arena, const struct shape *shape, const json_t *json,
                              void *view);

static enum error read_integer(const json_t *value, int64_t *ret_integer) {
    if (!json_is_integer(value) && !json_is_null(value))
        return ERR_FAULT;
    *ret_integer = json_integer_value(value);
    return ERR_OK;
}

static enum error read_text(struct arena *arena, const json_t *value, const char **ret_text) {
    if (!json_is_string(value) && !json_is_null(value))
        return ERR_FAULT;
    *ret_text = arena_copy_text(arena, json_string_value(value));
    return ERR_OK;
}

static enum error read_time(const json_t *value, int64_t *ret_instant) {
    if (json_is_null(value)) {
        *ret_instant = INSTANT_NONE;
        return ERR_OK;
    }
    if (!json_is_string(value))
        return ERR_FAULT;
    const int64_t instant = instant_from_rfc3339(json_string_value(value));
    if (instant == INSTANT_NONE)
        return ERR_FAULT;
    *ret_instant = instant;
    return ERR_OK;
}

static enum error read_url(struct arena *arena, const json_t *value, struct url *ret_url) {
    const char *address;
    TRY(read_text(arena, value, &address));
    if (address == NULL)
        return ERR_OK;
    const bool own = (address[0] == '/' && address[1] != '/') || address[0] == '#';
    const struct url url = own ? url_own(address) : url_checked(address);
    if (url.address == NULL)
        return ERR_FAULT;
    *ret_url = url;
    return ERR_OK;
}

static enum error read_choice(const struct choices *choices, const json_t *value, int *ret_choice) {
    const int found = json_is_string(value) ? choice_find(choices, json_string_value(value)) : -1;
    if (found < 0)
        return ERR_FAULT;
    *ret_choice = found;
    return ERR_OK;
}

static enum error read_one(struct arena *arena, const struct shape *shape, const json_t *value,
                           void **ret_one) {
    if (json_is_null(value))
        return ERR_OK;
    void *one = arena_take(arena, shape->size);
    TRY(read_object(arena, shape, value, one));
    *ret_one = one;
    return ERR_OK;
}

static enum error read_list(struct arena *arena, const struct shape *shape, const json_t *value,
                            struct list *ret_list) {
    if (!json_is_array(value))
        return ERR_FAULT;
    const size_t count = json_array_size(value);
    char *at = arena_array(arena, count, shape->size);
    for (size_t i = 0; i < count; i++)
        TRY(read_object(arena, shape, json_array_get(value, i), at + i * shape->size));
    *ret_list = (struct list){at, count};
    return ERR_OK;
}

static enum error read_field(struct arena *arena, const struct field *field, const json_t *value,
                             void *at) {
    switch (field->kind) {
    case KIND_id:
    case KIND_int:
    case KIND_money:
        return read_integer(value, at);
    case KIND_flag:
        if (!json_is_boolean(value))
            return ERR_FAULT;
        *(bool *)at = json_is_true(value);
        return ERR_OK;
    case KIND_time:
        return read_time(value, at);
    case KIND_text:
    case KIND_slug:
        return read_text(arena, value, at);
    case KIND_url:
        return read_url(arena, value, at);
    case KIND_choice:
        return read_choice(field->choices, value, at);
    case KIND_one:
        return read_one(arena, field->element, value, at);
    case KIND_list:
        return read_list(arena, field->element, value, at);
    case KIND_html: /* can only be made by the sanitiser */
        break;
    }
    return ERR_FAULT;
}

static enum error read_object(struct arena *arena, const struct shape *shape, const json_t *json,
                              void *view) {
    if (!json_is_object(json))
        return ERR_FAULT;
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        const json_t *value = json_object_get(json, field->name);
        void *at = (char *)view + field->offset;
        if (value != NULL)
            TRY(read_field(arena, field, value, at));
        else if (field->kind == KIND_time)
            *(int64_t *)at = INSTANT_NONE;
    }
    return ERR_OK;
}

static void json_clean(void *json) {
    json_decref(json);
}

enum error shape_from_json(struct arena *arena, const struct shape *shape, const char *json,
                           void *ret_view) {
    json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
    if (root == NULL)
        return ERR_FAULT;
    arena_defer(arena, json_clean, root);
    char *view = arena_take(arena, shape->size);
    TRY(read_object(arena, shape, root, view));
    memcpy(ret_view, view, shape->size);
    return ERR_OK;
}
