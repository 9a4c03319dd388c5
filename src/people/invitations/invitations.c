/* Sending invitations, and those that wait. */
#include "people/invitations/invitations.h"

#include <sodium.h>

#include "invitations_statements.h"
#include "people/invitations/send.h"
#include "people/invitations/views.h"
#include "people/keys.h"
#include "platform/base/instant.h"
#include "records/records.h"

const char *roles_in_words(struct arena *arena, enum language language, const char *codes) {
    const uint32_t roles = roles_from_codes(codes);
    struct buffer words = buffer_in(arena, 2048);
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((roles & role_bit(role)) != 0)
            buffer_format(&words, "%s%s", words.length == 0 ? "" : ", ",
                          word(language, arena_format(arena, "role.%s",
                                                      choice_code(&role_choices, (int)role))));
    return buffer_string(&words);
}

enum error invitations_open(struct db *db, struct request *rq, size_t most,
                            struct invitation_view_list *ret_invitations) {
    struct invitation_row_list rows;
    TRY(db_many(db, rq->arena, &sql_invitations_open, WITH(BIND_INT("tenant", rq->tenant)), most,
                &invitation_row_shape, &rows));
    struct invitation_view *views = ARENA_ARRAY(rq->arena, rows.count + 1, struct invitation_view);
    for (size_t i = 0; i < rows.count; i++) {
        const struct invitation_row *row = &rows.at[i];
        views[i] = (struct invitation_view){
            .id = row->id,
            .name = row->name,
            .email = row->email,
            .roles = roles_in_words(rq->arena, rq->language, row->roles),
            .state = (int)invitation_state_at(row->ends_at, row->accepted_at, row->withdrawn_at,
                                              rq->now),
            .sent_at = row->sent_at,
            .ends_at = row->ends_at,
        };
    }
    *ret_invitations = (struct invitation_view_list){views, rows.count};
    return ERR_OK;
}

/* ---- sending ---- */

enum error invitation_code_draw(struct invitation_code_drawn *ret_drawn) {
    struct invitation_code_drawn drawn;
    unsigned char random[8];
    randombytes_buf(random, sizeof random);
    invitation_code(random, drawn.code);
    TRY(people_mac("invitation", drawn.code, drawn.mac));
    *ret_drawn = drawn;
    return ERR_OK;
}

/* Fourteen days and to the end of the last of them. */
int64_t invitation_end(int64_t now) {
    return instant_day_start(now, INVITATION_DAYS + 1);
}

enum error invitation_mail_queue(struct db *db, struct request *rq,
                                 const struct invitation_row *row, const char *organisation,
                                 const char *code, bool first) {
    const enum language language = language_from_code(row->language);
    const struct invitation_facts facts = {
        .organisation = organisation,
        .inviter = rq->visitor == NULL ? NULL : rq->visitor->name,
        .roles = roles_in_words(rq->arena, language, row->roles),
        .code = invitation_code_show(rq->arena, code),
        .link = arena_format(rq->arena, "/invitation?key=%s", code),
        .page = "/invitation",
        .ends_at = row->ends_at,
    };
    const struct mail_recipient to = {
        .address = row->email, .name = row->name, .language = language};
    return mail_queue(db, rq->arena, rq->tenant, first ? &invitation_first_mail : &invitation_mail,
                      &to,
                      arena_format(rq->arena, "invitation:%lld:%lld", (long long)row->id,
                                   (long long)row->sent_count),
                      rq->now, &facts);
}

enum error invitation_audit(struct db *db, struct request *rq, const char *act,
                            const struct invitation_row *row, int64_t account) {
    const struct audit_entry entry = {
        .act = act,
        .account = account,
        .object = arena_format(rq->arena, "invitation:%lld", (long long)row->id),
        .detail = arena_format(rq->arena, "{\"roles\":\"%s\"}", row->roles),
    };
    return audit_append(db, rq, &entry);
}

enum error invitation_send(struct db *db, struct request *rq, const struct invitation_order *order,
                           const struct invitation_code_drawn *drawn) {
    const struct invitee *invitee = &order->invitee;
    const int64_t inviter = rq->visitor == NULL ? 0 : rq->visitor->account;
    struct invitation_row row;
    TRY(db_one(db, rq->arena, &sql_invitation_put,
               WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("email", invitee->email),
                    BIND_TEXT("email_key", invitee->email_key), BIND_TEXT("name", invitee->name),
                    BIND_TEXT("language", language_code(order->language)),
                    BIND_TEXT("roles", order->roles),
                    BIND_BLOB("code", drawn->mac, sizeof drawn->mac),
                    BIND_ID("invited_by", inviter), BIND_INT("now", rq->now),
                    BIND_INT("ends_at", invitation_end(rq->now))),
               &invitation_row_shape, &row));
    TRY(invitation_mail_queue(db, rq, &row, order->organisation, drawn->code, order->first));
    return invitation_audit(db, rq, "invitation.send", &row, inviter);
}
