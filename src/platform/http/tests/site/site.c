#include "platform/http/tests/site/site.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>

#include <cmocka.h>

#include "site_statements.h"

#define SITE "platform/http/tests/site/"

/* ---- shapes and forms ---- */

#define NOTE_VIEW(F, T)                                                                            \
    F(T, id, id, , "note number")                                                                  \
    F(T, text, text, , "what is on it")
SHAPE(note_view, NOTE_VIEW);

#define BOARD_VIEW(F, T) F(T, list, notes, note_view, "oldest first")
SHAPE(board_view, BOARD_VIEW);

#define WRITE_VIEW(F, T) F(T, flag, may_write, , "always")
SHAPE(write_view, WRITE_VIEW);

#define NOTE_FORM(F, T)                                                                            \
    F(T, text, text, , REQUIRED, 20, account, "what shall be on it")                               \
    F(T, file, file, , OPTIONAL, 0, account, "a picture beside it")
FORM(note_form, NOTE_FORM);

#define SITE_FRAME(F, T)                                                                           \
    F(T, slug, language, , "of the page")                                                          \
    F(T, text, title, , "of the page")                                                             \
    F(T, html, body, , "the page")                                                                 \
    F(T, text, token, , "of forms")                                                                \
    F(T, text, flash, , "shown once")                                                              \
    F(T, url, style, , "style sheet")
SHAPE(site_frame, SITE_FRAME);

/* ---- the gate ---- */

static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_changed = PTHREAD_COND_INITIALIZER;
static bool gate_is_closed;
static int gate_waiting;

static void gate_set(bool is_closed) {
    pthread_mutex_lock(&gate_lock);
    gate_is_closed = is_closed;
    pthread_cond_broadcast(&gate_changed);
    pthread_mutex_unlock(&gate_lock);
}

void site_gate_close(void) {
    gate_set(true);
}

void site_gate_open(void) {
    gate_set(false);
}

void site_gate_wait_for(int waiting) {
    pthread_mutex_lock(&gate_lock);
    while (gate_waiting < waiting)
        pthread_cond_wait(&gate_changed, &gate_lock);
    pthread_mutex_unlock(&gate_lock);
}

static void gate_pass(void) {
    pthread_mutex_lock(&gate_lock);
    gate_waiting++;
    pthread_cond_broadcast(&gate_changed);
    while (gate_is_closed)
        pthread_cond_wait(&gate_changed, &gate_lock);
    gate_waiting--;
    pthread_mutex_unlock(&gate_lock);
}

/* ---- handlers ---- */

int64_t site_now;
_Atomic int site_acts, site_prepares;
char site_upload_path[128], site_upload_bytes[64];
_Atomic size_t site_fail_after;
_Atomic int64_t site_form_age;

static int64_t clock_by_hand(void) {
    return site_now;
}

static enum error show_board(struct request *rq, struct reply *rp) {
    struct board_view board = {0};
    TRY(db_many(rq->db, rq->arena, &sql_notes, WITH(BIND_INT("tenant", rq->tenant)), 100,
                &note_view_shape, &board.notes));
    reply_may_cache(rp, rq->now + HOURS(1));
    return reply_view(rq, rp, &board);
}

static enum error show_note(struct request *rq, struct reply *rp) {
    struct note_view note = {0};
    TRY(db_one(rq->db, rq->arena, &sql_note_by_id,
               WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", path_id(rq, "id"))),
               &note_view_shape, &note));
    return reply_view(rq, rp, &note);
}

static enum error show_write(struct request *rq, struct reply *rp) {
    const struct write_view view = {.may_write = true};
    return reply_view(rq, rp, &view);
}

/* The file lies there until the request is answered. */
static void look_at_upload(const struct upload *upload) {
    FILE *file = fopen(upload->path, "re");
    assert_non_null(file);
    const size_t length = fread(site_upload_bytes, 1, sizeof site_upload_bytes - 1, file);
    (void)fclose(file);
    site_upload_bytes[length] = '\0';
    (void)snprintf(site_upload_path, sizeof site_upload_path, "%s", upload->path);
}

static enum error prepare_note(struct request *rq) {
    const struct note_form *form = rq->form;
    site_prepares++;
    if (form->file.path != NULL)
        look_at_upload(&form->file);
    return http_rate(rq, "notes", 1000);
}

