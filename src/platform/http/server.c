#include "platform/http/server.h"

#include <microhttpd.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/http/client.h"
#include "platform/http/door.h"
#include "platform/http/guard.h"
#include "platform/http/problem.h"
#include "platform/http/response.h"
#include "platform/http/work.h"

enum {
    SILENCE_SECONDS = 15, /* a connection that says nothing */
    CONNECTIONS_MAX = 4000,
    HEAD_BYTES_MAX = 16 << 10, /* kept for each connection, and zeroed for each request */
    SEND_SECONDS = 60,         /* for an answer to be taken, and one more for each: */
    SEND_BYTES_A_SECOND = 8 << 10,
    UPLOAD_BYTES_A_SECOND = 16 << 10,
    LAST_ANSWERS_SECONDS = 5 /* at the end, for answers that are being sent */
};

struct server {
    struct MHD_Daemon *daemon;
    struct http *http;
    struct deadlines *deadlines;
    struct listener listener;
    _Atomic uint64_t unanswered;
    struct flight answers; /* of connections that were suspended, until they are sent */
};

/* ---- connections ---- */

static int64_t after_seconds(int64_t seconds) {
    return monotonic_us() + seconds * 1000000;
}

static void connection_begins(struct server *server, struct MHD_Connection *connection,
                              void **socket_context) {
    const union MHD_ConnectionInfo *socket =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct client *client =
        client_new(socket->connect_fd, address == NULL ? NULL : address->client_addr,
                   server->http->options.trust_forwarded);
    if (client == NULL)
        return; /* the handler closes what has no client */
    deadlines_enter(server->deadlines, &client->watched,
                    after_seconds(server->http->options.header_seconds));
    *socket_context = client;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code) {
    struct server *server = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        connection_begins(server, connection, socket_context);
    } else if (*socket_context != NULL) {
        struct client *client = *socket_context;
        deadlines_leave(server->deadlines, &client->watched);
        free(client);
        *socket_context = NULL;
    }
}

static struct client *client_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

/* ---- the head ---- */

/* The request line is in: what is returned becomes the handler's `*con_cls`. */
static void *on_target(void *context, const char *target, struct MHD_Connection *connection) {
    (void)connection;
    struct server *server = context;
    struct exchange *ex = exchange_new(server->http);
    if (ex != NULL)
        ex->rq.target = arena_copy_text(ex->rq.arena, target);
    return ex;
}

struct fields {
    struct exchange *ex;
    struct guard_span spans[GUARD_HEADERS_MAX + 1];
    size_t count;
};

static const char *without_end_space(struct arena *arena, const char *value, size_t length) {
    size_t kept = length;
    while (kept > 0 && (value[kept - 1] == ' ' || value[kept - 1] == '\t'))
        kept--;
    return kept == length ? value : arena_copy_span(arena, value, kept);
}

static enum MHD_Result on_field(void *context, enum MHD_ValueKind kind, const char *name,
                                size_t name_length, const char *value, size_t value_length) {
    (void)kind;
    struct fields *fields = context;
    struct arena *arena = fields->ex->rq.arena;
    if (value == NULL)
        value = "";
    if (fields->count <= GUARD_HEADERS_MAX)
        fields->spans[fields->count] = (struct guard_span){name, name_length, value, value_length};
    fields->count++;
    header_add(&fields->ex->headers, arena, name, without_end_space(arena, value, value_length));
    return MHD_YES;
}

/* The pointers are those into the library's buffer, so nothing may have been copied yet. */
static bool head_is_whole(struct MHD_Connection *connection, const struct fields *fields,
                          const char *method, const char *url, const char *version) {
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    const struct guard_pointers pointers = {.method = method,
                                            .target = url,
                                            .version = version,
                                            .target_length = strlen(fields->ex->rq.target),
                                            .head_length = size == NULL ? 0 : size->header_size};
    return fields->count <= GUARD_HEADERS_MAX &&
           guard_is_whole(&pointers, fields->spans, fields->count);
}

/* What the library hands its handler at the first call, for work under the recovery point. */
struct arrival {
    struct MHD_Connection *connection;
    const char *method, *url, *version;
};

