#include "platform/http/problem.h"

#include <inttypes.h>
#include <string.h>

#include "platform/base/log.h"
#include "platform/http/page.h"
#include "platform/http/reply.h"
#include "platform/http/route.h"

enum { PROBLEM_BYTES_MAX = 256 << 10, BUSY_SECONDS = 2 };

/* For {limit} in the words of field errors. */
#define LIMIT_VIEW(F, T) F(T, int, limit, , "most that is allowed")
SHAPE(limit_view, LIMIT_VIEW);

static const char *error_word(struct request *rq, enum error error, const char *ending) {
    return word(rq->language, arena_format(rq->arena, "error.%s%s", error_name(error), ending));
}

static struct problem_view problem_view_of(struct request *rq, enum error error) {
    return (struct problem_view){.status = error_status(error),
                                 .code = error_name(error),
                                 .title = error_word(rq, error, ".title"),
                                 .message = error_word(rq, error, ""),
                                 .id = rq->id,
                                 .is_login = error == ERR_LOGIN_REQUIRED,
                                 .is_fault = error_status(error) >= 500};
}

/* ---- problem+json ---- */

static void member(struct buffer *into, const char *name, const char *value) {
    buffer_format(into, ",\"%s\":", name);
    json_write_text(into, value);
}

static void write_errors(struct request *rq, struct buffer *into) {
    buffer_text(into, ",\"errors\":[");
    for (const struct form_error *error = rq->errors.first; error != NULL; error = error->next) {
        const struct limit_view limit = {error->limit};
        buffer_text(into, error == rq->errors.first ? "{\"field\":" : ",{\"field\":");
        if (error->field == NULL)
            buffer_text(into, "null");
        else
            json_write_text(into, error->field->name);
        member(into, "code", error->word);
        member(into, "message",
               word_filled(rq->arena, rq->language, error->word, -1, &limit_view_shape, &limit));
        buffer_text(into, "}");
    }
    buffer_text(into, "]");
}

static void problem_json(struct exchange *ex, enum error error) {
    struct request *rq = &ex->rq;
    const struct problem_view view = problem_view_of(rq, error);
    struct buffer into = buffer_in(rq->arena, PROBLEM_BYTES_MAX);
    buffer_format(&into, "{\"type\":\"about:blank\",\"status\":%" PRId64, view.status);
    member(&into, "code", view.code);
    member(&into, "title", view.title);
    member(&into, "detail", view.message);
    member(&into, "instance", arena_format(rq->arena, "urn:radslag:request:%s", rq->id));
    if (rq->errors.count > 0)
        write_errors(rq, &into);
    buffer_text(&into, "}");
    const char *text = buffer_string(&into);
    reply_set(&ex->rp, (int)view.status, "application/problem+json", text, into.length);
}

/* ---- pages ---- */

static void plain_page(struct exchange *ex, enum error error) {
    struct request *rq = &ex->rq;
    const struct problem_view view = problem_view_of(rq, error);
    struct buffer into = buffer_in(rq->arena, PROBLEM_BYTES_MAX);
    buffer_format(&into, "<!DOCTYPE html><html lang=\"%s\"><head><meta charset=\"utf-8\"><title>",
                  language_code(rq->language));
    html_escape(&into, view.title);
    buffer_text(&into, "</title></head><body><main><h1>");
    html_escape(&into, view.title);
    buffer_text(&into, "</h1><p>");
    html_escape(&into, view.message);
    buffer_format(&into, "</p><p>%s</p></main></body></html>\n", view.id);
    const char *text = buffer_string(&into);
    reply_set(&ex->rp, (int)view.status, "text/html; charset=utf-8", text, into.length);
    ex->rp.language = language_code(rq->language);
}

/* What the client may do instead, or when. */
static void add_advice(struct exchange *ex, enum error error) {
    if (ex->allow != NULL && error == ERR_METHOD_NOT_ALLOWED)
        reply_header(&ex->rp, "Allow", ex->allow);
    if (error_status(error) == 503 && ex->retry_after == 0)
        ex->retry_after = BUSY_SECONDS;
}

