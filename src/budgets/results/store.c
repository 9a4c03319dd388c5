#include <string.h>

#include "budgets/results/results.h"
#include "results_statements.h"

_Static_assert((int)result_why_selected == COUNT_SELECTED &&
                   (int)result_why_no_room == COUNT_NO_ROOM &&
                   (int)result_why_too_few == COUNT_TOO_FEW &&
                   (int)result_why_after_stop == COUNT_AFTER_STOP,
               "the count's reasons are those of the rows");

#define CAMPAIGN_KEY BIND_INT("tenant", tenant), BIND_INT("campaign", campaign)

enum error result_latest(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                         struct result_head *ret_head) {
    return db_one(db, arena, &sql_result_latest, WITH(CAMPAIGN_KEY), &result_head_shape, ret_head);
}

enum error result_public(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                         int64_t now, struct result_head *ret_head) {
    return db_one(db, arena, &sql_result_public, WITH(CAMPAIGN_KEY, BIND_TIME("now", now)),
                  &result_head_shape, ret_head);
}

enum error result_lines_find(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                             int64_t version, struct result_line_list *ret_lines) {
    return db_many(db, arena, &sql_result_lines, WITH(CAMPAIGN_KEY, BIND_INT("version", version)),
                   RESULT_LINES_MAX, &result_line_shape, ret_lines);
}

#define DOCUMENT_ROW(F, T)                                                                         \
    F(T, text, document, , "canonical JSON")                                                       \
    F(T, slug, document_hash, , "SHA-256 of it, hex")
SHAPE(document_row, DOCUMENT_ROW);

enum error result_document_find(struct db *db, struct arena *arena, int64_t tenant,
                                int64_t campaign, int64_t version, const char **ret_document) {
    struct document_row row = {0};
    TRY(db_one(db, arena, &sql_result_document, WITH(CAMPAIGN_KEY, BIND_INT("version", version)),
               &document_row_shape, &row));
    *ret_document = row.document;
    return ERR_OK;
}

enum error result_of_proposal(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                              int64_t now, struct result_row *ret_row) {
    return db_one(db, arena, &sql_result_row_of_page,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("page", page), BIND_TIME("now", now)),
                  &result_row_shape, ret_row);
}

enum error result_asked(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                        const struct poll_request **ret_request) {
    struct poll_request_list requests = {0};
    *ret_request = NULL;
    TRY(poll_requests_find(db, arena, tenant, poll, &requests));
    for (size_t i = 0; i < requests.count && *ret_request == NULL; i++)
        if (requests.at[i].act == poll_act_attest && requests.at[i].answer == NULL)
            *ret_request = &requests.at[i];
    return ERR_OK;
}

struct result_facts result_facts_of(const struct result_head *head,
                                    const struct poll_request *asked) {
    return (struct result_facts){
        .state = head->state,
        .counted_by = head->counted_by,
        .asked_by = asked == NULL ? 0 : asked->asked_by,
        .publish_at = head->publish_at,
        .is_attested = head->attested_at != INSTANT_NONE,
    };
}

bool result_sees_all(const struct request *rq) {
    return may(rq->visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES;
}

const char *result_part(struct arena *arena, const struct campaign *campaign, const char *part) {
    return arena_format(arena, "/budgets/%s/%s", campaign->slug, part);
}
