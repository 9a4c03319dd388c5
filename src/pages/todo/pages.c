/* /todo: what waits for oneself; handing on and marking as done. */
#include <string.h>

#include "pages/todo/todo.h"
#include "platform/view/view.h"
#include "records/records.h"
#include "todo_statements.h"

enum { TASKS_SHOWN = 200, DONE_DAYS = 7, DONE_SHOWN = 20 };

const struct mail_kind todo_assigned_mail = {
    .id = "K71",
    .name = "todo_assigned",
    .class = MAIL_ALWAYS,
    .facts = &assigned_facts_shape,
    .template = "pages/todo/todo_assigned.txt",
    .when = "a task is assigned",
    .to = "who gets it",
};

/* Staff alone, with the second factor proved. */
static enum error require_staff(const struct request *rq) {
    const struct visitor *visitor = rq->visitor;
    if (visitor->account == 0)
        return ERR_LOGIN_REQUIRED;
    if ((visitor->roles & roles_of_staff()) == 0)
        return ERR_FORBIDDEN;
    return visitor->second_factor ? ERR_OK : ERR_PROOF_REQUIRED;
}

const char *task_sentence(struct arena *arena, enum language language, const struct task_row *row) {
    return word_filled(arena, language, row->word, -1, &task_row_shape, row);
}

/* ---- GET /todo ---- */

static struct task_view view_of(const struct request *rq, const struct task_row *row) {
    const struct visitor *visitor = rq->visitor;
    struct task_view view = {
        .id = row->id,
        .title = task_sentence(rq->arena, rq->language, row),
        .address = url_own(row->address),
        .handle = url_own(arena_format(rq->arena, "/todo/%lld", (long long)row->id)),
        .page_title = row->page_title,
        .substitutes = row->account != visitor->account && row->substitute == visitor->account,
        .due_at = row->due_at,
        .last_at = row->due_at - 1,
        .done_at = row->done_at,
    };
    if (row->account != 0 && row->account != visitor->account)
        view.owner_name = row->account_name;
    if (row->account == 0 && row->role != NULL)
        view.role = word(rq->language, arena_format(rq->arena, "role.%s", row->role));
    view.urgency = (int)task_urgency(row->due_at, rq->now, &view.days);
    return view;
}

static void views_of(const struct request *rq, const struct task_row_list *rows, size_t most,
                     struct task_view_list *ret_views) {
    const size_t count = rows->count < most ? rows->count : most;
    struct task_view *at = ARENA_ARRAY(rq->arena, count + 1, struct task_view);
    for (size_t i = 0; i < count; i++)
        at[i] = view_of(rq, &rows->at[i]);
    *ret_views = (struct task_view_list){at, count};
}

static enum error show_todo(struct request *rq, struct reply *rp) {
    struct todo_view view = {.now = rq->now};
    struct task_row_list open = {0}, done = {0};
    TRY(require_staff(rq));
    TRY(task_count(rq->db, rq, &view.waiting, &view.late));
    TRY(db_many(rq->db, rq->arena, &sql_task_open,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                     BIND_TEXT("roles", task_roles(rq->arena, rq->visitor->roles))),
                TASKS_SHOWN + 1, &task_row_shape, &open));
    TRY(db_many(rq->db, rq->arena, &sql_task_done_lately,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                     BIND_TIME("since", rq->now - DAYS(DONE_DAYS))),
                DONE_SHOWN, &task_row_shape, &done));
    views_of(rq, &open, TASKS_SHOWN, &view.tasks);
    views_of(rq, &done, DONE_SHOWN, &view.done);
    view.more = open.count > TASKS_SHOWN;
    return reply_view(rq, rp, &view);
}

/* ---- one task ---- */

static enum error find_task(struct db *db, struct request *rq, struct task_row *ret_row,
                            struct task_stand *ret_stand) {
    TRY(require_staff(rq));
    TRY(db_one(db, rq->arena, &sql_task_by_id,
               WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", path_id(rq, "id"))),
               &task_row_shape, ret_row));
    const int role = ret_row->role == NULL ? -1 : role_find(ret_row->role);
    *ret_stand = (struct task_stand){
        .account = ret_row->account,
        .holds_role = role >= 0 && (rq->visitor->roles & role_bit((unsigned)role)) != 0,
        .substitutes = ret_row->substitute == rq->visitor->account,
        .is_done = ret_row->done_at != INSTANT_NONE,
        .done_by = ret_row->done_by,
    };
    return task_may_see(ret_stand, rq->visitor->account) ? ERR_OK : ERR_FORBIDDEN;
}

/* Those who can take it: holders of its role, or of those who publish when it has none. */
static enum error find_takers(struct db *db, struct request *rq, const struct task_row *row,
                              struct person_list *ret_people) {
    const int role = row->role == NULL ? -1 : role_find(row->role);
    return people_with_role(db, rq->arena, rq->tenant,
                            role < 0 ? ROLE_communications : (enum role)role, ret_people);
}

