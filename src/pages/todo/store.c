#include "pages/pages.h"
#include "pages/todo/todo.h"
#include "todo_statements.h"

static enum error insert(struct db *db, const struct statement *statement, int64_t tenant,
                         const struct task *task, int64_t now) {
    const char *role =
        task->role == ROLE_visitor ? NULL : choice_code(&role_choices, (int)task->role);
    return db_exec(db, statement,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("cause", task->cause),
                        BIND_ID("account", task->account), BIND_TEXT("role", role),
                        BIND_TEXT("word", task->word), BIND_TEXT("detail", task->detail),
                        BIND_TEXT("address", task->address), BIND_ID("page", task->page),
                        BIND_TIME("due_at", task->due_at), BIND_TIME("now", now)),
                   NULL);
}

enum error task_add(struct db *db, int64_t tenant, const struct task *task, int64_t now) {
    return insert(db, &sql_task_insert, tenant, task, now);
}

enum error task_add_again(struct db *db, int64_t tenant, const struct task *task, int64_t now) {
    return insert(db, &sql_task_insert_again, tenant, task, now);
}

enum error task_done(struct db *db, int64_t tenant, const char *cause, int64_t account,
                     int64_t now) {
    return db_exec(db, &sql_task_finish,
                   WITH(BIND_INT("tenant", tenant), BIND_TEXT("cause", cause),
                        BIND_ID("account", account), BIND_TIME("now", now)),
                   NULL);
}

enum error task_assign(struct db *db, int64_t tenant, const char *cause, int64_t account) {
    return db_exec(
        db, &sql_task_give,
        WITH(BIND_INT("tenant", tenant), BIND_TEXT("cause", cause), BIND_ID("account", account)),
        NULL);
}

#define TASK_COUNT(F, T)                                                                           \
    F(T, int, waiting, , "what waits")                                                             \
    F(T, int, late, , "of these, late")
SHAPE(task_count, TASK_COUNT);

enum error task_count(struct db *db, const struct request *rq, int64_t *ret_waiting,
                      int64_t *ret_late) {
    struct task_count count = {0};
    TRY(db_one(db, rq->arena, &sql_task_open_count,
               WITH(BIND_INT("tenant", rq->tenant), BIND_INT("account", rq->visitor->account),
                    BIND_TEXT("roles", task_roles(rq->arena, rq->visitor->roles)),
                    BIND_TIME("now", rq->now)),
               &task_count_shape, &count));
    *ret_waiting = count.waiting;
    *ret_late = count.late;
    return ERR_OK;
}

const char *task_roles(struct arena *arena, uint32_t roles) {
    const char *codes = " ";
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if (roles & role_bit(role) && role_is_staff((enum role)role))
            codes = arena_format(arena, "%s%s ", codes, choice_code(&role_choices, (int)role));
    return codes;
}

enum error tasks_hand_over(struct db *db, int64_t tenant, int64_t from, int64_t to,
                           int64_t *ret_count) {
    return db_exec(
        db, &sql_tasks_hand_over,
        WITH(BIND_INT("tenant", tenant), BIND_INT("account", from), BIND_INT("heir", to)),
        ret_count);
}
