/* /contact/inbox: reading, assigning, answering, and disposal by a decision. */
#include <string.h>

#include "contact_statements.h"
#include "pages/contact/contact.h"
#include "pages/todo/rules.h"
#include "platform/view/retention.h"
#include "records/records.h"

enum { CONTACTS_SHOWN = 100 };

const struct mail_kind contact_answered_mail = {
    .id = "K15",
    .name = "contact_answered",
    .class = MAIL_ALWAYS,
    .facts = &contact_answered_facts_shape,
    .template = "pages/contact/answered.txt",
    .when = "a letter is answered",
    .to = "giver",
};

static bool sees_everything(const struct request *rq) {
    const enum permission all = may(rq->visitor, RIGHT_answer_views, NULL);
    return all == PERMISSION_DOES || all == PERMISSION_SEES;
}

/* What was received before this has been kept its term. */
static int64_t kept_since(const struct request *rq) {
    return rq->now - DAYS(retention_class(RETENTION_message)->days);
}

/* ---- GET /contact/inbox ---- */

#define COUNTS_ROW(F, T)                                                                           \
    F(T, int, waiting, , "not answered")                                                           \
    F(T, int, late, , "of these, late")                                                            \
    F(T, int, answered, , "answered and kept")                                                     \
    F(T, int, disposable, , "older than their term")
SHAPE(counts_row, COUNTS_ROW);

static enum error count(struct db *db, struct request *rq, bool everything,
                        struct counts_row *ret_counts) {
    return db_one(db, rq->arena, &sql_contact_counts,
                  WITH(BIND_INT("tenant", rq->tenant), BIND_INT("everything", everything),
                       BIND_INT("account", rq->visitor->account), BIND_TIME("now", rq->now),
                       BIND_TIME("kept_since", kept_since(rq))),
                  &counts_row_shape, ret_counts);
}

static struct contact_list_item item_of(const struct request *rq, const struct contact_item *row) {
    struct contact_list_item item = {
        .id = row->id,
        .reference = row->reference,
        .subject = row->subject,
        .state = row->state,
        .received_at = row->received_at,
        .due_at = row->due_at,
        .owner = row->owner,
        .owner_name = row->owner_name,
        .answered_at = row->answered_at,
    };
    item.urgency = (int)task_urgency(row->due_at, rq->now, &item.days);
    return item;
}

static enum error show_inbox(struct request *rq, struct reply *rp) {
    const bool answered = query_has(rq, "answered"), everything = sees_everything(rq);
    struct contact_item_list rows = {0};
    struct counts_row counts = {0};
    TRY(count(rq->db, rq, everything, &counts));
    TRY(db_many(rq->db, rq->arena, answered ? &sql_contact_answered : &sql_contact_waiting,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("everything", everything),
                     BIND_INT("account", rq->visitor->account)),
                CONTACTS_SHOWN + 1, &contact_item_shape, &rows));
    const size_t shown = rows.count < CONTACTS_SHOWN ? rows.count : CONTACTS_SHOWN;
    struct contact_list_item *at = ARENA_ARRAY(rq->arena, shown + 1, struct contact_list_item);
    for (size_t i = 0; i < shown; i++)
        at[i] = item_of(rq, &rows.at[i]);
    const struct contact_inbox view = {
        .waiting = counts.waiting,
        .late = counts.late,
        .answered = counts.answered,
        .disposable = counts.disposable,
        .shows_answered = answered,
        .may_dispose = may(rq->visitor, RIGHT_keep_records, NULL) == PERMISSION_DOES,
        .contacts = {at, shown},
        .more = rows.count > shown,
    };
    return reply_view(rq, rp, &view);
}

/* ---- one letter ---- */

static struct page_ref reference_of(const struct request *rq, const struct contact_row *row) {
    return (struct page_ref){
        .tenant = rq->tenant, .id = row->id, .page_owner = row->owner, .published = true};
}

static enum error find_contact(struct db *db, struct request *rq, enum permission least,
                               struct contact_row *ret_row) {
    struct contact_row row = {0};
    TRY(db_one(db, rq->arena, &sql_contact_by_id,
               WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", path_id(rq, "id"))),
               &contact_row_shape, &row));
    const struct page_ref ref = reference_of(rq, &row);
    TRY(require(rq->visitor, RIGHT_answer_views, &ref, least));
    *ret_row = row;
    return ERR_OK;
}

