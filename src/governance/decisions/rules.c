#include "governance/decisions/rules.h"

#include "platform/base/instant.h"

enum { APPEAL_DAYS = 21 };

int64_t decision_appeal_until(int64_t posted_on) {
    return posted_on == INSTANT_NONE ? INSTANT_NONE : instant_day_start(posted_on, APPEAL_DAYS + 1);
}

bool decision_in_force(const struct decision *decision, int64_t now) {
    return decision->appeal_until != INSTANT_NONE && now >= decision->appeal_until;
}
