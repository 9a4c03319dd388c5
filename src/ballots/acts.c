/* Acts that want two persons (PB-17, JOURNEYS 8): a process leader asks, a case officer who is
 * somebody else confirms. Then sealing, publishing and imports. */
#include <string.h>

#include "ballots/inside.h"
#include "ballots_statements.h"
#include "records/records.h"

#define POLL_KEY(rq_, poll_) BIND_INT("tenant", (rq_)->tenant), BIND_INT("poll", poll_)

static enum error require_role(const struct request *rq, enum role role) {
    TRY(require(rq->visitor, RIGHT_lock_and_attest, NULL, PERMISSION_DOES));
    return (rq->visitor->roles & role_bit(role)) != 0 ? ERR_OK : ERR_FORBIDDEN;
}

enum error poll_first_may(const struct request *rq) {
    return require_role(rq, ROLE_process_lead);
}

enum error poll_second_may(const struct request *rq) {
    return require_role(rq, ROLE_case_officer);
}

const char *poll_object(struct arena *arena, int64_t poll) {
    return arena_format(arena, "poll:%lld", (long long)poll);
}

static enum error audit(struct db *db, struct request *rq, const char *act, int64_t poll,
                        const char *reason) {
    return audit_append(db, rq,
                        &(struct audit_entry){.act = act,
                                              .account = rq->visitor->account,
                                              .object = poll_object(rq->arena, poll),
                                              .reason = reason});
}

static const char *act_code(enum poll_act act) {
    return choice_code(&poll_act_choices, (int)act);
}

static const char *task_cause(struct request *rq, int64_t poll, enum poll_act act) {
    return arena_format(rq->arena, "poll:%lld:%s", (long long)poll, act_code(act));
}

/* ---- asking ---- */

/* Each time of asking is a task of its own: the cause carries the request. */
static enum error task_of_second(struct db *db, struct request *rq, const struct poll *poll,
                                 enum poll_act act, int64_t request) {
    const struct task task = {
        .role = ROLE_case_officer,
        .word = arena_format(rq->arena, "task.poll_%s", act_code(act)),
        .address = arena_format(rq->arena, "/polls/%lld/staff", (long long)poll->id),
        .cause =
            arena_format(rq->arena, "%s:%lld", task_cause(rq, poll->id, act), (long long)request),
        .page = poll->page,
        .due_at = instant_day_start(rq->now, 2),
    };
    return task_add(db, rq->tenant, &task, rq->now);
}

enum error poll_ask(struct db *db, struct request *rq, int64_t poll, enum poll_act act,
                    const char *subject_hash, int64_t closes_at, const char *reason) {
    struct poll row = {0};
    int64_t request = 0;
    TRY(poll_first_may(rq));
    TRY(poll_find(db, rq->arena, rq->tenant, poll, &row));
    if (!poll_act_fits(&row, act, closes_at, rq->now))
        return ERR_CONFLICT;
    const enum error error =
        db_integer(db, &sql_poll_request_insert,
                   WITH(POLL_KEY(rq, poll), BIND_TEXT("act", act_code(act)),
                        BIND_TIME("closes_at", act == poll_act_lengthen ? closes_at : INSTANT_NONE),
                        BIND_TEXT("subject_hash", subject_hash), BIND_TEXT("reason", reason),
                        BIND_INT("account", rq->visitor->account), BIND_TIME("now", rq->now)),
                   &request);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_CONFLICT : error;
    TRY(task_of_second(db, rq, &row, act, request));
    return audit(db, rq, arena_format(rq->arena, "poll.%s_ask", act_code(act)), poll, reason);
}

/* ---- answering ---- */

static enum error find_waiting(struct db *db, struct request *rq, int64_t poll, enum poll_act act,
                               struct poll_request *ret_request) {
    const enum error error = db_one(db, rq->arena, &sql_poll_request_waiting,
                                    WITH(POLL_KEY(rq, poll), BIND_TEXT("act", act_code(act))),
                                    &poll_request_shape, ret_request);
    return error == ERR_NOT_FOUND ? ERR_CONFLICT : error;
}

