/* /invitation: what one is invited to, and taking it. */
#include "people/invitations/accept.h"

#include "invitations_statements.h"
#include "people/accounts.h"
#include "people/invitations/send.h"
#include "people/keys.h"
#include "people/organisations/organisations.h"
#include "people/second_factor/second_factor.h"
#include "people/sessions/sessions.h"

static enum error find(struct db *db, struct request *rq, const char *code,
                       struct invitation_row *ret_row) {
    unsigned char mac[MAC_BYTES];
    TRY(people_mac("invitation", code, mac));
    return db_one(db, rq->arena, &sql_invitation_by_code,
                  WITH(BIND_INT("tenant", rq->tenant), BIND_BLOB("code", mac, sizeof mac)),
                  &invitation_row_shape, ret_row);
}

static enum invitation_state state_of(const struct invitation_row *row, int64_t now) {
    return invitation_state_at(row->ends_at, row->accepted_at, row->withdrawn_at, now);
}

/* Marks in the page what became of the invitation with this code. */
static enum error page_fill(struct request *rq, const char *code, struct invitation_page *page,
                            struct accept_form *values) {
    struct invitation_row row;
    const enum error error = find(rq->db, rq, code, &row);
    page->unknown = error == ERR_NOT_FOUND;
    if (error != ERR_OK)
        return page->unknown ? ERR_OK : error;
    const enum invitation_state state = state_of(&row, rq->now);
    page->waiting = state == invitation_state_waiting;
    page->over = state == invitation_state_over;
    page->accepted = state == invitation_state_accepted;
    page->withdrawn = state == invitation_state_withdrawn;
    if (page->waiting) {
        page->code = code;
        page->roles = roles_in_words(rq->arena, rq->language, row.roles);
        page->ends_at = row.ends_at;
        values->name = row.name;
    }
    return ERR_OK;
}

enum error invitation_show(struct request *rq, struct reply *rp) {
    struct organisation organisation;
    TRY(organisation_of(rq, &organisation));
    struct invitation_page page = {.organisation = organisation.name, .ends_at = INSTANT_NONE};
    struct accept_form *values = ARENA_NEW(rq->arena, struct accept_form);
    const char *typed = input_value(&rq->input, "code");
    if (typed == NULL)
        typed = query_text(rq, "key");
    const char *code = typed == NULL ? NULL : invitation_code_read(rq->arena, typed);
    page.unknown = typed != NULL && *typed != '\0' && code == NULL;
    if (code != NULL)
        TRY(page_fill(rq, code, &page, values));
    values->code = page.code;
    rq->values = values;
    return reply_view(rq, rp, &page);
}

/* ---- taking it ---- */

static enum error refuse(struct request *rq, const char *why) {
    form_refuse(rq->arena, &rq->errors, &accept_form_form, "code", why);
    return ERR_INVALID;
}

enum error invitation_accept_prepare(struct request *rq) {
    const struct accept_form *form = rq->form;
    if (invitation_code_read(rq->arena, form->code) == NULL)
        return refuse(rq, "invitation.code_unknown");
    struct session_start *start = ARENA_NEW(rq->arena, struct session_start);
    *start = session_draw(rq, secret_new(), false);
    rq->work = start;
    return ERR_OK;
}

static const char *refusal(enum invitation_state state) {
    switch (state) {
    case invitation_state_over:
        return "invitation.code_over";
    case invitation_state_accepted:
        return "invitation.code_used";
    case invitation_state_withdrawn:
        return "invitation.code_withdrawn";
    case invitation_state_waiting:
        break;
    }
    return NULL;
}

/* Account, name, roles; a wrong, used or late code gives nothing. */
enum error invitation_accept(struct request *rq, struct db *db) {
    const struct accept_form *form = rq->form;
    struct session_start *start = rq->work;
    struct invitation_row row;
    const enum error error = find(db, rq, invitation_code_read(rq->arena, form->code), &row);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? refuse(rq, "invitation.code_unknown") : error;
    const char *why = refusal(state_of(&row, rq->now));
    if (why != NULL)
        return refuse(rq, why);
    int64_t account, taken;
    const enum language language = language_from_code(row.language);
    TRY(account_ensure(db, rq->arena, rq->tenant, row.email, language, rq->now, &account));
    TRY(account_rename(db, rq->tenant, account, form->name, language));
    TRY(db_exec(db, &sql_invitation_accept,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", row.id),
                     BIND_INT("account", account), BIND_INT("now", rq->now)),
                &taken));
    if (taken == 0)
        return refuse(rq, "invitation.code_used");
    TRY(invitation_audit(db, rq, "invitation.accept", &row, account));
    TRY(staff_add(db, rq, account, roles_from_codes(row.roles), row.invited_by));
    start->account = account;
    TRY(session_begin(db, rq->tenant, start, rq->now));
    const bool leads = (roles_from_codes(row.roles) & role_bit(ROLE_administrator)) != 0;
    rq->outcome = (struct outcome){
        201, second_factor_address(rq->arena, leads ? "/setup" : "/todo"), "invitation.taken"};
    return ERR_OK;
}

enum error invitation_accept_answer(struct request *rq, struct reply *rp) {
    session_give(rq, rp, rq->work);
    return reply_redirect(rq, rp, rq->outcome.address);
}
