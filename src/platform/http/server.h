/* libmicrohttpd's side: connections, their deadlines, and exchanges led through the door. The only
 * files that know the library are server.c and response.c. */
#ifndef RADSLAG_HTTP_SERVER_H
#define RADSLAG_HTTP_SERVER_H

#include "platform/http/exchange.h"
#include "platform/http/socket.h"

/* Answers on a listening socket, which it closes at the end. ERR_UNAVAILABLE when the library
 * refuses. */
enum error server_start(struct http *http, const struct listener *listener,
                        struct server **ret_server) MUST_USE;

/* No new connections from now on; those that are open still get answers. NULL is allowed. */
void server_quiesce(struct server *server);

/* Ends all connections; nothing may be suspended. NULL is allowed. */
void server_stop(struct server *server);

struct server_state {
    size_t connections;
    uint64_t reaped;
    uint64_t unanswered; /* requests malformed past any handler, or left by their client */
};

/* For /metrics; zeros for NULL. */
struct server_state server_state(struct server *server);

#endif
