/* QR codes as SVG, made by the server: a path of squares, for a template's <svg>. */
#ifndef RADSLAG_SECOND_FACTOR_QR_H
#define RADSLAG_SECOND_FACTOR_QR_H

#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"

struct qr {
    int64_t side;        /* width and height in squares, with the quiet zone */
    const char *modules; /* path data; in arena */
};

/* ERR_INVALID when the text is too long for a code (about 1,200 bytes). */
enum error qr_draw(struct arena *arena, const char *text, struct qr *ret_qr) MUST_USE;

#endif