/* Those who may answer: process leaders and case officers. */
static enum error find_answerers(struct db *db, struct request *rq,
                                 struct person_list *ret_people) {
    struct person_list leaders = {0}, officers = {0};
    TRY(people_with_role(db, rq->arena, rq->tenant, ROLE_process_lead, &leaders));
    TRY(people_with_role(db, rq->arena, rq->tenant, ROLE_case_officer, &officers));
    struct person *at = ARENA_ARRAY(rq->arena, leaders.count + officers.count + 1, struct person);
    size_t count = 0;
    for (size_t i = 0; i < leaders.count; i++)
        at[count++] = leaders.at[i];
    for (size_t i = 0; i < officers.count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < leaders.count; j++)
            is_known |= leaders.at[j].id == officers.at[i].id;
        if (!is_known)
            at[count++] = officers.at[i];
    }
    *ret_people = (struct person_list){at, count};
    return ERR_OK;
}

static const struct form_options *owner_options(struct request *rq,
                                                const struct person_list *people) {
    struct option_view *at = ARENA_ARRAY(rq->arena, people->count + 1, struct option_view);
    struct form_options *options = ARENA_NEW(rq->arena, struct form_options);
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->at[i];
        at[i] = (struct option_view){
            .code = arena_format(rq->arena, "%lld", (long long)person->id),
            .label = person->name != NULL ? person->name : person->email,
        };
    }
    *options = (struct form_options){.field = "owner", .at = at, .count = people->count};
    return options;
}

static enum error show_one(struct request *rq, struct reply *rp) {
    struct contact_row row = {0};
    struct person_list people = {0};
    TRY(find_contact(rq->db, rq, PERMISSION_SEES, &row));
    const struct page_ref ref = reference_of(rq, &row);
    const enum permission permission = may(rq->visitor, RIGHT_answer_views, &ref);
    const bool waits = row.state == contact_state_received || row.state == contact_state_assigned;
    const struct contact_page view = {
        .contact = &row,
        .about = {row.about != NULL && address_is_own(row.about) ? row.about : NULL},
        .may_answer = waits && permission >= PERMISSION_OWN,
        .may_assign = waits && permission == PERMISSION_DOES,
    };
    TRY(find_answerers(rq->db, rq, &people));
    struct contact_answer_form *values = ARENA_NEW(rq->arena, struct contact_answer_form);
    if (row.owner != 0)
        values->owner = arena_format(rq->arena, "%lld", (long long)row.owner);
    rq->values = values;
    rq->options = owner_options(rq, &people);
    return reply_view(rq, rp, &view);
}

/* ---- assigning ---- */

