/* The first hour of an organisation as a check list (ADM-1; JOURNEYS 5). Pure. */
#ifndef RADSLAG_SETUP_RULES_H
#define RADSLAG_SETUP_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/shape.h"

#define SETUP_STEP(C, T)                                                                           \
    C(T, machine, "address, certificate, backup, a test mail: done outside the program")           \
    C(T, administrators, "two administrators with a second factor")                                \
    C(T, about, "the municipality, its name and number")                                           \
    C(T, language, "languages, function mailbox, sender of mail")                                  \
    C(T, responsibility, "controller, data protection officer, places for registering")            \
    C(T, statement, "accessibility statement read and accepted")                                   \
    C(T, people, "colleagues invited")
CHOICES(setup_step, SETUP_STEP);

#define SETUP_STATE(C, T)                                                                          \
    C(T, done, "nothing more to do")                                                               \
    C(T, missing, "somebody must do it")                                                           \
    C(T, later, "has an owner and a day")
CHOICES(setup_state, SETUP_STATE);

/* What the program can see of an organisation. */
struct setup_facts {
    bool has_number, has_mailbox, has_sender, has_controller, has_dpo, has_registry;
    bool statement_accepted;
    int64_t administrators_proved; /* with a second factor */
    int64_t colleagues;            /* staff with other roles, and invitations that wait */
};

/* What an administrator has said of a step. */
enum setup_said { SAID_NOTHING, SAID_DONE, SAID_LATER };

/* A step that the program can see is judged by the facts alone; the machine's by what was said. */
enum setup_state setup_step_judge(enum setup_step step, const struct setup_facts *facts,
                                  enum setup_said said);

/* True for a step that only people can see: it has a button. */
bool setup_step_is_said(enum setup_step step);

/* Minutes of the first hour: from and until. */
struct setup_minutes {
    int from, until;
};
struct setup_minutes setup_step_minutes(enum setup_step step);

#endif
