/* Templates that must not bind: one file each under tree/refused/templates (STYLE 4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/embedded.h"
#include "platform/view/tests/shapes.h"
#include "platform/view/view.h"

static const struct {
    const char *file;
    const char *reason; /* a part of it */
} refused[] = {
    {"name_unknown", "name 'titel' is not in page_view"},
    {"name_unknown_in_section", "name 'nothing' is not in row_view"},
    {"name_unknown_in_frame", "name 'frame.tokn' is not in test_frame"},
    {"name_form_missing", "name 'form.email.label' is not in"},
    {"name_through_text", "'title' is not of kind one"},
    {"list_printed", "'rows' is a list"},
    {"one_printed", "'owner' is a one"},
    {"flag_printed", "'open' is a flag"},
    {"section_not_closed", "section 'open' is not closed"},
    {"section_not_open", "section 'open' is closed but not open"},
    {"section_crossed", "section 'open' is closed but not open"},
    {"section_choice_without_code", "'state' is a choice: write state=code"},
    {"section_choice_unknown_code", "'opne' is not a code of test_state"},
    {"section_code_of_text", "'title' is not a choice"},
    {"section_presence_of_flag", "'open' is neither list nor one"},
    {"section_ends_elsewhere", "ends in another place"},
    {"section_ends_in_other_element", "ends in another place"},
    {"section_ends_in_other_attribute", "ends in another place"},
    {"section_begins_value", "ends in another place"},
    {"section_in_tag_name", "white space is missing"},
    {"section_in_attribute_name", "white space is missing"},
    {"section_unquoted", "section in an unquoted attribute"},
    {"section_in_comment", "section in a comment"},
    {"section_in_script", "section in an element that holds code or style"},
    {"partial_missing", "there is no partial 'nowhere'"},
    {"partial_other_shape", "partial 'row' is for row_view and stands in page_view"},
    {"partial_other_shape_in_section", "partial 'row' is for row_view and stands in owner_view"},
    {"partial_sees_only_its_shape", "row_outside.html:2: name 'title' is not in row_view"},
    {"partial_of_any_sees_nothing", "any_inside.html:2: name 'title' is not in any shape here"},
    {"partial_undeclared", "does not begin with {{! for SHAPE }}"},
    {"partial_in_itself", "partials nested too deep"},
    {"partial_open_section", "section 'label' is not closed"},
    {"tag_in_script", "tag in an element that holds code or style"},
    {"tag_in_style", "tag in an element that holds code or style"},
    {"tag_in_comment", "tag in a comment"},
    {"tag_in_declaration", "tag outside a value"},
    {"tag_in_noscript", "tag in an element that holds code or style"},
    {"tag_unquoted", "tag in an unquoted attribute"},
    {"tag_unquoted_inside", "tag in an unquoted attribute"},
    {"tag_in_handler", "tag in a handler of events"},
    {"tag_in_style_attribute", "tag in style or srcdoc"},
    {"tag_in_srcdoc", "tag in style or srcdoc"},
    {"tag_in_srcset", "tag in srcset or ping"},
    {"tag_as_element", "tag outside a value"},
    {"tag_in_element_name", "tag outside a value"},
    {"tag_as_attribute", "tag outside a value"},
    {"tag_in_attribute_name", "tag outside a value"},
    {"word_in_script", "tag in an element that holds code or style"},
    {"word_unquoted", "tag in an unquoted attribute"},
    {"word_in_link", "a link begins with a tag whose kind is not url"},
    {"link_begins_with_text", "a link begins with a tag whose kind is not url"},
    {"link_begins_with_slug", "a link begins with a tag whose kind is not url"},
    {"link_begins_with_number", "a link begins with a tag whose kind is not url"},
    {"link_upper_case", "a link begins with a tag whose kind is not url"},
    {"link_in_svg", "a link begins with a tag whose kind is not url"},
    {"link_text_inside", "within a link only id, int and slug"},
    {"link_url_inside", "within a link only id, int and slug"},
    {"link_script", "a link with a tag begins with a url"},
    {"link_host", "a link with a tag begins with a url"},
    {"link_root", "a link with a tag begins with a url"},
    {"html_in_attribute", "html in an attribute"},
    {"html_in_textarea", "html where no elements may stand"},
    {"format_unknown", "'dato' is not a format of 'closes_at'"},
    {"format_of_other_kind", "'date' is not a format of 'count'"},
    {"format_of_text", "'title' is text: it has no formats"},
    {"format_of_word", "a word has no formats"},
    {"word_unknown", "no word 'nobody.wrote.this'"},
    {"word_field_unknown", "name 'nobody' is not in page_view"},
    {"word_field_format", "'title' is text: it has no formats"},
    {"word_field_html", "'body': html in an attribute"},
    {"word_brace", "word 'brace' has a brace that is no {field}"},
    {"word_plural_without_count", "word 'rows' has plural forms"},
    {"word_count_of_text", "'title' is not an int"},
    {"word_count_unknown", "name 'cnt' is not in page_view"},
    {"count_of_field", "only words have a :count"},
    {"choice_without_word", "no word 'test_mood.good'"},
    {"raw_triple", "raw output and other delimiters"},
    {"raw_ampersand", "raw output and other delimiters"},
    {"delimiters", "raw output and other delimiters"},
    {"tag_not_closed", "tag is not closed by }}"},
    {"tag_empty", "not a tag"},
    {"tag_with_blank", "not a tag"},
    {"tag_two_dots", "not a tag"},
    {"markup_ends_in_tag", "the template ends inside a tag"},
    {"markup_ends_in_value", "the template ends inside a tag"},
    {"markup_ends_in_comment", "the template ends inside a tag"},
    {"markup_quote_in_tag", "quote or \"<\" inside a tag"},
    {"markup_no_space", "white space is missing"},
    {"markup_equals", "\"=\" without an attribute"},
    {"title_markup", "a title is plain text"},
    {"title_reference", "a title is plain text"},
    {"title_not_closed", "the title wants the whole first line"},
    {"title_two_lines", "the title wants the whole first line"},
    {"title_html", "'body' is html, and this is plain text"},
};
enum { REFUSED = sizeof refused / sizeof refused[0] };

