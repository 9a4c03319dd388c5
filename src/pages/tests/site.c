#include "pages/tests/site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "frame/frame.h"

#define OTHER_HOST "delta.almsjo.example"

int64_t site_now;

static int64_t clock_by_hand(void) {
    return site_now;
}

/* ---- the door ---- */

#define ROLES_ROW(F, T)                                                                            \
    F(T, id, id, , "account")                                                                      \
    F(T, text, name, , "as they wish to be called")                                                \
    F(T, text, email, , "address")                                                                 \
    F(T, text, role, , "code, or none")
SHAPE(roles_row, ROLES_ROW);

static enum error find_visitor(struct request *rq) {
    struct visitor *visitor = ARENA_NEW(rq->arena, struct visitor);
    struct roles_row_list rows = {0};
    const char *cookie = request_cookie(rq, COOKIE_SESSION);
    visitor->roles = role_bit(ROLE_visitor);
    rq->visitor = visitor;
    if (cookie == NULL)
        return ERR_OK;
    TRY(db_many(rq->db, rq->arena,
                TEST_STATEMENT(MANY, "SELECT a.id, a.name, a.email, r.role FROM account a "
                                     "LEFT JOIN account_role r ON r.tenant = a.tenant "
                                     "AND r.account = a.id "
                                     "WHERE a.tenant = :tenant AND a.id = :id"),
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", strtoll(cookie, NULL, 10))), 20,
                &roles_row_shape, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct roles_row *row = &rows.at[i];
        visitor->account = visitor->session = row->id;
        visitor->name = row->name;
        visitor->email = row->email;
        visitor->second_factor = true;
        visitor->roles |= role_bit(ROLE_participant);
        if (row->role != NULL)
            visitor->roles |= role_bit((unsigned)role_find(row->role));
    }
    return ERR_OK;
}

static enum error admit(struct request *rq) {
    TRY(db_integer(rq->db, TEST_STATEMENT(ONE, "SELECT id FROM organisation WHERE host = :host"),
                   WITH(BIND_TEXT("host", rq->host)), &rq->tenant));
    TRY(find_visitor(rq));
    if (rq->route == NULL)
        return ERR_OK;
    return require(rq->visitor, (enum right)rq->route->right, NULL,
                   rq->method == METHOD_GET ? PERMISSION_SEES : PERMISSION_OWN);
}

static enum error fill_frame(struct request *rq, void *ret_frame) {
    struct frame_view *frame = ret_frame;
    const char *flash = request_flash(rq);
    *frame = (struct frame_view){
        .language = language_code(rq->language),
        .site_name = "Ljungsjö kommun",
        .mark_colour = "#0E5A50",
        .style_base = url_own("/base.css"),
        .style_own = url_own("/own.css"),
        .home = url_own("/"),
        .form_token = request_form_token(rq),
        .flash = flash == NULL ? NULL : word(rq->language, flash),
        .updated_at = INSTANT_NONE,
    };
    return ERR_OK;
}

static const struct http_hooks hooks = {
    .admit = admit,
    .frame = fill_frame,
    .frame_shape = &frame_view_shape,
    .frame_template = "frame/page",
    .error_template = "frame/error",
};

/* ---- opening ---- */

static const struct {
    const char *name, *role;
} people[] = {{"Alva Exempel", "communications"},
              {"Bo Tallkott", "process_lead"},
              {"Cilla Lind", "process_lead"},
              {"Doris Granris", "administrator"},
              {"Ebbe Ål", "registrator"},
              {"Fatima Öst", "case_officer"},
              {"Gun Invånare", NULL},
              {"Hanna Åker", "organiser"},
              {"Ivar Sund", "administrator"}};

static enum error add_organisation(struct db *db, const char *host, const char *state,
                                   int64_t *ret_tenant) {
    return db_integer(
        db,
        TEST_STATEMENT(
            ONE, "INSERT INTO organisation (host, kind, name, state, mailbox, phone, controller, "
                 "dpo, sender, statement_accepted_at, opened_at, created_at) VALUES (:host, "
                 "'network', 'Ljungsjö kommun', :state, 'dialog@ljungsjo.example', "
                 "'0980-31 92 00', :controller, "
                 "'dso@ljungsjo.example', 'dialog@ljungsjo.example', :now, :now, :now) "
                 "RETURNING id"),
        WITH(BIND_TEXT("host", host), BIND_TEXT("state", state),
             BIND_TEXT("controller", "Kommunstyrelsen\nTekniska n\xc3\xa4mnden"),
             BIND_TIME("now", site_now)),
        ret_tenant);
}

static enum error add_person(struct db *db, int64_t tenant, size_t number) {
    const char *role = people[number].role;
    char email[40];
    int64_t id = 0;
    snprintf(email, sizeof email, "person%zu@ljungsjo.example", number + 1);
    TRY(db_integer(db,
                   TEST_STATEMENT(ONE, "INSERT INTO account (tenant, email, email_key, name, "
                                       "language, created_at, last_seen_at) VALUES (:tenant, "
                                       ":email, :email, :name, 'sv', :now, :now) RETURNING id"),
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("email", email),
                        BIND_TEXT("name", people[number].name), BIND_TIME("now", site_now)),
                   &id));
    if (role == NULL)
        return ERR_OK;
    return db_exec(db,
                   TEST_STATEMENT(EXEC, "INSERT INTO account_role (tenant, account, role, "
                                        "granted_at) VALUES (:tenant, :account, :role, :now)"),
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", id),
                        BIND_TEXT("role", role), BIND_TIME("now", site_now)),
                   NULL);
}

