/* Mail of log-in and confirmation: K2. */
#ifndef RADSLAG_LOGIN_MAIL_H
#define RADSLAG_LOGIN_MAIL_H

#include "platform/base/shape.h"
#include "platform/mail/mail.h"

#define LOGIN_CODE_FACTS(F, T)                                                                     \
    F(T, text, code, , "six digits, a space between")                                              \
    F(T, slug, link, , "last part of the link's address")                                          \
    F(T, time, ends_at, , "first instant that is too late")
SHAPE(login_code_facts, LOGIN_CODE_FACTS);

#endif
