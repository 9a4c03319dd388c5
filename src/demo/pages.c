/* /demo: choose a person and be logged in. Answers only with --demo. */
#include <string.h>

#include "demo/data.h"
#include "demo/demo.h"
#include "demo/views.h"
#include "demo_statements.h"
#include "people/accounts.h"
#include "people/sessions/sessions.h"
#include "platform/base/text.h"

static bool is_on;

void demo_switch_on(void) {
    is_on = true;
}

/* "handläggare, processledare": the words of role codes with spaces between. */
static const char *roles_in_words(struct request *rq, const char *codes) {
    struct buffer words = buffer_in(rq->arena, 4096);
    while (*codes != '\0') {
        const size_t length = strcspn(codes, " ");
        const char *key = arena_format(rq->arena, "role.%.*s", (int)length, codes);
        buffer_text(&words, words.length == 0 ? "" : ", ");
        buffer_text(&words, word(rq->language, key));
        codes += length + (codes[length] == ' ');
    }
    return words.length == 0 ? NULL : buffer_string(&words);
}

static enum error demo_show(struct request *rq, struct reply *rp) {
    if (!is_on)
        return ERR_NOT_FOUND;
    const struct demo_people people = demo_people(rq->arena);
    struct demo_view view = {
        .people = {ARENA_ARRAY(rq->arena, people.count, struct demo_person_view), people.count}};
    for (size_t i = 0; i < people.count; i++)
        view.people.at[i] = (struct demo_person_view){people.at[i].name, people.at[i].email,
                                                      roles_in_words(rq, people.at[i].roles)};
    return reply_view(rq, rp, &view);
}

struct login_work {
    struct session_start session;
    bool is_staff;
};

/* Only those who are offered, and only where they live: nobody else's account is open to all. */
static bool is_offered(struct request *rq, const char *email) {
    const struct demo_people people = demo_people(rq->arena);
    if (strcmp(rq->host, DEMO_HOST) != 0)
        return false;
    for (size_t i = 0; i < people.count; i++)
        if (strcmp(text_email_key(rq->arena, people.at[i].email),
                   text_email_key(rq->arena, email)) == 0)
            return true;
    return false;
}

static enum error login_prepare(struct request *rq) {
    const struct demo_login_form *form = rq->form;
    struct login_work *work = ARENA_NEW(rq->arena, struct login_work);
    if (!is_on || !is_offered(rq, form->email))
        return ERR_NOT_FOUND;
    work->session = session_draw(rq, secret_new(), false);
    rq->work = work;
    return ERR_OK;
}

/* The session counts as proved: the demonstration's people have no telephones. */
static enum error login_act(struct request *rq, struct db *db) {
    const struct demo_login_form *form = rq->form;
    struct login_work *work = rq->work;
    struct account account;
    TRY(account_by_email(db, rq->arena, rq->tenant, text_email_key(rq->arena, form->email),
                         &account));
    work->session.account = account.id;
    work->is_staff = account.roles != NULL;
    TRY(session_begin(db, rq->tenant, &work->session, rq->now));
    rq->outcome = (struct outcome){.status = 200, .address = work->is_staff ? "/todo" : "/"};
    return db_exec(db, &sql_demo_session_prove,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_TIME("now", rq->now),
                        BIND_BLOB("secret", work->session.secret.hash, SECRET_BYTES)),
                   NULL);
}

static enum error login_answer(struct request *rq, struct reply *rp) {
    const struct login_work *work = rq->work;
    session_give(rq, rp, &work->session);
    return reply_redirect(rq, rp, work->is_staff ? "/todo" : "/");
}

void demo_announce(const char *address, FILE *out) {
    struct arena *arena = arena_new(1 << 20);
    const struct demo_people people = demo_people(arena);
    (void)fprintf(out, "\nDemonstration: Ljungsjö kommun. Log in as anybody at %s/demo\n", address);
    for (size_t i = 0; i < people.count; i++)
        (void)fprintf(out, "  %-18s %-36s %s\n", people.at[i].name, people.at[i].email,
                      people.at[i].roles[0] == '\0' ? "resident" : people.at[i].roles);
    (void)fprintf(out, "Mails that would have been sent: %s/demo/mail\nCtrl-C ends it.\n", address);
    arena_free(arena);
}

const struct route demo_routes[] = {
    ROUTE_GET("/demo", demo_show, .right = RIGHT_ANYONE, .view = &demo_view_shape,
              .template = "demo/show", .form = &demo_login_form_form,
              .doc = "The people of the demonstration, to log in as (only with --demo)."),
    ROUTE_POST("/demo/login", login_act, .prepare = login_prepare, .answer = login_answer,
               .right = RIGHT_ANYONE, .form = &demo_login_form_form, .form_page = "/demo",
               .is_repeatable = true,
               .doc = "Logs in as one of them, second factor included (only with --demo)."),
    {.path = NULL},
};
