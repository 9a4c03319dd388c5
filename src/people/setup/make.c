#include "people/setup/make.h"

#include <string.h>

#include "pages/pages.h"
#include "people/accounts.h"
#include "people/keys.h"
#include "people/organisations/municipality.h"
#include "platform/base/instant.h"
#include "records/records.h"

/* Code of a municipality that is made up, for demonstrations, and of its county. */
static const char made_up[] = "0000", made_up_county[] = "00";

enum setup_flaw setup_order_organisation(struct arena *arena, const char *host, const char *code,
                                         const char *name, struct setup_order *order) {
    const struct municipality *row = municipality_by_code(code);
    const bool is_made_up = code != NULL && strcmp(code, made_up) == 0;
    const bool is_network = code != NULL && strcmp(code, "network") == 0;
    struct organisation_new *made = &order->organisation;
    made->host = host_read(arena, host);
    if (made->host == NULL)
        return SETUP_HOST_WRONG;
    if (row == NULL && !is_made_up && !is_network)
        return SETUP_CODE_UNKNOWN;
    made->name = name != NULL ? name : row != NULL ? row->own_name : NULL;
    if (made->name == NULL)
        return SETUP_NAME_MISSING;
    made->kind = organisation_kind_municipality;
    if (is_network) {
        made->kind = organisation_kind_network;
    } else if (is_made_up) {
        made->municipality = made_up;
        made->county = made_up_county;
    } else {
        made->county = row->county_code;
        if (strlen(row->code) == 2)
            made->kind = organisation_kind_region;
        else
            made->municipality = row->code;
    }
    return SETUP_FINE;
}

enum setup_flaw setup_order_administrator(struct arena *arena, const char *name, const char *email,
                                          struct setup_order *order) {
    const char *key = text_email_key(arena, email);
    if (key == NULL || order->count == SETUP_ADMINISTRATORS_MOST)
        return SETUP_EMAIL_WRONG;
    for (size_t i = 0; i < order->count; i++)
        if (strcmp(order->administrators[i].email_key, key) == 0)
            return SETUP_SAME_EMAIL;
    order->administrators[order->count++] = (struct invitee){email, key, name};
    return SETUP_FINE;
}

enum error setup_order_draw(struct setup_order *order) {
    for (size_t i = 0; i < order->count; i++)
        TRY(invitation_code_draw(&order->codes[i]));
    return ERR_OK;
}

/* The account has its role at once, but gives nothing until its address is proved. */
static enum error make_administrator(struct db *db, struct request *rq,
                                     const struct setup_order *order, size_t number) {
    const struct invitee *invitee = &order->administrators[number];
    const struct invitation_order invitation = {
        .invitee = *invitee,
        .roles = choice_code(&role_choices, ROLE_administrator),
        .language = rq->language,
        .organisation = order->organisation.name,
        .first = true,
    };
    int64_t account;
    TRY(account_ensure(db, rq->arena, rq->tenant, invitee->email, rq->language, rq->now, &account));
    TRY(account_rename(db, rq->tenant, account, invitee->name, rq->language));
    TRY(role_grant(db, rq, account, ROLE_administrator, 0, NULL));
    return invitation_send(db, rq, &invitation, &order->codes[number]);
}

enum error setup_make(struct db *db, const struct request *rq, const struct setup_order *order,
                      int64_t *ret_tenant) {
    static struct visitor nobody = {.account = 0};
    struct request inside = *rq;
    TRY(organisation_add(db, &order->organisation, rq->now, &inside.tenant));
    inside.visitor = &nobody;
    const struct audit_entry entry = {
        .act = "organisation.create",
        .object = arena_format(rq->arena, "organisation:%lld", (long long)inside.tenant),
    };
    TRY(audit_append(db, &inside, &entry));
    for (size_t i = 0; i < order->count; i++)
        TRY(make_administrator(db, &inside, order, i));
    const struct task task = {
        .role = ROLE_administrator,
        .word = "task.first_hour",
        .address = "/setup",
        .cause = SETUP_CAUSE,
        .due_at = instant_day_start(rq->now, INVITATION_DAYS + 1),
    };
    TRY(task_add(db, inside.tenant, &task, rq->now));
    *ret_tenant = inside.tenant;
    return ERR_OK;
}

static enum error digits_of(const char *text, char ret_code[static INVITATION_DIGITS + 1]) {
    unsigned char mac[MAC_BYTES];
    TRY(people_mac("setup", text, mac));
    invitation_code(mac, ret_code);
    return ERR_OK;
}

enum error setup_code(char ret_code[static INVITATION_DIGITS + 1]) {
    return digits_of("the very first organisation", ret_code);
}

enum error setup_receipt(char ret_code[static INVITATION_DIGITS + 1]) {
    return digits_of("receipt of the very first organisation", ret_code);
}
