/* Absolute deadlines of connections. The library's timeout counts silence only: a client that sends
 * a byte now and then would hold a connection for ever. The reaper shuts such a socket. */
#ifndef RADSLAG_HTTP_DEADLINE_H
#define RADSLAG_HTTP_DEADLINE_H

#include <stddef.h>
#include <stdint.h>

struct deadlines;

/* One connection under watch. */
struct watched {
    int socket;
    int64_t due; /* µs, monotonic; INT64_MAX = none */
    struct watched *before, *after;
};

/* Starts the reaper; owned by caller, NULL without memory or thread. */
struct deadlines *deadlines_new(void);
void deadlines_free(struct deadlines *deadlines);

/* From accept to close. `deadlines_leave` returns only when the reaper no longer touches the
 * socket, so it must come before the socket is closed. */
void deadlines_enter(struct deadlines *deadlines, struct watched *watched, int64_t due);
void deadlines_leave(struct deadlines *deadlines, struct watched *watched);

/* Sets another deadline; INT64_MAX lifts it. */
void deadlines_set(struct deadlines *deadlines, struct watched *watched, int64_t due);

/* Connections watched, and how many were shut since start. */
struct deadlines_state {
    size_t connections;
    uint64_t reaped;
};
struct deadlines_state deadlines_state(struct deadlines *deadlines);

#endif
