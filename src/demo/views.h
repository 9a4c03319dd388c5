/* What the demonstration's pages show. */
#ifndef RADSLAG_DEMO_VIEWS_H
#define RADSLAG_DEMO_VIEWS_H

#include "platform/base/shape.h"
#include "platform/view/form.h"

#define DEMO_PERSON_VIEW(F, T)                                                                     \
    F(T, text, name, , "invented")                                                                 \
    F(T, text, email, , "what the button sends")                                                   \
    F(T, text, roles, , "in words, with commas; a resident has none")
SHAPE(demo_person_view, DEMO_PERSON_VIEW);

#define DEMO_VIEW(F, T) F(T, list, people, demo_person_view, "everybody one can be")
SHAPE(demo_view, DEMO_VIEW);

#define DEMO_LOGIN_FORM(F, T) F(T, email, email, , REQUIRED, 254, none, "whom one wants to be")
FORM(demo_login_form, DEMO_LOGIN_FORM);

#endif
