/* What the pages about staff show and ask for. */
#ifndef RADSLAG_STAFF_VIEWS_H
#define RADSLAG_STAFF_VIEWS_H

#include "people/invitations/invitations.h"
#include "people/staff/staff.h"

#define STAFF_ROLE_VIEW(F, T)                                                                      \
    F(T, slug, code, , "code of roles.def")                                                        \
    F(T, text, name, , "what people read")                                                         \
    F(T, time, granted_at, , "since when")                                                         \
    F(T, time, ends_at, , "first instant without it; none = no end set")
SHAPE(staff_role_view, STAFF_ROLE_VIEW);

#define STAFF_MEMBER(F, T)                                                                         \
    F(T, id, id, , "account")                                                                      \
    F(T, text, name, , "as they wish to be called, or their address")                              \
    F(T, text, email, , "as typed; for administrators alone")                                      \
    F(T, time, last_seen_at, , "to the minute; none = never here")                                 \
    F(T, list, roles, staff_role_view, "of staff")
SHAPE(staff_member, STAFF_MEMBER);

#define PEOPLE_PAGE(F, T)                                                                          \
    F(T, text, q, , "what was searched for")                                                       \
    F(T, list, staff, staff_member, "by name, 50 a page; the first 200 of a search")               \
    F(T, int, count, , "how many there are in all, or fit the search")                             \
    F(T, int, page, , "number of this page, from 1")                                               \
    F(T, int, next_page, , "0 on the last page")                                                   \
    F(T, int, previous_page, , "0 on the first page")                                              \
    F(T, list, invitations, invitation_view, "waiting or over, newest first, at most 50")
SHAPE(people_page, PEOPLE_PAGE);

#define PERSON_PAGE(F, T)                                                                          \
    F(T, one, person, staff_member, "who it is about")                                             \
    F(T, flag, is_self, , "the visitor's own account")                                             \
    F(T, flag, is_operator, , "has the operator's role, which is given from the command line")
SHAPE(person_page, PERSON_PAGE);

#define ROLES_FORM(F, T)                                                                           \
    F(T, picks, roles, staff_role, OPTIONAL, 0, account, "all staff roles the person is to have")  \
    F(T, lines, reason, , OPTIONAL, 500, audit, "kept in the audit chain")
FORM(roles_form, ROLES_FORM);

#define ROLE_END_FORM(F, T)                                                                        \
    F(T, option, role, , REQUIRED, 40, account, "code of one of the person's roles")               \
    F(T, date, last_day, , OPTIONAL, 0, account, "last day with the role; none = no end")          \
    F(T, lines, reason, , OPTIONAL, 500, audit, "kept in the audit chain")
FORM(role_end_form, ROLE_END_FORM);

#define STAFF_REMOVE_FORM(F, T)                                                                    \
    F(T, lines, reason, , REQUIRED, 500, audit, "kept in the audit chain")
FORM(staff_remove_form, STAFF_REMOVE_FORM);

#define FACTOR_PAGE(F, T)                                                                          \
    F(T, one, person, staff_member, "who it is about")                                             \
    F(T, flag, is_self, , "the visitor's own account: it is set up anew elsewhere")                \
    F(T, flag, is_operator, , "reset from the command line alone")                                 \
    F(T, flag, is_set_up, , "there is something to reset")                                         \
    F(T, flag, may_reset, , "the button is there")
SHAPE(factor_page, FACTOR_PAGE);

#define FACTOR_RESET_FORM(F, T)                                                                    \
    F(T, lines, reason, , REQUIRED, 500, audit, "kept in the audit chain")                         \
    F(T, flag, sure, , REQUIRED, 0, none, "they have made sure who asks")
FORM(factor_reset_form, FACTOR_RESET_FORM);

#endif
