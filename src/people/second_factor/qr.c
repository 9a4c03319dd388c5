#include "people/second_factor/qr.h"

#include <qrencode.h>

#include "platform/base/text.h"

enum { QUIET = 4, PATH_BYTES = 256 << 10 };

/* One row as runs of dark squares. */
static void draw_row(struct buffer *into, const unsigned char *row, int width, int y) {
    for (int x = 0; x < width; x++) {
        int run = 0;
        while (x + run < width && (row[x + run] & 1) != 0)
            run++;
        if (run > 0)
            buffer_format(into, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
        x += run;
    }
}

static void release(void *code) {
    QRcode_free(code);
}

enum error qr_draw(struct arena *arena, const char *text, struct qr *ret_qr) {
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return ERR_INVALID;
    arena_defer(arena, release, code);
    struct buffer path = buffer_in(arena, PATH_BYTES);
    for (int y = 0; y < code->width; y++)
        draw_row(&path, code->data + (size_t)y * (size_t)code->width, code->width, y);
    *ret_qr = (struct qr){.side = code->width + 2 * QUIET, .modules = buffer_string(&path)};
    return ERR_OK;
}
