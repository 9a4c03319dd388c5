#include "platform/http/exchange.h"

#include <sodium.h>
#include <string.h>

#include "platform/base/log.h"
#include "platform/http/metrics.h"
#include "platform/http/problem.h"
#include "platform/http/reply.h"

/* A name for the log: a keyed hash of its number, so that it tells nothing of how many there were.
 */
static void name(struct exchange *ex) {
    struct http *http = ex->http;
    unsigned char id[crypto_shorthash_BYTES];
    const uint64_t number = atomic_fetch_add(&http->requests, 1);
    crypto_shorthash(id, (const unsigned char *)&number, sizeof number, http->id_key);
    sodium_bin2hex(ex->rq.id, sizeof ex->rq.id, id, sizeof id);
}

struct exchange *exchange_new(struct http *http) {
    struct exchange *ex = calloc(1, sizeof *ex);
    if (ex == NULL)
        return NULL;
    ex->http = http;
    ex->started = monotonic_us();
    ex->rq.arena = arena_new(ARENA_REQUEST_BYTES);
    ex->rq.http = http;
    ex->rq.inside = ex;
    ex->rp.arena = ex->rq.arena;
    name(ex);
    ex->rp.file = -1;
    reply_reset(&ex->rp);
    return ex;
}

void exchange_free(struct exchange *ex) {
    if (ex == NULL)
        return;
    reply_reset(&ex->rp);
    arena_free(ex->rq.arena);
    free(ex);
}

/* Everything of the request is gone but what stands in the exchange itself. */
static void drop(struct exchange *ex) {
    arena_reset(ex->rq.arena);
    if (ex->rq.db != NULL)
        store_reader_done(ex->http->options.store, ex->rq.db);
    ex->rq.db = NULL;
    ex->headers = (struct header_list){0};
    ex->is_spent = true;
    ex->refused = ERR_OK;
    ex->allow = ex->cache_key = NULL;
    problem_spent(ex);
}

void exchange_guarded(struct exchange *ex, void (*work)(struct exchange *ex)) {
    if (ARENA_RECOVER(ex->rq.arena))
        drop(ex);
    else
        work(ex);
}

void exchange_log(struct exchange *ex) {
    const int64_t us = monotonic_us() - ex->started;
    metrics_count(ex->http->metrics, ex->number, ex->rp.status, us);
    log_info("request", LOG_TEXT("id", ex->rq.id),
             LOG_TEXT("method", ex->rq.method == METHOD_GET ? "GET" : "POST"),
             LOG_TEXT("route", metrics_route_name(ex->http, ex->number)),
             LOG_INT("status", ex->rp.status), LOG_INT("us", us),
             LOG_INT("statements", ex->statements), LOG_INT("rows", ex->rows),
             LOG_TEXT("rule", ex->rule == NULL ? "-" : ex->rule));
}
