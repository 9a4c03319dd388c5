/* Runs the operations of a bound template: no names are looked up any more. */
#include <string.h>

#include "platform/base/instant.h"
#include "platform/view/template.h"

struct cursor {
    const char *at; /* the struct that is shown */
    size_t left;    /* elements of its list, this one included */
};

struct rendering {
    struct cursor levels[LEVELS_MAX];
    enum language language;
    struct buffer *into;
};

/* ---- escaping ---- */

static const char *const entities[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};

void html_escape(struct buffer *into, const char *text) {
    for (;;) {
        const size_t plain = strcspn(text, "&<>\"'");
        buffer_add(into, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        buffer_text(into, entities[(unsigned char)*text++]);
    }
}

/* ---- values ---- */

/* Where the value lies; NULL when something on the way to it is not there. */
static const void *find(const struct rendering *rendering, const struct place *place) {
    const char *at = rendering->levels[place->level].at;
    for (int i = 0; at != NULL && i < place->steps; i++)
        at = *(const char *const *)(const void *)(at + place->through[i]);
    return at == NULL ? NULL : at + place->offset;
}

static const char *text_at(const struct rendering *rendering, const struct op *op) {
    const char *const *value = find(rendering, &op->place);
    return value == NULL || *value == NULL ? "" : *value;
}

static void show(const struct rendering *rendering, const struct op *op, const char *text) {
    if (op->escape)
        html_escape(rendering->into, text);
    else
        buffer_text(rendering->into, text);
}

static void show_number(const struct rendering *rendering, const struct op *op) {
    const int64_t *value = find(rendering, &op->place);
    struct line line;
    line.length = 0;
    if (value == NULL || (op->kind == KIND_id && *value == 0))
        return;
    format_value(&line, rendering->language, (enum format)op->format, (enum kind)op->kind, *value);
    line.at[line.length] = '\0';
    show(rendering, op, line.at);
}

static void show_choice(const struct rendering *rendering, const struct op *op) {
    const int *value = find(rendering, &op->place);
    if (value == NULL || *value < 0)
        return;
    const size_t row = (size_t)*value;
    if (op->code == OP_CODE) {
        if (row < op->choices->count)
            buffer_text(rendering->into, op->choices->at[row].code);
        return;
    }
    if (row >= op->choice->count)
        return;
    const struct choice_word *word = &op->choice->in[rendering->language][row];
    if (word->fell_back)
        message_fell_back(rendering->language);
    show(rendering, op, word->text);
}

/* Operations that print; words are made of these alone. */
static void run_value(const struct rendering *rendering, const struct op *op) {
    switch ((enum op_code)op->code) {
    case OP_LITERAL:
        buffer_add(rendering->into, op->literal.at, op->literal.length);
        break;
    case OP_TEXT:
        html_escape(rendering->into, text_at(rendering, op));
        break;
    case OP_PLAIN:
    case OP_MARKUP:
        buffer_text(rendering->into, text_at(rendering, op));
        break;
    case OP_FORMAT:
        show_number(rendering, op);
        break;
    case OP_CODE:
    case OP_CHOICE:
        show_choice(rendering, op);
        break;
    default:
        break;
    }
}

static void run_word(const struct rendering *rendering, const struct word_op *word) {
    const int64_t *count = word->has_count ? find(rendering, &word->count) : NULL;
    const struct message *message = &word->in[rendering->language].message;
    const size_t row = message_form_row(message, count == NULL ? 1 : *count);
    const struct word_form *form = &word->in[rendering->language].forms[row];
    if (word->in[rendering->language].fell_back)
        message_fell_back(rendering->language);
    for (size_t i = 0; i < form->count; i++)
        run_value(rendering, &form->ops[i]);
}

/* ---- sections ---- */

static bool truth(const struct op *op, const void *value) {
    if (value == NULL)
        return false;
    switch ((enum kind)op->kind) {
    case KIND_flag:
        return *(const bool *)value;
    case KIND_choice:
        return *(const int *)value == op->wanted;
    case KIND_time:
        return *(const int64_t *)value != INSTANT_NONE;
    case KIND_id:
    case KIND_int:
    case KIND_money:
        return *(const int64_t *)value != 0;
    case KIND_list:
        return ((const struct list *)value)->count > 0;
    case KIND_one:
        return *(const void *const *)value != NULL;
    default: { /* text and its kin: something to read */
        const char *text = *(const char *const *)value;
        return text != NULL && *text != '\0';
    }
    }
}

/* Makes the section's struct or first element a level; false when there is none. */
static bool enter(struct rendering *rendering, const struct op *op, const void *value) {
    struct cursor *level = &rendering->levels[op->level];
    if (value == NULL)
        return false;
    if (op->code == OP_ENTER) {
        *level = (struct cursor){*(const char *const *)value, 1};
    } else {
        const struct list *list = value;
        *level = (struct cursor){list->at, list->count};
    }
    return level->at != NULL && level->left > 0;
}

/* The operation that comes after this section's beginning or end. */
static const struct op *run_section(struct rendering *rendering, const struct op *ops,
                                    const struct op *op) {
    if (op->code == OP_NEXT) {
        struct cursor *level = &rendering->levels[op->level];
        level->at += op->size;
        return --level->left > 0 ? &ops[op->jump] : op + 1;
    }
    const void *value = find(rendering, &op->place);
    const bool goes_in =
        op->code == OP_TEST ? truth(op, value) != op->negate : enter(rendering, op, value);
    return goes_in ? op + 1 : &ops[op->jump];
}

static void run(const struct op *ops, const struct template_data *data, struct buffer *into) {
    struct rendering rendering = {.language = data->language, .into = into};
    rendering.levels[LEVEL_VIEW].at = data->view;
    rendering.levels[LEVEL_FRAME].at = data->frame;
    rendering.levels[LEVEL_FORM].at = data->form;
    for (const struct op *op = ops; op->code != OP_END;) {
        if (op->code >= OP_TEST) {
            op = run_section(&rendering, ops, op);
            continue;
        }
        if (op->code == OP_WORD)
            run_word(&rendering, op->word);
        else
            run_value(&rendering, op);
        op++;
    }
}

void template_title(const struct template *template, const struct template_data *data,
                    struct buffer *into) {
    run(template->title.at, data, into);
}

void template_body(const struct template *template, const struct template_data *data,
                   struct buffer *into) {
    run(template->body.at, data, into);
}
