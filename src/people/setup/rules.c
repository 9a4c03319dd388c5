#include "people/setup/rules.h"

enum { LEAST_ADMINISTRATORS_PROVED = 2 };

static bool facts_say_done(enum setup_step step, const struct setup_facts *facts) {
    switch (step) {
    case setup_step_administrators:
        return facts->administrators_proved >= LEAST_ADMINISTRATORS_PROVED;
    case setup_step_about:
        return facts->has_number;
    case setup_step_language:
        return facts->has_mailbox && facts->has_sender;
    case setup_step_responsibility:
        return facts->has_controller && facts->has_dpo && facts->has_registry;
    case setup_step_statement:
        return facts->statement_accepted;
    case setup_step_people:
        return facts->colleagues > 0;
    case setup_step_machine:
        break;
    }
    return false;
}

enum setup_state setup_step_judge(enum setup_step step, const struct setup_facts *facts,
                                  enum setup_said said) {
    const bool done = setup_step_is_said(step) ? said == SAID_DONE : facts_say_done(step, facts);
    if (done)
        return setup_state_done;
    return said == SAID_LATER ? setup_state_later : setup_state_missing;
}

bool setup_step_is_said(enum setup_step step) {
    return step == setup_step_machine;
}

struct setup_minutes setup_step_minutes(enum setup_step step) {
    static const struct setup_minutes minutes[] = {
        [setup_step_machine] = {0, 10},         [setup_step_administrators] = {10, 15},
        [setup_step_about] = {15, 20},          [setup_step_language] = {20, 25},
        [setup_step_responsibility] = {25, 30}, [setup_step_statement] = {30, 35},
        [setup_step_people] = {35, 42},
    };
    return minutes[step];
}
