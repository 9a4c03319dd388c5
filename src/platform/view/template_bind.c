/* Tokens → operations: text, values, sections, and what must hold around them. */
#include <stdarg.h>
#include <string.h>

#include "platform/view/template.h"

enum { SECTIONS_MAX = 32, OPS_MAX = 100000 };

bool binder_refuse(struct binder *binder, int line, const char *format, ...) {
    if (binder->reason != NULL)
        return false;
    va_list args;
    va_start(args, format);
    const char *what = arena_vformat(binder->arena, format, args);
    va_end(args);
    binder->reason = arena_format(binder->arena, "%s:%d: %s", binder->file, line, what);
    return false;
}

struct op *binder_add(struct binder *binder, enum op_code code) {
    struct ops *ops = binder->ops;
    if (ops->count == ops->room) {
        ops->room = ops->room == 0 ? 1 : ops->room * 2; /* most words are one text */
        ops->at = arena_widen(binder->arena, ops->at, ops->count * sizeof ops->at[0],
                              ops->room * sizeof ops->at[0]);
    }
    struct op *op = &ops->at[ops->count++];
    *op = (struct op){.code = (uint8_t)code};
    return op;
}

static void bind_text(struct binder *binder, const struct token *token) {
    const char *why =
        binder->plain ? NULL : context_read(&binder->html, token->text.at, token->text.length);
    if (why != NULL)
        (void)binder_refuse(binder, token->line, "%s", why);
    binder_add(binder, OP_LITERAL)->literal = token->text;
}

static void bind_value(struct binder *binder, const struct token *token) {
    struct place place;
    const struct field *field;
    if (token->text.length > 2 && memcmp(token->text.at, "t.", 2) == 0) {
        const struct span key = {token->text.at + 2, token->text.length - 2};
        if (token->format.at != NULL)
            (void)binder_refuse(binder, token->line, "a word has no formats");
        else
            (void)word_bind(binder, token->line, key, token->count);
        return;
    }
    if (token->count.at != NULL)
        (void)binder_refuse(binder, token->line, "only words have a :count");
    else if (name_find(binder, token->line, token->text, &place, &field))
        (void)value_bind(binder, token->line, place, field, token->format);
}

/* ---- sections ---- */

/* What a section tests or enters; false and a refusal when its kind does not open one. */
static bool section_code(struct binder *binder, const struct token *token,
                         const struct field *field, enum op_code *ret_code, int *ret_wanted) {
    const bool enters = token->kind == TOKEN_SECTION && !token->presence;
    const char *code = NULL;
    *ret_wanted = -1;
    *ret_code = OP_TEST;
    if (field->kind == KIND_choice) {
        if (token->code.at == NULL)
            return binder_refuse(binder, token->line, "'%s' is a choice: write %s=code",
                                 field->name, field->name);
        code = arena_copy_span(binder->arena, token->code.at, token->code.length);
        *ret_wanted = choice_find(field->choices, code);
        return *ret_wanted >= 0 || binder_refuse(binder, token->line, "'%s' is not a code of %s",
                                                 code, field->choices->name);
    }
    if (token->code.at != NULL)
        return binder_refuse(binder, token->line, "'%s' is not a choice", field->name);
    if (token->presence && field->kind != KIND_list && field->kind != KIND_one)
        return binder_refuse(binder, token->line, "'%s' is neither list nor one: leave the ?",
                             field->name);
    if (enters && field->kind == KIND_list)
        *ret_code = OP_EACH;
    else if (enters && field->kind == KIND_one)
        *ret_code = OP_ENTER;
    return true;
}

static bool enter_level(struct binder *binder, const struct token *token,
                        const struct shape *shape) {
    if (binder->depth + LEVEL_FIRST >= LEVELS_MAX)
        return binder_refuse(binder, token->line, "sections nested too deep");
    binder->levels[binder->depth] = (struct level){shape, (uint8_t)(LEVEL_FIRST + binder->depth)};
    binder->depth++;
    return true;
}

static void bind_inside(struct binder *binder, const struct tokens *tokens, size_t *at,
                        const struct token *open) {
    const struct html_context before = binder->html;
    if (++binder->sections > SECTIONS_MAX)
        (void)binder_refuse(binder, open->line, "sections nested too deep");
    binder_tokens(binder, tokens, at, open);
    binder->sections--;
    if (binder->plain || binder->reason != NULL)
        return;
    const char *why = context_section(&binder->html);
    if (why != NULL)
        (void)binder_refuse(binder, open->line, "%s", why);
    else if (!context_joins(&before, &binder->html, &binder->html))
        (void)binder_refuse(binder, open->line,
                            "section '%.*s' ends in another place of the markup than it began",
                            (int)open->text.length, open->text.at);
}

static void bind_section(struct binder *binder, const struct tokens *tokens, size_t *at) {
    const struct token *open = &tokens->at[(*at)++];
    struct place place;
    const struct field *field;
    enum op_code code;
    int wanted;
    const char *why = binder->plain ? NULL : context_section(&binder->html);
    if (why != NULL)
        (void)binder_refuse(binder, open->line, "%s", why);
    if (!name_find(binder, open->line, open->text, &place, &field) ||
        !section_code(binder, open, field, &code, &wanted) || binder->reason != NULL)
        return;
    const size_t start = binder->ops->count;
    struct op *op = binder_add(binder, code);
    op->kind = (uint8_t)field->kind;
    op->negate = open->kind == TOKEN_INVERTED;
    op->place = place;
    op->level = (uint8_t)(LEVEL_FIRST + binder->depth);
    const uint8_t level = op->level;
    if (code == OP_EACH)
        op->size = field->element->size;
    else
        op->wanted = wanted;
    if (code != OP_TEST && !enter_level(binder, open, field->element))
        return;
    bind_inside(binder, tokens, at, open);
    if (code != OP_TEST)
        binder->depth--;
    if (code == OP_EACH) {
        struct op *next = binder_add(binder, OP_NEXT);
        next->level = level;
        next->size = field->element->size;
        next->jump = (uint32_t)start + 1;
    }
    binder->ops->at[start].jump = (uint32_t)binder->ops->count;
}

/* ---- all ---- */

static bool closes(const struct token *token, const struct token *open) {
    return open != NULL && token->text.length == open->text.length &&
           memcmp(token->text.at, open->text.at, open->text.length) == 0;
}

void binder_tokens(struct binder *binder, const struct tokens *tokens, size_t *at,
                   const struct token *open) {
    while (binder->reason == NULL && *at < tokens->count) {
        const struct token *token = &tokens->at[*at];
        if (binder->ops->count > OPS_MAX)
            (void)binder_refuse(binder, token->line, "template too large");
        if (token->kind == TOKEN_SECTION || token->kind == TOKEN_INVERTED) {
            bind_section(binder, tokens, at);
            continue;
        }
        (*at)++;
        if (token->kind == TOKEN_TEXT)
            bind_text(binder, token);
        else if (token->kind == TOKEN_VALUE)
            bind_value(binder, token);
        else if (token->kind == TOKEN_PARTIAL)
            binder_partial(binder, token);
        else if (token->kind == TOKEN_CLOSE && closes(token, open))
            return;
        else if (token->kind == TOKEN_CLOSE)
            (void)binder_refuse(binder, token->line, "section '%.*s' is closed but not open",
                                (int)token->text.length, token->text.at);
    }
    if (open != NULL && binder->reason == NULL)
        (void)binder_refuse(binder, open->line, "section '%.*s' is not closed",
                            (int)open->text.length, open->text.at);
}
