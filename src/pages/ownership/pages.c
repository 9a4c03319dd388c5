/* Page owner and substitute (ROL-15): of one page, and all of somebody who leaves in one step. */
#include <string.h>

#include "ownership_statements.h"
#include "pages/contact/contact.h"
#include "pages/information/information.h"
#include "pages/pages.h"
#include "pages/todo/todo.h"
#include "records/records.h"

enum { ORPHANS_SHOWN = 100, OWNERS_MAX = 200 };

/* ---- views ---- */

#define OWNER_FORM(F, T)                                                                           \
    F(T, option, page_owner, , REQUIRED, 0, page, "who answers for it")                            \
    F(T, option, substitute, , OPTIONAL, 0, page, "who steps in for the owner")                    \
    F(T, id, revision, , REQUIRED, 0, none, "the version that was seen")
FORM(owner_form, OWNER_FORM);

#define OWNER_VIEW(F, T)                                                                           \
    F(T, id, id, , "page")                                                                         \
    F(T, url, address, , "where it is read")                                                       \
    F(T, text, title, , "of the page")                                                             \
    F(T, text, author_name, , "who wrote it; stays")                                               \
    F(T, id, revision, , "the version that stands now")
SHAPE(owner_view, OWNER_VIEW);

#define HAND_OVER_FORM(F, T)                                                                       \
    F(T, option, leaver, , REQUIRED, 0, page, "who leaves")                                        \
    F(T, option, heir, , REQUIRED, 0, page, "who takes over")
FORM(hand_over_form, HAND_OVER_FORM);

#define ORPHAN_ROW(F, T)                                                                           \
    F(T, id, id, , "page")                                                                         \
    F(T, slug, kind, , "code of a page_kind")                                                      \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, text, title, , "of the page")                                                             \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, text, substitute_name, , "who could step in")
SHAPE(orphan_row, ORPHAN_ROW);

#define ORPHAN_VIEW(F, T)                                                                          \
    F(T, id, id, , "page")                                                                         \
    F(T, url, address, , "where it is read")                                                       \
    F(T, text, title, , "of the page")                                                             \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, text, substitute_name, , "who could step in")
SHAPE(orphan_view, ORPHAN_VIEW);

#define OWNER_ROW(F, T)                                                                            \
    F(T, id, id, , "account")                                                                      \
    F(T, text, name, , "as they wish to be called")                                                \
    F(T, text, email, , "for those without a name")                                                \
    F(T, int, owned, , "pages they answer for")                                                    \
    F(T, int, substituted, , "pages they step in for")                                             \
    F(T, int, tasks, , "things that wait for them")
SHAPE(owner_row, OWNER_ROW);

#define HAND_OVER_VIEW(F, T)                                                                       \
    F(T, flag, for_all, , "the visitor may hand over what others own")                             \
    F(T, list, owners, owner_row, "those who own something; only oneself unless for_all")          \
    F(T, list, orphans, orphan_view, "pages that nobody answers for, at most 100")                 \
    F(T, flag, more, , "there are more than these")
SHAPE(hand_over_view, HAND_OVER_VIEW);

/* ---- one page ---- */

static enum error show_owner(struct request *rq, struct reply *rp) {
    struct information_row row = {0};
    struct owner_form *values = ARENA_NEW(rq->arena, struct owner_form);
    TRY(information_find(rq->db, rq, WANTS_EDIT, &row));
    TRY(information_options(rq->db, rq, &rq->options));
    const struct page page = information_page(&row);
    const struct owner_view view = {
        .id = row.id,
        .address = page_address(rq->arena, &page),
        .title = row.title,
        .author_name = row.author_name,
        .revision = row.revision,
    };
    if (row.page_owner != 0)
        values->page_owner = arena_format(rq->arena, "%lld", (long long)row.page_owner);
    if (row.substitute != 0)
        values->substitute = arena_format(rq->arena, "%lld", (long long)row.substitute);
    rq->values = values;
    return reply_view(rq, rp, &view);
}

static enum error refuse_owner(struct request *rq, const char *field, const char *why) {
    form_refuse(rq->arena, &rq->errors, &owner_form_form, field, why);
    return ERR_INVALID;
}

