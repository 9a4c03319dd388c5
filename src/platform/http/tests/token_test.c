/* Form tokens, cookies and keys: what stands between a visitor and somebody who writes in his name.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/http/cookie.h"
#include "platform/http/keys.h"
#include "platform/http/token.h"

static struct arena *arena;
static const unsigned char key[TOKEN_KEY_BYTES] = "0123456789abcdef0123456789abcde";
static const int64_t now = SECONDS(1780000000);

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

static enum error check(const char *binding, const char *token, int64_t at) {
    const char *nonce = NULL;
    const enum error error = token_check(arena, key, binding, token, at, &nonce);
    assert_int_equal(nonce != NULL, error == ERR_OK);
    return error;
}

static void test_token_is_good_for_its_visitor_and_time(void **state) {
    (void)state;
    const char *token = token_new(arena, key, "anna", now + HOURS(1));
    assert_int_equal(check("anna", token, now), ERR_OK);
    assert_int_equal(check("anna", token, now + HOURS(1) - 1), ERR_OK);
    assert_int_equal(check("anna", token, now + HOURS(1)), ERR_FORGED);
    assert_int_equal(check("bo", token, now), ERR_FORGED);
    assert_int_equal(check("", token, now), ERR_FORGED);
}

static void test_token_tells_when_it_ends(void **state) {
    (void)state;
    assert_int_equal(token_expires(token_new(arena, key, "anna", now + HOURS(1))), now + HOURS(1));
    assert_int_equal(token_expires(""), 0);
    assert_int_equal(token_expires("nonce"), 0);
}

static void test_each_showing_has_a_nonce_of_its_own(void **state) {
    (void)state;
    const char *one = NULL, *other = NULL;
    assert_int_equal(
        token_check(arena, key, "a", token_new(arena, key, "a", now + 1000000), now, &one), ERR_OK);
    assert_int_equal(
        token_check(arena, key, "a", token_new(arena, key, "a", now + 1000000), now, &other),
        ERR_OK);
    assert_int_equal(strlen(one), TOKEN_NONCE_LENGTH);
    assert_string_not_equal(one, other);
}

static void test_changed_token_is_forged(void **state) {
    (void)state;
    char *token = arena_copy_text(arena, token_new(arena, key, "anna", now + HOURS(1)));
    for (size_t i = 0; token[i] != '\0'; i++) {
        const char was = token[i];
        token[i] = was == 'A' ? 'B' : 'A';
        assert_int_equal(check("anna", token, now), ERR_FORGED);
        token[i] = '\0';
        assert_int_equal(check("anna", token, now), ERR_FORGED);
        token[i] = was;
    }
    assert_int_equal(check("anna", token, now), ERR_OK);
    assert_int_equal(check("anna", arena_format(arena, "%sA", token), now), ERR_FORGED);
    assert_int_equal(check("anna", "", now), ERR_FORGED);
    assert_int_equal(check("anna", "..", now), ERR_FORGED);
}

static void test_other_key_is_forged(void **state) {
    (void)state;
    static const unsigned char other[TOKEN_KEY_BYTES] = "1123456789abcdef0123456789abcde";
    assert_int_equal(check("a", token_new(arena, other, "a", now + HOURS(1)), now), ERR_FORGED);
}

static void test_parts_cannot_be_shifted(void **state) {
    (void)state;
    /* "ab" with nonce N must not pass as "a" with nonce "bN". */
    const char *token = token_new(arena, key, "ab", now + HOURS(1));
    char *shifted = arena_format(arena, "b%s", token);
    memmove(shifted + TOKEN_NONCE_LENGTH, shifted + TOKEN_NONCE_LENGTH + 1,
            strlen(shifted + TOKEN_NONCE_LENGTH));
    assert_int_equal(check("a", shifted, now), ERR_FORGED);
}

static void test_cookies_are_found_by_whole_names(void **state) {
    (void)state;
    const char *header = "a=1; __Host-sessions=no; __Host-session=yes; __Host-session=second";
    assert_string_equal(cookie_find(arena, header, "session"), "yes");
    assert_null(cookie_find(arena, header, "sess"));
    assert_null(cookie_find(arena, "session=planted", "session"));
    assert_null(cookie_find(arena, "x__Host-session=1", "session"));
    assert_string_equal(cookie_find(arena, "__Host-session=", "session"), "");
    assert_null(cookie_find(arena, "__Host-session", "session"));
    assert_null(cookie_find(arena, NULL, "session"));
    assert_null(cookie_find(arena, ";;; ;", "session"));
}

static void test_cookies_are_closed(void **state) {
    (void)state;
    assert_string_equal(cookie_format(arena, "session", "abc", 0),
                        "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
    assert_string_equal(cookie_format(arena, "session", "abc", 60),
                        "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60");
    assert_string_equal(cookie_format(arena, "session", "abc", -1),
                        "__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

static void test_key_is_made_once_and_kept_from_others(void **state) {
    (void)state;
    char folder[] = "/tmp/radslag-keys-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *keys = arena_format(arena, "%s/keys", folder);
    const char *path = arena_format(arena, "%s/server.key", keys);
    unsigned char first[KEY_BYTES], second[KEY_BYTES];
    struct stat about;
    assert_int_equal(key_open(keys, "server.key", first), ERR_OK);
    assert_int_equal(key_open(keys, "server.key", second), ERR_OK);
    assert_memory_equal(first, second, KEY_BYTES);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(about.st_size, KEY_BYTES);

    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(key_open(keys, "server.key", second), ERR_UNAVAILABLE);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(truncate(path, 5), 0);
    assert_int_equal(key_open(keys, "server.key", second), ERR_UNAVAILABLE);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(keys), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void test_purposes_have_keys_of_their_own(void **state) {
    (void)state;
    unsigned char forms[KEY_BYTES], links[KEY_BYTES];
    key_derive(key, "form", forms);
    key_derive(key, "link", links);
    assert_memory_not_equal(forms, links, KEY_BYTES);
    assert_memory_not_equal(forms, key, KEY_BYTES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token_is_good_for_its_visitor_and_time),
        cmocka_unit_test(test_token_tells_when_it_ends),
        cmocka_unit_test(test_each_showing_has_a_nonce_of_its_own),
        cmocka_unit_test(test_changed_token_is_forged),
        cmocka_unit_test(test_other_key_is_forged),
        cmocka_unit_test(test_parts_cannot_be_shifted),
        cmocka_unit_test(test_cookies_are_found_by_whole_names),
        cmocka_unit_test(test_cookies_are_closed),
        cmocka_unit_test(test_key_is_made_once_and_kept_from_others),
        cmocka_unit_test(test_purposes_have_keys_of_their_own),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
