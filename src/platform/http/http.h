/* HTTP: routes as tables, a request, a reply. libmicrohttpd stays behind this header.
 *
 * A read route has `show`. A write route has `prepare` (worker: validate, hash, draw random values;
 * may be NULL), `act` (write lane: statements and pure rules, may be run again) and `answer` (after
 * the commit is on disk; NULL: redirect to rq->outcome, or 200/201 with it in JSON).
 *
 * When a handler of a write route returns ERR_INVALID, the page that `form_page` shows is rendered
 * again with what was typed and rq->errors, status 422 (problem+json for JSON clients). So it is
 * for ERR_CONFLICT, with 409, when rq->errors says what is in conflict. */
#ifndef RADSLAG_HTTP_H
#define RADSLAG_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/instant.h"
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

/* Where a write led: kept with the one-time token, so that the same act again gets the same answer.
 */
struct outcome {
    int status;          /* 201 made, 200 changed, 303 for the browser follows by itself */
    const char *address; /* where the result is seen: path of our own */
    const char *flash;   /* word shown there once, or NULL */
};

struct request {
    /* what came in */
    enum method method;
    const char *path;    /* decoded and normalised, without query and without ".json" */
    const char *target;  /* path and query as sent: for "back to where I was" */
    const char *host;    /* lower case, without port */
    const char *address; /* of the client, for rate limits; never logged */
    bool secure;         /* came by TLS (through the proxy) or from this machine */
    struct input query;
    struct input input; /* body of a form or JSON */
    int64_t now;        /* arrival of the last byte */
    enum language language;
    enum representation wants;
    char id[17];            /* of this request in the log */
    unsigned char seed[32]; /* of a write: random; an act that is run again draws the same */

    /* what the door found out */
    const struct route *route;
    struct input path_params;
    int64_t tenant;          /* 0 on addresses without one (health, metrics) */
    struct visitor *visitor; /* never NULL after admission */
    int64_t form_age;        /* µs since the form that was sent was shown; -1 = not known */
    const char *once;        /* the form's one-time token or the Idempotency-Key header, or NULL */

    /* to work with */
    struct arena *arena;
    struct db *db;    /* show, prepare, answer: snapshot; act: the lane */
    const void *form; /* filled route->form */
    struct form_errors errors;
    const struct form_options *options; /* of option fields, set by show */
    const void *values;                 /* a filled form struct to begin with, set by show */
    void *work;                         /* from prepare to act to answer; in arena */
    struct outcome outcome;
    struct http *http;
    void *inside; /* the server's own */
};

/* Limits of a route; 0 = the usual one. */
struct route_limits {
    size_t body;    /* bytes; usual 64 KiB for forms and JSON */
    size_t upload;  /* bytes of all files together; 0 = no files */
    int per_minute; /* requests per client address; usual 600 reads, 60 writes */
};

/* A page beside the route's own. */
struct route_page {
    const struct shape *view;
    const char *template;
};

struct route {
    enum method method;
    const char *path; /* "/pages/:id": parts that begin with ':' are parameters */
    int right;        /* who may: a row of people/rights.def, judged by hooks.admit */
    const struct form *form;
    const struct shape *view;
    const char *template; /* "people/login"; NULL: no page of its own */
    enum error (*show)(struct request *rq, struct reply *rp);
    enum error (*prepare)(struct request *rq);
    enum error (*act)(struct request *rq, struct db *db);
    enum error (*answer)(struct request *rq, struct reply *rp);
    /* Pattern of the GET route that shows the form again, with parameters of this one's names;
     * NULL: the same path. */
    const char *form_page;
    /* Other pages that reply_view_as may show, ended by template NULL. */
    const struct route_page *also;
    struct route_limits limits;
    bool has_no_csrf;   /* only for machine endpoints that carry their own proof */
    bool is_slow;       /* prepare hashes a password or the like: in a small pool of its own */
    bool is_repeatable; /* must happen each time (log in): no one-time act is kept */
    const char *crumb;  /* word key of its short name: pages below it show the way here */
    const char *doc;    /* one sentence: OpenAPI and `radslag routes` */
    const char *file;   /* set by ROUTE: where the handler stands */
    const char *handler;
};

