/* Who can be invited to what, what was typed, and when an invitation holds. Pure. */
#ifndef RADSLAG_INVITATIONS_RULES_H
#define RADSLAG_INVITATIONS_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/shape.h"

/* Days that a code holds, and digits in it. */
enum { INVITATION_DAYS = 14, INVITATION_DIGITS = 12, INVITATIONS_AT_ONCE = 50 };

#define INVITATION_STATE(C, T)                                                                     \
    C(T, waiting, "sent; can be taken")                                                            \
    C(T, over, "its fourteen days are over; can be sent again")                                    \
    C(T, accepted, "taken, once")                                                                  \
    C(T, withdrawn, "taken back")
CHOICES(invitation_state, INVITATION_STATE);

/* Instants; INSTANT_NONE = has not happened. */
enum invitation_state invitation_state_at(int64_t ends_at, int64_t accepted_at,
                                          int64_t withdrawn_at, int64_t now);

/* Twelve digits from random bytes, each digit as likely; `random` has at least 8 bytes. */
void invitation_code(const unsigned char *random, char ret_code[static INVITATION_DIGITS + 1]);

/* "4711 0815 2342": as it stands in the mail. */
const char *invitation_code_show(struct arena *arena, const char *code);

/* The digits of a typed code, spaces and hyphens gone; NULL when they are not twelve. */
const char *invitation_code_read(struct arena *arena, const char *typed);

/* Ready-made sets of roles (JOURNEYS 5); `own` means: as picked. */
#define ROLE_SET_ROW(C, T)                                                                         \
    C(T, communications, "publishes pages and news")                                               \
    C(T, case_officer, "assesses proposals, enters paper")                                         \
    C(T, secretary, "records decisions of a committee")                                            \
    C(T, contact_centre, "helps others take part, by telephone and at the desk")                   \
    C(T, library, "helps others take part, at the library")                                        \
    C(T, school, "helps others take part, at school")                                              \
    C(T, process_lead, "leads dialogues and budgets")                                              \
    C(T, administrator, "settings and people")                                                     \
    C(T, own, "roles as picked")
CHOICES(role_set, ROLE_SET_ROW);

/* Codes of roles.def with a space between; NULL for `own`. */
const char *role_set_roles(enum role_set set);

/* ---- several addresses in one field ---- */

#define INVITEE(F, T)                                                                              \
    F(T, text, email, , "as typed")                                                                \
    F(T, text, email_key, , "folded")                                                              \
    F(T, text, name, , "none = not said")
SHAPE(invitee, INVITEE);

enum invitees_flaw { INVITEES_FINE, INVITEES_NONE, INVITEES_TOO_MANY, INVITEES_WRONG };

/* One a line: "anna@ljungsjo.example", "Anna Ek, anna@…" or "Anna Ek <anna@…>"; the same address
 * twice counts once. On INVITEES_WRONG `ret_wrong` is the number, from 1, of the line that is no
 * address. In arena. */
enum invitees_flaw invitees_read(struct arena *arena, const char *typed,
                                 struct invitee_list *ret_invitees, int64_t *ret_wrong);

#endif
