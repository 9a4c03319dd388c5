/* What is hashed, against values that sha256sum gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "records/chain.h"

/* printf '7\n%064d\n1\n1781000000000000\npage.publish\npage:12\n%064d\n' 0 0 | sha256sum */
static void test_row_is_hashed_as_documented(void **state) {
    (void)state;
    const struct chain_row row = {.tenant = 7,
                                  .previous = CHAIN_START,
                                  .sequence = 1,
                                  .at = INT64_C(1781000000000000),
                                  .act = "page.publish",
                                  .object = "page:12",
                                  .payload_hash = CHAIN_START};
    char hash[CHAIN_HEX];
    chain_hash(&row, hash);
    assert_string_equal(hash, "abdf337dddabaad08f94cf8b2c8de68c0d608f80fc91e3d185b710732fc76f29");
}

/* printf '%064d{"account":7}' 0 | sha256sum */
static void test_payload_is_hashed_as_documented(void **state) {
    (void)state;
    char hash[CHAIN_HEX];
    chain_payload_hash(CHAIN_START, "{\"account\":7}", hash);
    assert_string_equal(hash, "122a87c5c3a96dd8e84ae73a1abb64bc6da83644df7b9b68be07eef029dd61cd");
}

static void test_every_part_counts(void **state) {
    (void)state;
    const struct chain_row row = {7, CHAIN_START, 1, 2, "page.publish", "page:12", CHAIN_START};
    struct chain_row other[7];
    char hash[CHAIN_HEX], changed[CHAIN_HEX];
    chain_hash(&row, hash);
    for (size_t i = 0; i < 7; i++)
        other[i] = row;
    other[0].previous = "1";
    other[1].sequence = 2;
    other[2].at = 3;
    other[3].act = "page.unpublish";
    other[4].object = "page:13";
    other[5].payload_hash = "1";
    other[6].tenant = 8;
    for (size_t i = 0; i < 7; i++) {
        chain_hash(&other[i], changed);
        assert_string_not_equal(changed, hash);
    }
}

/* A line end inside a field cannot make two different rows alike. */
static void test_fields_cannot_run_together(void **state) {
    (void)state;
    const struct chain_row row = {7, CHAIN_START, 1, 2, "page.publish", "page:12\nx", CHAIN_START};
    const struct chain_row other = {7,   CHAIN_START, 1, 2, "page.publish\npage:12",
                                    "x", CHAIN_START};
    const struct chain_row plain = {7, CHAIN_START, 1, 2, "page.publish", "page:12", CHAIN_START};
    char hash[CHAIN_HEX], other_hash[CHAIN_HEX], plain_hash[CHAIN_HEX];
    chain_hash(&row, hash);
    chain_hash(&other, other_hash);
    chain_hash(&plain, plain_hash);
    assert_string_not_equal(hash, plain_hash);
    assert_string_not_equal(other_hash, plain_hash);
}

static void test_salt_is_drawn_again_alike(void **state) {
    (void)state;
    const unsigned char seed[32] = {1, 2, 3}, other[32] = {1, 2, 4};
    char salt[CHAIN_HEX], again[CHAIN_HEX];
    chain_salt(seed, 7, salt);
    chain_salt(seed, 7, again);
    assert_string_equal(salt, again);
    assert_int_equal(strlen(salt), 64);
    chain_salt(seed, 8, again);
    assert_string_not_equal(salt, again);
    chain_salt(other, 7, again);
    assert_string_not_equal(salt, again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_row_is_hashed_as_documented),
        cmocka_unit_test(test_payload_is_hashed_as_documented),
        cmocka_unit_test(test_every_part_counts),
        cmocka_unit_test(test_fields_cannot_run_together),
        cmocka_unit_test(test_salt_is_drawn_again_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
