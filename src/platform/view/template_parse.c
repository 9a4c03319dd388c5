/* Text → tokens, mustache's standalone lines removed: a line with nothing but one section tag,
 * comment or partial leaves no empty line behind. */
#include <string.h>

#include "platform/view/template.h"

struct parser {
    struct arena *arena;
    const char *start, *at, *end;
    int line;
    struct tokens tokens;
    size_t room;
    const char *why;
};

bool span_is(struct span span, const char *text) {
    return strlen(text) == span.length && memcmp(span.at, text, span.length) == 0;
}

static struct token *add(struct parser *parser, enum token_kind kind) {
    struct tokens *tokens = &parser->tokens;
    if (tokens->count == parser->room) {
        parser->room = parser->room == 0 ? 8 : parser->room * 2;
        tokens->at = arena_widen(parser->arena, tokens->at, tokens->count * sizeof tokens->at[0],
                                 parser->room * sizeof tokens->at[0]);
    }
    tokens->at[tokens->count] = (struct token){.kind = kind, .line = parser->line};
    return &tokens->at[tokens->count++];
}

static void add_text(struct parser *parser, const char *end) {
    if (end > parser->at)
        add(parser, TOKEN_TEXT)->text = (struct span){parser->at, (size_t)(end - parser->at)};
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Letters, digits, underscores, single dots or slashes inside. */
static struct span read_name(const char **at, const char *end) {
    const char *start = *at;
    const char *here = start;
    while (here < end &&
           (is_letter(*here) || ((*here == '.' || *here == '/') && here > start &&
                                 is_letter(here[-1]) && here + 1 < end && is_letter(here[1]))))
        here++;
    *at = here;
    return (struct span){start, (size_t)(here - start)};
}

static void skip_space(const char **at, const char *end) {
    while (*at < end && (**at == ' ' || **at == '\t' || **at == '\n'))
        (*at)++;
}

/* The inside of a tag behind its sign: name, then at most one of |format :count =code ?. */
static bool read_inside(struct parser *parser, struct token *token, const char *at,
                        const char *end) {
    skip_space(&at, end);
    token->text = read_name(&at, end);
    struct span *extra = NULL;
    if (at < end && *at == '|' && token->kind == TOKEN_VALUE)
        extra = &token->format;
    else if (at < end && *at == ':' && token->kind == TOKEN_VALUE)
        extra = &token->count;
    else if (at < end && *at == '=' && token->kind != TOKEN_VALUE && token->kind != TOKEN_PARTIAL)
        extra = &token->code;
    else if (at < end && *at == '?' && token->kind != TOKEN_VALUE && token->kind != TOKEN_PARTIAL)
        token->presence = true;
    if (extra != NULL) {
        at++;
        *extra = read_name(&at, end);
    } else if (token->presence) {
        at++;
    }
    skip_space(&at, end);
    if (token->text.length == 0 || (extra != NULL && extra->length == 0) || at != end)
        parser->why = "not a tag: want a name, then nothing, |format, :count, =code or ?";
    return parser->why == NULL;
}

static bool read_tag(struct parser *parser, const char *inside, const char *end) {
    static const struct {
        char sign;
        enum token_kind kind;
    } kinds[] = {{'#', TOKEN_SECTION},
                 {'^', TOKEN_INVERTED},
                 {'/', TOKEN_CLOSE},
                 {'>', TOKEN_PARTIAL},
                 {'!', TOKEN_COMMENT}};
    if (inside < end && strchr("{&=", *inside) != NULL) {
        parser->why = "raw output and other delimiters are not part of this engine";
        return false;
    }
    for (size_t i = 0; inside < end && i < sizeof kinds / sizeof kinds[0]; i++)
        if (*inside == kinds[i].sign) {
            struct token *token = add(parser, kinds[i].kind);
            token->text = (struct span){inside + 1, (size_t)(end - inside - 1)};
            return token->kind == TOKEN_COMMENT || read_inside(parser, token, inside + 1, end);
        }
    return read_inside(parser, add(parser, TOKEN_VALUE), inside, end);
}

/* ---- standalone lines ---- */

static bool blank(const char *from, const char *to) {
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    return from == to;
}

/* Whether a tag from `open` to `close` has its line to itself; then where that line begins, and
 * where the next one does. */
static bool standalone(const struct parser *parser, const char *open, const char *close,
                       const char **ret_line, const char **ret_next) {
    const char *line = open, *next = memchr(close, '\n', (size_t)(parser->end - close));
    while (line > parser->start && line[-1] != '\n')
        line--;
    const char *end = next == NULL ? parser->end : next;
    if (strchr("#^/>!", open[2]) == NULL || !blank(line, open) || !blank(close, end))
        return false;
    *ret_line = line;
    *ret_next = next == NULL ? end : next + 1;
    return true;
}

static void move_to(struct parser *parser, const char *to) {
    for (; parser->at < to; parser->at++)
        parser->line += *parser->at == '\n';
}

/* The text up to the next tag, and that tag. */
static void read_next(struct parser *parser) {
    const char *open = memmem(parser->at, (size_t)(parser->end - parser->at), "{{", 2);
    if (open == NULL) {
        add_text(parser, parser->end);
        move_to(parser, parser->end);
        return;
    }
    const char *close = memmem(open + 2, (size_t)(parser->end - open - 2), "}}", 2);
    const char *text_end = open, *next = close == NULL ? NULL : close + 2;
    const bool alone = close != NULL && standalone(parser, open, close + 2, &text_end, &next);
    add_text(parser, text_end);
    move_to(parser, open);
    if (close == NULL) {
        parser->why = "tag is not closed by }}";
    } else if (read_tag(parser, open + 2, close)) {
        parser->tokens.at[parser->tokens.count - 1].alone = alone;
        move_to(parser, next);
    }
}

bool template_parse(struct arena *arena, const char *text, size_t length, int line,
                    struct tokens *ret_tokens, int *ret_line, const char **ret_why) {
    struct parser parser = {
        .arena = arena, .start = text, .at = text, .end = text + length, .line = line};
    while (parser.at < parser.end && parser.why == NULL)
        read_next(&parser);
    *ret_line = parser.line;
    *ret_why = parser.why;
    if (parser.why != NULL)
        return false;
    *ret_tokens = parser.tokens;
    return true;
}
