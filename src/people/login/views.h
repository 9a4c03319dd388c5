/* What the pages of log-in show and ask. */
#ifndef RADSLAG_LOGIN_VIEWS_H
#define RADSLAG_LOGIN_VIEWS_H

#include "people/login/rules.h"
#include "platform/base/shape.h"
#include "platform/view/form.h"

#define LOGIN_PAGE(F, T)                                                                           \
    F(T, flag, code_waits, , "a code was sent from this browser and can still be typed")           \
    F(T, url, other, , "the other way to log in: by password, or by code")
SHAPE(login_page, LOGIN_PAGE);

#define LOGIN_FORM(F, T)                                                                           \
    F(T, email, email, , REQUIRED, 254, account, "where the code is sent")                         \
    F(T, flag, remember, , OPTIONAL, 0, session, "stay logged in on this computer")                \
    F(T, text, next, , OPTIONAL, 2000, none, "own address to go to afterwards")
FORM(login_form, LOGIN_FORM);

#define LOGIN_CODE_PAGE(F, T)                                                                      \
    F(T, text, email, , "where the code was sent, as typed in this browser")                       \
    F(T, time, ends_at, , "first instant at which the code is too late")                           \
    F(T, int, attempts_left, , "wrong codes that may still be typed")
SHAPE(login_code_page, LOGIN_CODE_PAGE);

#define LOGIN_CODE_FORM(F, T) F(T, code, code, , REQUIRED, 6, code, "the six digits of the mail")
FORM(login_code_form, LOGIN_CODE_FORM);

#define LINK_STATE(C, T)                                                                           \
    C(T, here, "begun in this browser: one press finishes it")                                     \
    C(T, elsewhere, "begun in another browser: the code is typed there")                           \
    C(T, over, "finished, too late, or never made")
CHOICES(link_state, LINK_STATE);

#define LOGIN_LINK_PAGE(F, T)                                                                      \
    F(T, choice, state, link_state, "see there")                                                   \
    F(T, flag, is_email, , "proves another address of an account; otherwise a log-in")             \
    F(T, text, email, , "the proved address; only in the browser where it was begun")
SHAPE(login_link_page, LOGIN_LINK_PAGE);

#define PASSWORD_LOGIN_FORM(F, T)                                                                  \
    F(T, email, email, , REQUIRED, 254, account, "address of the account")                         \
    F(T, password, password, , REQUIRED, 200, secret, "as it was set")                             \
    F(T, flag, remember, , OPTIONAL, 0, session, "stay logged in on this computer")                \
    F(T, text, next, , OPTIONAL, 2000, none, "own address to go to afterwards")
FORM(password_login_form, PASSWORD_LOGIN_FORM);

#endif
