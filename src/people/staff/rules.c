#include "people/staff/rules.h"

enum { LEAST_LEFT = 2 }; /* administrators (ADM-1) */

enum roles_verdict roles_change_judge(const struct role_kinds *kinds,
                                      const struct roles_change *change) {
    const uint32_t given = change->after & ~change->before;
    const uint32_t taken = change->before & ~change->after;
    if (given == 0 && taken == 0)
        return ROLES_UNCHANGED;
    if ((given & ~kinds->grantable) != 0)
        return ROLES_NOT_GRANTABLE;
    if ((taken & kinds->administrator) != 0 && change->other_administrators < LEAST_LEFT)
        return ROLES_TOO_FEW_ADMINISTRATORS;
    return ROLES_ALLOWED;
}

bool roles_change_is_told(const struct role_kinds *kinds, const struct roles_change *change) {
    const uint32_t given = change->after & ~change->before;
    return (change->after & kinds->keepers) != 0 && (change->after & kinds->readers) != 0 &&
           (given & (kinds->keepers | kinds->readers)) != 0;
}
