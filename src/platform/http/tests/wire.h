/* Bytes on a socket, for tests that no well-behaved client can make. */
#ifndef RADSLAG_HTTP_TESTS_WIRE_H
#define RADSLAG_HTTP_TESTS_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_BYTES_MAX = 512 << 10 };

/* What came back on one connection. */
struct wire {
    int socket;
    char *bytes; /* NUL after them */
    size_t length;
    bool is_closed; /* by the other side */
};

/* Connects to "http://127.0.0.1:8080" or "unix:PATH"; fails the running test otherwise. */
struct wire wire_open(const char *address);
void wire_close(struct wire *wire);

/* Sends all; false when the other side has closed. */
bool wire_send(struct wire *wire, const void *bytes, size_t length);
#define wire_say(wire, text) wire_send((wire), "" text, sizeof(text) - 1)

/* Reads until `responses` whole responses are there, it is closed, or `ms` have passed. */
void wire_read(struct wire *wire, size_t responses, int ms);

/* How many responses came, and the status of the n-th (0 = none). */
size_t wire_count(const struct wire *wire);
int wire_status(const struct wire *wire, size_t n);

/* One request on a connection of its own; the caller closes. */
struct wire wire_ask(const char *address, const void *bytes, size_t length, int ms);

int64_t wire_ms(void);

#endif
