/* Following by e-mail and code, or by account; changing how often; leaving. */
#include <sodium.h>
#include <string.h>

#include "follow_statements.h"
#include "pages/follow/follow.h"
#include "platform/base/text.h"
#include "platform/view/view.h"

enum { FOLLOWS_MAX = 200, MAILS_PER_MINUTE = 3 };

/* ---- mail ---- */

const struct mail_kind follow_code_mail = {
    .id = "K2",
    .name = "follow_code",
    .class = MAIL_ALWAYS,
    .at_once = true,
    .forget = true,
    .useful = MINUTES(FOLLOW_CODE_MINUTES),
    .facts = &follow_code_facts_shape,
    .template = "pages/follow/follow_code.txt",
    .when = "somebody without an account wants to follow",
    .to = "the address",
};

/* ---- GET /follow: what, where to, how often ---- */

/* The page that is to be followed; one that the visitor cannot read does not exist. */
static enum error find_subject(struct db *db, struct request *rq, int64_t id,
                               const char **ret_title) {
    struct page page = {0};
    if (id == 0) {
        *ret_title = NULL;
        return ERR_OK;
    }
    TRY(page_find(db, rq->arena, rq->tenant, id, &page));
    const struct page_kind *kind = page_kind_find(page.kind);
    if (page.state != page_state_published || kind == NULL || !kind->followed)
        return ERR_NOT_FOUND;
    *ret_title = page.title;
    return ERR_OK;
}

static enum error show_follow(struct request *rq, struct reply *rp) {
    const struct follow_form *asked = rq->form;
    struct follow_form *values = ARENA_NEW(rq->arena, struct follow_form);
    struct follow_view view = {.account_email = rq->visitor->email};
    const char *typed = input_value(&rq->input, "page");
    view.page = typed != NULL ? strtoll(typed, NULL, 10) : asked == NULL ? 0 : asked->page;
    TRY(find_subject(rq->db, rq, view.page, &view.title));
    *values = (struct follow_form){.page = view.page, .frequency = follow_frequency_weekly};
    rq->values = values;
    return reply_view(rq, rp, &view);
}

/* ---- POST /follow ---- */

static enum error follow_prepare(struct request *rq) {
    const struct follow_form *form = rq->form;
    if (rq->visitor->account != 0)
        return ERR_OK;
    if (form->email == NULL) {
        form_refuse(rq->arena, &rq->errors, &follow_form_form, "email", "field.required");
        return ERR_INVALID;
    }
    const char *key = text_email_key(rq->arena, form->email);
    return http_rate(rq, arena_format(rq->arena, "follow:%s", key), MAILS_PER_MINUTE);
}

/* Bound to the request, so that the code of one is none of another. */
static const char *code_hash(struct arena *arena, const char *request_key, const char *code) {
    unsigned char hash[32];
    char *hex = arena_take(arena, sizeof hash * 2 + 1);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)code, strlen(code),
                       (const unsigned char *)request_key, strlen(request_key));
    return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

static enum error follow_by_account(struct request *rq, struct db *db) {
    const struct follow_form *form = rq->form;
    const char *key = NULL;
    TRY(follow_put(db, rq->arena, rq->tenant,
                   &(struct follow_wish){.page = form->page,
                                         .account = rq->visitor->account,
                                         .email = rq->visitor->email,
                                         .language = rq->language,
                                         .frequency = (enum follow_frequency)form->frequency,
                                         .leave_key = follow_draw_key(rq, "leave")},
                   rq->now, &key));
    rq->outcome =
        (struct outcome){303, arena_format(rq->arena, "/follow/by/%s", key), "follow.done"};
    return ERR_OK;
}

