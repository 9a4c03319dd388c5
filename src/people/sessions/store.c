#include "people/rules.h"
#include "people/sessions/sessions.h"
#include "sessions_statements.h"

enum error session_find(struct db *db, struct arena *arena, int64_t tenant, const char *cookie,
                        int64_t now, struct session_row *ret_session) {
    const struct secret secret = secret_of(cookie);
    struct session_row session;

    TRY(db_one(db, arena, &sql_session_visitor,
               WITH(BIND_INT("tenant", tenant), BIND_BLOB("secret", secret.hash, SECRET_BYTES),
                    BIND_TIME("minute_ago", now - MINUTES(1)), BIND_TIME("now", now)),
               &session_row_shape, &session));
    const struct session_life life = {
        .started_at = session.started_at,
        .last_seen_at = session.last_seen_at,
        .staff = (roles_from_codes(session.roles) & roles_of_staff()) != 0,
        .remember = session.remember,
    };
    if (now >= session_ends_at(&life))
        return ERR_NOT_FOUND;
    *ret_session = session;
    return ERR_OK;
}

enum error session_begin(struct db *db, int64_t tenant, const struct session_start *start,
                         int64_t now) {
    TRY(db_exec(db, &sql_session_add,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", start->account),
                     BIND_BLOB("secret", start->secret.hash, SECRET_BYTES), BIND_TIME("now", now),
                     BIND_INT("remember", start->remember), BIND_TEXT("browser", start->browser)),
                NULL));
    return db_exec(db, &sql_account_seen,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", start->account),
                        BIND_TIME("seen_at", now)),
                   NULL);
}

enum error session_prove(struct db *db, struct request *rq, const struct secret *secret) {
    return db_exec(db, &sql_session_prove,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                        BIND_INT("id", rq->visitor->session), BIND_TIME("now", rq->now),
                        BIND_BLOB("secret", secret->hash, SECRET_BYTES)),
                   NULL);
}

enum error session_is_proved_by(struct db *db, struct request *rq, const struct secret *secret,
                                bool *ret_is) {
    int64_t count = 0;

    TRY(db_integer(db, &sql_session_is_proved_by,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", rq->visitor->session),
                        BIND_BLOB("secret", secret->hash, SECRET_BYTES),
                        BIND_TIME("minute_ago", rq->now - MINUTES(1))),
                   &count));
    *ret_is = count == 1;
    return ERR_OK;
}

enum error session_end_all(struct db *db, int64_t tenant, int64_t account) {
    return db_exec(db, &sql_session_end_all,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

enum error session_end_others(struct db *db, int64_t tenant, int64_t account, int64_t session) {
    return db_exec(
        db, &sql_session_end_others,
        WITH(BIND_INT("tenant", tenant), BIND_INT("account", account), BIND_INT("id", session)),
        NULL);
}
