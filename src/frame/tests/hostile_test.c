/* The hostile fixture: what visitors write comes back inert, wherever a template puts it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "frame/frame.h"
#include "frame/tests/markup.h"
#include "frame/tests/wellformed.h"
#include "platform/base/instant.h"
#include "platform/view/form.h"

static struct arena *arena;

#define EVERYWHERE(F, T)                                                                           \
    F(T, text, text, , "hostile")                                                                  \
    F(T, url, address, , "of a page")                                                              \
    F(T, slug, key, , "in an address")                                                             \
    F(T, id, id, , "number")                                                                       \
    F(T, html, body, , "safe by its kind")                                                         \
    F(T, one, facts, facts_view, "part")                                                           \
    F(T, one, tag, tag_view, "part")                                                               \
    F(T, one, pagination, pagination_view, "part")                                                 \
    F(T, one, process, process_view, "part")                                                       \
    F(T, one, row, list_row, "part")                                                               \
    F(T, one, empty, empty_view, "part")                                                           \
    F(T, one, chart, chart_view, "part")
SHAPE(everywhere, EVERYWHERE);

#define HOSTILE_FORM(F, T)                                                                         \
    F(T, text, name, , REQUIRED, 3, account, "")                                                   \
    F(T, lines, story, , OPTIONAL, 3, draft, "")                                                   \
    F(T, email, email, , OPTIONAL, 0, account, "")                                                 \
    F(T, money, cost, , OPTIONAL, 0, none, "")                                                     \
    F(T, date, day, , OPTIONAL, 0, none, "")                                                       \
    F(T, option, slot, , OPTIONAL, 0, none, "")                                                    \
    F(T, id, page, , OPTIONAL, 0, none, "")                                                        \
    F(T, ids, rows, , OPTIONAL, 0, none, "")
FORM(hostile_form, HOSTILE_FORM);

static const char everywhere_template[] =
    "<main id=\"innehall\"><p title=\"{{text}}\" lang='{{text}}' data-x=\"a {{text}} "
    "b\">{{text}}</p>"
    "<textarea id=\"a\" aria-label=\"{{text}}\">{{text}}</textarea>"
    "<svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><text x=\"{{text}}\">{{text}}</text></svg>"
    "<a href=\"{{address}}\">{{text}}</a> <a href=\"/p/{{id}}/{{key}}\">{{address}}</a>"
    "<select aria-label=\"x\"><option value=\"{{text}}\">{{text}}</option></select>"
    "<table><tbody><tr><td>{{text}}</td></tr></tbody></table>{{body}}{{>crumbs}}"
    "{{#facts}}{{>facts}}{{/facts}}{{#tag}}{{>tag}}{{/tag}}{{#pagination}}{{>pagination}}"
    "{{/pagination}}{{#process}}{{>process}}{{/process}}<ul>{{#row}}{{>list_row}}{{/row}}</ul>"
    "{{#empty}}{{>empty}}{{/empty}}{{#chart}}{{>bars}}{{>bars_table}}{{/chart}}"
    "<form action=\"{{address}}\" "
    "method=\"post\">{{>errors}}{{>form_token}}{{#form.name}}{{>field}}"
    "{{/form.name}}{{#form.story}}{{>field}}{{/form.story}}{{#form.email}}{{>field}}{{/form.email}}"
    "{{#form.cost}}{{>field}}{{/form.cost}}{{#form.day}}{{>field}}{{/form.day}}{{#form.slot}}"
    "{{>field}}{{/form.slot}}{{#form.page}}{{>field}}{{/form.page}}{{#form.rows}}{{>field}}"
    "{{/form.rows}}</form></main>";

static void assert_inert(const char *markup, size_t scripts) {
    size_t found = 0;
    for (const char *at = markup; (at = strstr(at, "<script")) != NULL; at++)
        found++;
    assert_int_equal(found, scripts);
    assert_null(strstr(markup, HOSTILE));
    assert_null(strstr(markup, "&'"));
    assert_non_null(strstr(markup, "&quot;&gt;&lt;script&gt;&amp;&#39;"));
    const char *fault = wellformed_fault(arena, markup);
    if (fault != NULL)
        fail_msg("%s", fault);
}

/* The form again, with the hostile text in every field. */
static struct hostile_form_fields *hostile_fields(void) {
    struct hostile_form_fields *fields = ARENA_NEW(arena, struct hostile_form_fields);
    struct hostile_form form = {0};
    struct form_errors errors = {.count = 0};
    struct input input = {.count = 0};
    static const struct option_view options[] = {
        {.code = HOSTILE, .label = HOSTILE, .help = HOSTILE}};
    const struct form_options given = {.field = "slot", .at = options, .count = 1};
    for (size_t i = 0; i < hostile_form_form.count; i++)
        input_add(arena, &input, hostile_form_form.fields[i].name, HOSTILE, strlen(HOSTILE));
    form_read(&hostile_form_form, arena, &input, &form, &errors);
    form_refuse(arena, &errors, &hostile_form_form, NULL, HOSTILE);
    form_show(&hostile_form_form, arena, LANGUAGE_SV, &input, NULL, &errors, &given, fields);
    assert_true(fields->head.error_count > 4);
    return fields;
}

