/* Shapes: what the macros make. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/shape.h"

#define COLOUR(C, T)                                                                               \
    C(T, red, "as cottages")                                                                       \
    C(T, green, "as spruce")
CHOICES(colour, COLOUR);

#define LINE_VIEW(F, T) F(T, text, title, , "its name")
SHAPE(line_view, LINE_VIEW);

#define HOUSE_VIEW(F, T)                                                                           \
    F(T, id, id, , "number")                                                                       \
    F(T, choice, colour, colour, "painted")                                                        \
    F(T, one, owner, line_view, "who lives there")                                                 \
    F(T, list, lines, line_view, "what stands on the wall")
SHAPE(house_view, HOUSE_VIEW);

static void fields_are_described(void **state) {
    (void)state;
    assert_int_equal(house_view_shape.count, 4);
    assert_int_equal(house_view_shape.size, sizeof(struct house_view));
    const struct field *lines = shape_field(&house_view_shape, "lines", 5);
    assert_int_equal(lines->kind, KIND_list);
    assert_true(shape_same(lines->element, &line_view_shape));
    assert_int_equal(lines->offset, offsetof(struct house_view, lines));
    assert_null(shape_field(&house_view_shape, "line", 4));
    assert_false(shape_same(&house_view_shape, &line_view_shape));
}

static void choices_have_codes(void **state) {
    (void)state;
    assert_int_equal(choice_find(&colour_choices, "green"), colour_green);
    assert_int_equal(choice_find(&colour_choices, "blue"), -1);
    assert_int_equal(choice_find(&colour_choices, NULL), -1);
    assert_string_equal(choice_code(&colour_choices, colour_red), "red");
}

static void addresses_of_others_are_checked(void **state) {
    (void)state;
    assert_non_null(url_checked("https://exempel.se/a?b=1").address);
    assert_non_null(url_checked("mailto:dialog@ljungsjo.example").address);
    static const char *const bad[] = {
        "javascript:alert(1)", "//exempel.se", "data:text/html,x", "https://a b",
        "https://a\"b",        " https://a",   "HTTPS://a"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_null(url_checked(bad[i]).address);
    assert_null(url_checked(NULL).address);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_described),
        cmocka_unit_test(choices_have_codes),
        cmocka_unit_test(addresses_of_others_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