static enum error make_note(struct request *rq, struct db *db) {
    const struct note_form *form = rq->form;
    int64_t id = 0;
    site_acts++;
    const enum error error =
        db_integer(db, &sql_note_insert,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("text", form->text)), &id);
    if (error == ERR_NOT_FOUND) {
        form_refuse(rq->arena, &rq->errors, &note_form_form, "text", "note.same");
        return ERR_INVALID;
    }
    TRY(error);
    rq->outcome = (struct outcome){.status = 201,
                                   .address = arena_format(rq->arena, "/notes/%lld", (long long)id),
                                   .flash = "note.kept"};
    return ERR_OK;
}

/* Somebody else was first: how old the form is stands in what is said about it. */
static enum error act_taken(struct request *rq, struct db *db) {
    (void)db;
    site_form_age = rq->form_age;
    form_refuse(rq->arena, &rq->errors, &note_form_form, "text", "note.same");
    return ERR_CONFLICT;
}

static enum error show_spend(struct request *rq, struct reply *rp) {
    (void)rp;
    (void)arena_take(rq->arena, ARENA_REQUEST_BYTES);
    return ERR_OK;
}

static enum error act_spend(struct request *rq, struct db *db) {
    int64_t count = 0;
    TRY(db_integer(db, &sql_note_count, WITH(BIND_INT("tenant", rq->tenant)), &count));
    (void)arena_take(rq->arena, ARENA_REQUEST_BYTES);
    return ERR_OK;
}

static enum error show_gate(struct request *rq, struct reply *rp) {
    gate_pass();
    return reply_bytes(rq, rp, "text/plain", "passed", 6, NULL);
}

static enum error show_file(struct request *rq, struct reply *rp) {
    return reply_bytes(rq, rp, "text/csv; charset=utf-8", "a,b\n", 4, "r\xc3\xb6ster.csv");
}

static enum error show_echo(struct request *rq, struct reply *rp) {
    const char *text =
        arena_format(rq->arena, "%s|%s|%s|%s|%lld", rq->host, rq->path, rq->address,
                     rq->secure ? "secure" : "open", (long long)query_int(rq, "n", -1));
    return reply_bytes(rq, rp, "text/plain", text, strlen(text), NULL);
}

static enum error act_login(struct request *rq, struct db *db) {
    (void)db;
    site_acts++;
    rq->outcome.address = "/";
    return ERR_OK;
}

static enum error answer_login(struct request *rq, struct reply *rp) {
    reply_cookie(rq, rp, COOKIE_SESSION, "anna", 0);
    return reply_redirect(rq, rp, "/");
}

static enum error show_elsewhere(struct request *rq, struct reply *rp) {
    return reply_redirect(rq, rp, query_text(rq, "next"));
}

enum { RIGHT_NONE, RIGHT_LOGIN };

static const struct route site_routes[] = {
    ROUTE_GET("/", show_board, .view = &board_view_shape, .template = SITE "board",
              .doc = "the board"),
    ROUTE_GET("/notes", show_write, .view = &write_view_shape, .template = SITE "write",
              .form = &note_form_form, .doc = "a form for a note"),
    ROUTE_POST("/notes", make_note, .prepare = prepare_note, .form = &note_form_form,
               .limits = {.upload = 1 << 20}, .doc = "puts a note up"),
    ROUTE_POST("/notes/taken", act_taken, .form = &note_form_form, .form_page = "/notes",
               .doc = "is always too late"),
    ROUTE_GET("/notes/:id", show_note, .view = &note_view_shape, .template = SITE "note",
              .doc = "one note"),
    ROUTE_GET("/private", show_write, .right = RIGHT_LOGIN, .doc = "for those who are logged in"),
    ROUTE_POST("/login", act_login, .answer = answer_login, .is_repeatable = true,
               .form_page = "/notes", .doc = "logs in"),
    ROUTE_GET("/spend", show_spend, .doc = "uses more memory than a request has"),
    ROUTE_POST("/spend", act_spend, .doc = "uses more memory than a request has, in the lane"),
    ROUTE_GET("/gate", show_gate, .doc = "waits at the gate"),
    ROUTE_GET("/file", show_file, .doc = "a file to save"),
    ROUTE_GET("/echo", show_echo, .doc = "what the door found out"),
    ROUTE_GET("/few", show_file, .limits = {.per_minute = 2}, .doc = "twice a minute"),
    ROUTE_GET("/elsewhere", show_elsewhere, .doc = "goes where it is told"),
    {.path = NULL}};

const struct route *const route_tables[] = {site_routes, NULL};

/* ---- hooks ---- */

struct visitor {
    bool is_logged_in;
};

