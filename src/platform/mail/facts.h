/* The facts of a queued mail, read back from the JSON that json_write made of them. */
#ifndef RADSLAG_MAIL_FACTS_H
#define RADSLAG_MAIL_FACTS_H

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/shape.h"

/* True when facts of this shape come back whole: no html, at any depth. */
bool shape_is_facts(const struct shape *shape);

/* Fills `ret_view` (shape->size bytes) from a JSON object; texts and lists in arena. A missing name
 * is none, an unknown one is ignored, so that mail queued by another version of the program can
 * still go. ERR_FAULT when the text is no JSON object or a value has another kind than its field.
 */
enum error shape_from_json(struct arena *arena, const struct shape *shape, const char *json,
                           void *ret_view) MUST_USE;

#endif
