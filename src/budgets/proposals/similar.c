/* Proposals that are about the same thing (PB-5): a hint to whoever writes one. */
#include "budgets/proposals/proposals.h"
#include "methods/similarity/similarity.h"
#include "proposals_statements.h"

enum { CANDIDATES_MAX = 300, SIMILAR_MAX = 5 };

static struct similar_text text_of(struct arena *arena, int64_t id, const struct similar_row *row) {
    return (struct similar_text){
        .id = id,
        .title = row->title,
        .text =
            arena_format(arena, "%s\n%s\n%s", row->place == NULL ? "" : row->place,
                         row->lead == NULL ? "" : row->lead, row->body == NULL ? "" : row->body),
    };
}

enum error proposals_similar(struct db *db, struct arena *arena, int64_t tenant,
                             const struct similar_wish *wish,
                             struct similar_row_list *ret_similar) {
    struct similar_row_list rows = {0};
    struct similar_found found[SIMILAR_MAX];
    TRY(db_many(db, arena, &sql_proposals_near,
                WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", wish->campaign),
                     BIND_INT("pot", wish->pot), BIND_INT("page", wish->page)),
                CANDIDATES_MAX, &similar_row_shape, &rows));
    const struct similar_row own = {
        .title = wish->title, .lead = wish->lead, .body = wish->body, .place = wish->place};
    const struct similar_text written = text_of(arena, 0, &own);
    struct similar_text *texts = ARENA_ARRAY(arena, rows.count + 1, struct similar_text);
    for (size_t i = 0; i < rows.count; i++)
        texts[i] = text_of(arena, (int64_t)i, &rows.at[i]);
    const size_t count = similarity_find(arena, &written, texts, rows.count, SIMILAR_MAX, found);
    struct similar_row *at = ARENA_ARRAY(arena, count + 1, struct similar_row);
    for (size_t i = 0; i < count; i++)
        at[i] = rows.at[found[i].id];
    *ret_similar = (struct similar_row_list){at, count};
    return ERR_OK;
}
