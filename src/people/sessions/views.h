/* What the page of one's sessions shows. */
#ifndef RADSLAG_SESSIONS_VIEWS_H
#define RADSLAG_SESSIONS_VIEWS_H

#include "platform/base/shape.h"

#define SESSION_VIEW(F, T)                                                                         \
    F(T, id, id, , "of the session")                                                               \
    F(T, time, started_at, , "logged in")                                                          \
    F(T, time, last_seen_at, , "used last, to the minute")                                         \
    F(T, time, ends_at, , "first instant that is too late, if nobody uses it before")              \
    F(T, text, browser, , "coarse name, \"Firefox, Windows\"; may be none")                        \
    F(T, flag, is_this, , "the one that asks")
SHAPE(session_view, SESSION_VIEW);

#define SESSIONS_PAGE(F, T)                                                                        \
    F(T, list, sessions, session_view, "used last first, at most 100")                             \
    F(T, flag, has_others, , "more than this one")
SHAPE(sessions_page, SESSIONS_PAGE);

/* A row of the list, before it is known which one asks. */
#define SESSION_LINE(F, T)                                                                         \
    F(T, id, id, , "")                                                                             \
    F(T, time, started_at, , "")                                                                   \
    F(T, time, last_seen_at, , "")                                                                 \
    F(T, flag, remember, , "")                                                                     \
    F(T, text, browser, , "")
SHAPE(session_line, SESSION_LINE);

#endif
