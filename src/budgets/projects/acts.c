/* A project changes: row, news, tasks, mails (K13, K14), and the decision that drops it. */
#include <string.h>

#include "budgets/projects/views.h"
#include "budgets/proposals/proposals.h"
#include "pages/follow/follow.h"
#include "platform/base/text.h"
#include "projects_statements.h"
#include "records/records.h"

const struct mail_kind project_news_mail = {
    .id = "K13",
    .name = "project_news",
    .class = MAIL_ALWAYS,
    .facts = &project_news_facts_shape,
    .template = "budgets/projects/project_news.txt",
    .when = "a project has a new state, day or news",
    .to = "proposer",
};

const struct mail_kind project_opening_mail = {
    .id = "K14",
    .name = "project_opening",
    .class = MAIL_ALWAYS,
    .facts = &project_opening_facts_shape,
    .template = "budgets/projects/project_opening.txt",
    .when = "the opening of a project has a day",
    .to = "proposer",
};

static struct url address_of(struct arena *arena, const struct project_row *project,
                             const char *more) {
    return url_own(arena_format(arena, "/proposals/%s/project%s", project->slug, more));
}

/* ---- tasks: the day that was promised ---- */

static const char *day_cause(struct arena *arena, const struct project_row *project) {
    return arena_format(arena, "project:%lld:%lld", (long long)project->page,
                        (long long)project->planned_on);
}

static bool waits(const struct project_row *project) {
    return project->planned_on != INSTANT_NONE && project->state < project_state_done;
}

/* Att göra: ready by the day, or a new day with its reason. Past it the task is overdue. */
static enum error tasks_put(struct db *db, struct request *rq, const struct project_row *before,
                            const struct project_row *after) {
    const bool is_same = waits(before) && waits(after) && before->planned_on == after->planned_on;
    if (waits(before) && !is_same)
        TRY(task_done(db, rq->tenant, day_cause(rq->arena, before), rq->visitor->account, rq->now));
    if (!waits(after) || is_same)
        return ERR_OK;
    return task_add_again(db, rq->tenant,
                          &(struct task){
                              .role = ROLE_process_lead,
                              .word = "task.project_ready",
                              .detail = after->title,
                              .address = address_of(rq->arena, after, "/edit").address,
                              .cause = day_cause(rq->arena, after),
                              .page = after->page,
                              .due_at = instant_day_start(after->planned_on, 1),
                          },
                          rq->now);
}

/* ---- mail ---- */

static enum error send(struct db *db, struct request *rq, const struct mail_kind *kind,
                       const struct project_row *project, const void *facts) {
    struct proposal_contact contact = {0};
    const enum error error =
        proposal_contact_find(db, rq->arena, rq->tenant, project->page, &contact);
    if (error == ERR_NOT_FOUND || (error == ERR_OK && contact.email == NULL))
        return ERR_OK;
    TRY(error);
    const struct mail_recipient to = {
        .account = contact.account,
        .address = contact.email,
        .name = contact.name,
        .language = language_from_code(contact.language),
    };
    return mail_queue(db, rq->arena, rq->tenant, kind, &to,
                      arena_format(rq->arena, "project:%lld:%lld", (long long)project->page,
                                   (long long)project->revision),
                      rq->now, facts);
}

static enum error tell(struct db *db, struct request *rq, const struct project_row *before,
                       const struct project_row *after, const char *words) {
    struct page page = {0};
    const struct project_news_facts news = {after->title, after->state, after->planned_on,
                                            words[0] == '\0' ? NULL : words,
                                            address_of(rq->arena, after, "")};
    TRY(send(db, rq, &project_news_mail, after, &news));
    if (after->opening_at != INSTANT_NONE && after->opening_at != before->opening_at &&
        after->opening_at > rq->now) {
        const struct project_opening_facts opening = {
            after->title, after->opening_at, after->opening_place, address_of(rq->arena, after, ""),
            address_of(rq->arena, after, "/opening")};
        TRY(send(db, rq, &project_opening_mail, after, &opening));
    }
    TRY(page_find(db, rq->arena, rq->tenant, after->page, &page));
    return page.state == page_state_published ? follow_tell(db, rq, &page, page_news_changed)
                                              : ERR_OK;
}

