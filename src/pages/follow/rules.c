#include "pages/follow/rules.h"

#include "platform/base/instant.h"

enum code_verdict code_judge(const struct code_stand *stand, int64_t now) {
    if (stand->confirmed_at != INSTANT_NONE)
        return stand->matches ? CODE_DONE_BEFORE : CODE_WRONG;
    if (!deadline_open(stand->ends_at, now))
        return CODE_TOO_LATE;
    if (stand->tries >= FOLLOW_CODE_TRIES)
        return CODE_TOO_MANY;
    return stand->matches ? CODE_RIGHT : CODE_WRONG;
}

bool follow_hears(int64_t followed_page, int64_t page, enum page_news what) {
    return followed_page == page || (followed_page == 0 && what == page_news_published);
}
