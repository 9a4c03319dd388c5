/* /pages/:id/edit and preview: changing the words of a page. Whoever saves second is shown both
 * texts, and what was typed stays in the form. */
#include <string.h>

#include "information_statements.h"
#include "pages/follow/follow.h"
#include "pages/information/information.h"
#include "platform/view/view.h"

/* ---- GET /pages/:id/edit ---- */

#define LAST_SAVED(F, T)                                                                           \
    F(T, time, saved_at, , "when")                                                                 \
    F(T, text, saved_by, , "by whom")
SHAPE(last_saved, LAST_SAVED);

/* The revision that was sent is another than the one that stands. */
static bool in_conflict(const struct request *rq, const struct information_row *row) {
    const char *sent = input_value(&rq->input, "revision");
    return sent != NULL && strtoll(sent, NULL, 10) != row->revision;
}

static enum error conflict_fill(struct request *rq, const struct information_row *row,
                                struct edit_page_view *view) {
    struct last_saved last = {.saved_at = row->text_at};
    const enum error error = db_one(rq->db, rq->arena, &sql_information_last_saved,
                                    WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", row->id)),
                                    &last_saved_shape, &last);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    view->in_conflict = true;
    view->saved_title = row->title;
    view->saved_lead = row->lead;
    view->saved_body = row->body;
    view->saved_by = last.saved_by;
    view->saved_at = last.saved_at;
    return ERR_OK;
}

static struct edit_page_view view_of(struct request *rq, const struct information_row *row) {
    const struct page page = information_page(row);
    return (struct edit_page_view){
        .id = row->id,
        .address = page_address(rq->arena, &page),
        .state = row->state,
        .language = row->language,
        .revision = row->revision,
        .saved_at = row->text_at,
    };
}

static enum error show_edit(struct request *rq, struct reply *rp) {
    struct information_row row = {0};
    struct edit_page_form *values = ARENA_NEW(rq->arena, struct edit_page_form);
    TRY(information_find(rq->db, rq, WANTS_EDIT, &row));
    struct edit_page_view view = view_of(rq, &row);
    const char *typed_body = input_value(&rq->input, "body");
    const struct page_text text =
        typed_body == NULL ? information_text(&row)
                           : (struct page_text){.title = input_value(&rq->input, "title"),
                                                .lead = input_value(&rq->input, "lead"),
                                                .body = typed_body};
    if (in_conflict(rq, &row))
        TRY(conflict_fill(rq, &row, &view));
    page_findings(rq->arena, &text, &view.findings);
    *values = (struct edit_page_form){
        .title = row.title, .lead = row.lead, .body = row.body, .revision = row.revision};
    rq->values = values;
    return reply_view(rq, rp, &view);
}

/* ---- POST /pages/:id/preview: shown as it will be read, nothing saved ---- */

static enum error preview_act(struct request *rq, struct db *db) {
    struct information_row row = {0};
    return information_find(db, rq, WANTS_EDIT, &row);
}

static enum error preview_answer(struct request *rq, struct reply *rp) {
    const struct edit_page_form *form = rq->form;
    struct information_row row = {0};
    TRY(information_find(rq->db, rq, WANTS_EDIT, &row));
    struct edit_page_view view = view_of(rq, &row);
    const struct page_text text = {form->title, form->lead, form->body};
    view.is_preview = true;
    view.revision = form->revision;
    view.preview = html_from_markdown(rq->arena, form->body, HEADING_LEVEL);
    page_findings(rq->arena, &text, &view.findings);
    rq->values = form;
    return reply_view(rq, rp, &view);
}

/* ---- POST /pages/:id/edit ---- */

/* What readers see at once must pass the publish checks; a draft may be as rough as it likes. */
static enum error refuse_findings(struct request *rq, const struct page_text *text) {
    struct finding_list findings = {0};
    page_findings(rq->arena, text, &findings);
    for (size_t i = 0; i < findings.count; i++)
        form_refuse(rq->arena, &rq->errors, &edit_page_form_form, findings.at[i].field,
                    arena_format(rq->arena, "finding_kind.%s",
                                 choice_code(&finding_kind_choices, findings.at[i].kind)));
    return findings.count == 0 ? ERR_OK : ERR_INVALID;
}

static enum error edit_act(struct request *rq, struct db *db) {
    const struct edit_page_form *form = rq->form;
    struct information_row row = {0};
    TRY(information_find(db, rq, WANTS_EDIT, &row));
    struct page page = information_page(&row);
    const struct page_text text = {form->title, form->lead, form->body};
    const bool is_public = row.state == page_state_published;
    if (form->revision != row.revision) {
        form_refuse(rq->arena, &rq->errors, &edit_page_form_form, NULL, "pages.conflict");
        return ERR_CONFLICT;
    }
    if (is_public)
        TRY(refuse_findings(rq, &text));
    TRY(page_save(db, rq, &page, &text, 0));
    if (is_public && form->tell)
        TRY(follow_tell(db, rq, &page, page_news_changed));
    rq->outcome = (struct outcome){200, page_address(rq->arena, &page).address,
                                   is_public ? "pages.saved_public" : "pages.saved"};
    return ERR_OK;
}

const struct route information_edit_routes[] = {
    ROUTE_GET("/pages/:id/edit", show_edit, .right = RIGHT_publish, .form = &edit_page_form_form,
              .view = &edit_page_view_shape, .template = "pages/information/edit",
              .doc = "The words of a page, to be changed."),
    ROUTE_POST("/pages/:id/edit", edit_act, .right = RIGHT_publish, .form = &edit_page_form_form,
               .limits = {.body = 256 << 10},
               .doc = "Saves the words as the next version; 409 when somebody else was first."),
    ROUTE_POST("/pages/:id/preview", preview_act, .right = RIGHT_publish,
               .form = &edit_page_form_form, .view = &edit_page_view_shape,
               .template = "pages/information/edit", .answer = preview_answer,
               .form_page = "/pages/:id/edit", .is_repeatable = true, .limits = {.body = 256 << 10},
               .doc = "Shows typed words as they will be read; saves nothing."),
    {.path = NULL},
};
