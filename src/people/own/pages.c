/* Mina sidor: who one is here, and the ways to change it. */
#include <string.h>

#include "own_statements.h"
#include "people/own/extract.h"
#include "people/own/own.h"
#include "people/own/views.h"
#include "people/second_factor/second_factor.h"
#include "records/records.h"

/* ---- GET /account ---- */

static struct own_role_list roles_of(struct request *rq, uint32_t roles) {
    struct own_role_list list = {.at = ARENA_ARRAY(rq->arena, ROLE_COUNT, struct own_role)};

    for (unsigned role = ROLE_participant + 1; role < ROLE_COUNT; role++)
        if (roles & role_bit(role))
            list.at[list.count++].role = (int)role;
    return list;
}

static enum error show_own(struct request *rq, struct reply *rp) {
    struct account account;
    struct second_factor_row factor;

    TRY(account_find(rq->db, rq->arena, rq->tenant, rq->visitor->account, &account));
    const uint32_t roles = roles_from_codes(account.roles);
    const enum error error = second_factor_find(rq->db, rq->arena, rq->tenant, account.id, &factor);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    const struct own_page page = {
        .id = account.id,
        .name = account.name,
        .email = account.email,
        .language = account.language,
        .language_name = language_name(language_from_code(account.language)),
        .has_password = account.password != NULL,
        .is_staff = (roles & roles_of_staff()) != 0,
        .has_second_factor = error == ERR_OK,
        .roles = roles_of(rq, roles),
        .created_at = account.created_at,
    };
    return reply_view(rq, rp, &page);
}

/* ---- /account/profile ---- */

/* Languages that the program has words for. */
static const struct form_options *language_options(struct request *rq, const char *chosen) {
    struct option_view *at = ARENA_ARRAY(rq->arena, LANGUAGE_COUNT, struct option_view);
    struct form_options *options = ARENA_NEW(rq->arena, struct form_options);
    size_t count = 0;

    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        if (!language_offered((enum language)language))
            continue;
        const char *code = language_code((enum language)language);
        at[count++] = (struct option_view){
            .id = arena_format(rq->arena, "language-%s", code),
            .code = code,
            .label = language_name((enum language)language),
            .chosen = strcmp(code, chosen) == 0,
        };
    }
    *options = (struct form_options){.field = "language", .at = at, .count = count};
    return options;
}

static enum error show_profile(struct request *rq, struct reply *rp) {
    struct account account;
    struct profile_form *form = ARENA_NEW(rq->arena, struct profile_form);

    TRY(account_find(rq->db, rq->arena, rq->tenant, rq->visitor->account, &account));
    *form = (struct profile_form){.name = account.name, .language = account.language};
    rq->values = form;
    rq->options = language_options(rq, account.language);
    const struct email_page page = {.email = account.email};
    return reply_view(rq, rp, &page);
}

static enum error profile_prepare(struct request *rq) {
    const struct profile_form *form = rq->form;
    const enum language language = language_from_code(form->language);

    if (language != LANGUAGE_NONE && language_offered(language))
        return ERR_OK;
    form_refuse(rq->arena, &rq->errors, &profile_form_form, "language",
                "profile_form.language.unknown");
    return ERR_INVALID;
}

static enum error profile_act(struct request *rq, struct db *db) {
    const struct profile_form *form = rq->form;

    rq->outcome = (struct outcome){200, "/account", "own.saved"};
    return account_rename(db, rq->tenant, rq->visitor->account, form->name,
                          language_from_code(form->language));
}

/* What was chosen here counts in this browser, too. */
static enum error profile_answer(struct request *rq, struct reply *rp) {
    const struct profile_form *form = rq->form;

    reply_cookie(rq, rp, COOKIE_LANGUAGE, form->language, DAYS(365) / SECONDS(1));
    return reply_outcome(rq, rp);
}

/* ---- register extract ---- */

