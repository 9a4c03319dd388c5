/* How far a result has come, and who may take it further. Pure. */
#include "budgets/results/rules.h"

#include "platform/base/instant.h"

/* The order of result_state in budgets.h; store.c asserts it. */
enum { PRELIMINARY, RECOMMENDED, DECIDED, REPLACED };

bool result_is_public(const struct result_facts *facts, int64_t now) {
    return facts->is_attested && facts->publish_at != INSTANT_NONE && facts->publish_at <= now;
}

bool result_may_attest(const struct result_facts *facts, int64_t account) {
    return facts->state == PRELIMINARY && facts->asked_by != 0 && account != 0 &&
           account != facts->asked_by && account != facts->counted_by;
}

bool result_may_decide(const struct result_facts *facts, int64_t now) {
    return facts->state == RECOMMENDED && result_is_public(facts, now);
}