static enum error fill(void *context, struct db *db) {
    struct site *site = context;
    TRY(add_organisation(db, SITE_HOST, "open", &site->tenant));
    TRY(add_organisation(db, OTHER_HOST, "open", &site->other_tenant));
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        TRY(add_person(db, site->tenant, i));
    return db_exec(db,
                   TEST_STATEMENT(EXEC, "INSERT INTO second_factor (tenant, account, secret, "
                                        "last_step, made_at) SELECT tenant, account, :secret, 0, "
                                        "granted_at FROM account_role WHERE role = "
                                        "'administrator'"),
                   WITH(BIND_BLOB("secret", "x", 1)), NULL);
}

struct site *site_open(void **state) {
    static const struct civil first = {2026, 6, 9, 14, 2, 0, 0, 0};
    struct store *store = test_store(state);
    struct arena *arena = arena_new(256 << 20);
    struct site *site = ARENA_NEW(arena, struct site);
    site_now = instant_from_civil(first);
    site->store = store;
    site->arena = arena;
    assert_int_equal(words_load(NULL), ERR_OK);
    assert_int_equal(mail_keys_open(NULL), ERR_OK);
    assert_int_equal(store_act(store, fill, site), ERR_OK);
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
    arena_free(site->arena);
}

void site_run_jobs(struct site *site) {
    size_t ran = 0;
    for (int round = 0; round < 5; round++)
        assert_int_equal(jobs_run_due(site->store, site_now, &ran), ERR_OK);
}

/* ---- looking ---- */

#define TEXT_ROW(F, T) F(T, text, text, , "whatever was asked for")
SHAPE(text_row, TEXT_ROW);

int64_t site_integer(struct site *site, const char *sql) {
    return test_integer(site->store, sql);
}

const char *site_text(struct site *site, const char *sql) {
    struct db *db = NULL;
    struct text_row_list rows = {0};
    assert_int_equal(store_reader(site->store, 2000, &db), ERR_OK);
    const enum error error = db_many(db, site->arena, TEST_STATEMENT(MANY, sql), WITH_NOTHING, 100,
                                     &text_row_shape, &rows);
    store_reader_done(site->store, db);
    assert_int_equal(error, ERR_OK);
    return rows.count == 0 ? NULL : rows.at[0].text;
}

const char *site_mail(struct site *site, const char *kind) {
    return site_text(site, arena_format(site->arena,
                                        "SELECT facts AS text FROM outbox WHERE kind = '%s' "
                                        "ORDER BY id DESC",
                                        kind));
}

/* ---- browsers ---- */

struct browser *browser_new(struct site *site, int account) {
    struct browser *browser = ARENA_NEW(site->arena, struct browser);
    *browser = (struct browser){.site = site, .cookies = "", .language = "sv"};
    if (account != NOBODY)
        browser->cookies = arena_format(site->arena, "__Host-session=%d", account);
    return browser;
}

const char *browser_header(struct browser *browser, const char *name) {
    const char *mark = arena_format(browser->site->arena, "\n%s: ", name);
    const char *all = arena_format(browser->site->arena, "\n%s", browser->reply.headers);
    const char *found = strstr(all, mark);
    if (found == NULL)
        return NULL;
    found += strlen(mark);
    return arena_copy_span(browser->site->arena, found, strcspn(found, "\n"));
}

bool browser_sees(const struct browser *browser, const char *text) {
    return strstr(browser->reply.body, text) != NULL;
}

/* "set-cookie: name=value; …" of the reply, added to what is sent. */
static void keep_cookies(struct browser *browser) {
    static const char mark[] = "set-cookie: ";
    struct arena *arena = browser->site->arena;
    for (const char *at = strstr(browser->reply.headers, mark); at != NULL; at = strstr(at, mark)) {
        at += strlen(mark);
        const char *pair = arena_copy_span(arena, at, strcspn(at, ";\n"));
        browser->cookies = browser->cookies[0] == '\0'
                               ? pair
                               : arena_format(arena, "%s; %s", browser->cookies, pair);
    }
}

static void keep_token(struct browser *browser) {
    static const char mark[] = "name=\"form\" value=\"";
    const char *at = strstr(browser->reply.body, mark);
    if (at != NULL) {
        at += strlen(mark);
        browser->form = arena_copy_span(browser->site->arena, at, strcspn(at, "\""));
    }
}

