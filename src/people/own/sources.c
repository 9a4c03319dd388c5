/* What people itself keeps about a person, for the register extract; and the end of it. */
#include <string.h>

#include "own_statements.h"
#include "people/login/proofs.h"
#include "people/own/own.h"
#include "people/second_factor/second_factor.h"
#include "people/tokens/tokens.h"
#include "records/records.h"

enum { MOST_RECORDS = 1000 };

#define ACCOUNT_EXTRACT(F, T)                                                                      \
    F(T, text, email, , "")                                                                        \
    F(T, text, name, , "")                                                                         \
    F(T, text, language, , "")                                                                     \
    F(T, text, roles, , "")                                                                        \
    F(T, time, created_at, , "")                                                                   \
    F(T, time, last_seen_at, , "")                                                                 \
    F(T, time, password_at, , "")                                                                  \
    F(T, time, second_factor_at, , "")                                                             \
    F(T, time, warned_at, , "")
SHAPE(account_extract, ACCOUNT_EXTRACT);

#define SESSION_EXTRACT(F, T)                                                                      \
    F(T, time, started_at, , "")                                                                   \
    F(T, time, last_seen_at, , "")                                                                 \
    F(T, text, browser, , "")
SHAPE(session_extract, SESSION_EXTRACT);

#define TOKEN_EXTRACT(F, T)                                                                        \
    F(T, text, name, , "")                                                                         \
    F(T, time, made_at, , "")                                                                      \
    F(T, time, ends_at, , "")
SHAPE(token_extract, TOKEN_EXTRACT);

/* Rows of a statement as a JSON array. */
static enum error write_rows(struct db *db, struct arena *arena, const struct statement *statement,
                             const struct shape *shape, const struct bind *who,
                             struct buffer *into) {
    struct list rows = {0};

    TRY(db_many(db, arena, statement, who, MOST_RECORDS, shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        if (i > 0)
            buffer_text(into, ",");
        json_write(into, shape, (const char *)rows.at + i * shape->size);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

static enum error account_extract_write(struct db *db, struct arena *arena, int64_t tenant,
                                        int64_t account, struct buffer *into) {
    return write_rows(db, arena, &sql_own_account_extract, &account_extract_shape,
                      WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), into);
}

static enum error session_extract_write(struct db *db, struct arena *arena, int64_t tenant,
                                        int64_t account, struct buffer *into) {
    return write_rows(db, arena, &sql_own_session_extract, &session_extract_shape,
                      WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), into);
}

static enum error token_extract_write(struct db *db, struct arena *arena, int64_t tenant,
                                      int64_t account, struct buffer *into) {
    return write_rows(db, arena, &sql_own_token_extract, &token_extract_shape,
                      WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), into);
}

static enum error session_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                                int64_t now) {
    (void)arena;
    (void)now;
    return session_end_all(db, tenant, account);
}

static enum error token_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                              int64_t now) {
    (void)arena;
    (void)now;
    return token_revoke_all(db, tenant, account);
}

/* Last of all: the others may look at the row before it is emptied. */
static enum error account_row_erase(struct db *db, struct arena *arena, int64_t tenant,
                                    int64_t account, int64_t now) {
    const struct bind who[] = {
        BIND_INT("tenant", tenant), BIND_INT("account", account), {.name = NULL}};

    (void)arena;
    TRY(proof_erase_account(db, tenant, account));
    TRY(second_factor_erase(db, tenant, account));
    TRY(db_exec(db, &sql_own_roles_erase, who, NULL));
    return db_exec(
        db, &sql_own_account_erase,
        WITH(BIND_INT("tenant", tenant), BIND_INT("account", account), BIND_TIME("now", now)),
        NULL);
}

const struct register_source session_register_source = {
    .name = "extract.sessions",
    .extract = session_extract_write,
    .erase = session_erase,
};

const struct register_source token_register_source = {
    .name = "extract.tokens",
    .extract = token_extract_write,
    .erase = token_erase,
};

const struct register_source account_register_source = {
    .name = "extract.account",
    .extract = account_extract_write,
    .erase = account_row_erase,
};

/* Mail to the person, sent or waiting. */
static enum error mail_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                             int64_t now) {
    struct person person;
    (void)now;
    const enum error error = person_find(db, arena, tenant, account, &person);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    if (error == ERR_OK && person.email != NULL)
        TRY(mail_erase_address(db, tenant, person.email));
    return mail_erase_account(db, tenant, account);
}

const struct register_source mail_register_source = {
    .name = "extract.mail",
    .extract = mail_extract_account,
    .erase = mail_erase,
};

enum error extract_write(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                         struct buffer *into) {
    buffer_text(into, "{");
    for (size_t i = 0; register_sources[i] != NULL; i++) {
        const char *name = register_sources[i]->name;
        buffer_text(into, i > 0 ? "," : "");
        const char *dot = strchr(name, '.');
        json_write_text(into, dot != NULL ? dot + 1 : name);
        buffer_text(into, ":");
        TRY(register_sources[i]->extract(db, arena, tenant, account, into));
    }
    buffer_text(into, "}");
    return ERR_OK;
}

enum error account_has_role(struct db *db, int64_t tenant, int64_t account, int64_t now,
                            bool *ret_has) {
    int64_t roles = 0;

    TRY(db_integer(
        db, &sql_own_staff_roles,
        WITH(BIND_INT("tenant", tenant), BIND_INT("account", account), BIND_TIME("now", now)),
        &roles));
    *ret_has = roles > 0;
    return ERR_OK;
}

enum error account_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                         int64_t now, const unsigned char seed[32]) {
    const struct audit_entry entry = {
        .act = "account.delete",
        .object = arena_format(arena, "account:%lld", (long long)account),
    };

    TRY(audit_erase_account(db, arena, tenant, account));
    for (size_t i = 0; register_sources[i] != NULL; i++)
        if (register_sources[i] != &account_register_source)
            TRY(register_sources[i]->erase(db, arena, tenant, account, now));
    TRY(account_row_erase(db, arena, tenant, account, now));
    return audit_append_system(db, arena, tenant, now, seed, &entry);
}
