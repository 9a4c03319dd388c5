/* Staff: who has which roles, and changing them. */
#ifndef RADSLAG_STAFF_H
#define RADSLAG_STAFF_H

#include "people/people.h"
#include "people/staff/rules.h"

/* The roles that an administrator may give: those of staff but the operator's, which is given from
 * the command line (the operator sees all organisations). Words are those of roles: role.<code>. */
#define STAFF_ROLE_true(name, meaning) {#name, meaning},
#define STAFF_ROLE_false(name, meaning)
static const struct choice staff_role_rows[] = {
#define ROLE(name, mark, staff, meaning) STAFF_ROLE_##staff(name, meaning)
#include "people/roles.def"
#undef ROLE
};
enum { STAFF_ROLE_FIRST = ROLE_case_officer, STAFF_ROLE_COUNT = ROLE_operator - ROLE_case_officer };
_Static_assert(sizeof staff_role_rows / sizeof staff_role_rows[0] == STAFF_ROLE_COUNT + 1 &&
                   ROLE_operator == ROLE_COUNT - 1,
               "roles of staff stand together, the operator last");
__attribute__((unused)) static const struct choices staff_role_choices = {"role", staff_role_rows,
                                                                          STAFF_ROLE_COUNT};

/* Roles as bits from picked rows of staff_role_choices, and back. */
uint32_t staff_roles_from_picks(uint64_t picks);
uint64_t staff_picks_from_roles(uint32_t roles);

/* "handläggare, kommunikatör": the words of staff roles. In arena. */
const char *staff_roles_words(struct arena *arena, enum language language, uint32_t roles);

/* One role of one person. */
#define STAFF_ROW(F, T)                                                                            \
    F(T, id, account, , "who")                                                                     \
    F(T, text, name, , "as they wish to be called; none = not said yet")                           \
    F(T, text, email, , "as typed; for administrators alone")                                      \
    F(T, time, last_seen_at, , "to the minute; none = never here")                                 \
    F(T, slug, role, , "code of roles.def")                                                        \
    F(T, time, granted_at, , "since when")                                                         \
    F(T, time, ends_at, , "first instant without it; none = no end set")
SHAPE(staff_row, STAFF_ROW);

/* Roles as bits of an account's rows. */
uint32_t staff_roles_of(const struct staff_row_list *rows);

/* Rows of an account, at most one for each role; ERR_NOT_FOUND when it has no staff role. */
enum error staff_of(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                    struct staff_row_list *ret_rows) MUST_USE;

/* Gives roles beside those that the account has, in the name of `by` (an invitation's sender);
 * inside an act. ERR_FORBIDDEN for a role that is not an administrator's to give. */
enum error staff_add(struct db *db, struct request *rq, int64_t account, uint32_t roles, int64_t by)
    MUST_USE;

/* All staff as options of a field, by name; the code is the account. */
enum error staff_options(struct request *rq, struct option_view_list *ret_options) MUST_USE;

/* Gives and takes roles until the account has exactly these staff roles (the operator's is left
 * alone), inside an act: audit rows with the reason, a task for the data protection officer where
 * JOURNEYS 8 asks for it. Nothing is changed unless the verdict is ROLES_ALLOWED. */
enum error staff_change(struct db *db, struct request *rq, int64_t account, uint32_t after,
                        const char *reason, enum roles_verdict *ret_verdict) MUST_USE;

/* Sets or lifts (INSTANT_NONE) the end of one role, inside an act. ERR_NOT_FOUND when the account
 * does not have it. */
enum error staff_set_end(struct db *db, struct request *rq, int64_t account, enum role role,
                         int64_t ends_at, const char *reason, enum roles_verdict *ret_verdict)
    MUST_USE;

/* Word key of a refusal. */
const char *roles_verdict_word(enum roles_verdict verdict);

extern const struct route staff_routes[];
extern const struct job_kind roles_ended_job;

#endif
