/* What the pages of setting up show and ask for. */
#ifndef RADSLAG_SETUP_VIEWS_H
#define RADSLAG_SETUP_VIEWS_H

#include "people/organisations/municipality.h"
#include "people/people.h"
#include "people/setup/rules.h"

/* ---- the very first organisation ---- */

#define SETUP_BEGIN_PAGE(F, T)                                                                     \
    F(T, slug, setup_code, , "as given, twelve digits; none = not given")                          \
    F(T, flag, asks_code, , "the code must be typed, or typed again")                              \
    F(T, text, q, , "what was typed to find the municipality")                                     \
    F(T, list, matches, municipality_match, "at most 12, best first")                              \
    F(T, flag, nothing_found, , "something was typed, and nothing fits")                           \
    F(T, slug, pick, , "code that was picked; none = not yet")                                     \
    F(T, text, picked, , "its name")                                                               \
    F(T, flag, is_network, , "a network or another organisation: its name is typed")
SHAPE(setup_begin_page, SETUP_BEGIN_PAGE);

#define SETUP_BEGUN_PAGE(F, T)                                                                     \
    F(T, text, name, , "what the organisation calls itself")                                       \
    F(T, text, host, , "where it is found")                                                        \
    F(T, int, days, , "how long the invitations hold")
SHAPE(setup_begun_page, SETUP_BEGUN_PAGE);

#define SETUP_BEGIN_FORM(F, T)                                                                     \
    F(T, code, code, , REQUIRED, 12, code, "set-up code from the console")                         \
    F(T, text, pick, , REQUIRED, 7, organisation,                                                  \
      "code of a municipality (0180) or region (01), or network")                                  \
    F(T, text, organisation_name, , OPTIONAL, 100, organisation,                                   \
      "name of a network; otherwise the list's")                                                   \
    F(T, text, host, , REQUIRED, 253, organisation, "host name, without https://")                 \
    F(T, text, first_name, , REQUIRED, 100, account, "first administrator")                        \
    F(T, email, first_email, , REQUIRED, 254, account, "first administrator's address")            \
    F(T, text, second_name, , REQUIRED, 100, account, "second administrator")                      \
    F(T, email, second_email, , REQUIRED, 254, account, "second administrator's address")
FORM(setup_begin_form, SETUP_BEGIN_FORM);

/* ---- the first hour ---- */

#define SETUP_STEP_VIEW(F, T)                                                                      \
    F(T, choice, step, setup_step, "see there")                                                    \
    F(T, text, title, , "what is done")                                                            \
    F(T, text, help, , "how, in one or two sentences")                                             \
    F(T, int, from, , "minute of the first hour")                                                  \
    F(T, int, until, , "minute of the first hour")                                                 \
    F(T, choice, state, setup_state, "see there")                                                  \
    F(T, text, owner, , "who does it later")                                                       \
    F(T, time, due_at, , "deadline")                                                               \
    F(T, flag, overdue, , "the deadline has passed")                                               \
    F(T, url, address, , "where it is done; none = outside the program")                           \
    F(T, slug, code, , "of the step, for addresses")                                               \
    F(T, flag, is_said, , "only people can see it: has a button")                                  \
    F(T, flag, tries_mail, , "has a button that sends a mail to oneself")                          \
    F(T, flag, is_statement, , "the accessibility statement: has a button of its own")             \
    F(T, flag, open, , "not done: may be put off")
SHAPE(setup_step_view, SETUP_STEP_VIEW);

#define SETUP_MISSING(F, T)                                                                        \
    F(T, text, text, , "what is missing, in plain words")                                          \
    F(T, url, address, , "where it is mended")
SHAPE(setup_missing, SETUP_MISSING);

#define SETUP_PAGE(F, T)                                                                           \
    F(T, text, name, , "what the organisation calls itself")                                       \
    F(T, choice, state, organisation_state, "see there")                                           \
    F(T, int, done, , "steps that are done")                                                       \
    F(T, int, count, , "steps in all")                                                             \
    F(T, list, steps, setup_step_view, "in the order of the hour")                                 \
    F(T, list, missing, setup_missing, "what keeps it from being opened")                          \
    F(T, flag, can_open, , "an administrator may open it now")
SHAPE(setup_page, SETUP_PAGE);

#define SETUP_LATER_PAGE(F, T)                                                                     \
    F(T, slug, code, , "of the step")                                                              \
    F(T, text, title, , "what is put off")
SHAPE(setup_later_page, SETUP_LATER_PAGE);

#define SETUP_LATER_FORM(F, T)                                                                     \
    F(T, option, owner, , REQUIRED, 20, organisation, "account of one of staff")                   \
    F(T, date, due, , REQUIRED, 0, organisation, "last day to do it")
FORM(setup_later_form, SETUP_LATER_FORM);

/* One press: opening to the public, accepting the statement, pausing. */
#define SETUP_PRESS_FORM(F, T) F(T, flag, confirm, , OPTIONAL, 0, none, "not needed")
FORM(setup_press_form, SETUP_PRESS_FORM);

#endif
