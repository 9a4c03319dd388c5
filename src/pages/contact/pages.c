/* /contact: writing to the organisation, and the receipt. Staff answer in staff.c. */
#include "contact_statements.h"
#include "pages/contact/contact.h"
#include "platform/view/view.h"

enum { KEPT_MAX = 1000 };

/* ---- GET /contact ---- */

static enum error show_contact(struct request *rq, struct reply *rp) {
    struct organisation organisation = {0};
    struct contact_form *values = ARENA_NEW(rq->arena, struct contact_form);
    TRY(organisation_of(rq, &organisation));
    const char *about = query_text(rq, "about");
    *values = (struct contact_form){
        .subject = -1,
        .name = rq->visitor->name,
        .email = rq->visitor->email,
        .about = about != NULL && address_is_own(about) ? about : NULL,
    };
    rq->values = values;
    const struct contact_view view = {
        .organisation = organisation.name,
        .mailbox = organisation.mailbox,
        .phone = organisation.phone,
        .answer_days = CONTACT_ANSWER_DAYS,
        .asks_human = contact_asks_human(rq),
        .question = contact_question(rq),
        .asks_number = contact_asks_number(rq),
    };
    return reply_view(rq, rp, &view);
}

/* ---- POST /contact ---- */

static enum error contact_prepare(struct request *rq) {
    const struct contact_form *form = rq->form;
    contact_check(rq, &contact_form_form,
                  &(struct contact_given){.message = form->message,
                                          .trap = form->website,
                                          .human = form->human,
                                          .keep_number = form->keep_number});
    return rq->errors.count == 0 ? contact_rate(rq, form->email) : ERR_INVALID;
}

static enum error contact_act(struct request *rq, struct db *db) {
    const struct contact_form *form = rq->form;
    const char *reference = NULL;
    TRY(contact_receive(db, rq,
                        &(struct contact_letter){
                            .subject = (enum contact_subject)form->subject,
                            .message = form->message,
                            .name = form->name,
                            .email = form->email,
                            .about = form->about,
                        },
                        &reference));
    rq->outcome =
        (struct outcome){201, arena_format(rq->arena, "/contact/receipt/%s", reference), NULL};
    return ERR_OK;
}

/* ---- GET /contact/receipt/:reference ---- */

static enum error show_receipt(struct request *rq, struct reply *rp) {
    struct contact_receipt view = {0};
    const char *reference = contact_reference_read(rq->arena, path_text(rq, "reference"));
    if (reference == NULL)
        return ERR_NOT_FOUND;
    TRY(db_one(rq->db, rq->arena, &sql_contact_by_reference,
               WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("reference", reference)),
               &contact_receipt_shape, &view));
    return reply_view(rq, rp, &view);
}

/* ---- personal data (QUA-4) ---- */

#define KEPT_CONTACT(F, T)                                                                         \
    F(T, slug, reference, , "to ask by")                                                           \
    F(T, choice, subject, contact_subject, "what it is about")                                     \
    F(T, text, name, , "as given")                                                                 \
    F(T, text, email, , "as given")                                                                \
    F(T, text, message, , "what was said")                                                         \
    F(T, time, received_at, , "when it came in")                                                   \
    F(T, text, answer, , "what was answered")                                                      \
    F(T, time, answered_at, , "when")
SHAPE(kept_contact, KEPT_CONTACT);

static enum error email_key_of(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                               const char **ret_key) {
    struct person person = {0};
    const enum error error = person_find(db, arena, tenant, account, &person);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    const char *key = person.email == NULL ? NULL : text_email_key(arena, person.email);
    *ret_key = key == NULL ? "" : key;
    return ERR_OK;
}

static enum error contact_extract(struct db *db, struct arena *arena, int64_t tenant,
                                  int64_t account, struct buffer *into) {
    struct kept_contact_list rows = {0};
    const char *email_key = "";
    TRY(email_key_of(db, arena, tenant, account, &email_key));
    TRY(db_many(db, arena, &sql_contacts_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account),
                     BIND_TEXT("email_key", email_key)),
                KEPT_MAX, &kept_contact_shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &kept_contact_shape, &rows.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

static enum error contact_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                                int64_t now) {
    const char *email_key = "";
    (void)now;
    TRY(email_key_of(db, arena, tenant, account, &email_key));
    return db_exec(db, &sql_contacts_erase,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account),
                        BIND_TEXT("email_key", email_key)),
                   NULL);
}

const struct register_source contact_register = {"register.contact", contact_extract,
                                                 contact_erase};

const struct route contact_routes[] = {
    ROUTE_GET("/contact", show_contact, .right = RIGHT_ANYONE, .form = &contact_form_form,
              .view = &contact_view_shape, .template = "pages/contact/new",
              .doc = "Asks what one wants to say to the organisation."),
    ROUTE_POST("/contact", contact_act, .right = RIGHT_ANYONE, .form = &contact_form_form,
               .prepare = contact_prepare, .limits = {.per_minute = 10},
               .doc = "Takes a letter in and gives a receipt with a reference."),
    ROUTE_GET("/contact/receipt/:reference", show_receipt, .right = RIGHT_ANYONE,
              .view = &contact_receipt_shape, .template = "pages/contact/receipt",
              .limits = {.per_minute = 60},
              .doc = "What became of a letter, for whoever has its reference."),
    {.path = NULL},
};
