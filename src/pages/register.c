/* What pages keep about an account (QUA-4): what it wrote and answers for. Published words stay, as
 * records; the account that wrote them keeps its number and nothing else. */
#include "pages/pages.h"
#include "pages_statements.h"
#include "platform/view/view.h"

enum { PAGES_MAX = 1000 };

#define KEPT_PAGE(F, T)                                                                            \
    F(T, id, id, , "page")                                                                         \
    F(T, text, title, , "of the page")                                                             \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, flag, is_author, , "wrote it")                                                            \
    F(T, flag, is_owner, , "answers for it")                                                       \
    F(T, flag, is_substitute, , "steps in for its owner")
SHAPE(kept_page, KEPT_PAGE);

static enum error pages_extract(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                                struct buffer *into) {
    struct kept_page_list rows = {0};
    TRY(db_many(db, arena, &sql_pages_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), PAGES_MAX,
                &kept_page_shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &kept_page_shape, &rows.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

/* Its pages are ownerless then, and are listed as such (ROL-15). */
static enum error pages_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                              int64_t now) {
    (void)arena;
    (void)now;
    return db_exec(db, &sql_pages_disown,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

const struct register_source pages_register = {"register.pages", pages_extract, pages_erase};
