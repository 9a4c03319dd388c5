/* Requests without a socket, for page tests and plays: the same door, pool and lane. */
#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "platform/http/door.h"
#include "platform/http/exchange.h"
#include "platform/http/reply.h"
#include "platform/http/work.h"

struct waiting {
    pthread_mutex_t lock;
    pthread_cond_t done;
    bool is_done;
};

static void finish(struct exchange *ex) {
    struct waiting *waiting = ex->transport;
    pthread_mutex_lock(&waiting->lock);
    waiting->is_done = true;
    pthread_cond_signal(&waiting->done);
    pthread_mutex_unlock(&waiting->lock);
}

static void wait(struct waiting *waiting) {
    pthread_mutex_lock(&waiting->lock);
    while (!waiting->is_done)
        pthread_cond_wait(&waiting->done, &waiting->lock);
    pthread_mutex_unlock(&waiting->lock);
}

/* "Name: value" → a field. */
static void add_line(struct exchange *ex, const char *line) {
    struct arena *arena = ex->rq.arena;
    const size_t name = strcspn(line, ":");
    const char *value = line + name + (line[name] == ':');
    header_add(&ex->headers, arena, arena_copy_span(arena, line, name),
               arena_copy_text(arena, value + strspn(value, " ")));
}

/* What a test asks for. */
struct trial {
    enum method method;
    const char *host, *target;
    const char *const *header_lines;
    const char *body;
    size_t length;
};

static void fill_head(struct exchange *ex, const struct trial *trial) {
    ex->headers = (struct header_list){0};
    header_add(&ex->headers, ex->rq.arena, "Host", trial->host);
    for (const char *const *line = trial->header_lines; line != NULL && *line != NULL; line++)
        add_line(ex, *line);
    if (trial->method == METHOD_POST && header_find(&ex->headers, "Content-Length") == NULL)
        header_add(&ex->headers, ex->rq.arena, "Content-Length",
                   arena_format(ex->rq.arena, "%zu", trial->length));
}

/* Up to the last byte; true when the reply is ready. */
static void enter(struct exchange *ex) {
    const struct trial *trial = ex->piece;
    fill_head(ex, trial);
    door_open(ex, &(struct door_head){.method = trial->method == METHOD_GET ? "GET" : "POST",
                                      .target = trial->target,
                                      .version = "HTTP/1.1",
                                      .address = "127.0.0.1",
                                      .is_local = true,
                                      .is_whole = true});
    if (trial->length > 0)
        (void)door_body(ex, trial->body, trial->length);
    ex->is_ready = door_close(ex);
}

static void add_header(void *context, const char *name, const char *value) {
    struct buffer *into = context;
    for (const char *c = name; *c != '\0'; c++) {
        const char lower = (char)tolower((unsigned char)*c);
        buffer_add(into, &lower, 1);
    }
    buffer_format(into, ": %s\n", value);
}

static void copy_reply(struct exchange *ex, struct arena *arena,
                       struct http_test_reply *ret_reply) {
    enum { HEADERS_MAX = 64 << 10 };
    struct buffer headers = buffer_in(arena, HEADERS_MAX);
    reply_each_header(ex, add_header, &headers);
    *ret_reply = (struct http_test_reply){.status = ex->rp.status,
                                          .headers = buffer_string(&headers),
                                          .length = ex->rp.length,
                                          .statements = ex->statements};
    char *body = arena_take(arena, ex->rp.length + 1);
    if (ex->rp.file >= 0) {
        if (pread(ex->rp.file, body, ex->rp.length, 0) != (ssize_t)ex->rp.length)
            body[0] = '\0';
    } else if (ex->rp.length > 0) {
        memcpy(body, ex->rp.bytes, ex->rp.length);
    }
    ret_reply->body = body;
}

enum error http_test(struct http *http, struct arena *arena, enum method method, const char *host,
                     const char *target, const char *const *header_lines, const char *body,
                     size_t length, struct http_test_reply *ret_reply) {
    struct trial trial = {method, host, target, header_lines, body, length};
    struct waiting waiting = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
    struct exchange *ex = exchange_new(http);
    if (ex == NULL)
        return ERR_BUSY;
    ex->transport = &waiting;
    ex->finish = finish;
    ex->piece = &trial;
    exchange_guarded(ex, enter);
    if (!ex->is_ready && !ex->is_spent) {
        work_begin(ex);
        wait(&waiting);
    }
    exchange_log(ex);
    copy_reply(ex, arena, ret_reply);
    exchange_free(ex);
    return ERR_OK;
}