#define ROUTE_GET(p, handler_, ...)                                                                \
    {                                                                                              \
        .method = METHOD_GET, .path = (p), .show = (handler_), .file = __FILE__,                   \
        .handler = #handler_, __VA_ARGS__                                                          \
    }
#define ROUTE_POST(p, handler_, ...)                                                               \
    {                                                                                              \
        .method = METHOD_POST, .path = (p), .act = (handler_), .file = __FILE__,                   \
        .handler = #handler_, __VA_ARGS__                                                          \
    }

/* A capability's table, ended by path NULL. */
extern const struct route *const route_tables[];

/* Path and query parameters. A missing or malformed id is 0 (which no row has). */
const char *path_text(const struct request *rq, const char *name);
int64_t path_id(const struct request *rq, const char *name);
const char *query_text(const struct request *rq, const char *name);
int64_t query_int(const struct request *rq, const char *name, int64_t otherwise);

/* True when the query names it, whatever its value. */
bool query_has(const struct request *rq, const char *name);

/* A request header by name, or NULL. */
const char *request_header(const struct request *rq, const char *name);

/* A cookie by name, or NULL. Names stand here without the "__Host-" that browsers see. */
#define COOKIE_SESSION "session"
#define COOKIE_LANGUAGE "language" /* chosen in this browser: a code */
const char *request_cookie(const struct request *rq, const char *name);

/* Value of the hidden field `form`, made for this visitor and this showing; sets the anonymous
 * cookie when there is no session. NULL while showing a page that may be kept for others. In arena.
 */
const char *request_form_token(struct request *rq);

/* The word that the act before left to be shown once, or NULL; asking for it ends it. */
const char *request_flash(struct request *rq);

/* The GET route whose path is exactly this one, without parameters; NULL when there is none. */
const struct route *route_at(const struct request *rq, const char *path);

/* Appends text so that it can stand as a value in an address: all but letters, digits and -_.~/
 * becomes %XX. */
void address_escape(struct buffer *into, const char *text);

/* True for "/path…" of our own: not another host's, nothing that a header cannot hold. For an
 * address that came with the request (`next`). */
bool address_is_own(const char *address);

/* Takes one from a rate limit in memory: ERR_TOO_MANY, with Retry-After, when `key`
 * ("login:<account>") was used more than `per_minute` times. In prepare, before anything that
 * costs. */
enum error http_rate(struct request *rq, const char *key, int per_minute) MUST_USE;

/* "/static/radslag.1f2e3d4c.css" of a file frame/static/radslag.css; asserts that it is embedded.
 */
const char *static_address(const char *name);

/* ---- replies ---- */

/* The route's template (or JSON) of its view; `view` is a struct of route->view. */
enum error reply_view(struct request *rq, struct reply *rp, const void *view) MUST_USE;

/* As reply_view, of another shape and template, with a status; for HTML they must stand in
 * route->also. */
enum error reply_view_as(struct request *rq, struct reply *rp, int status,
                         const struct shape *shape, const void *view, const char *template)
    MUST_USE;

/* 303 to an address of our own; ERR_FAULT when it is not. */
enum error reply_redirect(struct request *rq, struct reply *rp, const char *address) MUST_USE;

/* What a route without an `answer` does: 303 to rq->outcome with its word to be shown there, or the
 * same as JSON. For an `answer` that has something to do before. */
enum error reply_outcome(struct request *rq, struct reply *rp) MUST_USE;

/* Bytes with a type (a literal); in arena or static. `name`: offered as a file to save; NULL:
 * shown. */
enum error reply_bytes(struct request *rq, struct reply *rp, const char *type, const void *bytes,
                       size_t length, const char *name) MUST_USE;

/* A file written beforehand (exports), removed afterwards when `temporary`. */
enum error reply_file(struct request *rq, struct reply *rp, const char *type, const char *path,
                      const char *name, bool temporary) MUST_USE;

/* A header field; name and value must be well-formed (asserted) and outlive the request. */
void reply_header(struct reply *rp, const char *name, const char *value);
void reply_cookie(
    struct request *rq, struct reply *rp, const char *name, const char *value,
    int64_t seconds); /* __Host-, HttpOnly, SameSite=Lax; seconds 0 = session, -1 = end it */

