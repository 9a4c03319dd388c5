/* HTTP: routes as tables, a request, a reply. libmicrohttpd stays behind this header.
 *
 * A read route has `show`. A write route has `prepare` (worker: validate, hash, draw random values;
 * may be NULL), `act` (write lane: statements and pure rules, may be run again) and `answer` (after
 * the commit is on disk; NULL: redirect to rq->outcome, or 200/201 with it in JSON).
 *
 * When a handler of a write route returns ERR_INVALID, the page that `form_page` shows is rendered
 * again with what was typed and rq->errors, status 422 (problem+json for JSON clients). */
#ifndef RADSLAG_HTTP_H
#define RADSLAG_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/shape.h"
#include "platform/db/db.h"
#include "platform/view/form.h"
#include "platform/view/view.h"
#include "platform/view/words.h"

enum method { METHOD_GET, METHOD_POST }; /* HEAD is GET without its body */
enum representation { REPRESENTATION_HTML, REPRESENTATION_JSON };

struct request;
struct reply;
struct visitor; /* who asks; people/people.h */

/* Where a write led: kept with the one-time token, so that the same act again gets the same answer. */
struct outcome {
    int status;          /* 201 made, 200 changed, 303 for the browser follows by itself */
    const char *address; /* where the result is seen: path of our own */
    const char *flash;   /* word shown there once, or NULL */
};

struct request {
    /* what came in */
    enum method method;
    const char *path;   /* decoded and normalised, without query and without ".json" */
    const char *target; /* path and query as sent: for "back to where I was" */
    const char *host;   /* lower case, without port */
    const char *address; /* of the client, for rate limits; never logged */
    bool secure;        /* came by TLS (through the proxy) or from this machine */
    struct input query;
    struct input input; /* body of a form or JSON */
    int64_t now;        /* arrival of the last byte */
    enum language language;
    enum representation wants;
    char id[17]; /* of this request in the log */
    unsigned char seed[32]; /* random, drawn on arrival: an act that is run again draws the same */

    /* what the door found out */
    const struct route *route;
    struct input path_params;
    int64_t tenant;           /* 0 on addresses without one (health, metrics) */
    struct visitor *visitor;  /* never NULL after admission */
    const char *once;         /* the form's one-time token or the Idempotency-Key header, or NULL */

    /* to work with */
    struct arena *arena;
    struct db *db;      /* show, prepare, answer: snapshot; act: the lane */
    const void *form;   /* filled route->form */
    struct form_errors errors;
    const struct form_options *options; /* of option fields, set by show */
    const void *values;                 /* a filled form struct to begin with, set by show */
    void *work;         /* from prepare to act to answer; in arena */
    struct outcome outcome;
    struct http *http;
    void *inside; /* the server's own */
};

/* Limits of a route; 0 = the usual one. */
struct route_limits {
    size_t body;       /* bytes; usual 64 KiB for forms and JSON */
    size_t upload;     /* bytes of all files together; 0 = no files */
    int per_minute;    /* requests per client address; usual 600 reads, 60 writes */
};

struct route {
    enum method method;
    const char *path;  /* "/pages/:id": parts that begin with ':' are parameters */
    int right;         /* who may: a row of people/rights.def, judged by hooks.admit */
    const struct form *form;
    const struct shape *view;
    const char *template; /* "people/login"; NULL: no page of its own */
    enum error (*show)(struct request *rq, struct reply *rp);
    enum error (*prepare)(struct request *rq);
    enum error (*act)(struct request *rq, struct db *db);
    enum error (*answer)(struct request *rq, struct reply *rp);
    const char *form_page; /* path pattern of the GET route that shows the form again; NULL: same path */
    struct route_limits limits;
    bool has_no_csrf; /* only for machine endpoints that carry their own proof */
    const char *doc;  /* one sentence: OpenAPI and `radslag routes` */
    const char *file; /* set by ROUTE: where the handler stands */
    const char *handler;
};

