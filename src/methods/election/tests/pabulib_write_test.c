/* Pabulib files that we write read back as the same election. PB-19. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/election/pabulib.h"
#include "methods/election/tests/same.h"
#include "platform/base/text.h"

#define MARKS(...) ((const struct mark[]){__VA_ARGS__})

static int begin(void **state) {
    *state = arena_new(16 << 20);
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

static const struct election *awkward(struct arena *arena, enum election_kind kind) {
    static const char *const columns[] = {"category", "area; or \"part\""};
    struct election_draft *draft = election_draft_new(arena, kind, columns, 2);
    assert_int_equal(election_draft_budget(draft, (struct amount){100050, 2}), ELECTION_FINE);
    election_draft_fact(draft, "unit", "Åvik");
    election_draft_fact(draft, "comment", "he said \"no\"; twice");
    assert_int_equal(election_draft_project(draft, "å/1", "  bench; \"new\"", (struct amount){5, 1},
                                            (const char *[]){"park", ""}),
                     ELECTION_FINE);
    assert_int_equal(election_draft_project(draft, "VOTES", "", (struct amount){70000, 2},
                                            (const char *[]){"\"", " "}),
                     ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, MARKS({1, 4}), 1, 2), ELECTION_FINE);
    assert_int_equal(election_draft_ballot(draft, NULL, 0, 3), ELECTION_FINE);
    if (kind != BALLOT_CHOOSE_ONE)
        assert_int_equal(election_draft_ballot(draft, MARKS({1, 0}, {0, 9}), 2, 1), ELECTION_FINE);
    return election_draft_done(draft);
}

static void what_is_written_reads_back_PB_19(void **state) {
    for (enum election_kind kind = BALLOT_APPROVAL; kind <= BALLOT_ORDINAL; kind++) {
        const struct election *election = awkward(*state, kind), *again = NULL;
        struct pabulib_refusal refusal = {0};
        struct buffer text = election_text(*state, election);
        if (!pabulib_read(*state, text.at, text.length, &again, &refusal))
            fail_msg("line %zu: %s\n%s", refusal.line, refusal.text, buffer_string(&text));
        assert_true(election_same(election, again));
        struct buffer text_again = election_text(*state, again);
        assert_string_equal(buffer_string(&text), buffer_string(&text_again));
    }
}

/* A line end in a text of the database must not become a row. */
static void line_ends_become_blanks(void **state) {
    struct election_draft *draft = election_draft_new(*state, BALLOT_APPROVAL, NULL, 0);
    assert_int_equal(
        election_draft_project(draft, "1", "two\nlines\r\nVOTES", (struct amount){0}, NULL),
        ELECTION_FINE);
    struct buffer text = election_text(*state, election_draft_done(draft));
    const struct election *again = NULL;
    struct pabulib_refusal refusal = {0};
    assert_true(pabulib_read(*state, text.at, text.length, &again, &refusal));
    assert_string_equal(again->projects[0].name, "two lines  VOTES");
}

/* Nothing in the file tells one voter from another with the same ballot. */
static void no_voter_is_named_PB_19(void **state) {
    struct buffer text = election_text(*state, awkward(*state, BALLOT_APPROVAL));
    assert_non_null(strstr(buffer_string(&text), "\n1;VOTES\n2;VOTES\n3;\n4;\n5;\n6;å/1,VOTES\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_reads_back_PB_19, begin, end),
        cmocka_unit_test_setup_teardown(line_ends_become_blanks, begin, end),
        cmocka_unit_test_setup_teardown(no_voter_is_named_PB_19, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
