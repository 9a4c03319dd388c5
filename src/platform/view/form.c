/* Reading and checking what came in, field by field. */
#include "platform/view/form.h"

#include <assert.h>
#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/money.h"
#include "platform/base/text.h"

struct reading {
    const struct form *form;
    struct arena *arena;
    const struct input *input;
    struct form_errors *errors;
    const struct form_field *field;
    const struct input_pair *pair; /* the first that came for the field; NULL = none */
    void *at;                      /* where its value belongs */
};

/* Used where a field's own maximum is 0. */
static int64_t usual_max(enum form_kind kind) {
    switch (kind) {
    case FORM_lines:
        return 5000;
    case FORM_email:
        return 254;
    case FORM_code:
        return 12;
    case FORM_ids:
        return INPUT_PAIRS_MAX;
    case FORM_number:
    case FORM_money:
        return INT64_MAX;
    default:
        return 200;
    }
}

static int64_t max_of(const struct form_field *field) {
    return field->max > 0 ? field->max : usual_max(field->kind);
}

static void add_error(struct arena *arena, struct form_errors *errors,
                      const struct form_field *field, const char *word, int64_t limit) {
    struct form_error *error = ARENA_NEW(arena, struct form_error);
    *error = (struct form_error){.field = field, .word = word, .limit = limit};
    if (errors->last == NULL)
        errors->first = error;
    else
        errors->last->next = error;
    errors->last = error;
    errors->count++;
}

static void refuse(struct reading *reading, const char *word) {
    add_error(reading->arena, reading->errors, reading->field, word, max_of(reading->field));
}

static void refuse_if_required(struct reading *reading, const char *word) {
    if (reading->field->need == REQUIRED)
        refuse(reading, word);
}

void form_refuse(struct arena *arena, struct form_errors *errors, const struct form *form,
                 const char *field, const char *word) {
    const struct form_field *found = NULL;
    for (size_t i = 0; field != NULL && i < form->count; i++)
        if (strcmp(form->fields[i].name, field) == 0)
            found = &form->fields[i];
    assert(field == NULL || found != NULL);
    add_error(arena, errors, found, word, found == NULL ? 0 : max_of(found));
}

/* ---- text ---- */

/* The pair's text, cleaned; NULL when there is none, after a refusal where one is due. */
static const char *cleaned(struct reading *reading) {
    const char *text = "";
    if (reading->pair != NULL &&
        text_clean(reading->arena, reading->pair->value, reading->pair->length, &text) != ERR_OK) {
        refuse(reading, "field.characters");
        return NULL;
    }
    if (*text != '\0')
        return text;
    refuse_if_required(reading, "field.required");
    return NULL;
}

/* Line ends and tabs become spaces. */
static const char *on_one_line(struct arena *arena, const char *text) {
    if (strpbrk(text, "\n\t") == NULL)
        return text;
    char *line = arena_copy_text(arena, text);
    for (char *c = line; *c != '\0'; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    return line;
}

static void read_text(struct reading *reading) {
    const char *text = cleaned(reading);
    const enum form_kind kind = reading->field->kind;
    if (text == NULL)
        return;
    if (kind != FORM_lines && kind != FORM_password)
        text = on_one_line(reading->arena, text);
    *(const char **)reading->at = text;
    if (text_length(text) > (uint64_t)max_of(reading->field))
        refuse(reading, "field.too_long");
    else if (kind == FORM_email && text_email_key(reading->arena, text) == NULL)
        refuse(reading, "field.email");
}

/* Without blanks, which people leave between groups of digits. */
static const char *without_blanks(struct arena *arena, const char *text) {
    static const char *const blanks[] = {" ", "\t", "\n", "\u00a0", "\u202f", "\u2009"};
    char *digits = arena_copy_text(arena, text);
    size_t used = 0;
    for (const char *c = text; *c != '\0';) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
            if (text_begins(c, blanks[i]))
                skip = strlen(blanks[i]);
        if (skip == 0)
            digits[used++] = *c++;
        c += skip;
    }
    digits[used] = '\0';
    return digits;
}

static void read_code(struct reading *reading) {
    const char *text = cleaned(reading);
    if (text == NULL)
        return;
    const char *code = without_blanks(reading->arena, text);
    *(const char **)reading->at = code;
    if (strlen(code) > (size_t)max_of(reading->field) || strspn(code, "0123456789") != strlen(code))
        refuse(reading, "field.code");
}

static void read_flag(struct reading *reading) {
    const bool set = reading->pair != NULL && reading->pair->length > 0 &&
                     strcmp(reading->pair->value, "0") != 0;
    *(bool *)reading->at = set;
    if (!set)
        refuse_if_required(reading, "field.tick");
}

/* ---- numbers ---- */

/* Decimal digits and nothing else; false when they do not fit. */
static bool whole_number(const char *digits, int64_t *ret_number) {
    int64_t number = 0;
    if (*digits == '\0')
        return false;
    for (; *digits != '\0'; digits++) {
        if (*digits < '0' || *digits > '9' || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, *digits - '0', &number))
            return false;
    }
    *ret_number = number;
    return true;
}

static void read_number(struct reading *reading) {
    const char *text = cleaned(reading);
    int64_t number;
    *(int64_t *)reading->at = FORM_NONE;
    if (text == NULL)
        return;
    if (!whole_number(without_blanks(reading->arena, text), &number))
        refuse(reading, "field.number");
    else if (number > max_of(reading->field))
        refuse(reading, "field.number_too_large");
    else
        *(int64_t *)reading->at = number;
}

