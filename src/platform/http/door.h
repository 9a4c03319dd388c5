/* The door: what is decided about a request before any worker sees it. All on the event thread, so
 * nothing here waits. */
#ifndef RADSLAG_HTTP_DOOR_H
#define RADSLAG_HTTP_DOOR_H

#include "platform/http/exchange.h"

/* The head as it came, and from where. Borrowed for the life of the exchange. */
struct door_head {
    const char *method, *target, *version;
    const char *address; /* of the peer, or "" for a unix socket */
    bool is_local;       /* the peer is this machine */
    bool is_trusted;     /* a proxy of ours: its forwarding headers are believed */
    bool is_whole;       /* no byte of the head was hidden from us */
};

/* ex->headers hold the fields. Afterwards ex->refused may be set; a body that is not wanted has
 * ex->intake INTAKE_NOTHING (answer now) or INTAKE_SWALLOW (let it come, then answer). */
void door_open(struct exchange *ex, const struct door_head *head);

/* A piece of the body; false when the rest is not wanted: answer now and close. */
bool door_body(struct exchange *ex, const char *bytes, size_t length);

/* The last byte has come. True: answered, ex->rp is ready. False: work_begin must follow. */
bool door_close(struct exchange *ex);

#endif