static enum error assign_act(struct request *rq, struct db *db) {
    const struct contact_assign_form *form = rq->form;
    const int64_t owner = strtoll(form->owner, NULL, 10);
    struct contact_row row = {0};
    struct person_list people = {0};
    bool is_known = false;
    int64_t changed = 0;
    TRY(find_contact(db, rq, PERMISSION_DOES, &row));
    TRY(find_answerers(db, rq, &people));
    for (size_t i = 0; i < people.count; i++)
        is_known |= people.at[i].id == owner;
    if (!is_known) {
        form_refuse(rq->arena, &rq->errors, &contact_assign_form_form, "owner",
                    "contact.cannot_answer");
        return ERR_INVALID;
    }
    TRY(db_exec(
        db, &sql_contact_assign,
        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", row.id), BIND_INT("owner", owner)),
        &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    const char *address = arena_format(rq->arena, "/contact/%lld", (long long)row.id);
    rq->outcome = (struct outcome){303, address, "contact.assigned"};
    return task_assign(db, rq->tenant, arena_format(rq->arena, "contact:%lld", (long long)row.id),
                       owner);
}

/* ---- answering ---- */

static enum error tell_giver(struct db *db, struct request *rq, const struct contact_row *row,
                             const char *answer) {
    if (row->email == NULL)
        return ERR_OK;
    const struct mail_recipient to = {
        .address = row->email, .name = row->name, .language = language_from_code(row->language)};
    const struct contact_answered_facts facts = {
        .reference = row->reference,
        .message = row->message,
        .answer = answer,
        .address = url_own("/contact"),
    };
    return mail_queue(db, rq->arena, rq->tenant, &contact_answered_mail, &to,
                      arena_format(rq->arena, "contact:%s:answer", row->reference), rq->now,
                      &facts);
}

static enum error answer_act(struct request *rq, struct db *db) {
    const struct contact_answer_form *form = rq->form;
    struct contact_row row = {0};
    int64_t changed = 0;
    TRY(find_contact(db, rq, PERMISSION_OWN, &row));
    TRY(db_exec(db, &sql_contact_answer,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", row.id),
                     BIND_TEXT("answer", form->answer), BIND_TIME("now", rq->now),
                     BIND_INT("account", rq->visitor->account)),
                &changed));
    if (changed == 0) {
        form_refuse(rq->arena, &rq->errors, &contact_answer_form_form, NULL,
                    "contact.answered_meanwhile");
        return ERR_INVALID;
    }
    const char *object = arena_format(rq->arena, "contact:%lld", (long long)row.id);
    TRY(task_done(db, rq->tenant, object, rq->visitor->account, rq->now));
    TRY(tell_giver(db, rq, &row, form->answer));
    const char *address = arena_format(rq->arena, "/contact/%lld", (long long)row.id);
    rq->outcome = (struct outcome){
        303, address, row.email == NULL ? "contact.answered_unmailed" : "contact.answered"};
    return audit_append(db, rq,
                        &(struct audit_entry){.act = "contact.answer",
                                              .account = rq->visitor->account,
                                              .object = object});
}

/* ---- disposal (QUA-5) ---- */

static enum error show_dispose(struct request *rq, struct reply *rp) {
    struct counts_row counts = {0};
    TRY(require(rq->visitor, RIGHT_keep_records, NULL, PERMISSION_DOES));
    TRY(count(rq->db, rq, true, &counts));
    const struct contact_dispose_view view = {
        .disposable = counts.disposable, .kept_days = retention_class(RETENTION_message)->days};
    return reply_view(rq, rp, &view);
}

static enum error dispose_act(struct request *rq, struct db *db) {
    const struct contact_dispose_form *form = rq->form;
    int64_t changed = 0;
    TRY(require(rq->visitor, RIGHT_keep_records, NULL, PERMISSION_DOES));
    TRY(db_exec(db, &sql_contact_dispose,
                WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("disposal", form->decision),
                     BIND_TIME("kept_since", kept_since(rq))),
                &changed));
    rq->outcome = (struct outcome){303, "/contact/disposal", "contact.disposed"};
    if (changed == 0)
        return ERR_OK;
    return audit_append(
        db, rq,
        &(struct audit_entry){
            .act = "contact.dispose",
            .account = rq->visitor->account,
            .object = "contact",
            .reason = form->decision,
            .detail = arena_format(rq->arena, "{\"count\":%lld}", (long long)changed),
        });
}

enum error contacts_hand_over(struct db *db, int64_t tenant, int64_t from, int64_t to,
                              int64_t *ret_count) {
    return db_exec(
        db, &sql_contacts_hand_over,
        WITH(BIND_INT("tenant", tenant), BIND_INT("account", from), BIND_INT("heir", to)),
        ret_count);
}

const struct route contact_staff_routes[] = {
    ROUTE_GET("/contact/inbox", show_inbox, .right = RIGHT_answer_views,
              .view = &contact_inbox_shape, .template = "pages/contact/inbox",
              .doc = "Letters that wait for an answer, or (?answered) those that have one."),
    ROUTE_GET("/contact/:id", show_one, .right = RIGHT_answer_views,
              .form = &contact_answer_form_form, .view = &contact_page_shape,
              .template = "pages/contact/one",
              .doc = "One letter, with its answer or the form for it."),
    ROUTE_POST("/contact/:id/assign", assign_act, .right = RIGHT_answer_views,
               .form = &contact_assign_form_form, .form_page = "/contact/:id",
               .doc = "Says who is to answer a letter."),
    ROUTE_POST("/contact/:id/answer", answer_act, .right = RIGHT_answer_views,
               .form = &contact_answer_form_form, .form_page = "/contact/:id",
               .doc = "Answers a letter; the answer is mailed to its giver."),
    ROUTE_GET("/contact/disposal", show_dispose, .right = RIGHT_keep_records,
              .form = &contact_dispose_form_form, .view = &contact_dispose_view_shape,
              .template = "pages/contact/disposal",
              .doc = "How many letters have been kept their term."),
    ROUTE_POST("/contact/disposal", dispose_act, .right = RIGHT_keep_records,
               .form = &contact_dispose_form_form,
               .doc = "Destroys letters that have been kept their term, by a decision."),
    {.path = NULL},
};
