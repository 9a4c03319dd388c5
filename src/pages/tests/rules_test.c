/* Rules of pages: states, publish checks, addresses, variants. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "pages/rules.h"
#include "platform/base/instant.h"
#include "platform/base/text.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new(4 << 20);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

/* JOURNEYS 7, any page: rows from, columns to, in the order of the states. */
static void states_change_as_the_journeys_say(void **state) {
    (void)state;
    static const char *const allowed[] = {
        /* d r p u a x */
        ".**...", /* draft */
        "*.*...", /* review */
        "...*..", /* published */
        "..*.*.", /* unpublished */
        ".....*", /* archived */
        "......", /* disposed */
    };
    for (size_t from = 0; from < 6; from++)
        for (size_t to = 0; to < 6; to++)
            assert_int_equal(page_may_become((enum page_state)from, (enum page_state)to),
                             allowed[from][to] == '*');
}

static void taking_away_wants_words(void **state) {
    (void)state;
    assert_true(page_state_wants_reason(page_state_unpublished));
    assert_true(page_state_wants_reason(page_state_disposed));
    assert_false(page_state_wants_reason(page_state_published));
    assert_false(page_state_wants_reason(page_state_draft));
    assert_false(page_state_wants_reason(page_state_archived));
}

static struct finding_list check(const char *title, const char *lead, const char *body) {
    struct finding_list findings = {0};
    page_findings(arena, &(struct page_text){title, lead, body}, &findings);
    return findings;
}

static void missing_parts_are_found(void **state) {
    (void)state;
    const struct finding_list findings = check("", NULL, "Text.");
    assert_int_equal(findings.count, 2);
    assert_int_equal(findings.at[0].kind, finding_kind_no_title);
    assert_string_equal(findings.at[0].field, "title");
    assert_int_equal(findings.at[1].kind, finding_kind_no_lead);
    assert_int_equal(check("T", "L", "").at[0].kind, finding_kind_no_text);
    assert_int_equal(check("Simhallen", "Öppet igen.", "Välkommen.").count, 0);
}

static void template_text_is_found_chk_2(void **state) {
    (void)state;
    static const char *const left[] = {
        "Lorem ipsum dolor sit amet.",
        "Ange plats",
        "ange …",
        "Ange ...",
        "## Ange rubrik",
        "Vi ses på [Ange plats] kl. 9.",
        "- Namn på medverkande",
        "Fyll i datum här",
        "*Skriv här*",
        "Enter place",
        "LOREM IPSUM",
    };
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        const struct finding_list findings =
            check("T", "L", arena_format(arena, "Rad ett.\n\n%s\nSlut.", left[i]));
        if (findings.count != 1)
            print_error("not found: %s\n", left[i]);
        assert_int_equal(findings.count, 1);
        assert_int_equal(findings.at[0].kind, finding_kind_template_text);
        assert_int_equal(findings.at[0].line, 3);
    }
}

static void sentences_that_only_look_like_templates_are_left_alone(void **state) {
    (void)state;
    static const char *const own[] = {
        "Ange ditt namn när du ringer oss.",
        "Ange alltid diarienumret när du skriver till kommunen så går det fortare",
        "Läs [Ange plats](https://exempel.se/ange-plats) först.",
        "Angermannen badade.",
        "Du kan ange plats.",
    };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        assert_int_equal(check("T", "L", own[i]).count, 0);
}

static void links_without_words_are_found_chk_7(void **state) {
    (void)state;
    assert_int_equal(check("T", "L", "Läs [](https://exempel.se).").at[0].kind,
                     finding_kind_link_without_text);
    assert_int_equal(check("T", "L", "Läs [  ](https://exempel.se).").count, 1);
    assert_int_equal(check("T", "L", "Läs [mer](https://exempel.se).").count, 0);
    assert_int_equal(check("T", "L", "Kod \\[](x)").count, 0);
    assert_int_equal(check("T", "L", "[").count, 0);
}

static void empty_headings_are_found_chk_2(void **state) {
    (void)state;
    assert_int_equal(check("T", "L", "## \nText").at[0].kind, finding_kind_empty_heading);
    assert_int_equal(check("T", "L", "## Tider\nText").count, 0);
    assert_int_equal(check("T", "L", "####### sju").count, 0);
}

static void findings_are_limited_and_cut_between_characters(void **state) {
    (void)state;
    struct buffer body = buffer_in(arena, 1 << 16);
    for (int i = 0; i < 50; i++)
        buffer_text(&body, "lorem ipsum ååååååååååååååååååååååååååååååååååååååååååååååååå\n");
    const struct finding_list findings = check("T", "L", buffer_string(&body));
    assert_int_equal(findings.count, 20);
    assert_true(text_valid(findings.at[0].excerpt, strlen(findings.at[0].excerpt)));
    assert_true(text_length(findings.at[0].excerpt) < 60);
}

static void addresses_are_made_from_titles(void **state) {
    (void)state;
    assert_string_equal(page_slug_candidate(arena, "Åviks badplats", 1), "aviks-badplats");
    assert_string_equal(page_slug_candidate(arena, "Åviks badplats", 3), "aviks-badplats-3");
    assert_string_equal(page_slug_candidate(arena, "New", 1), "sida-new");
    assert_string_equal(page_slug_candidate(arena, "Hand over", 2), "sida-hand-over-2");
    assert_string_equal(page_slug_candidate(arena, "???", 1), "sida");
}

static void a_variant_older_than_its_original_is_marked_qua_12(void **state) {
    (void)state;
    assert_true(variant_is_old(SECONDS(1), SECONDS(2)));
    assert_false(variant_is_old(SECONDS(2), SECONDS(2)));
    assert_false(variant_is_old(SECONDS(3), SECONDS(2)));
    assert_false(variant_is_old(INSTANT_NONE, SECONDS(2)));
    assert_false(variant_is_old(SECONDS(1), INSTANT_NONE));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_change_as_the_journeys_say),
        cmocka_unit_test(taking_away_wants_words),
        cmocka_unit_test(missing_parts_are_found),
        cmocka_unit_test(template_text_is_found_chk_2),
        cmocka_unit_test(sentences_that_only_look_like_templates_are_left_alone),
        cmocka_unit_test(links_without_words_are_found_chk_7),
        cmocka_unit_test(empty_headings_are_found_chk_2),
        cmocka_unit_test(findings_are_limited_and_cut_between_characters),
        cmocka_unit_test(addresses_are_made_from_titles),
        cmocka_unit_test(a_variant_older_than_its_original_is_marked_qua_12),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
