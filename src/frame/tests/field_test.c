/* Fields and the error summary have the markup of the design's form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "frame/frame.h"
#include "frame/tests/markup.h"
#include "platform/base/instant.h"
#include "platform/view/form.h"

#define TEST_ROLE(C, T)                                                                            \
    C(T, elected, "")                                                                              \
    C(T, official, "")                                                                             \
    C(T, resident, "")
CHOICES(test_role, TEST_ROLE);

/* More than fit as radio buttons. */
#define TEST_SLOT(C, T)                                                                            \
    C(T, a, "")                                                                                    \
    C(T, b, "")                                                                                    \
    C(T, c, "")                                                                                    \
    C(T, d, "")                                                                                    \
    C(T, e, "")                                                                                    \
    C(T, f, "")                                                                                    \
    C(T, g, "")                                                                                    \
    C(T, h, "")
CHOICES(test_slot, TEST_SLOT);

#define REGISTER_FORM(F, T)                                                                        \
    F(T, text, name, , REQUIRED, 0, account, "")                                                   \
    F(T, email, email, , REQUIRED, 0, account, "")                                                 \
    F(T, email, email2, , REQUIRED, 0, account, "")                                                \
    F(T, text, organisation, , OPTIONAL, 0, account, "")                                           \
    F(T, choice, role, test_role, REQUIRED, 0, none, "")                                           \
    F(T, choice, slot, test_slot, REQUIRED, 0, none, "")                                           \
    F(T, picks, need, test_role, OPTIONAL, 0, none, "")                                            \
    F(T, lines, story, , OPTIONAL, 900, draft, "")                                                 \
    F(T, flag, agree, , REQUIRED, 0, none, "")                                                     \
    F(T, password, password, , OPTIONAL, 0, secret, "")                                            \
    F(T, password, new_password, , OPTIONAL, 0, secret, "")                                        \
    F(T, code, code, , OPTIONAL, 6, code, "")                                                      \
    F(T, money, cost, , OPTIONAL, 0, none, "")                                                     \
    F(T, date, day, , OPTIONAL, 0, none, "")                                                       \
    F(T, clock, hour, , OPTIONAL, 0, none, "")                                                     \
    F(T, option, seat, , OPTIONAL, 0, none, "")                                                    \
    F(T, id, page, , OPTIONAL, 0, none, "")                                                        \
    F(T, ids, rows, , OPTIONAL, 0, none, "")                                                       \
    F(T, file, picture, , OPTIONAL, 0, page, "")
FORM(register_form, REGISTER_FORM);

static struct arena *arena;

static const char template[] =
    "{{>errors}}{{#form.name}}{{>field}}{{/form.name}}{{#form.email}}{{>field}}{{/form.email}}"
    "{{#form.email2}}{{>field}}{{/form.email2}}{{#form.organisation}}{{>field}}"
    "{{/form.organisation}}{{#form.role}}{{>field}}{{/form.role}}{{#form.slot}}{{>field}}"
    "{{/form.slot}}{{#form.need}}{{>field}}{{/form.need}}{{#form.story}}{{>field}}{{/form.story}}"
    "{{#form.agree}}{{>field}}{{/form.agree}}{{#form.password}}{{>field}}{{/form.password}}"
    "{{#form.new_password}}{{>field}}{{/form.new_password}}{{#form.code}}{{>field}}{{/form.code}}"
    "{{#form.cost}}{{>field}}{{/form.cost}}{{#form.day}}{{>field}}{{/form.day}}"
    "{{#form.hour}}{{>field}}{{/form.hour}}{{#form.seat}}{{>field}}{{/form.seat}}"
    "{{#form.page}}{{>field}}{{/form.page}}{{#form.rows}}{{>field}}{{/form.rows}}"
    "{{#form.picture}}{{>field}}{{/form.picture}}{{>form_token}}";

static const char *shown(const struct register_form_fields *fields) {
    const struct frame_view frame = {.form_token = "t.o.k"};
    const struct markup_page page = {.frame_shape = &frame_view_shape,
                                     .form_shape = &register_form_fields_shape,
                                     .frame = &frame,
                                     .form = fields};
    return markup_render(arena, template, &page);
}

/* The form again after it was sent so. */
static const char *after(const char *body) {
    struct input input = {.count = 0};
    struct register_form form = {0};
    struct form_errors errors = {.count = 0};
    struct register_form_fields fields = {.head = {0}};
    assert_int_equal(input_from_form(arena, body, strlen(body), &input), ERR_OK);
    form_read(&register_form_form, arena, &input, &form, &errors);
    form_show(&register_form_form, arena, LANGUAGE_SV, &input, NULL, &errors, NULL, &fields);
    return shown(&fields);
}

