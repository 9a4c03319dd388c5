#include <string.h>

#include "pages/follow/follow.h"
#include "pages/pages.h"
#include "pages_statements.h"
#include "platform/base/text.h"
#include "records/records.h"

enum { SLUGS_TRIED = 50 };

const struct page_kind *page_kind_find(const char *code) {
    for (size_t i = 0; page_kinds[i] != NULL; i++)
        if (strcmp(page_kinds[i]->code, code) == 0)
            return page_kinds[i];
    return NULL;
}

enum error page_find(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                     struct page *ret_page) {
    return db_one(db, arena, &sql_page_by_id, WITH(BIND_INT("tenant", tenant), BIND_INT("id", id)),
                  &page_shape, ret_page);
}

enum error page_find_address(struct db *db, struct arena *arena, int64_t tenant, const char *kind,
                             const char *slug, struct page *ret_page) {
    return db_one(
        db, arena, &sql_page_by_slug,
        WITH(BIND_INT("tenant", tenant), BIND_TEXT("kind", kind), BIND_TEXT("slug", slug)),
        &page_shape, ret_page);
}

struct page_ref page_reference(int64_t tenant, const struct page *page) {
    return (struct page_ref){
        .tenant = tenant,
        .id = page->id,
        .author = page->author,
        .page_owner = page->page_owner,
        .substitute = page->substitute,
        .published = page->state == page_state_published,
    };
}

struct url page_address(struct arena *arena, const struct page *page) {
    const struct page_kind *kind = page_kind_find(page->kind);
    if (kind == NULL)
        return (struct url){NULL};
    const char *cut = strstr(kind->address, "%s");
    return url_own(
        arena_format(arena, "%.*s%s", (int)(cut - kind->address), kind->address, page->slug));
}

struct page_permit page_permit(const struct visitor *visitor, int64_t tenant,
                               const struct page *page) {
    const struct page_ref ref = page_reference(tenant, page);
    const enum permission publish = may(visitor, RIGHT_publish, &ref);
    const bool answers = visitor->account != 0 && (visitor->account == page->page_owner ||
                                                   visitor->account == page->substitute);
    const bool keeps = may(visitor, RIGHT_keep_records, &ref) == PERMISSION_DOES;
    return (struct page_permit){
        .sees = ref.published || publish >= PERMISSION_SEES || keeps,
        .edits = publish >= PERMISSION_OWN && page->state < page_state_archived,
        .publishes = publish == PERMISSION_DOES || (publish == PERMISSION_OWN && answers),
        .disposes = keeps,
    };
}

/* ---- history ---- */

struct version {
    int64_t revision, restored_from;
    enum page_act act;
    const char *reason;
    const struct page_text *text; /* NULL: the words were not touched */
};

static enum error history_add(struct db *db, struct request *rq, int64_t page,
                              const struct version *version) {
    const struct page_text none = {0}, *text = version->text == NULL ? &none : version->text;
    return db_exec(db, &sql_page_revision_insert,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page),
                        BIND_INT("revision", version->revision),
                        BIND_ID("account", rq->visitor->account), BIND_TIME("now", rq->now),
                        BIND_TEXT("act", choice_code(&page_act_choices, (int)version->act)),
                        BIND_TEXT("reason", version->reason),
                        BIND_ID("restored_from", version->restored_from),
                        BIND_TEXT("title", text->title), BIND_TEXT("lead", text->lead),
                        BIND_TEXT("body", text->body)),
                   NULL);
}

static enum error audit(struct db *db, struct request *rq, const char *act, int64_t page,
                        const char *reason) {
    return audit_append(db, rq,
                        &(struct audit_entry){
                            .act = act,
                            .account = rq->visitor->account,
                            .object = arena_format(rq->arena, "page:%lld", (long long)page),
                            .reason = reason,
                        });
}

enum error page_history_note(struct db *db, struct request *rq, const struct page *page,
                             enum page_act act) {
    return history_add(db, rq, page->id,
                       &(struct version){.revision = page->revision + 1, .act = act});
}

/* ---- words ---- */

#define WORDS_ROW(F, T)                                                                            \
    F(T, text, lead, , "a few sentences before the text")                                          \
    F(T, text, body, , "Markdown")
SHAPE(words_row, WORDS_ROW);

enum error page_text_find(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                          struct page_text *ret_text) {
    struct words_row row = {.lead = "", .body = ""};
    const enum error error =
        db_one(db, arena, &sql_page_text_by_page,
               WITH(BIND_INT("tenant", tenant), BIND_INT("page", id)), &words_row_shape, &row);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    ret_text->lead = row.lead;
    ret_text->body = row.body;
    return ERR_OK;
}

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

static enum error text_put(struct db *db, int64_t tenant, int64_t page,
                           const struct page_text *text) {
    return db_exec(db, &sql_page_text_put,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("page", page),
                        BIND_TEXT("lead", or_empty(text->lead)),
                        BIND_TEXT("body", or_empty(text->body))),
                   NULL);
}

/* ---- making and saving ---- */

