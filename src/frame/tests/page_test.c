/* The whole document, and the parts of pages, have the markup of the design. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "frame/frame.h"
#include "frame/tests/markup.h"
#include "platform/base/embedded.h"
#include "platform/base/instant.h"

static struct arena *arena;

static struct menu_link menu[] = {{"Delta", {"/"}, false}, {"Evenemang", {"/evenemang"}, true}};
static struct menu_link crumbs[] = {{"Evenemang", {"/evenemang"}, false}};
static struct menu_link footer[] = {{"Personuppgifter", {"/personuppgifter"}, false}};
static struct language_link languages[] = {{"en", "English", {"/evenemang/7?lang=en"}}};
static const struct frame_view frame = {.language = "sv",
                                        .title = "Mötesplats <2026>",
                                        .body = {"<main id=\"innehall\"></main>\n"},
                                        .site_name = "Ljungsjö kommun",
                                        .mark_colour = "#0E5A50",
                                        .icon = {"/static/icon.1.svg"},
                                        .style_base = {"/static/designsystemet.1.css"},
                                        .style_own = {"/static/radslag.2.css"},
                                        .home = {"/"},
                                        .menu = {menu, 2},
                                        .login = {"/logga-in"},
                                        .form_token = "t",
                                        .crumb_back = &crumbs[0],
                                        .crumbs = {crumbs, 1},
                                        .here = {"/evenemang/7"},
                                        .contact_email = "dialog@ljungsjo.example",
                                        .contact_mailto = {"mailto:dialog@ljungsjo.example"},
                                        .contact_phone = "0980-31 92 00",
                                        .footer = {footer, 1},
                                        .languages = {languages, 1},
                                        .updated_at = INT64_C(1781006520000000)};

static const char *document(enum language language, const struct frame_view *view) {
    const struct template *template = NULL;
    const char *reason = "";
    const struct template_scope scope = {.view = &frame_view_shape, .frame = &frame_view_shape};
    if (template_bind(arena, "frame/page", scope, &template, &reason) != ERR_OK)
        fail_msg("refused: %s", reason);
    const struct template_data data = {.view = view, .frame = view, .language = language};
    struct buffer into = buffer_in(arena, 1 << 20);
    template_body(template, &data, &into);
    return buffer_string(&into);
}

static void test_document(void **state) {
    (void)state;
    const char *markup = document(LANGUAGE_SV, &frame);
    assert_memory_equal(markup, "<!DOCTYPE html>\n<html lang=\"sv\" data-color-scheme=\"auto\">\n",
                        55);
    markup_assert_has(arena, markup,
                      "<title>Mötesplats &lt;2026&gt; – Ljungsjö kommun</title><link rel=\"icon\" "
                      "href=\"/static/icon.1.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" "
                      "href=\"/static/designsystemet.1.css\"><link rel=\"stylesheet\" "
                      "href=\"/static/radslag.2.css\"></head>");
    markup_assert_has(arena, markup,
                      "<a class=\"ds-skip-link\" href=\"#innehall\">Hoppa till innehållet</a>"
                      "<header class=\"rs-top\"><div class=\"rs-wrap\"><a class=\"rs-mark\" "
                      "href=\"/\"><svg viewBox=\"0 0 36 42\" aria-hidden=\"true\">");
    markup_assert_has(arena, markup,
                      "<nav aria-label=\"Huvudmeny\"><ul><li><a href=\"/\">Delta</a></li><li><a "
                      "href=\"/evenemang\" aria-current=\"page\">Evenemang</a></li></ul></nav>"
                      "<ul class=\"rs-tools\"><li><a href=\"/logga-in\">Logga in</a></li></ul>");
    markup_assert_has(arena, markup, "</header><main id=\"innehall\"></main><footer");
    markup_assert_has(
        arena, markup,
        "<p class=\"rs-measure\"><strong>Ljungsjö kommun</strong> driver den här platsen och "
        "svarar "
        "för allt som står här. Frågor: <a href=\"mailto:dialog@ljungsjo.example\">"
        "dialog@ljungsjo.example</a>, telefon <span class=\"rs-nowrap\">0980-31 92 00</span>.</p>");
    markup_assert_has(
        arena, markup,
        "<li><a href=\"/evenemang/7?lang=en\" lang=\"en\" hreflang=\"en\">English</a>"
        "</li></ul><p class=\"rs-quiet\">Sidan ändrades tisdag 9 juni 2026 kl. 14.02. "
        "Tjänsten heter Rådslag och är öppen källkod.</p>");
}

static void test_document_for_others(void **state) {
    (void)state;
    struct frame_view other = frame;
    other.language = "yi";
    other.right_to_left = true;
    other.login = (struct url){NULL};
    other.account = (struct url){"/mina-sidor"};
    other.visitor_name = "Siv <3";
    other.flash = "Sparat & klart";
    other.style_theme = (struct url){"/static/theme-lake.3.css"};
    other.practice = true;
    other.updated_at = INSTANT_NONE;
    const char *markup = document(LANGUAGE_EN, &other);
    markup_assert_has(arena, markup, "<html lang=\"yi\" dir=\"rtl\" data-color-scheme=\"auto\">");
    markup_assert_has(arena, markup, "href=\"/static/theme-lake.3.css\">");
    markup_assert_has(arena, markup,
                      "<a href=\"/mina-sidor\">My pages<span class=\"ds-sr-only\"> (Siv &lt;3)"
                      "</span></a>");
    markup_assert_has(arena, markup,
                      "<div class=\"ds-alert\" data-color=\"success\" role=\"status\"><p>Sparat "
                      "&amp; klart</p></div>");
    markup_assert_has(arena, markup,
                      "<p class=\"rs-practice\">Practice. Nothing here is real.</p>");
    assert_null(strstr(markup, "Log in"));
    assert_null(strstr(markup, "This page was changed"));
}

/* No request to another host, no inline script or style (DESIGN 5). */
static void test_document_asks_nobody_else(void **state) {
    (void)state;
    const char *markup = document(LANGUAGE_SV, &frame);
    static const char *const never[] = {"http:",    "https:",  "<style",
                                        "style=\"", "onclick", "src=\"//"};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (strstr(markup, never[i]) != NULL)
            fail_msg("%s in the frame", never[i]);
}

