/* Files that come with a form: there while it is handled, gone afterwards, part of what the act is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/db/test_store.h"
#include "platform/http/tests/site/site.h"

#define MULTIPART "Content-Type: multipart/form-data; boundary=B"

static struct store *store;
static struct http *http;
static struct visit visit;

static int open_site(void **state) {
    if (test_store_open_sqlite(state) != 0)
        return -1;
    store = test_store(state);
    const struct http_options options = site_options(store);
    http = site_start(&options);
    visit = visit_new(http);
    return 0;
}

static int close_site(void **state) {
    visit_end(&visit);
    http_stop(http);
    return test_store_gone(state);
}

static const char *token(void) {
    visit_get(&visit, "/notes", NULL);
    return visit_token(&visit);
}

static void post(const char *form_token, const char *text, const char *file) {
    const char *part = "--B\r\nContent-Disposition: form-data; name=";
    visit_post(&visit, "/notes", HEADERS(MULTIPART),
               arena_format(visit.arena,
                            "%s\"form\"\r\n\r\n%s\r\n%s\"text\"\r\n\r\n%s\r\n"
                            "%s\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
                            "%s\r\n--B--\r\n",
                            part, form_token, part, text, part, file));
}

static void test_file_is_there_while_handled_and_gone_afterwards(void **state) {
    (void)state;
    post(token(), "hej", "PNG bytes");
    assert_int_equal(visit.reply.status, 303);
    assert_string_equal(site_upload_bytes, "PNG bytes");
    assert_int_not_equal(site_upload_path[0], '\0');
    assert_int_not_equal(access(site_upload_path, F_OK), 0);
}

static void test_file_of_a_refused_form_is_gone_too(void **state) {
    (void)state;
    post(token(), "hej", "one");
    post(token(), "hej", "two");
    assert_int_equal(visit.reply.status, 422);
    assert_string_equal(site_upload_bytes, "two");
    assert_int_not_equal(access(site_upload_path, F_OK), 0);
}

static void test_bytes_of_the_file_belong_to_the_act(void **state) {
    (void)state;
    const char *one = token();
    post(one, "hej", "same");
    post(one, "hej", "same");
    assert_int_equal(visit.reply.status, 303);
    assert_int_equal(site_acts, 1);
    post(one, "hej", "other");
    assert_int_equal(site_acts, 2);
}

static void test_files_too_large_are_413(void **state) {
    (void)state;
    enum { TOO_MANY = (1 << 20) + 1 };
    char *large = arena_take(visit.arena, TOO_MANY + 1);
    memset(large, 'x', TOO_MANY);
    post(token(), "hej", large);
    assert_int_equal(visit.reply.status, 413);
    assert_int_equal(site_prepares, 0);
    large[TOO_MANY - 1] = '\0';
    post(token(), "hej", large);
    assert_int_equal(visit.reply.status, 303);
}

static void test_malformed_parts_are_400(void **state) {
    (void)state;
    visit_post(&visit, "/notes", HEADERS(MULTIPART), "no boundary at all");
    assert_int_equal(visit.reply.status, 400);
    visit_post(&visit, "/notes", HEADERS("Content-Type: multipart/form-data"), "--B--\r\n");
    assert_int_equal(visit.reply.status, 400);
    /* A route without room for files takes none. */
    visit_post(&visit, "/login", HEADERS(MULTIPART),
               "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n"
               "--B--\r\n");
    assert_int_equal(visit.reply.status, 413);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_site, close_site)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_file_is_there_while_handled_and_gone_afterwards),
        TEST(test_file_of_a_refused_form_is_gone_too),
        TEST(test_bytes_of_the_file_belong_to_the_act),
        TEST(test_files_too_large_are_413),
        TEST(test_malformed_parts_are_400),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
