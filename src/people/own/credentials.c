/* Ways in: another address (proved by a code), and the password. */
#include <string.h>

#include "own_statements.h"
#include "people/login/attempts.h"
#include "people/login/password.h"
#include "people/login/views.h"
#include "people/own/mail.h"
#include "people/own/own.h"
#include "people/own/views.h"
#include "people/sessions/sessions.h"
#include "people/tokens/tokens.h"
#include "platform/base/text.h"
#include "records/records.h"

static enum error audit_own(struct db *db, struct request *rq, const char *act) {
    const struct audit_entry entry = {
        .act = act,
        .account = rq->visitor->account,
        .object = arena_format(rq->arena, "account:%lld", (long long)rq->visitor->account),
    };
    return audit_append(db, rq, &entry);
}

/* Staff change their ways in with the second factor proved: the first one alone may be stolen. */
static enum error require_proved(const struct request *rq) {
    return rq->visitor->must_prove ? ERR_PROOF_REQUIRED : ERR_OK;
}

/* A way in was changed, perhaps because somebody else had got in: only this session goes on. */
static enum error end_other_access(struct db *db, struct request *rq) {
    TRY(session_end_others(db, rq->tenant, rq->visitor->account, rq->visitor->session));
    return token_revoke_all(db, rq->tenant, rq->visitor->account);
}

/* ---- /account/email: a code to the new address ---- */

const struct mail_kind email_changed_mail = {
    .id = "K77",
    .name = "email_changed",
    .class = MAIL_ALWAYS,
    .at_once = true,
    .forget = true,
    .facts = &email_changed_facts_shape,
    .template = "people/own/email_changed.txt",
    .when = "the account got another address",
    .to = "the address before",
};

static enum error show_email(struct request *rq, struct reply *rp) {
    const struct email_page page = {.email = rq->visitor->email};

    if (!proof_has_browser(rq)) {
        const struct secret browser = secret_new();
        proof_give_browser(rq, rp, &browser);
    }
    return reply_view(rq, rp, &page);
}

/* The same answer whether somebody has the new address or not: only its holder gets to know. */
static enum error email_prepare(struct request *rq) {
    const struct email_form *form = rq->form;
    const char *key = text_email_key(rq->arena, form->email);
    struct proof_start *start = ARENA_NEW(rq->arena, struct proof_start);

    TRY(require_proved(rq));
    if (!attempt_take(ATTEMPT_MAIL_FROM, rq->tenant, rq->address, rq->now))
        return ERR_TOO_MANY;
    *start = (struct proof_start){
        .purpose = proof_purpose_email,
        .account = rq->visitor->account,
        .to = {rq->visitor->account, form->email, rq->visitor->name, rq->language},
        .is_silent = !attempt_take(ATTEMPT_MAIL, rq->tenant, key, rq->now),
    };
    rq->work = start;
    return proof_draw(rq, start);
}

static enum error email_act(struct request *rq, struct db *db) {
    rq->outcome = (struct outcome){.status = 200, .address = "/account/email/code"};
    return proof_begin(db, rq, rq->work);
}

static enum error email_answer(struct request *rq, struct reply *rp) {
    const struct proof_start *start = rq->work;

    proof_give_browser(rq, rp, &start->browser);
    return reply_outcome(rq, rp);
}

/* Without an account, so that deleting it does not stop the mail: who took the account over could
 * otherwise silence it. */
static enum error tell_before(struct db *db, struct request *rq, const struct account *before) {
    const struct email_changed_facts facts = {.at = rq->now};
    const struct mail_recipient to = {0, before->email, before->name,
                                      language_from_code(before->language)};

    return mail_queue(
        db, rq->arena, rq->tenant, &email_changed_mail, &to,
        arena_format(rq->arena, "email:%lld:%lld", (long long)before->id, (long long)rq->now),
        rq->now, &facts);
}