static void read_money(struct reading *reading) {
    const char *text = cleaned(reading);
    int64_t ore;
    *(int64_t *)reading->at = FORM_NONE;
    if (text == NULL)
        return;
    const bool fine = reading->pair->is_number ? whole_number(text, &ore) : money_parse(text, &ore);
    if (!fine || ore < 0)
        refuse(reading, "field.money");
    else if (ore > max_of(reading->field))
        refuse(reading, "field.money_too_large");
    else
        *(int64_t *)reading->at = ore;
}

static void read_date(struct reading *reading) {
    const char *text = cleaned(reading);
    struct civil civil = {0};
    *(int64_t *)reading->at = INSTANT_NONE;
    if (text == NULL)
        return;
    if (civil_date_parse(text, &civil))
        *(int64_t *)reading->at = instant_from_civil(civil);
    else
        refuse(reading, "field.date");
}

static void read_clock(struct reading *reading) {
    const char *text = cleaned(reading);
    struct civil civil = {0};
    *(int *)reading->at = -1;
    if (text == NULL)
        return;
    if (civil_time_parse(text, &civil))
        *(int *)reading->at = civil.hour * 60 + civil.minute;
    else
        refuse(reading, "field.clock");
}

/* ---- choices ---- */

static void read_choice(struct reading *reading) {
    const bool given = reading->pair != NULL && reading->pair->length > 0;
    const int row = given ? choice_find(reading->field->choices, reading->pair->value) : -1;
    *(int *)reading->at = row;
    if (row < 0 && (given || reading->field->need == REQUIRED))
        refuse(reading, "field.choose");
}

/* The field's next pair with something in it. */
static const struct input_pair *next_given(const struct reading *reading,
                                           const struct input_pair *pair) {
    while (pair != NULL && (pair->length == 0 || strcmp(pair->name, reading->field->name) != 0))
        pair = pair->next;
    return pair;
}

static void read_picks(struct reading *reading) {
    const struct choices *choices = reading->field->choices;
    uint64_t picks = 0;
    assert(choices->count <= 64);
    for (const struct input_pair *pair = next_given(reading, reading->pair); pair != NULL;
         pair = next_given(reading, pair->next)) {
        const int row = choice_find(choices, pair->value);
        if (row < 0) {
            refuse(reading, "field.choose");
            return;
        }
        picks |= UINT64_C(1) << row;
    }
    *(uint64_t *)reading->at = picks;
    if (picks == 0)
        refuse_if_required(reading, "field.choose_some");
    else if (reading->field->max > 0 && __builtin_popcountll(picks) > reading->field->max)
        refuse(reading, "field.too_many");
}

static void read_option(struct reading *reading) {
    const bool given = reading->pair != NULL && reading->pair->length > 0;
    const char *text = NULL;
    if (given &&
        (text_clean(reading->arena, reading->pair->value, reading->pair->length, &text) != ERR_OK ||
         *text == '\0' || text_length(text) > (uint64_t)max_of(reading->field)))
        text = NULL;
    *(const char **)reading->at = text;
    if (text == NULL && (given || reading->field->need == REQUIRED))
        refuse(reading, "field.choose");
}

static void read_id(struct reading *reading) {
    const bool given = reading->pair != NULL && reading->pair->length > 0;
    int64_t id = 0;
    const bool fine = given && whole_number(reading->pair->value, &id) && id > 0;
    *(int64_t *)reading->at = fine ? id : 0;
    if (!fine && (given || reading->field->need == REQUIRED))
        refuse(reading, "field.choose");
}

static void read_ids(struct reading *reading) {
    struct id_list *ids = reading->at;
    int64_t id;
    ids->at = ARENA_ARRAY(reading->arena, reading->input->count + 1, int64_t);
    for (const struct input_pair *pair = next_given(reading, reading->pair); pair != NULL;
         pair = next_given(reading, pair->next)) {
        if (!whole_number(pair->value, &id) || id == 0) {
            refuse(reading, "field.choose");
            return;
        }
        ids->at[ids->count++] = id;
    }
    if (ids->count == 0)
        refuse_if_required(reading, "field.choose_some");
    else if (ids->count > (uint64_t)max_of(reading->field))
        refuse(reading, "field.too_many");
}

static void read_file(struct reading *reading) {
    const struct upload *upload = reading->pair == NULL ? NULL : reading->pair->upload;
    if (upload == NULL || upload->path == NULL) {
        refuse_if_required(reading, "field.file");
        return;
    }
    *(struct upload *)reading->at = *upload;
    if (reading->field->max > 0 && upload->size > (uint64_t)reading->field->max)
        refuse(reading, "field.file_too_large");
}

/* ---- the form ---- */

void form_read(const struct form *form, struct arena *arena, const struct input *input,
               void *ret_form, struct form_errors *ret_errors) {
    static void (*const readers[])(struct reading * reading) = {
        [FORM_text] = read_text,     [FORM_lines] = read_text,    [FORM_email] = read_text,
        [FORM_password] = read_text, [FORM_code] = read_code,     [FORM_flag] = read_flag,
        [FORM_number] = read_number, [FORM_money] = read_money,   [FORM_date] = read_date,
        [FORM_clock] = read_clock,   [FORM_choice] = read_choice, [FORM_picks] = read_picks,
        [FORM_option] = read_option, [FORM_id] = read_id,         [FORM_ids] = read_ids,
        [FORM_file] = read_file};
    struct reading reading = {.form = form, .arena = arena, .input = input, .errors = ret_errors};
    for (size_t i = 0; i < form->count; i++) {
        reading.field = &form->fields[i];
        reading.at = (char *)ret_form + reading.field->offset;
        reading.pair = input->first;
        while (reading.pair != NULL && strcmp(reading.pair->name, reading.field->name) != 0)
            reading.pair = reading.pair->next;
        readers[reading.field->kind](&reading);
    }
}
