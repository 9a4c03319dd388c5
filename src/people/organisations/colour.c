#include "people/organisations/colour.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct colour white = {255, 255, 255};

static int hex_digit(char c) {
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *at = c == '\0' ? NULL : strchr(digits, c);

    if (at == NULL)
        return -1;
    return (int)(at - digits) < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

bool colour_parse(const char *text, struct colour *ret_colour) {
    int digits[6];
    size_t length;

    if (text == NULL)
        return false;
    text += *text == '#';
    length = strlen(text);
    if (length != 3 && length != 6)
        return false;
    for (size_t i = 0; i < 6; i++) {
        digits[i] = hex_digit(text[length == 3 ? i / 2 : i]);
        if (digits[i] < 0)
            return false;
    }
    *ret_colour = (struct colour){(uint8_t)(digits[0] * 16 + digits[1]),
                                  (uint8_t)(digits[2] * 16 + digits[3]),
                                  (uint8_t)(digits[4] * 16 + digits[5])};
    return true;
}

void colour_write(struct colour colour, char ret_text[static 8]) {
    snprintf(ret_text, 8, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
}

/* One channel of sRGB as light, 0–1 (WCAG 2.2, "relative luminance"). */
static double channel_light(uint8_t channel) {
    const double value = channel / 255.0;

    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static uint8_t light_channel(double light) {
    const double clamped = fmin(fmax(light, 0.0), 1.0);
    const double value =
        clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * pow(clamped, 1 / 2.4) - 0.055;

    return (uint8_t)lround(value * 255.0);
}

double colour_luminance(struct colour colour) {
    return 0.2126 * channel_light(colour.red) + 0.7152 * channel_light(colour.green) +
           0.0722 * channel_light(colour.blue);
}

double colour_contrast(struct colour a, struct colour b) {
    const double one = colour_luminance(a), other = colour_luminance(b);

    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

/* Luminance is linear in light, so the share of black or white is found without searching. */
struct colour colour_at_luminance(struct colour colour, double luminance) {
    const double now = colour_luminance(colour);
    const bool darker = luminance < now;
    const double keep = darker      ? luminance / now
                        : now < 1.0 ? (1.0 - luminance) / (1.0 - now)
                                    : 1.0;
    const double added = darker ? 0.0 : 1.0 - keep;

    return (struct colour){light_channel(channel_light(colour.red) * keep + added),
                           light_channel(channel_light(colour.green) * keep + added),
                           light_channel(channel_light(colour.blue) * keep + added)};
}

enum colour_verdict colour_judge(struct colour colour, struct colour *ret_colour) {
    const double contrast = colour_contrast(colour, white);
    double luminance = 1.05 / CONTRAST_TEXT - 0.05;
    struct colour darker;

    if (contrast >= CONTRAST_TEXT) {
        *ret_colour = colour;
        return COLOUR_ACCEPTED;
    }
    if (contrast < CONTRAST_TOO_PALE)
        return COLOUR_TOO_PALE;
    /* Channels are whole numbers: rounding may leave it a hair too light. */
    do {
        darker = colour_at_luminance(colour, luminance);
        luminance -= 0.001;
    } while (colour_contrast(darker, white) < CONTRAST_TEXT);
    *ret_colour = darker;
    return COLOUR_CORRECTED;
}

/* ---- the sixteen shades ---- */

enum shade { SHADE_FIXED, SHADE_HOVER, SHADE_ACTIVE, SHADE_ITSELF };

/* Luminance of each shade: those that the theme tool of Designsystemet gives every accent, so that
 * an own colour has the contrasts of the ready ones (text 4.5:1 and lines 3:1 on each ground). */
static const struct {
    const char *name;
    enum shade light_kind;
    double light, dark;
} shades[] = {
    {"background-default", SHADE_FIXED, 1.0, 0.009},
    {"background-tinted", SHADE_FIXED, 0.90, 0.014},
    {"surface-default", SHADE_FIXED, 1.0, 0.021},
    {"surface-tinted", SHADE_FIXED, 0.81, 0.027},
    {"surface-hover", SHADE_FIXED, 0.70, 0.036},
    {"surface-active", SHADE_FIXED, 0.59, 0.056},
    {"border-subtle", SHADE_FIXED, 0.50, 0.08},
    {"border-default", SHADE_FIXED, 0.19, 0.22},
    {"border-strong", SHADE_FIXED, 0.11, 0.39},
    {"text-subtle", SHADE_FIXED, 0.11, 0.39},
    {"text-default", SHADE_FIXED, 0.024, 0.84},
    {"base-default", SHADE_ITSELF, 0.0, 0.36},
    {"base-hover", SHADE_HOVER, 0.0, 0.27},
    {"base-active", SHADE_ACTIVE, 0.0, 0.19},
    {"base-contrast-subtle", SHADE_FIXED, 0.86, 0.006},
    {"base-contrast-default", SHADE_FIXED, 1.0, 0.0},
};

/* A pressed button is darker than one at rest; a colour that is nearly black becomes lighter. */
static struct colour pressed(struct colour colour, double darker, double lighter) {
    const double now = colour_luminance(colour);

    return colour_at_luminance(colour, now < 0.05 ? now + lighter : now * darker);
}

static struct colour shade_of(struct colour colour, size_t number, bool dark) {
    if (dark || shades[number].light_kind == SHADE_FIXED)
        return colour_at_luminance(colour, dark ? shades[number].dark : shades[number].light);
    switch (shades[number].light_kind) {
    case SHADE_HOVER:
        return pressed(colour, 0.58, 0.032);
    case SHADE_ACTIVE:
        return pressed(colour, 0.32, 0.076);
    case SHADE_FIXED:
    case SHADE_ITSELF:
        break;
    }
    return colour;
}

static void write_block(struct colour colour, bool dark, const char *selector,
                        struct buffer *into) {
    char text[8];

    buffer_format(into, "%s {\n", selector);
    for (size_t i = 0; i < sizeof shades / sizeof shades[0]; i++) {
        colour_write(shade_of(colour, i, dark), text);
        buffer_format(into, "--ds-color-accent-%s: %s;\n", shades[i].name, text);
    }
    buffer_text(into, "}\n");
}

void colour_style(struct colour colour, struct buffer *into) {
    assert(colour_contrast(colour, white) >= CONTRAST_TEXT);
    buffer_text(into, "@layer ds.theme.color-scheme.light {\n");
    write_block(colour, false, ":root, [data-color-scheme=\"light\"], [data-color-scheme=\"auto\"]",
                into);
    buffer_text(into, "}\n@layer ds.theme.color-scheme.dark {\n");
    write_block(colour, true, "[data-color-scheme=\"dark\"]", into);
    buffer_text(into, "@media screen and (prefers-color-scheme: dark) {\n");
    write_block(colour, true, "[data-color-scheme=\"auto\"]", into);
    buffer_text(into, "}\n}\n");
}