enum error email_change(struct db *db, struct request *rq, const struct proof *proof,
                        bool *ret_taken) {
    struct account before;
    int64_t changed = 0;

    TRY(require_proved(rq));
    TRY(account_find(db, rq->arena, rq->tenant, rq->visitor->account, &before));
    TRY(db_exec(db, &sql_own_email_set,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                     BIND_TEXT("email", proof->email),
                     BIND_TEXT("email_key", text_email_key(rq->arena, proof->email))),
                &changed));
    *ret_taken = changed == 0;
    if (changed == 0)
        return ERR_OK;
    TRY(end_other_access(db, rq));
    TRY(tell_before(db, rq, &before));
    return audit_own(db, rq, "account.email");
}

/* ---- /account/email/code ---- */

static enum error show_email_code(struct request *rq, struct reply *rp) {
    struct proof proof;
    struct login_code_page page = {.ends_at = INSTANT_NONE};
    const enum error error = proof_of_browser(rq->db, rq, proof_purpose_email, NULL, &proof);

    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    const enum proof_verdict verdict = proof_judge(error == ERR_OK ? &proof : NULL, rq->now);
    if (rq->errors.count == 0 && verdict != PROOF_WRONG)
        return reply_redirect(rq, rp, "/account/email");
    if (error == ERR_OK)
        page = (struct login_code_page){.email = proof.email,
                                        .ends_at = proof.ends_at,
                                        .attempts_left = PROOF_ATTEMPTS - proof.attempts};
    return reply_view(rq, rp, &page);
}

struct email_work {
    enum proof_verdict verdict;
    bool is_taken;
};

static enum error email_code_prepare(struct request *rq) {
    rq->work = ARENA_NEW(rq->arena, struct email_work);
    return attempt_take(ATTEMPT_CODE_FROM, rq->tenant, rq->address, rq->now) ? ERR_OK
                                                                             : ERR_TOO_MANY;
}

static enum error email_code_act(struct request *rq, struct db *db) {
    const struct login_code_form *form = rq->form;
    struct email_work *work = rq->work;
    struct proof proof;
    const enum error error = proof_of_browser(db, rq, proof_purpose_email, form->code, &proof);

    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    const bool is_own = error == ERR_OK && proof.account == rq->visitor->account;
    *work = (struct email_work){0};
    rq->outcome = (struct outcome){200, "/account", "email.changed"};
    TRY(proof_take(db, rq, is_own ? &proof : NULL, &work->verdict));
    return work->verdict == PROOF_HOLDS ? email_change(db, rq, &proof, &work->is_taken) : ERR_OK;
}

static enum error email_code_answer(struct request *rq, struct reply *rp) {
    const struct email_work *work = rq->work;

    if (work->verdict == PROOF_HOLDS && !work->is_taken)
        return reply_outcome(rq, rp);
    form_refuse(rq->arena, &rq->errors, &login_code_form_form,
                work->verdict == PROOF_WRONG ? "code" : NULL,
                work->is_taken ? "email.taken" : proof_word(work->verdict));
    return ERR_INVALID;
}

/* ---- /account/password ---- */

static enum error show_password(struct request *rq, struct reply *rp) {
    struct account account;

    TRY(account_find(rq->db, rq->arena, rq->tenant, rq->visitor->account, &account));
    const struct password_page page = {.has_password = account.password != NULL};
    return reply_view(rq, rp, &page);
}

static enum error refuse(struct request *rq, const char *field, const char *word) {
    form_refuse(rq->arena, &rq->errors, &password_form_form, field, word);
    return ERR_INVALID;
}

static enum error judge_new(struct request *rq, const char *password, const char *email) {
    switch (password_judge(rq->arena, password, email)) {
    case PASSWORD_TOO_SHORT:
        return refuse(rq, "new_password", "password.too_short");
    case PASSWORD_COMMON:
        return refuse(rq, "new_password", "password.common");
    case PASSWORD_IS_EMAIL:
        return refuse(rq, "new_password", "password.is_email");
    case PASSWORD_FINE:
        break;
    }
    return ERR_OK;
}

