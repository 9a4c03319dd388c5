/* One's tokens: a list, making one (shown once), revoking. */
#include <string.h>

#include "people/sessions/sessions.h"
#include "people/tokens/views.h"
#include "records/records.h"
#include "tokens_statements.h"

enum { MOST_TOKENS = 20 };

/* Known at sight, for people and for programs that look for leaked secrets. */
static const char prefix[] = "radslag_";

enum error token_find(struct db *db, struct arena *arena, int64_t tenant, const char *token,
                      int64_t now, struct token_row *ret_token) {
    if (strncmp(token, prefix, strlen(prefix)) != 0)
        return ERR_NOT_FOUND;
    const struct secret secret = secret_of(token + strlen(prefix));
    return db_one(db, arena, &sql_token_visitor,
                  WITH(BIND_INT("tenant", tenant), BIND_BLOB("secret", secret.hash, SECRET_BYTES),
                       BIND_TIME("now", now)),
                  &token_row_shape, ret_token);
}

enum error token_revoke_all(struct db *db, int64_t tenant, int64_t account) {
    return db_exec(db, &sql_token_revoke_all,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

static enum error show_tokens(struct request *rq, struct reply *rp) {
    struct tokens_page page = {0};

    TRY(db_many(rq->db, rq->arena, &sql_token_list,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account)),
                MOST_TOKENS, &token_view_shape, &page.tokens));
    page.may_add = page.tokens.count < MOST_TOKENS;
    static const struct token_form usual = {.scope = token_scope_read, .life = token_life_quarter};
    rq->values = &usual;
    return reply_view(rq, rp, &page);
}

/* ---- POST /account/tokens ---- */

struct token_work {
    struct secret secret;
    int64_t ends_at;
};

/* Who holds a staff role makes tokens with the second factor proved; otherwise the token would be
 * weaker than a session and nobody would see it. */
static enum error make_prepare(struct request *rq) {
    static const int days[] = {
        [token_life_month] = 30, [token_life_quarter] = 90, [token_life_year] = 365};
    const struct token_form *form = rq->form;
    struct token_work *work = ARENA_NEW(rq->arena, struct token_work);

    if (rq->visitor->must_prove)
        return ERR_PROOF_REQUIRED;
    work->secret = secret_new();
    work->ends_at = rq->now + DAYS(days[form->life]);
    rq->work = work;
    return ERR_OK;
}

static enum error audit_token(struct db *db, struct request *rq, const char *act, int64_t token) {
    const struct audit_entry entry = {
        .act = act,
        .account = rq->visitor->account,
        .object = arena_format(rq->arena, "token:%lld", (long long)token),
    };
    return audit_append(db, rq, &entry);
}

static enum error refuse_more(struct request *rq) {
    form_refuse(rq->arena, &rq->errors, &token_form_form, NULL, "tokens.too_many");
    return ERR_INVALID;
}

static enum error make_act(struct request *rq, struct db *db) {
    const struct token_form *form = rq->form;
    const struct token_work *work = rq->work;
    const struct bind tenant = BIND_INT("tenant", rq->tenant);
    const struct bind account = BIND_INT("account", rq->visitor->account);
    int64_t count = 0, token = 0;

    TRY(db_integer(db, &sql_token_count, WITH(tenant, account), &count));
    if (count >= MOST_TOKENS)
        return refuse_more(rq);
    TRY(db_integer(db, &sql_token_add,
                   WITH(tenant, account, BIND_TEXT("name", form->name),
                        BIND_BLOB("secret", work->secret.hash, SECRET_BYTES),
                        BIND_TEXT("scope", choice_code(&token_scope_choices, form->scope)),
                        BIND_INT("proved", rq->visitor->second_factor), BIND_TIME("now", rq->now),
                        BIND_TIME("ends_at", work->ends_at)),
                   &token));
    rq->outcome = (struct outcome){201, "/account/tokens", "tokens.made_before"};
    return audit_token(db, rq, "token.create", token);
}

static enum error make_answer(struct request *rq, struct reply *rp) {
    const struct token_form *form = rq->form;
    const struct token_work *work = rq->work;
    const struct token_made_page page = {
        .token = arena_format(rq->arena, "%s%s", prefix, work->secret.text),
        .name = form->name,
        .ends_at = work->ends_at,
    };
    return reply_view(rq, rp, &page);
}

/* ---- POST /account/tokens/:id/revoke ---- */

static enum error revoke_act(struct request *rq, struct db *db) {
    int64_t changed = 0;

    TRY(db_exec(db, &sql_token_revoke,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                     BIND_INT("id", path_id(rq, "id"))),
                &changed));
    if (changed == 0)
        return ERR_NOT_FOUND;
    rq->outcome = (struct outcome){200, "/account/tokens", "tokens.revoked"};
    return audit_token(db, rq, "token.revoke", path_id(rq, "id"));
}

const struct route token_routes[] = {
    ROUTE_GET("/account/tokens", show_tokens, .right = RIGHT_SELF, .form = &token_form_form,
              .view = &tokens_page_shape, .template = "people/tokens/show",
              .doc = "One's tokens for programs."),
    ROUTE_POST("/account/tokens", make_act, .right = RIGHT_SELF, .form = &token_form_form,
               .view = &token_made_page_shape, .template = "people/tokens/made",
               .prepare = make_prepare, .answer = make_answer,
               .doc = "Makes a token and shows it, once."),
    ROUTE_POST("/account/tokens/:id/revoke", revoke_act, .right = RIGHT_SELF,
               .form_page = "/account/tokens", .doc = "Revokes a token at once."),
    {.path = NULL},
};
