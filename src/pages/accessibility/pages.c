/* /accessibility: the statement that the law on digital accessibility asks for (QUA-1), and the
 * form by which faults are reported. What is said of tests and faults is the organisation's own. */
#include <string.h>

#include "accessibility_statements.h"
#include "pages/contact/contact.h"
#include "pages/pages.h"
#include "records/records.h"

enum { FAULTS_MAX = 100 };

/* Where one goes who is not content with the answer: the authority's own page. */
static const char authority_address[] = "https://www.digg.se/tdosanmalan";

/* ---- views ---- */

#define STANDING(C, T)                                                                             \
    C(T, wholly, "meets the law")                                                                  \
    C(T, partly, "meets it in part")                                                               \
    C(T, not, "does not meet it")
CHOICES(standing, STANDING);

#define TESTED_BY(C, T)                                                                            \
    C(T, self, "the organisation itself")                                                          \
    C(T, other, "somebody independent")
CHOICES(tested_by, TESTED_BY);

#define STATEMENT_ROW(F, T)                                                                        \
    F(T, choice, standing, standing, "how far the site meets the law")                             \
    F(T, text, faults, , "known faults, one a line")                                               \
    F(T, choice, tested_by, tested_by, "who looked")                                               \
    F(T, time, tested_at, , "the day it was last looked through")                                  \
    F(T, id, revision, , "counts changes; none = nothing has been said yet")                       \
    F(T, time, updated_at, , "last change")
SHAPE(statement_row, STATEMENT_ROW);

#define FAULT_VIEW(F, T) F(T, text, text, , "what does not work, and for whom")
SHAPE(fault_view, FAULT_VIEW);

#define ACCESSIBILITY_VIEW(F, T)                                                                   \
    F(T, text, organisation, , "who answers for the site")                                         \
    F(T, text, host, , "the site")                                                                 \
    F(T, choice, standing, standing, "how far it meets the law")                                   \
    F(T, list, faults, fault_view, "known faults")                                                 \
    F(T, choice, tested_by, tested_by, "who looked")                                               \
    F(T, time, tested_at, , "the day it was last looked through; none = not yet")                  \
    F(T, time, updated_at, , "when the statement was last changed")                                \
    F(T, text, mailbox, , "address of the function mailbox")                                       \
    F(T, text, phone, , "number to ring")                                                          \
    F(T, int, answer_days, , "days within which a report is answered")                             \
    F(T, url, authority, , "where one complains to the authority")                                 \
    F(T, flag, asks_human, , "the plain question must be answered")                                \
    F(T, text, question, , "the plain question")                                                   \
    F(T, flag, asks_number, , "the text looks as if it held a personal number")                    \
    F(T, flag, may_edit, , "the visitor answers for the statement")
SHAPE(accessibility_view, ACCESSIBILITY_VIEW);

#define FAULT_FORM(F, T)                                                                           \
    F(T, lines, message, , REQUIRED, 4000, message, "what does not work")                          \
    F(T, text, about, , OPTIONAL, 400, message, "address of the page it is about")                 \
    F(T, email, email, , OPTIONAL, 254, message, "where the answer goes; none = no answer wanted") \
    F(T, flag, keep_number, , OPTIONAL, 0, none, "send although it looks like a personal number")  \
    F(T, text, website, , OPTIONAL, 400, none, "left empty by people")                             \
    F(T, text, human, , OPTIONAL, 40, none, "answer to the plain question")
FORM(fault_form, FAULT_FORM);

#define STATEMENT_VIEW(F, T)                                                                       \
    F(T, id, revision, , "that stands now; none = nothing has been said yet")                      \
    F(T, time, updated_at, , "last change")
SHAPE(statement_view, STATEMENT_VIEW);

