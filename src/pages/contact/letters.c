/* Taking a letter in: the human check before it, the row, the task and the mails after it. */
#include "pages/contact/contact.h"

#include <sodium.h>
#include <string.h>

#include "contact_statements.h"
#include "platform/base/text.h"

enum { REFERENCES_TRIED = 4 };

const struct mail_kind contact_received_mail = {
    .id = "K4",
    .name = "contact_received",
    .class = MAIL_ALWAYS,
    .at_once = true,
    .facts = &contact_received_facts_shape,
    .template = "pages/contact/received.txt",
    .when = "a letter has come in",
    .to = "giver",
};

const struct mail_kind contact_notice_mail = {
    .id = "K73",
    .name = "contact_notice",
    .class = MAIL_ALWAYS,
    .facts = &contact_notice_facts_shape,
    .template = "pages/contact/notice.txt",
    .when = "a letter has come in",
    .to = "function mailbox",
};

/* ---- the human check ---- */

/* One question a day and organisation: a bot that only fills in fields has no answer, and nothing
 * need be kept between the question and its answer. */
static struct human_question question_of_day(const struct request *rq, int days_ago) {
    const struct civil civil = civil_from_instant(instant_day_start(rq->now, -days_ago));
    const uint64_t day = (uint64_t)civil.year * 372 + (uint64_t)civil.month * 31 +
                         (uint64_t)civil.day + (uint64_t)rq->tenant * 5;
    return human_question(day * UINT64_C(2654435761));
}

static void number_words(struct request *rq, const char *ret_words[13]) {
    for (int i = 0; i <= 12; i++)
        ret_words[i] = word(rq->language, arena_format(rq->arena, "number.%d", i));
}

#define SUM_VIEW(F, T)                                                                             \
    F(T, text, a, , "a number in words")                                                           \
    F(T, text, b, , "a number in words")
SHAPE(sum_view, SUM_VIEW);

const char *contact_question(struct request *rq) {
    const char *words[13];
    const struct human_question question = question_of_day(rq, 0);
    number_words(rq, words);
    const struct sum_view view = {words[question.a], words[question.b]};
    return word_filled(rq->arena, rq->language, "contact.human_question", -1, &sum_view_shape,
                       &view);
}

/* A form that was shown before midnight is sent after it. */
static bool answer_is_right(struct request *rq, const char *answer) {
    const char *words[13];
    number_words(rq, words);
    return human_answer_right(rq->arena, question_of_day(rq, 0), answer, words) ||
           human_answer_right(rq->arena, question_of_day(rq, 1), answer, words);
}

void contact_check(struct request *rq, const struct form *form, const struct contact_given *given) {
    const struct contact_signs signs = {
        .trap_filled = given->trap != NULL,
        .age = rq->form_age,
        .links = contact_links(given->message),
    };
    if (contact_suspicious(&signs) && !answer_is_right(rq, given->human))
        form_refuse(rq->arena, &rq->errors, form, "human",
                    given->human == NULL ? "contact.human_asked" : "contact.human_wrong");
    if (!given->keep_number && contact_has_personal_number(given->message))
        form_refuse(rq->arena, &rq->errors, form, "message", "contact.personal_number");
}

enum error contact_rate(struct request *rq, const char *email) {
    enum { RECEIPTS_PER_MINUTE = 2 };
    if (email == NULL)
        return ERR_OK;
    return http_rate(rq,
                     arena_format(rq->arena, "contact:%lld:%s", (long long)rq->tenant,
                                  text_email_key(rq->arena, email)),
                     RECEIPTS_PER_MINUTE);
}

bool contact_asks_human(const struct request *rq) {
    for (const struct form_error *error = rq->errors.first; error != NULL; error = error->next)
        if (error->field != NULL && strcmp(error->field->name, "human") == 0)
            return true;
    return false;
}

/* Once ticked it stays to be seen, whatever else is wrong. */
bool contact_asks_number(const struct request *rq) {
    for (const struct form_error *error = rq->errors.first; error != NULL; error = error->next)
        if (strcmp(error->word, "contact.personal_number") == 0)
            return true;
    return input_value(&rq->input, "keep_number") != NULL;
}

