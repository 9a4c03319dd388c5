/* The weekly mail: on Mondays from 07.30, to everybody of the staff for whom something waits. */
#include <string.h>

#include "pages/tenants.h"
#include "pages/todo/todo.h"
#include "platform/view/view.h"
#include "todo_statements.h"

/* Acts run on the lane's thread: what they take is bounded here, one person at a time. */
enum { PERSON_BYTES = 8 << 20 };

enum { STAFF_PORTION = 100, TASKS_MAILED = 30, TASKS_READ = 201, TASKS_KEPT = 1000 };

const struct mail_kind todo_weekly_mail = {
    .id = "K70",
    .name = "todo_weekly",
    .class = MAIL_ALWAYS,
    .facts = &todo_facts_shape,
    .template = "pages/todo/todo_weekly.txt",
    .when = "Monday 07.30, when something waits",
    .to = "staff",
};

#define STAFF_ROW(F, T)                                                                            \
    F(T, id, id, , "account")                                                                      \
    F(T, text, name, , "as they wish to be called")                                                \
    F(T, text, email, , "where the mail goes")                                                     \
    F(T, slug, language, , "of the mail")                                                          \
    F(T, text, roles, , "codes with blanks around each")
SHAPE(staff_row, STAFF_ROW);

struct weekly {
    struct job_context *context;
    struct arena *arena; /* of this person alone */
    int64_t tenant;
    const char *week, *cause;
    const struct staff_row *person;
    struct todo_facts facts;
};

static enum error queue(void *context, struct db *db) {
    const struct weekly *weekly = context;
    const struct staff_row *person = weekly->person;
    const struct mail_recipient to = {person->id, person->email, person->name,
                                      language_from_code(person->language)};
    return mail_queue(db, weekly->arena, weekly->tenant, &todo_weekly_mail, &to, weekly->cause,
                      weekly->context->now, &weekly->facts);
}

static void facts_fill(struct weekly *weekly, const struct task_row_list *rows) {
    struct arena *arena = weekly->arena;
    const enum language language = language_from_code(weekly->person->language);
    const size_t count = rows->count < TASKS_MAILED ? rows->count : TASKS_MAILED;
    struct todo_facts_item *items = ARENA_ARRAY(arena, count + 1, struct todo_facts_item);
    int64_t late = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct task_row *row = &rows->at[i];
        const bool is_late = !deadline_open(row->due_at, weekly->context->now);
        late += is_late;
        if (i < count)
            items[i] = (struct todo_facts_item){.title = task_sentence(arena, language, row),
                                                .address = url_own(row->address),
                                                .due_at = row->due_at,
                                                .late = is_late};
    }
    weekly->facts = (struct todo_facts){.count = (int64_t)rows->count,
                                        .late = late,
                                        .tasks = {items, count},
                                        .more = rows->count > count,
                                        .address = url_own("/todo")};
}

static enum error mail_person(struct weekly *weekly) {
    struct job_context *context = weekly->context;
    struct task_row_list rows = {0};
    TRY(db_many(context->db, weekly->arena, &sql_task_open,
                WITH(BIND_INT("tenant", weekly->tenant), BIND_INT("account", weekly->person->id),
                     BIND_TEXT("roles", weekly->person->roles)),
                TASKS_READ, &task_row_shape, &rows));
    if (rows.count == 0)
        return ERR_OK; /* never an empty one */
    facts_fill(weekly, &rows);
    return store_act(context->store, queue, weekly);
}

static enum error mail_staff(struct weekly *weekly) {
    struct job_context *context = weekly->context;
    struct staff_row_list staff;
    int64_t after = 0;
    do {
        staff = (struct staff_row_list){0};
        TRY(db_many(context->db, context->arena, &sql_staff_all,
                    WITH(BIND_INT("tenant", weekly->tenant), BIND_INT("after", after)),
                    STAFF_PORTION, &staff_row_shape, &staff));
        for (size_t i = 0; i < staff.count; i++) {
            weekly->person = &staff.at[i];
            weekly->arena = arena_new(PERSON_BYTES);
            const enum error error = mail_person(weekly);
            arena_free(weekly->arena);
            TRY(error);
        }
        if (staff.count > 0)
            after = staff.at[staff.count - 1].id;
    } while (staff.count == STAFF_PORTION);
    return ERR_OK;
}

static enum error week_done(void *context, struct db *db) {
    const struct weekly *weekly = context;
    return db_exec(db, &sql_task_week_insert,
                   WITH(BIND_INT("tenant", weekly->tenant), BIND_TEXT("week", weekly->week),
                        BIND_TIME("now", weekly->context->now)),
                   NULL);
}

/* Once a week: what comes in later on Monday waits for the list itself. */
static enum error mail_tenant(struct weekly *weekly) {
    int64_t done = 0;
    TRY(db_integer(weekly->context->db, &sql_task_week_done,
                   WITH(BIND_INT("tenant", weekly->tenant), BIND_TEXT("week", weekly->week)),
                   &done));
    if (done > 0)
        return ERR_OK;
    TRY(mail_staff(weekly));
    return store_act(weekly->context->store, week_done, weekly);
}

/* On Mondays alone: a service that was down all Monday does not send it on Tuesday. */
static enum error weekly_run(struct job_context *context, const struct job *job) {
    struct tenant_row_list tenants = {0};
    const int64_t slot = weekly_slot(context->now);
    char week[9];
    (void)job;
    if (civil_days_between(slot, context->now) > 0)
        return ERR_OK;
    week_name(slot, week);
    TRY(tenants_all(context->db, context->arena, &tenants));
    struct weekly weekly = {
        .context = context,
        .week = week,
        .cause = arena_format(context->arena, "todo:%s", week),
    };
    for (size_t i = 0; i < tenants.count; i++) {
        weekly.tenant = tenants.at[i].id;
        TRY(mail_tenant(&weekly));
    }
    return ERR_OK;
}

const struct job_kind todo_weekly_job = {
    .name = "todo.weekly",
    .run = weekly_run,
    .every = MINUTES(10),
    .doc = "Mails each of the staff on Monday at 07.30 what waits; nobody an empty one.",
};

/* ---- personal data (QUA-4) ---- */

#define KEPT_TASK(F, T)                                                                            \
    F(T, id, id, , "task")                                                                         \
    F(T, text, word, , "kind of task")                                                             \
    F(T, text, detail, , "what it is about")                                                       \
    F(T, time, due_at, , "deadline as stored")                                                     \
    F(T, time, made_at, , "when it was made")                                                      \
    F(T, time, done_at, , "when it was done")
SHAPE(kept_task, KEPT_TASK);

static enum error todo_extract(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                               struct buffer *into) {
    struct kept_task_list rows = {0};
    TRY(db_many(db, arena, &sql_tasks_of_account,
                WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), TASKS_KEPT,
                &kept_task_shape, &rows));
    buffer_text(into, "[");
    for (size_t i = 0; i < rows.count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write(into, &kept_task_shape, &rows.at[i]);
    }
    buffer_text(into, "]");
    return ERR_OK;
}

static enum error todo_erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                             int64_t now) {
    (void)arena;
    (void)now;
    return db_exec(db, &sql_tasks_leave,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

const struct register_source todo_register = {"register.tasks", todo_extract, todo_erase};
