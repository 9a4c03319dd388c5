/* Sessions: begun by a log-in, known by a cookie whose hash is kept, listed and ended by their
 * holder. */
#ifndef RADSLAG_SESSIONS_H
#define RADSLAG_SESSIONS_H

#include "people/people.h"
#include "people/sessions/rules.h"

enum { SECRET_BYTES = 32, SECRET_TEXT = 44 };

/* A cookie's or token's value: 256 random bits as text, and what is kept of it. */
struct secret {
    char text[SECRET_TEXT];           /* base64url */
    unsigned char hash[SECRET_BYTES]; /* SHA-256 of the text */
};

/* Draws one; in prepare, never in act. */
struct secret secret_new(void);
/* The one with this text; a longer text than any of ours gives the hash of nothing. */
struct secret secret_of(const char *text);
/* The one that follows from `from` by the server's key: the same each time. */
enum error secret_derived(const char *purpose, const char *from, struct secret *ret_secret)
    MUST_USE;

#define SESSION_ROW(F, T)                                                                          \
    F(T, id, session, , "")                                                                        \
    F(T, id, account, , "")                                                                        \
    F(T, text, name, , "as they wish to be called; none = not said")                               \
    F(T, text, email, , "as typed")                                                                \
    F(T, slug, language, , "code")                                                                 \
    F(T, text, roles, , "codes with spaces between")                                               \
    F(T, time, started_at, , "")                                                                   \
    F(T, time, last_seen_at, , "to the minute")                                                    \
    F(T, flag, remember, , "stay logged in on this computer")                                      \
    F(T, time, proved_at, , "when the second factor was proved in it")
SHAPE(session_row, SESSION_ROW);

/* The session of a cookie; ERR_NOT_FOUND when there is none, or it is over at `now`. */
enum error session_find(struct db *db, struct arena *arena, int64_t tenant, const char *cookie,
                        int64_t now, struct session_row *ret_session) MUST_USE;

/* A session about to begin: made in prepare (session_draw), written in act, given in answer. */
struct session_start {
    struct secret secret;
    int64_t account; /* known in act at the latest */
    bool remember;
    const char *browser;
};
struct session_start session_draw(struct request *rq, struct secret secret, bool remember);
enum error session_begin(struct db *db, int64_t tenant, const struct session_start *start,
                         int64_t now) MUST_USE;
void session_give(struct request *rq, struct reply *rp, const struct session_start *start);

/* The present session with a new secret and the second factor proved (inside an act). */
enum error session_prove(struct db *db, struct request *rq, const struct secret *secret) MUST_USE;

/* True when `secret` took the place of the present one within the last minute: the same press
 * twice. */
enum error session_is_proved_by(struct db *db, struct request *rq, const struct secret *secret,
                                bool *ret_is) MUST_USE;

/* All sessions of an account, or all but one, are over. Inside an act. */
enum error session_end_all(struct db *db, int64_t tenant, int64_t account) MUST_USE;
enum error session_end_others(struct db *db, int64_t tenant, int64_t account, int64_t session)
    MUST_USE;

/* Remembers in memory that somebody is here; written once a minute by a job (GET writes nothing).
 */
void session_note_seen(int64_t tenant, int64_t account, int64_t session, int64_t now);
enum error session_write_seen(struct store *store) MUST_USE;

#endif
