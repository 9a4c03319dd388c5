/* Forms as templates show them: a field_view for each field, and the summary of errors. */
#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/text.h"
#include "platform/view/form.h"
#include "platform/view/format.h"

enum { RADIOS_MAX = 7, SHOWN_BYTES = 64 << 10 };

struct showing {
    const struct form *form;
    struct arena *arena;
    enum language language;
    const struct input *input;
    const struct form_errors *errors;
    const struct form_options *options;
    const struct form_field *field;
    const void *value; /* in a filled form struct; NULL = nothing to begin with */
    struct field_view *view;
};

/* What a message about a field may name. */
#define LIMIT_VIEW(F, T)                                                                           \
    F(T, int, limit, , "characters, picks or largest number")                                      \
    F(T, money, amount, , "largest amount")                                                        \
    F(T, int, megabytes, , "of a file")
SHAPE(limit_view, LIMIT_VIEW);

const char *form_error_text(struct arena *arena, enum language language,
                            const struct form_error *error) {
    const struct limit_view limit = {
        .limit = error->limit, .amount = error->limit, .megabytes = error->limit >> 20};
    return word_filled(arena, language, error->word, -1, &limit_view_shape, &limit);
}

/* The label, which id and ids need only where they are chosen among, or the help. */
static const char *field_word(const struct showing *showing, const char *suffix) {
    const enum form_kind kind = showing->field->kind;
    const char *key =
        arena_format(showing->arena, "%s.%s%s", showing->form->name, showing->field->name, suffix);
    const bool may_lack = *suffix != '\0' || kind == FORM_id || kind == FORM_ids;
    return may_lack ? word_if_any(showing->language, key) : word(showing->language, key);
}

/* "What is it about?": no colon follows it. */
static bool is_question(const char *label) {
    const size_t length = label == NULL ? 0 : strlen(label);
    return length > 0 && label[length - 1] == '?';
}

/* ---- what stands in the field ---- */

static const struct input_pair *typed_pair(const struct showing *showing) {
    const struct input_pair *pair = showing->input == NULL ? NULL : showing->input->first;
    while (pair != NULL && strcmp(pair->name, showing->field->name) != 0)
        pair = pair->next;
    return pair;
}

static const char *number_text(struct arena *arena, enum language language, enum format format,
                               enum kind kind, int64_t number) {
    struct line line = {.length = 0};
    if (number == FORM_NONE) /* INSTANT_NONE is the same */
        return NULL;
    format_value(&line, language, format, kind, number);
    return arena_copy_span(arena, line.at, line.length);
}

/* The value of a filled form as a person would type it. */
static const char *value_text(const struct showing *showing) {
    struct arena *arena = showing->arena;
    const void *value = showing->value;
    switch (showing->field->kind) {
    case FORM_text:
    case FORM_lines:
    case FORM_email:
    case FORM_option:
        return *(const char *const *)value;
    case FORM_number:
        return number_text(arena, showing->language, FORMAT_PLAIN, KIND_int,
                           *(const int64_t *)value);
    case FORM_money:
        return number_text(arena, showing->language, FORMAT_NUMBER, KIND_money,
                           *(const int64_t *)value);
    case FORM_date: {
        const int64_t date = *(const int64_t *)value;
        const char *iso = number_text(arena, showing->language, FORMAT_ISO, KIND_time, date);
        return iso == NULL ? NULL : arena_copy_span(arena, iso, strlen("2026-06-09"));
    }
    case FORM_clock: {
        const int minutes = *(const int *)value;
        return minutes < 0 ? NULL : arena_format(arena, "%02d:%02d", minutes / 60, minutes % 60);
    }
    case FORM_choice: {
        const int row = *(const int *)value;
        return row < 0 ? NULL : choice_code(showing->field->choices, row);
    }
    case FORM_id: {
        const int64_t id = *(const int64_t *)value;
        return id == 0 ? NULL : arena_format(arena, "%lld", (long long)id);
    }
    default:
        return NULL; /* passwords and codes are never shown; the rest are not one text */
    }
}

static void show_value(struct showing *showing) {
    const enum form_kind kind = showing->field->kind;
    const struct input_pair *pair = typed_pair(showing);
    if (kind == FORM_password || kind == FORM_code || kind == FORM_file)
        return;
    if (kind == FORM_flag)
        showing->view->chosen =
            showing->input != NULL
                ? pair != NULL && pair->length > 0 && strcmp(pair->value, "0") != 0
                : showing->value != NULL && *(const bool *)showing->value;
    else if (showing->input != NULL)
        showing->view->value = pair == NULL ? NULL : pair->value;
    else if (showing->value != NULL)
        showing->view->value = value_text(showing);
}

