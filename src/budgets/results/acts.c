/* What takes a result further: counted, attested by two persons, followed or departed from by the
 * body, decided by its record. */
#include <string.h>

#include "budgets/results/jobs.h"
#include "budgets/results/results.h"
#include "pages/follow/follow.h"
#include "platform/base/text.h"
#include "records/records.h"
#include "results_statements.h"

enum { DECISION_DAYS = 30, PROJECT_DAYS = 14 };

#define RESULT_KEY(rq_, campaign_, version_)                                                       \
    BIND_INT("tenant", (rq_)->tenant), BIND_INT("campaign", campaign_),                            \
        BIND_INT("version", version_)

static enum error audit(struct db *db, struct request *rq, const char *act, int64_t campaign,
                        const char *reason, const char *detail) {
    return audit_append(
        db, rq,
        &(struct audit_entry){.act = act,
                              .account = rq->visitor->account,
                              .object = arena_format(rq->arena, "page:%lld", (long long)campaign),
                              .reason = reason,
                              .detail = detail});
}

/* ---- counting ---- */

enum error result_write(struct db *db, struct request *rq, const struct campaign_whole *campaign,
                        int64_t before, const struct result_counted *counted) {
    const int64_t page = campaign->campaign.page, version = before + 1;
    struct result_head last = {.state = result_state_preliminary};
    int64_t changed = 0;
    const enum error error = result_latest(db, rq->arena, rq->tenant, page, &last);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    if (last.version != before || last.state == result_state_decided ||
        campaign->poll.state < poll_state_sealed)
        return ERR_CONFLICT;
    TRY(db_exec(db, &sql_result_insert,
                WITH(RESULT_KEY(rq, page, version), BIND_TEXT("document", counted->document),
                     BIND_TEXT("document_hash", counted->document_hash),
                     BIND_ID("account", rq->visitor->account), BIND_TIME("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(db_exec(db, &sql_result_rows_insert,
                WITH(RESULT_KEY(rq, page, version), BIND_TEXT("rows", counted->rows)), NULL));
    TRY(db_exec(db, &sql_result_replace,
                WITH(RESULT_KEY(rq, page, version), BIND_TIME("now", rq->now)), NULL));
    return audit(db, rq, "result.count", page, NULL,
                 arena_format(rq->arena, "{\"version\":%lld,\"document_hash\":\"%s\"}",
                              (long long)version, counted->document_hash));
}

enum error result_import(struct db *db, int64_t tenant, int64_t campaign, int64_t now,
                         const struct result_counted *counted) {
    const struct bind *const key =
        WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign), BIND_INT("version", 1),
             BIND_TEXT("document", counted->document),
             BIND_TEXT("document_hash", counted->document_hash), BIND_TIME("now", now));
    TRY(db_exec(db, &sql_result_import, key, NULL));
    return db_exec(db, &sql_result_rows_insert,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("campaign", campaign),
                        BIND_INT("version", 1), BIND_TEXT("rows", counted->rows)),
                   NULL);
}

static enum error publish_queue(struct db *db, struct request *rq, int64_t campaign,
                                int64_t version, int64_t publish_at) {
    return job_queue(db, rq->tenant, result_publish_job.name,
                     arena_format(rq->arena, "%lld:%lld", (long long)campaign, (long long)version),
                     NULL, publish_at, rq->now);
}

/* ---- the first person ---- */

enum error result_attest_ask(struct db *db, struct request *rq,
                             const struct campaign_whole *campaign, const struct result_head *head,
                             int64_t publish_at) {
    int64_t changed = 0;
    TRY(poll_ask(db, rq, campaign->poll.id, poll_act_attest, head->document_hash, INSTANT_NONE,
                 campaign->campaign.title));
    TRY(db_exec(db, &sql_result_minute_put,
                WITH(RESULT_KEY(rq, campaign->campaign.page, head->version),
                     BIND_TIME("publish_at", publish_at)),
                &changed));
    return changed == 0 ? ERR_CONFLICT : ERR_OK;
}

/* ---- in one call ---- */

static enum error counted_copy(struct db *db, struct request *rq, struct arena *arena,
                               const struct campaign_whole *campaign,
                               struct result_counted *ret_counted) {
    struct result_counted counted = {0};
    if (ARENA_RECOVER(arena))
        return ERR_BUSY;
    TRY(result_count_run(db, arena, rq->tenant, campaign, &counted));
    *ret_counted = (struct result_counted){arena_copy_text(rq->arena, counted.document),
                                           arena_copy_text(rq->arena, counted.document_hash),
                                           arena_copy_text(rq->arena, counted.rows)};
    return ERR_OK;
}

