/* Inside setup: what the check list sees and what was said. */
#ifndef RADSLAG_SETUP_FACTS_H
#define RADSLAG_SETUP_FACTS_H

#include "people/setup/views.h"

#define SETUP_ROW(F, T)                                                                            \
    F(T, text, name, , "what the organisation calls itself")                                       \
    F(T, choice, state, organisation_state, "see there")                                           \
    F(T, text, organisation_number, , "ten digits")                                                \
    F(T, text, mailbox, , "function mailbox")                                                      \
    F(T, text, sender, , "address that mail is sent from")                                         \
    F(T, text, controller, , "who answers for personal data")                                      \
    F(T, text, dpo, , "data protection officer's address")                                         \
    F(T, text, registry, , "where things are registered")                                          \
    F(T, time, statement_accepted_at, , "accessibility statement")                                 \
    F(T, int, administrators_proved, , "with a second factor and no end set")                      \
    F(T, int, colleagues, , "staff with other roles")                                              \
    F(T, int, invited, , "invitations to other roles that wait")
SHAPE(setup_row, SETUP_ROW);

#define SETUP_SAID_ROW(F, T)                                                                       \
    F(T, choice, step, setup_step, "see there")                                                    \
    F(T, choice, state, setup_state, "done or later")                                              \
    F(T, id, owner, , "who does it later")                                                         \
    F(T, text, name, , "of the owner")                                                             \
    F(T, text, email, , "of the owner")                                                            \
    F(T, time, due_at, , "deadline")
SHAPE(setup_said_row, SETUP_SAID_ROW);

/* ERR_NOT_FOUND for an organisation that is not there. */
enum error setup_row_find(struct db *db, struct arena *arena, int64_t tenant,
                          struct setup_row *ret_row) MUST_USE;

/* What was said of the steps, at most one row for each. */
enum error setup_said_find(struct db *db, struct arena *arena, int64_t tenant,
                           struct setup_said_row_list *ret_rows) MUST_USE;

/* The row as the rules want it. */
struct setup_facts setup_facts_of(const struct setup_row *row);

/* What keeps the organisation from publishing, as MISSING_ bits. */
unsigned setup_missing_of(const struct setup_row *row);

/* The row of one step, or NULL. */
const struct setup_said_row *setup_said_of(const struct setup_said_row_list *rows,
                                           enum setup_step step);

/* SAID_… of such a row; NULL is nothing. */
enum setup_said setup_said_kind(const struct setup_said_row *row);

#endif
