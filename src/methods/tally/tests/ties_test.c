/* Tie rules: each of them, in a row, and the lot that anybody can draw again. PB-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/tally/tests/build.h"

static int begin(void **state) {
    *state = arena_new(16 << 20);
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

/* Who comes first of two projects, by a tie rule in words. */
static const char *before(struct arena *arena, const char *words, struct contender a,
                          struct contender b) {
    struct ties ties;
    unsigned char lots[2][TIES_LOT_BYTES];
    assert_true(ties_parse(arena, words, &ties));
    if (ties.seed != NULL) {
        ties_lot(ties.seed, a.id, lots[0]);
        ties_lot(ties.seed, b.id, lots[1]);
        a.lot = lots[0];
        b.lot = lots[1];
    }
    const int order = ties_compare(&ties, &a, &b);
    assert_int_equal(order<0, ties_compare(&ties, &b, &a)> 0);
    assert_int_not_equal(order, 0);
    return order < 0 ? a.id : b.id;
}

static void each_rule_by_its_word_PB_8(void **state) {
    const struct contender nine = {.id = "9", .votes = 3, .cost = 7, .submitted = 0};
    const struct contender ten = {.id = "10", .votes = 2, .cost = 7, .submitted = 1};
    assert_string_equal(before(*state, "id", nine, ten), "10");
    assert_string_equal(before(*state, "supporters", nine, ten), "9");
    assert_string_equal(before(*state, "cost", nine, ten), "10"); /* as dear: by id */
    assert_string_equal(before(*state, "earliest", nine, ten), "9");
    assert_string_equal(before(*state, "cost,earliest", nine, ten), "9");
    const struct contender cheap = {.id = "z", .cost = 6};
    assert_string_equal(before(*state, "cost", nine, cheap), "z");
    const struct contender a_ring = {.id = "å"}, emoji = {.id = "😀"}, z = {.id = "z"};
    assert_string_equal(before(*state, "id", a_ring, z), "z"); /* code points, no alphabet */
    assert_string_equal(before(*state, "id", a_ring, emoji), "å");
}

/* HMAC-SHA-256("Jefe", "what do ya want for nothing?"), RFC 4231 test case 2. */
static void the_lot_is_hmac_sha_256_PB_8(void **state) {
    static const unsigned char expected[] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e};
    unsigned char lot[TIES_LOT_BYTES];
    ties_lot("Jefe", "what do ya want for nothing?", lot);
    assert_memory_equal(lot, expected, sizeof expected);
    /* SHA-256("abc"), FIPS 180-4 */
    assert_string_equal(ties_commitment(*state, "abc"),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* Over many seeds each of three equal projects wins about as often. */
static void the_lot_favours_nobody_PB_8(void **state) {
    const struct election *election = election_of(*state, 1, "1 1 1", "abc:5");
    int wins[3] = {0};
    for (int i = 0; i < 900; i++) {
        struct tally_options options = {.rule = rule_find("greedy")};
        assert_true(ties_parse(*state, arena_format(*state, "lot:seed %d", i), &options.ties));
        wins[selected_of(*state, election, &options)[0] - 'a']++;
    }
    for (int i = 0; i < 3; i++)
        assert_in_range(wins[i], 250, 350);
}

static void words_are_read_and_written(void **state) {
    static const char *const good[] = {"id", "supporters", "cost,earliest", "lot:2026-05-17",
                                       "cost,lot:a, b and :c"};
    static const char *const bad[] = {
        "", "age", "id,", "lot", "lot:", "id id", ",id", "Cost", "id,id,id,id,id,id"};
    struct ties ties = {.count = 3};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(ties_parse(*state, good[i], &ties));
        assert_string_equal(ties_text(*state, &ties), good[i]);
    }
    ties.count = 3;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(ties_parse(*state, bad[i], &ties));
    assert_int_equal(ties.count, 3);
    assert_string_equal(ties_text(*state, &(struct ties){0}), "id");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_rule_by_its_word_PB_8, begin, end),
        cmocka_unit_test_setup_teardown(the_lot_is_hmac_sha_256_PB_8, begin, end),
        cmocka_unit_test_setup_teardown(the_lot_favours_nobody_PB_8, begin, end),
        cmocka_unit_test_setup_teardown(words_are_read_and_written, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
