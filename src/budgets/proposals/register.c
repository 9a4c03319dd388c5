/* What proposals keep about a person (QUA-4): the extract, and what an erased account leaves. */
#include "budgets/proposals/proposals.h"
#include "platform/base/text.h"
#include "platform/view/view.h"
#include "proposals_statements.h"

enum { KEPT_MAX = 1000 };

#define KEPT_PROPOSAL(F, T)                                                                        \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, int, number, , "in its round")                                                            \
    F(T, text, title, , "as written")                                                              \
    F(T, text, lead, , "as written")                                                               \
    F(T, text, body, , "as written")                                                               \
    F(T, text, place, , "as written")                                                              \
    F(T, choice, state, proposal_state, "as it is")                                                \
    F(T, time, received_at, , "when it came in")                                                   \
    F(T, text, name, , "as given")                                                                 \
    F(T, text, email, , "as given")                                                                \
    F(T, text, phone, , "as given")                                                                \
    F(T, text, organisation_no, , "as given")                                                      \
    F(T, text, adult, , "a child's adult contact")                                                 \
    F(T, text, proposer_shown, , "name that readers see")
SHAPE(kept_proposal, KEPT_PROPOSAL);

/* Key of the account's address; "" when the account is gone. */
static enum error email_key_of(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                               const char **ret_key) {
    struct person person = {0};
    const enum error error = person_find(db, arena, tenant, account, &person);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    const char *key = person.email == NULL ? NULL : text_email_key(arena, person.email);
    *ret_key = key == NULL ? "" : key;
    return ERR_OK;
}

static enum error proposals_extract(struct db *db, struct arena *arena, int64_t tenant,
                                    int64_t account, struct buffer *into) {
    struct kept_proposal_list rows = {0};
    const char *email_key = "";
    TRY(email_key_of(db, arena, tenant, account, &email_key));
    TRY(db_many(db, arena, &sql_proposals_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account),
                     BIND_TEXT("email_key", email_key)),
                KEPT_MAX, &kept_proposal_shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &kept_proposal_shape, &rows.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

/* What was proposed stays as a record; who proposed it does not. */
static enum error proposals_erase(struct db *db, struct arena *arena, int64_t tenant,
                                  int64_t account, int64_t now) {
    const char *email_key = "";
    (void)now;
    TRY(email_key_of(db, arena, tenant, account, &email_key));
    const struct bind *who = WITH(BIND_INT("tenant", tenant), BIND_INT("account", account),
                                  BIND_TEXT("email_key", email_key));
    TRY(db_exec(db, &sql_proposals_unname, who, NULL));
    TRY(db_exec(db, &sql_proposal_contacts_erase, who, NULL));
    return db_exec(db, &sql_proposal_events_erase,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

const struct register_source proposal_register = {"register.proposals", proposals_extract,
                                                  proposals_erase};
