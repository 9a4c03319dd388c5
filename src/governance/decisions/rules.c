#include "governance/decisions/rules.h"

#include "platform/base/instant.h"

bool decision_in_force(const struct decision *decision, int64_t now) {
    return decision->appeal_until != INSTANT_NONE && now >= decision->appeal_until;
}
