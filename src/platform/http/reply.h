/* Replies from the inside. */
#ifndef RADSLAG_HTTP_REPLY_H
#define RADSLAG_HTTP_REPLY_H

#include "platform/http/exchange.h"

/* Nothing answered yet; gives back what the reply held. */
void reply_reset(struct reply *rp);

/* Status, type (a literal, or NULL without a body) and bytes. */
void reply_set(struct reply *rp, int status, const char *type, const void *bytes, size_t length);

/* A kept page or file, whose reference the reply takes over: 200, or 304 when the client has it. */
void reply_kept(struct reply *rp, struct kept *kept, const char *accept_encoding,
                const char *if_none_match);

/* The view as JSON. */
enum error reply_json(struct request *rq, struct reply *rp, int status, const struct shape *shape,
                      const void *view) MUST_USE;

/* Calls `sink` for each header of the answer; takes no memory of the arena. */
void reply_each_header(const struct exchange *ex,
                       void (*sink)(void *context, const char *name, const char *value),
                       void *context);

#endif
