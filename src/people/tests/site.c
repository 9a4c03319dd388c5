#include "people/tests/site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "frame/frame.h"
#include "people/second_factor/rules.h"
#include "records/records.h"

int64_t site_now;

static int64_t clock_by_hand(void) {
    return site_now;
}

/* ---- the frame ---- */

static enum error fill_frame(struct request *rq, void *ret_frame) {
    struct frame_view *frame = ret_frame;
    const char *flash = request_flash(rq);

    *frame = (struct frame_view){
        .language = language_code(rq->language),
        .site_name = "Almsjö kommun",
        .mark_colour = "#0E5A50",
        .style_base = url_own("/base.css"),
        .style_own = url_own("/own.css"),
        .home = url_own("/"),
        .login = rq->visitor->session == 0 ? url_own("/login") : (struct url){NULL},
        .account = rq->visitor->session != 0 ? url_own("/account") : (struct url){NULL},
        .visitor_name = rq->visitor->name,
        .form_token = request_form_token(rq),
        .flash = flash == NULL ? NULL : word(rq->language, flash),
        .updated_at = INSTANT_NONE,
    };
    return ERR_OK;
}

static const struct http_hooks hooks = {
    .admit = people_admit,
    .frame = fill_frame,
    .frame_shape = &frame_view_shape,
    .frame_template = "frame/page",
    .error_template = "frame/error",
    .login_path = "/login",
    .proof_path = "/second-factor",
};

/* ---- opening ---- */

static enum error add_organisations(void *context, struct db *db) {
    static const char *const hosts[] = {SITE_HOST, OTHER_HOST};
    int64_t *tenants = context;

    for (size_t i = 0; i < 2; i++)
        TRY(db_integer(db,
                       TEST_STATEMENT(ONE, "INSERT INTO organisation (host, kind, name, mailbox, "
                                           "sender, created_at) VALUES (:host, 'network', "
                                           "'Almsjö kommun', 'dialog@almsjo.example', "
                                           "'dialog@almsjo.example', :now) RETURNING id"),
                       WITH(BIND_TEXT("host", hosts[i]), BIND_TIME("now", site_now)), &tenants[i]));
    return ERR_OK;
}

static void begin_day(void) {
    static const struct civil first = {2026, 6, 9, 14, 2, 0, 0, 0};
    struct civil civil = civil_from_instant(instant_day_start(site_now, 2));

    civil.hour = first.hour;
    civil.minute = first.minute;
    site_now = instant_from_civil(site_now == 0 ? first : civil);
}

struct site *site_open(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(256 << 20);
    struct site *site = ARENA_NEW(arena, struct site);
    char keys[] = "/tmp/radslag-keys.XXXXXX";
    int64_t tenants[2];

    begin_day();
    assert_non_null(mkdtemp(keys));
    assert_int_equal(words_load(NULL), ERR_OK);
    assert_int_equal(people_start(keys), ERR_OK);
    assert_int_equal(mail_keys_open(NULL), ERR_OK);
    assert_int_equal(unlink(arena_format(arena, "%s/people.key", keys)), 0);
    assert_int_equal(rmdir(keys), 0);
    assert_int_equal(store_act(store, add_organisations, tenants), ERR_OK);
    *site = (struct site){
        .store = store, .arena = arena, .tenant = tenants[0], .other_tenant = tenants[1]};
    const struct http_options options = {.workers = 2,
                                         .queue_limit = 100,
                                         .has_no_rates = true,
                                         .store = store,
                                         .hooks = &hooks,
                                         .clock = clock_by_hand};
    assert_int_equal(http_start(&options, &site->http), ERR_OK);
    return site;
}

void site_close(struct site *site) {
    http_stop(site->http);
    assert_int_equal(people_flush(site->store), ERR_OK);
    arena_free(site->arena);
}

/* ---- reading and filling the database ---- */

#define SITE_TEXT(F, T) F(T, text, text, , "")
SHAPE(site_row, SITE_TEXT);

const char *site_text(struct site *site, const char *sql) {
    struct db *db = NULL;
    struct site_row_list rows = {0};

    assert_int_equal(store_reader(site->store, 2000, &db), ERR_OK);
    const enum error error = db_many(db, site->arena, TEST_STATEMENT(MANY, sql), WITH_NOTHING, 100,
                                     &site_row_shape, &rows);
    store_reader_done(site->store, db);
    assert_int_equal(error, ERR_OK);
    return rows.count == 0 ? NULL : rows.at[0].text;
}

int64_t site_integer(struct site *site, const char *sql) {
    return test_integer(site->store, sql);
}

struct adding {
    struct site *site;
    const char *email, *name;
    const enum role *roles;
    int64_t account;
};

static enum error add_account(void *context, struct db *db) {
    struct adding *adding = context;
    const int64_t tenant = adding->site->tenant;

    TRY(account_ensure(db, adding->site->arena, tenant, adding->email, LANGUAGE_SV, site_now,
                       &adding->account));
    if (adding->name != NULL)
        TRY(account_rename(db, tenant, adding->account, adding->name, LANGUAGE_SV));
    for (const enum role *role = adding->roles; role != NULL && *role != ROLE_COUNT; role++)
        TRY(db_exec(db,
                    TEST_STATEMENT(EXEC, "INSERT INTO account_role (tenant, account, role, "
                                         "granted_at) VALUES (:tenant, :account, :role, :now)"),
                    WITH(BIND_INT("tenant", tenant), BIND_INT("account", adding->account),
                         BIND_TEXT("role", choice_code(&role_choices, (int)*role)),
                         BIND_TIME("now", site_now)),
                    NULL));
    return ERR_OK;
}

int64_t site_account(struct site *site, const char *email, const char *name,
                     const enum role *roles) {
    struct adding adding = {site, email, name, roles, 0};

    assert_int_equal(store_act(site->store, add_account, &adding), ERR_OK);
    return adding.account;
}

/* A value of the facts of the last mail to an address. */
static const char *mail_fact(struct site *site, const char *email, const char *name) {
    const char *facts = site_text(
        site, arena_format(site->arena,
                           "SELECT facts AS text FROM outbox WHERE address = '%s' ORDER BY id DESC",
                           email));
    if (facts == NULL)
        return NULL;
    const char *mark = arena_format(site->arena, "\"%s\":\"", name);
    const char *at = strstr(facts, mark);
    assert_non_null(at);
    at += strlen(mark);
    return arena_copy_span(site->arena, at, strcspn(at, "\""));
}

const char *site_code(struct site *site, const char *email) {
    const char *code = mail_fact(site, email, "code");

    return code == NULL ? NULL : arena_format(site->arena, "%.3s%s", code, code + 4);
}

const char *site_link(struct site *site, const char *email) {
    return mail_fact(site, email, "link");
}

/* ---- the second factor of a test person ---- */

static size_t unbase32(const char *text, unsigned char *into) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint32_t pending = 0;
    unsigned bits = 0;
    size_t length = 0;

    for (const char *c = text; *c != '\0'; c++) {
        const char *place = strchr(alphabet, *c);
        assert_non_null(place);
        pending = pending << 5 | (uint32_t)(place - alphabet);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            into[length++] = (unsigned char)(pending >> bits);
        }
    }
    return length;
}

const char *factor_code(struct site *site, const char *base32) {
    unsigned char secret[64];

    assert_int_equal(unbase32(base32, secret), TOTP_SECRET_BYTES);
    return arena_format(site->arena, "%06u", totp_code(secret, totp_step(site_now)));
}
