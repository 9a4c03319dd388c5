#include "platform/http/socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/base/log.h"

enum { BACKLOG = 1024, SYSTEMD_FIRST = 3, UNIX_MODE = 0660 };

static enum error refuse(const char *listen, const char *why) {
    log_fault("listen", LOG_TEXT("address", listen), LOG_TEXT("why", why));
    return ERR_UNAVAILABLE;
}

static union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un local;
    struct sockaddr_storage room;
} local_address(int socket) {
    union address address = {0};
    socklen_t length = sizeof address;
    (void)getsockname(socket, &address.any, &length);
    return address;
}

/* The address as a browser wants it. */
static void describe(struct listener *listener) {
    const union address address = local_address(listener->socket);
    char host[INET6_ADDRSTRLEN] = "";
    const size_t room = sizeof listener->address;
    if (address.any.sa_family == AF_INET) {
        (void)inet_ntop(AF_INET, &address.v4.sin_addr, host, sizeof host);
        (void)snprintf(listener->address, room, "http://%s:%d", host, ntohs(address.v4.sin_port));
    } else if (address.any.sa_family == AF_INET6) {
        (void)inet_ntop(AF_INET6, &address.v6.sin6_addr, host, sizeof host);
        (void)snprintf(listener->address, room, "http://[%s]:%d", host,
                       ntohs(address.v6.sin6_port));
    } else {
        (void)snprintf(listener->address, room, "unix:%s", address.local.sun_path);
    }
}

static bool bind_and_listen(int socket, const struct sockaddr *address, socklen_t length) {
    const int yes = 1;
    (void)setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    return bind(socket, address, length) == 0 && listen(socket, BACKLOG) == 0;
}

/* ---- TCP ---- */

/* "host:port" or "[host]:port" taken apart. */
static bool split(const char *listen, char host[64], char port[8]) {
    const char *colon = strrchr(listen, ':');
    if (colon == NULL || colon == listen || strlen(colon + 1) > 5 || colon[1] == '\0' ||
        colon[1 + strspn(colon + 1, "0123456789")] != '\0')
        return false;
    const bool has_brackets = listen[0] == '[' && colon[-1] == ']';
    const char *start = listen + has_brackets;
    const size_t length = (size_t)(colon - start) - has_brackets;
    if (length == 0 || length >= 64)
        return false;
    (void)snprintf(host, 64, "%.*s", (int)length, start);
    (void)snprintf(port, 8, "%s", colon + 1);
    return true;
}

static enum error open_tcp(const char *listen, struct listener *listener) {
    char host[64], port[8];
    struct addrinfo *found = NULL;
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                                   .ai_socktype = SOCK_STREAM};
    if (!split(listen, host, port) || getaddrinfo(host, port, &hints, &found) != 0)
        return refuse(listen, "want ADDRESS:PORT with a numeric address");
    listener->socket = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool opened = listener->socket >= 0 &&
                        bind_and_listen(listener->socket, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return opened ? ERR_OK : refuse(listen, "cannot listen there");
}

/* ---- unix ---- */

/* A socket that nobody answers on is left over from a crash. */
static bool is_abandoned(const struct sockaddr_un *address) {
    struct stat about;
    if (lstat(address->sun_path, &about) != 0 || !S_ISSOCK(about.st_mode))
        return false;
    const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool answered =
        connect(probe, (const struct sockaddr *)(const void *)address, sizeof *address) == 0;
    (void)close(probe);
    return !answered;
}

static enum error open_unix(const char *path, struct listener *listener) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (*path == '\0' || strlen(path) >= sizeof address.sun_path)
        return refuse(path, "the path of a unix socket has 1 to 107 bytes");
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (is_abandoned(&address))
        (void)unlink(path);
    listener->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener->socket < 0 ||
        !bind_and_listen(listener->socket, (const struct sockaddr *)(const void *)&address,
                         sizeof address))
        return refuse(path, "cannot listen there");
    memcpy(listener->unix_path, address.sun_path, sizeof listener->unix_path);
    return chmod(path, UNIX_MODE) == 0 ? ERR_OK : refuse(path, "cannot set its mode");
}

/* ---- systemd ---- */

static enum error open_systemd(struct listener *listener) {
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    if (pid == NULL || count == NULL || strtol(pid, NULL, 10) != getpid() ||
        strcmp(count, "1") != 0)
        return refuse("systemd", "want exactly one socket (LISTEN_FDS=1) for this process");
    listener->socket = SYSTEMD_FIRST;
    return ERR_OK;
}

enum error listener_open(const char *listen, struct listener *ret_listener) {
    struct listener listener = {.socket = -1};
    const bool is_unix = strncmp(listen, "unix:", 5) == 0;
    const enum error error = strcmp(listen, "systemd") == 0 ? open_systemd(&listener)
                             : is_unix                      ? open_unix(listen + 5, &listener)
                                                            : open_tcp(listen, &listener);
    if (error != ERR_OK) {
        if (listener.socket >= 0)
            (void)close(listener.socket);
        return error;
    }
    describe(&listener);
    *ret_listener = listener;
    return ERR_OK;
}

void listener_close(struct listener *listener) {
    if (listener->socket >= 0)
        (void)close(listener->socket);
    listener->socket = -1;
    if (listener->unix_path[0] != '\0')
        (void)unlink(listener->unix_path);
    listener->unix_path[0] = '\0';
}

void systemd_notify(const char *state) {
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (path == NULL || (path[0] != '/' && path[0] != '@') ||
        strlen(path) >= sizeof address.sun_path)
        return;
    const size_t length = strlen(path);
    memcpy(address.sun_path, path, length);
    if (path[0] == '@')
        address.sun_path[0] = '\0';
    const int notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (notify < 0)
        return;
    (void)sendto(notify, state, strlen(state), MSG_NOSIGNAL,
                 (const struct sockaddr *)(const void *)&address,
                 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
    (void)close(notify);
}
