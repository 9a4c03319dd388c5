/* Text: validity, normal form, length as people count it, keys, Swedish order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/text.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new(4 << 20);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void invalid_text_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } bad[] = {{"\xff", 1},     {"\xc3", 1},     {"a\0b", 3}, {"\xed\xa0\x80", 3},
               {"\xc0\x80", 2}, {"a\x1b[0m", 5}, {"\x7f", 1}};
    const char *text;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(text_clean(arena, bad[i].bytes, bad[i].length, &text), ERR_BAD_REQUEST);
}

static void typed_text_is_normalised(void **state) {
    (void)state;
    const char *text = NULL;
    const char typed[] = "  a\xcc\x8a r\r\nrad 2\rrad 3 \n";
    assert_int_equal(text_clean(arena, typed, sizeof typed - 1, &text), ERR_OK);
    assert_string_equal(text, "å r\nrad 2\nrad 3");
}

/* PUB-4: å, emoji and line ends count as one each. */
static void length_is_as_people_count(void **state) {
    (void)state;
    assert_int_equal(text_length(""), 0);
    assert_int_equal(text_length("abc\nd"), 5);
    assert_int_equal(text_length("åäö"), 3);
    assert_int_equal(text_length("a\xcc\x8a"), 1);
    assert_int_equal(text_length("👨‍👩‍👧‍👦🇸🇪"), 2);
}

/* REG-3: person = normalised e-mail. */
static void email_keys(void **state) {
    (void)state;
    assert_string_equal(text_email_key(arena, " Alva@Almsjo.Example "), "alva@almsjo.example");
    assert_string_equal(text_email_key(arena, "ÅSA@exempel.se"), "åsa@exempel.se");
    static const char *const bad[] = {"",          "a",        "@b.se",    "a@",       "a@b",
                                      "a@b..se",   "a b@c.se", "a@b@c.se", "a@.se",    "a,b@c.se",
                                      "a@c.se\nx", ".a@c.se",  "a.@c.se",  "a@c_d.se."};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_null(text_email_key(arena, bad[i]));
    assert_null(text_email_key(arena, NULL));
}

static void slugs(void **state) {
    (void)state;
    assert_string_equal(text_slug(arena, "Åviks badplats & brygga!"), "aviks-badplats-brygga");
    assert_string_equal(text_slug(arena, "???"), "-");
    assert_true(
        strlen(text_slug(arena, "ett mycket långt namn på en sida som aldrig tycks ta slut, "
                                "för ingen har satt punkt")) <= 60);
}

/* QUA-3: å, ä and ö come last, in that order; case does not decide first. */
static void swedish_order(void **state) {
    (void)state;
    static const char *const sorted[] = {"Ale",  "alm",  "Varberg", "Wik",
                                         "zeta", "Åmål", "Älmhult", "Örebro"};
    for (size_t i = 0; i + 1 < sizeof sorted / sizeof sorted[0]; i++)
        assert_true(text_compare_sv(sorted[i], strlen(sorted[i]), sorted[i + 1],
                                    strlen(sorted[i + 1])) < 0);
}

static void buffer_grows_and_ends(void **state) {
    (void)state;
    struct buffer buffer = buffer_in(arena, 5000);
    for (int i = 0; i < 100; i++)
        buffer_format(&buffer, "%d,", i);
    assert_int_equal(strlen(buffer_string(&buffer)), 290);
}

static void buffer_limit_recovers(void **state) {
    (void)state;
    struct arena *small = arena_new(1 << 20);
    if (ARENA_RECOVER(small)) {
        arena_free(small);
        return;
    }
    struct buffer buffer = buffer_in(small, 1000);
    for (int i = 0; i < 2000; i++)
        buffer_text(&buffer, "0123456789");
    fail_msg("the buffer's limit was not held");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invalid_text_is_refused),
        cmocka_unit_test(typed_text_is_normalised),
        cmocka_unit_test(length_is_as_people_count),
        cmocka_unit_test(email_keys),
        cmocka_unit_test(slugs),
        cmocka_unit_test(swedish_order),
        cmocka_unit_test(buffer_grows_and_ends),
        cmocka_unit_test(buffer_limit_recovers),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
