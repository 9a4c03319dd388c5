/* Names → places: innermost section first, then the roots frame. and form. */
#include <string.h>

#include "platform/view/template.h"

static struct span first_part(struct span *name) {
    const char *dot = memchr(name->at, '.', name->length);
    const size_t length = dot == NULL ? name->length : (size_t)(dot - name->at);
    const struct span first = {name->at, length};
    const size_t taken = dot == NULL ? length : length + 1;
    *name = (struct span){name->at + taken, name->length - taken};
    return first;
}

/* The level that the name's first part belongs to; takes "frame." and "form." off the name. */
static const struct shape *find_level(struct binder *binder, struct span *name,
                                      struct span *ret_first, uint8_t *ret_level) {
    struct span rest = *name;
    const struct span first = first_part(&rest);
    const bool is_frame = span_is(first, "frame"), is_form = span_is(first, "form");
    if (is_frame || is_form) {
        *ret_level = is_frame ? LEVEL_FRAME : LEVEL_FORM;
        *ret_first = first_part(&rest);
        *name = rest;
        return is_frame ? binder->scope.frame : binder->scope.form;
    }
    *ret_first = first;
    *name = rest;
    for (int i = binder->depth - 1; i >= binder->floor; i--)
        if (shape_field(binder->levels[i].shape, first.at, first.length) != NULL) {
            *ret_level = binder->levels[i].number;
            return binder->levels[i].shape;
        }
    return NULL;
}

static bool unknown(struct binder *binder, int line, struct span name, const struct shape *shape) {
    if (shape == NULL && binder->depth > binder->floor)
        shape = binder->levels[binder->depth - 1].shape;
    return binder_refuse(binder, line, "name '%.*s' is not in %s", (int)name.length, name.at,
                         shape == NULL ? "any shape here" : shape->name);
}

bool name_find(struct binder *binder, int line, struct span name, struct place *ret_place,
               const struct field **ret_field) {
    if (binder->n != NULL && span_is(name, "n")) {
        *ret_place = binder->n_place;
        *ret_field = binder->n;
        return true;
    }
    struct span rest = name, part;
    struct place place = {.steps = 0};
    const struct shape *shape = find_level(binder, &rest, &part, &place.level);
    const struct field *field = shape == NULL ? NULL : shape_field(shape, part.at, part.length);
    while (field != NULL && rest.length > 0) {
        if (field->kind != KIND_one)
            return binder_refuse(binder, line, "'%.*s' is not of kind one: nothing lies in it",
                                 (int)part.length, part.at);
        if (place.steps == PLACE_STEPS)
            return binder_refuse(binder, line, "name '%.*s' has too many parts", (int)name.length,
                                 name.at);
        place.through[place.steps++] = (uint32_t)field->offset;
        shape = field->element;
        part = first_part(&rest);
        field = shape_field(shape, part.at, part.length);
    }
    if (field == NULL)
        return unknown(binder, line, name, shape);
    place.offset = (uint32_t)field->offset;
    *ret_place = place;
    *ret_field = field;
    return true;
}