/* ---- options ---- */

/* Whether the code was sent, or is among the values to begin with. */
static bool is_chosen(const struct showing *showing, const char *code, size_t row) {
    const enum form_kind kind = showing->field->kind;
    if (showing->input != NULL) {
        for (const struct input_pair *pair = showing->input->first; pair != NULL; pair = pair->next)
            if (strcmp(pair->name, showing->field->name) == 0 && strcmp(pair->value, code) == 0)
                return true;
        return false;
    }
    if (showing->value == NULL)
        return false;
    if (kind == FORM_picks)
        return (*(const uint64_t *)showing->value >> row & 1) != 0;
    if (kind != FORM_ids)
        return showing->view->value != NULL && strcmp(showing->view->value, code) == 0;
    const struct id_list *ids = showing->value;
    for (size_t i = 0; i < ids->count; i++)
        if (strcmp(arena_format(showing->arena, "%lld", (long long)ids->at[i]), code) == 0)
            return true;
    return false;
}

static void options_of_choices(struct showing *showing) {
    const struct choices *choices = showing->field->choices;
    struct option_view *at = ARENA_ARRAY(showing->arena, choices->count, struct option_view);
    for (size_t i = 0; i < choices->count; i++) {
        const char *code = choices->at[i].code;
        const char *key = arena_format(showing->arena, "%s.%s", choices->name, code);
        at[i] = (struct option_view){
            .id = arena_format(showing->arena, "%s-%s", showing->field->name, code),
            .code = code,
            .label = word(showing->language, key),
            .help = word_if_any(showing->language, arena_format(showing->arena, "%s.help", key)),
            .chosen = is_chosen(showing, code, i)};
    }
    showing->view->options = (struct option_view_list){at, choices->count};
}

static void options_given(struct showing *showing) {
    const struct form_options *given = showing->options;
    while (given != NULL && strcmp(given->field, showing->field->name) != 0)
        given = given->next;
    if (given == NULL)
        return;
    struct option_view *at = ARENA_ARRAY(showing->arena, given->count, struct option_view);
    for (size_t i = 0; i < given->count; i++) {
        at[i] = given->at[i];
        at[i].id = arena_format(showing->arena, "%s-%zu", showing->field->name, i + 1);
        if (showing->input != NULL || showing->value != NULL)
            at[i].chosen = is_chosen(showing, at[i].code, i);
    }
    showing->view->options = (struct option_view_list){at, given->count};
}

/* Hidden ids: those that were sent or are there to begin with. */
static void options_hidden(struct showing *showing) {
    size_t count = 0;
    const struct id_list *ids = showing->value;
    const size_t room = showing->input != NULL ? showing->input->count
                        : ids != NULL          ? ids->count
                                               : 0;
    struct option_view *at = ARENA_ARRAY(showing->arena, room, struct option_view);
    if (showing->input != NULL) {
        for (const struct input_pair *pair = showing->input->first; pair != NULL; pair = pair->next)
            if (strcmp(pair->name, showing->field->name) == 0)
                at[count++].code = pair->value;
    } else {
        for (; count < room; count++)
            at[count].code = arena_format(showing->arena, "%lld", (long long)ids->at[count]);
    }
    showing->view->options = (struct option_view_list){at, count};
}

/* ---- how the field looks ---- */

static void show_kind(struct showing *showing) {
    struct field_view *view = showing->view;
    const enum form_kind kind = showing->field->kind;
    const bool is_choice = kind == FORM_choice || kind == FORM_option || kind == FORM_id;
    if (kind == FORM_choice || kind == FORM_picks)
        options_of_choices(showing);
    else if (kind == FORM_option || kind == FORM_id || kind == FORM_ids)
        options_given(showing);
    if (kind == FORM_ids && view->options.count == 0)
        options_hidden(showing);
    view->is_lines = kind == FORM_lines;
    view->is_flag = kind == FORM_flag;
    view->is_file = kind == FORM_file;
    view->is_hidden = (kind == FORM_id && view->options.count == 0) ||
                      (kind == FORM_ids && view->options.count > 0 && view->options.at->id == NULL);
    view->is_picks = kind == FORM_picks || (kind == FORM_ids && !view->is_hidden);
    view->is_radios = is_choice && !view->is_hidden && view->options.count <= RADIOS_MAX;
    view->is_select = is_choice && !view->is_hidden && !view->is_radios;
    if (kind == FORM_lines && showing->field->max > 0)
        view->max = showing->field->max;
}

