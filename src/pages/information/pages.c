/* /pages/:slug: reading an information page. */
#include <string.h>

#include "information_statements.h"
#include "pages/information/information.h"
#include "platform/view/view.h"

enum { VARIANTS_MAX = 30 };

const struct page_kind information_kind = {
    .code = "information",
    .address = "/pages/%s",
    .record_class = "page",
    .followed = true,
};

/* ---- shared by the files here ---- */

struct page information_page(const struct information_row *row) {
    return (struct page){
        .id = row->id,
        .kind = row->kind,
        .slug = row->slug,
        .language = row->language,
        .variant = row->variant,
        .translation_of = row->translation_of,
        .title = row->title,
        .state = row->state,
        .author = row->author,
        .page_owner = row->page_owner,
        .substitute = row->substitute,
        .revision = row->revision,
        .reason = row->reason,
        .created_at = row->created_at,
        .text_at = row->text_at,
        .published_at = row->published_at,
        .updated_at = row->updated_at,
    };
}

struct page_text information_text(const struct information_row *row) {
    return (struct page_text){row->title, row->lead, row->body};
}

enum error information_find(struct db *db, struct request *rq, enum wants wants,
                            struct information_row *ret_row) {
    struct information_row row = {0};
    TRY(db_one(db, rq->arena, &sql_information_by_id,
               WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", path_id(rq, "id"))),
               &information_row_shape, &row));
    const struct page page = information_page(&row);
    const struct page_permit permit = page_permit(rq->visitor, rq->tenant, &page);
    if (!permit.sees)
        return ERR_NOT_FOUND;
    const struct page_ref ref = page_reference(rq->tenant, &page);
    if (wants == WANTS_EDIT && !permit.edits)
        return permit.disposes ? ERR_FORBIDDEN
                               : require(rq->visitor, RIGHT_publish, &ref, PERMISSION_DOES);
    *ret_row = row;
    return ERR_OK;
}

/* ---- GET /pages/:slug ---- */

static struct information_staff *staff_of(struct request *rq, const struct information_row *row) {
    const struct page page = information_page(row);
    const struct page_permit permit = page_permit(rq->visitor, rq->tenant, &page);
    const enum page_state state = (enum page_state)row->state;
    if (!permit.edits && !permit.publishes && !permit.disposes)
        return NULL;
    struct information_staff *staff = ARENA_NEW(rq->arena, struct information_staff);
    *staff = (struct information_staff){
        .revision = row->revision,
        .owner_name = row->owner_name,
        .author_name = row->author_name,
        .has_owner = row->page_owner != 0,
        .may_edit = permit.edits,
        .may_review = permit.edits && page_may_become(state, page_state_review),
        .may_take_back = permit.edits && page_may_become(state, page_state_draft),
        .may_publish = permit.publishes && page_may_become(state, page_state_published),
        .may_unpublish = permit.publishes && page_may_become(state, page_state_unpublished),
        .may_archive = permit.publishes && page_may_become(state, page_state_archived),
        .may_dispose = permit.disposes && page_may_become(state, page_state_disposed),
    };
    return staff;
}

static enum error variants_fill(struct request *rq, const struct information_row *row,
                                struct variant_view_list *ret_variants) {
    struct variant_row_list rows = {0};
    const int64_t original = row->translation_of != 0 ? row->translation_of : row->id;
    TRY(db_many(rq->db, rq->arena, &sql_information_variants,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", row->id),
                     BIND_INT("original", original)),
                VARIANTS_MAX, &variant_row_shape, &rows));
    const int64_t original_text_at =
        row->translation_of != 0 ? row->original_text_at : row->text_at;
    struct variant_view *at = ARENA_ARRAY(rq->arena, rows.count + 1, struct variant_view);
    for (size_t i = 0; i < rows.count; i++) {
        const struct variant_row *other = &rows.at[i];
        const struct page page = {.kind = information_kind.code, .slug = other->slug};
        at[i] = (struct variant_view){
            .address = page_address(rq->arena, &page),
            .title = other->title,
            .language = other->language,
            .language_name = language_name(language_from_code(other->language)),
            .variant = other->variant,
            .is_old = other->id != original && variant_is_old(other->text_at, original_text_at),
        };
    }
    *ret_variants = (struct variant_view_list){at, rows.count};
    return ERR_OK;
}

static enum error reply_gone(struct request *rq, struct reply *rp,
                             const struct information_row *row) {
    const struct information_gone view = {
        .state = row->state,
        .title = row->state == page_state_disposed ? NULL : row->title,
        .reason = row->reason,
        .updated_at = row->updated_at,
    };
    return reply_view_as(rq, rp, 410, &information_gone_shape, &view, "pages/information/gone");
}

/* Drafts are nothing to others; what was taken away is gone, with a word about it. */
static enum error judge_reader(struct request *rq, const struct information_row *row,
                               bool *ret_gone) {
    const struct page page = information_page(row);
    const bool was_public = row->state >= page_state_unpublished;
    *ret_gone = false;
    if (row->state == page_state_published)
        return ERR_OK;
    if (row->state != page_state_disposed && page_permit(rq->visitor, rq->tenant, &page).sees)
        return ERR_OK;
    *ret_gone = was_public;
    return was_public ? ERR_OK : ERR_NOT_FOUND;
}

static enum error show_page(struct request *rq, struct reply *rp) {
    struct information_row row = {0};
    bool gone = false;
    TRY(db_one(rq->db, rq->arena, &sql_information_by_slug,
               WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("slug", path_text(rq, "slug"))),
               &information_row_shape, &row));
    TRY(judge_reader(rq, &row, &gone));
    if (gone)
        return reply_gone(rq, rp, &row);
    const struct page page = information_page(&row);
    struct information_view view = {
        .id = row.id,
        .address = page_address(rq->arena, &page),
        .language = row.language,
        .state = row.state,
        .variant = row.variant,
        .title = row.title,
        .lead = row.lead,
        .body = html_from_markdown(rq->arena, row.body == NULL ? "" : row.body, HEADING_LEVEL),
        .page_owner = row.owner_name,
        .published_at = row.published_at,
        .updated_at = row.updated_at,
        .is_old = row.translation_of != 0 && variant_is_old(row.text_at, row.original_text_at),
        .staff = staff_of(rq, &row),
    };
    TRY(variants_fill(rq, &row, &view.variants));
    if (row.state == page_state_published)
        reply_may_cache(rp, INT64_MAX);
    return reply_view(rq, rp, &view);
}

static const struct route_page gone_view[] = {{&information_gone_shape, "pages/information/gone"},
                                              {0}};

const struct route information_routes[] = {
    ROUTE_GET("/pages/:slug", show_page, .right = RIGHT_ANYONE, .view = &information_view_shape,
              .template = "pages/information/show", .also = gone_view,
              .doc = "An information page; 410 with the reason when it was taken away."),
    {.path = NULL},
};