static enum error send_code(struct request *rq, struct db *db, const char *request_key,
                            const char *code, const char *title) {
    const struct follow_form *form = rq->form;
    const char *address = arena_format(rq->arena, "/follow/confirm/%s", request_key);
    const struct mail_recipient to = {.address = form->email, .language = rq->language};
    const struct follow_code_facts facts = {
        .code = arena_format(rq->arena, "%.3s %s", code, code + 3),
        .title = title,
        .address = url_own(address),
        .ends_at = rq->now + MINUTES(FOLLOW_CODE_MINUTES),
    };
    rq->outcome = (struct outcome){303, address, NULL};
    return mail_queue(db, rq->arena, rq->tenant, &follow_code_mail, &to, request_key, rq->now,
                      &facts);
}

/* The same answer whether the address follows already or not. */
static enum error follow_by_address(struct request *rq, struct db *db, const char *title) {
    const struct follow_form *form = rq->form;
    const char *request_key = follow_draw_key(rq, "request");
    const char *code = follow_draw_code(rq, "code");
    TRY(db_exec(
        db, &sql_follow_request_insert,
        WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("request_key", request_key),
             BIND_INT("page", form->page), BIND_TEXT("email", form->email),
             BIND_TEXT("email_key", text_email_key(rq->arena, form->email)),
             BIND_TEXT("language", language_code(rq->language)),
             BIND_TEXT("frequency", choice_code(&follow_frequency_choices, form->frequency)),
             BIND_TEXT("code_hash", code_hash(rq->arena, request_key, code)),
             BIND_TIME("now", rq->now),
             BIND_TIME("ends_at", rq->now + MINUTES(FOLLOW_CODE_MINUTES))),
        NULL));
    return send_code(rq, db, request_key, code, title);
}

static enum error follow_act(struct request *rq, struct db *db) {
    const struct follow_form *form = rq->form;
    const char *title = NULL;
    TRY(find_subject(db, rq, form->page, &title));
    return rq->visitor->account != 0 ? follow_by_account(rq, db) : follow_by_address(rq, db, title);
}

/* ---- /follow/confirm/:key: the code is typed, wherever the mail was read ---- */

#define REQUEST_ROW(F, T)                                                                          \
    F(T, slug, request_key, , "in the address")                                                    \
    F(T, id, page, , "what is followed; none = the organisation")                                  \
    F(T, text, title, , "of the page")                                                             \
    F(T, text, email, , "as typed")                                                                \
    F(T, text, email_key, , "folded")                                                              \
    F(T, slug, language, , "of the mail")                                                          \
    F(T, choice, frequency, follow_frequency, "as wished")                                         \
    F(T, text, code_hash, , "of the code")                                                         \
    F(T, int, tries, , "wrong codes before")                                                       \
    F(T, time, ends_at, , "first instant too late")                                                \
    F(T, time, confirmed_at, , "when it was confirmed")
SHAPE(request_row, REQUEST_ROW);

static enum error find_request(struct db *db, struct request *rq, struct request_row *ret_row) {
    return db_one(
        db, rq->arena, &sql_follow_request_by_key,
        WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("request_key", path_text(rq, "key"))),
        &request_row_shape, ret_row);
}

static enum error show_code(struct request *rq, struct reply *rp) {
    struct request_row row = {0};
    TRY(find_request(rq->db, rq, &row));
    const struct follow_code_view view = {
        .page = row.page, .title = row.title, .ends_at = row.ends_at};
    return reply_view(rq, rp, &view);
}

struct confirm_work {
    enum code_verdict verdict;
};

static enum error confirm(struct request *rq, struct db *db, const struct request_row *row) {
    const char *key = NULL;
    TRY(follow_put(db, rq->arena, rq->tenant,
                   &(struct follow_wish){.page = row->page,
                                         .email = row->email,
                                         .language = language_from_code(row->language),
                                         .frequency = (enum follow_frequency)row->frequency,
                                         .leave_key = follow_draw_key(rq, "leave")},
                   rq->now, &key));
    rq->outcome =
        (struct outcome){303, arena_format(rq->arena, "/follow/by/%s", key), "follow.done"};
    return db_exec(db, &sql_follow_request_done,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("request_key", row->request_key),
                        BIND_TIME("now", rq->now)),
                   NULL);
}

