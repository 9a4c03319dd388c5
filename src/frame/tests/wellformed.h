/* What every page's markup must keep, whatever it shows. */
#ifndef RADSLAG_FRAME_TESTS_WELLFORMED_H
#define RADSLAG_FRAME_TESTS_WELLFORMED_H

#include "platform/base/arena.h"
#include "platform/base/shape.h"

/* NULL, or the first fault of the markup, in arena: elements that do not nest, an attribute without
 * quotes or given twice, two elements with one id, a label or an aria reference that leads nowhere,
 * a link or button without a name, a table cell or list item astray. */
const char *wellformed_fault(struct arena *arena, const char *markup);

/* Fills a view with what hostile visitors write: every text is HOSTILE, every list has two
 * elements, every one is there; to `depth` levels. */
#define HOSTILE "\"><script>&'"
void hostile_fill(struct arena *arena, const struct shape *shape, void *view, int depth);

#endif