#define STATEMENT_FORM(F, T)                                                                       \
    F(T, choice, standing, standing, REQUIRED, 0, organisation, "how far it meets the law")        \
    F(T, lines, faults, , OPTIONAL, 4000, organisation, "known faults, one a line")                \
    F(T, choice, tested_by, tested_by, REQUIRED, 0, organisation, "who looked")                    \
    F(T, date, tested_at, , REQUIRED, 0, organisation, "the day it was last looked through")       \
    F(T, id, revision, , OPTIONAL, 0, none, "that was changed; none = it is the first")
FORM(statement_form, STATEMENT_FORM);

/* ---- reading ---- */

/* What stands until somebody has said something: known in part, looked through by nobody. */
static enum error find_statement(struct db *db, struct request *rq, struct statement_row *ret_row) {
    struct statement_row row = {0};
    const enum error error =
        db_one(db, rq->arena, &sql_statement_find, WITH(BIND_INT("tenant", rq->tenant)),
               &statement_row_shape, &row);
    if (error == ERR_NOT_FOUND)
        row = (struct statement_row){
            .standing = standing_partly, .tested_at = INSTANT_NONE, .updated_at = INSTANT_NONE};
    else
        TRY(error);
    *ret_row = row;
    return ERR_OK;
}

static struct fault_view_list faults_of(struct arena *arena, const char *lines) {
    struct fault_view *at = ARENA_ARRAY(arena, FAULTS_MAX, struct fault_view);
    size_t count = 0;
    while (lines != NULL && *lines != '\0' && count < FAULTS_MAX) {
        const size_t length = strcspn(lines, "\n");
        if (length > 0)
            at[count++].text = arena_copy_span(arena, lines, length);
        lines += length + (lines[length] == '\n');
    }
    return (struct fault_view_list){at, count};
}

static enum error show_accessibility(struct request *rq, struct reply *rp) {
    struct organisation organisation = {0};
    struct statement_row row = {0};
    struct fault_form *values = ARENA_NEW(rq->arena, struct fault_form);
    TRY(organisation_of(rq, &organisation));
    TRY(find_statement(rq->db, rq, &row));
    values->email = rq->visitor->email;
    rq->values = values;
    const struct accessibility_view view = {
        .organisation = organisation.name,
        .host = organisation.host,
        .standing = row.standing,
        .faults = faults_of(rq->arena, row.faults),
        .tested_by = row.tested_by,
        .tested_at = row.tested_at,
        .updated_at = row.updated_at,
        .mailbox = organisation.mailbox,
        .phone = organisation.phone,
        .answer_days = CONTACT_ANSWER_DAYS,
        .authority = url_own(authority_address),
        .asks_human = contact_asks_human(rq),
        .question = contact_question(rq),
        .asks_number = contact_asks_number(rq),
        .may_edit = may(rq->visitor, RIGHT_administer, NULL) == PERMISSION_DOES,
    };
    return reply_view(rq, rp, &view);
}

/* ---- reporting a fault ---- */

static enum error fault_prepare(struct request *rq) {
    const struct fault_form *form = rq->form;
    contact_check(rq, &fault_form_form,
                  &(struct contact_given){.message = form->message,
                                          .trap = form->website,
                                          .human = form->human,
                                          .keep_number = form->keep_number});
    return rq->errors.count == 0 ? contact_rate(rq, form->email) : ERR_INVALID;
}

static enum error fault_act(struct request *rq, struct db *db) {
    const struct fault_form *form = rq->form;
    const char *reference = NULL;
    TRY(contact_receive(db, rq,
                        &(struct contact_letter){
                            .subject = contact_subject_accessibility,
                            .message = form->message,
                            .email = form->email,
                            .about = form->about,
                        },
                        &reference));
    rq->outcome =
        (struct outcome){201, arena_format(rq->arena, "/contact/receipt/%s", reference), NULL};
    return ERR_OK;
}

/* ---- what the organisation says ---- */