/* ---- taking in ---- */

static const char *draw_reference(struct request *rq, int attempt) {
    unsigned char bytes[16];
    const char *purpose = arena_format(rq->arena, "contact reference %d", attempt);
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)purpose, strlen(purpose),
                       rq->seed, sizeof rq->seed);
    return contact_reference(rq->arena, bytes);
}

static enum error insert(struct db *db, struct request *rq, const struct contact_letter *letter,
                         int64_t *ret_id, const char **ret_reference) {
    const char *key = letter->email == NULL ? NULL : text_email_key(rq->arena, letter->email);
    for (int attempt = 0; attempt < REFERENCES_TRIED; attempt++) {
        const char *reference = draw_reference(rq, attempt);
        const enum error error = db_integer(
            db, &sql_contact_insert,
            WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("reference", reference),
                 BIND_TEXT("subject", choice_code(&contact_subject_choices, (int)letter->subject)),
                 BIND_TEXT("name", letter->name), BIND_TEXT("email", letter->email),
                 BIND_TEXT("email_key", key), BIND_TEXT("language", language_code(rq->language)),
                 BIND_TEXT("message", letter->message), BIND_TEXT("about", letter->about),
                 BIND_ID("account", rq->visitor->account), BIND_TIME("now", rq->now),
                 BIND_TIME("due_at", contact_due(rq->now))),
            ret_id);
        if (error == ERR_OK)
            *ret_reference = reference;
        if (error != ERR_NOT_FOUND)
            return error;
    }
    return ERR_CONFLICT;
}

/* Nobody has proved the address: what was typed, the name too, is not sent there. */
static enum error tell_giver(struct db *db, struct request *rq, const struct contact_letter *letter,
                             const char *reference) {
    if (letter->email == NULL)
        return ERR_OK;
    const struct mail_recipient to = {
        .account = rq->visitor->account, .address = letter->email, .language = rq->language};
    const struct contact_received_facts facts = {
        .reference = reference,
        .due_at = contact_due(rq->now),
        .address = url_own(arena_format(rq->arena, "/contact/receipt/%s", reference)),
    };
    return mail_queue(db, rq->arena, rq->tenant, &contact_received_mail, &to,
                      arena_format(rq->arena, "contact:%s", reference), rq->now, &facts);
}

/* The notice names the matter, not what was said or by whom: mailboxes are read by many. */
static enum error tell_mailbox(struct db *db, struct request *rq,
                               const struct contact_letter *letter, const char *reference,
                               struct url address) {
    struct organisation organisation = {0};
    TRY(organisation_find(db, rq->arena, rq->tenant, &organisation));
    if (organisation.mailbox == NULL)
        return ERR_OK;
    const struct mail_recipient to = {.address = organisation.mailbox, .language = LANGUAGE_SV};
    const struct contact_notice_facts facts = {
        .reference = reference,
        .subject = (int)letter->subject,
        .due_at = contact_due(rq->now),
        .address = address,
    };
    return mail_queue(db, rq->arena, rq->tenant, &contact_notice_mail, &to,
                      arena_format(rq->arena, "contact:%s:notice", reference), rq->now, &facts);
}

enum error contact_receive(struct db *db, struct request *rq, const struct contact_letter *letter,
                           const char **ret_reference) {
    int64_t id = 0;
    const char *reference = NULL;
    TRY(insert(db, rq, letter, &id, &reference));
    const char *address = arena_format(rq->arena, "/contact/%lld", (long long)id);
    TRY(task_add(db, rq->tenant,
                 &(struct task){
                     .role = ROLE_process_lead,
                     .word = "task.answer_contact",
                     .detail = reference,
                     .address = address,
                     .cause = arena_format(rq->arena, "contact:%lld", (long long)id),
                     .due_at = contact_due(rq->now),
                 },
                 rq->now));
    TRY(tell_giver(db, rq, letter, reference));
    TRY(tell_mailbox(db, rq, letter, reference, url_own(address)));
    *ret_reference = reference;
    return ERR_OK;
}
