/* A tally as text for people: a bar for each project, and why it is in or out. */
#ifndef RADSLAG_COMMANDS_TALLY_TEXT_H
#define RADSLAG_COMMANDS_TALLY_TEXT_H

#include "methods/tally/tally.h"
#include "platform/base/text.h"

/* Adds the whole text; `title` is what was counted. What projects lacked stands in it when the
 * tally was told to explain. */
void tally_print(struct buffer *into, const char *title, const struct tally *tally);

#endif
