#include "people/organisations/rules.h"
#include "people/setup/facts.h"
#include "platform/base/instant.h"
#include "setup_statements.h"

enum error setup_row_find(struct db *db, struct arena *arena, int64_t tenant,
                          struct setup_row *ret_row) {
    return db_one(db, arena, &sql_setup_facts, WITH(BIND_INT("tenant", tenant)), &setup_row_shape,
                  ret_row);
}

enum error setup_said_find(struct db *db, struct arena *arena, int64_t tenant,
                           struct setup_said_row_list *ret_rows) {
    return db_many(db, arena, &sql_setup_said, WITH(BIND_INT("tenant", tenant)),
                   setup_step_choices.count, &setup_said_row_shape, ret_rows);
}

struct setup_facts setup_facts_of(const struct setup_row *row) {
    return (struct setup_facts){
        .has_number = row->organisation_number != NULL,
        .has_mailbox = row->mailbox != NULL,
        .has_sender = row->sender != NULL,
        .has_controller = row->controller != NULL,
        .has_dpo = row->dpo != NULL,
        .has_registry = row->registry != NULL,
        .statement_accepted = row->statement_accepted_at != INSTANT_NONE,
        .administrators_proved = row->administrators_proved,
        .colleagues = row->colleagues + row->invited,
    };
}

unsigned setup_missing_of(const struct setup_row *row) {
    const struct organisation_facts facts = {
        .has_controller = row->controller != NULL,
        .has_dpo = row->dpo != NULL,
        .has_sender = row->sender != NULL,
        .statement_accepted = row->statement_accepted_at != INSTANT_NONE,
        .administrators_proved = row->administrators_proved,
    };
    return missing_decide(&facts);
}

enum error organisation_missing(struct db *db, struct arena *arena, int64_t tenant,
                                unsigned *ret_missing) {
    struct setup_row row;
    TRY(setup_row_find(db, arena, tenant, &row));
    *ret_missing = setup_missing_of(&row);
    return ERR_OK;
}

const struct setup_said_row *setup_said_of(const struct setup_said_row_list *rows,
                                           enum setup_step step) {
    for (size_t i = 0; i < rows->count; i++)
        if (rows->at[i].step == (int)step)
            return &rows->at[i];
    return NULL;
}

enum setup_said setup_said_kind(const struct setup_said_row *row) {
    if (row == NULL)
        return SAID_NOTHING;
    return row->state == (int)setup_state_done ? SAID_DONE : SAID_LATER;
}
