/* Templates bound to routes at start, and pages rendered with the frame around them. */
#ifndef RADSLAG_HTTP_PAGE_H
#define RADSLAG_HTTP_PAGE_H

#include "platform/http/exchange.h"

/* Binds every template that the routes name, the error page's and the frame's; in arena. ERR_FAULT
 * with file:line in the log when one does not fit its shape. */
enum error pages_bind(struct arena *arena, const struct router *router,
                      const struct http_hooks *hooks, struct pages **ret_pages) MUST_USE;

/* The page of rq->route called `name` around `view`, in the frame. */
enum error page_render(struct request *rq, struct reply *rp, int status, const void *view,
                       const char *name) MUST_USE;

/* The error page, in the frame. */
enum error page_render_error(struct request *rq, struct reply *rp, const struct problem_view *view)
    MUST_USE;

#endif
