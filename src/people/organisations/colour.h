/* An organisation's colour: can it be read, and which shades does a page need of it. Pure.
 *
 * Contrast is that of WCAG 2.2 (relative luminance and contrast ratio, section 5, definitions;
 * success criterion 1.4.3 asks 4.5:1 for text). The colour is the ground of white text (buttons,
 * the deep panel) and the colour of text on white (links), which is one and the same ratio. */
#ifndef RADSLAG_ORGANISATIONS_COLOUR_H
#define RADSLAG_ORGANISATIONS_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/text.h"

struct colour {
    uint8_t red, green, blue; /* sRGB */
};

/* Least contrast of text, and the contrast below which a colour is so pale that a darker one would
 * be another colour. */
#define CONTRAST_TEXT 4.5
#define CONTRAST_TOO_PALE 1.6

/* Reads "#0E5A50", "0e5a50" or "#abc"; false when it is not a colour. */
bool colour_parse(const char *text, struct colour *ret_colour);

/* Writes "#0e5a50". */
void colour_write(struct colour colour, char ret_text[static 8]);

/* Relative luminance: 0 black … 1 white. */
double colour_luminance(struct colour colour);

/* Contrast ratio of two colours, 1–21, whichever is the lighter. */
double colour_contrast(struct colour a, struct colour b);

enum colour_verdict {
    COLOUR_ACCEPTED,  /* white text can be read on it */
    COLOUR_CORRECTED, /* was made darker until white text can be read on it */
    COLOUR_TOO_PALE   /* so pale that a darker one would be another colour */
};

/* Judges a colour of an organisation's own. `ret_colour` is the colour to use: the same when
 * accepted, the darkened one when corrected, untouched when too pale. */
enum colour_verdict colour_judge(struct colour colour, struct colour *ret_colour);

/* Black or white scaled so far into the colour that it has this luminance (0–1); hue is kept. */
struct colour colour_at_luminance(struct colour colour, double luminance);

/* The style sheet with the sixteen shades of the accent, light and dark, as in
 * frame/theme/theme-*.css; about 2 kB. `colour` must have been accepted or corrected. */
void colour_style(struct colour colour, struct buffer *into);

#endif
