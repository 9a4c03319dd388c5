/* Who is at the other end of a connection. */
#ifndef RADSLAG_HTTP_CLIENT_H
#define RADSLAG_HTTP_CLIENT_H

#include <netinet/in.h>
#include <stdbool.h>

#include "platform/http/deadline.h"

/* As long as the connection lives. */
struct client {
    struct watched watched;
    char address[INET6_ADDRSTRLEN]; /* empty for a unix socket */
    bool is_local;                  /* this machine */
    bool is_trusted;                /* a proxy of ours: its forwarding headers are believed */
};

/* `address` as the kernel gives it, NULL = none; owned by caller (free), NULL without memory. Who
 * may use the unix socket is a proxy of ours, and so are all when `trusts_all`. */
struct client *client_new(int socket, const struct sockaddr *address, bool trusts_all);

#endif
