/* The description of the API: valid JSON in which every reference leads somewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <jansson.h>

#include <cmocka.h>

#include "platform/http/openapi.h"
#include "platform/http/tests/site/site.h"

static struct arena *arena;
static json_t *api;

static int begin(void **state) {
    (void)state;
    arena = arena_new(8 << 20);
    struct buffer into = buffer_in(arena, 1 << 20);
    openapi_write(&into, "1.2.3");
    api = json_loads(buffer_string(&into), JSON_REJECT_DUPLICATES, NULL);
    return api == NULL ? -1 : 0;
}

static int end(void **state) {
    (void)state;
    json_decref(api);
    arena_free(arena);
    return 0;
}

/* Follows "a/b/c" from `from`; a '~' in a name stands for '/'. */
static const json_t *at(const json_t *from, const char *path) {
    while (from != NULL && *path != '\0') {
        const size_t length = strcspn(path, "/");
        char *name = arena_copy_span(arena, path, length);
        for (char *c = name; *c != '\0'; c++)
            *c = *c == '~' ? '/' : *c;
        from = json_object_get(from, name);
        path += length + (path[length] == '/');
    }
    return from;
}

static const char *text_at(const char *path) {
    const char *text = json_string_value(at(api, path));
    assert_non_null(text);
    return text;
}

/* Every "$ref" of the document. */
static void check_references(const json_t *value) {
    const char *name = NULL;
    json_t *member = NULL;
    size_t i = 0;
    json_array_foreach(value, i, member) check_references(member);
    json_object_foreach((json_t *)(uintptr_t)value, name, member) {
        if (strcmp(name, "$ref") == 0) {
            const char *to = json_string_value(member);
            assert_memory_equal(to, "#/", 2);
            if (at(api, to + 2) == NULL)
                fail_msg("%s leads nowhere", to);
        }
        check_references(member);
    }
}

static void test_references_lead_somewhere(void **state) {
    (void)state;
    assert_string_equal(text_at("openapi"), "3.1.0");
    assert_string_equal(text_at("info/version"), "1.2.3");
    check_references(api);
}

static void test_routes_are_described(void **state) {
    (void)state;
    assert_string_equal(text_at("paths/~notes~{id}/get/summary"), "one note");
    assert_string_equal(
        text_at("paths/~notes~{id}/get/responses/200/content/application~json/schema/$ref"),
        "#/components/schemas/note_view");
    assert_string_equal(
        text_at("paths/~notes/post/requestBody/content/application~json/schema/$ref"),
        "#/components/schemas/note_form");
    assert_non_null(at(api, "paths/~notes/post/requestBody/content/multipart~form-data"));
    assert_non_null(at(api, "paths/~notes/get"));
    assert_non_null(at(api, "components/schemas/board_view/properties/notes"));
    const json_t *parameters = at(api, "paths/~notes~{id}/parameters");
    assert_int_equal(json_array_size(parameters), 1);
    assert_string_equal(json_string_value(at(json_array_get(parameters, 0), "name")), "id");
}

static void test_errors_are_problems(void **state) {
    (void)state;
    assert_string_equal(text_at("paths/~notes/post/responses/default/$ref"),
                        "#/components/responses/problem");
    assert_non_null(at(api, "components/schemas/problem/properties/errors"));
}

static const char *name_of_right(int right) {
    return right == 0 ? "anyone" : "member";
}

static void test_list_of_routes_leads_to_the_code(void **state) {
    (void)state;
    struct buffer into = buffer_in(arena, 1 << 20);
    routes_print(&into, name_of_right);
    const char *line = strstr(buffer_string(&into), "GET  /private ");
    assert_non_null(line);
    line = arena_copy_span(arena, line, strcspn(line, "\n"));
    assert_non_null(strstr(line, " member "));
    assert_non_null(strstr(line, " show_write "));
    assert_non_null(strstr(line, " src/platform/http/tests/site/site.c "));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references_lead_somewhere),
        cmocka_unit_test(test_routes_are_described),
        cmocka_unit_test(test_errors_are_problems),
        cmocka_unit_test(test_list_of_routes_leads_to_the_code),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
