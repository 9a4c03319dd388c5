/* Header words, quoted-printable, dates, addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/mail/encode.h"

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

static const char *written(void (*encode)(struct buffer *into, const char *text),
                           const char *text) {
    struct buffer buffer = buffer_in(arena, 1 << 18);
    encode(&buffer, text);
    return buffer_string(&buffer);
}

static void test_line_ends_are_refused_in_headers(void **state) {
    (void)state;
    static const char *const bad[] = {
        "a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\tb", "a\x01z", "a\x7f", "\xff", "a\xc3"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(mail_header_valid(bad[i]));
    assert_true(mail_header_valid("Rösta nu – 3 dagar kvar"));
    assert_true(mail_header_valid(""));
}

static void test_header_words(void **state) {
    (void)state;
    assert_string_equal(written(encode_words, "Plain words"), "Plain words");
    assert_string_equal(written(encode_words, "Åvik"), "=?UTF-8?B?w4V2aWs=?=");
    assert_string_equal(written(encode_words, "=?UTF-8?Q?spoofed?="),
                        "=?UTF-8?B?PT9VVEYtOD9RP3Nwb29mZWQ/PQ==?=");
}

static void test_long_header_words_are_folded_between_characters(void **state) {
    (void)state;
    const char *folded =
        written(encode_words, "ååååååååååååååååååååååååååååååååååååååååååååååååååååååååååååå🐻");
    size_t line = 0;
    for (const char *c = folded; *c != '\0'; c++) {
        line = *c == '\n' ? 0 : line + 1;
        assert_true(line <= 77);
    }
    assert_non_null(strstr(folded, "?=\r\n =?UTF-8?B?"));
}

static void test_names_before_addresses(void **state) {
    (void)state;
    assert_string_equal(written(encode_phrase, "Siv \"Sisu\" Ek"), "\"Siv \\\"Sisu\\\" Ek\"");
    assert_string_equal(written(encode_phrase, "a@b.example, c"), "\"a@b.example, c\"");
    assert_string_equal(written(encode_phrase, "Åsa"), "=?UTF-8?B?w4VzYQ==?=");
}

static void test_quoted_printable(void **state) {
    (void)state;
    assert_string_equal(written(encode_quoted_printable, "å=b\n"), "=C3=A5=3Db\r\n");
    assert_string_equal(written(encode_quoted_printable, "no end"), "no end\r\n");
    assert_string_equal(written(encode_quoted_printable, "blank \nx\t\n"), "blank=20\r\nx=09\r\n");
    assert_string_equal(written(encode_quoted_printable, ".\n..a\nFrom here\n"),
                        "=2E\r\n=2E.a\r\n=46rom here\r\n");
    assert_string_equal(written(encode_quoted_printable, ""), "");
    assert_string_equal(written(encode_quoted_printable, "a\n\nb"), "a\r\n\r\nb\r\n");
}

static void test_long_lines_are_broken(void **state) {
    (void)state;
    char text[400];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memcpy(text + 74, "å.", strlen("å.")); /* would straddle the edge */
    const char *broken = written(encode_quoted_printable, text);
    size_t line = 0;
    for (const char *c = broken; *c != '\0'; c++) {
        line = *c == '\n' ? 0 : line + 1;
        assert_true(line <= 77); /* 76 and the CR */
        if (line == 1)
            assert_int_not_equal(*c, '.');
    }
    assert_non_null(strstr(broken, "=\r\n"));
}

static void test_dates_are_swedish(void **state) {
    (void)state;
    struct buffer buffer = buffer_in(arena, 100);
    encode_date(&buffer, instant_from_rfc3339("2026-06-09T12:02:03Z"));
    assert_string_equal(buffer_string(&buffer), "Tue, 09 Jun 2026 14:02:03 +0200");
    buffer = buffer_in(arena, 100);
    encode_date(&buffer, instant_from_rfc3339("2026-12-31T23:30:00Z"));
    assert_string_equal(buffer_string(&buffer), "Fri, 01 Jan 2027 00:30:00 +0100");
}

static void test_addresses(void **state) {
    (void)state;
    assert_string_equal(encode_address(arena, "Siv.Ek@Example.org"), "Siv.Ek@example.org");
    assert_string_equal(encode_address(arena, "siv@åvik.example"), "siv@xn--vik-tla.example");
    static const char *const bad[] = {"siv",
                                      "a@b@c.example",
                                      "a@b.example\r\nBcc: x@y.example",
                                      "a b@c.example",
                                      "<a@b.example>",
                                      "a@-.example",
                                      ""};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_null(encode_address(arena, bad[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_ends_are_refused_in_headers),
        cmocka_unit_test(test_header_words),
        cmocka_unit_test(test_long_header_words_are_folded_between_characters),
        cmocka_unit_test(test_names_before_addresses),
        cmocka_unit_test(test_quoted_printable),
        cmocka_unit_test(test_long_lines_are_broken),
        cmocka_unit_test(test_dates_are_swedish),
        cmocka_unit_test(test_addresses),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
