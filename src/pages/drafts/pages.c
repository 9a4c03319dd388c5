#include <string.h>

#include "pages/drafts/drafts.h"
#include "people/people.h"

static struct url step_address(struct arena *arena, const struct draft_kind *kind, int64_t draft,
                               const char *step) {
    return url_own(arena_format(arena, "%s/%lld/%s", kind->address, (long long)draft, step));
}

static const char *step_title(const struct request *rq, const struct draft_kind *kind,
                              const char *step) {
    return word(rq->language, arena_format(rq->arena, "%s.step.%s", kind->form->name, step));
}

static const char *step_name(const struct draft_kind *kind, size_t step) {
    return step < kind->step_count ? kind->steps[step].name : DRAFT_CHECK;
}

void draft_view_fill(struct request *rq, const struct draft_kind *kind, const struct draft *draft,
                     int step, struct draft_view *ret_view) {
    const size_t count = kind->step_count + 1;
    struct draft_step_view *steps = ARENA_ARRAY(rq->arena, count, struct draft_step_view);
    for (size_t i = 0; i < count; i++) {
        const char *name = step_name(kind, i);
        const int state = (int)i == step              ? draft_step_state_current
                          : (int64_t)i <= draft->step ? draft_step_state_done
                                                      : draft_step_state_next;
        steps[i] = (struct draft_step_view){
            .name = name,
            .title = step_title(rq, kind, name),
            .address = step_address(rq->arena, kind, draft->id, name),
            .state = state,
        };
    }
    *ret_view = (struct draft_view){
        .id = draft->id,
        .number = step + 1,
        .of = (int64_t)count,
        .title = steps[step].title,
        .steps = {steps, count},
        .saved_at = draft->updated_at,
        .ends_at = draft->ends_at,
    };
}

/* ---- answers ---- */

static const char *option_labels(struct arena *arena, const struct field_view *field) {
    const char *labels = NULL;
    for (size_t i = 0; i < field->options.count; i++) {
        const struct option_view *option = &field->options.at[i];
        if (!option->chosen)
            continue;
        labels =
            labels == NULL ? option->label : arena_format(arena, "%s, %s", labels, option->label);
    }
    return labels;
}

static const char *answer_value(const struct request *rq, const struct field_view *field) {
    if (field->is_flag)
        return word(rq->language, field->chosen ? "answer.yes" : "answer.no");
    if (field->options.count > 0)
        return option_labels(rq->arena, field);
    return field->value != NULL && field->value[0] != '\0' ? field->value : NULL;
}

void draft_answers(struct request *rq, const struct draft_kind *kind, const struct draft *draft,
                   const struct form_options *options, struct draft_answer_view_list *ret_answers) {
    const struct form *form = kind->form;
    struct input kept = {0};
    if (input_from_json(rq->arena, draft->fields, strlen(draft->fields), &kept) != ERR_OK)
        kept = (struct input){0};
    void *fields = arena_take(rq->arena, form->fields_shape->size);
    const struct form_errors none = {0};
    form_show(form, rq->arena, rq->language, &kept, NULL, &none, options, fields);
    struct draft_answer_view *at = ARENA_ARRAY(rq->arena, form->count, struct draft_answer_view);
    size_t count = 0;
    for (size_t step = 0; step < kind->step_count; step++)
        for (size_t i = 0; kind->steps[step].fields[i] != NULL; i++) {
            const char *name = kind->steps[step].fields[i];
            const struct field *place = shape_field(form->fields_shape, name, strlen(name));
            const struct field_view *field =
                *(struct field_view *const *)((const char *)fields + place->offset);
            at[count++] = (struct draft_answer_view){
                .name = name,
                .label = field->label,
                .value = answer_value(rq, field),
                .address = step_address(rq->arena, kind, draft->id, kind->steps[step].name),
            };
        }
    *ret_answers = (struct draft_answer_view_list){at, count};
}