static void open_door(struct exchange *ex) {
    const struct arrival *arrival = ex->transport;
    struct fields *fields = ARENA_NEW(ex->rq.arena, struct fields);
    const struct client *client = client_of(arrival->connection);
    fields->ex = ex;
    (void)MHD_get_connection_values_n(arrival->connection, MHD_HEADER_KIND, on_field, fields);
    door_open(ex, &(struct door_head){.method = arrival->method,
                                      .target = ex->rq.target,
                                      .version = arrival->version,
                                      .address = client->address,
                                      .is_local = client->is_local,
                                      .is_trusted = client->is_trusted,
                                      .is_whole = head_is_whole(arrival->connection, fields,
                                                                arrival->method, arrival->url,
                                                                arrival->version)});
}

/* ---- the answer ---- */

static enum MHD_Result answer(struct server *server, struct MHD_Connection *connection,
                              struct exchange *ex) {
    struct client *client = client_of(connection);
    bool is_shared = false;
    struct MHD_Response *response = response_of(ex, &is_shared);
    if (response == NULL)
        return MHD_NO;
    deadlines_set(server->deadlines, &client->watched,
                  after_seconds(SEND_SECONDS + (int64_t)(ex->rp.length / SEND_BYTES_A_SECOND)));
    const enum MHD_Result queued =
        MHD_queue_response(connection, (unsigned)ex->rp.status, response);
    if (!is_shared)
        MHD_destroy_response(response);
    exchange_log(ex);
    ex->is_answered = true;
    return queued;
}

/* ---- the library's handler ---- */

static void finish(struct exchange *ex) {
    MHD_resume_connection(ex->transport);
}

static void refuse_now(struct exchange *ex) {
    ex->closes = true;
    problem_plain(ex, ex->refused == ERR_OK ? ERR_BAD_REQUEST : ex->refused);
}

/* Pictures over a slow line take longer than a form. */
static int64_t body_due(const struct exchange *ex) {
    const size_t more = ex->intake == INTAKE_PARTS ? ex->body_limit / UPLOAD_BYTES_A_SECOND : 0;
    return after_seconds(ex->http->options.body_seconds + (int64_t)more);
}

static enum MHD_Result first_call(struct server *server, struct arrival *arrival,
                                  struct exchange *ex) {
    struct client *client = client_of(arrival->connection);
    ex->transport = arrival;
    ex->started = monotonic_us();
    exchange_guarded(ex, open_door);
    ex->transport = arrival->connection;
    ex->finish = finish;
    ex->is_open = true;
    deadlines_set(server->deadlines, &client->watched, body_due(ex));
    if (ex->is_spent || (ex->refused != ERR_OK && ex->closes && ex->intake == INTAKE_NOTHING)) {
        if (!ex->is_spent)
            exchange_guarded(ex, refuse_now);
        return answer(server, arrival->connection, ex);
    }
    return MHD_YES;
}

struct piece {
    const char *bytes;
    size_t length;
    bool is_wanted;
};

static void take_piece(struct exchange *ex) {
    struct piece *piece = ex->piece;
    piece->is_wanted = door_body(ex, piece->bytes, piece->length);
}

static enum MHD_Result body_call(struct server *server, struct MHD_Connection *connection,
                                 struct exchange *ex, const char *bytes, size_t *length) {
    struct piece piece = {bytes, *length, true};
    *length = 0;
    ex->piece = &piece;
    exchange_guarded(ex, take_piece);
    if (piece.is_wanted && !ex->is_spent)
        return MHD_YES;
    /* The library wants the whole body before an answer; the client would send it for ever. */
    (void)server;
    (void)connection;
    return MHD_NO;
}

static void close_door(struct exchange *ex) {
    ex->is_ready = door_close(ex);
}

