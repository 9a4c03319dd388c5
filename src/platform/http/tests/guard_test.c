/* What RFC 9112 wants refused before anybody interprets the request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/http/guard.h"

struct verdict {
    enum error error;
    struct guard_found found;
    const char *rule;
};

/* `fields`: name, value, … ended by NULL. */
static struct verdict judge(const char *version, const char *const *fields) {
    struct verdict verdict = {.rule = "none"};
    struct header_list list = {0};
    struct arena *arena = arena_new(1 << 20);
    for (; fields[0] != NULL; fields += 2)
        header_add(&list, arena, fields[0], fields[1]);
    verdict.error =
        guard_judge(&(struct guard_head){version, &list}, &verdict.found, &verdict.rule);
    arena_free(arena);
    return verdict;
}
#define JUDGE(...) judge("HTTP/1.1", (const char *const[]){__VA_ARGS__, NULL})
#define JUDGE_1_0(...) judge("HTTP/1.0", (const char *const[]){__VA_ARGS__, NULL})

static void assert_rule(struct verdict verdict, const char *rule) {
    assert_int_equal(verdict.error, ERR_BAD_REQUEST);
    assert_string_equal(verdict.rule, rule);
}

static void test_usual_requests_pass(void **state) {
    (void)state;
    assert_int_equal(JUDGE("Host", "a.example").error, ERR_OK);
    assert_string_equal(JUDGE("Host", "a.example:8080").found.host, "a.example:8080");
    assert_int_equal(JUDGE("Host", "[::1]:8080").error, ERR_OK);
    assert_int_equal(JUDGE("Host", "a", "Content-Length", "12").found.length, 12);
    assert_int_equal(JUDGE("Host", "a", "Transfer-Encoding", "Chunked").found.length, -1);
    assert_int_equal(JUDGE("Host", "a").found.length, 0);
    assert_int_equal(JUDGE("Host", "a", "X-Name", "tab\tand \xc3\xa5").error, ERR_OK);
}

static void test_host_is_one_and_well_formed(void **state) {
    (void)state;
    assert_rule(JUDGE("X", "y"), "no_host");
    assert_rule(JUDGE("Host", "a", "host", "b"), "doubled_header");
    static const char *const malformed[] = {"",         "a b", "a/b",  "a@b", "a:",  "a:port",
                                            "a:123456", ":80", "[::1", "[]",  "a,b", "\xc3\xa5"};
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
        assert_rule(JUDGE("Host", malformed[i]), "malformed_host");
}

static void test_old_clients_may_lack_host(void **state) {
    (void)state;
    const struct verdict verdict = JUDGE_1_0("X", "y");
    assert_int_equal(verdict.error, ERR_OK);
    assert_null(verdict.found.host);
    assert_rule(JUDGE_1_0("Transfer-Encoding", "chunked"), "unknown_coding");
    assert_rule(judge("HTTP/1.2", (const char *const[]){"Host", "a", NULL}), "version");
}

static void test_length_means_one_thing(void **state) {
    (void)state;
    assert_rule(JUDGE("Host", "a", "Content-Length", "5", "Content-Length", "5"), "doubled_header");
    assert_rule(JUDGE("Host", "a", "Content-Length", "5", "Transfer-Encoding", "chunked"),
                "length_and_coding");
    static const char *const malformed[] = {"",    "+5",  "-5",  "5 ",
                                            "0x5", "5,5", "5.0", "100000000000000000000"};
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
        assert_rule(JUDGE("Host", "a", "Content-Length", malformed[i]), "malformed_length");
    static const char *const unknown[] = {"gzip",     "chunked, chunked", "gzip, chunked",
                                          "identity", "xchunked",         ""};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_rule(JUDGE("Host", "a", "Transfer-Encoding", unknown[i]), "unknown_coding");
}

static void test_fields_keep_the_grammar(void **state) {
    (void)state;
    assert_rule(JUDGE("Host ", "a"), "header_name");
    assert_rule(JUDGE(" Host", "a"), "header_name");
    assert_rule(JUDGE("", "a"), "header_name");
    assert_rule(JUDGE("Na\xc3\xaf", "a"), "header_name");
    assert_rule(JUDGE("Host", "a", "X", "a\rb"), "header_value");
    assert_rule(JUDGE("Host", "a", "X", "a\x7f"), "header_value");
}