static const struct form_options *taker_options(struct request *rq,
                                                const struct person_list *people) {
    struct option_view *at = ARENA_ARRAY(rq->arena, people->count + 1, struct option_view);
    struct form_options *options = ARENA_NEW(rq->arena, struct form_options);
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->at[i];
        at[i] = (struct option_view){
            .code = arena_format(rq->arena, "%lld", (long long)person->id),
            .label = person->name != NULL ? person->name : person->email,
        };
    }
    *options = (struct form_options){.field = "account", .at = at, .count = people->count};
    return options;
}

#define TASK_PAGE(F, T)                                                                            \
    F(T, one, task, task_view, "the task")                                                         \
    F(T, flag, may_finish, , "can be marked as done by the visitor")                               \
    F(T, flag, may_assign, , "can be handed on by the visitor")
SHAPE(task_page, TASK_PAGE);

static enum error show_task(struct request *rq, struct reply *rp) {
    struct task_row row = {0};
    struct task_stand stand = {0};
    struct person_list people = {0};
    TRY(find_task(rq->db, rq, &row, &stand));
    struct task_view task = view_of(rq, &row);
    const struct task_page view = {
        .task = &task,
        .may_finish = task_may_finish(&stand, rq->visitor->account),
        .may_assign = task_may_assign(&stand, rq->visitor->account),
    };
    TRY(find_takers(rq->db, rq, &row, &people));
    rq->options = taker_options(rq, &people);
    return reply_view(rq, rp, &view);
}

static enum error finish_act(struct request *rq, struct db *db) {
    struct task_row row = {0};
    struct task_stand stand = {0};
    TRY(find_task(db, rq, &row, &stand));
    rq->outcome = (struct outcome){303, "/todo", "todo.finished"};
    if (stand.is_done)
        return ERR_OK;
    if (!task_may_finish(&stand, rq->visitor->account))
        return ERR_FORBIDDEN;
    return task_done(db, rq->tenant, row.cause, rq->visitor->account, rq->now);
}

static enum error tell_taker(struct request *rq, struct db *db, const struct task_row *row,
                             const struct person *taker) {
    const enum language language = language_from_code(taker->language);
    const struct mail_recipient to = {taker->id, taker->email, taker->name, language};
    const struct assigned_facts facts = {
        .title = task_sentence(rq->arena, language, row),
        .address = url_own(row->address),
        .giver = rq->visitor->name,
        .due_at = row->due_at,
    };
    const char *cause =
        arena_format(rq->arena, "task:%lld:%lld", (long long)row->id, (long long)taker->id);
    return mail_queue(db, rq->arena, rq->tenant, &todo_assigned_mail, &to, cause, rq->now, &facts);
}

static enum error assign_act(struct request *rq, struct db *db) {
    const struct task_assign_form *form = rq->form;
    struct task_row row = {0};
    struct task_stand stand = {0};
    struct person_list people = {0};
    TRY(find_task(db, rq, &row, &stand));
    if (!task_may_assign(&stand, rq->visitor->account))
        return ERR_FORBIDDEN;
    TRY(find_takers(db, rq, &row, &people));
    const int64_t taker = strtoll(form->account, NULL, 10);
    for (size_t i = 0; i < people.count; i++) {
        if (people.at[i].id != taker)
            continue;
        TRY(task_assign(db, rq->tenant, row.cause, taker));
        rq->outcome = (struct outcome){303, "/todo", "todo.assigned"};
        return taker == rq->visitor->account ? ERR_OK : tell_taker(rq, db, &row, &people.at[i]);
    }
    form_refuse(rq->arena, &rq->errors, &task_assign_form_form, "account", "todo.cannot_take");
    return ERR_INVALID;
}

const struct route todo_routes[] = {
    ROUTE_GET("/todo", show_todo, .right = RIGHT_SELF, .view = &todo_view_shape,
              .template = "pages/todo/list", .crumb = "todo.title",
              .doc = "What waits for oneself, the most urgent first."),
    ROUTE_GET("/todo/:id", show_task, .right = RIGHT_SELF, .form = &task_assign_form_form,
              .view = &task_page_shape, .template = "pages/todo/one",
              .doc = "One task: where it is done, who has it."),
    ROUTE_POST("/todo/:id/done", finish_act, .right = RIGHT_SELF, .doc = "Marks a task as done."),
    ROUTE_POST("/todo/:id/assign", assign_act, .right = RIGHT_SELF, .form = &task_assign_form_form,
               .form_page = "/todo/:id", .doc = "Hands a task to somebody else, who is told."),
    {.path = NULL},
};
