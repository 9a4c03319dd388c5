/* Any text as a template: it binds or is refused with a reason, and what binds renders. */
#include <stdlib.h>
#include <string.h>

#include "platform/base/instant.h"
#include "platform/view/tests/shapes.h"
#include "platform/view/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static struct row_view rows[] = {{.id = 1, .label = "a<b", .votes = 1843, .cost = 1250},
                                 {.id = 2, .address = {"/b"}}};
static struct place_view home = {.name = "Åvik"};
static struct owner_view owner = {.name = "Siv", .home = &home};
static const struct page_view page = {.id = 5,
                                      .title = "\"><script>&'",
                                      .key = "bad",
                                      .address = {"/bad"},
                                      .body = {"<p>Fritt</p>"},
                                      .count = 2,
                                      .open = true,
                                      .closes_at = INT64_C(1781474400000000),
                                      .state = test_state_open,
                                      .owner = &owner,
                                      .rows = {rows, 2}};
static const struct page_view empty = {.closes_at = INSTANT_NONE};

static void render(struct arena *arena, const struct template *template,
                   const struct page_view *view) {
    const struct test_frame frame = {.token = "t"};
    const struct template_data data = {.view = view, .frame = &frame, .language = LANGUAGE_FI};
    struct buffer title = buffer_in(arena, 16 << 20), into = buffer_in(arena, 16 << 20);
    template_title(template, &data, &title);
    template_body(template, &data, &into);
    /* Literal text may hold anything, a value of ours never does. */
    if (strstr(buffer_string(&into), "\"><script>&'") != NULL)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static bool loaded;
    static const struct template_scope scope = {&page_view_shape, &test_frame_shape, NULL};
    if (!loaded && words_load(NULL) != ERR_OK)
        abort();
    loaded = true;
    struct arena *arena = arena_new(64 << 20);
    char *text = arena_copy_span(arena, (const char *)bytes, length);
    for (char *found; (found = strstr(text, "\"><script>&'")) != NULL;)
        *found = ' ';
    const struct template *template = NULL;
    const char *reason = NULL;
    if (!ARENA_RECOVER(arena)) {
        if (template_bind_text(arena, "test/page", text, scope, &template, &reason) == ERR_OK) {
            render(arena, template, &page);
            render(arena, template, &empty);
        } else if (reason == NULL || strstr(reason, "test/page:") == NULL) {
            abort();
        }
    }
    arena_free(arena);
    return 0;
}
