/* /setup/begin: the very first organisation, once, with the code that `radslag serve` printed. */
#include "people/setup/begin.h"

#include <sodium.h>
#include <string.h>

#include "people/setup/make.h"
#include "setup_statements.h"

enum { MOST_MATCHES = 12 };

/* What was sent in a field of the form, or stands in the address. */
static const char *given(const struct request *rq, const char *field, const char *parameter) {
    const char *typed = input_value(&rq->input, field);
    return typed != NULL ? typed : query_text(rq, parameter);
}

/* Only as long as there is no organisation; afterwards the page's time is over. */
static enum error still_open(struct request *rq) {
    bool any;
    TRY(organisation_any(rq->db, &any));
    return any ? ERR_GONE : ERR_OK;
}

/* True when the field of this name was refused. */
static bool was_refused(const struct request *rq, const char *name) {
    for (const struct form_error *error = rq->errors.first; error != NULL; error = error->next)
        if (error->field != NULL && strcmp(error->field->name, name) == 0)
            return true;
    return false;
}

enum error begin_show(struct request *rq, struct reply *rp) {
    TRY(still_open(rq));
    const char *pick = given(rq, "pick", "choice"), *q = query_text(rq, "q"),
               *code = given(rq, "code", "key");
    const struct municipality *picked = municipality_by_code(pick);
    const struct municipalities found = municipalities_matching(rq->arena, q, MOST_MATCHES);
    const char *digits = code == NULL ? NULL : invitation_code_read(rq->arena, code);
    const struct setup_begin_page page = {
        .setup_code = digits,
        .asks_code = digits == NULL || was_refused(rq, "code"),
        .q = q,
        .matches = municipality_matches(rq->arena, found),
        .nothing_found = q != NULL && *q != '\0' && found.count == 0,
        .pick = picked != NULL ? picked->code : NULL,
        .picked = picked != NULL ? picked->own_name : NULL,
        .is_network = pick != NULL && strcmp(pick, "network") == 0,
    };
    struct setup_begin_form *values = ARENA_NEW(rq->arena, struct setup_begin_form);
    values->code = page.setup_code;
    values->host = rq->host;
    rq->values = values;
    return reply_view(rq, rp, &page);
}

/* ---- making it ---- */

static const struct refusal {
    const char *field, *why;
} refusals[] = {
    [SETUP_HOST_WRONG] = {"host", "setup.host_wrong"},
    [SETUP_CODE_UNKNOWN] = {"pick", "settings.municipality_unknown"},
    [SETUP_NAME_MISSING] = {"organisation_name", "field.required"},
    [SETUP_EMAIL_WRONG] = {"second_email", "field.email"},
    [SETUP_SAME_EMAIL] = {"second_email", "setup.same_email"},
};

static enum error refuse(struct request *rq, const char *field, const char *why) {
    form_refuse(rq->arena, &rq->errors, &setup_begin_form_form, field, why);
    return ERR_INVALID;
}

static enum setup_flaw read_order(struct request *rq, struct setup_order *order) {
    const struct setup_begin_form *form = rq->form;
    enum setup_flaw flaw =
        setup_order_organisation(rq->arena, form->host, form->pick, form->organisation_name, order);
    if (flaw == SETUP_FINE)
        flaw = setup_order_administrator(rq->arena, form->first_name, form->first_email, order);
    if (flaw == SETUP_FINE)
        flaw = setup_order_administrator(rq->arena, form->second_name, form->second_email, order);
    return flaw;
}

struct begin_work {
    struct setup_order order;
    char receipt[INVITATION_DIGITS + 1];
};

enum error begin_prepare(struct request *rq) {
    const struct setup_begin_form *form = rq->form;
    const char *typed = invitation_code_read(rq->arena, form->code);
    char code[INVITATION_DIGITS + 1];
    TRY(still_open(rq));
    TRY(setup_code(code));
    if (typed == NULL || sodium_memcmp(typed, code, INVITATION_DIGITS) != 0)
        return refuse(rq, "code", "setup.code_wrong");
    struct begin_work *work = ARENA_NEW(rq->arena, struct begin_work);
    work->order.organisation.first = true;
    const enum setup_flaw flaw = read_order(rq, &work->order);
    if (flaw != SETUP_FINE)
        return refuse(rq, refusals[flaw].field, refusals[flaw].why);
    rq->work = work;
    TRY(setup_receipt(work->receipt));
    return setup_order_draw(&work->order);
}

enum error begin_act(struct request *rq, struct db *db) {
    const struct begin_work *work = rq->work;
    int64_t tenant;
    const enum error error = setup_make(db, rq, &work->order, &tenant);
    if (error == ERR_CONFLICT) /* somebody was faster with the same code */
        return ERR_GONE;
    rq->outcome = (struct outcome){
        201, arena_format(rq->arena, "/setup/begun?receipt=%s", work->receipt), NULL};
    return error;
}

/* ---- the receipt ---- */

#define SETUP_FIRST_ROW(F, T)                                                                      \
    F(T, text, name, , "what the organisation calls itself")                                       \
    F(T, text, host, , "where it is found")
SHAPE(setup_first_row, SETUP_FIRST_ROW);

/* For who was sent here: an organisation in preparation is not yet anybody else's to know of. */
static bool holds_receipt(struct request *rq) {
    const char *typed = query_text(rq, "receipt");
    char receipt[INVITATION_DIGITS + 1];
    return typed != NULL && strlen(typed) == INVITATION_DIGITS &&
           setup_receipt(receipt) == ERR_OK &&
           sodium_memcmp(typed, receipt, INVITATION_DIGITS) == 0;
}

enum error begun_show(struct request *rq, struct reply *rp) {
    struct setup_first_row row;
    if (!holds_receipt(rq))
        return ERR_NOT_FOUND;
    TRY(db_one(rq->db, rq->arena, &sql_setup_first, WITH_NOTHING, &setup_first_row_shape, &row));
    const struct setup_begun_page page = {row.name, row.host, INVITATION_DAYS};
    return reply_view(rq, rp, &page);
}
