/* Shapes that the tests of platform/view are written with. */
#ifndef RADSLAG_VIEW_TESTS_SHAPES_H
#define RADSLAG_VIEW_TESTS_SHAPES_H

#include "platform/base/shape.h"

#define TEST_STATE(C, T)                                                                           \
    C(T, draft, "not shown")                                                                       \
    C(T, open, "takes answers")                                                                    \
    C(T, closed, "ended")
CHOICES(test_state, TEST_STATE);

/* Has no words. */
#define TEST_MOOD(C, T)                                                                            \
    C(T, good, "fine")                                                                             \
    C(T, bad, "less so")
CHOICES(test_mood, TEST_MOOD);

#define ROW_VIEW(F, T)                                                                             \
    F(T, id, id, , "number")                                                                       \
    F(T, text, label, , "what it is called")                                                       \
    F(T, int, votes, , "given")                                                                    \
    F(T, money, cost, , "asked for")                                                               \
    F(T, url, address, , "of its page")
SHAPE(row_view, ROW_VIEW);

#define PLACE_VIEW(F, T) F(T, text, name, , "of the place")
SHAPE(place_view, PLACE_VIEW);

#define OWNER_VIEW(F, T)                                                                           \
    F(T, text, name, , "of the owner")                                                             \
    F(T, one, home, place_view, "where they live")
SHAPE(owner_view, OWNER_VIEW);

#define PAGE_VIEW(F, T)                                                                            \
    F(T, id, id, , "number")                                                                       \
    F(T, text, title, , "of the page")                                                             \
    F(T, slug, key, , "in its address")                                                            \
    F(T, url, address, , "of a page")                                                              \
    F(T, html, body, , "what is written")                                                          \
    F(T, int, count, , "of rows")                                                                  \
    F(T, money, cost, , "in all")                                                                  \
    F(T, flag, open, , "takes answers")                                                            \
    F(T, time, closes_at, , "deadline")                                                            \
    F(T, choice, state, test_state, "see there")                                                   \
    F(T, choice, mood, test_mood, "has no words")                                                  \
    F(T, one, owner, owner_view, "who answers for it")                                             \
    F(T, list, rows, row_view, "of the page")
SHAPE(page_view, PAGE_VIEW);

#define TEST_FRAME(F, T)                                                                           \
    F(T, text, token, , "of forms")                                                                \
    F(T, html, body, , "of the page")                                                              \
    F(T, text, title, , "of the page")
SHAPE(test_frame, TEST_FRAME);

#endif
