#include "platform/http/builtin.h"

#include <string.h>

#include "platform/base/text.h"
#include "platform/http/problem.h"
#include "platform/http/reply.h"
#include "platform/http/static.h"

enum { METRICS_BYTES_MAX = 1 << 20 };

enum builtin builtin_find(const struct exchange *ex) {
    const char *path = ex->target.path;
    if (ex->target.wants_json)
        return strcmp(path, "/openapi") == 0 ? BUILTIN_OPENAPI : BUILTIN_NONE;
    if (text_begins(path, "/static/"))
        return BUILTIN_STATIC;
    if (strcmp(path, "/health") == 0)
        return BUILTIN_HEALTH;
    return strcmp(path, "/metrics") == 0 ? BUILTIN_METRICS : BUILTIN_NONE;
}

static void answer_kept(struct exchange *ex, struct kept *kept) {
    if (kept == NULL) {
        problem_plain(ex, ERR_NOT_FOUND);
        return;
    }
    kept_hold(kept);
    reply_kept(&ex->rp, kept, request_header(&ex->rq, "Accept-Encoding"),
               request_header(&ex->rq, "If-None-Match"));
}

/* Something that needs attention is no reason for a proxy to send visitors elsewhere: still 200. */
static void answer_health(struct exchange *ex) {
    const bool answers = store_state(ex->http->options.store).answering;
    const struct http_hooks *hooks = ex->http->options.hooks;
    const char *attention = hooks->attention == NULL ? NULL : hooks->attention();
    const char *text = answers ? "{\"state\":\"ok\"}\n" : "{\"state\":\"no database\"}\n";
    if (answers && attention != NULL)
        text = arena_format(ex->rq.arena, "{\"state\":\"ok\",\"attention\":\"%s\"}\n", attention);
    reply_set(&ex->rp, answers ? 200 : 503, "application/json", text, strlen(text));
}

/* Only for this machine: a stranger need not know how much we have to do. */
static void answer_metrics(struct exchange *ex) {
    if (!ex->is_local) {
        problem_plain(ex, ERR_NOT_FOUND);
        return;
    }
    struct buffer into = buffer_in(ex->rq.arena, METRICS_BYTES_MAX);
    metrics_write(ex->http, &into);
    const char *text = buffer_string(&into);
    reply_set(&ex->rp, 200, "text/plain; version=0.0.4; charset=utf-8", text, into.length);
}

bool builtin_answer(struct exchange *ex) {
    switch (ex->number) {
    case BUILTIN_STATIC:
        answer_kept(ex, static_find(ex->target.path));
        return true;
    case BUILTIN_HEALTH:
        answer_health(ex);
        return true;
    case BUILTIN_METRICS:
        answer_metrics(ex);
        return true;
    case BUILTIN_OPENAPI:
        answer_kept(ex, ex->http->openapi);
        return true;
    default:
        return false;
    }
}