/* ---- a change ---- */

static enum error news_add(struct db *db, struct request *rq, const struct project_row *project,
                           const char *words) {
    return db_exec(db, &sql_project_news_insert,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", project->page),
                        BIND_TEXT("state", choice_code(&project_state_choices, project->state)),
                        BIND_TIME("planned_on", project->planned_on), BIND_TEXT("words", words),
                        BIND_ID("account", rq->visitor->account), BIND_TIME("now", rq->now)),
                   NULL);
}

/* What readers would call news: not a new telephone number. */
static bool is_news(const struct project_row *before, const struct project_row *after,
                    const char *words) {
    return words[0] != '\0' || before->state != after->state ||
           before->planned_on != after->planned_on || before->opening_at != after->opening_at;
}

enum error project_put(struct db *db, struct request *rq, const struct project_row *before,
                       const struct project_row *after, const char *words) {
    int64_t changed = 0;
    TRY(db_exec(
        db, &sql_project_put,
        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", before->page),
             BIND_INT("revision", before->revision),
             BIND_TEXT("state", choice_code(&project_state_choices, after->state)),
             BIND_TEXT("department", after->department), BIND_TEXT("contact", after->contact),
             BIND_TIME("planned_on", after->planned_on),
             after->has_cost ? BIND_INT("cost_now", after->cost_now) : BIND_NULL("cost_now"),
             BIND_TIME("opening_at", after->opening_at),
             BIND_TEXT("opening_place", after->opening_place)),
        &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(tasks_put(db, rq, before, after));
    if (is_news(before, after, words)) {
        TRY(news_add(db, rq, after, words));
        TRY(tell(db, rq, before, after, words));
    }
    return audit_append(db, rq,
                        &(struct audit_entry){
                            .act = "project.change",
                            .account = rq->visitor->account,
                            .object = arena_format(rq->arena, "page:%lld", (long long)before->page),
                            .reason = words[0] == '\0' ? NULL : words});
}

enum error project_tell(struct db *db, struct request *rq, int64_t page,
                        const struct project_plan *plan) {
    struct project_row before = {0};
    TRY(project_find(db, rq->arena, rq->tenant, page, &before));
    struct project_row after = before;
    after.state = (int)plan->state;
    after.department = plan->department == NULL ? before.department : plan->department;
    after.contact = plan->contact == NULL ? before.contact : plan->contact;
    after.opening_place = plan->opening_place == NULL ? before.opening_place : plan->opening_place;
    if (plan->planned_on != INSTANT_NONE)
        after.planned_on = plan->planned_on;
    if (plan->opening_at != INSTANT_NONE)
        after.opening_at = plan->opening_at;
    after.has_cost = before.has_cost || plan->cost_now >= 0;
    after.cost_now = plan->cost_now >= 0 ? plan->cost_now : before.cost_now;
    return project_put(db, rq, &before, &after, plan->words == NULL ? "" : plan->words);
}

/* ---- dropped, by a decision about the proposal's page ---- */

static enum error recorded(struct db *db, struct request *rq, const struct decision *decision) {
    struct project_row before = {0};
    int64_t changed = 0;
    if (decision->kind != decision_kind_dropped)
        return ERR_OK;
    const enum error error = project_find(db, rq->arena, rq->tenant, decision->page, &before);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_CONFLICT : error;
    TRY(db_exec(db, &sql_project_drop,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", decision->page),
                     BIND_INT("decision", decision->id)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    struct project_row after = before;
    after.state = project_state_dropped;
    after.planned_on = after.opening_at = INSTANT_NONE;
    TRY(tasks_put(db, rq, &before, &after));
    TRY(news_add(db, rq, &after, decision->wording));
    return tell(db, rq, &before, &after, decision->wording);
}

const struct decision_follower project_decision_follower = {
    .page_kind = "proposal",
    .recorded = recorded,
};