static const char wrong[] =
    "name=Alva+Exempel&email=alva%40almsjo.example&email2=alva&organisation=Almsj%C3%B6+kommun"
    "&slot=c&need=official&story=%0D%0A+%26lt;+b&agree=1&password=hemligt&code=123456&cost=2500"
    "&day=2026-06-09&hour=14.02&seat=2&page=7&rows=3&rows=4";

static void test_fields_with_one_line(void **state) {
    (void)state;
    const char *markup = after(wrong);
    markup_assert_has(
        arena, markup,
        "<div class=\"ds-field\"><label class=\"ds-label\" for=\"name\">"
        "register_form.name</label><input class=\"ds-input\" id=\"name\" name=\"name\" "
        "type=\"text\" value=\"Alva Exempel\" autocomplete=\"name\" required></div>");
    markup_assert_has(
        arena, markup,
        "<label class=\"ds-label\" for=\"email2\">register_form.email2</label>"
        "<p class=\"ds-validation-message\" id=\"email2-e\">Skriv en hel e-postadress, "
        "som namn@exempel.se.</p><input class=\"ds-input\" id=\"email2\" "
        "name=\"email2\" type=\"email\" value=\"alva\" required "
        "aria-invalid=\"true\" aria-describedby=\"email2-e\"></div>");
    markup_assert_has(arena, markup,
                      "<label class=\"ds-label\" for=\"organisation\">register_form.organisation "
                      "<span class=\"rs-quiet\">(frivilligt)</span></label><input "
                      "class=\"ds-input\" id=\"organisation\" name=\"organisation\" type=\"text\" "
                      "value=\"Almsjö kommun\" autocomplete=\"organization\"></div>");
    markup_assert_has(arena, markup, "type=\"text\" value=\"2500\" inputmode=\"decimal\">");
    markup_assert_has(arena, markup, "type=\"date\" value=\"2026-06-09\">");
    markup_assert_has(arena, markup, "type=\"time\" value=\"14.02\">");
    markup_assert_has(arena, markup, "id=\"picture\" name=\"picture\" type=\"file\">");
}

/* What is secret is never sent back. */
static void test_secrets_are_not_shown(void **state) {
    (void)state;
    const char *markup = after(wrong);
    assert_null(strstr(markup, "hemligt"));
    assert_null(strstr(markup, "123456"));
    markup_assert_has(arena, markup, "type=\"password\" autocomplete=\"current-password\">");
    markup_assert_has(arena, markup, "type=\"password\" autocomplete=\"new-password\">");
    markup_assert_has(arena, markup, "inputmode=\"numeric\" autocomplete=\"one-time-code\">");
}

static void test_choices(void **state) {
    (void)state;
    const char *markup = after(wrong);
    markup_assert_has(
        arena, markup,
        "<fieldset class=\"ds-fieldset rs-check\" aria-describedby=\"role-e\"><legend>"
        "register_form.role</legend><p class=\"ds-validation-message\" id=\"role-e\">Välj ett av "
        "alternativen.</p><div class=\"ds-field\"><input class=\"ds-input\" type=\"radio\" "
        "id=\"role-elected\" name=\"role\" value=\"elected\"><label class=\"ds-label\" "
        "for=\"role-elected\">test_role.elected</label></div>");
    markup_assert_has(arena, markup,
                      "<select class=\"ds-input\" id=\"slot\" name=\"slot\" required><option "
                      "value=\"\">Välj</option><option value=\"a\">test_slot.a</option>");
    markup_assert_has(arena, markup, "<option value=\"c\" selected>test_slot.c</option>");
    markup_assert_has(arena, markup,
                      "type=\"checkbox\" id=\"need-official\" name=\"need\" value=\"official\" "
                      "checked>");
    markup_assert_has(arena, markup,
                      "<input class=\"ds-input\" type=\"checkbox\" id=\"agree\" name=\"agree\" "
                      "value=\"1\" checked required><label class=\"ds-label\" for=\"agree\">");
    markup_assert_has(
        arena, markup,
        "<input type=\"hidden\" name=\"page\" value=\"7\"><input type=\"hidden\" "
        "name=\"rows\" value=\"3\"><input type=\"hidden\" name=\"rows\" value=\"4\">");
    markup_assert_has(arena, markup, "<input type=\"hidden\" name=\"form\" value=\"t.o.k\">");
}

/* A text that begins with a line end keeps it: browsers drop the first one in a textarea. */
static void test_lines(void **state) {
    (void)state;
    assert_non_null(strstr(after(wrong), "rows=\"8\" aria-describedby=\"story-m\">\n\r\n &amp;lt; "
                                         "b</textarea>"));
    markup_assert_has(arena, after(wrong),
                      "<p data-field=\"description\" id=\"story-m\">Högst 900 tecken.</p>");
}

