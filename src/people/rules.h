/* Who may do what: roles, rights, and the one door for permissions. Pure. */
#ifndef RADSLAG_PEOPLE_RULES_H
#define RADSLAG_PEOPLE_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/error.h"
#include "platform/base/shape.h"

/* ---- roles and rights (JOURNEYS 8) ---- */

/* ROLE(name, mark in JOURNEYS 8, staff, meaning) in roles.def; RIGHT(name, row of JOURNEYS 8, one
 * mark per role) in rights.def: '*' does, 'o' own or assigned only, 's' sees, '.' nothing. */
enum role {
#define ROLE(name, mark, staff, meaning) ROLE_##name,
#include "people/roles.def"
#undef ROLE
    ROLE_COUNT
};

enum right {
    RIGHT_ANYONE,  /* read what is published, log in */
    RIGHT_OUTSIDE, /* the same where there is no organisation: setting up the very first one */
    RIGHT_SELF,    /* anybody with a session, about themselves */
#define RIGHT(name, row, marks) RIGHT_##name,
#include "people/rights.def"
#undef RIGHT
    RIGHT_COUNT
};

/* Roles as a closed set, for rows, forms and words ("role.administrator"). */
static const struct choice role_choice_rows[] = {
#define ROLE(name, mark, staff, meaning) {#name, meaning},
#include "people/roles.def"
#undef ROLE
};
__attribute__((unused)) static const struct choices role_choices = {"role", role_choice_rows,
                                                                    ROLE_COUNT};

/* Place of a role in a set of roles. */
static inline uint32_t role_bit(unsigned role) {
    return UINT32_C(1) << role;
}

/* Column of JOURNEYS 8 ("Ad"), and whether the role is one of staff. */
const char *role_mark(enum role role);
bool role_is_staff(enum role role);
uint32_t roles_of_staff(void);

/* Number of the role with this code, or -1; and a set from codes with spaces between. */
int role_find(const char *code);
uint32_t roles_from_codes(const char *codes);

/* Row of JOURNEYS 8; NULL for ANYONE and SELF. */
const char *right_row(enum right right);

/* What the visitor may do with something. Ordered: more is more. */
enum permission { PERMISSION_NONE, PERMISSION_SEES, PERMISSION_OWN, PERMISSION_DOES };

/* Who asks. Filled at admission from the session (or a bearer token); lives in the request's
 * arena. */
struct organisation;

struct visitor {
    int64_t account; /* 0 = not logged in */
    int64_t session;
    const char *name; /* NULL when not logged in */
    const char *email;
    uint32_t roles;     /* bit per enum role; visitor always, participant when logged in */
    bool second_factor; /* proved in this session */
    bool must_prove;    /* has a staff role but has not proved (or set up) the second factor */
    bool read_only;     /* a token without write scope */
    const struct organisation *organisation; /* as admitted; NULL: the host is nobody's */
};

/* What the rules need to know of a page-like thing. */
struct page_ref {
    int64_t tenant, id;
    int64_t author, page_owner, substitute; /* accounts; 0 = none */
    bool published;
};

/* The only door for permissions. Pure. `page` NULL: about the organisation as a whole, where "own
 * or assigned" counts as allowed to reach the list of one's own. A staff role counts only when the
 * second factor is proved. */
enum permission may(const struct visitor *visitor, enum right right, const struct page_ref *page);

/* ERR_OK when `may` gives at least `least`; otherwise ERR_LOGIN_REQUIRED, ERR_PROOF_REQUIRED when
 * proving the second factor would be enough, ERR_FORBIDDEN, or ERR_NOT_FOUND for a page that the
 * visitor may not even know of. Pure. */
enum error require(const struct visitor *visitor, enum right right, const struct page_ref *page,
                   enum permission least) MUST_USE;

#endif
