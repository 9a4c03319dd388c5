/* Proposals that are like the one being written. PB-5. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "methods/similarity/similarity.h"

enum { MOST = 3 };

static const struct similar_text proposals[] = {
    {1, "Fler bänkar längs ån", "Äldre behöver kunna vila på promenaden vid ån."},
    {2, "En skatepark i Norra hamnen", "Betongramper för unga som åker skateboard och kickbike."},
    {3, "Hundrastgård vid Ekbacken", "Ett inhägnat område där hundar kan springa fritt."},
    {4, "Grillplats vid badet", "En grillplats med vindskydd vid Åviks badplats."},
    {5, "Belysning på skolvägen", "Det är mörkt på gångvägen till Centralskolan på vintern."},
    {6, "Odlingslådor på torget", "Lådor där grannar odlar grönsaker tillsammans."},
    {7, "Ny brygga", "Bryggan vid badplatsen är trasig. Bygg en ny med ramp för rullstol."},
    {8, "Utegym i Stadsparken", "Redskap för träning utomhus som passar alla åldrar."},
};
enum { PROPOSALS = sizeof proposals / sizeof proposals[0] };

static int begin(void **state) {
    *state = arena_new(8 << 20); /* as a request's */
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

static size_t like(struct arena *arena, const char *title, const char *text,
                   struct similar_found found[MOST]) {
    const struct similar_text written = {.title = title, .text = text};
    return similarity_find(arena, &written, proposals, PROPOSALS, MOST, found);
}

static void the_same_subject_comes_first_PB_5(void **state) {
    static const struct {
        const char *title, *text;
        int64_t expected;
    } cases[] = {
        {"Bänk vid ån", "Det saknas sittplatser på promenaden.", 1},
        {"Sätt ut parkbänkar", "Så att de äldre kan vila.", 1},
        {"Skateramp", "Vi vill åka bräda.", 2},
        {"Rastgård för hundar", NULL, 3},
        {"Grilla vid badet", "", 4},
        {"LYS UPP SKOLVÄGEN!", NULL, 5},
        {"Lampor", "Mörka gångvägar till skolan i vinter", 5},
        {"Odla på torget", "Grönsaker i lådor", 6},
        {"Badbrygga", "Laga bryggan vid badplatsen", 7},
        {"Ett gym utomhus", "Träning för alla åldrar", 8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct similar_found found[MOST];
        const size_t count = like(*state, cases[i].title, cases[i].text, found);
        if (count == 0 || found[0].id != cases[i].expected)
            fail_msg("%s: %d", cases[i].title, count == 0 ? 0 : (int)found[0].id);
        for (size_t k = 1; k < count; k++)
            assert_true(found[k - 1].score >= found[k].score);
    }
}

static void other_subjects_show_nothing_PB_5(void **state) {
    struct similar_found found[MOST];
    assert_int_equal(like(*state, "Gratis kollektivtrafik", "Bussen ska kosta noll kronor.", found),
                     0);
    assert_int_equal(like(*state, "Konst i tunneln", "Låt unga måla vid stationen.", found), 0);
    assert_int_equal(like(*state, "Simskola", "Lektioner för barn i simhallen.", found), 0);
    assert_int_equal(like(*state, "", "", found), 0);
    assert_int_equal(like(*state, NULL, NULL, found), 0);
    assert_int_equal(like(*state, "Och att det är en!", "… – »«", found), 0);
    assert_int_equal(similarity_find(*state, &proposals[0], NULL, 0, MOST, found), 0);
}

static void the_same_words_score_one(void **state) {
    struct similar_found found[MOST];
    for (size_t i = 0; i < PROPOSALS; i++) {
        assert_true(similarity_find(*state, &proposals[i], proposals, PROPOSALS, MOST, found) > 0);
        assert_int_equal(found[0].id, proposals[i].id);
        assert_true(fabs(found[0].score - 1) < 1e-5);
    }
}

/* The example of the folder's README. */
static void the_readme_example(void **state) {
    const struct similar_text others[] = {{1, NULL, "en vas till"}, {2, NULL, "kub"}};
    const struct similar_text written = {.text = "ny vas"};
    struct similar_found found[MOST];
    assert_int_equal(similarity_find(*state, &written, others, 2, MOST, found), 1);
    assert_true(fabs(found[0].score - 0.551) < 0.001);
}

/* Long, strange and many: bounded, in the memory of a request. */
static void long_and_strange_texts_are_bounded(void **state) {
    static struct similar_text many[SIMILARITY_TEXTS_MAX + 50];
    static char text[1 << 16];
    struct similar_found found[MOST];
    for (size_t i = 0; i + 4 < sizeof text; i += 4) /* distinct words */
        memcpy(text + i,
               (const char[]){(char)('a' + i / 4 % 26), (char)('a' + i / 104 % 26),
                              (char)('a' + i / 2704 % 26), ' '},
               4);
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++)
        many[i] = (struct similar_text){(int64_t)i + 1, "Å\xff\xc3", text};
    const struct similar_text written = {.title = "\xe2\x80", .text = text};
    assert_int_equal(
        similarity_find(*state, &written, many, sizeof many / sizeof many[0], MOST, found), MOST);
    assert_int_equal(found[0].id, 1); /* equal ones by smaller id */
    assert_int_equal(found[2].id, 3);
    assert_true(arena_used(*state) < (4 << 20));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_subject_comes_first_PB_5, begin, end),
        cmocka_unit_test_setup_teardown(other_subjects_show_nothing_PB_5, begin, end),
        cmocka_unit_test_setup_teardown(the_same_words_score_one, begin, end),
        cmocka_unit_test_setup_teardown(the_readme_example, begin, end),
        cmocka_unit_test_setup_teardown(long_and_strange_texts_are_bounded, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
