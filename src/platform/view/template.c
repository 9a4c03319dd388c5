/* A template as a whole: its title line, its body, the file it stands in. */
#include <string.h>

#include "platform/base/embedded.h"
#include "platform/view/template.h"

static void bind_part(struct binder *binder, struct span text, int line, bool plain,
                      struct ops *ops) {
    struct tokens tokens = {.count = 0};
    const char *why;
    size_t at = 0;
    binder->ops = ops;
    binder->plain = plain;
    binder->html = (struct html_context){.state = HTML_TEXT};
    if (!template_parse(binder->arena, text.at, text.length, line, &tokens, &line, &why))
        (void)binder_refuse(binder, line, "%s", why);
    else
        binder_tokens(binder, &tokens, &at, NULL);
    if (binder->reason == NULL && !plain && binder->html.state != HTML_TEXT)
        (void)binder_refuse(binder, tokens.count == 0 ? line : tokens.at[tokens.count - 1].line,
                            "the template ends inside a tag, a value or a comment");
    binder_add(binder, OP_END);
}

struct source {
    struct span title, body;
    int body_line;
};

/* Parts "<title>…</title>" on the first line from the rest. */
static struct source split_title(struct binder *binder, const char *text, size_t length) {
    static const char open[] = "<title>", close[] = "</title>";
    const struct source whole = {{text, 0}, {text, length}, 1};
    if (length < sizeof open - 1 || memcmp(text, open, sizeof open - 1) != 0)
        return whole;
    const char *line_end = memchr(text, '\n', length);
    const char *title = text + sizeof open - 1;
    const size_t line_length = line_end == NULL ? 0 : (size_t)(line_end - text);
    if (line_length < sizeof open + sizeof close - 2 ||
        memcmp(line_end - (sizeof close - 1), close, sizeof close - 1) != 0) {
        (void)binder_refuse(binder, 1, "the title wants the whole first line");
        return whole;
    }
    const char *title_end = line_end - (sizeof close - 1);
    const size_t title_length = (size_t)(title_end - title);
    if (memchr(title, '<', title_length) != NULL || memchr(title, '&', title_length) != NULL)
        (void)binder_refuse(binder, 1, "a title is plain text: no < and no &");
    return (struct source){
        {title, title_length}, {line_end + 1, (size_t)(text + length - line_end - 1)}, 2};
}

static enum error bind_source(struct binder *binder, struct span text, bool plain,
                              const struct template **ret_template, const char **ret_reason) {
    struct template *template = ARENA_NEW(binder->arena, struct template);
    if (binder->scope.view != NULL)
        binder->levels[binder->depth++] = (struct level){binder->scope.view, LEVEL_VIEW};
    const struct source source = split_title(binder, text.at, text.length);
    bind_part(binder, source.title, 1, true, &template->title);
    bind_part(binder, source.body, source.body_line, plain, &template->body);
    if (binder->reason != NULL) {
        *ret_reason = binder->reason;
        return ERR_FAULT;
    }
    *ret_template = template;
    return ERR_OK;
}

enum error template_bind_text(struct arena *arena, const char *name, const char *text,
                              struct template_scope scope, const struct template **ret_template,
                              const char **ret_reason) {
    struct binder binder = {.arena = arena, .name = name, .file = name, .scope = scope};
    return bind_source(&binder, (struct span){text, strlen(text)}, false, ret_template, ret_reason);
}

enum error template_bind(struct arena *arena, const char *name, struct template_scope scope,
                         const struct template **ret_template, const char **ret_reason) {
    const char *slash = strrchr(name, '/'), *path;
    const char *last = slash == NULL ? name : slash + 1;
    const char *dot = strrchr(last, '.');
    const bool plain = dot != NULL && strcmp(dot, ".txt") == 0;
    const struct span file_name = {last, plain ? (size_t)(dot - last) : strlen(last)};
    const struct embedded *file = template_file(arena, name, "", file_name, plain, &path);
    if (file == NULL) {
        *ret_reason = arena_format(arena, "there is no template %s", name);
        return ERR_FAULT;
    }
    struct binder binder = {.arena = arena, .name = name, .file = path, .scope = scope};
    return bind_source(&binder, (struct span){(const char *)file->bytes, file->length}, plain,
                       ret_template, ret_reason);
}
