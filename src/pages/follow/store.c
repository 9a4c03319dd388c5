#include <sodium.h>
#include <string.h>

#include "follow_statements.h"
#include "pages/follow/follow.h"
#include "platform/base/text.h"

/* ---- what is drawn ---- */

static void draw(struct request *rq, const char *purpose, unsigned char ret_bytes[16]) {
    crypto_generichash(ret_bytes, 16, (const unsigned char *)purpose, strlen(purpose), rq->seed,
                       sizeof rq->seed);
}

const char *follow_draw_key(struct request *rq, const char *purpose) {
    unsigned char bytes[16];
    draw(rq, purpose, bytes);
    char *hex = arena_take(rq->arena, sizeof bytes * 2 + 1);
    return sodium_bin2hex(hex, sizeof bytes * 2 + 1, bytes, sizeof bytes);
}

const char *follow_draw_code(struct request *rq, const char *purpose) {
    unsigned char bytes[16];
    uint64_t number = 0;
    draw(rq, purpose, bytes);
    memcpy(&number, bytes, sizeof number);
    return arena_format(rq->arena, "%06u", (unsigned)(number % 1000000));
}

/* ---- rows ---- */

#define FOLLOW_KEY_ROW(F, T) F(T, slug, leave_key, , "opens the page where it is changed or left")
SHAPE(follow_key_row, FOLLOW_KEY_ROW);

enum error follow_put(struct db *db, struct arena *arena, int64_t tenant,
                      const struct follow_wish *wish, int64_t now, const char **ret_key) {
    struct follow_key_row row = {0};
    TRY(db_one(
        db, arena, &sql_follow_put,
        WITH(BIND_INT("tenant", tenant), BIND_INT("page", wish->page),
             BIND_ID("account", wish->account), BIND_TEXT("email", wish->email),
             BIND_TEXT("email_key", text_email_key(arena, wish->email)),
             BIND_TEXT("language", language_code(wish->language)),
             BIND_TEXT("frequency", choice_code(&follow_frequency_choices, (int)wish->frequency)),
             BIND_TEXT("leave_key", wish->leave_key), BIND_TIME("now", now)),
        &follow_key_row_shape, &row));
    *ret_key = row.leave_key;
    return ERR_OK;
}

enum error follow_tell(struct db *db, struct request *rq, const struct page *page,
                       enum page_news what) {
    int64_t id = 0;
    const struct page_kind *kind = page_kind_find(page->kind);
    if (kind == NULL || !kind->followed)
        return ERR_OK;
    TRY(db_integer(db, &sql_page_news_insert,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page->id),
                        BIND_TEXT("what", choice_code(&page_news_choices, (int)what)),
                        BIND_TIME("now", rq->now)),
                   &id));
    const char *key = arena_format(rq->arena, "%lld", (long long)id);
    return job_queue(db, rq->tenant, follow_tell_job.name, key, NULL, rq->now, rq->now);
}
