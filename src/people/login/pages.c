/* Log-in by a code or link that is sent by e-mail (QUA-11), or by password. */
#include <string.h>

#include "people/accounts.h"
#include "people/login/attempts.h"
#include "people/login/password.h"
#include "people/login/proofs.h"
#include "people/login/views.h"
#include "people/own/own.h"
#include "people/second_factor/second_factor.h"

/* Where to go after a log-in that did not say: to one's own page, staff to what waits for them. */
static const char own_page[] = "/account", staff_page[] = "/todo";

/* ---- GET /login: an address to send a code to ---- */

/* The other way to log in leads to the same place afterwards. */
static struct url other_way(struct request *rq, const char *path) {
    const char *next = next_checked(query_text(rq, "next"));

    return url_own(next == NULL ? path : next_added(rq->arena, path, next));
}

/* The browser gets its secret here, so that a form pressed twice begins one proof, not two. */
static enum error show_login(struct request *rq, struct reply *rp) {
    struct login_page page = {0};
    struct proof proof;

    if (rq->visitor->session != 0) {
        const char *next = next_checked(query_text(rq, "next"));
        return reply_redirect(rq, rp, next != NULL ? next : own_page);
    }
    if (!proof_has_browser(rq)) {
        const struct secret browser = secret_new();
        proof_give_browser(rq, rp, &browser);
    }
    const enum error error = proof_of_browser(rq->db, rq, proof_purpose_login, NULL, &proof);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    page.code_waits = error == ERR_OK && proof_judge(&proof, rq->now) == PROOF_WRONG;
    struct login_form *form = ARENA_NEW(rq->arena, struct login_form);
    form->next = next_checked(query_text(rq, "next"));
    rq->values = form;
    page.other = other_way(rq, "/login/password");
    return reply_view(rq, rp, &page);
}

/* ---- POST /login: sends it; the answer is the same whether the address is known or not ---- */

static enum error begin_prepare(struct request *rq) {
    const struct login_form *form = rq->form;
    const char *key = text_email_key(rq->arena, form->email);
    struct proof_start *start = ARENA_NEW(rq->arena, struct proof_start);
    struct account account = {0};

    if (!attempt_take(ATTEMPT_MAIL_FROM, rq->tenant, rq->address, rq->now))
        return ERR_TOO_MANY;
    const enum error error = account_by_email(rq->db, rq->arena, rq->tenant, key, &account);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *start = (struct proof_start){
        .purpose = proof_purpose_login,
        .to = {account.id, form->email, account.name,
               account.id == 0 ? rq->language : language_from_code(account.language)},
        .remember = form->remember,
        .next = next_checked(form->next),
        .is_silent = !attempt_take(ATTEMPT_MAIL, rq->tenant, key, rq->now),
    };
    rq->work = start;
    return proof_draw(rq, start);
}

static enum error begin_act(struct request *rq, struct db *db) {
    rq->outcome = (struct outcome){.status = 200, .address = "/login/code"};
    return proof_begin(db, rq, rq->work);
}

static enum error begin_answer(struct request *rq, struct reply *rp) {
    const struct proof_start *start = rq->work;

    proof_give_browser(rq, rp, &start->browser);
    return reply_outcome(rq, rp);
}

/* ---- a proof that held becomes a session ---- */

struct login_work {
    struct session_start session;
    enum proof_verdict verdict;
    bool is_staff;
    bool is_email; /* the link of another address of an account: no log-in */
    bool is_taken; /* and somebody else has that address */
    const char *next;
};

/* The same press twice (the browser dropped the first answer) finds the session that the first one
 * made: its secret follows from the browser's and from what was typed or opened. */
static enum error login_draw(struct request *rq, const char *answer) {
    struct login_work *work = ARENA_NEW(rq->arena, struct login_work);
    const struct secret browser = proof_browser(rq);
    struct secret secret;

    TRY(secret_derived("session", arena_format(rq->arena, "%s %s", browser.text, answer), &secret));
    work->session = session_draw(rq, secret, false);
    rq->work = work;
    return ERR_OK;
}

static enum error login_again(struct request *rq, struct db *db, struct login_work *work) {
    struct session_row session;
    const enum error error =
        session_find(db, rq->arena, rq->tenant, work->session.secret.text, rq->now, &session);

    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_OK : error;
    work->session.remember = session.remember;
    work->verdict = PROOF_HOLDS;
    return ERR_OK;
}

static enum error login_finish(struct request *rq, struct db *db, const struct proof *proof,
                               struct login_work *work) {
    struct account account;

    TRY(account_ensure(db, rq->arena, rq->tenant, proof->email, rq->language, rq->now,
                       &work->session.account));
    TRY(account_find(db, rq->arena, rq->tenant, work->session.account, &account));
    work->is_staff = (roles_from_codes(account.roles) & roles_of_staff()) != 0;
    work->session.remember = proof->remember && !work->is_staff;
    work->next = proof->next;
    return session_begin(db, rq->tenant, &work->session, rq->now);
}

