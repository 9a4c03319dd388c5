/* What bound templates write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/view/tests/shapes.h"
#include "platform/view/view.h"

static struct arena *arena;

static const struct template *bind(const char *text) {
    const struct template *template = NULL;
    const char *reason = "";
    const struct template_scope scope = {&page_view_shape, &test_frame_shape, NULL};
    if (template_bind_text(arena, "test/page", text, scope, &template, &reason) != ERR_OK)
        fail_msg("refused: %s", reason);
    return template;
}

static const char *render_in(enum language language, const char *text,
                             const struct page_view *view) {
    const struct test_frame frame = {.token = "tok<en", .title = "T"};
    const struct template_data data = {.view = view, .frame = &frame, .language = language};
    struct buffer into = buffer_in(arena, 1 << 20);
    template_body(bind(text), &data, &into);
    return buffer_string(&into);
}

static const char *render(const char *text, const struct page_view *view) {
    return render_in(LANGUAGE_SV, text, view);
}

static struct row_view rows[] = {
    {.id = 7, .label = "Brygga", .votes = 1843, .cost = 45000000, .address = {"/forslag/7"}},
    {.id = 8, .label = "Bänk <3", .votes = 12, .cost = 1250, .address = {"/forslag/8?a=1&b=2"}},
};
static struct place_view home = {.name = "Åvik"};
static struct owner_view owner = {.name = "Siv", .home = &home};
static const struct page_view page = {.id = 5,
                                      .title = "Bad & bastu",
                                      .key = "bad",
                                      .address = {"/bad"},
                                      .body = {"<p>Fritt</p>"},
                                      .count = 2,
                                      .cost = 200000000,
                                      .open = true,
                                      .closes_at = INT64_C(1781474400000000),
                                      .state = test_state_open,
                                      .owner = &owner,
                                      .rows = {rows, 2}};
static const struct page_view empty = {.closes_at = INSTANT_NONE};

static void test_text_is_escaped(void **state) {
    (void)state;
    assert_string_equal(render("<p title=\"{{title}}\">{{title}}</p>", &page),
                        "<p title=\"Bad &amp; bastu\">Bad &amp; bastu</p>");
    assert_string_equal(render("{{body}}|{{frame.token}}", &page), "<p>Fritt</p>|tok&lt;en");
    assert_string_equal(render("{{title}}{{body}}{{address}}{{key}}", &empty), "");
}

static void test_sections(void **state) {
    (void)state;
    static const char list[] = "{{#rows}}{{label}};{{/rows}}{{^rows}}none{{/rows}}";
    assert_string_equal(render(list, &page), "Brygga;Bänk &lt;3;");
    assert_string_equal(render(list, &empty), "none");
    static const char one[] =
        "{{#owner}}{{name}}, {{home.name}}{{/owner}}{{^owner}}nobody{{/owner}}";
    assert_string_equal(render(one, &page), "Siv, Åvik");
    assert_string_equal(render(one, &empty), "nobody");
    static const char present[] = "{{#rows?}}<ul>{{#rows}}<li>{{/rows}}</ul>{{/rows}}"
                                  "{{^rows?}}-{{/rows}}{{#owner?}}{{owner.name}}{{/owner}}";
    assert_string_equal(render(present, &page), "<ul><li><li></ul>Siv");
    assert_string_equal(render(present, &empty), "-");
    assert_string_equal(render("{{owner.home.name}}.", &empty), ".");
    assert_string_equal(render("{{#rows}}{{owner.name}} {{/rows}}", &page), "Siv Siv ");
}

static void test_sections_by_kind(void **state) {
    (void)state;
    static const char text[] =
        "{{#open}}f{{/open}}{{#title}}t{{/title}}{{#address}}u{{/address}}{{#body}}h{{/body}}"
        "{{#count}}i{{/count}}{{#closes_at}}c{{/closes_at}}{{#state=open}}o{{/state}}"
        "{{#id}}d{{/id}}{{#cost}}m{{/cost}}{{#key}}s{{/key}}{{^state=closed}}n{{/state}}";
    static const char inverted[] =
        "{{^open}}f{{/open}}{{^title}}t{{/title}}{{^address}}u{{/address}}{{^body}}h{{/body}}"
        "{{^count}}i{{/count}}{{^closes_at}}c{{/closes_at}}{{^state=open}}o{{/state}}";
    assert_string_equal(render(text, &page), "ftuhicodmsn");
    assert_string_equal(render(text, &empty), "n");
    assert_string_equal(render(inverted, &page), "");
    assert_string_equal(render(inverted, &empty), "ftuhico");
    const struct page_view blank = {.title = "", .closes_at = 0};
    assert_string_equal(render("{{^title}}t{{/title}}{{#closes_at}}c{{/closes_at}}", &blank), "tc");
}

/* People read formats, programs read digits. */
static void test_numbers_by_place(void **state) {
    (void)state;
    static const char text[] = "{{#rows}}<b title=\"{{votes}}\" data-n=\"{{votes}}\">{{votes}}, "
                               "{{cost}} {{cost|number}} {{votes|plain}}</b>{{/rows}}";
    assert_string_equal(render(text, &page),
                        "<b title=\"1\u00a0843\" data-n=\"1843\">1\u00a0843, "
                        "450\u00a0000\u00a0kr 450\u00a0000 1843</b>"
                        "<b title=\"12\" data-n=\"12\">12, 12,50\u00a0kr 12,50 12</b>");
    assert_string_equal(
        render("<time datetime=\"{{closes_at}}\">{{closes_at|deadline}}</time>", &page),
        "<time datetime=\"2026-06-15T00:00:00+02:00\">söndag 14 juni 2026 kl. "
        "23.59</time>");
    assert_string_equal(render("<p data-s=\"{{state}}\">{{state}}</p>", &page),
                        "<p data-s=\"open\">Öppet</p>");
    assert_string_equal(render("{{closes_at}}{{id}}", &empty), "");
}