static int ask(struct browser *browser, enum method method, const char *target, const char *body) {
    struct arena *arena = browser->site->arena;
    const char *lines[8] = {arena_format(arena, "Accept-Language: %s", browser->language)};
    size_t count = 1;
    if (browser->cookies[0] != '\0')
        lines[count++] = arena_format(arena, "Cookie: %s", browser->cookies);
    if (browser->json)
        lines[count++] = "Accept: application/json";
    if (method == METHOD_POST && browser->json && browser->form != NULL)
        lines[count++] = arena_format(arena, "X-Radslag-Form: %s", browser->form);
    if (method == METHOD_POST)
        lines[count++] = "Content-Type: application/x-www-form-urlencoded";
    assert_int_equal(http_test(browser->site->http, arena, method, SITE_HOST, target, lines, body,
                               body == NULL ? 0 : strlen(body), &browser->reply),
                     ERR_OK);
    keep_cookies(browser);
    if (!browser->json)
        keep_token(browser);
    return browser->reply.status;
}

int browser_get(struct browser *browser, const char *target) {
    return ask(browser, METHOD_GET, target, NULL);
}

int browser_post(struct browser *browser, const char *target, const char *fields) {
    const char *token = browser->form == NULL ? "" : browser->form;
    const char *body =
        browser->json ? fields : arena_format(browser->site->arena, "form=%s&%s", token, fields);
    return ask(browser, METHOD_POST, target, body);
}

int browser_send(struct browser *browser, const char *page, const char *target,
                 const char *fields) {
    assert_int_equal(browser_get(browser, page), 200);
    return browser_post(browser, target, fields);
}

/* ---- golden files ---- */

static const char *golden_path(struct arena *arena, const char *file, const char *name) {
    const char *slash = strrchr(file, '/');
    return arena_format(arena, "%.*s/%s.golden.json", (int)(slash - file), file, name);
}

/* One member a line, so that a difference is seen. */
static const char *laid_out(struct arena *arena, const char *json) {
    struct buffer out = buffer_in(arena, 1 << 20);
    bool in_text = false;
    int depth = 0;
    for (const char *c = json; *c != '\0'; c++) {
        const bool opens = !in_text && (*c == '{' || *c == '['),
                   closes = !in_text && (*c == '}' || *c == ']');
        if (*c == '"' && (c == json || c[-1] != '\\'))
            in_text = !in_text;
        depth += opens - closes;
        const bool is_empty = opens && (c[1] == '}' || c[1] == ']'),
                   was_empty = closes && (c[-1] == '{' || c[-1] == '[');
        if (closes && !was_empty)
            buffer_format(&out, "\n%*s", depth * 2, "");
        buffer_add(&out, c, 1);
        if ((opens && !is_empty) || (!in_text && *c == ','))
            buffer_format(&out, "\n%*s", depth * 2, "");
    }
    buffer_text(&out, "\n");
    return buffer_string(&out);
}

void golden_check(const char *file, const char *name, const char *json) {
    static char expected[1 << 18];
    struct arena *arena = arena_new(8 << 20);
    const char *path = golden_path(arena, file, name), *got = laid_out(arena, json);
    const char *mode = getenv("RADSLAG_GOLDEN");
    if (mode != NULL && strcmp(mode, "write") == 0) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        fputs(got, out);
        assert_int_equal(fclose(out), 0);
    }
    FILE *in = fopen(path, "r");
    if (in == NULL)
        print_error("%s is missing\n", path);
    assert_non_null(in);
    expected[fread(expected, 1, sizeof expected - 1, in)] = '\0';
    assert_int_equal(fclose(in), 0);
    assert_string_equal(got, expected);
    arena_free(arena);
}

/* ---- a page to begin with ---- */

int64_t site_page(struct site *site) {
    test_execute(site->store,
                 "INSERT INTO page (tenant, kind, slug, language, title, title_key, state, author, "
                 "page_owner, revision, record_class, created_at, text_at, published_at, "
                 "updated_at) VALUES (1, 'information', 'simhallen-oppnar', 'sv', "
                 "'Simhallen öppnar', 'simhallen öppnar', 'published', 1, 2, 2, 'page', "
                 "1780000000000000, 1780000000000000, 1780000000000000, 1780000000000000)");
    test_execute(site->store, "INSERT INTO page_text (tenant, page, lead, body) VALUES (1, 1, "
                              "'Simhallen öppnar igen den 1 juli.', 'Välkommen att **bada**.')");
    test_execute(site->store,
                 "INSERT INTO page_revision (tenant, page, revision, account, made_at, act, title, "
                 "lead, body) VALUES (1, 1, 1, 1, 1780000000000000, 'made', 'Simhallen öppnar', "
                 "'Simhallen öppnar igen den 1 juli.', 'Välkommen att **bada**.')");
    test_execute(site->store,
                 "INSERT INTO page_revision (tenant, page, revision, account, made_at, act) "
                 "VALUES (1, 1, 2, 2, 1780000000000000, 'published')");
    return site_integer(site, "SELECT id FROM page WHERE slug = 'simhallen-oppnar'");
}