enum error result_count_apart(struct db *db, struct request *rq,
                              const struct campaign_whole *campaign,
                              struct result_counted *ret_counted) {
    struct arena *arena = arena_new(RESULT_COUNT_BYTES);
    const enum error error = counted_copy(db, rq, arena, campaign, ret_counted);
    arena_free(arena);
    return error;
}

enum error result_add(struct db *db, struct request *rq, int64_t campaign,
                      const struct result_plan *plan) {
    struct campaign_whole whole = {0};
    struct result_counted counted = {0};
    int64_t changed = 0;
    TRY(campaign_find(db, rq->arena, rq->tenant, campaign, rq->now, &whole));
    TRY(result_count_apart(db, rq, &whole, &counted));
    TRY(result_write(db, rq, &whole, whole.result_version, &counted));
    const int64_t version = whole.result_version + 1;
    TRY(db_exec(db, &sql_result_attest,
                WITH(RESULT_KEY(rq, campaign, version), BIND_INT("account", plan->attested_by),
                     BIND_TIME("now", rq->now), BIND_TIME("publish_at", plan->publish_at)),
                &changed));
    return changed == 0 ? ERR_CONFLICT : publish_queue(db, rq, campaign, version, plan->publish_at);
}

/* ---- the second person ---- */

static const char *decide_cause(struct arena *arena, int64_t campaign) {
    return arena_format(arena, "budget.decide:%lld", (long long)campaign);
}

/* The committee's secretary is told that a result waits for its decision. */
static enum error task_of_secretary(struct db *db, struct request *rq,
                                    const struct campaign_whole *campaign, int64_t publish_at) {
    const struct campaign_date *date = campaign_date_of(campaign, campaign_step_decision);
    const struct task task = {
        .role = ROLE_secretary,
        .word = "task.decide_result",
        .detail = campaign->campaign.title,
        .address = result_part(rq->arena, &campaign->campaign, "decide"),
        .cause = decide_cause(rq->arena, campaign->campaign.page),
        .page = campaign->campaign.page,
        .due_at = date != NULL && date->starts_at > rq->now
                      ? instant_day_start(date->starts_at, 7)
                      : instant_day_start(publish_at, DECISION_DAYS),
    };
    return task_add(db, rq->tenant, &task, rq->now);
}