static enum MHD_Result last_call(struct server *server, struct MHD_Connection *connection,
                                 struct exchange *ex) {
    struct client *client = client_of(connection);
    deadlines_set(server->deadlines, &client->watched, INT64_MAX);
    exchange_guarded(ex, close_door);
    if (ex->is_ready || ex->is_spent)
        return answer(server, connection, ex);
    ex->is_suspended = flight_start(&server->answers);
    if (!ex->is_suspended) { /* we are stopping */
        ex->refused = ERR_BUSY;
        exchange_guarded(ex, refuse_now);
        return answer(server, connection, ex);
    }
    /* Suspended first: a worker may resume it before we are out of here. */
    MHD_suspend_connection(connection);
    work_begin(ex);
    return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *length, void **con_cls) {
    struct server *server = context;
    struct exchange *ex = *con_cls;
    if (ex == NULL || client_of(connection) == NULL)
        return MHD_NO;
    if (!ex->is_open)
        return first_call(server, &(struct arrival){connection, method, url, version}, ex);
    if (ex->is_answered)
        return MHD_YES;
    if (*length > 0)
        return body_call(server, connection, ex, bytes, length);
    return ex->is_suspended ? answer(server, connection, ex) : last_call(server, connection, ex);
}

/* The next request of a connection that stays open has a header's time after the longest silence.
 */
static void on_completed(void *context, struct MHD_Connection *connection, void **con_cls,
                         enum MHD_RequestTerminationCode code) {
    (void)code;
    struct server *server = context;
    struct client *client = client_of(connection);
    struct exchange *ex = *con_cls;
    const bool was_suspended = ex != NULL && ex->is_suspended;
    if (ex == NULL || !ex->is_answered)
        atomic_fetch_add(&server->unanswered, 1);
    exchange_free(ex);
    *con_cls = NULL;
    if (was_suspended)
        flight_land(&server->answers);
    if (client != NULL)
        deadlines_set(server->deadlines, &client->watched,
                      after_seconds(SILENCE_SECONDS + server->http->options.header_seconds));
}

/* The target is taken apart by us (target.c). */
static size_t leave_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

/* What the library says of malformed requests is noise on the open internet. */
static void on_message(void *context, const char *format, va_list args) {
    (void)context;
    char message[256];
    (void)vsnprintf(message, sizeof message, format, args);
    message[strcspn(message, "\r\n")] = '\0';
    log_event(LOG_DEBUG_, "microhttpd", LOG_PAIRS(LOG_TEXT("says", message)));
}

/* ---- start and stop ---- */

static unsigned event_threads(const struct http_options *options) {
    enum { THREADS_MAX = 4 };
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (options->event_threads > 0)
        return (unsigned)options->event_threads;
    return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (unsigned)cores;
}

static struct MHD_Daemon *start_daemon(struct server *server) {
    const struct http_options *options = &server->http->options;
    const unsigned flags = MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC |
                           MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER, on_message, NULL,
        MHD_OPTION_LISTEN_SOCKET, server->listener.socket, MHD_OPTION_THREAD_POOL_SIZE,
        event_threads(options), MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_SECONDS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        options->per_address, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES_MAX,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
        server, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_END);
}

enum error server_start(struct http *http, const struct listener *listener,
                        struct server **ret_server) {
    struct server *server = calloc(1, sizeof *server);
    if (server == NULL)
        return ERR_UNAVAILABLE;
    server->http = http;
    server->listener = *listener;
    flight_open(&server->answers);
    server->deadlines = deadlines_new();
    if (server->deadlines != NULL)
        server->daemon = start_daemon(server);
    if (server->daemon == NULL) {
        log_fault("listen", LOG_TEXT("why", "libmicrohttpd does not start"));
        deadlines_free(server->deadlines);
        free(server);
        return ERR_UNAVAILABLE;
    }
    *ret_server = server;
    return ERR_OK;
}

void server_quiesce(struct server *server) {
    if (server == NULL)
        return;
    (void)MHD_quiesce_daemon(server->daemon);
    listener_close(&server->listener);
}

void server_stop(struct server *server) {
    if (server == NULL)
        return;
    flight_close(&server->answers, LAST_ANSWERS_SECONDS);
    MHD_stop_daemon(server->daemon);
    deadlines_free(server->deadlines);
    free(server);
}

struct server_state server_state(struct server *server) {
    if (server == NULL)
        return (struct server_state){0};
    const struct deadlines_state state = deadlines_state(server->deadlines);
    return (struct server_state){state.connections, state.reaped, atomic_load(&server->unanswered)};
}
