/* What the page of one's tokens shows and asks. */
#ifndef RADSLAG_TOKENS_VIEWS_H
#define RADSLAG_TOKENS_VIEWS_H

#include "people/tokens/tokens.h"
#include "platform/view/form.h"

#define TOKEN_VIEW(F, T)                                                                           \
    F(T, id, id, , "of the token")                                                                 \
    F(T, text, name, , "what its holder calls it")                                                 \
    F(T, choice, scope, token_scope, "see there")                                                  \
    F(T, time, made_at, , "")                                                                      \
    F(T, time, ends_at, , "first instant that is too late")
SHAPE(token_view, TOKEN_VIEW);

#define TOKENS_PAGE(F, T)                                                                          \
    F(T, list, tokens, token_view, "newest first")                                                 \
    F(T, flag, may_add, , "fewer than the most that one may have")
SHAPE(tokens_page, TOKENS_PAGE);

#define TOKEN_LIFE(C, T)                                                                           \
    C(T, month, "30 days")                                                                         \
    C(T, quarter, "90 days")                                                                       \
    C(T, year, "365 days")
CHOICES(token_life, TOKEN_LIFE);

#define TOKEN_FORM(F, T)                                                                           \
    F(T, text, name, , REQUIRED, 60, account, "what the holder calls it")                          \
    F(T, choice, scope, token_scope, REQUIRED, 0, account, "what it may")                          \
    F(T, choice, life, token_life, REQUIRED, 0, account, "how long it lasts")
FORM(token_form, TOKEN_FORM);

#define TOKEN_MADE_PAGE(F, T)                                                                      \
    F(T, text, token, , "the token itself, shown this once")                                       \
    F(T, text, name, , "what its holder calls it")                                                 \
    F(T, time, ends_at, , "first instant that is too late")
SHAPE(token_made_page, TOKEN_MADE_PAGE);

#endif
