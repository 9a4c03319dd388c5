#include <string.h>

#include "pages/drafts/drafts.h"
#include "platform/base/text.h"
#include "platform/view/view.h"

enum { FIELDS_BYTES = 1 << 20 };

int draft_step_find(const struct draft_kind *kind, const char *name) {
    if (name == NULL)
        return -1;
    if (strcmp(name, DRAFT_CHECK) == 0)
        return (int)kind->step_count;
    for (size_t i = 0; i < kind->step_count; i++)
        if (strcmp(kind->steps[i].name, name) == 0)
            return (int)i;
    return -1;
}

static bool step_asks(const struct draft_kind *kind, int step, const char *field) {
    if (step < 0 || (size_t)step >= kind->step_count)
        return false;
    for (size_t i = 0; kind->steps[step].fields[i] != NULL; i++)
        if (strcmp(kind->steps[step].fields[i], field) == 0)
            return true;
    return false;
}

/* ---- merging ---- */

struct merge {
    struct arena *arena;
    struct input into;
    struct input_pair **end;
};

static void merge_from(struct merge *merge, const struct draft_kind *kind, int step, bool of_step,
                       const struct input *from) {
    for (const struct input_pair *pair = from->first; pair != NULL; pair = pair->next) {
        if (step_asks(kind, step, pair->name) != of_step)
            continue;
        struct input_pair *copy = ARENA_NEW(merge->arena, struct input_pair);
        *copy = *pair;
        copy->next = NULL;
        *merge->end = copy;
        merge->end = &copy->next;
        merge->into.count++;
    }
}

struct input draft_merge(struct arena *arena, const struct draft_kind *kind, int step,
                         const struct input *typed, const struct input *kept) {
    struct merge merge = {.arena = arena};
    merge.end = &merge.into.first;
    merge_from(&merge, kind, step, false, kept);
    merge_from(&merge, kind, step, true, typed);
    return merge.into;
}

/* ---- JSON ---- */

static void write_values(struct buffer *json, const struct input *input, const char *name,
                         size_t count) {
    if (count > 1)
        buffer_text(json, "[");
    const char *between = "";
    for (const struct input_pair *pair = input->first; pair != NULL; pair = pair->next) {
        if (strcmp(pair->name, name) != 0)
            continue;
        buffer_text(json, between);
        json_write_text(json, pair->value);
        between = ",";
    }
    if (count > 1)
        buffer_text(json, "]");
}

const char *draft_to_json(struct arena *arena, const struct form *form, const struct input *input) {
    struct buffer json = buffer_in(arena, FIELDS_BYTES);
    const char *between = "";
    buffer_text(&json, "{");
    for (size_t i = 0; i < form->count; i++) {
        size_t count = 0;
        for (const struct input_pair *pair = input->first; pair != NULL; pair = pair->next)
            count += strcmp(pair->name, form->fields[i].name) == 0;
        if (count == 0)
            continue;
        buffer_text(&json, between);
        json_write_text(&json, form->fields[i].name);
        buffer_text(&json, ":");
        write_values(&json, input, form->fields[i].name, count);
        between = ",";
    }
    buffer_text(&json, "}");
    return buffer_string(&json);
}

/* ---- errors ---- */

struct form_errors draft_errors_of(struct arena *arena, const struct draft_kind *kind, int step,
                                   const struct form_errors *errors) {
    struct form_errors own = {0};
    for (const struct form_error *error = errors->first; error != NULL; error = error->next) {
        if (error->field == NULL || !step_asks(kind, step, error->field->name))
            continue;
        struct form_error *copy = ARENA_NEW(arena, struct form_error);
        *copy = *error;
        copy->next = NULL;
        if (own.last == NULL)
            own.first = copy;
        else
            own.last->next = copy;
        own.last = copy;
        own.count++;
    }
    return own;
}

int draft_first_wrong(const struct draft_kind *kind, const struct form_errors *errors) {
    for (size_t step = 0; step < kind->step_count; step++)
        for (const struct form_error *error = errors->first; error != NULL; error = error->next)
            if (error->field != NULL && step_asks(kind, (int)step, error->field->name))
                return (int)step;
    return -1;
}