static void test_crumbs(void **state) {
    (void)state;
    const struct markup_page page = {.frame_shape = &frame_view_shape, .frame = &frame};
    markup_assert_has(
        arena, markup_render(arena, "{{>crumbs}}", &page),
        "<div class=\"rs-wrap rs-crumbs\"><nav class=\"ds-breadcrumbs\" aria-label=\"Du är här\">"
        "<a class=\"ds-link\" href=\"/evenemang\">Evenemang</a><ol><li><a class=\"ds-link\" "
        "href=\"/evenemang\">Evenemang</a></li><li><a class=\"ds-link\" href=\"/evenemang/7\" "
        "aria-current=\"page\">Mötesplats &lt;2026&gt;</a></li></ol></nav></div>");
    const struct frame_view start = {.crumbs = {crumbs, 1}};
    const struct markup_page without = {.frame_shape = &frame_view_shape, .frame = &start};
    assert_string_equal(markup_render(arena, "{{>crumbs}}", &without), "");
}

static const char *part(const char *template, const struct shape *shape, const void *view) {
    const struct markup_page page = {
        .view_shape = shape, .frame_shape = &frame_view_shape, .view = view, .frame = &frame};
    return markup_render(arena, template, &page);
}

static void test_process(void **state) {
    (void)state;
    struct step_view steps[] = {{"Idéer", "1–31 mars", step_state_done},
                                {"Röstning", "till 14 juni kl. 23.59", step_state_now},
                                {"Beslut", "22 juni", step_state_next}};
    const struct process_view process = {.steps = {steps, 3},
                                         .step_number = 2,
                                         .step_count = 3,
                                         .step_name = "Röstning",
                                         .heading = "Rösta på upp till tre förslag",
                                         .until = "Öppet till söndag.",
                                         .button = "Rösta nu",
                                         .address = {"/rosta"}};
    markup_assert_has(
        arena, part("{{>process}}", &process_view_shape, &process),
        "</svg>Idéer</b> 1–31 mars<span class=\"ds-sr-only\"> (klart)</span></span></li><li "
        "aria-current=\"step\"><span><b>Röstning</b> till 14 juni kl. "
        "23.59</span></li><li><span><b>"
        "Beslut</b> 22 juni</span></li></ol><section class=\"rs-now\" aria-labelledby=\"gor\"><p "
        "class=\"rs-step-now\">Steg 2 av 3: Röstning</p><h2 id=\"gor\">Rösta på upp till tre "
        "förslag</h2><p>Öppet till söndag.</p><a class=\"ds-button\" href=\"/rosta\">Rösta nu</a>"
        "</section></div>");
}

static void test_small_parts(void **state) {
    (void)state;
    struct tag_view tag = {tag_colour_success, "Beslutat"};
    assert_string_equal(part("{{>tag}}", &tag_view_shape, &tag),
                        "<span class=\"ds-tag\" data-color=\"success\">Beslutat</span>\n");
    struct fact_view facts[] = {{"Kostnad", "380 000 kr", NULL}, {"Middag", NULL, "Senast 1 juli"}};
    const struct facts_view list = {{facts, 2}};
    markup_assert_has(arena, part("{{>facts}}", &facts_view_shape, &list),
                      "<dl class=\"rs-facts\"><dt>Kostnad</dt><dd>380 000 kr</dd><dt>Middag</dt>"
                      "<dd><span class=\"rs-tba\">Senast 1 juli</span></dd></dl>");
    const struct list_row row = {
        .tag = &tag, .title = "Brygga", .address = {"/b"}, .text = "Klar."};
    markup_assert_has(
        arena, part("{{>list_row}}", &list_row_shape, &row),
        "<li><p><span class=\"ds-tag\" data-color=\"success\">Beslutat</span></p><div>"
        "<h3><a href=\"/b\">Brygga</a></h3><p class=\"rs-quiet\">Klar.</p></div></li>");
    const struct list_row due = {.due = "3 dagar sen", .due_note = "6 juni", .late = true};
    markup_assert_has(arena, part("{{>list_row}}", &list_row_shape, &due),
                      "<p class=\"rs-due rs-late\">3 dagar sen <small>6 juni</small></p>");
    const struct empty_view empty = {"Här står förslagen från 1 mars.", "Följ", {"/folj"}};
    markup_assert_has(arena, part("{{>empty}}", &empty_view_shape, &empty),
                      "<p class=\"rs-more\"><a href=\"/folj\">Följ</a></p>");
}

