/* Rules of following: how often, what a code proves. */
#ifndef RADSLAG_FOLLOW_RULES_H
#define RADSLAG_FOLLOW_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/shape.h"

#define FOLLOW_FREQUENCY(C, T)                                                                     \
    C(T, at_once, "a mail for each thing")                                                         \
    C(T, daily, "one mail a day, when there is something")                                         \
    C(T, weekly, "one mail a week, on Monday, when there is something")                            \
    C(T, never, "no mail")
CHOICES(follow_frequency, FOLLOW_FREQUENCY);

#define PAGE_NEWS(C, T)                                                                            \
    C(T, published, "a page is new")                                                               \
    C(T, changed, "a page was changed so that its editor wanted it told")
CHOICES(page_news, PAGE_NEWS);

/* Minutes that a code is good for, and how many wrong ones end it. */
enum { FOLLOW_CODE_MINUTES = 15, FOLLOW_CODE_TRIES = 5 };

/* What typing a code comes to. */
enum code_verdict {
    CODE_RIGHT,
    CODE_DONE_BEFORE, /* the same right code once more */
    CODE_WRONG,
    CODE_TOO_MANY, /* wrong too often */
    CODE_TOO_LATE
};

struct code_stand {
    bool matches;         /* what was typed is the code */
    int tries;            /* wrong ones before */
    int64_t ends_at;      /* first instant too late */
    int64_t confirmed_at; /* INSTANT_NONE = not yet */
};
enum code_verdict code_judge(const struct code_stand *stand, int64_t now);

/* True when somebody who follows this hears of that: a new page is told to its own followers and to
 * those of the whole organisation (page 0), a change to its own alone. */
bool follow_hears(int64_t followed_page, int64_t page, enum page_news what);

#endif