/* The page may be kept for visitors without a session until this instant at the latest. Call it
 * before reply_view; without a call nothing is kept. The topics that were read are found by the
 * database. */
void reply_may_cache(struct reply *rp, int64_t expires);

/* ---- the service ---- */

/* What an error page is told. Words: error.<code>.title and error.<code>. */
#define PROBLEM_VIEW(F, T)                                                                         \
    F(T, int, status, , "of HTTP")                                                                 \
    F(T, slug, code, , "row of errors.def")                                                        \
    F(T, text, title, , "word error.<code>.title")                                                 \
    F(T, text, message, , "word error.<code>: what happened and what to do")                       \
    F(T, slug, id, , "of the request, for the log")                                                \
    F(T, flag, is_login, , "logging in would help")                                                \
    F(T, flag, is_fault, , "our own mistake, or lack of room")
SHAPE(problem_view, PROBLEM_VIEW);

struct http_hooks {
    /* Finds tenant and visitor (by rq->host, the session cookie or the Authorization header: when
     * that is there, cookies count for nothing), judges route->right. rq->route is NULL when only
     * an error page follows. ERR_NOT_FOUND: no such host. */
    enum error (*admit)(struct request *rq);
    /* Fills the frame's struct for a page. */
    enum error (*frame)(struct request *rq, void *ret_frame);
    const struct shape *frame_shape;
    const char *frame_template; /* "frame/page", shown with the frame as its view; its fields
                                   `title` (text) and `body` (html) are filled in here */
    const char *error_template; /* "frame/error", of problem_view */
    const char *login_path;     /* where a visitor who must log in is sent, with ?next=; or NULL */
    const char *proof_path;     /* the same for ERR_PROOF_REQUIRED: the second factor */
    /* What needs somebody although we answer, for /health: a literal such as "jobs_given_up", or
     * NULL. On an event thread: it may not wait. May be NULL. */
    const char *(*attention)(void);
    /* Extra lines for /metrics; may not wait either. */
    void (*metrics)(struct buffer *into);
};

struct http_options {
    const char *listen;   /* "127.0.0.1:8080", "unix:PATH" or "systemd"; NULL: http_test alone */
    bool has_no_rates;    /* for measurements, where all requests come from one address */
    int event_threads;    /* 0 = number of cores, at most 4 */
    int workers;          /* reader threads; 0 = twice the cores */
    size_t queue_limit;   /* requests waiting for a worker; past it 503 */
    int header_seconds;   /* absolute deadline for the header; usual 10 */
    int body_seconds;     /* and for the body; usual 30 */
    unsigned per_address; /* connections; 0 = no limit (behind a proxy) */
    bool trust_forwarded; /* X-Forwarded-For/-Proto/-Host: only from a unix socket or as told */
    const char *keys;     /* folder of secrets; NULL: drawn anew (tests) */
    const char *upload_folder; /* NULL: /tmp */
    const char *version;       /* for /openapi.json */
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

/* Runs one request without a socket, through the same door, pool and lane; for page tests and
 * plays. `header_lines` are "Name: value" ended by NULL. */
struct http_test_reply {
    int status;
    const char *headers; /* "name: value\n" each, names in lower case */
    const char *body;
    size_t length;
    size_t statements; /* run for it */
};
enum error http_test(struct http *http, struct arena *arena, enum method method, const char *host,
                     const char *target, const char *const *header_lines, const char *body,
                     size_t length, struct http_test_reply *ret_reply) MUST_USE;

/* How long the answer to an act is kept for a form that is sent again, µs. */
#define HTTP_ACTS_KEPT DAYS(30)

/* Forgets acts of a tenant (0 = of none) that are older than `before`: a job's, inside an act.
 * `ret_gone` may be NULL. */
enum error http_acts_forget(struct db *db, int64_t tenant, int64_t before, int64_t *ret_gone)
    MUST_USE;

/* The table of routes as text: method, address, right, handler, file, sentence. */
void routes_print(struct buffer *into, const char *(*right_name)(int right));

/* The API description, also at /openapi.json. */
void openapi_write(struct buffer *into, const char *version);

#endif
