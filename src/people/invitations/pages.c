/* /people/invite and the invitations that wait: what administrators do. The route table. */
#include "invitations_statements.h"
#include "people/invitations/accept.h"
#include "people/invitations/send.h"
#include "people/organisations/organisations.h"
#include "people/setup/setup.h"

/* GET /people/invite */
static enum error invite_show(struct request *rq, struct reply *rp) {
    static const struct invite_form nothing = {.set = -1, .language = 0};
    const struct invite_page page = {.days = INVITATION_DAYS};
    rq->values = &nothing;
    return reply_view(rq, rp, &page);
}

/* What prepare leaves to act: whom, to what, with which codes. */
struct inviting {
    struct invitee_list invitees;
    struct invitation_code_drawn *codes; /* one for each */
    const char *roles;
    const char *organisation;
};

static enum error refuse(struct request *rq, const char *field, const char *why) {
    form_refuse(rq->arena, &rq->errors, &invite_form_form, field, why);
    return ERR_INVALID;
}

/* The roles of the set, or those picked; codes with a space between. */
static const char *roles_of(struct arena *arena, const struct invite_form *form) {
    if (form->set != (int)role_set_own)
        return role_set_roles((enum role_set)form->set);
    struct buffer codes = buffer_in(arena, 512);
    for (size_t row = 0; row < staff_role_choices.count; row++)
        if ((form->roles >> row & 1) != 0)
            buffer_format(&codes, "%s%s", codes.length == 0 ? "" : " ",
                          staff_role_choices.at[row].code);
    return buffer_string(&codes);
}

static enum error invite_prepare(struct request *rq) {
    const struct invite_form *form = rq->form;
    struct inviting *inviting = ARENA_NEW(rq->arena, struct inviting);
    int64_t wrong = 0;
    switch (invitees_read(rq->arena, form->addresses, &inviting->invitees, &wrong)) {
    case INVITEES_NONE:
        return refuse(rq, "addresses", "invitation.address_missing");
    case INVITEES_TOO_MANY:
        return refuse(rq, "addresses", "invitation.too_many");
    case INVITEES_WRONG:
        (void)refuse(rq, "addresses", "invitation.address_wrong");
        rq->errors.last->limit = wrong;
        return ERR_INVALID;
    case INVITEES_FINE:
        break;
    }
    inviting->roles = roles_of(rq->arena, form);
    if (*inviting->roles == '\0')
        return refuse(rq, "roles", "invitation.role_missing");
    struct organisation organisation;
    TRY(organisation_of(rq, &organisation));
    inviting->organisation = organisation.name;
    inviting->codes =
        ARENA_ARRAY(rq->arena, inviting->invitees.count, struct invitation_code_drawn);
    for (size_t i = 0; i < inviting->invitees.count; i++)
        TRY(invitation_code_draw(&inviting->codes[i]));
    rq->work = inviting;
    return ERR_OK;
}

/* POST /people/invite — one mail to each address. */
static enum error invite_act(struct request *rq, struct db *db) {
    const struct invite_form *form = rq->form;
    const struct inviting *inviting = rq->work;
    for (size_t i = 0; i < inviting->invitees.count; i++) {
        const struct invitation_order order = {
            .invitee = inviting->invitees.at[i],
            .roles = inviting->roles,
            .language = language_from_code(organisation_language_choices.at[form->language].code),
            .organisation = inviting->organisation,
        };
        TRY(invitation_send(db, rq, &order, &inviting->codes[i]));
    }
    TRY(setup_settle(db, rq));
    rq->outcome = (struct outcome){201, "/people", "invitation.sent"};
    return ERR_OK;
}

/* ---- again, or not at all ---- */

struct renewing {
    struct invitation_code_drawn code;
    const char *organisation;
};

static enum error renew_prepare(struct request *rq) {
    struct renewing *renewing = ARENA_NEW(rq->arena, struct renewing);
    struct organisation organisation;
    TRY(organisation_of(rq, &organisation));
    TRY(invitation_code_draw(&renewing->code));
    renewing->organisation = organisation.name;
    rq->work = renewing;
    return ERR_OK;
}

/* POST /people/invitations/:id/resend — a new code; the old one no longer holds. */
static enum error renew_act(struct request *rq, struct db *db) {
    const struct renewing *renewing = rq->work;
    struct invitation_row row;
    TRY(db_one(db, rq->arena, &sql_invitation_renew,
               WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", path_id(rq, "id")),
                    BIND_BLOB("code", renewing->code.mac, sizeof renewing->code.mac),
                    BIND_INT("now", rq->now), BIND_INT("ends_at", invitation_end(rq->now))),
               &invitation_row_shape, &row));
    TRY(invitation_mail_queue(db, rq, &row, renewing->organisation, renewing->code.code, false));
    TRY(invitation_audit(db, rq, "invitation.send", &row, rq->visitor->account));
    rq->outcome = (struct outcome){200, "/people", "invitation.sent"};
    return ERR_OK;
}

/* POST /people/invitations/:id/withdraw */
static enum error withdraw_act(struct request *rq, struct db *db) {
    const int64_t id = path_id(rq, "id");
    int64_t changed;
    TRY(db_exec(db, &sql_invitation_withdraw,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", id), BIND_INT("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_NOT_FOUND;
    const struct invitation_row row = {.id = id, .roles = ""};
    TRY(invitation_audit(db, rq, "invitation.withdraw", &row, rq->visitor->account));
    rq->outcome = (struct outcome){200, "/people", "invitation.withdrawn"};
    return ERR_OK;
}

const struct route invitations_routes[] = {
    ROUTE_GET("/people/invite", invite_show, .right = RIGHT_administer, .view = &invite_page_shape,
              .form = &invite_form_form, .template = "people/invitations/invite",
              .doc = "Asks whom to invite, to which roles."),
    ROUTE_POST("/people/invite", invite_act, .right = RIGHT_administer, .form = &invite_form_form,
               .prepare = invite_prepare,
               .doc = "Sends an invitation to each address; a waiting one is replaced."),
    ROUTE_POST("/people/invitations/:id/resend", renew_act, .right = RIGHT_administer,
               .prepare = renew_prepare, .form_page = "/people",
               .doc = "Sends an invitation again with a new code and fourteen new days."),
    ROUTE_POST("/people/invitations/:id/withdraw", withdraw_act, .right = RIGHT_administer,
               .form_page = "/people", .doc = "Takes an invitation back."),
    ROUTE_GET("/invitation", invitation_show, .right = RIGHT_ANYONE, .view = &invitation_page_shape,
              .form = &accept_form_form, .template = "people/invitations/invitation",
              .limits = {.per_minute = 30},
              .doc = "What the code in ?key= invites to; opening it changes nothing."),
    ROUTE_POST("/invitation", invitation_accept, .right = RIGHT_ANYONE, .form = &accept_form_form,
               .prepare = invitation_accept_prepare, .answer = invitation_accept_answer,
               .limits = {.per_minute = 10},
               .doc = "Takes the invitation: makes the account, gives the roles, logs in."),
    {.path = NULL},
};
