/* The second factor: /second-factor proves it, /second-factor/setup sets it up or replaces it. */
#include <sodium.h>
#include <string.h>

#include "people/login/attempts.h"
#include "people/login/rules.h"
#include "people/second_factor/qr.h"
#include "people/second_factor/second_factor.h"
#include "people/second_factor/views.h"
#include "people/sessions/sessions.h"
#include "records/records.h"

static const char own_page[] = "/account";

const char *second_factor_address(struct arena *arena, const char *next) {
    return next == NULL ? "/second-factor" : next_added(arena, "/second-factor", next);
}

static const char *next_or_own(const char *next) {
    next = next_checked(next);
    return next != NULL ? next : own_page;
}

/* It is for staff: nothing of a resident's asks for it. */
static enum error require_staff(const struct request *rq) {
    return (rq->visitor->roles & roles_of_staff()) != 0 ? ERR_OK : ERR_FORBIDDEN;
}

static struct url address_with(struct request *rq, const char *path, const char *next) {
    return url_own(next == NULL ? path : next_added(rq->arena, path, next));
}

static enum error find_own(struct request *rq, struct second_factor_row *ret_row,
                           bool *ret_is_set_up) {
    const enum error error =
        second_factor_find(rq->db, rq->arena, rq->tenant, rq->visitor->account, ret_row);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *ret_is_set_up = error == ERR_OK;
    return ERR_OK;
}

/* HMAC of a recovery code, bound to its account. */
static enum error recovery_mac(const struct request *rq, const char *code,
                               unsigned char ret_mac[MAC_BYTES]) {
    return people_mac("recovery",
                      arena_format(rq->arena, "%lld %s", (long long)rq->visitor->account, code),
                      ret_mac);
}

static enum error audit_own(struct db *db, struct request *rq, const char *act) {
    const struct audit_entry entry = {
        .act = act,
        .account = rq->visitor->account,
        .object = arena_format(rq->arena, "account:%lld", (long long)rq->visitor->account),
    };
    return audit_append(db, rq, &entry);
}

/* ---- /second-factor: prove it by a code of the program; /second-factor/recovery: by a code of the
 * paper ---- */

static enum error show_state(struct request *rq, struct reply *rp, const char *next) {
    struct second_factor_row row = {.made_at = INSTANT_NONE};
    struct second_factor_page page = {0};

    TRY(require_staff(rq));
    TRY(find_own(rq, &row, &page.is_set_up));
    page.is_proved = rq->visitor->second_factor;
    page.made_at = row.made_at;
    page.codes_left = row.codes_left;
    page.setup = address_with(rq, "/second-factor/setup", next);
    page.recovery = address_with(rq, "/second-factor/recovery", next);
    return reply_view(rq, rp, &page);
}

static enum error show_prove(struct request *rq, struct reply *rp) {
    struct second_factor_form *form = ARENA_NEW(rq->arena, struct second_factor_form);

    form->next = next_checked(query_text(rq, "next"));
    rq->values = form;
    return show_state(rq, rp, form->next);
}

static enum error show_recovery(struct request *rq, struct reply *rp) {
    struct recovery_form *form = ARENA_NEW(rq->arena, struct recovery_form);

    form->next = next_checked(query_text(rq, "next"));
    rq->values = form;
    return show_state(rq, rp, form->next);
}

struct prove_work {
    int64_t step;                      /* of the program's code; 0: a recovery code was typed */
    unsigned char recovery[MAC_BYTES]; /* of it */
    struct secret secret;              /* the session's next */
    const char *next;
    bool used;
};

/* The session's next secret follows from the present one: the same press twice leads to the same.
 */
static enum error draw_secret(struct request *rq, struct secret *ret_secret) {
    const char *cookie = request_cookie(rq, COOKIE_SESSION);

    return secret_derived("proved", cookie == NULL ? "" : cookie, ret_secret);
}

static enum error refuse_code(struct request *rq, const struct form *form, const char *word) {
    form_refuse(rq->arena, &rq->errors, form, "code", word);
    return ERR_INVALID;
}

static const char *attempt_key(const struct request *rq) {
    return arena_format(rq->arena, "%lld", (long long)rq->visitor->account);
}

/* What both ways begin with. */
static enum error prove_begin(struct request *rq, const char *next, struct prove_work **ret_work) {
    struct prove_work *work = ARENA_NEW(rq->arena, struct prove_work);
    struct second_factor_row row;
    bool is_set_up = false;

    TRY(require_staff(rq));
    TRY(find_own(rq, &row, &is_set_up));
    if (!is_set_up)
        return ERR_CONFLICT;
    if (!attempt_take(ATTEMPT_FACTOR, rq->tenant, attempt_key(rq), rq->now))
        return ERR_TOO_MANY;
    TRY(draw_secret(rq, &work->secret));
    work->next = next_or_own(next);
    rq->work = work;
    *ret_work = work;
    return ERR_OK;
}