void problem_plain(struct exchange *ex, enum error error) {
    reply_reset(&ex->rp);
    ex->error = error;
    if (ex->rq.wants == REPRESENTATION_JSON)
        problem_json(ex, error);
    else
        plain_page(ex, error);
    add_advice(ex, error);
}

bool problem_is_plain(enum error error) {
    return error == ERR_BAD_REQUEST || error == ERR_TOO_MANY || error == ERR_BUSY ||
           error == ERR_UNAVAILABLE || error == ERR_TIMEOUT;
}

void problem_spent(struct exchange *ex) {
    static const char text[] = "{\"type\":\"about:blank\",\"status\":503,\"code\":\"busy\"}";
    reply_reset(&ex->rp);
    ex->error = ERR_BUSY;
    ex->retry_after = BUSY_SECONDS;
    reply_set(&ex->rp, 503, "application/problem+json", text, sizeof text - 1);
}

/* ---- the form again ---- */

static const struct route *form_route(const struct exchange *ex) {
    const struct route *route = ex->rq.route;
    if (route == NULL || route->method != METHOD_POST)
        return NULL;
    const char *pattern = route->form_page == NULL ? route->path : route->form_page;
    return router_by_pattern(ex->http->router, pattern);
}

static bool show_again(struct exchange *ex, enum error why) {
    const struct route *shown = form_route(ex), *asked = ex->rq.route;
    if (shown == NULL)
        return false;
    ex->is_shown_again = true;
    ex->shown_status = error_status(why == ERR_CONFLICT ? why : ERR_INVALID);
    ex->rq.route = shown;
    const enum error error = shown->show(&ex->rq, &ex->rp);
    ex->rq.route = asked;
    ex->is_shown_again = false;
    return error == ERR_OK;
}

/* A form that is ours but too old, or from before a log-in: shown again with a new token. */
static bool is_stale_form(const struct exchange *ex, enum error error) {
    return error == ERR_FORGED && ex->is_same_origin && ex->rq.visitor != NULL;
}

static bool wants_form_again(const struct exchange *ex, enum error error) {
    return error == ERR_INVALID || is_stale_form(ex, error) ||
           (error == ERR_CONFLICT && ex->rq.errors.count > 0);
}

static void answer_page(struct exchange *ex, enum error error) {
    struct request *rq = &ex->rq;
    if (is_stale_form(ex, error) && rq->route->form != NULL)
        form_refuse(rq->arena, &rq->errors, rq->route->form, NULL, "form.stale");
    if (wants_form_again(ex, error) && show_again(ex, error))
        return;
    reply_reset(&ex->rp);
    const struct problem_view view = problem_view_of(rq, error);
    if (rq->db == NULL || problem_is_plain(error) ||
        page_render_error(rq, &ex->rp, &view) != ERR_OK)
        problem_plain(ex, error);
    else
        add_advice(ex, error);
}

static bool send_to_login(struct exchange *ex, enum error error) {
    struct request *rq = &ex->rq;
    const struct http_hooks *hooks = ex->http->options.hooks;
    const char *path = error == ERR_LOGIN_REQUIRED   ? hooks->login_path
                       : error == ERR_PROOF_REQUIRED ? hooks->proof_path
                                                     : NULL;
    if (path == NULL || rq->method != METHOD_GET || rq->wants == REPRESENTATION_JSON)
        return false;
    struct buffer next = buffer_in(rq->arena, TARGET_BYTES_MAX * 3 + 1);
    for (const char *c = rq->target; *c != '\0'; c++)
        if (strchr("&+%#", *c) == NULL)
            buffer_add(&next, c, 1);
        else
            buffer_format(&next, "%%%02X", (unsigned)(unsigned char)*c);
    return reply_redirect(rq, &ex->rp,
                          arena_format(rq->arena, "%s?next=%s", path, buffer_string(&next))) ==
           ERR_OK;
}

void problem_answer(struct exchange *ex, enum error error) {
    reply_reset(&ex->rp);
    ex->error = error;
    if (send_to_login(ex, error))
        return;
    if (ex->rq.wants == REPRESENTATION_JSON)
        problem_plain(ex, error);
    else
        answer_page(ex, error);
}
