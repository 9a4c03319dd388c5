#include <string.h>

#include "platform/base/text.h"
#include "platform/db/engine.h"

/* Where the reader of a statement stands. */
struct scan {
    const char *at;
    enum engine engine;
    struct buffer out;
    struct statement_text *text;
};

static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name(char c) {
    return is_name_start(c) || (c >= '0' && c <= '9');
}

/* End of a quoted piece that begins at `at`; a doubled quote inside is a quote. NULL: no end. */
static const char *quoted_end(const char *at, bool backslashes) {
    const char quote = *at++;
    for (; *at != '\0'; at++) {
        const bool escaped = backslashes && *at == '\\' && at[1] != '\0';
        if (escaped || (*at == quote && at[1] == quote))
            at++;
        else if (*at == quote)
            return at + 1;
    }
    return NULL;
}

/* End of $tag$ … $tag$, `at` when it does not begin one, NULL without an end. */
static const char *dollar_end(const char *at) {
    const char *tag_end = at + 1;
    while (is_name(*tag_end))
        tag_end++;
    if (*tag_end != '$' || (at[1] >= '0' && at[1] <= '9'))
        return at;
    const size_t length = (size_t)(tag_end + 1 - at);
    for (const char *c = tag_end + 1; *c != '\0'; c++)
        if (strncmp(c, at, length) == 0)
            return c + length;
    return NULL;
}

/* Comments nest in PostgreSQL and do not in SQLite. */
static const char *comment_end(const char *at, bool nesting) {
    int depth = 1;
    for (at += 2; *at != '\0'; at++) {
        if (at[0] == '*' && at[1] == '/') {
            at++;
            if (--depth == 0)
                return at + 1;
        } else if (nesting && at[0] == '/' && at[1] == '*') {
            at++;
            depth++;
        }
    }
    return NULL;
}

/* End of what must be left alone at `at`: a string, quoted name or comment. `at` itself when
 * nothing of that kind begins here, NULL when it does not end. */
static const char *verbatim_end(const struct scan *scan) {
    const char *at = scan->at;
    const bool postgresql = scan->engine == ENGINE_POSTGRESQL;
    if (postgresql && (at[0] == 'E' || at[0] == 'e') && at[1] == '\'')
        return quoted_end(at + 1, true);
    if (at[0] == '\'' || at[0] == '"')
        return quoted_end(at, false);
    if (at[0] == '-' && at[1] == '-')
        return at + strcspn(at, "\n");
    if (at[0] == '/' && at[1] == '*')
        return comment_end(at, postgresql);
    if (postgresql && at[0] == '$')
        return dollar_end(at);
    return at;
}

/* Number of the parameter, from 1; 0 when there are too many. */
static size_t parameter_number(struct statement_text *text, struct span name) {
    for (size_t i = 0; i < text->count; i++)
        if (text->parameters[i].length == name.length &&
            memcmp(text->parameters[i].at, name.at, name.length) == 0)
            return i + 1;
    if (text->count == PARAMETERS_MAX)
        return 0;
    text->parameters[text->count++] = name;
    return text->count;
}

static enum error parameter_rewrite(struct scan *scan) {
    struct span name = {.at = scan->at + 1};
    while (is_name(name.at[name.length]))
        name.length++;
    const size_t number = parameter_number(scan->text, name);
    if (number == 0)
        return ERR_FAULT;
    buffer_format(&scan->out, "%c%zu", scan->engine == ENGINE_SQLITE ? '?' : '$', number);
    scan->at = name.at + name.length;
    return ERR_OK;
}

/* One word, string, cast, parameter or other character. */
static enum error scan_step(struct scan *scan) {
    const char *start = scan->at;
    const char *end = verbatim_end(scan);
    if (end == NULL)
        return ERR_FAULT;
    if (end == start) {
        if (start[0] == ':' && is_name_start(start[1]))
            return parameter_rewrite(scan);
        end = start + 1;
        if (start[0] == ':' && start[1] == ':')
            end = start + 2;
        else if (is_name(start[0])) /* as a whole, so that name'…' is no E'…' */
            while (is_name(*end))
                end++;
    }
    buffer_add(&scan->out, start, (size_t)(end - start));
    scan->at = end;
    return ERR_OK;
}

enum error statement_text(struct arena *arena, const char *sql, enum engine engine,
                          struct statement_text *ret_text) {
    struct statement_text text = {.count = 0};
    struct scan scan = {
        .at = sql, .engine = engine, .out = buffer_in(arena, 4 * strlen(sql) + 64), .text = &text};
    while (*scan.at != '\0')
        TRY(scan_step(&scan));
    text.sql = buffer_string(&scan.out);
    *ret_text = text;
    return ERR_OK;
}