static enum error answer(struct db *db, struct request *rq, int64_t poll, enum poll_act act,
                         const struct poll_request *request, const char *said) {
    int64_t changed = 0;
    TRY(db_exec(db, &sql_poll_request_answer,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", request->id),
                     BIND_TEXT("answer", said), BIND_INT("account", rq->visitor->account),
                     BIND_TIME("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    return task_done(
        db, rq->tenant,
        arena_format(rq->arena, "%s:%lld", task_cause(rq, poll, act), (long long)request->id),
        rq->visitor->account, rq->now);
}

/* The second person, who must not be the first. */
static enum error find_to_confirm(struct db *db, struct request *rq, int64_t poll,
                                  enum poll_act act, struct poll_request *ret_request) {
    TRY(poll_second_may(rq));
    TRY(find_waiting(db, rq, poll, act, ret_request));
    return ret_request->asked_by == rq->visitor->account ? ERR_FORBIDDEN : ERR_OK;
}

enum error poll_lock(struct db *db, struct request *rq, int64_t poll, const char *rules,
                     const struct poll_secret *secret) {
    struct poll_request request = {0};
    const char *rules_hash = text_hash(rq->arena, rules);
    int64_t changed = 0;
    TRY(find_to_confirm(db, rq, poll, poll_act_lock, &request));
    if (request.subject_hash == NULL || strcmp(request.subject_hash, rules_hash) != 0)
        return ERR_CONFLICT;
    TRY(db_exec(db, &sql_poll_lock,
                WITH(POLL_KEY(rq, poll), BIND_TEXT("rules", rules),
                     BIND_TEXT("rules_hash", rules_hash),
                     BIND_TEXT("secret_hash", secret->secret_hash),
                     BIND_TEXT("lot_hash", secret->lot_hash), BIND_TIME("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(answer(db, rq, poll, poll_act_lock, &request, "confirmed"));
    return audit(db, rq, "poll.lock", poll, request.reason);
}

/* K10: everybody on the roll is told; a job writes the mails portion by portion. */
static enum error tell_voters(struct db *db, struct request *rq, int64_t poll,
                              const struct poll_request *request) {
    return job_queue(db, rq->tenant, poll_changed_job.name,
                     arena_format(rq->arena, "%lld", (long long)request->id),
                     arena_format(rq->arena, "%lld", (long long)poll), rq->now, rq->now);
}

static enum error change(struct db *db, struct request *rq, int64_t poll, enum poll_act act,
                         const struct poll_request *request) {
    const struct statement *statement = act == poll_act_lengthen ? &sql_poll_lengthen
                                        : act == poll_act_pause  ? &sql_poll_pause
                                                                 : &sql_poll_resume;
    const struct bind *binds =
        act == poll_act_lengthen
            ? WITH(POLL_KEY(rq, poll), BIND_TIME("closes_at", request->closes_at))
        : act == poll_act_pause ? WITH(POLL_KEY(rq, poll), BIND_TIME("now", rq->now))
                                : WITH(POLL_KEY(rq, poll));
    int64_t changed = 0;
    TRY(db_exec(db, statement, binds, &changed));
    return changed == 0 ? ERR_CONFLICT : tell_voters(db, rq, poll, request);
}

enum error poll_confirm(struct db *db, struct request *rq, int64_t poll, enum poll_act act) {
    struct poll_request request = {0};
    struct poll row = {0};
    if (act == poll_act_lock)
        return ERR_CONFLICT; /* poll_lock: the rules are needed */
    TRY(find_to_confirm(db, rq, poll, act, &request));
    TRY(poll_find(db, rq->arena, rq->tenant, poll, &row));
    if (!poll_act_fits(&row, act, request.closes_at, rq->now))
        return ERR_CONFLICT;
    if (act != poll_act_attest)
        TRY(change(db, rq, poll, act, &request));
    TRY(answer(db, rq, poll, act, &request, "confirmed"));
    return audit(db, rq, arena_format(rq->arena, "poll.%s", act_code(act)), poll, request.reason);
}

enum error poll_refuse(struct db *db, struct request *rq, int64_t poll, enum poll_act act) {
    struct poll_request request = {0};
    TRY(find_waiting(db, rq, poll, act, &request));
    const bool own = request.asked_by == rq->visitor->account;
    if (!own)
        TRY(poll_second_may(rq));
    TRY(answer(db, rq, poll, act, &request, own ? "withdrawn" : "refused"));
    return audit(db, rq, own ? "poll.withdraw" : "poll.refuse", poll, request.reason);
}

/* ---- sealing and publishing ---- */

enum error poll_sealing_begin(struct db *db, struct request *rq, const struct poll *poll) {
    int64_t changed = 0;
    TRY(require(rq->visitor, RIGHT_lock_and_attest, NULL, PERMISSION_DOES));
    if (poll->state == poll_state_locked && poll->sealing_at != INSTANT_NONE)
        return job_queue(db, rq->tenant, poll_seal_job.name,
                         arena_format(rq->arena, "%lld", (long long)poll->id), NULL, rq->now,
                         rq->now); /* pressed again: the job gets new attempts */
    if (!poll_may_seal(poll, rq->now))
        return ERR_CONFLICT;
    TRY(db_exec(db, &sql_poll_sealing_begin,
                WITH(POLL_KEY(rq, poll->id), BIND_TIME("now", rq->now),
                     BIND_INT("revision", poll->revision)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(job_queue(db, rq->tenant, poll_seal_job.name,
                  arena_format(rq->arena, "%lld", (long long)poll->id), NULL, rq->now, rq->now));
    return audit(db, rq, "poll.seal", poll->id, NULL);
}

enum error poll_publish(struct db *db, struct request *rq, int64_t poll) {
    int64_t changed = 0;
    TRY(db_exec(db, &sql_poll_publish, WITH(POLL_KEY(rq, poll), BIND_TIME("now", rq->now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    return audit(db, rq, "poll.publish", poll, NULL);
}

/* ---- imports ---- */

enum error poll_import(struct db *db, struct arena *arena, int64_t tenant,
                       const struct poll_plan *plan, const char *rules,
                       const struct poll_pot_list *pots, const struct poll_option_list *options,
                       int64_t now, int64_t *ret_poll) {
    struct request rq = {.tenant = tenant, .now = now, .arena = arena};
    int64_t poll = 0, changed = 0;
    TRY(poll_plan_put(db, &rq, plan, &poll));
    TRY(poll_paper_put(db, tenant, poll, pots, options));
    TRY(db_exec(db, &sql_poll_import_finish,
                WITH(POLL_KEY(&rq, poll), BIND_TEXT("rules", rules),
                     BIND_TEXT("rules_hash", text_hash(arena, rules)), BIND_TIME("now", now)),
                &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    *ret_poll = poll;
    return ERR_OK;
}
