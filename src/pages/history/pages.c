/* History of a page: every version is kept, can be read beside another, and can be taken back. */
#include "pages/pages.h"
#include "history_statements.h"
#include "platform/view/view.h"

enum { VERSIONS_SHOWN = 100, HEADING_LEVEL = 3 };

/* ---- views ---- */

#define VERSION_ROW(F, T)                                                                          \
    F(T, id, revision, , "of the page, after it")                                                  \
    F(T, choice, act, page_act, "what was done")                                                   \
    F(T, time, made_at, , "when")                                                                  \
    F(T, text, account_name, , "by whom; none = not known any more")                               \
    F(T, text, reason, , "as it was given")                                                        \
    F(T, id, restored_from, , "the version whose words were taken back")                           \
    F(T, flag, has_words, , "new words came with it")
SHAPE(version_row, VERSION_ROW);

#define VERSION_VIEW(F, T)                                                                         \
    VERSION_ROW(F, T)                                                                              \
    F(T, flag, is_current, , "these words stand now")
SHAPE(version_view, VERSION_VIEW);

#define HISTORY_VIEW(F, T)                                                                         \
    F(T, id, page, , "page")                                                                       \
    F(T, url, address, , "where it is read")                                                       \
    F(T, text, title, , "of the page now")                                                         \
    F(T, id, revision, , "the version that stands now")                                            \
    F(T, list, versions, version_view, "newest first, at most 100")                                \
    F(T, id, next, , "show those before this version; none = there are no more")
SHAPE(history_view, HISTORY_VIEW);

#define WORDS_VERSION(F, T)                                                                        \
    F(T, id, revision, , "since when these words stood")                                           \
    F(T, time, made_at, , "when they were saved")                                                  \
    F(T, text, account_name, , "by whom")                                                          \
    F(T, text, title, , "of the page then")                                                        \
    F(T, text, lead, , "of the page then")                                                         \
    F(T, text, body, , "Markdown")
SHAPE(words_version, WORDS_VERSION);

#define SIDE_VIEW(F, T)                                                                            \
    F(T, id, revision, , "since when these words stood")                                           \
    F(T, time, made_at, , "when they were saved")                                                  \
    F(T, text, account_name, , "by whom")                                                          \
    F(T, text, title, , "of the page then")                                                        \
    F(T, text, lead, , "of the page then")                                                         \
    F(T, html, body, , "as it was read")
SHAPE(side_view, SIDE_VIEW);

#define COMPARE_VIEW(F, T)                                                                         \
    F(T, id, page, , "page")                                                                       \
    F(T, url, address, , "where it is read")                                                       \
    F(T, text, title, , "of the page now")                                                         \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, id, revision, , "the version that stands now")                                            \
    F(T, one, older, side_view, "on the left")                                                     \
    F(T, one, newer, side_view, "on the right")                                                    \
    F(T, flag, may_restore, , "the older can be taken back by the visitor")
SHAPE(compare_view, COMPARE_VIEW);

#define RESTORE_FORM(F, T)                                                                         \
    F(T, id, from, , REQUIRED, 0, none, "the version whose words are taken back")                  \
    F(T, id, revision, , REQUIRED, 0, none, "the version that stood when it was pressed")
FORM(restore_form, RESTORE_FORM);

/* ---- finding ---- */

/* Those who may change a page may see how it came to be. */
static enum error find_page(struct db *db, struct request *rq, struct page *ret_page) {
    struct page page = {0};
    TRY(page_find(db, rq->arena, rq->tenant, path_id(rq, "id"), &page));
    const struct page_permit permit = page_permit(rq->visitor, rq->tenant, &page);
    const struct page_ref ref = page_reference(rq->tenant, &page);
    if (!permit.sees)
        return ERR_NOT_FOUND;
    if (!permit.edits && !permit.publishes && !permit.disposes)
        return require(rq->visitor, RIGHT_publish, &ref, PERMISSION_DOES);
    *ret_page = page;
    return ERR_OK;
}

static enum error find_words(struct db *db, struct request *rq, int64_t page, int64_t revision,
                             struct words_version *ret_words) {
    return db_one(db, rq->arena, &sql_history_words,
                  WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page),
                       BIND_INT("revision", revision)),
                  &words_version_shape, ret_words);
}

/* ---- GET /pages/:id/history ---- */