/* Where the log-in leads: staff first prove who they are (or set it up), then go on. */
static const char *login_leads_to(struct request *rq, const struct login_work *work) {
    const char *next = work->next != NULL ? work->next : work->is_staff ? staff_page : own_page;

    return work->is_staff ? second_factor_address(rq->arena, next) : next;
}

static enum error login_take(struct request *rq, struct db *db, const struct proof *proof) {
    struct login_work *work = rq->work;

    TRY(proof_take(db, rq, proof, &work->verdict));
    if (work->verdict == PROOF_NONE)
        TRY(login_again(rq, db, work));
    else if (work->verdict == PROOF_HOLDS)
        TRY(login_finish(rq, db, proof, work));
    rq->outcome =
        (struct outcome){.status = 200, .address = login_leads_to(rq, work), .flash = NULL};
    return ERR_OK;
}

static enum error login_answer(struct request *rq, struct reply *rp) {
    const struct login_work *work = rq->work;

    if (work->verdict != PROOF_HOLDS || work->is_taken) {
        form_refuse(rq->arena, &rq->errors, &login_code_form_form,
                    work->verdict == PROOF_WRONG ? "code" : NULL,
                    work->is_taken ? "email.taken" : proof_word(work->verdict));
        return ERR_INVALID;
    }
    if (!work->is_email)
        session_give(rq, rp, &work->session);
    return reply_outcome(rq, rp);
}

/* ---- /login/code: the typed code ---- */

static enum error show_code(struct request *rq, struct reply *rp) {
    struct proof proof;
    const enum error error = proof_of_browser(rq->db, rq, proof_purpose_login, NULL, &proof);

    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    if (rq->errors.count == 0 &&
        proof_judge(error == ERR_OK ? &proof : NULL, rq->now) != PROOF_WRONG)
        return reply_redirect(rq, rp, "/login");
    struct login_code_page page = {.ends_at = INSTANT_NONE};
    if (error == ERR_OK)
        page = (struct login_code_page){.email = proof.email,
                                        .ends_at = proof.ends_at,
                                        .attempts_left = PROOF_ATTEMPTS - proof.attempts};
    return reply_view(rq, rp, &page);
}

static enum error code_prepare(struct request *rq) {
    const struct login_code_form *form = rq->form;

    if (!attempt_take(ATTEMPT_CODE_FROM, rq->tenant, rq->address, rq->now))
        return ERR_TOO_MANY;
    return login_draw(rq, form->code);
}

static enum error code_act(struct request *rq, struct db *db) {
    const struct login_code_form *form = rq->form;
    struct proof proof;
    const enum error error = proof_of_browser(db, rq, proof_purpose_login, form->code, &proof);

    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    return login_take(rq, db, error == ERR_OK ? &proof : NULL);
}

/* ---- /login/link/:token: opened from the mail. Opening changes nothing ---- */

/* Another address is proved in a session of the account alone. */
static enum proof_verdict judge_link(const struct request *rq, const struct proof *proof) {
    const enum proof_verdict verdict = proof_judge(proof, rq->now);

    return verdict == PROOF_HOLDS && proof->purpose == proof_purpose_email &&
                   proof->account != rq->visitor->account
               ? PROOF_ELSEWHERE
               : verdict;
}

static enum link_state link_state_of(const struct request *rq, const struct proof *proof) {
    switch (judge_link(rq, proof)) {
    case PROOF_HOLDS:
        return link_state_here;
    case PROOF_ELSEWHERE:
        return rq->now < proof->ends_at ? link_state_elsewhere : link_state_over;
    default:
        return link_state_over;
    }
}

static enum error find_link(struct db *db, struct request *rq, const struct proof **ret_proof) {
    struct proof *proof = ARENA_NEW(rq->arena, struct proof);
    const enum error error = proof_of_link(db, rq, path_text(rq, "token"), proof);

    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *ret_proof = error == ERR_OK ? proof : NULL;
    return ERR_OK;
}

static enum error show_link(struct request *rq, struct reply *rp) {
    const struct proof *proof = NULL;
    struct login_link_page page = {0};

    TRY(find_link(rq->db, rq, &proof));
    page.state = (int)link_state_of(rq, proof);
    if (page.state == link_state_here) {
        page.email = proof->email;
        page.is_email = proof->purpose == proof_purpose_email;
    }
    return reply_view(rq, rp, &page);
}

static enum error link_prepare(struct request *rq) {
    return login_draw(rq, path_text(rq, "token"));
}

static enum error email_take(struct request *rq, struct db *db, const struct proof *proof) {
    struct login_work *work = rq->work;

