#include "platform/http/work.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "platform/base/log.h"
#include "platform/http/body.h"
#include "platform/http/flash.h"
#include "platform/http/once.h"
#include "platform/http/pool.h"
#include "platform/http/problem.h"
#include "platform/http/proof.h"
#include "platform/http/reply.h"

enum { READER_WAIT_MS = 2000 };

/* ---- readers ---- */

static enum error reader_take(struct exchange *ex) {
    TRY(store_reader(ex->http->options.store, READER_WAIT_MS, &ex->rq.db));
    db_meter_reset(ex->rq.db);
    return ERR_OK;
}

static void reader_give(struct exchange *ex) {
    if (ex->rq.db == NULL)
        return;
    const struct db_meter meter = db_meter(ex->rq.db);
    ex->statements += meter.statements;
    ex->rows += meter.rows;
    ex->reads |= meter.reads;
    store_reader_done(ex->http->options.store, ex->rq.db);
    ex->rq.db = NULL;
}

/* The last of a worker's steps: the reply is ready. The exchange may be gone when finish returns.
 */
static void land(struct exchange *ex) {
    struct flight *flight = &ex->http->flight;
    ex->finish(ex);
    flight_land(flight);
}

/* ---- reading ---- */

static enum error query_read(struct exchange *ex) {
    const char *query = ex->target.query;
    if (query == NULL)
        return ERR_OK;
    return input_from_form(ex->rq.arena, query, strlen(query), &ex->rq.query);
}

static enum error admit(struct exchange *ex) {
    TRY(query_read(ex));
    return ex->http->options.hooks->admit(&ex->rq);
}

static enum error show(struct exchange *ex) {
    struct request *rq = &ex->rq;
    if (rq->route->form != NULL) { /* a search; what is wrong with it only its handler can say */
        struct form_errors unsaid = {0};
        void *form = arena_take(rq->arena, rq->route->form->size);
        form_read(rq->route->form, rq->arena, &rq->query, form, &unsaid);
        rq->form = form;
    }
    return rq->route->show(rq, &ex->rp);
}

static void read_work(struct exchange *ex) {
    enum error error = reader_take(ex);
    if (error == ERR_OK)
        error = admit(ex);
    if (error == ERR_OK)
        error = ex->refused;
    if (error == ERR_OK)
        error = show(ex);
    if (error != ERR_OK)
        problem_answer(ex, error);
    assert(ex->rp.status != 0);
    reader_give(ex);
}

/* Keeps the page for the next visitor, who then gets the very same bytes. */
static void keep(struct exchange *ex) {
    struct reply *rp = &ex->rp;
    if (ex->cache_key == NULL || rp->status != 200 || rp->has_secret || rp->file >= 0 ||
        rp->headers.count > 0 || rp->keep_until == INSTANT_NONE || rp->keep_until <= ex->rq.now)
        return;
    const struct keeping keeping = {.key = ex->cache_key,
                                    .type = rp->type,
                                    .language = language_code(ex->rq.language),
                                    .bytes = rp->bytes,
                                    .length = rp->length,
                                    .reads = ex->reads,
                                    .versions = ex->versions,
                                    .expires = rp->keep_until};
    struct kept *kept = cache_keep(ex->http->cache, &keeping);
    if (kept != NULL)
        reply_kept(rp, kept, request_header(&ex->rq, "Accept-Encoding"),
                   request_header(&ex->rq, "If-None-Match"));
}

static void read_step(struct exchange *ex) {
    exchange_guarded(ex, read_work);
    if (!ex->is_spent)
        keep(ex);
    land(ex);
}

/* ---- writing ---- */

static enum error form_fill(struct exchange *ex) {
    struct request *rq = &ex->rq;
    if (rq->route->form == NULL)
        return ERR_OK;
    void *form = arena_take(rq->arena, rq->route->form->size);
    form_read(rq->route->form, rq->arena, &rq->input, form, &rq->errors);
    rq->form = form;
    return rq->errors.count == 0 ? ERR_OK : ERR_INVALID;
}

static enum error prepare(struct exchange *ex) {
    struct request *rq = &ex->rq;
    TRY(admit(ex));
    TRY(ex->refused);
    TRY(body_read(ex));
    TRY(proof_check(ex));
    TRY(form_fill(ex));
    if (rq->route->prepare != NULL)
        TRY(rq->route->prepare(rq));
    once_fingerprint(ex);
    return rq->errors.count == 0 ? ERR_OK : ERR_INVALID;
}

static void prepare_work(struct exchange *ex) {
    ex->error = reader_take(ex);
    if (ex->error == ERR_OK)
        ex->error = prepare(ex);
    if (ex->error != ERR_OK)
        problem_answer(ex, ex->error);
    reader_give(ex);
}