static void test_pagination(void **state) {
    (void)state;
    struct pagination_link pages[] = {{1, {"?sida=1"}, true}, {2, {"?sida=2"}, false}};
    const struct pagination_view first = {
        .label = "Fler förslag", .next = {"?sida=2"}, .pages = {pages, 2}};
    markup_assert_has(arena, part("{{>pagination}}", &pagination_view_shape, &first),
                      "<nav class=\"ds-pagination\" aria-label=\"Fler förslag\"><ul><li><span "
                      "class=\"ds-button\" "
                      "data-variant=\"tertiary\" aria-hidden=\"true\">Förra</span></li><li><a "
                      "class=\"ds-button\" "
                      "data-variant=\"tertiary\" href=\"?sida=1\" aria-current=\"true\" "
                      "aria-label=\"Sida 1\">1</a>"
                      "</li>");
}

static void test_chart(void **state) {
    (void)state;
    struct bar_view bars[] = {{"Badbrygga", "412 röster", 1000, false, NULL},
                              {"Grillplats", "176 röster", 427, true, "Här var pengarna slut"}};
    const struct chart_view chart = {"Röster per förslag", "Förslag", "Röster", {bars, 2}};
    markup_assert_has(
        arena, part("{{>bars}}", &chart_view_shape, &chart),
        "<li class=\"rs-cut\">Här var pengarna slut</li><li "
        "class=\"rs-out\"><span>Grillplats</span> "
        "<svg class=\"rs-bar\" viewBox=\"0 0 1000 12\" preserveAspectRatio=\"none\" "
        "aria-hidden=\"true\"><rect class=\"rs-track\" width=\"1000\" height=\"12\"/><rect "
        "width=\"427\" height=\"12\"/></svg> <span class=\"rs-num\">176 röster</span></li>");
    markup_assert_has(
        arena, part("{{>bars_table}}", &chart_view_shape, &chart),
        "<tr><th scope=\"row\">Badbrygga</th><td class=\"rs-num\">412 röster</td></tr>");
}

/* The line alone; before the first step the panel counts none. */
static void test_steps(void **state) {
    (void)state;
    struct step_view steps[] = {{"Idéer", "1–31 mars", step_state_done},
                                {"Röstning", "till söndag 14 juni", step_state_now}};
    const struct process_view process = {.steps = {steps, 2}, .heading = "Snart"};
    markup_assert_has(arena, part("{{>steps}}", &process_view_shape, &process),
                      "<li aria-current=\"step\"><span><b>Röstning</b> till söndag 14 "
                      "juni</span></li></ol>");
    assert_null(strstr(part("{{>process}}", &process_view_shape, &process), "rs-step-now"));
}

/* Every partial stands in one of these tests, or in those of fields. */
static void test_no_partial_is_left_out(void **state) {
    (void)state;
    static const char folder[] = "frame/templates/partials/";
    static const char *const tested[] = {
        "bars",        "bars_table",   "crumbs",        "empty",      "errors",      "errors_title",
        "facts",       "field",        "field_choices", "field_flag", "field_input", "field_label",
        "field_lines", "field_select", "field_told",    "form_token", "list_row",    "pagination",
        "process",     "steps",        "tag",           "tick"};
    size_t files = 0;
    for (size_t i = 0; i < embedded_count; i++)
        files += strncmp(embedded_files[i].path, folder, sizeof folder - 1) == 0;
    assert_int_equal(files, sizeof tested / sizeof tested[0]);
    for (size_t i = 0; i < sizeof tested / sizeof tested[0]; i++)
        assert_non_null(embedded_find(arena_format(arena, "%s%s.html", folder, tested[i])));
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
        cmocka_unit_test(test_document),
        cmocka_unit_test(test_document_for_others),
        cmocka_unit_test(test_document_asks_nobody_else),
        cmocka_unit_test(test_crumbs),
        cmocka_unit_test(test_process),
        cmocka_unit_test(test_small_parts),
        cmocka_unit_test(test_pagination),
        cmocka_unit_test(test_chart),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_no_partial_is_left_out),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
