/* Where we listen: a TCP address, a unix socket, or what systemd hands over. */
#ifndef RADSLAG_HTTP_SOCKET_H
#define RADSLAG_HTTP_SOCKET_H

#include "platform/base/error.h"

enum { LISTENER_ADDRESS_MAX = 160 };

struct listener {
    int socket;
    char unix_path[108];                /* removed when it closes; "" = none of ours */
    char address[LISTENER_ADDRESS_MAX]; /* for people: "http://127.0.0.1:8080" */
};

/* "127.0.0.1:8080", "[::1]:8080" (port 0: any free one), "unix:PATH", or "systemd" (LISTEN_FDS).
 * ERR_UNAVAILABLE with a line in the log that says what is wrong. */
enum error listener_open(const char *listen, struct listener *ret_listener) MUST_USE;
void listener_close(struct listener *listener);

/* Tells systemd (NOTIFY_SOCKET) "READY=1", "STOPPING=1" …; nothing happens without it. */
void systemd_notify(const char *state);

#endif
