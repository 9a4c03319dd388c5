/* Memory that runs out at any point: the recovery point is reached, and nothing is lost or left
 * (STYLE 9.5; the leak sanitizer watches). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/view/form.h"
#include "platform/view/tests/shapes.h"
#include "platform/view/view.h"

#define FAULT_FORM(F, T)                                                                           \
    F(T, text, name, , REQUIRED, 3, account, "")                                                   \
    F(T, money, cost, , OPTIONAL, 0, none, "")                                                     \
    F(T, picks, states, test_state, OPTIONAL, 0, none, "")                                         \
    F(T, ids, rows, , OPTIONAL, 0, none, "")
FORM(fault_form, FAULT_FORM);

static void bind_and_render(struct arena *arena) {
    static const struct template_scope scope = {&page_view_shape, &test_frame_shape, NULL};
    const struct template *template;
    const char *reason;
    const struct page_view page = {.title = "a & b", .count = 2, .closes_at = INSTANT_NONE};
    const struct template_data data = {.view = &page, .language = LANGUAGE_SV};
    if (template_bind_text(arena, "test/page",
                           "<title>{{title}}</title>\n<p>{{t.rows:count}}</p>{{>any}}{{state}}",
                           scope, &template, &reason) != ERR_OK)
        fail_msg("refused: %s", reason);
    struct buffer into = buffer_in(arena, 1 << 16);
    template_body(template, &data, &into);
    json_write(&into, &page_view_shape, &page);
    assert_non_null(strstr(buffer_string(&into), "2 rader"));
}

static void read_and_show(struct arena *arena) {
    static const char json[] =
        "{\"name\":\"Alva\",\"cost\":250,\"states\":[\"open\"],\"rows\":[1]}";
    struct input input;
    struct fault_form form = {0};
    struct form_errors errors = {.count = 0};
    struct fault_form_fields fields = {.head = {0}};
    assert_int_equal(input_from_json(arena, json, sizeof json - 1, &input), ERR_OK);
    form_read(&fault_form_form, arena, &input, &form, &errors);
    form_show(&fault_form_form, arena, LANGUAGE_SV, &input, NULL, &errors, NULL, &fields);
    assert_int_equal(fields.head.error_count, 1);
}

static void turn_into_markup(struct arena *arena) {
    const struct html html = html_from_markdown(arena, "# a\n\n[b](https://c.example) <i>", 2);
    assert_non_null(strstr(html.markup, "nofollow"));
}

/* True when the work was done before the n-th allocation failed. */
static bool done_before(void (*work)(struct arena *arena), size_t allocations) {
    struct arena *arena = arena_new(1 << 20);
    volatile bool done = false;
    arena_fail_after(arena, allocations);
    if (!ARENA_RECOVER(arena)) {
        work(arena);
        done = true;
    }
    arena_free(arena);
    return done;
}

static void fail_each(void (*work)(struct arena *arena)) {
    size_t allocations = 1;
    while (!done_before(work, allocations))
        allocations++;
    assert_true(allocations > 3);
}

static void test_templates(void **state) {
    (void)state;
    fail_each(bind_and_render);
}

static void test_forms(void **state) {
    (void)state;
    fail_each(read_and_show);
}

static void test_markup(void **state) {
    (void)state;
    fail_each(turn_into_markup);
}

static int set_up(void **state) {
    (void)state;
    return words_load(NULL) == ERR_OK ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_markup),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
