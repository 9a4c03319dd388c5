/* What the staff's list of pages shows and asks. */
#ifndef RADSLAG_OVERVIEW_VIEWS_H
#define RADSLAG_OVERVIEW_VIEWS_H

#include "pages/pages.h"

#define OVERVIEW_ROW(F, T)                                                                         \
    F(T, id, id, , "page")                                                                         \
    F(T, slug, kind, , "code of a page_kind")                                                      \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, slug, language, , "code")                                                                 \
    F(T, choice, variant, page_variant, "what it is to its original")                              \
    F(T, text, title, , "as its author wrote it")                                                  \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, id, page_owner, , "who answers for it")                                                   \
    F(T, text, owner_name, , "their name")                                                         \
    F(T, time, published_at, , "first time")                                                       \
    F(T, time, updated_at, , "last change")                                                        \
    F(T, time, text_at, , "last time its text was gone through")                                   \
    F(T, time, original_text_at, , "the same of its original")
SHAPE(overview_row, OVERVIEW_ROW);

#define OVERVIEW_ITEM(F, T)                                                                        \
    F(T, id, id, , "page")                                                                         \
    F(T, url, address, , "where it is read")                                                       \
    F(T, text, title, , "as its author wrote it")                                                  \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, choice, variant, page_variant, "what it is to its original")                              \
    F(T, slug, language, , "code")                                                                 \
    F(T, text, language_name, , "own name of the language")                                        \
    F(T, text, owner_name, , "who answers for it")                                                 \
    F(T, flag, has_owner, , "somebody answers for it")                                             \
    F(T, flag, is_old, , "a variant older than its original (QUA-12)")                             \
    F(T, time, updated_at, , "last change")
SHAPE(overview_item, OVERVIEW_ITEM);

#define OVERVIEW_FILTER(F, T)                                                                      \
    F(T, text, label, , "word of the state, or all")                                               \
    F(T, url, address, , "of the list with it")                                                    \
    F(T, int, count, , "of pages")                                                                 \
    F(T, flag, chosen, , "shown now")
SHAPE(overview_filter, OVERVIEW_FILTER);

#define OVERVIEW_VIEW(F, T)                                                                        \
    F(T, int, count, , "of pages in all")                                                          \
    F(T, text, query, , "part of the title that was searched")                                     \
    F(T, text, state, , "code of the state that was chosen")                                       \
    F(T, list, filters, overview_filter, "one for each state that occurs, and all")                \
    F(T, list, pages, overview_item, "last changed first, at most 50")                             \
    F(T, url, next, , "the next 50")                                                               \
    F(T, int, waiting, , "what waits for the visitor: Att göra")                                   \
    F(T, flag, may_hand_over, , "the visitor may hand over what others own")
SHAPE(overview_view, OVERVIEW_VIEW);

#define OVERVIEW_FORM(F, T)                                                                        \
    F(T, text, q, , OPTIONAL, 100, none, "part of a title")                                        \
    F(T, text, state, , OPTIONAL, 40, none, "only pages in this state")
FORM(overview_form, OVERVIEW_FORM);

#endif
