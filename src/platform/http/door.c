#include "platform/http/door.h"

#include <string.h>
#include <strings.h>

#include "platform/http/body.h"
#include "platform/http/builtin.h"
#include "platform/http/flash.h"
#include "platform/http/guard.h"
#include "platform/http/problem.h"
#include "platform/http/rate.h"
#include "platform/http/reply.h"
#include "platform/http/route.h"

enum {
    READS_PER_MINUTE = 600,
    WRITES_PER_MINUTE = 60,
    SWALLOW_BYTES_MAX = 1 << 20, /* of a refused body, so that the client reads the answer */
    KEY_BYTES_MAX = 80
};

/* ---- who asks, and how ---- */

/* The last element was added by our own proxy; those before it are whatever the client said. */
static const char *last_element(struct arena *arena, const char *list) {
    const char *last = strrchr(list, ',');
    last = last == NULL ? list : last + 1;
    last += strspn(last, " \t");
    return arena_copy_span(arena, last, strcspn(last, " \t"));
}

static void find_origin(struct exchange *ex, const struct door_head *head) {
    struct request *rq = &ex->rq;
    const char *for_ = header_find(&ex->headers, "X-Forwarded-For");
    const char *proto = header_find(&ex->headers, "X-Forwarded-Proto");
    const char *host = header_find(&ex->headers, "X-Forwarded-Host");
    const bool is_forwarded = head->is_trusted && (for_ != NULL || proto != NULL);
    rq->address = arena_copy_text(rq->arena, head->address);
    ex->is_local = head->is_local && for_ == NULL;
    if (is_forwarded && for_ != NULL)
        rq->address = last_element(rq->arena, for_);
    char client[KEY_BYTES_MAX]; /* an IPv6 network of 64 bits is one client, for every limit */
    rate_address_key(rq->address, client, sizeof client);
    rq->address = arena_copy_text(rq->arena, client);
    ex->is_tls = is_forwarded && proto != NULL && strcasecmp(proto, "https") == 0;
    if (is_forwarded && host != NULL && guard_host_name(rq->arena, host) != NULL)
        ex->authority = host;
    rq->secure = ex->is_tls || ex->is_local;
}

static void find_wishes(struct exchange *ex) {
    struct request *rq = &ex->rq;
    const char *type = header_find(&ex->headers, "Content-Type");
    const bool sends_json = type != NULL && strncasecmp(type, "application/json", 16) == 0;
    const char *chosen = request_cookie(rq, COOKIE_LANGUAGE);
    rq->wants =
        ex->target.wants_json
            ? REPRESENTATION_JSON
            : negotiate_representation(header_find(&ex->headers, "Accept"),
                                       sends_json ? REPRESENTATION_JSON : REPRESENTATION_HTML);
    rq->language = chosen == NULL ? LANGUAGE_NONE : language_from_code(chosen);
    if (rq->language == LANGUAGE_NONE || !language_offered(rq->language))
        rq->language = language_accepted(header_find(&ex->headers, "Accept-Language"));
    ex->has_session = request_cookie(rq, COOKIE_SESSION) != NULL ||
                      header_find(&ex->headers, "Authorization") != NULL;
}

/* ---- where to ---- */

static enum error find_method(struct exchange *ex, const char *name) {
    ex->is_head = strcmp(name, "HEAD") == 0;
    if (ex->is_head || strcmp(name, "GET") == 0)
        ex->rq.method = METHOD_GET;
    else if (strcmp(name, "POST") == 0)
        ex->rq.method = METHOD_POST;
    else
        return ERR_METHOD_NOT_ALLOWED;
    return ERR_OK;
}

static enum error find_route(struct exchange *ex, const char *method) {
    struct request *rq = &ex->rq;
    struct router_match match = {0};
    const enum error known = find_method(ex, method);
    ex->number = builtin_find(ex);
    if (ex->number != BUILTIN_NONE) {
        ex->allow = "GET, HEAD";
        return rq->method == METHOD_GET ? known : ERR_METHOD_NOT_ALLOWED;
    }
    if (!router_find(ex->http->router, rq->path, &match))
        return ERR_NOT_FOUND;
    const bool reads = match.route[METHOD_GET] != NULL, writes = match.route[METHOD_POST] != NULL;
    ex->allow = reads && writes ? "GET, HEAD, POST" : reads ? "GET, HEAD" : "POST";
    if (known != ERR_OK || match.route[rq->method] == NULL)
        return ERR_METHOD_NOT_ALLOWED;
    rq->route = match.route[rq->method];
    ex->number = BUILTIN_COUNT + match.number[rq->method];
    rq->path_params = route_params(rq->arena, rq->route, rq->path);
    return ERR_OK;
}

/* ---- limits ---- */

static enum error take_rate(struct exchange *ex, const char *class, int per_minute) {
    struct request *rq = &ex->rq;
    char address[KEY_BYTES_MAX];
    if (ex->http->options.has_no_rates || rq->address[0] == '\0')
        return ERR_OK;
    rate_address_key(rq->address, address, sizeof address);
    return http_rate(rq, arena_format(rq->arena, "%s %s", class, address), per_minute);
}

