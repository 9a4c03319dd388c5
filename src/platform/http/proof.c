#include "platform/http/proof.h"

#include <string.h>
#include <strings.h>

#include "platform/http/reply.h"
#include "platform/http/token.h"

enum { ANONYMOUS_BYTES = 18, ONCE_LENGTH_MAX = 64 };

/* What a form is bound to: the session, or the anonymous cookie. */
static const char *binding_of(const struct request *rq) {
    const char *session = request_cookie(rq, COOKIE_SESSION);
    return session != NULL ? session : request_cookie(rq, COOKIE_VISITOR);
}

const char *request_form_token(struct request *rq) {
    struct exchange *ex = exchange_of(rq);
    if (ex->rp.keep_until != INSTANT_NONE && !ex->has_session)
        return NULL;
    const char *binding = binding_of(rq);
    if (binding == NULL && ex->new_binding == NULL) {
        ex->new_binding = token_random(rq->arena, ANONYMOUS_BYTES);
        reply_cookie(rq, &ex->rp, COOKIE_VISITOR, ex->new_binding, 0);
    }
    ex->rp.has_secret = true;
    return token_new(rq->arena, ex->http->form_key, binding == NULL ? ex->new_binding : binding,
                     rq->now + HOURS(FORM_HOURS));
}

/* "https://host:port" must be the address that the request itself came to. */
static bool origin_is_ours(const struct exchange *ex, const char *origin) {
    const char *scheme = ex->is_tls ? "https://" : "http://";
    const size_t length = strlen(scheme);
    return ex->authority != NULL && strncmp(origin, scheme, length) == 0 &&
           strcasecmp(origin + length, ex->authority) == 0;
}

static enum error source_check(struct exchange *ex) {
    const char *site = request_header(&ex->rq, "Sec-Fetch-Site");
    const char *origin = request_header(&ex->rq, "Origin");
    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return ERR_FORGED;
    if (origin != NULL && !origin_is_ours(ex, origin))
        return ERR_FORGED;
    ex->is_same_origin = origin != NULL || (site != NULL && strcmp(site, "same-origin") == 0);
    return ERR_OK;
}

/* A name for one act that a program chose: letters, digits, -._~: */
static enum error idempotency_key(struct request *rq, const char **ret_once) {
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:\"";
    const char *key = request_header(rq, "Idempotency-Key");
    if (key == NULL)
        return ERR_OK;
    if (*key == '\0' || strlen(key) > ONCE_LENGTH_MAX || key[strspn(key, allowed)] != '\0')
        return ERR_BAD_REQUEST;
    *ret_once = key;
    return ERR_OK;
}

static enum error token_of_visitor(struct exchange *ex, const char *token, const char **ret_nonce) {
    const char *binding = binding_of(&ex->rq);
    if (token == NULL || binding == NULL)
        return ERR_FORGED;
    return token_check(ex->rq.arena, ex->http->form_key, binding, token, ex->rq.now, ret_nonce);
}

enum error proof_check(struct exchange *ex) {
    struct request *rq = &ex->rq;
    const char *nonce = NULL, *key = NULL;
    TRY(idempotency_key(rq, &key));
    rq->form_age = -1;
    const char *authorization = request_header(rq, "Authorization");
    if (!rq->route->has_no_csrf && authorization == NULL) {
        TRY(source_check(ex));
        const char *in_form = input_value(&rq->input, "form");
        const char *in_header = request_header(rq, "X-Radslag-Form");
        const char *token = in_form != NULL ? in_form : in_header;
        TRY(token_of_visitor(ex, token, &nonce));
        rq->form_age = rq->now - (token_expires(token) - HOURS(FORM_HOURS));
        /* A script sends many acts with the token of its page: only a form's is for one. */
        rq->once = in_form != NULL ? nonce : NULL;
    }
    if (key != NULL)
        rq->once = key;
    return ERR_OK;
}
