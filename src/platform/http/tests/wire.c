#include "platform/http/tests/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

int64_t wire_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int connect_unix(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int opened = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    assert_int_equal(
        connect(opened, (const struct sockaddr *)(const void *)&address, sizeof address), 0);
    return opened;
}

static int connect_tcp(const char *host_and_port) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    const int opened = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const char *port = strchr(host_and_port, ':') + 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
    assert_int_equal(
        connect(opened, (const struct sockaddr *)(const void *)&address, sizeof address), 0);
    return opened;
}

struct wire wire_open(const char *address) {
    struct wire wire = {.bytes = calloc(1, WIRE_BYTES_MAX + 1)};
    assert_non_null(wire.bytes);
    wire.socket = strncmp(address, "unix:", 5) == 0 ? connect_unix(address + 5)
                                                    : connect_tcp(address + strlen("http://"));
    return wire;
}

void wire_close(struct wire *wire) {
    if (wire->socket >= 0)
        (void)close(wire->socket);
    wire->socket = -1;
    free(wire->bytes);
    wire->bytes = NULL;
}

bool wire_send(struct wire *wire, const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        const ssize_t sent = send(wire->socket, at, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

/* Length of the response at `at`, 0 while it is not whole. 304 and 204 have no body. */
static size_t response_length(const char *at) {
    const char *body = strstr(at, "\r\n\r\n");
    if (body == NULL)
        return 0;
    body += 4;
    const char *length = strcasestr(at, "\r\nContent-Length: ");
    const size_t size = length == NULL || length > body
                            ? 0
                            : strtoul(length + strlen("\r\nContent-Length: "), NULL, 10);
    const size_t whole = (size_t)(body - at) + (strstr(at, " 304 ") == at + 8 ? 0 : size);
    return whole <= strlen(at) ? whole : 0;
}

/* Start of the n-th response that is whole, or NULL. */
static const char *response_at(const struct wire *wire, size_t n) {
    const char *at = wire->bytes;
    for (;; n--) {
        const size_t length = response_length(at);
        if (length == 0 || n == 0)
            return length == 0 ? NULL : at;
        at += length;
    }
}

size_t wire_count(const struct wire *wire) {
    size_t count = 0;
    while (response_at(wire, count) != NULL)
        count++;
    return count;
}

int wire_status(const struct wire *wire, size_t n) {
    const char *at = response_at(wire, n);
    return at == NULL || strncmp(at, "HTTP/1.", 7) != 0 ? 0 : (int)strtol(at + 9, NULL, 10);
}

void wire_read(struct wire *wire, size_t responses, int ms) {
    const int64_t until = wire_ms() + ms;
    while (!wire->is_closed && wire_count(wire) < responses && wire->length < WIRE_BYTES_MAX) {
        struct pollfd wait = {.fd = wire->socket, .events = POLLIN};
        const int64_t left = until - wire_ms();
        if (left <= 0 || poll(&wait, 1, (int)left) <= 0)
            return;
        const ssize_t got = recv(wire->socket, wire->bytes + wire->length,
                                 WIRE_BYTES_MAX - wire->length, MSG_DONTWAIT);
        if (got > 0)
            wire->length += (size_t)got;
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            wire->is_closed = true;
        wire->bytes[wire->length] = '\0';
    }
}

struct wire wire_ask(const char *address, const void *bytes, size_t length, int ms) {
    struct wire wire = wire_open(address);
    (void)wire_send(&wire, bytes, length);
    wire_read(&wire, 1, ms);
    return wire;
}
