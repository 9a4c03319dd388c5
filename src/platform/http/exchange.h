/* One request on its way through the house, and the house it goes through. Private to
 * platform/http.
 *
 * A transport (server.c: a socket; try.c: a test) makes an exchange and leads it through the door:
 *
 *     door_open    the head has arrived: guard, route, limits            event thread
 *     door_body    pieces of the body                                    event thread
 *     door_close   the last byte: answered at once, or wants a worker    event thread
 *     work_begin   queued; a worker reads or prepares; the lane acts; a worker answers
 *     finish       the transport's own: sends ex->rp                     any thread
 *
 * All memory of the request lives in rq.arena; the exchange itself does not, so that it outlives an
 * arena that was spent. */
#ifndef RADSLAG_HTTP_EXCHANGE_H
#define RADSLAG_HTTP_EXCHANGE_H

#include <pthread.h>
#include <stdatomic.h>

#include "platform/base/instant.h"
#include "platform/http/cache.h"
#include "platform/http/flight.h"
#include "platform/http/header.h"
#include "platform/http/http.h"
#include "platform/http/multipart.h"
#include "platform/http/target.h"

struct cache;
struct metrics;
struct pages;
struct pool;
struct rate;
struct router;
struct server;

struct http {
    struct http_options options;
    struct arena *arena; /* lives as long as the service: routes, templates */
    const struct router *router;
    struct pages *pages;
    struct pool *pool;
    struct pool *slow_pool; /* of routes that are slow to prepare */
    struct cache *cache;
    struct rate *rate;
    struct metrics *metrics;
    struct server *server;
    _Atomic uint64_t requests; /* since start */
    unsigned char id_key[16];  /* their numbers are hashed with it */
    unsigned char form_key[32];
    struct kept *openapi;
    struct flight flight; /* exchanges that the workers or the lane have */
    pthread_t compressor; /* of static files */
    bool is_compressing;
    char address[160];
};

/* What a handler answers. Bytes live in the arena, in a kept page, or in the program. */
struct reply {
    struct arena *arena;
    int status; /* 0: nothing answered yet */
    const char *type;
    const char *language; /* of a page */
    const void *bytes;
    size_t length;
    int file;          /* descriptor to send instead of bytes; -1 = none */
    struct kept *kept; /* a kept page or static file instead of bytes; one reference is ours */
    enum encoding encoding;
    struct header_list headers;
    int64_t keep_until; /* INSTANT_NONE: not to be kept */
    bool has_secret;    /* a token or cookie of this visitor stands in it */
};

/* How the body is taken in. */
enum intake { INTAKE_NOTHING, INTAKE_MEMORY, INTAKE_PARTS, INTAKE_SWALLOW };

struct exchange {
    struct request rq;
    struct reply rp;
    struct http *http;
    struct act act;
    struct exchange *next;               /* in the pool's queue */
    void (*step)(struct exchange *ex);   /* what the pool's worker does with it */
    void (*finish)(struct exchange *ex); /* the transport's: sends the reply; any thread */
    void *transport;

    /* the head */
    struct header_list headers;
    struct target target;
    const char *authority;   /* host as sent, with port */
    const char *new_binding; /* anonymous cookie that this answer sets */
    bool is_local;           /* from this machine, not through a proxy */
    bool is_tls;             /* between the client and our proxy */
    bool is_same_origin;     /* the browser says that a page of ours sent it */
    bool is_head;
    bool closes;           /* the connection ends after the answer */
    bool has_session;      /* a session cookie or bearer token came with it, good or not */
    enum error refused;    /* found at the door; answered when the body is in */
    const char *rule;      /* that the guard found broken, for the log */
    const char *allow;     /* for 405 */
    int64_t retry_after;   /* seconds; 0 = not said */
    size_t number;         /* of built-in or route, for the metrics */
    const char *cache_key; /* NULL: not for the cache */

    /* the body */
    enum intake intake;
    size_t body_limit;
    size_t body_received;
    struct buffer body;
    struct multipart *parts;

    /* the work */
    bool is_second;               /* the same act was done before: rq.outcome is the stored one */
    bool is_shown_again;          /* a form page with what was typed and what is wrong */
    int shown_status;             /* and with this status */
    unsigned char act_fields[32]; /* SHA-256 of who asks for what */
    uint64_t versions[64];        /* of topics, before the snapshot */
    size_t statements, rows;      /* run and read for it so far */
    topics reads;
    bool is_spent; /* the arena's bound was passed: nothing may be taken from it */

    /* the transport's */
    void *piece;
    bool is_open, is_ready, is_suspended, is_answered;

    /* for log and metrics */
    int64_t started; /* µs, monotonic */
    enum error error;
    bool from_cache;
};

/* The exchange of a request that a handler holds. */
static inline struct exchange *exchange_of(struct request *rq) {
    return rq->inside;
}

/* A new exchange with an arena and an id; owned by caller. NULL without memory. */
struct exchange *exchange_new(struct http *http);
void exchange_free(struct exchange *ex);

/* Runs `work` with the arena's recovery point set. Past the bound everything of the request is
 * dropped and it is answered 503. */
void exchange_guarded(struct exchange *ex, void (*work)(struct exchange *ex));

/* Counts and logs it, once the reply is on its way. */
void exchange_log(struct exchange *ex);

#endif