static enum error owner_history(struct db *db, struct request *rq, const struct page *page) {
    TRY(page_history_note(db, rq, page, page_act_handed_over));
    return audit_append(db, rq,
                        &(struct audit_entry){
                            .act = "page.owner",
                            .account = rq->visitor->account,
                            .object = arena_format(rq->arena, "page:%lld", (long long)page->id),
                        });
}

static enum error owner_act(struct request *rq, struct db *db) {
    const struct owner_form *form = rq->form;
    struct information_row row = {0};
    const struct form_options *options = NULL;
    int64_t changed = 0;
    TRY(information_find(db, rq, WANTS_EDIT, &row));
    TRY(information_options(db, rq, &options));
    if (!option_offered(options, "page_owner", form->page_owner))
        return refuse_owner(rq, "page_owner", "field.not_offered");
    if (form->substitute != NULL && !option_offered(options, "substitute", form->substitute))
        return refuse_owner(rq, "substitute", "field.not_offered");
    if (form->substitute != NULL && strcmp(form->substitute, form->page_owner) == 0)
        return refuse_owner(rq, "substitute", "pages.own_substitute");
    const int64_t substitute = form->substitute == NULL ? 0 : strtoll(form->substitute, NULL, 10);
    TRY(db_exec(db, &sql_owner_put,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", row.id),
                     BIND_INT("revision", form->revision),
                     BIND_INT("page_owner", strtoll(form->page_owner, NULL, 10)),
                     BIND_ID("substitute", substitute)),
                &changed));
    if (changed == 0)
        return refuse_owner(rq, NULL, "pages.state_conflict");
    const struct page page = information_page(&row);
    rq->outcome = (struct outcome){200, page_address(rq->arena, &page).address, "pages.owner_set"};
    return owner_history(db, rq, &page);
}

/* ---- all of somebody ---- */

static bool hands_over_for_all(const struct request *rq) {
    return may(rq->visitor, RIGHT_administer, NULL) == PERMISSION_DOES;
}

/* An administrator for everybody, the others for themselves. */
static enum error find_owners(struct db *db, struct request *rq,
                              struct owner_row_list *ret_owners) {
    struct owner_row_list all = {0};
    TRY(db_many(db, rq->arena, &sql_owners_all, WITH(BIND_INT("tenant", rq->tenant)), OWNERS_MAX,
                &owner_row_shape, &all));
    if (hands_over_for_all(rq)) {
        *ret_owners = all;
        return ERR_OK;
    }
    *ret_owners = (struct owner_row_list){0};
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].id == rq->visitor->account)
            *ret_owners = (struct owner_row_list){&all.at[i], 1};
    return ERR_OK;
}

static enum error orphans_fill(struct request *rq, struct hand_over_view *view) {
    struct orphan_row_list rows = {0};
    TRY(db_many(rq->db, rq->arena, &sql_pages_without_owner, WITH(BIND_INT("tenant", rq->tenant)),
                ORPHANS_SHOWN + 1, &orphan_row_shape, &rows));
    const size_t shown = rows.count < ORPHANS_SHOWN ? rows.count : ORPHANS_SHOWN;
    struct orphan_view *at = ARENA_ARRAY(rq->arena, shown + 1, struct orphan_view);
    for (size_t i = 0; i < shown; i++) {
        const struct page page = {.kind = rows.at[i].kind, .slug = rows.at[i].slug};
        at[i] = (struct orphan_view){
            .id = rows.at[i].id,
            .address = page_address(rq->arena, &page),
            .title = rows.at[i].title,
            .state = rows.at[i].state,
            .substitute_name = rows.at[i].substitute_name,
        };
    }
    view->orphans = (struct orphan_view_list){at, shown};
    view->more = rows.count > shown;
    return ERR_OK;
}

static const struct form_options *leaver_options(struct request *rq,
                                                 const struct owner_row_list *owners,
                                                 const struct form_options *publishers) {
    struct option_view *at = ARENA_ARRAY(rq->arena, owners->count + 1, struct option_view);
    struct form_options *options = ARENA_ARRAY(rq->arena, 2, struct form_options);
    for (size_t i = 0; i < owners->count; i++) {
        const struct owner_row *owner = &owners->at[i];
        at[i] = (struct option_view){
            .code = arena_format(rq->arena, "%lld", (long long)owner->id),
            .label = owner->name != NULL ? owner->name : owner->email,
        };
    }
    options[0] = (struct form_options){"leaver", at, owners->count, &options[1]};
    options[1] = (struct form_options){"heir", publishers->at, publishers->count, NULL};
    return options;
}

