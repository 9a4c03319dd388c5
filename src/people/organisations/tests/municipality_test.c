/* The list of municipalities and regions, and finding one by what a person types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "people/organisations/municipality.h"

static int with_arena(void **state) {
    *state = arena_new(4 << 20);
    return 0;
}

static int without_arena(void **state) {
    arena_free(*state);
    return 0;
}

static void test_the_whole_list(void **state) {
    (void)state;
    const struct municipalities all = municipalities_all();
    size_t municipalities = 0, regions = 0, cities = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct municipality *row = &all.at[i];
        if (strlen(row->code) == 2) {
            regions++;
            assert_string_equal(row->code, row->county_code);
        } else {
            municipalities++;
            assert_int_equal(strlen(row->code), 4);
            assert_memory_equal(row->code, row->county_code, 2);
            cities +=
                strstr(row->own_name, " stad") != NULL || strstr(row->own_name, " Stad") != NULL;
            assert_non_null(strstr(row->full_name, " kommun"));
        }
        assert_non_null(strstr(row->county, " län"));
        assert_ptr_equal(municipality_by_code(row->code), row);
    }
    assert_int_equal(municipalities, 290);
    assert_int_equal(regions, 21);
    assert_int_equal(cities, 14);
}

static void test_by_code(void **state) {
    (void)state;
    assert_string_equal(municipality_by_code("0180")->own_name, "Stockholms stad");
    assert_string_equal(municipality_by_code("0980")->own_name, "Region Gotland");
    assert_string_equal(municipality_by_code("14")->name, "Västra Götalandsregionen");
    assert_null(municipality_by_code("180"));
    assert_null(municipality_by_code("0000"));
    assert_null(municipality_by_code("02")); /* a county that is no more */
    assert_null(municipality_by_code(NULL));
}

/* The codes found for what was typed, with a space between. */
static const char *found(void *arena, const char *typed) {
    const struct municipalities rows = municipalities_matching(arena, typed, 5);
    char *codes = arena_format(arena, "%s", "");
    for (size_t i = 0; i < rows.count; i++)
        codes = arena_format(arena, "%s%s%s", codes, i == 0 ? "" : " ", rows.at[i].code);
    return codes;
}

static void test_found_by_beginning(void **state) {
    assert_string_equal(found(*state, "ljungb"), "0781");
    assert_string_equal(found(*state, "LJUNGBY"), "0781");
    assert_string_equal(found(*state, "upplands"), "0114 0139");
    assert_string_equal(found(*state, "edet"), "1462");         /* a word inside the name */
    assert_string_equal(found(*state, "ed"), "1730 1438 1462"); /* Eda, Dals-Ed, Lilla Edet */
    assert_string_equal(found(*state, "0180"), "0180");
}

static void test_found_by_any_of_its_names(void **state) {
    static const char *const same[] = {"Stockholms stad", "stockholms kommun", "stockholms"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_string_equal(found(*state, same[i]), "0180");
    assert_string_equal(found(*state, "Stockholm"), "0180 01"); /* and the region after it */
    assert_string_equal(found(*state, "Borås stad"), "1490");
    assert_string_equal(found(*state, "Gotlands kommun"), "0980");
    assert_string_equal(found(*state, "region skåne"), "12");
}

static void test_exact_name_comes_first(void **state) {
    assert_string_equal(municipalities_matching(*state, "kil", 5).at[0].name, "Kil");
    assert_string_equal(municipalities_matching(*state, "habo", 5).at[0].name, "Habo");
    assert_string_equal(municipalities_matching(*state, "håbo", 5).at[0].name, "Håbo");
}

static void test_accents_may_be_left_out(void **state) {
    assert_string_equal(found(*state, "malmo"), "1280");
    assert_string_equal(found(*state, "orebro lan"), "18");
    /* With accents as written something fits: nothing else is offered. */
    assert_string_equal(found(*state, "åre"), "2321");
}

static void test_nothing_found(void **state) {
    assert_string_equal(found(*state, ""), "");
    assert_string_equal(found(*state, "   "), "");
    assert_string_equal(found(*state, "ljungsjö"), "");
    assert_string_equal(found(*state, "by"), ""); /* the end of a word is not its beginning */
    assert_int_equal(municipalities_matching(*state, NULL, 5).count, 0);
}

static void test_no_more_than_asked(void **state) {
    assert_int_equal(municipalities_matching(*state, "s", 12).count, 12);
    assert_int_equal(municipalities_matching(*state, "kommun", 400).count, 290);
    assert_int_equal(municipalities_matching(*state, "stad", 400).count, 14);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_whole_list),
        cmocka_unit_test(test_by_code),
        cmocka_unit_test_setup_teardown(test_found_by_beginning, with_arena, without_arena),
        cmocka_unit_test_setup_teardown(test_found_by_any_of_its_names, with_arena, without_arena),
        cmocka_unit_test_setup_teardown(test_exact_name_comes_first, with_arena, without_arena),
        cmocka_unit_test_setup_teardown(test_accents_may_be_left_out, with_arena, without_arena),
        cmocka_unit_test_setup_teardown(test_nothing_found, with_arena, without_arena),
        cmocka_unit_test_setup_teardown(test_no_more_than_asked, with_arena, without_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
