#include "budgets/proposals/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

/* A2: the last microsecond of 15 June is in time, the first of 16 June is not. */
static void proposals_are_taken_in_through_the_last_second(void **state) {
    const int64_t from = DAYS(100), until = DAYS(110);
    const struct {
        int64_t starts_at, ends_at, now;
        enum propose_time want;
    } cases[] = {
        {INSTANT_NONE, INSTANT_NONE, from, propose_time_unknown},
        {from, until, from - 1, propose_time_before},
        {from, until, from, propose_time_open},
        {from, until, until - 1, propose_time_open},
        {from, until, until, propose_time_over},
        {from, INSTANT_NONE, until, propose_time_open},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(propose_time_at(cases[i].starts_at, cases[i].ends_at, cases[i].now),
                         cases[i].want);
}

/* PB-2. */
static void a_person_cannot_use_the_association_pot(void **state) {
    (void)state;
    assert_false(proposer_may_use(true, proposer_kind_person));
    assert_true(proposer_may_use(true, proposer_kind_association));
    assert_true(proposer_may_use(false, proposer_kind_person));
    assert_true(proposer_may_use(false, proposer_kind_association));
}

/* PB-13. */
static void a_name_is_shown_as_chosen_and_a_childs_never(void **state) {
    const struct {
        struct proposer_name name;
        const char *want;
    } cases[] = {
        {{proposer_kind_person, "Gun", NULL, true, false}, "Gun"},
        {{proposer_kind_person, "Gun", NULL, false, false}, NULL},
        {{proposer_kind_person, "Lo", NULL, true, true}, NULL},
        {{proposer_kind_person, "Gun", "Klubben", false, false}, NULL},
        {{proposer_kind_association, "Gun", "Klubben", false, false}, "Klubben"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *shown = proposer_shown(&cases[i].name);
        if (cases[i].want == NULL)
            assert_null(shown);
        else
            assert_string_equal(shown, cases[i].want);
    }
}

/* JOURNEYS 7: one row for each act, one letter for each state (received, assessing, completing,
 * admitted, merged, not admitted, withdrawn). */
static void what_may_be_done_follows_the_state(void **state) {
    static const struct {
        enum proposal_act act;
        const char *may, *locked;
    } cases[] = {
        {PROPOSAL_TAKE, "yyy----", "-------"},   {PROPOSAL_ASK, "-yy----", "-------"},
        {PROPOSAL_ANSWER, "--y----", "-------"}, {PROPOSAL_ASSESS, "-yyy---", "-------"},
        {PROPOSAL_SETTLE, "-yy----", "-------"}, {PROPOSAL_CONTACT, "---y-y-", "---y-y-"},
        {PROPOSAL_REPLY, "-----y-", "-----y-"},  {PROPOSAL_REOPEN, "---y-y-", "-------"},
        {PROPOSAL_MERGE, "-yyy---", "-------"},  {PROPOSAL_WITHDRAW, "yyyy---", "-------"},
    };
    (void)state;
    assert_int_equal(sizeof cases / sizeof cases[0], PROPOSAL_ACT_COUNT);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int s = 0; s <= proposal_state_withdrawn; s++) {
            assert_int_equal(proposal_may(cases[i].act, (enum proposal_state)s, false),
                             cases[i].may[s] == 'y');
            assert_int_equal(proposal_may(cases[i].act, (enum proposal_state)s, true),
                             cases[i].locked[s] == 'y');
        }
}

/* PB-4. */
static void a_refusal_is_told_to_readers_once_its_proposer_knows(void **state) {
    (void)state;
    assert_int_equal(proposal_shown_state(proposal_state_not_admitted, INSTANT_NONE),
                     proposal_state_assessing);
    assert_int_equal(proposal_shown_state(proposal_state_not_admitted, DAYS(1)),
                     proposal_state_not_admitted);
    assert_int_equal(proposal_shown_state(proposal_state_admitted, INSTANT_NONE),
                     proposal_state_admitted);
    assert_true(proposal_stands(proposal_standing_ended, proposal_state_withdrawn));
    assert_false(proposal_stands(proposal_standing_standing, proposal_state_withdrawn));
    assert_true(proposal_stands(proposal_standing_all, proposal_state_withdrawn));
    assert_false(proposal_stands(proposal_standing_assessed, proposal_state_admitted));
}

static void an_outcome_wants_criteria_and_reason(void **state) {
    (void)state;
    assert_null(outcome_refusal(&(struct outcome_stand){true, 3, 3, false}));
    assert_null(outcome_refusal(&(struct outcome_stand){false, 3, 3, true}));
    assert_string_equal(outcome_refusal(&(struct outcome_stand){true, 3, 2, true}),
                        "assess.criteria_missing");
    assert_string_equal(outcome_refusal(&(struct outcome_stand){false, 3, 3, false}),
                        "assess.reason_missing");
}

/* PB-19. */
static void what_is_not_known_of_the_cost_is_found(void **state) {
    const struct {
        struct cost_stand stand;
        unsigned want;
    } cases[] = {
        {{false, false, 0, 100, NULL, ""},
         LACKS_INVESTMENT | LACKS_RUNNING | LACKS_LAND | LACKS_PERMITS},
        {{true, true, 100, 100, "x", "y"}, 0},
        {{true, true, 101, 100, "x", "y"}, TOO_DEAR},
        {{true, false, 0, 100, "x", "y"}, LACKS_RUNNING},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(cost_lacks(&cases[i].stand), cases[i].want);
}

/* PB-5: both, or both stay. */
static void a_merge_wants_two_yes(void **state) {
    (void)state;
    assert_int_equal(merge_judge(MERGE_SILENT, MERGE_SILENT), MERGE_WAITS);
    assert_int_equal(merge_judge(MERGE_YES, MERGE_SILENT), MERGE_WAITS);
    assert_int_equal(merge_judge(MERGE_YES, MERGE_YES), MERGE_AGREED);
    assert_int_equal(merge_judge(MERGE_SILENT, MERGE_NO), MERGE_REFUSED);
    assert_int_equal(merge_judge(MERGE_NO, MERGE_YES), MERGE_REFUSED);
}

static void a_shuffle_is_the_one_asked_for_or_one_of_all(void **state) {
    bool seen[32] = {false};
    char drawn[8];
    (void)state;
    assert_int_equal(shuffle_of("7", "x"), 7);
    assert_int_equal(shuffle_of("39", "x"), 7);
    for (int i = 0; i < 1000; i++) {
        memcpy(drawn, (char[8]){(char)('a' + i % 26), (char)('a' + i / 26 % 26), 'q'}, 8);
        const int shuffle = shuffle_of(i % 2 == 0 ? NULL : "-1", drawn);
        assert_in_range(shuffle, 0, 31);
        seen[shuffle] = true;
    }
    for (int i = 0; i < 32; i++)
        assert_true(seen[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proposals_are_taken_in_through_the_last_second),
        cmocka_unit_test(a_person_cannot_use_the_association_pot),
        cmocka_unit_test(a_name_is_shown_as_chosen_and_a_childs_never),
        cmocka_unit_test(what_may_be_done_follows_the_state),
        cmocka_unit_test(a_refusal_is_told_to_readers_once_its_proposer_knows),
        cmocka_unit_test(an_outcome_wants_criteria_and_reason),
        cmocka_unit_test(what_is_not_known_of_the_cost_is_found),
        cmocka_unit_test(a_merge_wants_two_yes),
        cmocka_unit_test(a_shuffle_is_the_one_asked_for_or_one_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
