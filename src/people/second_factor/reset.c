/* The lost telephone: somebody else takes the second factor away. */
#include "people/second_factor/second_factor.h"
#include "people/sessions/sessions.h"
#include "people/tokens/tokens.h"
#include "records/records.h"

/* Also at night: a warning that waits for the morning comes after the thief. */
const struct mail_kind second_factor_reset_mail = {
    .id = "K77",
    .name = "second_factor_reset",
    .class = MAIL_ALWAYS,
    .at_once = true,
    .facts = &second_factor_reset_facts_shape,
    .template = "people/second_factor/second_factor_reset.txt",
    .when = "somebody else reset the second factor of the account",
    .to = "its holder",
};

static enum error tell(struct db *db, struct request *rq, int64_t account) {
    const struct second_factor_reset_facts facts = {.at = rq->now};
    struct person person;

    TRY(person_find(db, rq->arena, rq->tenant, account, &person));
    const struct mail_recipient to = {account, person.email, person.name,
                                      language_from_code(person.language)};
    return mail_queue(
        db, rq->arena, rq->tenant, &second_factor_reset_mail, &to,
        arena_format(rq->arena, "factor:%lld:%lld", (long long)account, (long long)rq->now),
        rq->now, &facts);
}

enum error second_factor_reset(struct db *db, struct request *rq, int64_t account,
                               const char *reason) {
    const struct audit_entry entry = {
        .act = "second_factor.reset",
        .account = rq->visitor->account,
        .object = arena_format(rq->arena, "account:%lld", (long long)account),
        .reason = reason,
    };
    struct second_factor_row row;

    TRY(second_factor_find(db, rq->arena, rq->tenant, account, &row));
    TRY(second_factor_erase(db, rq->tenant, account));
    TRY(session_end_all(db, rq->tenant, account));
    TRY(token_revoke_all(db, rq->tenant, account));
    TRY(tell(db, rq, account));
    return audit_append(db, rq, &entry);
}