/* Without a handler of its own: on to where the result is seen, or that address in JSON. */
#define OUTCOME_VIEW(F, T)                                                                         \
    F(T, url, address, , "where the result is seen")                                               \
    F(T, text, message, , "what was done, in words; may be null")
SHAPE(outcome_view, OUTCOME_VIEW);

enum error reply_outcome(struct request *rq, struct reply *rp) {
    const struct outcome *outcome = &rq->outcome;
    const char *address = outcome->address == NULL ? "/" : outcome->address;
    if (rq->wants == REPRESENTATION_HTML) {
        flash_leave(rq, rp, outcome->flash);
        return reply_redirect(rq, rp, address);
    }
    const struct outcome_view view = {
        .address = url_own(address),
        .message = outcome->flash == NULL ? NULL : word(rq->language, outcome->flash)};
    const int status = outcome->status == 201 ? 201 : 200;
    if (status == 201)
        reply_header(rp, "Location", address);
    return reply_json(rq, rp, status, &outcome_view_shape, &view);
}

static void answer_work(struct exchange *ex) {
    struct request *rq = &ex->rq;
    const bool has_own = ex->error == ERR_OK && !ex->is_second && rq->route->answer != NULL;
    enum error error = ex->error;
    if (has_own || error != ERR_OK) {
        const enum error taken = reader_take(ex);
        error = error == ERR_OK ? taken : error;
    }
    if (error == ERR_OK)
        error = has_own ? rq->route->answer(rq, &ex->rp) : reply_outcome(rq, &ex->rp);
    if (error != ERR_OK)
        problem_answer(ex, error);
    assert(ex->rp.status != 0);
    reader_give(ex);
}

static void answer_step(struct exchange *ex) {
    if (!ex->is_spent)
        exchange_guarded(ex, answer_work);
    else
        problem_spent(ex);
    land(ex);
}

/* ---- the lane ---- */

static struct exchange *exchange_of_act(struct act *act) {
    return (struct exchange *)(void *)((char *)act - offsetof(struct exchange, act));
}

/* May be run again from the same input: what an earlier run left is forgotten. */
static enum error act_run(struct exchange *ex, struct db *db) {
    struct request *rq = &ex->rq;
    ex->is_second = false;
    rq->errors = (struct form_errors){0};
    rq->outcome = (struct outcome){.status = 303};
    const struct db_meter before = db_meter(db);
    const enum error error = once_act(ex, db);
    const struct db_meter after = db_meter(db);
    ex->statements += after.statements - before.statements;
    ex->rows += after.rows - before.rows;
    return error == ERR_OK && rq->errors.count > 0 ? ERR_INVALID : error;
}

static enum error run_in_lane(struct act *act, struct db *db) {
    struct exchange *ex = exchange_of_act(act);
    ex->rq.db = db;
    if (ARENA_RECOVER(ex->rq.arena)) {
        ex->rq.db = NULL;
        ex->is_spent = true;
        return ERR_BUSY;
    }
    const enum error error = act_run(ex, db);
    ex->rq.db = NULL;
    return error;
}

static void done_in_lane(struct act *act, enum error error) {
    struct exchange *ex = exchange_of_act(act);
    ex->error = error;
    ex->step = answer_step;
    pool_return(ex->http->pool, ex);
}

static void refuse_work(struct exchange *ex) {
    problem_plain(ex, ex->error);
}

static void write_step(struct exchange *ex) {
    exchange_guarded(ex, prepare_work);
    if (ex->rp.status == 0) {
        ex->act = (struct act){.run = run_in_lane, .done = done_in_lane};
        const enum error error = store_submit(ex->http->options.store, &ex->act);
        if (error == ERR_OK)
            return; /* the exchange is the lane's now, and may be gone already */
        ex->error = error;
        exchange_guarded(ex, refuse_work);
    }
    land(ex);
}

/* ---- the way in ---- */

static void refuse_busy(struct exchange *ex) {
    ex->error = ERR_BUSY;
    ex->closes = true;
    exchange_guarded(ex, refuse_work);
}

void work_begin(struct exchange *ex) {
    const bool writes = ex->rq.route != NULL && ex->rq.method == METHOD_POST;
    ex->step = writes ? write_step : read_step;
    if (writes)
        randombytes_buf(ex->rq.seed, sizeof ex->rq.seed);
    if (!flight_start(&ex->http->flight)) {
        refuse_busy(ex);
        ex->finish(ex);
        return;
    }
    const bool slow = writes && ex->rq.route->is_slow;
    if (pool_enter(slow ? ex->http->slow_pool : ex->http->pool, ex))
        return;
    refuse_busy(ex);
    land(ex);
}
