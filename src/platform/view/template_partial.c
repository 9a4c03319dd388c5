/* Partials: templates within templates, each bound to one shape. */
#include <string.h>

#include "platform/base/embedded.h"
#include "platform/view/template.h"

enum { PARTIALS_MAX = 8 };

const struct embedded *template_file(struct arena *arena, const char *name, const char *folder,
                                     struct span file, bool plain, const char **ret_path) {
    const char *slash = strrchr(name, '/');
    const char *path =
        arena_format(arena, "%.*s/templates/%s%.*s%s", slash == NULL ? 0 : (int)(slash - name),
                     name, folder, (int)file.length, file.at, plain ? ".txt" : ".html");
    const struct embedded *found = embedded_find(path);
    if (found != NULL)
        *ret_path = path;
    return found;
}

/* "{{! for field_view }}" at the top of a partial says what it is bound to; then it sees that shape
 * alone. "{{! for any }}": nothing but frame., form. and t. */
static bool partial_floor(struct binder *binder, const struct token *use,
                          const struct tokens *tokens, int *ret_floor) {
    struct span want = tokens->count > 0 && tokens->at[0].kind == TOKEN_COMMENT
                           ? tokens->at[0].text
                           : (struct span){"", 0};
    while (want.length > 0 && *want.at == ' ')
        want.at++, want.length--;
    if (want.length < 5 || memcmp(want.at, "for ", 4) != 0)
        return binder_refuse(binder, use->line,
                             "partial '%.*s' does not begin with {{! for SHAPE }}",
                             (int)use->text.length, use->text.at);
    want.at += 4, want.length -= 4;
    while (want.length > 0 && want.at[want.length - 1] == ' ')
        want.length--;
    *ret_floor = binder->depth;
    if (span_is(want, "any"))
        return true;
    const bool has_level = binder->depth > binder->floor;
    const char *is = has_level ? binder->levels[binder->depth - 1].shape->name : "no shape";
    if (!has_level || !span_is(want, is))
        return binder_refuse(binder, use->line, "partial '%.*s' is for %.*s and stands in %s",
                             (int)use->text.length, use->text.at, (int)want.length, want.at, is);
    *ret_floor = binder->depth - 1;
    return true;
}

static void bind_partial_tokens(struct binder *binder, const struct token *use,
                                const struct tokens *tokens, const char *path) {
    const int floor = binder->floor;
    const char *file = binder->file;
    int partial_sees = floor;
    if (!partial_floor(binder, use, tokens, &partial_sees))
        return;
    size_t at = 0;
    binder->floor = partial_sees;
    binder->file = path;
    binder_tokens(binder, tokens, &at, NULL);
    binder->floor = floor;
    binder->file = file;
    if (binder->reason != NULL)
        binder->reason =
            arena_format(binder->arena, "%s; asked for by %s:%d", binder->reason, file, use->line);
}

void binder_partial(struct binder *binder, const struct token *use) {
    const char *path = NULL, *why;
    const struct embedded *file =
        template_file(binder->arena, binder->name, "partials/", use->text, false, &path);
    if (file == NULL)
        file = template_file(binder->arena, "frame/", "partials/", use->text, false, &path);
    if (file == NULL) {
        (void)binder_refuse(binder, use->line, "there is no partial '%.*s'", (int)use->text.length,
                            use->text.at);
        return;
    }
    if (++binder->partials > PARTIALS_MAX)
        (void)binder_refuse(binder, use->line, "partials nested too deep");
    size_t length = file->length;
    if (!use->alone && length > 0 && file->bytes[length - 1] == '\n')
        length--; /* within a line the file's own line end is not meant */
    struct tokens tokens;
    int line;
    if (!template_parse(binder->arena, (const char *)file->bytes, length, 1, &tokens, &line, &why))
        (void)binder_refuse(binder, use->line, "%s:%d: %s", path, line, why);
    else if (binder->reason == NULL)
        bind_partial_tokens(binder, use, &tokens, path);
    binder->partials--;
}
