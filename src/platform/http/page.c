#include "platform/http/page.h"

#include <assert.h>
#include <string.h>

#include "platform/base/log.h"
#include "platform/http/reply.h"
#include "platform/http/route.h"

enum { PAGE_BYTES_MAX = 4 << 20, TITLE_BYTES_MAX = 4096 };

struct page {
    const struct route *route; /* NULL: the error page */
    const char *name;
    const struct template *template;
};

struct pages {
    struct page *at;
    size_t count;
    const struct template *error, *frame;
    const struct field *title, *body; /* of the frame's shape */
};

/* ---- binding ---- */

static enum error bind(struct arena *arena, const char *name, struct template_scope scope,
                       const struct template **ret_template) {
    const char *reason = NULL;
    if (template_bind(arena, name, scope, ret_template, &reason) == ERR_OK)
        return ERR_OK;
    log_fault("template", LOG_TEXT("name", name), LOG_TEXT("why", reason));
    return ERR_FAULT;
}

static enum error bind_page(struct arena *arena, struct pages *pages, const struct route *route,
                            const struct route_page *kind, const struct shape *frame) {
    const struct shape *form = route->form == NULL ? NULL : route->form->fields_shape;
    struct page *page = &pages->at[pages->count++];
    *page = (struct page){.route = route, .name = kind->template};
    return bind(arena, kind->template, (struct template_scope){kind->view, frame, form},
                &page->template);
}

static enum error bind_route(struct arena *arena, struct pages *pages, const struct route *route,
                             const struct shape *frame) {
    const struct route_page own = {route->view, route->template};
    if (route->template != NULL)
        TRY(bind_page(arena, pages, route, &own, frame));
    for (const struct route_page *kind = route->also; kind != NULL && kind->template != NULL;
         kind++)
        TRY(bind_page(arena, pages, route, kind, frame));
    return ERR_OK;
}

static size_t count_pages(const struct router *router) {
    size_t count = 0;
    for (size_t i = 0; i < router_count(router); i++) {
        const struct route *route = router_route(router, i);
        count += route->template != NULL;
        for (const struct route_page *kind = route->also; kind != NULL && kind->template != NULL;
             kind++)
            count++;
    }
    return count;
}

static enum error bind_frame(struct arena *arena, struct pages *pages,
                             const struct http_hooks *hooks) {
    const struct shape *frame = hooks->frame_shape;
    pages->title = shape_field(frame, "title", strlen("title"));
    pages->body = shape_field(frame, "body", strlen("body"));
    if (pages->title == NULL || pages->title->kind != KIND_text || pages->body == NULL ||
        pages->body->kind != KIND_html) {
        log_fault("frame", LOG_TEXT("why", "wants fields title (text) and body (html)"));
        return ERR_FAULT;
    }
    TRY(bind(arena, hooks->frame_template, (struct template_scope){frame, frame, NULL},
             &pages->frame));
    return bind(arena, hooks->error_template,
                (struct template_scope){&problem_view_shape, frame, NULL}, &pages->error);
}

enum error pages_bind(struct arena *arena, const struct router *router,
                      const struct http_hooks *hooks, struct pages **ret_pages) {
    struct pages *pages = ARENA_NEW(arena, struct pages);
    pages->at = ARENA_ARRAY(arena, count_pages(router) + 1, struct page);
    TRY(bind_frame(arena, pages, hooks));
    enum error all = ERR_OK; /* every template that does not fit is told, not the first alone */
    for (size_t i = 0; i < router_count(router); i++) {
        const enum error error =
            bind_route(arena, pages, router_route(router, i), hooks->frame_shape);
        all = error == ERR_OK ? all : error;
    }
    TRY(all);
    *ret_pages = pages;
    return ERR_OK;
}

/* ---- rendering ---- */

static const struct template *find(const struct pages *pages, const struct route *route,
                                   const char *name) {
    for (size_t i = 0; i < pages->count; i++)
        if (pages->at[i].route == route &&
            (pages->at[i].name == name || strcmp(pages->at[i].name, name) == 0))
            return pages->at[i].template;
    return NULL;
}

/* What was typed: in the form that is shown again, or in the address of a search. */
static const struct input *typed(const struct request *rq, bool is_shown_again) {
    if (is_shown_again)
        return &rq->input;
    for (size_t i = 0; i < rq->route->form->count; i++)
        if (input_value(&rq->query, rq->route->form->fields[i].name) != NULL)
            return &rq->query;
    return NULL;
}

static const void *form_fields(struct request *rq) {
    const struct form *form = rq->route == NULL ? NULL : rq->route->form;
    if (form == NULL)
        return NULL;
    void *fields = arena_take(rq->arena, form->fields_shape->size);
    form_show(form, rq->arena, rq->language, typed(rq, exchange_of(rq)->is_shown_again), rq->values,
              &rq->errors, rq->options, fields);
    return fields;
}

/* Puts the page's title, rendered with this data, into the frame. */
static void frame_title(struct request *rq, const struct template *template,
                        const struct template_data *data, void *frame) {
    struct buffer title = buffer_in(rq->arena, TITLE_BYTES_MAX);
    template_title(template, data, &title);
    *(const char **)(void *)((char *)frame + rq->http->pages->title->offset) =
        buffer_string(&title);
}

static void frame_body(const struct pages *pages, void *frame, const char *body) {
    *(struct html *)(void *)((char *)frame + pages->body->offset) = (struct html){body};
}

static enum error render(struct request *rq, struct reply *rp, int status, const void *view,
                         const struct template *template) {
    const struct http *http = rq->http;
    const struct http_hooks *hooks = http->options.hooks;
    void *frame = arena_take(rq->arena, hooks->frame_shape->size);
    TRY(hooks->frame(rq, frame));
    struct template_data data = {.view = view, .frame = frame, .language = rq->language};
    struct buffer body = buffer_in(rq->arena, PAGE_BYTES_MAX);
    struct buffer whole = buffer_in(rq->arena, PAGE_BYTES_MAX);
    frame_title(rq, template, &data, frame); /* the last crumb shows it, without "Error:" */
    data.form = form_fields(rq);
    template_body(template, &data, &body);
    frame_body(http->pages, frame, buffer_string(&body));
    frame_title(rq, template, &data, frame);
    data.view = frame;
    data.form = NULL;
    template_body(http->pages->frame, &data, &whole);
    const char *text = buffer_string(&whole);
    reply_set(rp, status, "text/html; charset=utf-8", text, whole.length);
    rp->language = language_code(rq->language);
    return ERR_OK;
}

enum error page_render(struct request *rq, struct reply *rp, int status, const void *view,
                       const char *name) {
    const struct template *template = name == NULL ? NULL : find(rq->http->pages, rq->route, name);
    if (template == NULL) {
        log_fault("page", LOG_TEXT("route", rq->route->path), LOG_TEXT("template", name),
                  LOG_TEXT("why", "not bound: name it in the route's template or also"));
        return ERR_FAULT;
    }
    if (exchange_of(rq)->is_shown_again)
        status = exchange_of(rq)->shown_status;
    return render(rq, rp, status, view, template);
}

enum error page_render_error(struct request *rq, struct reply *rp,
                             const struct problem_view *view) {
    const struct route *route = rq->route;
    rq->route = NULL; /* its form does not stand on the error page */
    const enum error error = render(rq, rp, (int)view->status, view, rq->http->pages->error);
    rq->route = route;
    return error;
}
