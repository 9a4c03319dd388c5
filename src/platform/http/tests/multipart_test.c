#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/text.h"
#include "platform/http/multipart.h"

static struct arena *arena;
static char folder[] = "/tmp/radslag-upload-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder); /* fails when a test left a file behind */
}

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

static const struct multipart_limits limits = {.fields = 1000, .files = 5000};

/* Fed `step` bytes at a time. */
static enum error read_parts(const char *body, size_t length, size_t step, struct input *ret) {
    struct multipart *parts = multipart_new(arena, "XyZ", limits, folder);
    for (size_t i = 0; i < length; i += step)
        TRY(multipart_feed(parts, body + i, length - i < step ? length - i : step));
    return multipart_end(parts, ret);
}

#define FIELD(name, value)                                                                         \
    "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, type, value)                                                         \
    "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file                 \
    "\"\r\nContent-Type: " type "\r\n\r\n" value "\r\n"
#define END "--XyZ--\r\n"

static const char whole[] = FIELD("text", "a\r\nb\rc") FIELD("empty", "") FIELD("text", "--XyQ")
    FILE_PART("picture", "C:\\bilder\\k%22arta.png", "image/png", "\x89PNG\0\r\n--Xy\r\n")
        FILE_PART("none", "", "application/octet-stream", "") END "and more";

static size_t files_left(void) {
    size_t count = 0;
    DIR *open = opendir(folder);
    while (readdir(open) != NULL)
        count++;
    (void)closedir(open);
    return count - 2;
}

static void assert_whole(const struct input *input) {
    assert_int_equal(input->count, 4);
    assert_string_equal(input_value(input, "text"), "a\r\nb\rc");
    assert_string_equal(input_value(input, "empty"), "");
    assert_null(input_value(input, "none"));
    const struct input_pair *last = input->first->next->next->next;
    assert_string_equal(last->name, "picture");
    assert_string_equal(last->upload->name, "k\"arta.png");
    assert_string_equal(last->upload->type, "image/png");
    assert_int_equal(last->upload->size, 13);
    char bytes[32];
    FILE *file = fopen(last->upload->path, "re");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, sizeof bytes, file), 13);
    assert_memory_equal(bytes, "\x89PNG\0\r\n--Xy\r\n", 13);
    (void)fclose(file);
}

static void test_parts_are_read_however_they_are_cut(void **state) {
    (void)state;
    for (size_t step = 1; step < sizeof whole; step++) {
        struct input input = {0};
        assert_int_equal(read_parts(whole, sizeof whole - 1, step, &input), ERR_OK);
        assert_whole(&input);
        assert_int_equal(files_left(), 1);
        arena_reset(arena);
        assert_int_equal(files_left(), 0);
    }
}

static void test_every_shorter_body_is_refused(void **state) {
    (void)state;
    const size_t needed = sizeof whole - 1 - strlen("\r\nand more");
    for (size_t length = 0; length < needed; length++) {
        struct input input = {.count = 7};
        assert_int_not_equal(read_parts(whole, length, 64, &input), ERR_OK);
        assert_int_equal(input.count, 7);
        arena_reset(arena);
    }
    assert_int_equal(files_left(), 0);
}

static enum error read_text(const char *body) {
    struct input input;
    return read_parts(body, strlen(body), 7, &input);
}

static void test_malformed_parts_are_refused(void **state) {
    (void)state;
    static const char *const malformed[] = {
        "",
        "preamble\r\n" FIELD("a", "b") END,
        "--XyZ\r\n\r\nno head\r\n" END,
        "--XyZ\r\nContent-Type: text/plain\r\n\r\nno name\r\n" END,
        "--XyZ\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n" END,
        "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n" END,
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n" END,
        "--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n" END,
        "--XyZjunk\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n" END,
        FIELD("a", "\xff"),
        FIELD("a", "\xff") END,
        FIELD("a\xff", "b") END,
        FILE_PART("a", "", "text/plain", "bytes without a name") END,
    };
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
        assert_int_equal(read_text(malformed[i]), ERR_BAD_REQUEST);
    static const char nul[] = FIELD("a", "b\0c") END;
    struct input input;
    assert_int_equal(read_parts(nul, sizeof nul - 1, 9, &input), ERR_BAD_REQUEST);
}

static void test_limits_hold(void **state) {
    (void)state;
    char long_head[4000];
    memset(long_head, 'x', sizeof long_head - 1);
    long_head[sizeof long_head - 1] = '\0';
    assert_int_equal(read_text(arena_format(arena, "--XyZ\r\nX: %s", long_head)), ERR_BAD_REQUEST);
    assert_int_equal(read_text(arena_format(arena, FIELD("a", "%.1000s") END, long_head)), ERR_OK);
    assert_int_equal(read_text(arena_format(arena, FIELD("a", "%.1001s") END, long_head)),
                     ERR_TOO_LARGE);
    assert_int_equal(read_text(arena_format(arena,
                                            FILE_PART("a", "b", "c", "%.2500s")
                                                FILE_PART("a", "b", "c", "%.2500s") END,
                                            long_head, long_head)),
                     ERR_OK);
    assert_int_equal(read_text(arena_format(arena,
                                            FILE_PART("a", "b", "c", "%.2500s")
                                                FILE_PART("a", "b", "c", "%.2501s") END,
                                            long_head, long_head)),
                     ERR_TOO_LARGE);
    struct buffer many = buffer_in(arena, 1 << 19);
    for (int i = 0; i <= MULTIPART_PARTS_MAX; i++)
        buffer_text(&many, FIELD("a", ""));
    buffer_text(&many, END);
    assert_int_equal(read_text(buffer_string(&many)), ERR_BAD_REQUEST);
}

static void test_boundary_of_a_content_type(void **state) {
    (void)state;
    assert_string_equal(multipart_boundary(arena, "multipart/form-data; boundary=abc"), "abc");
    assert_string_equal(multipart_boundary(arena, "multipart/form-data;boundary=\"a:b\"; x=y"),
                        "a:b");
    static const char *const none[] = {
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; xboundary=a",
        "multipart/form-data; boundary=a\"b", "multipart/form-data; boundary=\"a"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_null(multipart_boundary(arena, none[i]));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_parts_are_read_however_they_are_cut), TEST(test_every_shorter_body_is_refused),
        TEST(test_malformed_parts_are_refused),         TEST(test_limits_hold),
        TEST(test_boundary_of_a_content_type),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
