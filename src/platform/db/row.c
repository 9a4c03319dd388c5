/* Rows: from columns to the fields of a shape, and from fields to binds. */
#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/db/engine.h"

/* ---- binds ---- */

struct bind bind_text(const char *name, const char *text) {
    if (text == NULL)
        return BIND_NULL(name);
    return (struct bind){
        .name = name, .kind = BIND_KIND_TEXT, .bytes = text, .length = strlen(text)};
}

struct bind bind_time(const char *name, int64_t instant) {
    return instant == INSTANT_NONE ? BIND_NULL(name) : BIND_INT(name, instant);
}

struct bind bind_id(const char *name, int64_t id) {
    return id == 0 ? BIND_NULL(name) : BIND_INT(name, id);
}

static bool is_column(const struct field *field) {
    return field->kind != KIND_html && field->kind != KIND_one && field->kind != KIND_list;
}

static struct bind bind_field(const struct field *field, const void *row) {
    const void *at = (const char *)row + field->offset;
    switch (field->kind) {
    case KIND_id:
        return bind_id(field->name, *(const int64_t *)at);
    case KIND_time:
        return bind_time(field->name, *(const int64_t *)at);
    case KIND_int:
    case KIND_money:
        return BIND_INT(field->name, *(const int64_t *)at);
    case KIND_flag:
        return BIND_INT(field->name, *(const bool *)at ? 1 : 0);
    case KIND_url:
        return bind_text(field->name, ((const struct url *)at)->address);
    case KIND_choice:
        return bind_text(field->name, choice_code(field->choices, *(const int *)at));
    case KIND_text:
    case KIND_slug:
        return bind_text(field->name, *(const char *const *)at);
    case KIND_html:
    case KIND_one:
    case KIND_list:
        break;
    }
    return BIND_NULL(field->name);
}

const struct bind *bind_row(struct arena *arena, const struct shape *shape, const void *row,
                            const struct bind *more) {
    size_t extra = 0, count = 0;
    while (more[extra].name != NULL)
        extra++;
    struct bind *binds = ARENA_ARRAY(arena, shape->count + extra + 1, struct bind);
    for (size_t i = 0; i < shape->count; i++) {
        if (!is_column(&shape->fields[i]))
            continue;
        binds[count] = bind_field(&shape->fields[i], row);
        binds[count++].spare = true;
    }
    for (size_t i = 0; i < extra; i++)
        binds[count++] = more[i];
    return binds;
}

/* ---- reading rows ---- */

static enum error unreadable(const struct prepared *prepared, const char *field, const char *why) {
    log_fault("db.row", LOG_TEXT("statement", prepared->statement->name), LOG_TEXT("field", field),
              LOG_TEXT("why", why));
    return ERR_FAULT;
}

enum error row_mapping(struct db *db, struct prepared *prepared, const struct shape *shape,
                       const struct mapping **ret_mapping) {
    for (const struct mapping *known = prepared->mappings; known != NULL; known = known->next) {
        if (known->shape == shape) {
            *ret_mapping = known;
            return ERR_OK;
        }
    }
    int *columns = ARENA_ARRAY(prepared->memory, shape->count, int);
    for (size_t i = 0; i < shape->count; i++) {
        columns[i] = -1;
        if (!is_column(&shape->fields[i]))
            continue;
        columns[i] = db->calls->column(db, prepared, shape->fields[i].name);
        if (columns[i] < 0)
            return unreadable(prepared, shape->fields[i].name, "no such column");
    }
    struct mapping *mapping = ARENA_NEW(prepared->memory, struct mapping);
    *mapping = (struct mapping){shape, columns, prepared->mappings};
    prepared->mappings = mapping;
    *ret_mapping = mapping;
    return ERR_OK;
}

/* NULL: what the kind has for "none". */
static enum error field_none(const struct prepared *prepared, const struct field *field, void *at) {
    if (field->kind == KIND_flag || field->kind == KIND_choice)
        return unreadable(prepared, field->name, "is NULL");
    if (field->kind == KIND_time)
        *(int64_t *)at = INSTANT_NONE;
    return ERR_OK; /* the row's memory is zeroed: 0 and NULL stand there */
}

static enum error field_integer(struct db *db, struct prepared *prepared, const struct field *field,
                                int column, void *at) {
    int64_t value;
    if (db->calls->integer(db, prepared, column, &value) != ERR_OK)
        return unreadable(prepared, field->name, "is no integer");
    if (field->kind == KIND_flag) {
        if (value != 0 && value != 1)
            return unreadable(prepared, field->name, "is neither 0 nor 1");
        *(bool *)at = value == 1;
    } else {
        *(int64_t *)at = value;
    }
    return ERR_OK;
}

/* An address in a row is one of ours, or is checked as if a person had just given it. */
static struct url stored_url(const char *address) {
    const bool own = address[0] == '/' && address[1] != '/' && address[1] != '\\';
    return own ? url_own(address) : url_checked(address);
}

static enum error field_text(struct db *db, struct prepared *prepared, const struct field *field,
                             int column, struct arena *arena, void *at) {
    struct span text;
    if (db->calls->text(db, prepared, column, &text) != ERR_OK)
        return unreadable(prepared, field->name, "is no text");
    if (field->kind == KIND_choice) {
        const int choice = choice_find(field->choices, text.at);
        if (choice < 0)
            return unreadable(prepared, field->name, "is none of its choices");
        *(int *)at = choice;
        return ERR_OK;
    }
    const char *copy = arena_copy_span(arena, text.at, text.length);
    if (field->kind == KIND_url)
        *(struct url *)at = stored_url(copy);
    else
        *(const char **)at = copy;
    return ERR_OK;
}

static enum error field_read(struct db *db, struct prepared *prepared, const struct field *field,
                             int column, struct arena *arena, void *at) {
    if (db->calls->is_null(db, prepared, column))
        return field_none(prepared, field, at);
    switch (field->kind) {
    case KIND_id:
    case KIND_int:
    case KIND_money:
    case KIND_time:
    case KIND_flag:
        return field_integer(db, prepared, field, column, at);
    case KIND_text:
    case KIND_slug:
    case KIND_url:
    case KIND_choice:
        return field_text(db, prepared, field, column, arena, at);
    case KIND_html:
    case KIND_one:
    case KIND_list:
        break;
    }
    return ERR_OK;
}

enum error row_read(struct db *db, struct prepared *prepared, const struct mapping *mapping,
                    struct arena *arena, void *row) {
    const struct shape *shape = mapping->shape;
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        char *at = (char *)row + field->offset;
        if (mapping->columns[i] >= 0)
            TRY(field_read(db, prepared, field, mapping->columns[i], arena, at));
    }
    return ERR_OK;
}