static void show_input(struct showing *showing) {
    static const struct {
        const char *type, *mode, *autocomplete;
    } looks[] = {[FORM_text] = {"text", NULL, NULL},
                 [FORM_email] = {"email", NULL, NULL},
                 [FORM_password] = {"password", NULL, "new-password"},
                 [FORM_code] = {"text", "numeric", "one-time-code"},
                 [FORM_number] = {"text", "numeric", NULL},
                 [FORM_money] = {"text", "decimal", NULL},
                 [FORM_date] = {"date", NULL, NULL},
                 [FORM_clock] = {"time", NULL, NULL},
                 [FORM_file] = {"file", NULL, NULL}};
    /* Fields about the person who fills in the form (WCAG 1.3.5), by their name. */
    static const struct {
        const char *name, *autocomplete;
    } known[] = {{"email", "email"},
                 {"name", "name"},
                 {"password", "current-password"},
                 {"phone", "tel"},
                 {"organisation", "organization"}};
    const enum form_kind kind = showing->field->kind;
    if (kind >= sizeof looks / sizeof looks[0] || looks[kind].type == NULL)
        return;
    showing->view->type = looks[kind].type;
    showing->view->input_mode = looks[kind].mode;
    showing->view->autocomplete = looks[kind].autocomplete;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(showing->field->name, known[i].name) == 0)
            showing->view->autocomplete = known[i].autocomplete;
}

static const struct form_error *first_error(const struct form_errors *errors,
                                            const struct form_field *field) {
    const struct form_error *error = errors == NULL ? NULL : errors->first;
    while (error != NULL && (error->field == NULL || strcmp(error->field->name, field->name) != 0))
        error = error->next;
    return error;
}

static void show_help(struct showing *showing) {
    struct field_view *view = showing->view;
    const struct form_error *error = first_error(showing->errors, showing->field);
    struct buffer ids = buffer_in(showing->arena, SHOWN_BYTES);
    view->help = field_word(showing, ".help");
    if (error != NULL)
        view->error = form_error_text(showing->arena, showing->language, error);
    if (view->help != NULL)
        buffer_format(&ids, " %s-h", view->name);
    if (view->max > 0)
        buffer_format(&ids, " %s-m", view->name);
    if (view->error != NULL)
        buffer_format(&ids, " %s-e", view->name);
    if (ids.length > 0)
        view->described_by = buffer_string(&ids) + 1;
}

static struct field_view *show_field(struct showing *showing) {
    showing->view = ARENA_NEW(showing->arena, struct field_view);
    showing->view->name = showing->field->name;
    showing->view->label = field_word(showing, "");
    showing->view->required = showing->field->need == REQUIRED;
    show_value(showing);
    show_kind(showing);
    show_input(showing);
    show_help(showing);
    return showing->view;
}

/* ---- the summary ---- */

static struct error_view *next_row(struct form_head *head) {
    return &head->errors.at[head->errors.count++];
}

static void summarise(const struct showing *showing, struct field_view *const *views,
                      struct form_head *head) {
    const size_t room = showing->errors == NULL ? 0 : showing->errors->count;
    head->errors.at = ARENA_ARRAY(showing->arena, room, struct error_view);
    for (const struct form_error *error = room == 0 ? NULL : showing->errors->first; error != NULL;
         error = error->next)
        if (error->field == NULL)
            *next_row(head) = (struct error_view){
                .text = form_error_text(showing->arena, showing->language, error)};
    for (size_t i = 0; i < showing->form->count; i++) {
        const struct field_view *view = views[i];
        if (view->error == NULL)
            continue;
        const bool grouped = (view->is_radios || view->is_picks) && view->options.count > 0;
        const char *id = grouped ? view->options.at[0].id : view->name;
        *next_row(head) =
            (struct error_view){.address = url_own(arena_format(showing->arena, "#%s", id)),
                                .label = view->label,
                                .is_question = is_question(view->label),
                                .text = view->error};
    }
    head->error_count = (int64_t)head->errors.count;
}

void form_show(const struct form *form, struct arena *arena, enum language language,
               const struct input *input, const void *values, const struct form_errors *errors,
               const struct form_options *options, void *ret_fields) {
    struct showing showing = {.form = form,
                              .arena = arena,
                              .language = language,
                              .input = input,
                              .errors = errors,
                              .options = options};
    struct field_view **views = ARENA_ARRAY(arena, form->count, struct field_view *);
    for (size_t i = 0; i < form->count; i++) {
        const struct field *slot = &form->fields_shape->fields[FORM_HEAD_FIELDS + i];
        showing.field = &form->fields[i];
        showing.value = values == NULL ? NULL : (const char *)values + showing.field->offset;
        views[i] = show_field(&showing);
        *(struct field_view **)(void *)((char *)ret_fields + slot->offset) = views[i];
    }
    summarise(&showing, views, ret_fields);
}