/* A wrong code is counted, so the act succeeds and its answer refuses. */
static enum error confirm_act(struct request *rq, struct db *db) {
    const struct follow_code_form *form = rq->form;
    struct confirm_work *work = ARENA_NEW(rq->arena, struct confirm_work);
    struct request_row row = {0};
    rq->work = work;
    TRY(find_request(db, rq, &row));
    const char *hash = code_hash(rq->arena, row.request_key, form->code);
    const struct code_stand stand = {
        .matches = sodium_memcmp(hash, row.code_hash, strlen(hash)) == 0,
        .tries = (int)row.tries,
        .ends_at = row.ends_at,
        .confirmed_at = row.confirmed_at,
    };
    work->verdict = code_judge(&stand, rq->now);
    if (work->verdict == CODE_RIGHT || work->verdict == CODE_DONE_BEFORE)
        return confirm(rq, db, &row);
    if (work->verdict != CODE_WRONG)
        return ERR_OK;
    return db_exec(db, &sql_follow_request_wrong,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("request_key", row.request_key)),
                   NULL);
}

static enum error confirm_answer(struct request *rq, struct reply *rp) {
    static const char *const words[] = {
        [CODE_WRONG] = "follow.code_wrong",
        [CODE_TOO_MANY] = "follow.code_too_many",
        [CODE_TOO_LATE] = "follow.code_too_late",
    };
    const struct confirm_work *work = rq->work;
    if (work->verdict == CODE_RIGHT || work->verdict == CODE_DONE_BEFORE)
        return reply_outcome(rq, rp);
    form_refuse(rq->arena, &rq->errors, &follow_code_form_form, "code", words[work->verdict]);
    return ERR_INVALID;
}

/* ---- /follow/by/:key: one follow, for whoever has its key ---- */

static struct own_follow_view view_of(struct arena *arena, const struct follow_row *row) {
    struct own_follow_view view = {
        .page = row->page,
        .title = row->title,
        .address = {NULL},
        .frequency = row->frequency,
        .change = url_own(arena_format(arena, "/follow/by/%s", row->leave_key)),
        .leave = url_own(arena_format(arena, "/follow/by/%s/leave", row->leave_key)),
        .made_at = row->made_at,
    };
    if (row->state != NULL && strcmp(row->state, "published") == 0)
        view.address = page_address(arena, &(struct page){.kind = row->kind, .slug = row->slug});
    return view;
}

static enum error show_one(struct request *rq, struct reply *rp) {
    struct follow_row row = {0};
    struct frequency_form *values = ARENA_NEW(rq->arena, struct frequency_form);
    TRY(db_one(rq->db, rq->arena, &sql_follow_by_key,
               WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("leave_key", path_text(rq, "key"))),
               &follow_row_shape, &row));
    values->frequency = row.frequency;
    rq->values = values;
    const struct own_follow_view view = view_of(rq->arena, &row);
    return reply_view(rq, rp, &view);
}

static enum error frequency_act(struct request *rq, struct db *db) {
    const struct frequency_form *form = rq->form;
    const char *key = path_text(rq, "key");
    int64_t changed = 0;
    TRY(db_exec(
        db, &sql_follow_frequency_put,
        WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("leave_key", key),
             BIND_TEXT("frequency", choice_code(&follow_frequency_choices, form->frequency))),
        &changed));
    rq->outcome =
        (struct outcome){303, arena_format(rq->arena, "/follow/by/%s", key), "follow.changed"};
    return changed == 0 ? ERR_NOT_FOUND : ERR_OK;
}

/* Leaving twice is as good as leaving once. */
static enum error leave_act(struct request *rq, struct db *db) {
    TRY(db_exec(db, &sql_follow_leave,
                WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("leave_key", path_text(rq, "key"))),
                NULL));
    rq->outcome = (struct outcome){303, "/", "follow.left"};
    return ERR_OK;
}

/* ---- /account/follows: all that an account follows ---- */