enum error result_attest(struct db *db, struct request *rq, const struct campaign_whole *campaign,
                         const struct result_head *head) {
    const struct poll_request *asked = NULL;
    const int64_t page = campaign->campaign.page;
    const int64_t publish_at = head->publish_at > rq->now ? head->publish_at : rq->now;
    int64_t changed = 0;
    TRY(result_asked(db, rq->arena, rq->tenant, campaign->poll.id, &asked));
    if (asked == NULL || asked->subject_hash == NULL ||
        strcmp(asked->subject_hash, head->document_hash) != 0)
        return ERR_CONFLICT;
    const struct result_facts facts = result_facts_of(head, asked);
    if (!result_may_attest(&facts, rq->visitor->account))
        return ERR_FORBIDDEN;
    TRY(db_exec(db, &sql_result_attest,
                WITH(RESULT_KEY(rq, page, head->version), BIND_INT("account", rq->visitor->account),
                     BIND_TIME("now", rq->now), BIND_TIME("publish_at", publish_at)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(publish_queue(db, rq, page, head->version, publish_at));
    TRY(task_of_secretary(db, rq, campaign, publish_at));
    return poll_confirm(db, rq, campaign->poll.id, poll_act_attest);
}

/* ---- what the body decided ---- */

enum error result_decision_prepare(struct db *db, struct request *rq,
                                   const struct campaign_whole *campaign,
                                   const struct result_head *head, const struct id_list *options,
                                   const char *reason) {
    const int64_t page = campaign->campaign.page;
    const struct result_facts facts = result_facts_of(head, NULL);
    int64_t changed = 0;
    if (!result_may_decide(&facts, rq->now))
        return ERR_CONFLICT;
    if (options->count > 0 && (reason == NULL || reason[0] == '\0'))
        return ERR_INVALID; /* PB-18 */
    TRY(db_exec(db, &sql_result_departure_put,
                WITH(RESULT_KEY(rq, page, head->version),
                     BIND_TEXT("departure", options->count > 0 ? reason : "")),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(db_exec(db, &sql_result_rows_follow, WITH(RESULT_KEY(rq, page, head->version)), NULL));
    for (size_t i = 0; i < options->count; i++) {
        TRY(db_exec(db, &sql_result_row_depart,
                    WITH(RESULT_KEY(rq, page, head->version), BIND_INT("option", options->at[i])),
                    &changed));
        if (changed == 0)
            return ERR_INVALID;
    }
    return audit(db, rq, "result.follow", page, options->count > 0 ? reason : NULL, NULL);
}

enum error result_follow(struct db *db, struct request *rq, int64_t campaign,
                         const int64_t *options, size_t count, const char *reason) {
    struct campaign_whole whole = {0};
    struct result_head head = {0};
    int64_t *at = ARENA_ARRAY(rq->arena, count + 1, int64_t);
    for (size_t i = 0; i < count; i++)
        at[i] = options[i];
    const struct id_list list = {at, count};
    TRY(campaign_find(db, rq->arena, rq->tenant, campaign, rq->now, &whole));
    TRY(result_latest(db, rq->arena, rq->tenant, campaign, &head));
    return result_decision_prepare(db, rq, &whole, &head, &list, reason);
}

static enum error projects_begin(struct db *db, struct request *rq,
                                 const struct campaign_whole *campaign,
                                 const struct result_line_list *lines) {
    for (size_t i = 0; i < lines->count; i++)
        if (lines->at[i].decided && lines->at[i].page != 0)
            TRY(project_begin(db, rq, campaign->campaign.page, lines->at[i].page));
    const struct task task = {
        .account = campaign->campaign.page_owner,
        .role = ROLE_process_lead,
        .word = "task.plan_projects",
        .detail = campaign->campaign.title,
        .address = result_part(rq->arena, &campaign->campaign, "projects"),
        .cause =
            arena_format(rq->arena, "budget.projects:%lld", (long long)campaign->campaign.page),
        .page = campaign->campaign.page,
        .due_at = instant_day_start(rq->now, PROJECT_DAYS),
    };
    return task_add(db, rq->tenant, &task, rq->now);
}

/* Before the record stands it has been entered what the body says of each row. */
static enum error refuse(struct request *rq, const char *word) {
    if (rq->route == NULL || rq->route->form == NULL)
        return ERR_CONFLICT;
    form_refuse(rq->arena, &rq->errors, rq->route->form, NULL, word);
    return ERR_CONFLICT;
}

static enum error tell_followers(struct db *db, struct request *rq, int64_t campaign) {
    struct page page = {0};
    TRY(page_find(db, rq->arena, rq->tenant, campaign, &page));
    return page.state == page_state_published ? follow_tell(db, rq, &page, page_news_changed)
                                              : ERR_OK;
}

static enum error decided(struct db *db, struct request *rq, const struct decision *decision) {
    struct campaign_whole campaign = {0};
    struct result_head head = {0};
    struct result_line_list lines = {0};
    int64_t changed = 0;
    if (decision->kind != decision_kind_result)
        return ERR_OK;
    TRY(campaign_find(db, rq->arena, rq->tenant, decision->page, rq->now, &campaign));
    const enum error error = result_latest(db, rq->arena, rq->tenant, decision->page, &head);
    const struct result_facts facts = result_facts_of(&head, NULL);
    if (error == ERR_NOT_FOUND || (error == ERR_OK && !result_may_decide(&facts, rq->now)))
        return refuse(rq, "result.not_to_decide");
    TRY(error);
    TRY(result_lines_find(db, rq->arena, rq->tenant, decision->page, head.version, &lines));
    for (size_t i = 0; i < lines.count; i++)
        if (!lines.at[i].has_decided)
            return refuse(rq, "result.say_first");
    TRY(db_exec(
        db, &sql_result_decide,
        WITH(RESULT_KEY(rq, decision->page, head.version), BIND_INT("decision", decision->id)),
        &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(projects_begin(db, rq, &campaign, &lines));
    TRY(tell_followers(db, rq, decision->page));
    TRY(job_queue(
        db, rq->tenant, result_decided_job.name,
        arena_format(rq->arena, "%lld:%lld", (long long)decision->page, (long long)head.version),
        NULL, rq->now, rq->now));
    return task_done(db, rq->tenant, decide_cause(rq->arena, decision->page),
                     rq->visitor == NULL ? 0 : rq->visitor->account, rq->now);
}

const struct decision_follower result_decision_follower = {
    .page_kind = "budget",
    .recorded = decided,
};