static void test_everywhere(void **state) {
    (void)state;
    struct everywhere view = {0};
    struct frame_view frame = {0};
    hostile_fill(arena, &everywhere_shape, &view, 4);
    hostile_fill(arena, &frame_view_shape, &frame, 2);
    const struct markup_page page = {.view_shape = &everywhere_shape,
                                     .frame_shape = &frame_view_shape,
                                     .form_shape = &hostile_form_fields_shape,
                                     .view = &view,
                                     .frame = &frame,
                                     .form = hostile_fields()};
    assert_inert(markup_render(arena, everywhere_template, &page), 0);
}

static void test_frame(void **state) {
    (void)state;
    struct frame_view frame = {0};
    hostile_fill(arena, &frame_view_shape, &frame, 2);
    const struct template *template = NULL;
    const char *reason = "";
    const struct template_scope scope = {.view = &frame_view_shape, .frame = &frame_view_shape};
    if (template_bind(arena, "frame/page", scope, &template, &reason) != ERR_OK)
        fail_msg("refused: %s", reason);
    const struct template_data data = {.view = &frame, .frame = &frame, .language = LANGUAGE_SV};
    struct buffer into = buffer_in(arena, 1 << 20);
    template_body(template, &data, &into);
    assert_inert(buffer_string(&into), 1);
}

/* The check itself finds what it is there for. */
static void test_faults_are_found(void **state) {
    (void)state;
    static const struct {
        const char *markup, *want;
    } cases[] = {
        {"<p>a", "not closed"},
        {"<p><b>a</p></b>", "closed but not open"},
        {"<p class=a>", "without quotes"},
        {"<p class=\"a\" class=\"b\">", "given twice"},
        {"<p class=\"a\"id=\"b\">", "white space"},
        {"<p class=\"a", "not ended"},
        {"<p id=\"a\"></p><p id=\"a\"></p>", "two elements with one id"},
        {"<label for=\"a\">x</label>", "reference to nothing"},
        {"<p aria-describedby=\"a b\" id=\"a\">x</p>", "reference to nothing: b"},
        {"<a href=\"/\"> </a>", "without a name"},
        {"<a href=\"/\"><span></span></a>", "without a name"},
        {"<div><li>a</li></div>", "astray"},
        {"<p>a & b</p>", NULL},
        {"<p>&abcdefghijklmn;</p>", "bare ampersand"},
        {"<a href=\"/\" aria-label=\"x\"></a><br><img alt=\"\"><svg><path d=\"x\"/></svg>", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *fault = wellformed_fault(arena, cases[i].markup);
        if ((fault == NULL) != (cases[i].want == NULL) ||
            (fault != NULL && strstr(fault, cases[i].want) == NULL))
            fail_msg("%s: %s", cases[i].markup, fault == NULL ? "no fault" : fault);
    }
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
    return words_load(NULL) == ERR_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everywhere),
        cmocka_unit_test(test_frame),
        cmocka_unit_test(test_faults_are_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
