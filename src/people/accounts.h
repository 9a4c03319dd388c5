/* Accounts and their roles, for the folders of people. Others ask through people.h. */
#ifndef RADSLAG_PEOPLE_ACCOUNTS_H
#define RADSLAG_PEOPLE_ACCOUNTS_H

#include "people/people.h"

/* An account as it stands. */
#define ACCOUNT_ROW(F, T)                                                                          \
    F(T, id, id, , "account")                                                                      \
    F(T, text, email, , "as typed")                                                                \
    F(T, text, email_key, , "folded")                                                              \
    F(T, text, name, , "as they wish to be called; none = not said yet")                           \
    F(T, slug, language, , "code")                                                                 \
    F(T, text, password, , "argon2id; none = by code alone")                                       \
    F(T, time, created_at, , "")                                                                   \
    F(T, time, last_seen_at, , "to the minute")                                                    \
    F(T, text, roles, , "codes with spaces between")
SHAPE(account, ACCOUNT_ROW);

/* ERR_NOT_FOUND for deleted ones too. */
enum error account_find(struct db *db, struct arena *arena, int64_t tenant, int64_t id,
                        struct account *ret_account) MUST_USE;
enum error account_by_email(struct db *db, struct arena *arena, int64_t tenant,
                            const char *email_key, struct account *ret_account) MUST_USE;

/* Finds the account with this address or makes it, inside an act. `email` has been proved by its
 * holder, or will be: an account gives nothing until its address is. */
enum error account_ensure(struct db *db, struct arena *arena, int64_t tenant, const char *email,
                          enum language language, int64_t now, int64_t *ret_account) MUST_USE;

/* Sets name and language. */
enum error account_rename(struct db *db, int64_t tenant, int64_t account, const char *name,
                          enum language language) MUST_USE;

#define TENANT_ROW(F, T) F(T, id, id, , "organisation")
SHAPE(tenant_row, TENANT_ROW);

/* Every organisation, for jobs that go through all. */
enum error tenants_find(struct db *db, struct arena *arena, struct tenant_row_list *ret_tenants)
    MUST_USE;

/* Gives a role in the name of `by` (0 = first hour or command line), with an audit row. `reason`
 * may be NULL. Inside an act. Nothing happens when it is so already. */
enum error role_grant(struct db *db, struct request *rq, int64_t account, enum role role,
                      int64_t by, const char *reason) MUST_USE;

/* Takes a role in the visitor's name, with an audit row; the account's sessions and tokens end. */
enum error role_revoke(struct db *db, struct request *rq, int64_t account, enum role role,
                       const char *reason) MUST_USE;

#endif
