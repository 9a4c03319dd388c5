/* What the pages of invitations show and ask for. */
#ifndef RADSLAG_INVITATIONS_VIEWS_H
#define RADSLAG_INVITATIONS_VIEWS_H

#include "people/invitations/invitations.h"
#include "people/organisations/views.h"
#include "people/staff/staff.h"

#define INVITATION_PAGE(F, T)                                                                      \
    F(T, text, organisation, , "who invites")                                                      \
    F(T, slug, code, , "as typed or from the link, twelve digits; none = not given yet")           \
    F(T, text, roles, , "what people read; none unless it can be taken")                           \
    F(T, time, ends_at, , "deadline")                                                              \
    F(T, flag, waiting, , "can be taken: the rest is filled in")                                   \
    F(T, flag, unknown, , "no invitation has this code")                                           \
    F(T, flag, over, , "its days are over")                                                        \
    F(T, flag, accepted, , "was taken")                                                            \
    F(T, flag, withdrawn, , "was taken back")
SHAPE(invitation_page, INVITATION_PAGE);

#define INVITE_PAGE(F, T) F(T, int, days, , "how long an invitation holds")
SHAPE(invite_page, INVITE_PAGE);

/* Facts of the mail. */
#define INVITATION_FACTS(F, T)                                                                     \
    F(T, text, organisation, , "who invites")                                                      \
    F(T, text, inviter, , "name of a person; none = first hour or command line")                   \
    F(T, text, roles, , "what people read")                                                        \
    F(T, text, code, , "in groups of four digits")                                                 \
    F(T, text, link, , "where the code is filled in already: path and query")                      \
    F(T, text, page, , "where it is typed: path")                                                  \
    F(T, time, ends_at, , "deadline")
SHAPE(invitation_facts, INVITATION_FACTS);

#define INVITE_FORM(F, T)                                                                          \
    F(T, lines, addresses, , REQUIRED, 5000, invitation, "one a line, with or without a name")     \
    F(T, choice, set, role_set, REQUIRED, 0, invitation, "ready-made set of roles, or own")        \
    F(T, picks, roles, staff_role, OPTIONAL, 0, invitation, "the roles, when set is own")          \
    F(T, choice, language, organisation_language, REQUIRED, 0, invitation, "of the mail")
FORM(invite_form, INVITE_FORM);

#define ACCEPT_FORM(F, T)                                                                          \
    F(T, code, code, , REQUIRED, 12, code, "the twelve digits of the mail")                        \
    F(T, text, name, , REQUIRED, 100, account, "as the person wishes to be called")
FORM(accept_form, ACCEPT_FORM);

/* Buttons without fields: sending again, taking back. */
#define INVITATION_ACT_FORM(F, T) F(T, flag, confirm, , OPTIONAL, 0, none, "not needed")
FORM(invitation_act_form, INVITATION_ACT_FORM);

#endif