static enum error prove_prepare(struct request *rq) {
    const struct second_factor_form *form = rq->form;
    struct prove_work *work = NULL;
    unsigned char secret[TOTP_SECRET_BYTES];

    TRY(prove_begin(rq, form->next, &work));
    TRY(second_factor_secret(rq->db, rq->arena, rq->tenant, rq->visitor->account, secret));
    work->step = totp_match(secret, form->code, rq->now, 0);
    sodium_memzero(secret, sizeof secret);
    return work->step != 0 ? ERR_OK
                           : refuse_code(rq, &second_factor_form_form, "second_factor.wrong");
}

static enum error recovery_prepare(struct request *rq) {
    const struct recovery_form *form = rq->form;
    const char *code = recovery_clean(rq->arena, form->code);
    struct prove_work *work = NULL;

    TRY(prove_begin(rq, form->next, &work));
    return code != NULL ? recovery_mac(rq, code, work->recovery)
                        : refuse_code(rq, &recovery_form_form, "recovery.wrong");
}

static enum error prove_act(struct request *rq, struct db *db) {
    struct prove_work *work = rq->work;

    work->used = false;
    rq->outcome = (struct outcome){.status = 200, .address = work->next};
    if (work->step != 0)
        TRY(second_factor_use(db, rq, work->step, &work->used));
    else
        TRY(recovery_code_use(db, rq, work->recovery, &work->used));
    if (!work->used)
        return session_is_proved_by(db, rq, &work->secret, &work->used);
    TRY(session_prove(db, rq, &work->secret));
    return work->step != 0 ? ERR_OK : audit_own(db, rq, "recovery_code.use");
}

static enum error prove_answer(struct request *rq, struct reply *rp) {
    const struct prove_work *work = rq->work;
    const struct session_start proved = {.secret = work->secret};

    if (!work->used && work->step != 0)
        return refuse_code(rq, &second_factor_form_form, "second_factor.used");
    if (!work->used)
        return refuse_code(rq, &recovery_form_form, "recovery.wrong");
    attempt_forgive(ATTEMPT_FACTOR, rq->tenant, attempt_key(rq));
    session_give(rq, rp, &proved);
    return reply_outcome(rq, rp);
}

/* ---- /second-factor/setup ---- */

/* The secret that is offered follows from the session, so that showing it writes nothing. */
static enum error offered_secret(struct request *rq, unsigned char ret_secret[TOTP_SECRET_BYTES]) {
    unsigned char mac[MAC_BYTES];
    const char *cookie = request_cookie(rq, COOKIE_SESSION);

    TRY(people_mac("second factor", cookie == NULL ? "" : cookie, mac));
    (void)memcpy(ret_secret, mac, TOTP_SECRET_BYTES);
    return ERR_OK;
}

/* One that is there is replaced only by who can prove it. */
static enum error require_setup(struct request *rq, bool *ret_is_anew) {
    struct second_factor_row row;

    TRY(require_staff(rq));
    TRY(find_own(rq, &row, ret_is_anew));
    return *ret_is_anew && !rq->visitor->second_factor ? ERR_PROOF_REQUIRED : ERR_OK;
}

static enum error show_setup(struct request *rq, struct reply *rp) {
    unsigned char secret[TOTP_SECRET_BYTES];
    struct organisation organisation;
    struct factor_setup_page page = {0};
    struct second_factor_form *form = ARENA_NEW(rq->arena, struct second_factor_form);
    struct qr qr;

    TRY(require_setup(rq, &page.is_anew));
    TRY(organisation_of(rq, &organisation));
    TRY(offered_secret(rq, secret));
    const char *key = base32_text(rq->arena, secret, sizeof secret);
    const char *address = totp_address(rq->arena, organisation.name, rq->visitor->email, key);
    TRY(qr_draw(rq->arena, address, &qr));
    page.key = grouped_by_four(rq->arena, key);
    page.address = url_own(address);
    page.side = qr.side;
    page.modules = qr.modules;
    form->next = next_checked(query_text(rq, "next"));
    rq->values = form;
    return reply_view(rq, rp, &page);
}

struct setup_work {
    struct factor_setting setting; /* nothing in it: new recovery codes alone */
    const char *codes[RECOVERY_CODES];
    unsigned char macs[RECOVERY_CODES][MAC_BYTES];
    struct secret secret; /* of the session */
    const char *next;
};

static enum error draw_recovery(struct request *rq, struct setup_work *work) {
    unsigned char random[10];

    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        randombytes_buf(random, sizeof random);
        work->codes[i] = recovery_text(rq->arena, random);
        TRY(recovery_mac(rq, recovery_clean(rq->arena, work->codes[i]), work->macs[i]));
    }
    return ERR_OK;
}

