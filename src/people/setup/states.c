/* Accepting the accessibility statement; opening the organisation, pausing it. */
#include "pages/pages.h"
#include "people/organisations/organisations.h"
#include "people/setup/facts.h"
#include "people/setup/make.h"
#include "people/setup/setup.h"
#include "people/setup/steps.h"
#include "platform/base/instant.h"
#include "records/records.h"

static enum error audit(struct db *db, struct request *rq, const char *act, const char *detail) {
    const struct audit_entry entry = {
        .act = act,
        .account = rq->visitor->account,
        .object = arena_format(rq->arena, "organisation:%lld", (long long)rq->tenant),
        .detail = detail,
    };
    return audit_append(db, rq, &entry);
}

enum error statement_accept(struct request *rq, struct db *db) {
    bool changed;
    TRY(organisation_accept_statement(db, rq->tenant, rq->now, &changed));
    if (changed) {
        TRY(setup_settle(db, rq));
        TRY(audit(db, rq, "organisation.change", "{\"statement\": [null, \"accepted\"]}"));
    }
    rq->outcome = (struct outcome){200, "/setup", "setup.statement_accepted"};
    return ERR_OK;
}

/* From one state to another with an audit row; nothing happens when it is in a third one. */
static enum error change(struct request *rq, struct db *db, enum organisation_state from,
                         enum organisation_state to, const char *flash) {
    bool changed;
    TRY(organisation_set_state(db, rq->tenant, from, to, rq->now, &changed));
    if (changed)
        TRY(audit(db, rq, "organisation.state",
                  arena_format(rq->arena, "{\"state\": [\"%s\", \"%s\"]}",
                               choice_code(&organisation_state_choices, (int)from),
                               choice_code(&organisation_state_choices, (int)to))));
    rq->outcome = (struct outcome){200, "/setup", changed ? flash : NULL};
    return ERR_OK;
}

/* ADM-1: nothing may be missing at the moment of the act. */
enum error setup_open(struct request *rq, struct db *db) {
    unsigned missing;
    TRY(organisation_missing(db, rq->arena, rq->tenant, &missing));
    if (missing != 0) {
        form_refuse(rq->arena, &rq->errors, &setup_press_form_form, NULL, "setup.still_missing");
        return ERR_INVALID;
    }
    TRY(task_done(db, rq->tenant, SETUP_CAUSE, rq->visitor->account, rq->now));
    return change(rq, db, organisation_state_preparing, organisation_state_open, "setup.opened");
}

enum error setup_pause(struct request *rq, struct db *db) {
    return change(rq, db, organisation_state_open, organisation_state_dormant, "setup.paused");
}

enum error setup_resume(struct request *rq, struct db *db) {
    return change(rq, db, organisation_state_dormant, organisation_state_open, "setup.resumed");
}
