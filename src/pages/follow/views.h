/* What the pages of following show and ask. */
#ifndef RADSLAG_FOLLOW_VIEWS_H
#define RADSLAG_FOLLOW_VIEWS_H

#include "pages/follow/rules.h"
#include "platform/base/shape.h"
#include "platform/view/form.h"

/* ---- asking to follow ---- */

#define FOLLOW_FORM(F, T)                                                                          \
    F(T, id, page, , OPTIONAL, 0, none, "what is followed; none = the organisation")               \
    F(T, email, email, , OPTIONAL, 254, follow,                                                    \
      "where it is told; from the account if there is one")                                        \
    F(T, choice, frequency, follow_frequency, REQUIRED, 0, follow, "how often")
FORM(follow_form, FOLLOW_FORM);

#define FOLLOW_VIEW(F, T)                                                                          \
    F(T, id, page, , "what is followed; none = all that the organisation publishes")               \
    F(T, text, title, , "of the page")                                                             \
    F(T, text, account_email, , "own address, when logged in")
SHAPE(follow_view, FOLLOW_VIEW);

/* ---- the code ---- */

#define FOLLOW_CODE_FORM(F, T) F(T, code, code, , REQUIRED, 12, code, "as it stands in the mail")
FORM(follow_code_form, FOLLOW_CODE_FORM);

#define FOLLOW_CODE_VIEW(F, T)                                                                     \
    F(T, id, page, , "as in follow_view")                                                          \
    F(T, text, title, , "of the page")                                                             \
    F(T, time, ends_at, , "first instant at which the code is too late")
SHAPE(follow_code_view, FOLLOW_CODE_VIEW);

/* ---- what one follows ---- */

#define FOLLOW_ROW(F, T)                                                                           \
    F(T, id, id, , "follow")                                                                       \
    F(T, id, page, , "none = all that the organisation publishes")                                 \
    F(T, text, title, , "of the page")                                                             \
    F(T, slug, kind, , "of the page")                                                              \
    F(T, slug, slug, , "of the page")                                                              \
    F(T, text, state, , "of the page")                                                             \
    F(T, choice, frequency, follow_frequency, "own choice")                                        \
    F(T, slug, leave_key, , "opens the page where it is changed or left")                          \
    F(T, time, made_at, , "since when")
SHAPE(follow_row, FOLLOW_ROW);

#define OWN_FOLLOW_VIEW(F, T)                                                                      \
    F(T, id, page, , "none = all that the organisation publishes")                                 \
    F(T, text, title, , "of the page")                                                             \
    F(T, url, address, , "of the page, when it can be read")                                       \
    F(T, choice, frequency, follow_frequency, "own choice")                                        \
    F(T, url, change, , "where it is changed")                                                     \
    F(T, url, leave, , "where it is left")                                                         \
    F(T, time, made_at, , "since when")
SHAPE(own_follow_view, OWN_FOLLOW_VIEW);

#define FOLLOWS_VIEW(F, T) F(T, list, follows, own_follow_view, "all, at most 200")
SHAPE(follows_view, FOLLOWS_VIEW);

#define FREQUENCY_FORM(F, T)                                                                       \
    F(T, choice, frequency, follow_frequency, REQUIRED, 0, follow, "how often")
FORM(frequency_form, FREQUENCY_FORM);

/* ---- mail ---- */

#define FOLLOW_CODE_FACTS(F, T)                                                                    \
    F(T, text, code, , "six digits")                                                               \
    F(T, text, title, , "of the page; none = the organisation")                                    \
    F(T, url, address, , "where the code is typed")                                                \
    F(T, time, ends_at, , "first instant too late")
SHAPE(follow_code_facts, FOLLOW_CODE_FACTS);

#define PAGE_NEWS_FACTS(F, T)                                                                      \
    F(T, choice, what, page_news, "what happened")                                                 \
    F(T, text, title, , "of the page")                                                             \
    F(T, text, about, , "when and who may take part; none = the title says all")                   \
    F(T, url, address, , "of the page")                                                            \
    F(T, url, leave, , "where it is changed or left")
SHAPE(page_news_facts, PAGE_NEWS_FACTS);

#define DIGEST_ITEM(F, T)                                                                          \
    F(T, text, title, , "of the page")                                                             \
    F(T, url, address, , "of the page")                                                            \
    F(T, time, made_at, , "when it was published or changed")
SHAPE(digest_item, DIGEST_ITEM);

#define DIGEST_FACTS(F, T)                                                                         \
    F(T, int, count, , "of pages")                                                                 \
    F(T, list, pages, digest_item, "newest first, at most 50")                                     \
    F(T, url, leave, , "where the first of the follows is changed or left")
SHAPE(digest_facts, DIGEST_FACTS);

#endif
