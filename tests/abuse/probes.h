/* The abuse list: requests that two readers may understand differently, or that cost the server
 * more than the client. Each is answered as RFC 9112 wants. */
#ifndef RADSLAG_TESTS_ABUSE_PROBES_H
#define RADSLAG_TESTS_ABUSE_PROBES_H

#include <stdbool.h>
#include <stddef.h>

/* One hand-made request. */
struct probe {
    const char *name;
    const char *bytes;
    size_t length;
    const int *statuses; /* any of these, ended by 0 */
    bool nginx_mends;    /* nginx drops the line, and what it passes on means one thing */
};

extern const struct probe probes[]; /* ended by name NULL */

/* Sends each and fails the running test, naming the probe, unless it is answered with one of its
 * statuses, once, and the connection is closed. */
void probes_run(const char *address, bool is_nginx);

/* A head of 64 KiB is refused. */
void probe_long_head(const char *address);

/* A head that comes at one byte a second is cut off within `ms`. */
void probe_slow_head(const char *address, int ms);

#endif