enum { EXTRACT_BYTES = 4 << 20 };

static enum error show_file(struct request *rq, struct reply *rp) {
    struct buffer into = buffer_in(rq->arena, EXTRACT_BYTES);

    TRY(extract_write(rq->db, rq->arena, rq->tenant, rq->visitor->account, &into));
    const char *text = buffer_string(&into);
    return reply_bytes(rq, rp, "application/json", text, into.length,
                       arena_format(rq->arena, "%s.json", word(rq->language, "extract.file")));
}

static enum error show_extract(struct request *rq, struct reply *rp) {
    struct extract_page page = {0};

    TRY(extract_read(rq, &page));
    return reply_view(rq, rp, &page);
}

/* ---- /account/delete: asks again, tells what remains and why ---- */

/* Nobody can end the role of such a one: another administrator must be found first. */
static enum error is_last_administrator(struct request *rq, struct db *db, bool *ret_is) {
    int64_t administrators = 0;

    TRY(db_integer(db, &sql_own_administrators,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account)),
                   &administrators));
    *ret_is = administrators > 0 && administrators <= LEAST_ADMINISTRATORS;
    return ERR_OK;
}

static enum error show_delete(struct request *rq, struct reply *rp) {
    struct delete_page page = {.email = rq->visitor->email};

    TRY(account_has_role(rq->db, rq->tenant, rq->visitor->account, rq->now, &page.is_staff));
    TRY(is_last_administrator(rq, rq->db, &page.is_last_administrator));
    return reply_view(rq, rp, &page);
}

/* Who has a role hands over first (ROL-15): an administrator ends the role. */
static enum error delete_act(struct request *rq, struct db *db) {
    bool has_role = false, is_last = false;

    TRY(account_has_role(db, rq->tenant, rq->visitor->account, rq->now, &has_role));
    TRY(is_last_administrator(rq, db, &is_last));
    if (has_role) {
        form_refuse(rq->arena, &rq->errors, &delete_form_form, NULL,
                    is_last ? "delete.last_administrator" : "delete.has_role");
        return ERR_INVALID;
    }
    rq->outcome = (struct outcome){200, "/", "delete.done"};
    return account_erase(db, rq->arena, rq->tenant, rq->visitor->account, rq->now, rq->seed);
}

static enum error delete_answer(struct request *rq, struct reply *rp) {
    reply_cookie(rq, rp, COOKIE_SESSION, "", -1);
    return reply_outcome(rq, rp);
}

const struct route own_routes[] = {
    ROUTE_GET("/account", show_own, .right = RIGHT_SELF, .view = &own_page_shape,
              .template = "people/own/show", .crumb = "own.title", .doc = "One's own account."),
    ROUTE_GET("/account/profile", show_profile, .right = RIGHT_SELF, .form = &profile_form_form,
              .view = &email_page_shape, .template = "people/own/profile",
              .doc = "Asks for name and language."),
    ROUTE_POST("/account/profile", profile_act, .right = RIGHT_SELF, .form = &profile_form_form,
               .prepare = profile_prepare, .answer = profile_answer,
               .doc = "Changes name and language."),
    ROUTE_GET("/account/extract", show_extract, .right = RIGHT_SELF, .view = &extract_page_shape,
              .template = "people/own/extract", .doc = "All that is kept about oneself."),
    ROUTE_GET("/account/extract/file", show_file, .right = RIGHT_SELF,
              .doc = "All that is kept about oneself, as a JSON file."),
    ROUTE_GET("/account/delete", show_delete, .right = RIGHT_SELF, .form = &delete_form_form,
              .view = &delete_page_shape, .template = "people/own/delete",
              .doc = "Tells what deletion of the account means, and asks."),
    ROUTE_POST("/account/delete", delete_act, .right = RIGHT_SELF, .form = &delete_form_form,
               .answer = delete_answer, .doc = "Deletes the account and what is kept about it."),
    {.path = NULL},
};
