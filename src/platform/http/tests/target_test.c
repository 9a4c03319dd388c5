#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/http/target.h"

static struct arena *arena;

static int begin(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct target parse(const char *raw) {
    struct target target = {0};
    assert_int_equal(target_parse(arena, raw, &target), ERR_OK);
    return target;
}

static void test_paths_are_decoded(void **state) {
    (void)state;
    assert_string_equal(parse("/").path, "/");
    assert_string_equal(parse("/pages/7").path, "/pages/7");
    assert_string_equal(parse("/f%C3%B6rslag").path, "/f\xc3\xb6rslag");
    assert_null(parse("/a").query);
    assert_string_equal(parse("/a?").query, "");
    assert_string_equal(parse("/a?b=%20c&d").query, "b=%20c&d");
    assert_string_equal(parse("/a?b=/c").path, "/a");
}

static void test_json_is_cut_off(void **state) {
    (void)state;
    assert_true(parse("/pages/7.json?x=1").wants_json);
    assert_string_equal(parse("/pages/7.json").path, "/pages/7");
    assert_string_equal(parse("/index.json").path, "/");
    assert_string_equal(parse("/index").path, "/index");
    assert_false(parse("/a.jsonp").wants_json);
    assert_false(parse("/json").wants_json);
}

static void test_slashes_move(void **state) {
    (void)state;
    static const struct {
        const char *raw, *address;
    } moved[] = {{"/a/", "/a"},
                 {"//a", "/a"},
                 {"/a//b", "/a/b"},
                 {"/a/?b=1", "/a?b=1"},
                 {"//evil.example/", "/evil.example"},
                 {"/f%C3%B6r/", "/f%C3%B6r"},
                 {"/a%20b/.json", "/a%20b.json"},
                 {"/.json", "/index.json"},
                 {"/index/.json", "/index.json"},
                 {"//", "/"}};
    for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++) {
        const struct target target = parse(moved[i].raw);
        assert_true(target.is_moved);
        assert_string_equal(target_address(arena, &target), moved[i].address);
    }
    assert_false(parse("/a/b").is_moved);
    assert_false(parse("/").is_moved);
}

static void test_absolute_form_names_the_host(void **state) {
    (void)state;
    assert_string_equal(parse("http://a.example/b").authority, "a.example");
    assert_string_equal(parse("http://a.example/b").path, "/b");
    assert_string_equal(parse("HTTPS://a.example").path, "/");
}

static void test_malformed_targets_are_refused(void **state) {
    (void)state;
    static const char *const refused[] = {
        "",      "a",      "*",     "/%",         "/%4",      "/%zz",  "/%00",
        "/%2f",  "/a%2Fb", "/..",   "/a/../b",    "/%2e%2e/", "/.",    "/a/./b",
        "/%0a",  "/%09",   "/a b",  "/\xc3\xa5",  "/a#b",     "/a\\b", "/%ff",
        "/\x7f", "/<",     "/a\"b", "/%ed%a0%80", "ftp://a/"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct target target = {.path = "untouched"};
        assert_int_equal(target_parse(arena, refused[i], &target), ERR_BAD_REQUEST);
        assert_string_equal(target.path, "untouched");
    }
    char *longest = arena_take(arena, TARGET_BYTES_MAX + 2);
    memset(longest, 'a', TARGET_BYTES_MAX + 1);
    longest[0] = '/';
    struct target target;
    assert_int_equal(target_parse(arena, longest, &target), ERR_BAD_REQUEST);
    longest[TARGET_BYTES_MAX] = '\0';
    assert_int_equal(target_parse(arena, longest, &target), ERR_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths_are_decoded),
        cmocka_unit_test(test_json_is_cut_off),
        cmocka_unit_test(test_slashes_move),
        cmocka_unit_test(test_absolute_form_names_the_host),
        cmocka_unit_test(test_malformed_targets_are_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
