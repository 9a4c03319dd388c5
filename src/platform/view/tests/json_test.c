#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>
#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/view/form.h"
#include "platform/view/tests/shapes.h"
#include "platform/view/view.h"

#define TEST_FORM(F, T)                                                                            \
    F(T, email, email, , REQUIRED, 254, account, "where the code is sent")                         \
    F(T, choice, state, test_state, OPTIONAL, 0, none, "see there")                                \
    F(T, picks, moods, test_mood, OPTIONAL, 0, none, "any of them")                                \
    F(T, ids, rows, , OPTIONAL, 0, none, "chosen rows")
FORM(test_form, TEST_FORM);

static struct arena *arena;

static const char *written(const struct page_view *view) {
    struct buffer into = buffer_in(arena, 1 << 16);
    json_write(&into, &page_view_shape, view);
    return buffer_string(&into);
}

static void test_view(void **state) {
    (void)state;
    struct row_view rows[] = {{.id = 7, .label = "Brygga", .votes = -3, .cost = INT64_MAX},
                              {.id = 0, .label = "Bänk", .address = {"/b"}}};
    struct owner_view owner = {.name = "Siv \"S\" \\ \n\x01\x7f/"};
    const struct page_view page = {.id = INT64_C(9007199254740993),
                                   .title = "å</script>",
                                   .key = "k",
                                   .body = {"<p>x</p>"},
                                   .open = true,
                                   .closes_at = INT64_C(1781006520000000),
                                   .state = test_state_closed,
                                   .mood = -1,
                                   .owner = &owner,
                                   .rows = {rows, 2}};
    assert_string_equal(
        written(&page),
        "{\"id\":9007199254740993,\"title\":\"å</script>\",\"key\":\"k\",\"address\":null,"
        "\"body\":\"<p>x</p>\",\"count\":0,\"cost\":0,\"open\":true,"
        "\"closes_at\":\"2026-06-09T12:02:00Z\",\"state\":\"closed\",\"mood\":null,"
        "\"owner\":{\"name\":\"Siv \\\"S\\\" \\\\ \\n\\u0001\\u007f/\",\"home\":null},"
        "\"rows\":[{\"id\":7,\"label\":\"Brygga\",\"votes\":-3,\"cost\":9223372036854775807,"
        "\"address\":null},{\"id\":null,\"label\":\"Bänk\",\"votes\":0,\"cost\":0,"
        "\"address\":\"/b\"}]}");
}

static void test_none_is_null(void **state) {
    (void)state;
    const struct page_view page = {.closes_at = INSTANT_NONE};
    assert_string_equal(written(&page),
                        "{\"id\":null,\"title\":null,\"key\":null,\"address\":null,\"body\":null,"
                        "\"count\":0,\"cost\":0,\"open\":false,\"closes_at\":null,"
                        "\"state\":\"draft\",\"mood\":\"good\",\"owner\":null,\"rows\":[]}");
}

/* Whatever bytes a text has, a JSON reader gets the same text back. */
static void test_every_byte_comes_back(void **state) {
    (void)state;
    char text[128] = {0};
    for (int i = 1; i < 128; i++)
        text[i - 1] = (char)i;
    struct buffer into = buffer_in(arena, 1 << 16);
    json_write_text(&into, text);
    json_t *read = json_loads(buffer_string(&into), JSON_DECODE_ANY, NULL);
    assert_non_null(read);
    assert_string_equal(json_string_value(read), text);
    json_decref(read);
}

static json_t *schema(void (*write)(struct buffer *into, const void *what), const void *what) {
    struct buffer into = buffer_in(arena, 1 << 16);
    write(&into, what);
    json_t *read = json_loads(buffer_string(&into), JSON_REJECT_DUPLICATES, NULL);
    if (read == NULL)
        fail_msg("not JSON: %s", buffer_string(&into));
    return read;
}

static void write_shape(struct buffer *into, const void *shape) {
    json_schema_of_shape(into, shape);
}

static void write_form(struct buffer *into, const void *form) {
    json_schema_of_form(into, form);
}

static void test_schema_of_shape(void **state) {
    (void)state;
    json_t *read = schema(write_shape, &page_view_shape);
    json_t *properties = json_object_get(read, "properties");
    assert_int_equal(json_object_size(properties), page_view_shape.count);
    assert_int_equal(json_array_size(json_object_get(read, "required")), page_view_shape.count);
    const json_t *rows = json_object_get(properties, "rows");
    const json_t *items = json_object_get(rows, "items");
    assert_string_equal(json_string_value(json_object_get(items, "$ref")),
                        "#/components/schemas/row_view");
    assert_string_equal(json_string_value(json_object_get(rows, "description")), "of the page");
    const json_t *codes = json_object_get(json_object_get(properties, "state"), "enum");
    assert_int_equal(json_array_size(codes), 4); /* three codes and null */
    json_decref(read);
}

static void test_schema_of_form(void **state) {
    (void)state;
    json_t *read = schema(write_form, &test_form_form);
    const json_t *email = json_object_get(json_object_get(read, "properties"), "email");
    assert_int_equal(json_integer_value(json_object_get(email, "maxLength")), 254);
    const json_t *required = json_object_get(read, "required");
    assert_int_equal(json_array_size(required), 1);
    assert_string_equal(json_string_value(json_array_get(required, 0)), "email");
    json_decref(read);
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new(4 << 20);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_view),
        cmocka_unit_test(test_none_is_null),
        cmocka_unit_test(test_every_byte_comes_back),
        cmocka_unit_test(test_schema_of_shape),
        cmocka_unit_test(test_schema_of_form),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
