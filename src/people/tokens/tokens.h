/* Tokens for programs: made and revoked by their holder, shown once, with scope and end. */
#ifndef RADSLAG_TOKENS_H
#define RADSLAG_TOKENS_H

#include "people/people.h"

#define TOKEN_SCOPE(C, T)                                                                          \
    C(T, read, "reads what its holder may read")                                                   \
    C(T, write, "does what its holder may do, too")
CHOICES(token_scope, TOKEN_SCOPE);

#define TOKEN_ROW(F, T)                                                                            \
    F(T, id, account, , "whose")                                                                   \
    F(T, text, name, , "as they wish to be called; none = not said")                               \
    F(T, text, email, , "as typed")                                                                \
    F(T, choice, scope, token_scope, "see there")                                                  \
    F(T, flag, proved, , "made with the second factor proved")                                     \
    F(T, text, roles, , "codes with spaces between")
SHAPE(token_row, TOKEN_ROW);

/* Whose token this is; ERR_NOT_FOUND when there is none, or its time is out. */
enum error token_find(struct db *db, struct arena *arena, int64_t tenant, const char *token,
                      int64_t now, struct token_row *ret_token) MUST_USE;

/* All tokens of an account are revoked. Inside an act. */
enum error token_revoke_all(struct db *db, int64_t tenant, int64_t account) MUST_USE;

#endif
