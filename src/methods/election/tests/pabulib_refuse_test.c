/* Pabulib files that are refused: each with the line, and what was expected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/election/pabulib.h"
#include "platform/base/text.h"

static int begin(void **state) {
    *state = arena_new(32 << 20);
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

/* A good file; its lines are numbered from 1. */
static const char *const good[] = {
    "META",        "key;value",          "num_projects;2", "num_votes;2",
    "budget;100",  "vote_type;approval", "PROJECTS",       "project_id;cost;name",
    "p1;60;Bänk",  "p2;40;Gunga",        "VOTES",          "voter_id;vote;age",
    "v1;p1,p2;30", "v2;p1;40",
};
enum { GOOD_LINES = sizeof good / sizeof good[0] };

/* The good file with line `at` changed to `line` (NULL = left out), read. */
static struct pabulib_refusal refused(struct arena *arena, int at, const char *line,
                                      bool *ret_is_read) {
    struct buffer text = buffer_in(arena, 1 << 20);
    const struct election *election = NULL;
    struct pabulib_refusal refusal = {0};
    for (int i = 0; i < GOOD_LINES; i++) {
        const char *used = i + 1 == at ? line : good[i];
        if (used != NULL)
            buffer_format(&text, "%s\n", used);
    }
    const char *whole = buffer_string(&text);
    *ret_is_read = pabulib_read(arena, whole, strlen(whole), &election, &refusal);
    assert_true(*ret_is_read == (election != NULL));
    return refusal;
}

static const struct {
    int at;           /* the line that is changed */
    const char *line; /* NULL = left out */
    size_t refused;   /* the line named */
    const char *said; /* part of the sentence */
} cases[] = {
    {1, "HEAD", 1, "expected META, found \"HEAD\""},
    {1, NULL, 1, "expected META"},
    {2, "value;key", 2, "expected the columns key;value"},
    {2, NULL, 2, "expected the columns key;value"},
    {3, NULL, 6, "expected num_projects in META"},
    {3, "num_projects;3", 11, "expected 3 projects (num_projects, line 3), found 2"},
    {3, "num_projects;1", 11, "expected 1 projects"},
    {3, "num_projects;two", 3, "num_projects: expected a whole number, found \"two\""},
    {3, "num_projects;9999999999", 3, "expected a whole number"},
    {4, NULL, 6, "expected num_votes in META"},
    {4, "num_votes;3", 14, "expected 3 votes (num_votes, line 4), found 2"},
    {4, "num_votes;1", 14, "expected 1 votes"},
    {4, "num_votes;-1", 4, "expected a whole number, found \"-1\""},
    {5, NULL, 6, "expected budget in META"},
    {5, "budget;-100", 5, "budget: expected an amount of 0 or more"},
    {5, "budget;lots", 5, "found \"lots\""},
    {5, "budget;1000000000000", 5, "at most 12 digits"},
    {5, "budget;100;200", 5, "more fields than columns"},
    {5, "budget", 5, "expected 2 fields, found 1"},
    {5, "num_votes;2", 5, "expected each key once, found \"num_votes\" again"},
    {6, NULL, 6, "expected vote_type in META"},
    {6, "vote_type;pebbles", 6, "vote_type: expected approval, choose-1"},
    {6, "vote_type;cumulative", 12, "expected a column points"},
    {7, NULL, 7, "more fields than columns"},
    {7, "VOTES", 7, "found VOTES after META"},
    {7, "META", 7, "found META after META"},
    {8, NULL, 8, "expected a column project_id"},
    {8, "project_id;name;price", 8, "expected a column cost"},
    {8, "project_id;cost;cost", 8, "expected one column \"cost\", found two"},
    {8, "project_id;;cost", 8, "expected a name for column 2"},
    {8, "VOTES", 8, "expected the names of the columns of PROJECTS"},
    {9, "p1;-60;Bänk", 9, "cost: expected an amount of 0 or more"},
    {9, "p1;1e3;Bänk", 9, "found \"1e3\""},
    {9, "p1;;Bänk", 9, "found nothing"},
    {9, "p1;60", 9, "expected 3 fields, found 2"},
    {9, "p1;60;Bänk;grön", 9, "more fields than columns"},
    {9, "p1;60;\"Bänk", 9, "a quote that is not closed"},
    {9, "p1;60;\"Bänk\" vid ån", 9, "text after a closing quote"},
    {9, "p2;60;Bänk", 10, "project_id \"p2\": two projects with one id"},
    {9, ";60;Bänk", 9, "an id that is empty"},
    {9, "p,1;60;Bänk", 9, "an id that is empty or has a comma"},
    {9, "p1;60;B\xe4nk", 9, "expected text in UTF-8"},
    {9, NULL, 10, "expected 2 projects"},
    {11, NULL, 11, "cost: expected an amount"},
    {12, "voter;vote;age", 12, "expected a column voter_id"},
    {12, "voter_id;age", 12, "expected a column vote"},
    {12, NULL, 12, "expected a column voter_id"},
    {13, "v1;p1,p3;30", 13, "vote: expected ids from PROJECTS, found \"p3\""},
    {13, "v1;p1,,p2;30", 13, "expected ids from PROJECTS, found nothing"},
    {13, "v1;p1,p2,p1;30", 13, "expected each project once"},
    {13, "v1;p1,p1;30", 13, "a project marked twice"},
    {13, "v2;p1,p2;30", 14, "expected each voter once, found voter_id \"v2\" again"},
    {13, ";p1;30", 13, "expected a voter_id"},
    {13, "v1;p1", 13, "expected 3 fields, found 2"},
    {13, NULL, 13, "expected 2 votes"},
    {14, "PROJECTS", 14, "found PROJECTS after VOTES"},
    {14,
     "v2;p\xc2\x9b"
     "31m9;40",
     14, "found \"p??31m9\""},
    {14, "v2;p1\x1b[31m;40", 14, "without control characters"},
    {14, "v2;p1;4\r0", 14, "without control characters"},
};

