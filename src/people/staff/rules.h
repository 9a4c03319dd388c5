/* Which changes of roles are allowed, and of which the data protection officer is told. Pure: roles
 * are bits, given by the caller. */
#ifndef RADSLAG_STAFF_RULES_H
#define RADSLAG_STAFF_RULES_H

#include <stdbool.h>
#include <stdint.h>

/* What the roles of roles.def are to the rules. */
struct role_kinds {
    uint32_t grantable;     /* that an administrator may give (ROL-12; JOURNEYS 8) */
    uint32_t administrator; /* the one bit */
    uint32_t keepers; /* administrator and operator: no right to read contents by themselves */
    uint32_t readers; /* roles that read more than what is published */
};

struct roles_change {
    uint32_t before, after;
    int64_t other_administrators; /* holders beside this person whose role has no end set */
};

enum roles_verdict {
    ROLES_ALLOWED,
    ROLES_UNCHANGED,
    ROLES_NOT_GRANTABLE,         /* a role that the table of rights leaves to others to give */
    ROLES_TOO_FEW_ADMINISTRATORS /* fewer than two would be left */
};

/* What speaks against the change, the first of it. */
enum roles_verdict roles_change_judge(const struct role_kinds *kinds,
                                      const struct roles_change *change);

/* The data protection officer is told when somebody who is, or becomes, administrator or operator
 * gets a role that reads contents (JOURNEYS 8). */
bool roles_change_is_told(const struct role_kinds *kinds, const struct roles_change *change);

#endif
