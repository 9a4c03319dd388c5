/* Archives: other programs' form, the same bytes each time, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "budgets/files/archive.h"

struct written {
    char *bytes;
    size_t length;
};

static struct written write_two(struct arena *arena) {
    struct written written;
    char hash[ARCHIVE_HASH_BYTES];
    FILE *file = tmpfile();
    assert_non_null(file);
    struct archive_writer *writer = archive_begin(arena, file);
    archive_member(writer, "a.txt");
    archive_put(writer, "ab", 2);
    archive_put(writer, "", 0);
    archive_put(writer, "c", 1);
    archive_member_end(writer, hash);
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    archive_member(writer, "empty");
    archive_member_end(writer, NULL);
    assert_int_equal(archive_end(writer), ERR_OK);
    written.length = (size_t)ftell(file);
    written.bytes = arena_take(arena, written.length);
    rewind(file);
    assert_int_equal(fread(written.bytes, 1, written.length, file), written.length);
    assert_int_equal(fclose(file), 0);
    return written;
}

static void what_is_written_is_read_back(void **state) {
    struct arena *arena = arena_new(1 << 20);
    struct written one = write_two(arena), other = write_two(arena);
    struct archive archive = {0};
    struct archive_refusal refusal = {0};
    (void)state;
    assert_int_equal(one.length, other.length);
    assert_memory_equal(one.bytes, other.bytes, one.length);
    assert_true(archive_read(arena, one.bytes, one.length, &archive, &refusal));
    assert_true(archive_is_exact(arena, &archive, one.bytes, one.length, &refusal));
    assert_int_equal(archive.count, 2);
    assert_int_equal(archive_find(&archive, "a.txt")->length, 3);
    assert_memory_equal(archive_find(&archive, "a.txt")->bytes, "abc", 3);
    assert_int_equal(archive_find(&archive, "empty")->length, 0);
    assert_null(archive_find(&archive, "b.txt"));
    arena_free(arena);
}

/* Python's zipfile checks headers and CRC by its own code. */
static void another_program_unpacks_it(void **state) {
    struct arena *arena = arena_new(1 << 20);
    struct written written = write_two(arena);
    char path[] = "/tmp/radslag-archive-XXXXXX";
    const int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    assert_int_equal(write(file, written.bytes, written.length), (ssize_t)written.length);
    assert_int_equal(close(file), 0);
    const char *command =
        arena_format(arena,
                     "/usr/bin/python3 -c \"import zipfile; z = zipfile.ZipFile('%s'); "
                     "assert z.testzip() is None and z.read('a.txt') == b'abc'\"",
                     path);
    assert_int_equal(system(command), 0);
    (void)unlink(path);
    arena_free(arena);
}

/* No byte around the members may be another: not in headers, not in the directory. */
static void each_changed_byte_is_noticed(void **state) {
    struct arena *arena = arena_new(1 << 20);
    struct written written = write_two(arena);
    (void)state;
    for (size_t at = 0; at < written.length; at++) {
        struct archive archive = {0};
        struct archive_refusal refusal = {0};
        written.bytes[at] = (char)(written.bytes[at] ^ 1);
        assert_false(archive_read(arena, written.bytes, written.length, &archive, &refusal) &&
                     archive_is_exact(arena, &archive, written.bytes, written.length, &refusal));
        assert_non_null(refusal.text);
        written.bytes[at] = (char)(written.bytes[at] ^ 1);
    }
    arena_free(arena);
}

static void a_broken_disk_is_told(void **state) {
    struct arena *arena = arena_new(1 << 20);
    FILE *file = fopen("/dev/full", "w");
    (void)state;
    assert_non_null(file);
    struct archive_writer *writer = archive_begin(arena, file);
    archive_member(writer, "a.txt");
    archive_put(writer, "abc", 3);
    archive_member_end(writer, NULL);
    assert_int_equal(archive_end(writer), ERR_UNAVAILABLE);
    (void)fclose(file);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(another_program_unpacks_it),
        cmocka_unit_test(each_changed_byte_is_noticed),
        cmocka_unit_test(a_broken_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
