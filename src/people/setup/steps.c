/* Steps of the check list that are said: done outside the program, or later with an owner. */
#include "people/setup/steps.h"

#include <stdlib.h>

#include "pages/pages.h"
#include "people/setup/facts.h"
#include "people/setup/setup.h"
#include "people/staff/staff.h"
#include "platform/base/instant.h"
#include "records/records.h"
#include "setup_statements.h"

/* The step of the address, or -1. */
static int step_of(const struct request *rq) {
    return choice_find(&setup_step_choices, path_text(rq, "step"));
}

static const char *cause_of(struct arena *arena, int step) {
    return arena_format(arena, "setup:%s", choice_code(&setup_step_choices, step));
}

static enum error say(struct db *db, struct request *rq, int step, const char *state, int64_t owner,
                      int64_t due_at) {
    return db_exec(db, &sql_setup_say,
                   WITH(BIND_INT("tenant", rq->tenant),
                        BIND_TEXT("step", choice_code(&setup_step_choices, step)),
                        BIND_TEXT("state", state), BIND_ID("owner", owner),
                        BIND_TIME("due_at", due_at), BIND_INT("noted_by", rq->visitor->account),
                        BIND_INT("now", rq->now)),
                   NULL);
}

static enum error unsay(struct db *db, struct request *rq, int step) {
    TRY(db_exec(db, &sql_setup_unsay,
                WITH(BIND_INT("tenant", rq->tenant),
                     BIND_TEXT("step", choice_code(&setup_step_choices, step))),
                NULL));
    return task_done(db, rq->tenant, cause_of(rq->arena, step), rq->visitor->account, rq->now);
}

/* ---- later ---- */

enum error later_show(struct request *rq, struct reply *rp) {
    const int step = step_of(rq);
    struct option_view_list owners;
    if (step < 0)
        return ERR_NOT_FOUND;
    TRY(staff_options(rq, &owners));
    const char *code = choice_code(&setup_step_choices, step);
    const struct setup_later_page page = {
        code, word(rq->language, arena_format(rq->arena, "setup_step.%s", code))};
    struct form_options *options = ARENA_NEW(rq->arena, struct form_options);
    *options = (struct form_options){"owner", owners.at, owners.count, NULL};
    rq->options = options;
    return reply_view(rq, rp, &page);
}

enum error later_prepare(struct request *rq) {
    const struct setup_later_form *form = rq->form;
    const int64_t owner = strtoll(form->owner, NULL, 10);
    struct staff_row_list rows;
    if (step_of(rq) < 0)
        return ERR_NOT_FOUND;
    const enum error error = staff_of(rq->db, rq->arena, rq->tenant, owner, &rows);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    if (error == ERR_NOT_FOUND)
        form_refuse(rq->arena, &rq->errors, &setup_later_form_form, "owner", "field.choose");
    if (instant_day_start(form->due, 1) <= rq->now)
        form_refuse(rq->arena, &rq->errors, &setup_later_form_form, "due", "staff.day_is_past");
    return rq->errors.count > 0 ? ERR_INVALID : ERR_OK;
}

enum error later_save(struct request *rq, struct db *db) {
    const struct setup_later_form *form = rq->form;
    const int step = step_of(rq);
    const int64_t owner = strtoll(form->owner, NULL, 10);
    const int64_t due_at = instant_day_start(form->due, 1);
    const struct task task = {
        .account = owner,
        .word = arena_format(rq->arena, "task.setup.%s", choice_code(&setup_step_choices, step)),
        .address = "/setup",
        .cause = cause_of(rq->arena, step),
        .due_at = due_at,
    };
    TRY(unsay(db, rq, step)); /* another owner: the earlier one's task goes */
    TRY(say(db, rq, step, "later", owner, due_at));
    TRY(task_add(db, rq->tenant, &task, rq->now));
    rq->outcome = (struct outcome){200, "/setup", "setup.later_saved"};
    return ERR_OK;
}

/* ---- done ---- */

enum error done_save(struct request *rq, struct db *db) {
    const int step = step_of(rq);
    if (step < 0 || !setup_step_is_said((enum setup_step)step))
        return ERR_NOT_FOUND;
    TRY(unsay(db, rq, step));
    TRY(say(db, rq, step, "done", 0, INSTANT_NONE));
    rq->outcome = (struct outcome){200, "/setup", "setup.done_saved"};
    return ERR_OK;
}

enum error undo_save(struct request *rq, struct db *db) {
    const int step = step_of(rq);
    if (step < 0)
        return ERR_NOT_FOUND;
    TRY(unsay(db, rq, step));
    rq->outcome = (struct outcome){200, "/setup", "setup.undone"};
    return ERR_OK;
}

enum error setup_settle(struct db *db, struct request *rq) {
    struct setup_said_row_list said;
    struct setup_row row;
    TRY(setup_said_find(db, rq->arena, rq->tenant, &said));
    if (said.count == 0)
        return ERR_OK;
    TRY(setup_row_find(db, rq->arena, rq->tenant, &row));
    const struct setup_facts facts = setup_facts_of(&row);
    for (size_t i = 0; i < said.count; i++)
        if (said.at[i].state == (int)setup_state_later &&
            setup_step_judge((enum setup_step)said.at[i].step, &facts, SAID_NOTHING) ==
                setup_state_done)
            TRY(unsay(db, rq, said.at[i].step));
    return ERR_OK;
}
