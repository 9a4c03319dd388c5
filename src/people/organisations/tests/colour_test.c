/* Contrast by WCAG 2.2: worked values, the three verdicts, and the shades of every colour tried. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "people/organisations/colour.h"

static struct colour parsed(const char *text) {
    struct colour colour;

    assert_true(colour_parse(text, &colour));
    return colour;
}

static void test_parse(void **state) {
    static const char *const wrong[] = {"",         "#",    "#12",     "#12345",
                                        "#1234567", "grön", "#12g456", " #123"};
    struct colour colour = {1, 2, 3};

    (void)state;
    assert_true(colour_parse("#0E5A50", &colour));
    assert_int_equal(colour.red, 0x0e);
    assert_int_equal(colour.green, 0x5a);
    assert_int_equal(colour.blue, 0x50);
    assert_true(colour_parse("abc", &colour));
    assert_int_equal(colour.red, 0xaa);
    assert_int_equal(colour.blue, 0xcc);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        colour.red = 7;
        assert_false(colour_parse(wrong[i], &colour));
        assert_int_equal(colour.red, 7);
    }
    assert_false(colour_parse(NULL, &colour));
}

/* Ratios that the examples of WCAG and its techniques (G18) give or that follow by hand. */
static void test_contrast_is_that_of_wcag(void **state) {
    static const struct {
        const char *a, *b;
        double ratio;
    } cases[] = {
        {"#000000", "#ffffff", 21.0},  {"#ffffff", "#ffffff", 1.0},   {"#777777", "#ffffff", 4.478},
        {"#767676", "#ffffff", 4.542}, {"#ff0000", "#ffffff", 3.998}, {"#0000ff", "#ffffff", 8.592},
        {"#00ff00", "#ffffff", 1.372},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct colour a = parsed(cases[i].a), b = parsed(cases[i].b);

        assert_true(fabs(colour_contrast(a, b) - cases[i].ratio) < 0.001);
        assert_true(colour_contrast(a, b) == colour_contrast(b, a));
    }
}

static void test_readable_colour_is_kept(void **state) {
    struct colour used = {0, 0, 0};

    (void)state;
    assert_int_equal(colour_judge(parsed("#0E5A50"), &used), COLOUR_ACCEPTED);
    assert_int_equal(used.green, 0x5a);
    /* #767676 is the lightest grey that passes, #777777 the first that does not. */
    assert_int_equal(colour_judge(parsed("#767676"), &used), COLOUR_ACCEPTED);
    assert_int_equal(colour_judge(parsed("#777777"), &used), COLOUR_CORRECTED);
    assert_int_equal(used.red, 0x76);
}

static void test_pale_colour_is_refused(void **state) {
    struct colour used = {9, 9, 9};

    (void)state;
    assert_int_equal(colour_judge(parsed("#ffffff"), &used), COLOUR_TOO_PALE);
    assert_int_equal(colour_judge(parsed("#ffe100"), &used), COLOUR_TOO_PALE);
    assert_int_equal(used.red, 9);
}

/* Every corrected colour passes, is darker, and no darker than it needs to be. */
static void test_corrected_colours_just_pass(void **state) {
    const struct colour white = {255, 255, 255};

    (void)state;
    for (int red = 0; red < 256; red += 15) {
        for (int green = 0; green < 256; green += 15) {
            for (int blue = 0; blue < 256; blue += 15) {
                const struct colour asked = {(uint8_t)red, (uint8_t)green, (uint8_t)blue};
                struct colour used;

                if (colour_judge(asked, &used) != COLOUR_CORRECTED)
                    continue;
                assert_true(colour_contrast(used, white) >= CONTRAST_TEXT);
                assert_true(colour_contrast(used, white) < CONTRAST_TEXT * 1.05);
                assert_true(colour_luminance(used) < colour_luminance(asked));
            }
        }
    }
}

/* The shade called `name` in one scheme of the style sheet. */
static struct colour shade(const char *style, const char *name, bool dark) {
    char key[64], hex[8] = {0};
    const char *at = dark ? strstr(style, "color-scheme.dark") : style;

    snprintf(key, sizeof key, "-accent-%s: ", name);
    at = strstr(at, key);
    assert_non_null(at);
    memcpy(hex, at + strlen(key), 7);
    return parsed(hex);
}

static void assert_style_readable(struct arena *arena, struct colour colour) {
    static const char *const grounds[] = {"background-default", "background-tinted",
                                          "surface-default", "surface-tinted"};
    struct buffer buffer = buffer_in(arena, 8192);
    const char *style;

    colour_style(colour, &buffer);
    style = buffer_string(&buffer);
    for (int dark = 0; dark < 2; dark++) {
        const struct colour base = shade(style, "base-default", dark);

        for (size_t i = 0; i < sizeof grounds / sizeof grounds[0]; i++) {
            const struct colour ground = shade(style, grounds[i], dark);

            assert_true(colour_contrast(shade(style, "text-default", dark), ground) >= 7.0);
            assert_true(colour_contrast(shade(style, "text-subtle", dark), ground) >= 4.5);
            assert_true(colour_contrast(shade(style, "border-default", dark), ground) >= 3.0);
        }
        assert_true(colour_contrast(base, shade(style, "base-contrast-default", dark)) >= 4.5);
        assert_true(colour_contrast(shade(style, "base-hover", dark),
                                    shade(style, "base-contrast-default", dark)) >= 4.5);
        assert_true(colour_contrast(shade(style, "base-active", dark),
                                    shade(style, "base-contrast-default", dark)) >= 4.5);
    }
}

static void test_shades_of_any_colour_can_be_read(void **state) {
    struct arena *arena = arena_new(16 << 20);

    (void)state;
    for (int red = 0; red < 256; red += 51) {
        for (int green = 0; green < 256; green += 51) {
            for (int blue = 0; blue < 256; blue += 51) {
                struct colour used;

                if (colour_judge((struct colour){(uint8_t)red, (uint8_t)green, (uint8_t)blue},
                                 &used) != COLOUR_TOO_PALE)
                    assert_style_readable(arena, used);
                arena_reset(arena);
            }
        }
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_contrast_is_that_of_wcag),
        cmocka_unit_test(test_readable_colour_is_kept),
        cmocka_unit_test(test_pale_colour_is_refused),
        cmocka_unit_test(test_corrected_colours_just_pass),
        cmocka_unit_test(test_shades_of_any_colour_can_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
