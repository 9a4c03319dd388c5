/* Following a page or all that the organisation publishes: asked by e-mail and code or by account,
 * told at once, daily or weekly, never empty, left by a link that needs a second press (NOT-2). */
#ifndef RADSLAG_FOLLOW_H
#define RADSLAG_FOLLOW_H

#include "pages/follow/views.h"
#include "pages/pages.h"

/* Keeps what is to be told of a page and asks for the job that tells it; inside an act. */
enum error follow_tell(struct db *db, struct request *rq, const struct page *page,
                       enum page_news what) MUST_USE;

/* Follows, or changes how often; `ret_key` opens the page where it is changed or left. In arena. */
struct follow_wish {
    int64_t page; /* 0 = the organisation */
    int64_t account;
    const char *email;
    enum language language;
    enum follow_frequency frequency;
    const char *leave_key; /* drawn; kept only when the follow is new */
};
enum error follow_put(struct db *db, struct arena *arena, int64_t tenant,
                      const struct follow_wish *wish, int64_t now, const char **ret_key) MUST_USE;

/* 32 hexadecimal digits, or six decimal ones, drawn from rq->seed for one purpose: the same when
 * the act is run again. In arena. */
const char *follow_draw_key(struct request *rq, const char *purpose);
const char *follow_draw_code(struct request *rq, const char *purpose);

#endif
