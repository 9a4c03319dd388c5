/* Facts of every kind come back from JSON as they went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/mail/facts.h"
#include "platform/view/view.h"

#define COLOUR(C, T)                                                                               \
    C(T, red, "as a barn")                                                                         \
    C(T, green, "as spruce")
CHOICES(colour, COLOUR);

#define PLACE(F, T)                                                                                \
    F(T, text, name, , "of the place")                                                             \
    F(T, int, seats, , "in it")
SHAPE(place, PLACE);

#define EVERY(F, T)                                                                                \
    F(T, id, page, , "an id")                                                                      \
    F(T, id, nobody, , "no id")                                                                    \
    F(T, int, count, , "a number")                                                                 \
    F(T, money, cost, , "öre")                                                                     \
    F(T, flag, open, , "a flag")                                                                   \
    F(T, time, at, , "an instant")                                                                 \
    F(T, time, never, , "no instant")                                                              \
    F(T, text, title, , "a text")                                                                  \
    F(T, text, none, , "no text")                                                                  \
    F(T, slug, key, , "a slug")                                                                    \
    F(T, url, link, , "an address")                                                                \
    F(T, choice, shade, colour, "one")                                                             \
    F(T, one, home, place, "a struct")                                                             \
    F(T, one, away, place, "no struct")                                                            \
    F(T, list, places, place, "two")                                                               \
    F(T, list, no_places, place, "none")
SHAPE(every, EVERY);

#define MARKUP(F, T) F(T, html, body, , "markup")
SHAPE(markup, MARKUP);
#define HOLDS_MARKUP(F, T) F(T, list, parts, markup, "markup inside")
SHAPE(holds_markup, HOLDS_MARKUP);

static struct arena *arena;

static int begin(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_every_kind_comes_back(void **state) {
    (void)state;
    struct place places[] = {{"Folkets hus", 120}, {"\"Åvik\"\n\\ \t🐻", 3}};
    const struct every facts = {.page = 12,
                                .count = -5,
                                .cost = INT64_C(9000000000000000),
                                .open = true,
                                .at = INT64_C(1781000000000001),
                                .never = INSTANT_NONE,
                                .title = "Bad & bastu",
                                .key = "bad",
                                .link = {"/bad?a=1"},
                                .shade = colour_green,
                                .home = &places[0],
                                .places = {places, 2}};
    struct buffer json = buffer_in(arena, 1 << 16);
    struct every back;
    json_write(&json, &every_shape, &facts);
    assert_int_equal(shape_from_json(arena, &every_shape, buffer_string(&json), &back), ERR_OK);
    struct buffer again = buffer_in(arena, 1 << 16);
    json_write(&again, &every_shape, &back);
    assert_string_equal(buffer_string(&again), buffer_string(&json));
    assert_int_equal(back.at, facts.at);
    assert_int_equal(back.never, INSTANT_NONE);
    assert_int_equal(back.cost, facts.cost);
    assert_int_equal(back.shade, colour_green);
    assert_null(back.none);
    assert_null(back.away);
    assert_string_equal(back.places.at[1].name, places[1].name);
    assert_int_equal(back.no_places.count, 0);
}

static void test_missing_is_none_and_unknown_is_ignored(void **state) {
    (void)state;
    struct every back;
    assert_int_equal(shape_from_json(arena, &every_shape, "{\"newer\":[1],\"count\":3}", &back),
                     ERR_OK);
    assert_int_equal(back.count, 3);
    assert_int_equal(back.at, INSTANT_NONE);
    assert_null(back.title);
}

static void test_what_does_not_fit_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "[]",
        "{",
        "{\"count\":1,\"count\":2}",
        "{\"count\":\"1\"}",
        "{\"count\":1.5}",
        "{\"count\":99999999999999999999}",
        "{\"open\":1}",
        "{\"title\":7}",
        "{\"at\":\"tomorrow\"}",
        "{\"at\":5}",
        "{\"shade\":\"blue\"}",
        "{\"shade\":null}",
        "{\"link\":\"javascript:alert(1)\"}",
        "{\"link\":\"//evil.example/\"}",
        "{\"home\":[]}",
        "{\"places\":null}",
        "{\"places\":[7]}",
        "{\"places\":[{\"name\":[]}]}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct every back = {.count = 77};
        assert_int_equal(shape_from_json(arena, &every_shape, bad[i], &back), ERR_FAULT);
        assert_int_equal(back.count, 77);
    }
}

static void test_markup_is_no_fact(void **state) {
    (void)state;
    struct markup back;
    assert_true(shape_is_facts(&every_shape));
    assert_false(shape_is_facts(&markup_shape));
    assert_false(shape_is_facts(&holds_markup_shape));
    assert_int_equal(shape_from_json(arena, &markup_shape, "{\"body\":\"<b>\"}", &back), ERR_FAULT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_comes_back),
        cmocka_unit_test(test_missing_is_none_and_unknown_is_ignored),
        cmocka_unit_test(test_what_does_not_fit_is_refused),
        cmocka_unit_test(test_markup_is_no_fact),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
