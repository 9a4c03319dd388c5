/* Personal data (QUA-4): which rolls a person is on and, after sealing, whether they voted. What
 * they chose is nowhere to be found. */
#include "ballots/inside.h"
#include "ballots_statements.h"
#include "platform/view/view.h"

enum { LINES_MOST = 1000 };

#define KEPT_LINE(F, T)                                                                            \
    F(T, id, poll, , "poll")                                                                       \
    F(T, text, round, , "what was voted on")                                                       \
    F(T, text, tie, , "what was said to bind one to the place")                                    \
    F(T, flag, remind, , "asked to be reminded")                                                   \
    F(T, int, voted, , "1: voted; 0 before sealing too")
SHAPE(kept_line, KEPT_LINE);

static enum error extract(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                          struct buffer *into) {
    struct kept_line_list rows = {0};
    TRY(db_many(db, arena, &sql_voter_lines_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), LINES_MOST,
                &kept_line_shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &kept_line_shape, &rows.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

static enum error erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                        int64_t now) {
    (void)arena;
    (void)now;
    return db_exec(db, &sql_voter_lines_erase,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

const struct register_source ballot_register = {"register.ballots", extract, erase};