/* The newest words stand now; on later pages of the list there are none. */
static struct version_view_list versions_of(struct arena *arena, const struct version_row *rows,
                                            size_t count, bool is_first_page) {
    struct version_view *at = ARENA_ARRAY(arena, count + 1, struct version_view);
    bool seen = !is_first_page;
    for (size_t i = 0; i < count; i++) {
        at[i] = (struct version_view){
            .revision = rows[i].revision,
            .act = rows[i].act,
            .made_at = rows[i].made_at,
            .account_name = rows[i].account_name,
            .reason = rows[i].reason,
            .restored_from = rows[i].restored_from,
            .has_words = rows[i].has_words,
            .is_current = rows[i].has_words && !seen,
        };
        seen |= rows[i].has_words;
    }
    return (struct version_view_list){at, count};
}

static enum error show_history(struct request *rq, struct reply *rp) {
    struct page page = {0};
    struct version_row_list rows = {0};
    TRY(find_page(rq->db, rq, &page));
    TRY(db_many(rq->db, rq->arena, &sql_history_of_page,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page.id),
                     BIND_INT("before", query_int(rq, "before", INT64_MAX))),
                VERSIONS_SHOWN + 1, &version_row_shape, &rows));
    const bool more = rows.count > VERSIONS_SHOWN;
    const struct history_view view = {
        .page = page.id,
        .address = page_address(rq->arena, &page),
        .title = page.title,
        .revision = page.revision,
        .versions = versions_of(rq->arena, rows.at, more ? VERSIONS_SHOWN : rows.count,
                                !query_has(rq, "before")),
        .next = more ? rows.at[VERSIONS_SHOWN - 1].revision : 0,
    };
    return reply_view(rq, rp, &view);
}

/* ---- GET /pages/:id/compare?older=&newer= ---- */

static struct side_view side_of(struct arena *arena, const struct words_version *words) {
    return (struct side_view){
        .revision = words->revision,
        .made_at = words->made_at,
        .account_name = words->account_name,
        .title = words->title,
        .lead = words->lead,
        .body = html_from_markdown(arena, words->body == NULL ? "" : words->body, HEADING_LEVEL),
    };
}

static enum error show_compare(struct request *rq, struct reply *rp) {
    struct page page = {0};
    struct words_version older = {0}, newer = {0};
    TRY(find_page(rq->db, rq, &page));
    const int64_t a = query_int(rq, "older", 1), b = query_int(rq, "newer", page.revision);
    TRY(find_words(rq->db, rq, page.id, a < b ? a : b, &older));
    TRY(find_words(rq->db, rq, page.id, a < b ? b : a, &newer));
    struct side_view left = side_of(rq->arena, &older), right = side_of(rq->arena, &newer);
    const struct compare_view view = {
        .page = page.id,
        .address = page_address(rq->arena, &page),
        .title = page.title,
        .language = page.language,
        .revision = page.revision,
        .older = &left,
        .newer = &right,
        .may_restore =
            older.revision != newer.revision && page_permit(rq->visitor, rq->tenant, &page).edits,
    };
    return reply_view(rq, rp, &view);
}

/* ---- POST /pages/:id/restore: the old words as a new version ---- */

static enum error restore_act(struct request *rq, struct db *db) {
    const struct restore_form *form = rq->form;
    struct page page = {0};
    struct words_version words = {0};
    TRY(find_page(db, rq, &page));
    if (!page_permit(rq->visitor, rq->tenant, &page).edits)
        return ERR_FORBIDDEN;
    TRY(find_words(db, rq, page.id, form->from, &words));
    if (form->revision != page.revision)
        return ERR_CONFLICT;
    const struct page_text text = {words.title, words.lead, words.body};
    if (page.state == page_state_published) {
        struct finding_list findings = {0};
        page_findings(rq->arena, &text, &findings);
        if (findings.count > 0)
            return ERR_CONFLICT;
    }
    TRY(page_save(db, rq, &page, &text, words.revision));
    rq->outcome = (struct outcome){200, page_address(rq->arena, &page).address, "pages.restored"};
    return ERR_OK;
}

const struct route history_routes[] = {
    ROUTE_GET("/pages/:id/history", show_history, .right = RIGHT_SELF, .view = &history_view_shape,
              .template = "pages/history/list",
              .doc = "Every version of a page and every change of its state."),
    ROUTE_GET("/pages/:id/compare", show_compare, .right = RIGHT_SELF, .view = &compare_view_shape,
              .template = "pages/history/compare",
              .doc = "Two versions side by side: ?older, ?newer."),
    ROUTE_POST("/pages/:id/restore", restore_act, .right = RIGHT_SELF, .form = &restore_form_form,
               .form_page = "/pages/:id/compare",
               .doc = "Takes the words of an earlier version back, as a new version."),
    {.path = NULL},
};