static enum error show_edit(struct request *rq, struct reply *rp) {
    struct statement_row row = {0};
    struct statement_form *values = ARENA_NEW(rq->arena, struct statement_form);
    TRY(find_statement(rq->db, rq, &row));
    *values = (struct statement_form){
        .standing = row.standing,
        .faults = row.faults,
        .tested_by = row.tested_by,
        .tested_at = row.tested_at,
        .revision = row.revision,
    };
    rq->values = values;
    const struct statement_view view = {.revision = row.revision, .updated_at = row.updated_at};
    return reply_view(rq, rp, &view);
}

static enum error statement_put(struct request *rq, struct db *db, int64_t *ret_changed) {
    const struct statement_form *form = rq->form;
    const struct bind tenant = BIND_INT("tenant", rq->tenant), now = BIND_TIME("now", rq->now),
                      standing =
                          BIND_TEXT("standing", choice_code(&standing_choices, form->standing)),
                      faults = BIND_TEXT("faults", form->faults),
                      by = BIND_TEXT("tested_by", choice_code(&tested_by_choices, form->tested_by)),
                      at = BIND_TIME("tested_at", form->tested_at);
    if (form->revision == 0)
        return db_exec(db, &sql_statement_insert, WITH(tenant, standing, faults, by, at, now),
                       ret_changed);
    return db_exec(
        db, &sql_statement_update,
        WITH(tenant, standing, faults, by, at, now, BIND_INT("revision", form->revision)),
        ret_changed);
}

/* The statement says how things are: no day to come, no faults in what is without any, and none
 * left out of what is not. */
static enum error judge_statement(struct request *rq) {
    const struct statement_form *form = rq->form;
    const bool is_whole = form->standing == standing_wholly, has_faults = form->faults != NULL;
    if (form->tested_at > rq->now)
        form_refuse(rq->arena, &rq->errors, &statement_form_form, "tested_at",
                    "accessibility.tested_later");
    if (is_whole && has_faults)
        form_refuse(rq->arena, &rq->errors, &statement_form_form, "standing",
                    "accessibility.not_whole");
    if (!is_whole && !has_faults)
        form_refuse(rq->arena, &rq->errors, &statement_form_form, "faults",
                    "accessibility.which_faults");
    return rq->errors.count == 0 ? ERR_OK : ERR_INVALID;
}

static enum error edit_act(struct request *rq, struct db *db) {
    int64_t changed = 0;
    TRY(judge_statement(rq));
    TRY(statement_put(rq, db, &changed));
    if (changed == 0) {
        form_refuse(rq->arena, &rq->errors, &statement_form_form, NULL, "pages.state_conflict");
        return ERR_INVALID;
    }
    rq->outcome = (struct outcome){200, "/accessibility", "accessibility.saved"};
    return audit_append(db, rq,
                        &(struct audit_entry){.act = "organisation.change",
                                              .account = rq->visitor->account,
                                              .object = "accessibility_statement"});
}

const struct route accessibility_routes[] = {
    ROUTE_GET("/accessibility", show_accessibility, .right = RIGHT_ANYONE, .form = &fault_form_form,
              .view = &accessibility_view_shape, .template = "pages/accessibility/show",
              .doc = "The accessibility statement, and how faults are reported."),
    ROUTE_POST("/accessibility", fault_act, .right = RIGHT_ANYONE, .form = &fault_form_form,
               .prepare = fault_prepare, .limits = {.per_minute = 10},
               .doc = "Takes a report of a fault in and gives a receipt."),
    ROUTE_GET("/accessibility/edit", show_edit, .right = RIGHT_administer,
              .form = &statement_form_form, .view = &statement_view_shape,
              .template = "pages/accessibility/edit",
              .doc = "What the organisation says of tests and known faults."),
    ROUTE_POST("/accessibility/edit", edit_act, .right = RIGHT_administer,
               .form = &statement_form_form, .doc = "Changes the accessibility statement."),
    {.path = NULL},
};