#define ROUTE_GET(p, handler_, ...)                                                                \
    { .method = METHOD_GET, .path = (p), .show = (handler_), .file = __FILE__,                     \
      .handler = #handler_, __VA_ARGS__ }
#define ROUTE_POST(p, handler_, ...)                                                               \
    { .method = METHOD_POST, .path = (p), .act = (handler_), .file = __FILE__,                     \
      .handler = #handler_, __VA_ARGS__ }

/* A capability's table, ended by path NULL. */
extern const struct route *const route_tables[];

/* Path and query parameters. A missing or malformed id is 0 (which no row has). */
const char *path_text(const struct request *rq, const char *name);
int64_t path_id(const struct request *rq, const char *name);
const char *query_text(const struct request *rq, const char *name);
int64_t query_int(const struct request *rq, const char *name, int64_t otherwise);

/* A request header by name, or NULL. */
const char *request_header(const struct request *rq, const char *name);

/* A cookie by name, or NULL. */
const char *request_cookie(const struct request *rq, const char *name);

/* ---- replies ---- */

/* The route's template (or JSON) of its view; `view` is a struct of route->view. */
enum error reply_view(struct request *rq, struct reply *rp, const void *view) MUST_USE;

/* As reply_view, of another shape and template of this route's capability, with a status. */
enum error reply_view_as(struct request *rq, struct reply *rp, int status,
                         const struct shape *shape, const void *view,
                         const char *template) MUST_USE;

/* 303 to an address of our own. */
enum error reply_redirect(struct request *rq, struct reply *rp, const char *address) MUST_USE;

/* Bytes with a type; in arena or static. `name`: offered as a file to save; NULL: shown. */
enum error reply_bytes(struct request *rq, struct reply *rp, const char *type, const void *bytes,
                       size_t length, const char *name) MUST_USE;

/* A file written beforehand (exports), removed afterwards when `temporary`. */
enum error reply_file(struct request *rq, struct reply *rp, const char *type, const char *path,
                      const char *name, bool temporary) MUST_USE;

void reply_header(struct reply *rp, const char *name, const char *value);
void reply_cookie(struct request *rq, struct reply *rp, const char *name, const char *value,
                  int64_t seconds); /* __Host-, HttpOnly, SameSite=Lax; seconds 0 = session, -1 = end it */

/* The page may be kept for visitors without a session until this instant at the latest. Without a
 * call it is not kept. The topics that were read are found by the database. */
void reply_may_cache(struct reply *rp, int64_t expires);

/* ---- the service ---- */

struct frame_link;

struct http_hooks {
    /* Finds tenant and visitor, judges route->right. ERR_NOT_FOUND: no such host. */
    enum error (*admit)(struct request *rq);
    /* Fills the frame's struct for a page. */
    enum error (*frame)(struct request *rq, void *ret_frame);
    const struct shape *frame_shape;
    const char *frame_template;  /* "frame/page": has {{body}} of kind html */
    const char *error_template;  /* "frame/error" */
    const struct shape *error_shape;
    /* Extra lines for /metrics. */
    void (*metrics)(struct buffer *into);
};

struct http_options {
    const char *listen;  /* "127.0.0.1:8080", "unix:PATH" or "systemd" */
    int event_threads;   /* 0 = number of cores, at most 4 */
    int workers;         /* reader threads; 0 = twice the cores */
    size_t queue_limit;  /* requests waiting for a worker; past it 503 */
    int header_seconds;  /* absolute deadline for the header; usual 10 */
    int body_seconds;    /* and for the body; usual 30 */
    unsigned per_address; /* connections; 0 = no limit (behind a proxy) */
    bool trust_forwarded; /* X-Forwarded-For/-Proto/-Host: only from a unix socket or as told */
    const char *keys;    /* folder of secrets */
    const char *upload_folder;
    struct store *store;
    const struct http_hooks *hooks;
    int64_t (*clock)(void); /* instant_now, or a clock moved by hand in plays */
};

/* Binds all templates to their routes, opens the socket, begins to answer. */
enum error http_start(const struct http_options *options, struct http **ret_http) MUST_USE;

/* Address as printed to people: "http://127.0.0.1:8080"; the real port when 0 was asked. */
const char *http_address(const struct http *http);

/* In the order of STACK 1: quiesce, refuse new work, wait until nothing is suspended, stop the
 * daemon. The store is closed by the caller afterwards. */
void http_stop(struct http *http);

/* Runs one request without a socket, through the same door, pool and lane; for page tests and plays.
 * `header_lines` are "Name: value" ended by NULL. */
struct http_test_reply {
    int status;
    const char *headers; /* "name: value\n" each, names in lower case */
    const char *body;
    size_t length;
    size_t statements; /* run for it */
};
enum error http_test(struct http *http, struct arena *arena, enum method method,
                     const char *host, const char *target, const char *const *header_lines,
                     const char *body, size_t length, struct http_test_reply *ret_reply) MUST_USE;

/* The table of routes as text, and the API description. */
void routes_print(struct buffer *into);
void openapi_write(struct buffer *into, const char *version);

#endif