    work->is_email = true;
    work->verdict = judge_link(rq, proof);
    rq->outcome = (struct outcome){200, "/account", "email.changed"};
    if (work->verdict != PROOF_HOLDS)
        return ERR_OK;
    TRY(proof_take(db, rq, proof, &work->verdict));
    return work->verdict == PROOF_HOLDS ? email_change(db, rq, proof, &work->is_taken) : ERR_OK;
}

static enum error link_act(struct request *rq, struct db *db) {
    const struct proof *proof = NULL;

    TRY(find_link(db, rq, &proof));
    if (proof != NULL && proof->purpose == proof_purpose_email)
        return email_take(rq, db, proof);
    return login_take(rq, db, proof);
}

/* ---- /login/password: hashes in a small pool of its own ---- */

static enum error show_password(struct request *rq, struct reply *rp) {
    const struct login_page page = {.other = other_way(rq, "/login")};
    struct password_login_form *form = ARENA_NEW(rq->arena, struct password_login_form);

    if (rq->visitor->session != 0)
        return reply_redirect(rq, rp, "/account");
    form->next = next_checked(query_text(rq, "next"));
    rq->values = form;
    return reply_view(rq, rp, &page);
}

/* Everything that costs time costs the same for an address that nobody has. */
static enum error password_prepare(struct request *rq) {
    const struct password_login_form *form = rq->form;
    const char *key = text_email_key(rq->arena, form->email);
    struct account account = {0};
    bool fits = false;

    if (!attempt_take(ATTEMPT_PASSWORD_FROM, rq->tenant, rq->address, rq->now) ||
        !attempt_take(ATTEMPT_PASSWORD, rq->tenant, key, rq->now))
        return ERR_TOO_MANY;
    const enum error error = account_by_email(rq->db, rq->arena, rq->tenant, key, &account);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    TRY(password_fits(account.password, form->password, &fits));
    if (!fits) {
        form_refuse(rq->arena, &rq->errors, &password_login_form_form, NULL,
                    "login.password_wrong");
        return ERR_INVALID;
    }
    attempt_forgive(ATTEMPT_PASSWORD, rq->tenant, key);
    struct login_work *work = ARENA_NEW(rq->arena, struct login_work);
    work->is_staff = (roles_from_codes(account.roles) & roles_of_staff()) != 0;
    work->session = session_draw(rq, secret_new(), form->remember && !work->is_staff);
    work->session.account = account.id;
    work->verdict = PROOF_HOLDS;
    work->next = next_checked(form->next);
    rq->work = work;
    return ERR_OK;
}

static enum error password_act(struct request *rq, struct db *db) {
    const struct login_work *work = rq->work;

    rq->outcome = (struct outcome){.status = 200, .address = login_leads_to(rq, work)};
    return session_begin(db, rq->tenant, &work->session, rq->now);
}

static enum error password_answer(struct request *rq, struct reply *rp) {
    const struct login_work *work = rq->work;

    session_give(rq, rp, &work->session);
    return reply_outcome(rq, rp);
}

const struct route login_routes[] = {
    ROUTE_GET("/login", show_login, .right = RIGHT_ANYONE, .form = &login_form_form,
              .view = &login_page_shape, .template = "people/login/show", .crumb = "login.title",
              .doc = "Asks for the address to send a code to."),
    ROUTE_POST("/login", begin_act, .right = RIGHT_ANYONE, .form = &login_form_form,
               .prepare = begin_prepare, .answer = begin_answer, .is_repeatable = true,
               .doc = "Sends a code and a link; the same answer for every address."),
    ROUTE_GET("/login/code", show_code, .right = RIGHT_ANYONE, .form = &login_code_form_form,
              .view = &login_code_page_shape, .template = "people/login/code",
              .doc = "Asks for the code that was sent from this browser."),
    ROUTE_POST("/login/code", code_act, .right = RIGHT_ANYONE, .form = &login_code_form_form,
               .prepare = code_prepare, .answer = login_answer, .is_repeatable = true,
               .doc = "Logs in with the code; makes an account for a new address."),
    ROUTE_GET("/login/link/:token", show_link, .right = RIGHT_ANYONE,
              .view = &login_link_page_shape, .template = "people/login/link",
              .doc = "What the link of the mail opens; opening changes nothing."),
    ROUTE_POST("/login/link/:token", link_act, .right = RIGHT_ANYONE, .prepare = link_prepare,
               .answer = login_answer, .is_repeatable = true,
               .doc = "Logs in by the link, in the browser where it was asked for."),
    ROUTE_GET("/login/password", show_password, .right = RIGHT_ANYONE,
              .form = &password_login_form_form, .view = &login_page_shape,
              .template = "people/login/password", .doc = "Asks for address and password."),
    ROUTE_POST("/login/password", password_act, .right = RIGHT_ANYONE,
               .form = &password_login_form_form, .prepare = password_prepare,
               .answer = password_answer, .is_repeatable = true, .is_slow = true,
               .doc = "Logs in with a password; the same answer for an unknown address."),
    {.path = NULL},
};
