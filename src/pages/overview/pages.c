/* /pages: what the staff has written and answers for. */
#include <string.h>

#include "overview_statements.h"
#include "pages/overview/views.h"
#include "platform/base/text.h"

enum { PAGES_SHOWN = 50, STATES_MAX = 6 };

/* What the list was asked for. */
struct asked {
    const char *query, *state, *pattern;
    const char *coming_in; /* kinds that people send in, with a blank around each */
    bool everything;
    int64_t before_at, before_id;
};

/* "%åvik%", with the signs of LIKE made plain. */
static const char *pattern_of(struct arena *arena, const char *query) {
    const char *folded = query == NULL ? "" : text_fold(arena, query);
    char *pattern = arena_take(arena, strlen(folded) * 2 + 3), *at = pattern;
    *at++ = '%';
    for (; *folded != '\0'; folded++) {
        if (strchr("%_\\", *folded) != NULL)
            *at++ = '\\';
        *at++ = *folded;
    }
    *at = '%';
    return pattern;
}

/* " proposal " */
static const char *kinds_coming_in(struct arena *arena) {
    const char *kinds = " ";
    for (size_t i = 0; page_kinds[i] != NULL; i++)
        if (page_kinds[i]->comes_in)
            kinds = arena_format(arena, "%s%s ", kinds, page_kinds[i]->code);
    return kinds;
}

/* "before=<updated_at>.<id>", made by next_address. */
static void cursor_read(const struct request *rq, struct asked *asked) {
    const char *cursor = query_text(rq, "before");
    char *end = NULL;
    asked->before_at = INT64_MAX;
    asked->before_id = INT64_MAX;
    if (cursor == NULL)
        return;
    const int64_t at = strtoll(cursor, &end, 10);
    if (*end != '.')
        return;
    asked->before_at = at;
    asked->before_id = strtoll(end + 1, NULL, 10);
}

static struct asked asked_of(const struct request *rq) {
    const struct overview_form *form = rq->form;
    struct asked asked = {
        .query = form->q,
        .state = form->state != NULL && choice_find(&page_state_choices, form->state) >= 0
                     ? form->state
                     : "",
        .pattern = pattern_of(rq->arena, form->q),
        .coming_in = kinds_coming_in(rq->arena),
        .everything = may(rq->visitor, RIGHT_publish, NULL) == PERMISSION_DOES,
    };
    cursor_read(rq, &asked);
    return asked;
}

static struct url address_of(struct arena *arena, const char *query, const char *state,
                             const char *before) {
    struct buffer buffer = buffer_in(arena, 4096);
    const char *between = "?";
    const struct {
        const char *name, *value;
    } parts[] = {{"q", query}, {"state", state}, {"before", before}};
    buffer_text(&buffer, "/pages");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].value == NULL || parts[i].value[0] == '\0')
            continue;
        buffer_format(&buffer, "%s%s=", between, parts[i].name);
        address_escape(&buffer, parts[i].value);
        between = "&";
    }
    return url_own(buffer_string(&buffer));
}

/* ---- filters ---- */

#define COUNT_ROW(F, T)                                                                            \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, int, count, , "of pages")
SHAPE(count_row, COUNT_ROW);

static enum error filters_fill(struct request *rq, const struct asked *asked,
                               struct overview_view *view) {
    struct count_row_list rows = {0};
    TRY(db_many(rq->db, rq->arena, &sql_overview_counts,
                WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("pattern", asked->pattern),
                     BIND_TEXT("coming_in", asked->coming_in),
                     BIND_INT("everything", asked->everything),
                     BIND_INT("account", rq->visitor->account)),
                STATES_MAX, &count_row_shape, &rows));
    struct overview_filter *at = ARENA_ARRAY(rq->arena, STATES_MAX + 1, struct overview_filter);
    size_t count = 1;
    for (int state = 0; state < STATES_MAX; state++)
        for (size_t i = 0; i < rows.count; i++) {
            if (rows.at[i].state != state)
                continue;
            const char *code = choice_code(&page_state_choices, state);
            at[count++] = (struct overview_filter){
                .label = word(rq->language, arena_format(rq->arena, "page_state.%s", code)),
                .address = address_of(rq->arena, asked->query, code, NULL),
                .count = rows.at[i].count,
                .chosen = strcmp(code, asked->state) == 0,
            };
            view->count += rows.at[i].count;
        }
    at[0] = (struct overview_filter){
        .label = word(rq->language, "pages.all"),
        .address = address_of(rq->arena, asked->query, NULL, NULL),
        .count = view->count,
        .chosen = asked->state[0] == '\0',
    };
    view->filters = (struct overview_filter_list){at, count};
    return ERR_OK;
}

/* ---- the list ---- */

static struct overview_item item_of(struct request *rq, const struct overview_row *row) {
    const struct page page = {.kind = row->kind, .slug = row->slug};
    return (struct overview_item){
        .id = row->id,
        .address = page_address(rq->arena, &page),
        .title = row->title,
        .state = row->state,
        .variant = row->variant,
        .language = row->language,
        .language_name = language_name(language_from_code(row->language)),
        .owner_name = row->owner_name,
        .has_owner = row->page_owner != 0,
        .is_old = row->variant != page_variant_original &&
                  variant_is_old(row->text_at, row->original_text_at),
        .updated_at = row->updated_at,
    };
}

static enum error list_fill(struct request *rq, const struct asked *asked,
                            struct overview_view *view) {
    struct overview_row_list rows = {0};
    TRY(db_many(
        rq->db, rq->arena, &sql_overview_pages,
        WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("state", asked->state),
             BIND_TEXT("pattern", asked->pattern), BIND_TEXT("coming_in", asked->coming_in),
             BIND_INT("everything", asked->everything), BIND_INT("account", rq->visitor->account),
             BIND_INT("before_at", asked->before_at), BIND_INT("before_id", asked->before_id)),
        PAGES_SHOWN + 1, &overview_row_shape, &rows));
    const size_t shown = rows.count < PAGES_SHOWN ? rows.count : PAGES_SHOWN;
    struct overview_item *at = ARENA_ARRAY(rq->arena, shown + 1, struct overview_item);
    for (size_t i = 0; i < shown; i++)
        at[i] = item_of(rq, &rows.at[i]);
    view->pages = (struct overview_item_list){at, shown};
    if (rows.count > shown) {
        const struct overview_row *last = &rows.at[shown - 1];
        view->next = address_of(
            rq->arena, asked->query, asked->state,
            arena_format(rq->arena, "%lld.%lld", (long long)last->updated_at, (long long)last->id));
    }
    return ERR_OK;
}

static enum error show_pages(struct request *rq, struct reply *rp) {
    const struct asked asked = asked_of(rq);
    int64_t late = 0;
    struct overview_view view = {
        .query = asked.query,
        .state = asked.state[0] == '\0' ? NULL : asked.state,
        .may_hand_over = may(rq->visitor, RIGHT_administer, NULL) == PERMISSION_DOES,
    };
    TRY(filters_fill(rq, &asked, &view));
    TRY(list_fill(rq, &asked, &view));
    TRY(task_count(rq->db, rq, &view.waiting, &late));
    return reply_view(rq, rp, &view);
}

const struct route overview_routes[] = {
    ROUTE_GET("/pages", show_pages, .right = RIGHT_publish, .form = &overview_form_form,
              .view = &overview_view_shape, .template = "pages/overview/list",
              .doc = "Pages that the visitor writes or answers for; ?q, ?state."),
    {.path = NULL},
};
