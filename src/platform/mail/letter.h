/* Reading back what message.c wrote, for the demonstration's pages: no reader of other people's
 * mail. */
#ifndef RADSLAG_MAIL_LETTER_H
#define RADSLAG_MAIL_LETTER_H

#include "platform/base/arena.h"
#include "platform/base/error.h"

/* Texts in arena; "" where a header is missing. */
struct letter {
    const char *subject, *from, *to;
    const char *text; /* the plain part, LF line ends */
};

/* ERR_NOT_FOUND when the message has no plain part that can be read. */
enum error letter_read(struct arena *arena, const char *message, struct letter *ret_letter)
    MUST_USE;

#endif