static enum error find_hand_over(struct db *db, struct request *rq,
                                 struct owner_row_list *ret_owners,
                                 const struct form_options **ret_options) {
    const struct form_options *publishers = NULL;
    if (!hands_over_for_all(rq))
        TRY(require(rq->visitor, RIGHT_publish, NULL, PERMISSION_OWN));
    TRY(find_owners(db, rq, ret_owners));
    TRY(information_options(db, rq, &publishers));
    *ret_options = leaver_options(rq, ret_owners, publishers);
    return ERR_OK;
}

static enum error show_hand_over(struct request *rq, struct reply *rp) {
    struct hand_over_view view = {.for_all = hands_over_for_all(rq)};
    TRY(find_hand_over(rq->db, rq, &view.owners, &rq->options));
    TRY(orphans_fill(rq, &view));
    struct hand_over_form *values = ARENA_NEW(rq->arena, struct hand_over_form);
    if (view.owners.count == 1)
        values->leaver = arena_format(rq->arena, "%lld", (long long)view.owners.at[0].id);
    rq->values = values;
    return reply_view(rq, rp, &view);
}

static enum error hand_over(struct request *rq, struct db *db, int64_t leaver, int64_t heir) {
    int64_t pages = 0, tasks = 0, letters = 0;
    TRY(db_exec(db, &sql_hand_over_history,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("by", rq->visitor->account),
                     BIND_TIME("now", rq->now), BIND_INT("leaver", leaver)),
                NULL));
    TRY(db_exec(
        db, &sql_hand_over_pages,
        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("leaver", leaver), BIND_INT("heir", heir)),
        &pages));
    TRY(tasks_hand_over(db, rq->tenant, leaver, heir, &tasks));
    TRY(contacts_hand_over(db, rq->tenant, leaver, heir, &letters));
    return audit_append(
        db, rq,
        &(struct audit_entry){
            .act = "page.owner",
            .account = rq->visitor->account,
            .object = arena_format(rq->arena, "account:%lld", (long long)leaver),
            .detail = arena_format(
                rq->arena, "{\"to\":%lld,\"pages\":%lld,\"tasks\":%lld,\"letters\":%lld}",
                (long long)heir, (long long)pages, (long long)tasks, (long long)letters),
        });
}

static enum error refuse_hand_over(struct request *rq, const char *field, const char *why) {
    form_refuse(rq->arena, &rq->errors, &hand_over_form_form, field, why);
    return ERR_INVALID;
}

static enum error hand_over_act(struct request *rq, struct db *db) {
    const struct hand_over_form *form = rq->form;
    struct owner_row_list owners = {0};
    const struct form_options *options = NULL;
    TRY(find_hand_over(db, rq, &owners, &options));
    if (!option_offered(options, "leaver", form->leaver))
        return refuse_hand_over(rq, "leaver", "field.not_offered");
    if (!option_offered(options, "heir", form->heir))
        return refuse_hand_over(rq, "heir", "field.not_offered");
    if (strcmp(form->leaver, form->heir) == 0)
        return refuse_hand_over(rq, "heir", "pages.same_person");
    rq->outcome = (struct outcome){200, "/pages/hand-over", "pages.handed_over"};
    return hand_over(rq, db, strtoll(form->leaver, NULL, 10), strtoll(form->heir, NULL, 10));
}

const struct route ownership_routes[] = {
    ROUTE_GET("/pages/:id/owner", show_owner, .right = RIGHT_publish, .form = &owner_form_form,
              .view = &owner_view_shape, .template = "pages/ownership/owner",
              .doc = "Who answers for a page and who steps in."),
    ROUTE_POST("/pages/:id/owner", owner_act, .right = RIGHT_publish, .form = &owner_form_form,
               .doc = "Gives a page another owner or substitute."),
    ROUTE_GET("/pages/hand-over", show_hand_over, .right = RIGHT_SELF, .form = &hand_over_form_form,
              .view = &hand_over_view_shape, .template = "pages/ownership/hand_over",
              .doc = "Pages that nobody answers for; handing over all of somebody who leaves."),
    ROUTE_POST("/pages/hand-over", hand_over_act, .right = RIGHT_SELF, .form = &hand_over_form_form,
               .doc = "Hands over pages, tasks and letters of one person in one step (ROL-15)."),
    {.path = NULL},
};
