/* Addresses that the platform answers itself, on the event thread: static files, /health, /metrics,
 * /openapi.json. */
#ifndef RADSLAG_HTTP_BUILTIN_H
#define RADSLAG_HTTP_BUILTIN_H

#include "platform/http/exchange.h"
#include "platform/http/metrics.h"

/* Which of them ex->target names; BUILTIN_NONE for all else. */
enum builtin builtin_find(const struct exchange *ex);

/* Answers when ex->number is one of them. */
bool builtin_answer(struct exchange *ex);

#endif
