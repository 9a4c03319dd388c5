/* Keys of the folder: found without being made, and destroyed for good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/http/keys.h"

static char folder[] = "/tmp/radslag-keys-XXXXXX";
static char file[80];

static int folder_make(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    (void)snprintf(file, sizeof file, "%s/poll-7.key", folder);
    return 0;
}

static int folder_remove(void **state) {
    (void)state;
    return rmdir(folder);
}

static void put(const char *bytes, size_t length, mode_t mode) {
    const int out = open(file, O_WRONLY | O_CREAT | O_TRUNC, mode);
    assert_true(out >= 0);
    assert_int_equal(fchmod(out, mode), 0);
    assert_int_equal(write(out, bytes, length), length);
    assert_int_equal(close(out), 0);
}

static void test_find_makes_nothing(void **state) {
    (void)state;
    unsigned char key[KEY_BYTES] = "untouched";
    assert_int_equal(key_find(folder, "poll-7.key", key), ERR_NOT_FOUND);
    assert_int_equal(access(file, F_OK), -1);
    assert_string_equal((const char *)key, "untouched");
    assert_int_equal(key_find("/tmp/radslag-no-such-folder", "poll-7.key", key), ERR_UNAVAILABLE);
    assert_string_equal((const char *)key, "untouched");
}

static void test_find_gives_what_open_made(void **state) {
    (void)state;
    unsigned char made[KEY_BYTES], found[KEY_BYTES] = {0};
    assert_int_equal(key_open(folder, "poll-7.key", made), ERR_OK);
    assert_int_equal(key_find(folder, "poll-7.key", found), ERR_OK);
    assert_memory_equal(found, made, sizeof made);
    assert_int_equal(unlink(file), 0);
}

/* Too short, too long, readable by others, a link: none is a key. */
static void test_find_refuses_what_is_no_key_of_ours(void **state) {
    (void)state;
    static const char bytes[KEY_BYTES + 1] = "0123456789abcdef0123456789abcdef";
    unsigned char key[KEY_BYTES];
    put(bytes, KEY_BYTES - 1, 0600);
    assert_int_equal(key_find(folder, "poll-7.key", key), ERR_UNAVAILABLE);
    put(bytes, KEY_BYTES + 1, 0600);
    assert_int_equal(key_find(folder, "poll-7.key", key), ERR_UNAVAILABLE);
    put(bytes, KEY_BYTES, 0640);
    assert_int_equal(key_find(folder, "poll-7.key", key), ERR_UNAVAILABLE);
    put(bytes, KEY_BYTES, 0600);
    assert_int_equal(key_find(folder, "poll-7.key", key), ERR_OK);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(symlink("/dev/zero", file), 0);
    assert_int_equal(key_find(folder, "poll-7.key", key), ERR_UNAVAILABLE);
    assert_int_equal(unlink(file), 0);
}

/* Who held the file open sees other bytes afterwards: it was overwritten where it lay (QUA-9). */
static void test_destroy_overwrites_and_removes(void **state) {
    (void)state;
    unsigned char made[KEY_BYTES], left[KEY_BYTES];
    assert_int_equal(key_open(folder, "poll-7.key", made), ERR_OK);
    const int held = open(file, O_RDONLY | O_CLOEXEC);
    assert_true(held >= 0);
    assert_int_equal(key_destroy(folder, "poll-7.key"), ERR_OK);
    assert_int_equal(access(file, F_OK), -1);
    assert_int_equal(read(held, left, sizeof left), KEY_BYTES);
    assert_memory_not_equal(left, made, sizeof made);
    assert_int_equal(close(held), 0);
    assert_int_equal(key_find(folder, "poll-7.key", left), ERR_NOT_FOUND);
}

static void test_destroy_again_and_where_it_cannot(void **state) {
    (void)state;
    static const char other[] = "what the link leads to stays";
    char target[96], text[sizeof other] = "";
    assert_int_equal(key_destroy(folder, "poll-7.key"), ERR_OK);
    assert_int_equal(key_destroy("/tmp/radslag-no-such-folder", "poll-7.key"), ERR_UNAVAILABLE);
    put(other, sizeof other, 0600);
    (void)snprintf(target, sizeof target, "%s/other", folder);
    assert_int_equal(rename(file, target), 0);
    assert_int_equal(symlink(target, file), 0);
    assert_int_equal(key_destroy(folder, "poll-7.key"), ERR_UNAVAILABLE);
    const int in = open(target, O_RDONLY | O_CLOEXEC);
    assert_int_equal(read(in, text, sizeof text), sizeof text);
    assert_string_equal(text, other);
    assert_int_equal(close(in), 0);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(unlink(target), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find_makes_nothing),
        cmocka_unit_test(test_find_gives_what_open_made),
        cmocka_unit_test(test_find_refuses_what_is_no_key_of_ours),
        cmocka_unit_test(test_destroy_overwrites_and_removes),
        cmocka_unit_test(test_destroy_again_and_where_it_cannot),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
