/* Codes of authenticator programs: the vectors of FIPS 180, RFC 2202, RFC 4226 and RFC 6238. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/second_factor/rules.h"
#include "platform/base/instant.h"
#include "platform/base/sha1.h"

static const unsigned char secret[] = "12345678901234567890"; /* of both RFCs */

static const char *hex(struct arena *arena, const unsigned char *bytes, size_t length) {
    char *text = arena_take(arena, 2 * length + 1);

    for (size_t i = 0; i < length; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    return text;
}

static void sha1_has_the_known_hashes(void **state) {
    static const struct {
        const char *text, *hash;
    } cases[] = {
        {"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
        {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
    };
    struct arena *arena = arena_new(1 << 20);
    unsigned char hash[SHA1_BYTES];

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sha1((const unsigned char *)cases[i].text, strlen(cases[i].text), hash);
        assert_string_equal(hex(arena, hash, sizeof hash), cases[i].hash);
    }
    /* RFC 2202, case 2. */
    sha1_hmac((const unsigned char *)"Jefe", 4,
              (const unsigned char *)"what do ya want for nothing?", 28, hash);
    assert_string_equal(hex(arena, hash, sizeof hash), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    arena_free(arena);
}

static void counters_have_the_codes_of_RFC_4226(void **state) {
    static const uint32_t codes[] = {755224, 287082, 359152, 969429, 338314,
                                     254676, 287922, 162583, 399871, 520489};

    (void)state;
    for (int64_t counter = 0; counter < 10; counter++)
        assert_int_equal(totp_code(secret, counter), codes[counter]);
}

static void instants_have_the_codes_of_RFC_6238(void **state) {
    static const struct {
        int64_t second;
        uint32_t code; /* the last six of the RFC's eight digits */
    } cases[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
                 {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(totp_code(secret, totp_step(SECONDS(cases[i].second))), cases[i].code);
}

static void one_step_beside_is_taken_and_none_twice(void **state) {
    const int64_t now = SECONDS(1111111111);
    const int64_t step = totp_step(now);
    char code[8];

    (void)state;
    for (int64_t beside = -3; beside <= 3; beside++) {
        (void)snprintf(code, sizeof code, "%06u", totp_code(secret, step + beside));
        assert_int_equal(totp_match(secret, code, now, 0),
                         beside >= -1 && beside <= 1 ? step + beside : 0);
    }
    (void)snprintf(code, sizeof code, "%06u", totp_code(secret, step));
    assert_int_equal(totp_match(secret, code, now, step), 0); /* replayed */
    assert_int_equal(totp_match(secret, code, now, step - 1), step);
    assert_int_equal(totp_match(secret, "", now, 0), 0);
    assert_int_equal(totp_match(secret, "50471", now, 0), 0); /* without its leading zero */
}

static void secrets_are_written_in_base32(void **state) {
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    assert_string_equal(base32_text(arena, secret, 20), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_string_equal(base32_text(arena, (const unsigned char *)"foob", 4), "MZXW6YQ");
    assert_string_equal(base32_text(arena, secret, 0), "");
    assert_string_equal(grouped_by_four(arena, "ABCDEFGHI"), "ABCD EFGH I");
    assert_string_equal(
        totp_address(arena, "Åre kommun", "a+b@example.org", "GEZDGNBV"),
        "otpauth://totp/%C3%85re%20kommun:a%2Bb%40example.org?secret=GEZDGNBV&issuer="
        "%C3%85re%20kommun");
    arena_free(arena);
}

static void recovery_codes_are_read_as_people_write_them(void **state) {
    static const unsigned char random[10] = {0, 31, 32, 255, 5, 10, 15, 20, 25, 30};
    struct arena *arena = arena_new(1 << 20);
    const char *code = recovery_text(arena, random);

    (void)state;
    assert_int_equal(strlen(code), 11);
    assert_int_equal(code[5], '-');
    const char *clean = recovery_clean(arena, code);
    assert_int_equal(strlen(clean), 10);
    assert_string_equal(recovery_clean(arena, "ABCDE fgh23"), "abcdefgh23");
    assert_null(recovery_clean(arena, "abcde-fgh2"));
    assert_null(recovery_clean(arena, "abcde-fgh234"));
    assert_null(recovery_clean(arena, "abcde-fghil")); /* i and l are in none */
    assert_null(recovery_clean(arena, ""));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha1_has_the_known_hashes),
        cmocka_unit_test(counters_have_the_codes_of_RFC_4226),
        cmocka_unit_test(instants_have_the_codes_of_RFC_6238),
        cmocka_unit_test(one_step_beside_is_taken_and_none_twice),
        cmocka_unit_test(secrets_are_written_in_base32),
        cmocka_unit_test(recovery_codes_are_read_as_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
