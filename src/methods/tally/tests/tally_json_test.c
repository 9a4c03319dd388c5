/* The result as JSON, to the byte: keys and values are a contract. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/tally/tests/build.h"

static const char *json_of(struct arena *arena, const struct election *election,
                           const struct tally_options *options, bool has_ledger) {
    struct buffer text = buffer_in(arena, 1 << 20);
    tally_write_json(&text, tally_of(arena, election, options), has_ledger);
    return buffer_string(&text);
}

static void keys_are_the_contract(void **state) {
    (void)state;
    struct arena *arena = arena_new(4 << 20);
    struct tally_options options = {.rule = rule_find("greedy"), .explains = true};
    const struct election *election = election_of(arena, 5, "2 4 9", "ab:2 :1");
    assert_string_equal(
        json_of(arena, election, &options, false),
        "{\"rule\":\"greedy\",\"satisfaction\":\"cost\",\"completion\":\"none\",\"increment\":null,"
        "\"ties\":\"id\",\"budget\":5,\"voters\":3,\"projects\":3,\"selected\":[\"a\"],"
        "\"total_cost\":2,\"increments\":null,\"welfare\":null,"
        "\"tie_breaks\":[{\"projects\":[\"a\",\"b\"],\"decides\":true}],\"ledger\":null}");
    assert_non_null(strstr(
        json_of(arena, election, &options, true),
        "\"ledger\":["
        "{\"project\":\"a\",\"outcome\":\"selected\",\"votes\":2,\"worth\":2,\"cost\":2,\"turn\":1,"
        "\"left\":5,\"short_by\":null,\"lacks_votes\":null,\"cheaper_by\":null},"
        "{\"project\":\"b\",\"outcome\":\"no_room\",\"votes\":2,\"worth\":2,\"cost\":4,\"turn\":2,"
        "\"left\":3,\"short_by\":1,\"lacks_votes\":1,\"cheaper_by\":1},"
        "{\"project\":\"c\",\"outcome\":\"no_support\",\"votes\":0,\"worth\":0,\"cost\":9,"
        "\"turn\":null,\"left\":null,\"short_by\":null,\"lacks_votes\":null,\"cheaper_by\":null}]"
        "}"));
    arena_free(arena);
}

static void awkward_texts_and_fractions(void **state) {
    (void)state;
    struct arena *arena = arena_new(4 << 20);
    struct election_draft *draft = election_draft_new(arena, BALLOT_APPROVAL, NULL, 0);
    assert_int_equal(election_draft_budget(draft, (struct amount){2850050, 2}), ELECTION_FINE);
    assert_int_equal(election_draft_project(draft, "å\\", NULL, (struct amount){5, 1}, NULL),
                     ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, &(const struct mark){0, 0}, 1, 1), ELECTION_FINE);
    struct tally_options options = {.rule = rule_find("greedy")};
    assert_true(ties_parse(arena, "lot:\"\n", &options.ties));
    const char *text = json_of(arena, election_draft_done(draft), &options, false);
    assert_non_null(strstr(text, "\"ties\":\"lot:\\\"\\u000a\""));
    assert_non_null(strstr(text, "\"budget\":\"57001/2\""));
    assert_non_null(strstr(text, "\"selected\":[\"å\\\\\"],\"total_cost\":\"1/2\""));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_the_contract),
        cmocka_unit_test(awkward_texts_and_fractions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
