/* What one's own pages show and ask. */
#ifndef RADSLAG_OWN_VIEWS_H
#define RADSLAG_OWN_VIEWS_H

#include "people/rules.h"
#include "platform/base/shape.h"
#include "platform/view/form.h"

#define OWN_ROLE(F, T) F(T, choice, role, role, "see there")
SHAPE(own_role, OWN_ROLE);

#define OWN_PAGE(F, T)                                                                             \
    F(T, id, id, , "account")                                                                      \
    F(T, text, name, , "as they wish to be called; none = not said yet")                           \
    F(T, text, email, , "as typed")                                                                \
    F(T, slug, language, , "code of the language for mail and pages")                              \
    F(T, text, language_name, , "its own name")                                                    \
    F(T, flag, has_password, , "may log in with a password, too")                                  \
    F(T, flag, is_staff, , "has a role that asks for the second factor")                           \
    F(T, flag, has_second_factor, , "an authenticator program is known")                           \
    F(T, list, roles, own_role, "beyond visitor and participant")                                  \
    F(T, time, created_at, , "")
SHAPE(own_page, OWN_PAGE);

#define PROFILE_FORM(F, T)                                                                         \
    F(T, text, name, , REQUIRED, 100, account, "as they wish to be called")                        \
    F(T, option, language, , REQUIRED, 0, account, "code of the language for mail and pages")
FORM(profile_form, PROFILE_FORM);

#define EMAIL_PAGE(F, T) F(T, text, email, , "present address")
SHAPE(email_page, EMAIL_PAGE);

#define EMAIL_FORM(F, T) F(T, email, email, , REQUIRED, 254, account, "new address")
FORM(email_form, EMAIL_FORM);

#define PASSWORD_PAGE(F, T) F(T, flag, has_password, , "one is set")
SHAPE(password_page, PASSWORD_PAGE);

#define PASSWORD_FORM(F, T)                                                                        \
    F(T, password, password, , OPTIONAL, 200, secret, "the one that is set, where one is")         \
    F(T, password, new_password, , REQUIRED, 200, secret, "at least twelve characters")
FORM(password_form, PASSWORD_FORM);

#define EXTRACT_FACT(F, T)                                                                         \
    F(T, text, label, , "what it is")                                                              \
    F(T, text, value, , "what is kept")
SHAPE(extract_fact, EXTRACT_FACT);

#define EXTRACT_RECORD(F, T) F(T, list, facts, extract_fact, "of one thing that is kept")
SHAPE(extract_record, EXTRACT_RECORD);

#define EXTRACT_SECTION(F, T)                                                                      \
    F(T, text, title, , "what the records are")                                                    \
    F(T, list, records, extract_record, "may be none")
SHAPE(extract_section, EXTRACT_SECTION);

#define EXTRACT_PAGE(F, T) F(T, list, sections, extract_section, "all that is kept about a person")
SHAPE(extract_page, EXTRACT_PAGE);

#define DELETE_PAGE(F, T)                                                                          \
    F(T, text, email, , "present address")                                                         \
    F(T, flag, is_staff, , "has a role, which must be ended first")                                \
    F(T, flag, is_last_administrator, , "whose role cannot be ended before there is another")
SHAPE(delete_page, DELETE_PAGE);

#define DELETE_FORM(F, T) F(T, flag, sure, , REQUIRED, 0, none, "yes, delete it")
FORM(delete_form, DELETE_FORM);

#endif
