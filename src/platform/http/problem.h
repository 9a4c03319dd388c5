/* Answers to what went wrong: an error page, problem+json (RFC 9457), or the form shown again. */
#ifndef RADSLAG_HTTP_PROBLEM_H
#define RADSLAG_HTTP_PROBLEM_H

#include "platform/http/exchange.h"

/* In a worker: in the frame if that can be filled; ERR_INVALID and a stale form show the form again
 * with what was typed. Always leaves a reply. */
void problem_answer(struct exchange *ex, enum error error);

/* On any thread: problem+json or a bare page, without database and frame. */
void problem_plain(struct exchange *ex, enum error error);

/* Without the arena, which is spent. */
void problem_spent(struct exchange *ex);

/* True when the answer needs no worker: the client floods us, or is no browser. */
bool problem_is_plain(enum error error);

#endif
