/* Pabulib files that are read: every way of writing the same election. PB-19. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "methods/election/pabulib.h"

static int begin(void **state) {
    *state = arena_new(16 << 20);
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

static const struct election *read_text(struct arena *arena, const char *text) {
    const struct election *election = NULL;
    struct pabulib_refusal refusal = {0};
    if (!pabulib_read(arena, text, strlen(text), &election, &refusal))
        fail_msg("line %zu: %s", refusal.line, refusal.text);
    return election;
}

static const char plain[] = "META\nkey;value\nunit;Åvik\nnum_projects;2\nnum_votes;3\n"
                            "budget;28500.5\nvote_type;approval\n"
                            "PROJECTS\nproject_id;cost;name;category\n"
                            "p1;8500.25;\"Bänk; vid \"\"ån\"\"\";park\np2;4000;Lekplats;barn\n"
                            "VOTES\nvoter_id;vote\nv1;p2,p1\nv2;\nv3;p1,p2\n";

/* The same as `plain`, with everything that may differ. */
static const char quirky[] =
    "\xef\xbb\xbfmeta \r\nKey;Value\r\nvote_type;approval\r\n\"unit\";\"Åvik\"\r\n"
    "budget;28500,50\r\nnum_votes;3;;\r\nnum_projects; 2\r\n"
    "Projects\r\nproject_id;NAME;category;Cost\r\n"
    "p1;\"Bänk; vid \"\"ån\"\"\";park;8500,25\r\n \"p2\" ;Lekplats;barn;4000.000\r\n\r\n"
    "votes\r\nage;vote;voter_id;sex\r\n"
    "30;\"p1, p2\";v1;F\r\n44;;v2;\r\n51;p2 , p1;v3;M";

static void check_same(const struct election *election) {
    assert_int_equal(election->kind, BALLOT_APPROVAL);
    assert_int_equal(election->decimals, 2);
    assert_true(election->budget == 2850050);
    assert_int_equal(election->project_count, 2);
    assert_string_equal(election->projects[0].id, "p1");
    assert_string_equal(election->projects[0].name, "Bänk; vid \"ån\"");
    assert_true(election->projects[0].cost == 850025);
    assert_string_equal(election->projects[1].id, "p2");
    assert_true(election->projects[1].cost == 400000);
    assert_string_equal(project_detail(election, &election->projects[1], "category"), "barn");
    assert_int_equal(election->voter_count, 3);
    assert_int_equal(election->ballot_count, 2);
    assert_int_equal(election->ballots[0].voters, 2);
    assert_int_equal(election->ballots[0].length, 2);
    assert_int_equal(election->ballots[1].length, 0);
    assert_int_equal(election->fact_count, 1);
    assert_string_equal(election->facts[0].value, "Åvik");
}

static void every_way_of_writing_is_read_PB_19(void **state) {
    check_same(read_text(*state, plain));
    check_same(read_text(*state, quirky));
}

static void pieces_of_any_size_are_read(void **state) {
    for (size_t size = 1; size < 40; size++) {
        const struct election *election = NULL;
        struct pabulib_refusal refusal = {0};
        struct pabulib_reader *reader = pabulib_begin(*state, *state);
        for (size_t at = 0; at < strlen(quirky); at += size) {
            const size_t left = strlen(quirky) - at;
            assert_true(pabulib_feed(reader, quirky + at, size < left ? size : left));
        }
        assert_true(pabulib_end(reader, &election, &refusal));
        check_same(election);
    }
}

static void points_and_ranks_are_read(void **state) {
    const struct election *election =
        read_text(*state, "META\nkey;value\nnum_projects;3\nnum_votes;2\nbudget;9\n"
                          "vote_type;cumulative\nPROJECTS\nproject_id;cost\nx;1\ny;2\nz;3\n"
                          "VOTES\nvoter_id;points;vote\n1;5,0,2;z,x,y\n2;;\n");
    assert_int_equal(election->ballots[0].projects[2], 2);
    assert_int_equal(election->ballots[0].points[2], 5);
    assert_int_equal(election->ballots[0].points[0], 0);
    assert_null(election->projects[0].name);
    election = read_text(*state, "META\nkey;value\nnum_projects;3\nnum_votes;1\nbudget;9\n"
                                 "vote_type;ordinal\nPROJECTS\nproject_id;cost\nx;1\ny;2\nz;3\n"
                                 "VOTES\nvoter_id;vote\n1;z,x\n");
    assert_int_equal(election->ballots[0].projects[0], 2);
    assert_null(election->ballots[0].points);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_way_of_writing_is_read_PB_19, begin, end),
        cmocka_unit_test_setup_teardown(pieces_of_any_size_are_read, begin, end),
        cmocka_unit_test_setup_teardown(points_and_ranks_are_read, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
