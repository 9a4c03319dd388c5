/* Comparing markup without regard to line ends and indentation between elements. */
#ifndef RADSLAG_FRAME_TESTS_MARKUP_H
#define RADSLAG_FRAME_TESTS_MARKUP_H

#include "platform/base/arena.h"
#include "platform/view/view.h"

/* White space between elements goes, elsewhere it is one blank; in arena. */
const char *markup_tight(struct arena *arena, const char *markup);

/* Fails the test when `markup` does not hold `part`; both are tightened. */
void markup_assert_has(struct arena *arena, const char *markup, const char *part);

/* Renders text bound to a view of this shape, in Swedish; fails the test when it does not bind. */
struct markup_page {
    const struct shape *view_shape, *frame_shape, *form_shape;
    const void *view, *frame, *form;
};
const char *markup_render(struct arena *arena, const char *template,
                          const struct markup_page *page);

#endif
