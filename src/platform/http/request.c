/* What handlers read from a request. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "platform/http/cookie.h"
#include "platform/http/exchange.h"
#include "platform/http/rate.h"
#include "platform/http/route.h"

const char *path_text(const struct request *rq, const char *name) {
    return input_value(&rq->path_params, name);
}

const char *query_text(const struct request *rq, const char *name) {
    return input_value(&rq->query, name);
}

bool query_has(const struct request *rq, const char *name) {
    return input_value(&rq->query, name) != NULL;
}

/* Digits alone, after a minus sign where that may be; false when it does not fit. */
static bool integer_parse(const char *text, bool may_be_negative, int64_t *ret_value) {
    const char *digits = text + (may_be_negative && text[0] == '-');
    if (*digits == '\0' || digits[strspn(digits, "0123456789")] != '\0')
        return false;
    errno = 0;
    const long long value = strtoll(text, NULL, 10);
    if (errno != 0)
        return false;
    *ret_value = value;
    return true;
}

int64_t path_id(const struct request *rq, const char *name) {
    const char *text = path_text(rq, name);
    int64_t id = 0;
    return text != NULL && text[0] != '0' && integer_parse(text, false, &id) ? id : 0;
}

int64_t query_int(const struct request *rq, const char *name, int64_t otherwise) {
    const char *text = query_text(rq, name);
    int64_t value = 0;
    return text != NULL && integer_parse(text, true, &value) ? value : otherwise;
}

/* A request that came by no door, as those that jobs and tests make, has none. */
const char *request_header(const struct request *rq, const char *name) {
    if (rq->inside == NULL)
        return NULL;
    return header_find(&((const struct exchange *)rq->inside)->headers, name);
}

const char *request_cookie(const struct request *rq, const char *name) {
    return cookie_find(rq->arena, request_header(rq, "Cookie"), name);
}

enum error http_rate(struct request *rq, const char *key, int per_minute) {
    struct exchange *ex = exchange_of(rq);
    const int64_t wait = rate_take(rq->http->rate, key, per_minute, rq->now);
    if (wait == 0)
        return ERR_OK;
    ex->retry_after = wait;
    return ERR_TOO_MANY;
}

const struct route *route_at(const struct request *rq, const char *path) {
    return router_by_pattern(rq->http->router, path);
}
