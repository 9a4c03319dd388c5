/* /: what one can do here now. */
#include <string.h>

#include "pages/pages.h"
#include "start_statements.h"

enum { PAGES_SHOWN = 12, NOW_SHOWN = 20 };

#define START_ROW(F, T)                                                                            \
    F(T, id, id, , "page")                                                                         \
    F(T, slug, kind, , "code of a page_kind")                                                      \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, text, title, , "of the page")                                                             \
    F(T, text, lead, , "a few sentences before the text")                                          \
    F(T, time, published_at, , "first time")                                                       \
    F(T, time, updated_at, , "last change")
SHAPE(start_row, START_ROW);

#define START_PAGE(F, T)                                                                           \
    F(T, url, address, , "where it is read")                                                       \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, text, language_name, , "own name of that language, when it is another than one's own")    \
    F(T, text, title, , "of the page")                                                             \
    F(T, text, lead, , "a few sentences before the text")                                          \
    F(T, time, published_at, , "first time")
SHAPE(start_page, START_PAGE);

/* For staff: what waits for them. */
#define START_STAFF(F, T)                                                                          \
    F(T, int, waiting, , "things to do")                                                           \
    F(T, int, late, , "of these, late")                                                            \
    F(T, flag, may_publish, , "may begin a page")                                                  \
    F(T, flag, may_administer, , "may set the organisation up")
SHAPE(start_staff, START_STAFF);

#define START_VIEW(F, T)                                                                           \
    F(T, text, organisation, , "who runs this")                                                    \
    F(T, choice, state, organisation_state, "being set up, open or dormant")                       \
    F(T, list, now, now_line, "what one can take part in, or follow, now")                         \
    F(T, list, became, now_line, "what became of others, the latest first")                        \
    F(T, list, pages, start_page, "published information, newest first, at most 12")               \
    F(T, flag, more, , "there are more than these")                                                \
    F(T, one, staff, start_staff, "for staff alone")
SHAPE(start_view, START_VIEW);

static bool is_staff(const struct visitor *visitor) {
    return visitor->account != 0 && visitor->second_factor &&
           (visitor->roles & roles_of_staff()) != 0;
}

static enum error staff_fill(struct request *rq, struct start_view *view) {
    if (!is_staff(rq->visitor))
        return ERR_OK;
    struct start_staff *staff = ARENA_NEW(rq->arena, struct start_staff);
    staff->may_publish = may(rq->visitor, RIGHT_publish, NULL) >= PERMISSION_OWN;
    staff->may_administer = may(rq->visitor, RIGHT_administer, NULL) == PERMISSION_DOES;
    view->staff = staff;
    return task_count(rq->db, rq, &staff->waiting, &staff->late);
}

static enum error pages_fill(struct request *rq, struct start_view *view) {
    struct start_row_list rows = {0};
    TRY(db_many(
        rq->db, rq->arena, &sql_start_pages,
        WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("language", language_code(rq->language))),
        PAGES_SHOWN + 1, &start_row_shape, &rows));
    const size_t shown = rows.count < PAGES_SHOWN ? rows.count : PAGES_SHOWN;
    struct start_page *at = ARENA_ARRAY(rq->arena, shown + 1, struct start_page);
    for (size_t i = 0; i < shown; i++) {
        const struct start_row *row = &rows.at[i];
        const struct page page = {.kind = row->kind, .slug = row->slug};
        const enum language language = language_from_code(row->language);
        at[i] = (struct start_page){
            .address = page_address(rq->arena, &page),
            .language = row->language,
            .language_name = language == rq->language ? NULL : language_name(language),
            .title = row->title,
            .lead = row->lead,
            .published_at = row->published_at,
        };
    }
    view->pages = (struct start_page_list){at, shown};
    view->more = rows.count > shown;
    return ERR_OK;
}

/* As long as there is no organisation at all the start page is where the first one is made. */
static enum error lead_to_setup(struct request *rq, struct reply *rp) {
    bool any;
    TRY(organisation_any(rq->db, &any));
    return any ? ERR_NOT_FOUND : reply_redirect(rq, rp, "/setup/begin");
}

static enum error now_fill(struct request *rq, struct start_view *view, int64_t *ret_expires) {
    struct now_line *now = ARENA_ARRAY(rq->arena, NOW_SHOWN, struct now_line);
    struct now_line *became = ARENA_ARRAY(rq->arena, NOW_SHOWN, struct now_line);
    int64_t first = INT64_MAX;
    for (size_t i = 0; now_sources[i] != NULL; i++) {
        struct now_line_list lines = {0};
        int64_t expires = INT64_MAX;
        TRY(now_sources[i]->find(rq, &lines, &expires));
        for (size_t j = 0; j < lines.count; j++) {
            const struct now_line *line = &lines.at[j];
            if (line->has_come_out && view->became.count < NOW_SHOWN)
                became[view->became.count++] = *line;
            if (!line->has_come_out && view->now.count < NOW_SHOWN)
                now[view->now.count++] = *line;
        }
        first = expires < first ? expires : first;
    }
    view->now.at = now;
    view->became.at = became;
    *ret_expires = first;
    return ERR_OK;
}

static enum error show_start(struct request *rq, struct reply *rp) {
    struct organisation organisation = {0};
    if (rq->tenant == 0)
        return lead_to_setup(rq, rp);
    TRY(organisation_of(rq, &organisation));
    struct start_view view = {.organisation = organisation.name, .state = organisation.state};
    int64_t expires = INT64_MAX;
    TRY(now_fill(rq, &view, &expires));
    TRY(pages_fill(rq, &view));
    TRY(staff_fill(rq, &view));
    reply_may_cache(rp, expires);
    return reply_view(rq, rp, &view);
}

const struct route start_routes[] = {
    ROUTE_GET("/", show_start, .right = RIGHT_OUTSIDE, .view = &start_view_shape,
              .template = "pages/start/show", .doc = "What one can do here now."),
    {.path = NULL},
};