/* The present password is asked for where there is one: a session left open is not enough. */
static enum error check_present(struct request *rq, const struct account *account,
                                const char *present) {
    bool fits = false;

    if (account->password == NULL)
        return ERR_OK;
    if (present == NULL)
        return refuse(rq, "password", "field.required");
    if (!attempt_take(ATTEMPT_PASSWORD, rq->tenant, account->email_key, rq->now))
        return ERR_TOO_MANY;
    TRY(password_fits(account->password, present, &fits));
    if (!fits)
        return refuse(rq, "password", "password.wrong");
    attempt_forgive(ATTEMPT_PASSWORD, rq->tenant, account->email_key);
    return ERR_OK;
}

struct password_work {
    const char *hash;
};

static enum error password_prepare(struct request *rq) {
    const struct password_form *form = rq->form;
    struct password_work *work = ARENA_NEW(rq->arena, struct password_work);
    struct account account;

    TRY(require_proved(rq));
    TRY(account_find(rq->db, rq->arena, rq->tenant, rq->visitor->account, &account));
    TRY(judge_new(rq, form->new_password, account.email_key));
    TRY(check_present(rq, &account, form->password));
    TRY(password_hash(rq->arena, form->new_password, &work->hash));
    rq->work = work;
    return ERR_OK;
}

static enum error password_write(struct request *rq, struct db *db, const char *hash) {
    TRY(db_exec(db, &sql_own_password_set,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                     BIND_TEXT("password", hash),
                     BIND_TIME("password_at", hash == NULL ? INSTANT_NONE : rq->now)),
                NULL));
    return end_other_access(db, rq);
}

static enum error password_act(struct request *rq, struct db *db) {
    const struct password_work *work = rq->work;

    rq->outcome = (struct outcome){200, "/account", "password.set"};
    TRY(password_write(rq, db, work->hash));
    return audit_own(db, rq, "password.set");
}

/* Otherwise removing it would be the way around the question for the present one. */
static enum error password_remove_prepare(struct request *rq) {
    const char *typed = input_value(&rq->input, "password"), *present = NULL;
    struct account account;

    TRY(require_proved(rq));
    TRY(account_find(rq->db, rq->arena, rq->tenant, rq->visitor->account, &account));
    if (typed != NULL && *typed != '\0')
        TRY(text_clean(rq->arena, typed, strlen(typed), &present));
    return check_present(rq, &account, present);
}

static enum error password_remove_act(struct request *rq, struct db *db) {
    rq->outcome = (struct outcome){200, "/account", "password.removed"};
    TRY(password_write(rq, db, NULL));
    return audit_own(db, rq, "password.remove");
}

const struct route credential_routes[] = {
    ROUTE_GET("/account/email", show_email, .right = RIGHT_SELF, .form = &email_form_form,
              .view = &email_page_shape, .template = "people/own/email", .crumb = "email.title",
              .doc = "Asks for a new address."),
    ROUTE_POST("/account/email", email_act, .right = RIGHT_SELF, .form = &email_form_form,
               .prepare = email_prepare, .answer = email_answer, .is_repeatable = true,
               .doc = "Sends a code to the new address."),
    ROUTE_GET("/account/email/code", show_email_code, .right = RIGHT_SELF,
              .form = &login_code_form_form, .view = &login_code_page_shape,
              .template = "people/own/email_code",
              .doc = "Asks for the code that was sent to the new address."),
    ROUTE_POST("/account/email/code", email_code_act, .right = RIGHT_SELF,
               .form = &login_code_form_form, .prepare = email_code_prepare,
               .answer = email_code_answer, .is_repeatable = true,
               .doc = "Changes the address; other sessions and all tokens end."),
    ROUTE_GET("/account/password", show_password, .right = RIGHT_SELF, .form = &password_form_form,
              .view = &password_page_shape, .template = "people/own/password",
              .doc = "Asks for a new password."),
    ROUTE_POST("/account/password", password_act, .right = RIGHT_SELF, .form = &password_form_form,
               .prepare = password_prepare, .is_slow = true,
               .doc = "Sets or changes the password; other sessions and all tokens end."),
    ROUTE_POST(
        "/account/password/remove", password_remove_act, .right = RIGHT_SELF,
        .prepare = password_remove_prepare, .is_slow = true, .form_page = "/account/password",
        .doc = "Removes the password: log-in by code alone. Other sessions and all tokens end."),
    {.path = NULL},
};
