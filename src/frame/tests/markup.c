#include "frame/tests/markup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

const char *markup_tight(struct arena *arena, const char *markup) {
    char *tight = arena_copy_text(arena, markup);
    size_t used = 0;
    for (const char *c = markup; *c != '\0'; c++) {
        if (!is_space(*c)) {
            tight[used++] = *c;
            continue;
        }
        while (is_space(c[1]))
            c++;
        const bool between = (used == 0 || tight[used - 1] == '>') && (c[1] == '<' || c[1] == '\0');
        if (!between)
            tight[used++] = ' ';
    }
    tight[used] = '\0';
    return tight;
}

void markup_assert_has(struct arena *arena, const char *markup, const char *part) {
    const char *tight = markup_tight(arena, markup), *want = markup_tight(arena, part);
    if (strstr(tight, want) == NULL)
        fail_msg("\n%s\nis not in\n%s", want, tight);
}

const char *markup_render(struct arena *arena, const char *template,
                          const struct markup_page *page) {
    const struct template *bound = NULL;
    const char *reason = "";
    const struct template_scope scope = {page->view_shape, page->frame_shape, page->form_shape};
    if (template_bind_text(arena, "frame/test", template, scope, &bound, &reason) != ERR_OK)
        fail_msg("refused: %s", reason);
    const struct template_data data = {page->view, page->frame, page->form, LANGUAGE_SV};
    struct buffer into = buffer_in(arena, 1 << 20);
    template_body(bound, &data, &into);
    return buffer_string(&into);
}
