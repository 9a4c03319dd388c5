/* What every page's template has, whoever writes it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/base/arena.h"
#include "platform/base/embedded.h"

static size_t count(const char *text, const char *part) {
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        found++;
    return found;
}

static bool has(const char *text, const char *part) {
    return strstr(text, part) != NULL;
}

/* Pages: not partials, not the documents around them. */
static bool is_page(const char *path) {
    const char *end = strrchr(path, '.');
    return has(path, "/templates/") && !has(path, "/partials/") && strcmp(end, ".html") == 0 &&
           strcmp(path, "frame/templates/page.html") != 0 &&
           strcmp(path, "platform/mail/templates/frame.html") != 0;
}

/* NULL, or what the template lacks. */
static const char *lacking(const char *text) {
    static const char token[] = "{{>form_token}}";
    const char *title_end = strstr(text, "</title>\n");
    /* A search asks too, and has nothing to mend. */
    const bool asks = has(text, "{{>field}}") && has(text, "method=\"post\"");
    if (strncmp(text, "<title>", 7) != 0 || title_end == NULL)
        return "a title on its first line";
    if (count(text, "<main id=\"innehall\" tabindex=\"-1\">") != 1)
        return "one <main id=\"innehall\" tabindex=\"-1\">";
    if (count(text, "method=\"post\"") != count(text, token))
        return "a form_token in each form that is posted";
    if (asks && !has(text, "{{>errors}}"))
        return "the summary of errors";
    const char *errors_title = strstr(text, "{{>errors_title}}");
    if (asks && (errors_title == NULL || errors_title > title_end))
        return "errors_title in its title";
    if (count(text, "<h1") != 1)
        return "one h1";
    return NULL;
}

static void test_pages(void **state) {
    (void)state;
    size_t pages = 0;
    for (size_t i = 0; i < embedded_count; i++) {
        const char *why =
            is_page(embedded_files[i].path) ? lacking((const char *)embedded_files[i].bytes) : NULL;
        pages += is_page(embedded_files[i].path);
        if (why != NULL)
            fail_msg("%s lacks %s", embedded_files[i].path, why);
    }
    assert_true(pages > 0);
}

static void test_what_is_lacking_is_found(void **state) {
    (void)state;
    static const char head[] = "<title>{{>errors_title}}x</title>\n";
    static const char start[] = "<main id=\"innehall\" tabindex=\"-1\"><h1>x</h1>";
    static const struct {
        const char *title, *body, *want;
    } cases[] = {
        {head, "", NULL},
        {"", "", "a title"},
        {head, "<h1>", "one h1"},
        {head, "<main id=\"innehall\" tabindex=\"-1\">", "one <main"},
        {head, "<form method=\"post\">", "a form_token"},
        {head, "<form method=\"get\">{{>field}}", NULL},
        {head, "<form method=\"post\">{{>form_token}}{{>field}}", "the summary"},
        {"<title>x</title>\n", "<form method=\"post\">{{>form_token}}{{>field}}{{>errors}}",
         "errors_title"},
        {head, "<form method=\"post\">{{>form_token}}{{>errors}}{{>field}}", NULL},
    };
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *why =
            lacking(arena_format(arena, "%s%s%s", cases[i].title, start, cases[i].body));
        const char *want = cases[i].want == NULL ? "nothing" : cases[i].want;
        assert_true(has(why == NULL ? "nothing" : why, want));
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_what_is_lacking_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