static enum error row_insert(struct db *db, struct request *rq, const struct page *page,
                             const struct page_kind *kind, int64_t *ret_id) {
    for (int n = 1; n <= SLUGS_TRIED; n++) {
        const enum error error = db_integer(
            db, &sql_page_insert,
            WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("kind", page->kind),
                 BIND_TEXT("slug", page_slug_candidate(rq->arena, page->title, n)),
                 BIND_TEXT("language", page->language),
                 BIND_TEXT("variant", choice_code(&page_variant_choices, page->variant)),
                 BIND_ID("translation_of", page->translation_of), BIND_TEXT("title", page->title),
                 BIND_TEXT("title_key", text_fold(rq->arena, page->title)),
                 BIND_ID("author", page->author), BIND_ID("page_owner", page->page_owner),
                 BIND_ID("substitute", page->substitute),
                 BIND_TEXT("record_class", kind->record_class), BIND_TIME("now", rq->now)),
            ret_id);
        if (error != ERR_NOT_FOUND)
            return error;
    }
    return ERR_CONFLICT;
}

enum error page_add(struct db *db, struct request *rq, const struct page *page,
                    const struct page_text *words, int64_t *ret_id) {
    const struct page_kind *kind = page_kind_find(page->kind);
    if (kind == NULL)
        return ERR_FAULT;
    int64_t id = 0;
    TRY(row_insert(db, rq, page, kind, &id));
    const struct page_text text = {
        .title = page->title,
        .lead = words == NULL ? NULL : or_empty(words->lead),
        .body = words == NULL ? NULL : or_empty(words->body),
    };
    if (words != NULL)
        TRY(text_put(db, rq->tenant, id, &text));
    TRY(history_add(db, rq, id,
                    &(struct version){.revision = 1, .act = page_act_made, .text = &text}));
    TRY(audit(db, rq, "page.create", id, NULL));
    *ret_id = id;
    return ERR_OK;
}

enum error page_save(struct db *db, struct request *rq, const struct page *page,
                     const struct page_text *text, int64_t restored_from) {
    int64_t changed = 0;
    TRY(db_exec(db, &sql_page_save,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", page->id),
                     BIND_INT("revision", page->revision), BIND_TEXT("title", text->title),
                     BIND_TEXT("title_key", text_fold(rq->arena, text->title)),
                     BIND_TEXT("language", page->language), BIND_TIME("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(text_put(db, rq->tenant, page->id, text));
    TRY(history_add(db, rq, page->id,
                    &(struct version){
                        .revision = page->revision + 1,
                        .restored_from = restored_from,
                        .act = restored_from == 0 ? page_act_saved : page_act_restored,
                        .text = text,
                    }));
    /* A draft is its writer's own affair; what readers see is an official act. */
    return page->state == page_state_published ? audit(db, rq, "page.change", page->id, NULL)
                                               : ERR_OK;
}

/* ---- states ---- */

/* Row of records/acts.def. */
static const char *act_of(enum page_state to) {
    static const char *const acts[] = {
        [page_state_draft] = "page.draft",       [page_state_review] = "page.review",
        [page_state_published] = "page.publish", [page_state_unpublished] = "page.unpublish",
        [page_state_archived] = "page.archive",  [page_state_disposed] = "page.dispose",
    };
    return acts[to];
}

/* A disposed page keeps its number, its decision and nothing that was written on it. */
static enum error dispose(struct db *db, struct request *rq, const struct page *page,
                          const char *decision) {
    int64_t changed = 0;
    TRY(db_exec(db, &sql_page_dispose,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", page->id),
                     BIND_INT("revision", page->revision), BIND_TEXT("title", "–"),
                     BIND_TEXT("slug", arena_format(rq->arena, "%lld", (long long)page->id)),
                     BIND_TEXT("disposal", decision), BIND_TIME("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    const struct bind *which = WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page->id));
    TRY(db_exec(db, &sql_page_text_remove, which, NULL));
    TRY(db_exec(db, &sql_page_revisions_remove, which, NULL));
    return audit(db, rq, act_of(page_state_disposed), page->id, decision);
}

static enum error state_put(struct db *db, struct request *rq, const struct page *page,
                            enum page_state to, const char *reason) {
    int64_t changed = 0;
    const char *code = choice_code(&page_state_choices, (int)to);
    TRY(db_exec(db, &sql_page_state_put,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", page->id),
                     BIND_INT("revision", page->revision), BIND_TEXT("state", code),
                     BIND_TEXT("from_state", choice_code(&page_state_choices, page->state)),
                     BIND_TEXT("reason", to == page_state_archived ? page->reason : reason),
                     BIND_TIME("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    const int act = choice_find(&page_act_choices, code);
    TRY(history_add(db, rq, page->id,
                    &(struct version){.revision = page->revision + 1,
                                      .act = (enum page_act)act,
                                      .reason = reason}));
    return audit(db, rq, act_of(to), page->id, reason);
}

enum error page_change_state(struct db *db, struct request *rq, const struct page *page,
                             enum page_state to, const char *reason) {
    if (!page_may_become((enum page_state)page->state, to))
        return ERR_CONFLICT;
    if (page_state_wants_reason(to) && or_empty(reason)[0] == '\0')
        return ERR_INVALID;
    if (to == page_state_disposed)
        return dispose(db, rq, page, reason);
    if (to == page_state_published) {
        unsigned missing = 0;
        TRY(organisation_missing(db, rq->arena, rq->tenant, &missing));
        if (missing != 0)
            return ERR_FORBIDDEN;
    }
    TRY(state_put(db, rq, page, to, reason));
    if (to == page_state_published)
        TRY(follow_tell(db, rq, page,
                        page->published_at == INSTANT_NONE ? page_news_published
                                                           : page_news_changed));
    return ERR_OK;
}