static enum error take_rates(struct exchange *ex) {
    const struct route *route = ex->rq.route;
    if (ex->number != BUILTIN_NONE && route == NULL)
        return ERR_OK; /* a static file or health costs little */
    if (ex->rq.method == METHOD_POST)
        TRY(take_rate(ex, "write", WRITES_PER_MINUTE));
    else
        TRY(take_rate(ex, "read", READS_PER_MINUTE));
    return route == NULL || route->limits.per_minute == 0
               ? ERR_OK
               : take_rate(ex, route_key(&ex->rq), route->limits.per_minute);
}

/* ---- the steps of the door ---- */

static enum error judge(struct exchange *ex, const struct door_head *head, int64_t *ret_length) {
    struct request *rq = &ex->rq;
    struct guard_found found = {0};
    ex->closes = true; /* until the guard is content */
    ex->rule = head->is_whole ? NULL : "hidden_bytes";
    if (ex->rule != NULL)
        return ERR_BAD_REQUEST;
    TRY(guard_judge(&(struct guard_head){head->version, &ex->headers}, &found, &ex->rule));
    ex->rule = "target";
    TRY(target_parse(rq->arena, head->target, &ex->target));
    ex->rule = "no_host";
    ex->authority = ex->target.authority != NULL ? ex->target.authority : found.host;
    if (ex->authority == NULL && strcmp(ex->target.path, "/health") != 0)
        return ERR_BAD_REQUEST;
    ex->rule = NULL;
    ex->closes = false;
    *ret_length = found.length;
    return ERR_OK;
}

static enum error admit_head(struct exchange *ex, const struct door_head *head,
                             int64_t *ret_length) {
    struct request *rq = &ex->rq;
    TRY(judge(ex, head, ret_length));
    find_origin(ex, head);
    rq->path = ex->target.path;
    rq->target = arena_copy_text(rq->arena, head->target);
    rq->host = ex->authority == NULL ? "" : guard_host_name(rq->arena, ex->authority);
    if (rq->host == NULL)
        return ERR_BAD_REQUEST;
    rq->now = ex->http->options.clock();
    find_wishes(ex);
    const enum error routed = find_route(ex, head->method);
    TRY(take_rates(ex));
    TRY(routed);
    return body_expect(ex, *ret_length);
}

/* A refused body that is small comes in first, so that the client is ready to read the answer. */
static void refuse_body(struct exchange *ex, int64_t length) {
    ex->closes |= length != 0;
    ex->parts = NULL;
    ex->intake = length != 0 && length <= SWALLOW_BYTES_MAX ? INTAKE_SWALLOW : INTAKE_NOTHING;
    ex->body_limit = SWALLOW_BYTES_MAX;
    ex->body_received = 0;
}

void door_open(struct exchange *ex, const struct door_head *head) {
    int64_t length = 0;
    ex->refused = admit_head(ex, head, &length);
    if (ex->refused != ERR_OK)
        refuse_body(ex, length);
}

bool door_body(struct exchange *ex, const char *bytes, size_t length) {
    if (ex->intake == INTAKE_NOTHING)
        return false;
    if (ex->intake == INTAKE_SWALLOW) {
        ex->body_received += length;
        return ex->body_received <= ex->body_limit;
    }
    ex->refused = body_add(ex, bytes, length);
    if (ex->refused != ERR_OK)
        refuse_body(ex, 1);
    return true;
}

/* ---- answers from here ---- */

/* Where a page for visitors without a session would be kept; NULL when it may not be. */
static const char *cache_key_of(struct exchange *ex) {
    const struct request *rq = &ex->rq;
    if (rq->method != METHOD_GET || ex->has_session || flash_waits(rq))
        return NULL;
    return arena_format(rq->arena, "%s\n%s\n%s\n%s\n%d %d", ex->is_tls ? "https" : "http",
                        ex->authority, rq->path, ex->target.query == NULL ? "" : ex->target.query,
                        (int)rq->language, (int)rq->wants);
}

static bool answer_from_cache(struct exchange *ex) {
    const struct request *rq = &ex->rq;
    ex->cache_key = cache_key_of(ex);
    if (ex->cache_key == NULL)
        return false;
    store_topic_versions(ex->http->options.store, ex->versions);
    struct kept *kept = cache_find(ex->http->cache, ex->cache_key, ex->versions, rq->now);
    if (kept == NULL)
        return false;
    ex->from_cache = true;
    reply_kept(&ex->rp, kept, request_header(rq, "Accept-Encoding"),
               request_header(rq, "If-None-Match"));
    return true;
}

/* The same page at its one address. */
static bool answer_moved(struct exchange *ex) {
    if (!ex->target.is_moved)
        return false;
    reply_set(&ex->rp, 308, NULL, "", 0);
    reply_header(&ex->rp, "Location", target_address(ex->rq.arena, &ex->target));
    return true;
}

bool door_close(struct exchange *ex) {
    if (ex->refused != ERR_OK) {
        if (!problem_is_plain(ex->refused) && ex->rq.wants == REPRESENTATION_HTML)
            return false; /* the page is shown in the frame */
        problem_plain(ex, ex->refused);
        return true;
    }
    ex->rq.now = ex->http->options.clock();
    return answer_moved(ex) || builtin_answer(ex) || answer_from_cache(ex);
}