static enum error admit(struct request *rq) {
    struct visitor *visitor = ARENA_NEW(rq->arena, struct visitor);
    if (strcmp(rq->host, "unknown.example") == 0)
        return ERR_NOT_FOUND;
    if (site_fail_after > 0)
        arena_fail_after(rq->arena, site_fail_after);
    rq->tenant = 1;
    visitor->is_logged_in =
        request_cookie(rq, COOKIE_SESSION) != NULL || request_header(rq, "Authorization") != NULL;
    rq->visitor = visitor;
    if (rq->route != NULL && rq->route->right == RIGHT_LOGIN && !visitor->is_logged_in)
        return ERR_LOGIN_REQUIRED;
    return ERR_OK;
}

static enum error fill_frame(struct request *rq, void *ret_frame) {
    struct site_frame *frame = ret_frame;
    if (rq->tenant == 0)
        return ERR_NOT_FOUND;
    const char *flash = request_flash(rq);
    frame->language = language_code(rq->language);
    frame->token = request_form_token(rq);
    frame->flash = flash == NULL ? NULL : word(rq->language, flash);
    frame->style = url_own(static_address("style.css"));
    return ERR_OK;
}

const char *site_attention;

static const char *attention(void) {
    return site_attention;
}

static const struct http_hooks hooks = {.admit = admit,
                                        .attention = attention,
                                        .frame = fill_frame,
                                        .frame_shape = &site_frame_shape,
                                        .frame_template = SITE "frame",
                                        .error_template = SITE "error",
                                        .login_path = "/login"};

/* ---- for the tests ---- */

struct http_options site_options(struct store *store) {
    return (struct http_options){
        .workers = 4, .store = store, .hooks = &hooks, .clock = clock_by_hand, .version = "1"};
}

struct http *site_start(const struct http_options *options) {
    struct http *http = NULL;
    site_now = SECONDS(1780000000);
    site_acts = site_prepares = 0;
    site_fail_after = 0;
    site_upload_path[0] = '\0';
    assert_int_equal(words_load(NULL), ERR_OK);
    assert_int_equal(http_start(options, &http), ERR_OK);
    return http;
}

struct visit visit_new(struct http *http) {
    return (struct visit){.http = http, .arena = arena_new(64 << 20)};
}

void visit_end(struct visit *visit) {
    arena_free(visit->arena);
}

const char *visit_header(struct visit *visit, const char *name) {
    const char *at = arena_format(visit->arena, "\n%s", visit->reply.headers);
    const char *found = strstr(at, arena_format(visit->arena, "\n%s: ", name));
    if (found == NULL)
        return NULL;
    found += strlen(name) + 3;
    return arena_copy_span(visit->arena, found, strcspn(found, "\n"));
}

/* A browser of one or two cookies: a new one with the same name takes the place of the old. */
static void take_cookies(struct visit *visit) {
    const char *mark = "set-cookie: ";
    for (const char *at = strstr(visit->reply.headers, mark); at != NULL; at = strstr(at, mark)) {
        at += strlen(mark);
        const char *pair = arena_copy_span(visit->arena, at, strcspn(at, ";\n"));
        const char *name = arena_copy_span(visit->arena, pair, strcspn(pair, "=") + 1);
        const char *old = visit->cookie == NULL ? NULL : strstr(visit->cookie, name);
        const char *before = old == NULL ? visit->cookie
                                         : arena_copy_span(visit->arena, visit->cookie,
                                                           (size_t)(old - visit->cookie));
        const char *after = old == NULL ? "" : old + strcspn(old, ";");
        visit->cookie =
            arena_format(visit->arena, "%s%s; %s", before == NULL ? "" : before, after, pair);
    }
}

static void ask(struct visit *visit, enum method method, const char *target,
                const char *const *headers, const char *body) {
    const char *lines[16] = {0};
    size_t count = 0;
    for (; headers != NULL && headers[count] != NULL; count++)
        lines[count] = headers[count];
    if (visit->cookie != NULL)
        lines[count++] = arena_format(visit->arena, "Cookie: %s", visit->cookie);
    assert_int_equal(http_test(visit->http, visit->arena, method, "board.example", target, lines,
                               body, body == NULL ? 0 : strlen(body), &visit->reply),
                     ERR_OK);
    take_cookies(visit);
}

void visit_get(struct visit *visit, const char *target, const char *const *headers) {
    ask(visit, METHOD_GET, target, headers, NULL);
}

void visit_post(struct visit *visit, const char *target, const char *const *headers,
                const char *body) {
    ask(visit, METHOD_POST, target, headers, body);
}

const char *visit_token(struct visit *visit) {
    const char *mark = "name=\"form\" value=\"";
    const char *at = strstr(visit->reply.body, mark);
    assert_non_null(at);
    at += strlen(mark);
    return arena_copy_span(visit->arena, at, strcspn(at, "\""));
}