static enum error setup_prepare(struct request *rq) {
    const struct second_factor_form *form = rq->form;
    struct setup_work *work = ARENA_NEW(rq->arena, struct setup_work);
    unsigned char secret[TOTP_SECRET_BYTES];
    bool is_anew = false;

    TRY(require_setup(rq, &is_anew));
    TRY(offered_secret(rq, secret));
    work->setting.step = totp_match(secret, form->code, rq->now, 0);
    if (work->setting.step == 0)
        return refuse_code(rq, &second_factor_form_form, "second_factor.wrong");
    TRY(people_seal(rq->arena, secret, sizeof secret, &work->setting.sealed,
                    &work->setting.sealed_length));
    TRY(draw_secret(rq, &work->secret));
    work->next = next_or_own(form->next);
    rq->work = work;
    return draw_recovery(rq, work);
}

static enum error setup_act(struct request *rq, struct db *db) {
    struct setup_work *work = rq->work;

    TRY(second_factor_set(db, rq, &work->setting));
    TRY(recovery_codes_set(db, rq, work->macs));
    TRY(session_prove(db, rq, &work->secret));
    return audit_own(db, rq, "second_factor.set");
}

static enum error show_codes(struct request *rq, struct reply *rp) {
    const struct setup_work *work = rq->work;
    struct recovery_page page = {.next = url_own(work->next)};

    page.codes.at = ARENA_ARRAY(rq->arena, RECOVERY_CODES, struct recovery_code_view);
    page.codes.count = RECOVERY_CODES;
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        page.codes.at[i].code = work->codes[i];
    return reply_view(rq, rp, &page);
}

static enum error setup_answer(struct request *rq, struct reply *rp) {
    const struct setup_work *work = rq->work;
    const struct session_start proved = {.secret = work->secret};

    session_give(rq, rp, &proved);
    return show_codes(rq, rp);
}

/* ---- /second-factor/codes: new recovery codes in place of those before ---- */

static enum error codes_prepare(struct request *rq) {
    struct setup_work *work = ARENA_NEW(rq->arena, struct setup_work);

    TRY(require_staff(rq));
    if (!rq->visitor->second_factor)
        return ERR_PROOF_REQUIRED;
    work->next = own_page;
    rq->work = work;
    return draw_recovery(rq, work);
}

static enum error codes_act(struct request *rq, struct db *db) {
    struct setup_work *work = rq->work;

    TRY(recovery_codes_set(db, rq, work->macs));
    return audit_own(db, rq, "recovery_code.new");
}

const struct route second_factor_routes[] = {
    ROUTE_GET("/second-factor", show_prove, .right = RIGHT_SELF, .form = &second_factor_form_form,
              .view = &second_factor_page_shape, .template = "people/second_factor/show",
              .crumb = "second_factor.app",
              .doc = "Asks for the code of the authenticator program."),
    ROUTE_POST("/second-factor", prove_act, .right = RIGHT_SELF, .form = &second_factor_form_form,
               .prepare = prove_prepare, .answer = prove_answer, .is_repeatable = true,
               .doc = "Proves the second factor in this session."),
    ROUTE_GET("/second-factor/recovery", show_recovery, .right = RIGHT_SELF,
              .form = &recovery_form_form, .view = &second_factor_page_shape,
              .template = "people/second_factor/recovery",
              .doc = "Asks for a recovery code, when the telephone is lost."),
    ROUTE_POST("/second-factor/recovery", prove_act, .right = RIGHT_SELF,
               .form = &recovery_form_form, .prepare = recovery_prepare, .answer = prove_answer,
               .is_repeatable = true,
               .doc = "Proves the second factor by a recovery code, which is then spent."),
    ROUTE_GET("/second-factor/setup", show_setup, .right = RIGHT_SELF,
              .form = &second_factor_form_form, .view = &factor_setup_page_shape,
              .template = "people/second_factor/setup",
              .doc = "Shows the secret for an authenticator program, as text and QR code."),
    ROUTE_POST("/second-factor/setup", setup_act, .right = RIGHT_SELF,
               .form = &second_factor_form_form, .view = &recovery_page_shape,
               .template = "people/second_factor/codes", .prepare = setup_prepare,
               .answer = setup_answer, .is_repeatable = true,
               .doc = "Sets up the second factor and gives ten recovery codes, once."),
    ROUTE_POST("/second-factor/codes", codes_act, .right = RIGHT_SELF, .view = &recovery_page_shape,
               .template = "people/second_factor/codes", .prepare = codes_prepare,
               .answer = show_codes, .is_repeatable = true, .form_page = "/second-factor",
               .doc = "Ten new recovery codes in place of those before."),
    {.path = NULL},
};
