/* What prints: fields, words, and the fields inside words. */
#include <string.h>

#include "platform/view/template.h"

enum { KEY_BYTES = 96 };

/* The format that holds when a tag names none. */
static enum format default_format(const struct binder *binder, enum kind kind) {
    if (binder->plain || binder->in_word || context_for_people(&binder->html))
        return format_usual(kind);
    return kind == KIND_time ? FORMAT_ISO : kind == KIND_choice ? FORMAT_NONE : FORMAT_PLAIN;
}

static struct choice_op *bind_choice(struct binder *binder, int line,
                                     const struct choices *choices) {
    struct choice_op *op = ARENA_NEW(binder->arena, struct choice_op);
    op->count = choices->count;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        op->in[language] = ARENA_ARRAY(binder->arena, op->count, struct choice_word);
        for (size_t row = 0; row < op->count; row++) {
            char key[KEY_BYTES];
            struct message message;
            (void)snprintf(key, sizeof key, "%s.%s", choices->name, choices->at[row].code);
            if (!message_find((enum language)language, key, strlen(key), &message)) {
                (void)binder_refuse(binder, line, "no word '%s'", key);
                return NULL;
            }
            op->in[language][row] =
                (struct choice_word){message.forms[0], message.language != (enum language)language};
        }
    }
    return op;
}

static bool bind_number(struct binder *binder, int line, const struct field *field,
                        struct span format_name, struct place place) {
    enum format format = default_format(binder, field->kind);
    if (format_name.at != NULL && (!format_from_name(format_name.at, format_name.length, &format) ||
                                   !format_fits(format, field->kind)))
        return binder_refuse(binder, line, "'%.*s' is not a format of '%s'",
                             (int)format_name.length, format_name.at, field->name);
    struct op *op = NULL;
    if (format == FORMAT_WORD) {
        const struct choice_op *words = bind_choice(binder, line, field->choices);
        if (words == NULL)
            return false;
        op = binder_add(binder, OP_CHOICE);
        op->choice = words;
    } else if (field->kind == KIND_choice) {
        op = binder_add(binder, OP_CODE);
        op->choices = field->choices;
    } else {
        op = binder_add(binder, OP_FORMAT);
        op->format = (uint8_t)format;
    }
    op->kind = (uint8_t)field->kind;
    op->escape = !binder->plain;
    op->place = place;
    return true;
}

bool value_bind(struct binder *binder, int line, struct place place, const struct field *field,
                struct span format) {
    if (field->kind == KIND_flag || field->kind == KIND_one || field->kind == KIND_list)
        return binder_refuse(binder, line, "'%s' is a %s: it opens a section, it is not printed",
                             field->name,
                             field->kind == KIND_flag  ? "flag"
                             : field->kind == KIND_one ? "one"
                                                       : "list");
    if (binder->plain && field->kind == KIND_html)
        return binder_refuse(binder, line, "'%s' is html, and this is plain text", field->name);
    const char *why = binder->plain ? NULL : context_value(&binder->html, field->kind);
    if (why != NULL)
        return binder_refuse(binder, line, "'%s': %s", field->name, why);
    if (field->kind != KIND_text && field->kind != KIND_slug && field->kind != KIND_url &&
        field->kind != KIND_html)
        return bind_number(binder, line, field, format, place);
    if (format.at != NULL)
        return binder_refuse(binder, line, "'%s' is text: it has no formats", field->name);
    binder_add(binder, field->kind == KIND_html ? OP_MARKUP
                       : binder->plain          ? OP_PLAIN
                                                : OP_TEXT)
        ->place = place;
    return true;
}

/* ---- words ---- */

static void bind_literal(struct binder *binder, const char *text, size_t length) {
    struct op *op = binder_add(binder, OP_LITERAL);
    op->literal = (struct span){text, length};
    if (binder->plain || strcspn(text, "&<>\"'") >= length)
        return;
    struct buffer escaped = buffer_in(binder->arena, length * 8 + 256);
    html_escape(&escaped, arena_copy_span(binder->arena, text, length));
    op->literal = (struct span){buffer_string(&escaped), escaped.length};
}

static bool bind_form(struct binder *binder, int line, struct span key, const char *text,
                      struct word_form *ret_form) {
    struct ops ops = {.count = 0}, *outer = binder->ops;
    struct message_part part;
    enum message_piece piece;
    binder->ops = &ops;
    while (binder->reason == NULL && (piece = message_next(&text, &part)) != MESSAGE_END) {
        struct place place;
        const struct field *field;
        if (piece == MESSAGE_BROKEN)
            (void)binder_refuse(binder, line, "word '%.*s' has a brace that is no {field}",
                                (int)key.length, key.at);
        else if (piece == MESSAGE_TEXT)
            bind_literal(binder, part.at, part.length);
        else if (name_find(binder, line, (struct span){part.at, part.length}, &place, &field))
            (void)value_bind(binder, line, place, field,
                             (struct span){part.format, part.format_length});
    }
    binder->ops = outer;
    *ret_form = (struct word_form){ops.at, ops.count};
    return binder->reason == NULL;
}

static bool bind_message(struct binder *binder, int line, struct span key, struct word_op *word,
                         enum language language) {
    struct message message;
    if (!message_find(language, key.at, key.length, &message))
        return binder_refuse(binder, line, "no word '%.*s'", (int)key.length, key.at);
    word->in[language].message = message;
    word->in[language].fell_back = message.language != language;
    if (message.language != language) { /* Swedish comes first, so it is bound */
        word->in[language].forms = word->in[message.language].forms;
        return true;
    }
    if (message.count > 1 && !word->has_count)
        return binder_refuse(binder, line, "word '%.*s' has plural forms: write {{t.%.*s:count}}",
                             (int)key.length, key.at, (int)key.length, key.at);
    word->in[language].forms = ARENA_ARRAY(binder->arena, message.count, struct word_form);
    for (size_t i = 0; i < message.count; i++)
        if (!bind_form(binder, line, key, message.forms[i], &word->in[language].forms[i]))
            return false;
    return true;
}

bool word_bind(struct binder *binder, int line, struct span key, struct span count) {
    struct word_op *word = ARENA_NEW(binder->arena, struct word_op);
    const char *why = binder->plain ? NULL : context_value(&binder->html, KIND_text);
    if (why != NULL)
        return binder_refuse(binder, line, "word '%.*s': %s", (int)key.length, key.at, why);
    if (count.at != NULL) {
        if (!name_find(binder, line, count, &binder->n_place, &binder->n))
            return false;
        if (binder->n->kind != KIND_int)
            return binder_refuse(binder, line, "'%s' is not an int: it cannot pick a plural form",
                                 binder->n->name);
        word->has_count = true;
        word->count = binder->n_place;
    }
    binder->in_word = true;
    bool fine = true;
    for (int language = 0; fine && language < LANGUAGE_COUNT; language++)
        fine = bind_message(binder, line, key, word, (enum language)language);
    binder->in_word = false;
    binder->n = NULL;
    if (fine)
        binder_add(binder, OP_WORD)->word = word;
    return fine;
}