static void test_summary(void **state) {
    (void)state;
    markup_assert_has(
        arena, after(wrong),
        "<section class=\"ds-error-summary rs-summary\" tabindex=\"-1\" autofocus "
        "aria-labelledby=\"fel\"><h2 id=\"fel\">Två saker behöver rättas</h2>"
        "<ul class=\"rs-errors\"><li><a href=\"#email2\">register_form.email2: Skriv en hel "
        "e-postadress, som namn@exempel.se.</a></li><li><a href=\"#role-elected\">"
        "register_form.role: Välj ett av alternativen.</a></li></ul>"
        "<p class=\"rs-after\">Allt annat du har skrivit finns kvar.</p></section>");
    markup_assert_has(arena, after(""), "<h2 id=\"fel\">Sex saker behöver rättas</h2>");
}

static void test_nothing_wrong(void **state) {
    (void)state;
    const struct register_form values = {.name = "Alva",
                                         .role = test_role_official,
                                         .slot = -1,
                                         .need = 1 << test_role_resident,
                                         .agree = true,
                                         .password = "hemligt",
                                         .cost = 250050,
                                         .day = INT64_C(1780956000000000),
                                         .hour = 9 * 60 + 5,
                                         .seat = "2",
                                         .page = 0,
                                         .rows = {(int64_t[]){5, 6}, 2}};
    const struct option_view seats[] = {{.code = "1", .label = "Parkett"},
                                        {.code = "2", .label = "Läktare <B>"}};
    const struct form_options options = {.field = "seat", .at = seats, .count = 2};
    struct register_form_fields fields = {.head = {0}};
    form_show(&register_form_form, arena, LANGUAGE_SV, NULL, &values, NULL, &options, &fields);
    const char *markup = shown(&fields);
    assert_null(strstr(markup, "ds-error-summary"));
    assert_null(strstr(markup, "hemligt"));
    markup_assert_has(arena, markup, "value=\"official\" checked>");
    markup_assert_has(arena, markup,
                      "id=\"need-resident\" name=\"need\" value=\"resident\" checked>");
    markup_assert_has(arena, markup, "value=\"2\u00a0500,50\"");
    markup_assert_has(arena, markup, "type=\"date\" value=\"2026-06-09\"");
    markup_assert_has(arena, markup, "type=\"time\" value=\"09:05\"");
    markup_assert_has(arena, markup,
                      "type=\"radio\" id=\"seat-2\" name=\"seat\" value=\"2\" checked><label "
                      "class=\"ds-label\" for=\"seat-2\">Läktare &lt;B&gt;</label>");
    markup_assert_has(arena, markup, "<input type=\"hidden\" name=\"rows\" value=\"6\">");
    assert_null(strstr(markup, "name=\"page\""));
}

/* A form shown for the first time, with nothing to begin with. */
static void test_empty(void **state) {
    (void)state;
    struct register_form_fields fields = {.head = {0}};
    form_show(&register_form_form, arena, LANGUAGE_SV, NULL, NULL, NULL, NULL, &fields);
    const char *markup = shown(&fields);
    assert_null(strstr(markup, "checked"));
    assert_null(strstr(markup, "aria-invalid"));
    markup_assert_has(arena, markup, "name=\"name\" type=\"text\" autocomplete=\"name\" required>");
}

static void test_error_of_the_whole_form(void **state) {
    (void)state;
    struct form_errors errors = {.count = 0};
    struct register_form_fields fields = {.head = {0}};
    const struct input input = {.count = 0};
    form_refuse(arena, &errors, &register_form_form, NULL, "field.tick");
    form_show(&register_form_form, arena, LANGUAGE_SV, &input, NULL, &errors, NULL, &fields);
    markup_assert_has(arena, shown(&fields),
                      "<h2 id=\"fel\">En sak behöver rättas</h2><ul class=\"rs-errors\"><li>Kryssa "
                      "i rutan för att gå vidare.</li></ul>");
}

/* Each file that includes a form has a copy of its rows: a finding of another file's copy counts.
 */
static void test_error_of_another_copy(void **state) {
    (void)state;
    struct form_errors errors = {.count = 0};
    struct register_form_fields fields = {.head = {0}};
    const struct input input = {.count = 0};
    const struct form_field rows[] = {register_form_rows[0]};
    const struct form copy = {.name = "register_form", .fields = rows, .count = 1};
    form_refuse(arena, &errors, &copy, "name", "field.tick");
    form_show(&register_form_form, arena, LANGUAGE_SV, &input, NULL, &errors, NULL, &fields);
    assert_int_equal(fields.head.error_count, 1);
    assert_non_null(fields.name->error);
    assert_null(fields.email->error);
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
        cmocka_unit_test(test_fields_with_one_line),
        cmocka_unit_test(test_secrets_are_not_shown),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_nothing_wrong),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_error_of_the_whole_form),
        cmocka_unit_test(test_error_of_another_copy),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