static void test_links(void **state) {
    (void)state;
    assert_string_equal(
        render("{{#rows}}<a href=\"{{address}}\">{{id}}</a>{{/rows}}<a href=\"/p/{{id}}/{{key}}?n="
               "{{count}}#r{{id}}\">",
               &page),
        "<a href=\"/forslag/7\">7</a><a href=\"/forslag/8?a=1&amp;b=2\">8</a>"
        "<a href=\"/p/5/bad?n=2#r5\">");
    assert_string_equal(
        render("<a href=\"{{address}}?sida={{count}}\"><a href=\"#{{key}}\">", &page),
        "<a href=\"/bad?sida=2\"><a href=\"#bad\">");
}

static void test_sections_in_tags(void **state) {
    (void)state;
    static const char text[] = "<li{{#open}} aria-current=\"page\"{{/open}}{{#title}} "
                               "class=\"a{{#open}} b{{/open}}\"{{/title}}><input {{#open}}checked "
                               "{{/open}}id=\"x\"><br/>";
    assert_string_equal(render(text, &page),
                        "<li aria-current=\"page\" class=\"a b\"><input checked id=\"x\"><br/>");
    assert_string_equal(render(text, &empty), "<li><input id=\"x\"><br/>");
}

static void test_words(void **state) {
    (void)state;
    assert_string_equal(render("<p title=\"{{t.plain}}\">{{t.plain}}</p>", &page),
                        "<p title=\"Öppet &amp; &lt;fritt&gt;\">Öppet &amp; &lt;fritt&gt;</p>");
    assert_string_equal(render("{{t.rows:count}}", &page), "2 rader av Bad &amp; bastu");
    const struct page_view single = {.count = 1, .title = "<x>"};
    assert_string_equal(render("{{t.rows:count}}", &single), "1 rad av &lt;x&gt;");
    assert_string_equal(render_in(LANGUAGE_EN, "{{t.rows:count}}", &single), "1 row of &lt;x&gt;");
    assert_string_equal(render("{{t.closes}}", &page),
                        "Öppet till söndag 14 juni 2026 kl. 23.59, två kvar hos Siv");
    assert_string_equal(render_in(LANGUAGE_EN, "{{t.closes}}", &page),
                        "Open until Sunday 14 June 2026 at 23:59, two left at Siv");
}

/* QUA-2: a missing word falls back to Swedish and is counted. */
static void test_fall_back_is_counted(void **state) {
    (void)state;
    const uint64_t before = words_fallbacks(LANGUAGE_FI);
    assert_string_equal(render_in(LANGUAGE_FI, "{{t.plain}} {{state}} {{t.only.swedish}}", &page),
                        "Avoinna Öppet Bara på svenska");
    assert_int_equal(words_fallbacks(LANGUAGE_FI) - before, 2);
    const uint64_t english = words_fallbacks(LANGUAGE_EN);
    assert_string_equal(render_in(LANGUAGE_EN, "{{t.only.swedish}}", &page), "Bara på svenska");
    assert_int_equal(words_fallbacks(LANGUAGE_EN) - english, 1);
}

static void test_title_is_plain(void **state) {
    (void)state;
    const struct template *template =
        bind("<title>{{title}}: {{t.plain}} {{>any}}</title>\n<h1>{{title}}</h1>\n");
    const struct test_frame frame = {.token = "a<b"};
    const struct template_data data = {.view = &page, .frame = &frame, .language = LANGUAGE_SV};
    struct buffer title = buffer_in(arena, 1 << 16), body = buffer_in(arena, 1 << 16);
    template_title(template, &data, &title);
    template_body(template, &data, &body);
    assert_string_equal(buffer_string(&title),
                        "Bad & bastu: Öppet & <fritt> <i>a<b Öppet & <fritt></i>");
    assert_string_equal(buffer_string(&body), "<h1>Bad &amp; bastu</h1>\n");
}

/* Mustache's standalone lines leave no empty line behind. */
static void test_standalone_lines(void **state) {
    (void)state;
    assert_string_equal(render("<ul>\n  {{#rows}}\n  <li>{{id}}</li>\n  {{/rows}}\n</ul>\n", &page),
                        "<ul>\n  <li>7</li>\n  <li>8</li>\n</ul>\n");
    assert_string_equal(render("{{! a }}\n{{#open}}\nx\n{{/open}}", &page), "x\n");
    assert_string_equal(render("{{#rows}}\n{{>row}}\n{{/rows}}\n", &page),
                        "<li>Brygga</li>\n<li>Bänk &lt;3</li>\n");
    assert_string_equal(render("<i>{{#open}} {{/open}}</i>\n {{title}}\n", &page),
                        "<i> </i>\n Bad &amp; bastu\n");
}

static void test_missing_data_writes_nothing(void **state) {
    (void)state;
    const struct template_data data = {.view = &page, .language = LANGUAGE_SV};
    struct buffer into = buffer_in(arena, 1 << 16);
    template_body(bind("[{{frame.token}}{{frame.body}}{{#frame.title}}x{{/frame.title}}]"), &data,
                  &into);
    assert_string_equal(buffer_string(&into), "[]");
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
        cmocka_unit_test(test_text_is_escaped),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_sections_by_kind),
        cmocka_unit_test(test_numbers_by_place),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_sections_in_tags),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_fall_back_is_counted),
        cmocka_unit_test(test_title_is_plain),
        cmocka_unit_test(test_standalone_lines),
        cmocka_unit_test(test_missing_data_writes_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
