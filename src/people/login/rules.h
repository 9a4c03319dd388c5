/* When a typed code or an opened link proves an address, and which passwords are good enough. Pure.
 */
#ifndef RADSLAG_LOGIN_RULES_H
#define RADSLAG_LOGIN_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/instant.h"
#include "platform/base/shape.h"

#define PROOF_MINUTES 15
enum { PROOF_ATTEMPTS = 5, PASSWORD_SHORTEST = 12 };

#define PROOF_PURPOSE(C, T)                                                                        \
    C(T, login, "to log in, and to make an account")                                               \
    C(T, email, "a new address of an account")
CHOICES(proof_purpose, PROOF_PURPOSE);

#define PROOF_ROW(F, T)                                                                            \
    F(T, id, id, , "")                                                                             \
    F(T, choice, purpose, proof_purpose, "see there")                                              \
    F(T, id, account, , "whose new address it is; none for a log-in")                              \
    F(T, text, email, , "as typed")                                                                \
    F(T, int, attempts, , "wrong codes so far")                                                    \
    F(T, flag, remember, , "stay logged in on this computer")                                      \
    F(T, text, next, , "where to go afterwards; none = one's own page")                            \
    F(T, time, begun_at, , "")                                                                     \
    F(T, time, ends_at, , "first instant that is too late")                                        \
    F(T, flag, browser_fits, , "begun in the browser that asks")                                   \
    F(T, flag, code_fits, , "the code is the one that was sent")
SHAPE(proof, PROOF_ROW);

enum proof_verdict {
    PROOF_HOLDS,
    PROOF_NONE,      /* nothing was begun here, or it is finished */
    PROOF_OVER,      /* the time is out */
    PROOF_EXHAUSTED, /* five wrong codes: a new one must be asked for, also when this one is right
                      */
    PROOF_ELSEWHERE, /* begun in another browser: stays unspent (QUA-11) */
    PROOF_WRONG      /* another code was sent */
};

/* `proof` NULL: nothing was found. */
enum proof_verdict proof_judge(const struct proof *proof, int64_t now);

enum password_flaw {
    PASSWORD_FINE,
    PASSWORD_TOO_SHORT, /* under PASSWORD_SHORTEST characters as people count them */
    PASSWORD_COMMON,    /* in the list of those tried first, or one character over and over */
    PASSWORD_IS_EMAIL   /* the address, or its first part */
};
enum password_flaw password_judge(struct arena *arena, const char *password, const char *email);

/* An address of our own site, fit to go to after the log-in: NULL or anything else gives NULL. */
const char *next_checked(const char *address);

/* "PATH?next=NEXT", escaped; in arena. */
const char *next_added(struct arena *arena, const char *path, const char *next);

#endif
