/* /pages/:id/decisions/new, /decisions/:id: recording a decision from its minutes, and reading it.
 */
#include <string.h>

#include "governance/decisions/views.h"
#include "pages/pages.h"
#include "platform/base/text.h"

struct url decision_address(struct arena *arena, int64_t id) {
    return url_own(arena_format(arena, "/decisions/%lld", (long long)id));
}

_Static_assert(offsetof(struct decision_view, recorded_at) ==
                   offsetof(struct decision, recorded_at),
               "what is shown begins with the decision");

static bool records(const struct visitor *visitor) {
    return may(visitor, RIGHT_record_decision, NULL) == PERMISSION_DOES;
}

/* ---- recording ---- */

/* The page that is decided about; those who record decisions may know of drafts too. */
static enum error find_page(struct db *db, struct request *rq, struct page *ret_page) {
    struct page page = {0};
    if (!records(rq->visitor))
        return require(rq->visitor, RIGHT_record_decision, NULL, PERMISSION_DOES);
    TRY(page_find(db, rq->arena, rq->tenant, path_id(rq, "id"), &page));
    if (page.state == page_state_disposed)
        return ERR_NOT_FOUND;
    *ret_page = page;
    return ERR_OK;
}

static enum error show_new(struct request *rq, struct reply *rp) {
    struct page page = {0};
    struct decision_form *values = ARENA_NEW(rq->arena, struct decision_form);
    const int kind = choice_find(&decision_kind_choices,
                                 query_has(rq, "kind") ? query_text(rq, "kind") : "framework");
    TRY(find_page(rq->db, rq, &page));
    *values =
        (struct decision_form){.kind = kind, .decided_on = INSTANT_NONE, .posted_on = INSTANT_NONE};
    rq->values = values;
    const struct decision_new_view view = {page.id, page.title, page_address(rq->arena, &page)};
    return reply_view(rq, rp, &view);
}

static void refuse(struct request *rq, const char *field, const char *word) {
    form_refuse(rq->arena, &rq->errors, &decision_form_form, field, word);
}

static enum error judge(struct request *rq, const struct decision_form *form) {
    if (form->decided_on > rq->now)
        refuse(rq, "decided_on", "decision.not_yet");
    if (form->posted_on != INSTANT_NONE && form->posted_on < form->decided_on)
        refuse(rq, "posted_on", "decision.posted_before");
    else if (form->posted_on != INSTANT_NONE && form->posted_on > rq->now)
        refuse(rq, "posted_on", "decision.not_yet");
    if (form->minutes_url != NULL && (url_checked(form->minutes_url).address == NULL ||
                                      strncmp(form->minutes_url, "http", 4) != 0))
        refuse(rq, "minutes_url", "decision.not_an_address");
    if (text_length(form->body) < 2)
        refuse(rq, "body", "field.required");
    return rq->errors.count == 0 ? ERR_OK : ERR_INVALID;
}

static enum error new_act(struct request *rq, struct db *db) {
    const struct decision_form *form = rq->form;
    struct page page = {0};
    int64_t id = 0;
    TRY(find_page(db, rq, &page));
    TRY(judge(rq, form));
    const struct decision decision = {
        .page = page.id,
        .kind = form->kind,
        .body = form->body,
        .delegation = form->delegation,
        .decided_on = form->decided_on,
        .item = form->item,
        .registry_no = form->registry_no,
        .wording = form->wording,
        .posted_on = form->posted_on,
        .minutes_url = form->minutes_url,
    };
    TRY(decision_add(db, rq, &decision, &id));
    rq->outcome =
        (struct outcome){201, decision_address(rq->arena, id).address, "decision.recorded"};
    return ERR_OK;
}

/* ---- reading ---- */

/* Public with its page; before that, for those who may see it. */
static enum error find_decision(struct db *db, struct request *rq, struct decision *ret_decision,
                                struct page *ret_page) {
    struct decision decision = {0};
    struct page page = {0};
    TRY(decision_by_id(db, rq->arena, rq->tenant, path_id(rq, "id"), &decision));
    TRY(page_find(db, rq->arena, rq->tenant, decision.page, &page));
    if (page.state != page_state_published && page.state != page_state_archived &&
        !records(rq->visitor) && !page_permit(rq->visitor, rq->tenant, &page).sees)
        return ERR_NOT_FOUND;
    *ret_decision = decision;
    *ret_page = page;
    return ERR_OK;
}

static enum error show_decision(struct request *rq, struct reply *rp) {
    struct decision decision = {0};
    struct page page = {0};
    TRY(find_decision(rq->db, rq, &decision, &page));
    const bool is_posted = decision.posted_on != INSTANT_NONE;
    struct decision_view view = {0};
    memcpy(&view, &decision, sizeof decision);
    view.title = page.title;
    view.address = page_address(rq->arena, &page);
    view.last_appeal_day = is_posted ? instant_day_start(decision.appeal_until, -1) : INSTANT_NONE;
    view.is_in_force = decision_in_force(&decision, rq->now);
    view.minutes =
        decision.minutes_url == NULL ? (struct url){NULL} : url_checked(decision.minutes_url);
    view.may_post = !is_posted && records(rq->visitor);
    if (page.state == page_state_published)
        reply_may_cache(rp, is_posted && !view.is_in_force ? decision.appeal_until : INT64_MAX);
    return reply_view(rq, rp, &view);
}

static enum error post_act(struct request *rq, struct db *db) {
    const struct posted_form *form = rq->form;
    struct decision decision = {0};
    struct page page = {0};
    TRY(require(rq->visitor, RIGHT_record_decision, NULL, PERMISSION_DOES));
    TRY(find_decision(db, rq, &decision, &page));
    if (form->posted_on < decision.decided_on)
        form_refuse(rq->arena, &rq->errors, &posted_form_form, "posted_on",
                    "decision.posted_before");
    else if (form->posted_on > rq->now)
        form_refuse(rq->arena, &rq->errors, &posted_form_form, "posted_on", "decision.not_yet");
    if (rq->errors.count > 0)
        return ERR_INVALID;
    TRY(decision_post(db, rq, decision.id, form->posted_on));
    rq->outcome =
        (struct outcome){200, decision_address(rq->arena, decision.id).address, "decision.posted"};
    return ERR_OK;
}

const struct route decision_routes[] = {
    ROUTE_GET("/pages/:id/decisions/new", show_new, .right = RIGHT_record_decision,
              .form = &decision_form_form, .view = &decision_new_view_shape,
              .template = "governance/decisions/new",
              .doc = "Asks for a decision about the page, as its minutes have it."),
    ROUTE_POST("/pages/:id/decisions/new", new_act, .right = RIGHT_record_decision,
               .form = &decision_form_form,
               .doc = "Records a decision; the last day of appeal is three weeks after posting."),
    ROUTE_GET("/decisions/:id", show_decision, .right = RIGHT_ANYONE, .form = &posted_form_form,
              .view = &decision_view_shape, .template = "governance/decisions/show",
              .doc = "A decision: who, when, what, and until when it can be appealed."),
    ROUTE_POST("/decisions/:id/post", post_act, .right = RIGHT_record_decision,
               .form = &posted_form_form, .form_page = "/decisions/:id",
               .doc = "Says on which day the decision was posted."),
    {.path = NULL},
};