static const struct template_scope scope = {&page_view_shape, &test_frame_shape, NULL};

static void refuse(struct arena *arena, const char *file, const char *want) {
    const struct template *template = NULL;
    const char *reason = "";
    const char *name = arena_format(arena, "refused/%s", file);
    const enum error error = template_bind(arena, name, scope, &template, &reason);
    if (error != ERR_FAULT || template != NULL)
        fail_msg("%s binds", file);
    if (strstr(reason, want) == NULL)
        fail_msg("%s is refused with: %s", file, reason);
    if (strstr(reason, ".html:") == NULL)
        fail_msg("%s does not say where: %s", file, reason);
}

static void test_refusals(void **state) {
    (void)state;
    for (size_t i = 0; i < REFUSED; i++) {
        struct arena *arena = arena_new(4 << 20);
        refuse(arena, refused[i].file, refused[i].reason);
        arena_free(arena);
    }
}

/* Every file of the folder stands in the table. */
static void test_no_fixture_is_left_out(void **state) {
    (void)state;
    static const char folder[] = "refused/templates/";
    size_t files = 0;
    for (size_t i = 0; i < embedded_count; i++)
        files += strncmp(embedded_files[i].path, folder, sizeof folder - 1) == 0;
    assert_int_equal(files, REFUSED);
}

static void test_template_that_is_not_there(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    const struct template *template = NULL;
    const char *reason = "";
    assert_int_equal(template_bind(arena, "refused/nothing", scope, &template, &reason), ERR_FAULT);
    assert_string_equal(reason, "there is no template refused/nothing");
    arena_free(arena);
}

static int set_up(void **state) {
    (void)state;
    return words_load(NULL) == ERR_OK ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_no_fixture_is_left_out),
        cmocka_unit_test(test_template_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
