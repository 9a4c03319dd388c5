/* /pages/:id/state/:to: publishing, taking away, archiving, disposing: what happens, what stands in
 * the way, and the press that does it. */
#include <string.h>

#include "pages/information/information.h"

/* Beside what is missing to open: it is not open yet. */
enum { NOT_OPEN = 1 << 16 };

/* What the organisation lacks before anything may be published (ADM-1), and where it is mended. */
static const struct {
    unsigned bit;
    const char *word, *address;
} lacks[] = {
    {MISSING_CONTROLLER, "missing.controller", "/settings/responsibility"},
    {MISSING_DPO, "missing.dpo", "/settings/responsibility"},
    {MISSING_STATEMENT, "missing.statement", "/accessibility"},
    {MISSING_SENDER, "missing.sender", "/settings/language"},
    {MISSING_ADMINISTRATORS, "missing.administrators", "/people"},
    {NOT_OPEN, "missing.opening", "/setup"},
};
enum { LACKS = sizeof lacks / sizeof lacks[0] };

static void missing_fill(struct request *rq, unsigned missing,
                         struct missing_view_list *ret_missing) {
    const bool mends = may(rq->visitor, RIGHT_administer, NULL) == PERMISSION_DOES;
    struct missing_view *at = ARENA_ARRAY(rq->arena, LACKS, struct missing_view);
    size_t count = 0;
    for (size_t i = 0; i < LACKS; i++)
        if (missing & lacks[i].bit)
            at[count++] = (struct missing_view){
                .word = word(rq->language, lacks[i].word),
                .address = {mends ? lacks[i].address : NULL},
            };
    *ret_missing = (struct missing_view_list){at, count};
}

/* Nothing of an organisation that is being prepared is read outside (ADM-1). */
static enum error missing_find(struct db *db, struct request *rq, unsigned *ret_missing) {
    struct organisation organisation = {0};
    TRY(organisation_missing(db, rq->arena, rq->tenant, ret_missing));
    TRY(organisation_of(rq, &organisation));
    if (organisation.state == (int)organisation_state_preparing)
        *ret_missing |= NOT_OPEN;
    return ERR_OK;
}

static enum error require_state(const struct request *rq, const struct page *page,
                                enum page_state to) {
    const struct page_permit permit = page_permit(rq->visitor, rq->tenant, page);
    const bool allowed = to == page_state_disposed                           ? permit.disposes
                         : to == page_state_draft || to == page_state_review ? permit.edits
                                                                             : permit.publishes;
    return allowed ? ERR_OK : ERR_FORBIDDEN;
}

static enum error find_change(struct db *db, struct request *rq, struct information_row *ret_row,
                              enum page_state *ret_to) {
    const int to = choice_find(&page_state_choices, path_text(rq, "to"));
    if (to < 0)
        return ERR_NOT_FOUND;
    TRY(information_find(db, rq, WANTS_STATE, ret_row));
    const struct page page = information_page(ret_row);
    TRY(require_state(rq, &page, (enum page_state)to));
    *ret_to = (enum page_state)to;
    return ERR_OK;
}

static enum error show_state(struct request *rq, struct reply *rp) {
    struct information_row row = {0};
    enum page_state to = page_state_draft;
    unsigned missing = 0;
    TRY(find_change(rq->db, rq, &row, &to));
    const struct page page = information_page(&row);
    const struct page_text text = information_text(&row);
    struct state_view view = {
        .id = row.id,
        .address = page_address(rq->arena, &page),
        .title = row.title,
        .state = row.state,
        .to = (int)to,
        .revision = row.revision,
        .wants_reason = page_state_wants_reason(to),
    };
    if (to == page_state_published) {
        TRY(missing_find(rq->db, rq, &missing));
        page_findings(rq->arena, &text, &view.findings);
    }
    missing_fill(rq, missing, &view.missing);
    view.may_go_on =
        view.findings.count == 0 && missing == 0 && page_may_become((enum page_state)row.state, to);
    return reply_view(rq, rp, &view);
}

/* Refusals stand on the page that asked, with what is to be mended. */
static enum error refuse(struct request *rq, const char *field, const char *why) {
    form_refuse(rq->arena, &rq->errors, &state_form_form, field, why);
    return ERR_INVALID;
}

static enum error judge_publishing(struct request *rq, struct db *db,
                                   const struct information_row *row) {
    const struct page_text text = information_text(row);
    struct finding_list findings = {0};
    unsigned missing = 0;
    page_findings(rq->arena, &text, &findings);
    if (findings.count > 0)
        return refuse(rq, NULL, "pages.has_findings");
    TRY(missing_find(db, rq, &missing));
    return missing == 0 ? ERR_OK : refuse(rq, NULL, "pages.organisation_missing");
}

static enum error state_act(struct request *rq, struct db *db) {
    static const char *const flashes[] = {
        [page_state_draft] = "pages.became_draft",
        [page_state_review] = "pages.became_review",
        [page_state_published] = "pages.became_published",
        [page_state_unpublished] = "pages.became_unpublished",
        [page_state_archived] = "pages.became_archived",
        [page_state_disposed] = "pages.became_disposed",
    };
    const struct state_form *form = rq->form;
    struct information_row row = {0};
    enum page_state to = page_state_draft;
    TRY(find_change(db, rq, &row, &to));
    const struct page page = information_page(&row);
    if (form->revision != row.revision)
        return refuse(rq, NULL, "pages.state_conflict");
    if (page_state_wants_reason(to) && form->reason == NULL)
        return refuse(rq, "reason", "field.required");
    if (to == page_state_published)
        TRY(judge_publishing(rq, db, &row));
    TRY(page_change_state(db, rq, &page, to, form->reason));
    rq->outcome = (struct outcome){
        200, to == page_state_disposed ? "/pages" : page_address(rq->arena, &page).address,
        flashes[to]};
    return ERR_OK;
}

const struct route information_state_routes[] = {
    ROUTE_GET("/pages/:id/state/:to", show_state, .right = RIGHT_SELF, .form = &state_form_form,
              .view = &state_view_shape, .template = "pages/information/state",
              .doc = "What a change of state does, and what stands in its way."),
    ROUTE_POST("/pages/:id/state/:to", state_act, .right = RIGHT_SELF, .form = &state_form_form,
               .doc = "Changes the state of a page; publishing waits for the checks (ADM-1)."),
    {.path = NULL},
};
