/* One's sessions: a list, ending them, logging out. */
#include "people/rules.h"
#include "people/sessions/sessions.h"
#include "people/sessions/views.h"
#include "sessions_statements.h"

enum { MOST_SESSIONS = 100 };

static bool is_staff(const struct request *rq) {
    return (rq->visitor->roles & roles_of_staff()) != 0;
}

struct session_start session_draw(struct request *rq, struct secret secret, bool remember) {
    return (struct session_start){
        .secret = secret,
        .remember = remember,
        .browser = browser_name(rq->arena, request_header(rq, "User-Agent")),
    };
}

void session_give(struct request *rq, struct reply *rp, const struct session_start *start) {
    const int64_t seconds = start->remember ? DAYS(30) / SECONDS(1) : 0;

    reply_cookie(rq, rp, COOKIE_SESSION, start->secret.text, seconds);
}

/* ---- GET /account/sessions ---- */

/* Sessions that are over but not yet removed are left out. */
static struct session_view_list living(struct request *rq, const struct session_line_list *lines) {
    struct session_view_list list = {.at =
                                         ARENA_ARRAY(rq->arena, lines->count, struct session_view)};

    for (size_t i = 0; i < lines->count; i++) {
        const struct session_line *line = &lines->at[i];
        const struct session_life life = {line->started_at, line->last_seen_at, is_staff(rq),
                                          line->remember};
        const int64_t ends_at = session_ends_at(&life);
        if (rq->now >= ends_at)
            continue;
        list.at[list.count++] = (struct session_view){
            .id = line->id,
            .started_at = line->started_at,
            .last_seen_at = line->last_seen_at,
            .ends_at = ends_at,
            .browser = line->browser,
            .is_this = line->id == rq->visitor->session,
        };
    }
    return list;
}

static enum error show_sessions(struct request *rq, struct reply *rp) {
    struct session_line_list lines;
    struct sessions_page page = {0};

    TRY(db_many(rq->db, rq->arena, &sql_session_list,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account)),
                MOST_SESSIONS, &session_line_shape, &lines));
    page.sessions = living(rq, &lines);
    page.has_others = page.sessions.count > 1;
    return reply_view(rq, rp, &page);
}

/* ---- ending ---- */

static enum error end_one_act(struct request *rq, struct db *db) {
    int64_t changed = 0;

    TRY(db_exec(db, &sql_session_end_other,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                     BIND_INT("id", path_id(rq, "id"))),
                &changed));
    if (changed == 0)
        return ERR_NOT_FOUND;
    rq->outcome = (struct outcome){200, "/account/sessions", "sessions.ended"};
    return ERR_OK;
}

static enum error end_others_act(struct request *rq, struct db *db) {
    TRY(session_end_others(db, rq->tenant, rq->visitor->account, rq->visitor->session));
    rq->outcome = (struct outcome){200, "/account/sessions", "sessions.others_ended"};
    return ERR_OK;
}

/* ---- POST /logout ---- */

static enum error logout_act(struct request *rq, struct db *db) {
    rq->outcome = (struct outcome){200, "/login", "logout.done"};
    return db_exec(db, &sql_session_end_other,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                        BIND_INT("id", rq->visitor->session)),
                   NULL);
}

static enum error logout_answer(struct request *rq, struct reply *rp) {
    reply_cookie(rq, rp, COOKIE_SESSION, "", -1);
    return reply_outcome(rq, rp);
}

const struct route session_routes[] = {
    ROUTE_GET("/account/sessions", show_sessions, .right = RIGHT_SELF, .view = &sessions_page_shape,
              .template = "people/sessions/show", .doc = "Where one is logged in."),
    ROUTE_POST("/account/sessions/:id/end", end_one_act, .right = RIGHT_SELF,
               .form_page = "/account/sessions", .doc = "Ends one of one's sessions."),
    ROUTE_POST("/account/sessions/end-others", end_others_act, .right = RIGHT_SELF,
               .form_page = "/account/sessions", .doc = "Ends all of one's sessions but this one."),
    ROUTE_POST("/logout", logout_act, .right = RIGHT_ANYONE, .answer = logout_answer,
               .is_repeatable = true, .form_page = "/account",
               .doc = "Ends the session. Twice is harmless."),
    {.path = NULL},
};