static void every_fault_has_its_line(void **state) {
    bool is_read;
    (void)refused(*state, 0, NULL, &is_read);
    assert_true(is_read);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct pabulib_refusal refusal =
            refused(*state, cases[i].at, cases[i].line, &is_read);
        if (is_read || refusal.line != cases[i].refused ||
            strstr(refusal.text, cases[i].said) == NULL)
            fail_msg("case %zu: line %zu: %s", i, refusal.line, is_read ? "is read" : refusal.text);
    }
}

/* A file cut off after any line is refused; after any byte too, but in the last field. */
static void truncated_files_are_refused(void **state) {
    struct buffer text = buffer_in(*state, 1 << 16);
    for (int i = 0; i < GOOD_LINES; i++)
        buffer_format(&text, "%s\n", good[i]);
    const char *whole = buffer_string(&text);
    const size_t last_field = (size_t)(strrchr(whole, ';') - whole) + 1;
    for (size_t length = 0; length < last_field; length++) {
        const struct election *election = NULL;
        struct pabulib_refusal refusal = {0};
        assert_false(pabulib_read(*state, whole, length, &election, &refusal));
        assert_null(election);
        assert_in_range(refusal.line, 1, GOOD_LINES);
    }
}

static void bytes_that_are_no_text_are_refused(void **state) {
    static const char nul[] = "META\nkey;value\nunit;a\0b\n";
    static const char wide[] = "\xff\xfeM\0E\0T\0A\0";
    const struct election *election = NULL;
    struct pabulib_refusal refusal = {0};
    assert_false(pabulib_read(*state, nul, sizeof nul - 1, &election, &refusal));
    assert_int_equal(refusal.line, 3);
    assert_false(pabulib_read(*state, wide, sizeof wide - 1, &election, &refusal));
    assert_int_equal(refusal.line, 1);
    assert_non_null(strstr(refusal.text, "UTF-8"));
}

static void a_line_without_end_is_refused(void **state) {
    char *line = arena_take(*state, PABULIB_LINE_MAX + 1);
    memset(line, 'a', PABULIB_LINE_MAX + 1);
    const struct election *election = NULL;
    struct pabulib_refusal refusal = {0};
    struct pabulib_reader *reader = pabulib_begin(*state, *state);
    assert_true(pabulib_feed(reader, "META\n", 5));
    assert_false(pabulib_feed(reader, line, PABULIB_LINE_MAX + 1));
    assert_false(pabulib_feed(reader, "\n", 1));
    assert_false(pabulib_end(reader, &election, &refusal));
    assert_int_equal(refusal.line, 2);
    assert_non_null(strstr(refusal.text, "at most 1048576 bytes"));
}

static void points_go_beside_marks(void **state) {
    static const struct {
        const char *row, *said;
    } bad[] = {{"v;x,y;1", "one number for each of the 2 projects in vote, found 1"},
               {"v;x;1,2", "found 2"},
               {"v;x;-1", "points: expected whole numbers of 0 or more, found \"-1\""},
               {"v;x;", "found 0"},
               {"v;;3", "found 1"}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct election *election = NULL;
        struct pabulib_refusal refusal = {0};
        const char *text = arena_format(
            *state,
            "META\nkey;value\nnum_projects;2\nnum_votes;1\nbudget;9\nvote_type;scoring\n"
            "PROJECTS\nproject_id;cost\nx;1\ny;2\nVOTES\nvoter_id;vote;points\n%s\n",
            bad[i].row);
        assert_false(pabulib_read(*state, text, strlen(text), &election, &refusal));
        assert_int_equal(refusal.line, 13);
        assert_non_null(strstr(refusal.text, bad[i].said));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_fault_has_its_line, begin, end),
        cmocka_unit_test_setup_teardown(truncated_files_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_text_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_line_without_end_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(points_go_beside_marks, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