static enum error show_own(struct request *rq, struct reply *rp) {
    struct follow_row_list rows = {0};
    TRY(db_many(rq->db, rq->arena, &sql_follow_by_account,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account)),
                FOLLOWS_MAX, &follow_row_shape, &rows));
    struct own_follow_view *at = ARENA_ARRAY(rq->arena, rows.count + 1, struct own_follow_view);
    for (size_t i = 0; i < rows.count; i++)
        at[i] = view_of(rq->arena, &rows.at[i]);
    const struct follows_view view = {.follows = {at, rows.count}};
    return reply_view(rq, rp, &view);
}

/* ---- personal data (QUA-4) ---- */

#define KEPT_FOLLOW(F, T)                                                                          \
    F(T, id, page, , "none = all that the organisation publishes")                                 \
    F(T, text, title, , "of the page")                                                             \
    F(T, text, email, , "where it is told")                                                        \
    F(T, choice, frequency, follow_frequency, "own choice")                                        \
    F(T, time, made_at, , "since when")
SHAPE(kept_follow, KEPT_FOLLOW);

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

static enum error follow_extract(struct db *db, struct arena *arena, int64_t tenant,
                                 int64_t account, struct buffer *into) {
    struct kept_follow_list rows = {0};
    const char *email_key = "";
    TRY(email_key_of(db, arena, tenant, account, &email_key));
    TRY(db_many(db, arena, &sql_follows_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account),
                     BIND_TEXT("email_key", email_key)),
                FOLLOWS_MAX, &kept_follow_shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &kept_follow_shape, &rows.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

static enum error follow_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                               int64_t now) {
    const char *email_key = "";
    (void)now;
    TRY(email_key_of(db, arena, tenant, account, &email_key));
    TRY(db_exec(db, &sql_follows_erase,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account),
                     BIND_TEXT("email_key", email_key)),
                NULL));
    return db_exec(db, &sql_follow_requests_erase,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("email_key", email_key)), NULL);
}

const struct register_source follow_register = {"register.follows", follow_extract, follow_erase};

const struct route follow_routes[] = {
    ROUTE_GET("/follow", show_follow, .right = RIGHT_ANYONE, .form = &follow_form_form,
              .view = &follow_view_shape, .template = "pages/follow/new",
              .doc = "Asks where and how often to be told of a page, or of all that is published."),
    ROUTE_POST("/follow", follow_act, .right = RIGHT_ANYONE, .form = &follow_form_form,
               .prepare = follow_prepare,
               .doc = "Follows at once with an account; otherwise sends a code to the address."),
    ROUTE_GET("/follow/confirm/:key", show_code, .right = RIGHT_ANYONE,
              .form = &follow_code_form_form, .view = &follow_code_view_shape,
              .template = "pages/follow/code",
              .doc = "Asks for the code of the mail; opening changes nothing."),
    ROUTE_POST("/follow/confirm/:key", confirm_act, .right = RIGHT_ANYONE,
               .form = &follow_code_form_form, .answer = confirm_answer, .is_repeatable = true,
               .limits = {.per_minute = 20}, .doc = "Confirms an address by its code."),
    ROUTE_GET("/follow/by/:key", show_one, .right = RIGHT_ANYONE, .form = &frequency_form_form,
              .view = &own_follow_view_shape, .template = "pages/follow/one",
              .doc = "One follow, opened by the link of a mail; opening changes nothing."),
    ROUTE_POST("/follow/by/:key", frequency_act, .right = RIGHT_ANYONE,
               .form = &frequency_form_form, .doc = "Changes how often one is told."),
    ROUTE_POST("/follow/by/:key/leave", leave_act, .right = RIGHT_ANYONE,
               .doc = "Stops following."),
    ROUTE_GET("/account/follows", show_own, .right = RIGHT_SELF, .view = &follows_view_shape,
              .template = "pages/follow/own", .doc = "What the account follows."),
    {.path = NULL},
};