static void test_many_fields_are_refused(void **state) {
    (void)state;
    enum { FIELDS = GUARD_HEADERS_MAX + 1 };
    const char *fields[2 * FIELDS + 1] = {"Host", "a"};
    for (size_t i = 1; i < FIELDS; i++) {
        fields[2 * i] = "X";
        fields[2 * i + 1] = "y";
    }
    assert_rule(judge("HTTP/1.1", fields), "too_many_headers");
    fields[2 * FIELDS - 2] = NULL;
    assert_int_equal(judge("HTTP/1.1", fields).error, ERR_OK);
}

static void test_host_name_is_folded(void **state) {
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    assert_string_equal(guard_host_name(arena, "Avik.Example:443"), "avik.example");
    assert_string_equal(guard_host_name(arena, "[::1]:80"), "[::1]");
    assert_null(guard_host_name(arena, "a b"));
    arena_free(arena);
}

/* ---- the bytes between the pointers, as the library leaves them ---- */

/* Cuts a head the way the library does: '\n' stands for where spans end. Each test writes the head
 * with the separators already NULed. */
static bool whole(char *head, size_t length, const char *value_end_marks) {
    struct guard_span spans[4];
    size_t count = 0;
    char *method = head, *target = method + strlen(method) + 1;
    char *version = target + strlen(target) + 1;
    char *at = version + strlen(version) + 2;
    for (const char *mark = value_end_marks; *mark != '\0'; mark++) {
        char *name = at, *value = name + strlen(name) + 1;
        value += strspn(value, " \t");
        spans[count++] = (struct guard_span){name, strlen(name), value, strlen(value)};
        at = value + strlen(value) + 2 + (*mark - '0');
    }
    return guard_is_whole(&(struct guard_pointers){method, target, version, strlen(target), length},
                          spans, count);
}
#define HEAD(text) (char[]){text}, sizeof(text) - 1

static void test_whole_heads_are_whole(void **state) {
    (void)state;
    assert_true(whole(HEAD("GET\0/\0HTTP/1.1\0\0Host\0 a\0\0X\0b\0\0\0\0"), "00"));
    assert_true(whole(HEAD("GET\0/\0HTTP/1.0\0\0\0\0"), ""));
    assert_true(whole(HEAD("GET\0/\0HTTP/1.1\0\0Host\0a\0\0X\0\0\0\0\0"), "00"));
}

static void test_hidden_bytes_are_seen(void **state) {
    (void)state;
    /* A NUL in a value, in the middle and at the end of the head. */
    assert_false(whole(HEAD("GET\0/\0HTTP/1.1\0\0Host\0 a\0bcd\0\0X\0b\0\0\0\0"), "40"));
    assert_false(whole(HEAD("GET\0/\0HTTP/1.1\0\0Host\0 a\0zz\0\0\0\0"), "0"));
    assert_false(whole(HEAD("GET\0/\0HTTP/1.1\0\0Host\0 a\0\0\0\0\0"), "0"));
    /* A bare line feed ends a line: one byte short. */
    assert_false(whole(HEAD("GET\0/\0HTTP/1.1\0\0Host\0 a\0X\0b\0\0\0\0"), "/0"));
    /* The target is shorter than what lies before the version. */
    struct guard_pointers cut = {"GET\0/a\0b\0HTTP/1.1\0\0\0\0", NULL, NULL, 2, 21};
    cut.target = cut.method + 4;
    cut.version = cut.method + 9;
    assert_false(guard_is_whole(&cut, NULL, 0));
}

static void test_folded_line_is_seen(void **state) {
    (void)state;
    /* The library copies a folded name elsewhere. */
    char head[] = "GET\0/\0HTTP/1.1\0\0Host\0 a\0\0 b\0\0\0\0", elsewhere[] = "Host";
    const struct guard_span span = {elsewhere, 4, head + 21, 1};
    const struct guard_pointers pointers = {head, head + 4, head + 6, 1, sizeof head - 1};
    assert_false(guard_is_whole(&pointers, &span, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual_requests_pass),
        cmocka_unit_test(test_host_is_one_and_well_formed),
        cmocka_unit_test(test_old_clients_may_lack_host),
        cmocka_unit_test(test_length_means_one_thing),
        cmocka_unit_test(test_fields_keep_the_grammar),
        cmocka_unit_test(test_many_fields_are_refused),
        cmocka_unit_test(test_host_name_is_folded),
        cmocka_unit_test(test_whole_heads_are_whole),
        cmocka_unit_test(test_hidden_bytes_are_seen),
        cmocka_unit_test(test_folded_line_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
