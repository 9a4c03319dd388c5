/* Rows of polls: drafts, what is on the paper, and what is left after sealing. */
#include "ballots/inside.h"
#include "ballots_statements.h"

enum { REQUESTS_SHOWN = 500 };

#define POLL_KEY(tenant_, poll_) BIND_INT("tenant", tenant_), BIND_INT("poll", poll_)

/* ---- drafts ---- */

static enum error draft_put(struct db *db, int64_t tenant, const struct poll_plan *plan,
                            int64_t *ret_poll) {
    const enum error error = db_integer(
        db, &sql_poll_put,
        WITH(BIND_INT("tenant", tenant), BIND_INT("page", plan->page),
             BIND_TEXT("ballot_kind", choice_code(&ballot_kind_choices, (int)plan->ballot_kind)),
             BIND_INT("most_choices", plan->most_choices),
             BIND_TEXT("eligible", choice_code(&eligible_choices, (int)plan->eligible)),
             BIND_TIME("opens_at", plan->opens_at), BIND_TIME("closes_at", plan->closes_at),
             BIND_TIME("late_until", plan->late_until)),
        ret_poll);
    return error == ERR_NOT_FOUND ? ERR_CONFLICT : error;
}

enum error poll_plan_put(struct db *db, struct request *rq, const struct poll_plan *plan,
                         int64_t *ret_poll) {
    return draft_put(db, rq->tenant, plan, ret_poll);
}

/* Choices are kept as bits by rising option: neither doubles nor strangers to the pots. */
static bool paper_is_sound(const struct poll_pot_list *pots,
                           const struct poll_option_list *options) {
    if (pots->count > POLL_POTS_MAX || options->count > POLL_OPTIONS_MAX)
        return false;
    for (size_t i = 0; i < options->count; i++) {
        bool has_pot = false;
        for (size_t j = 0; j < pots->count; j++)
            has_pot |= pots->at[j].pot == options->at[i].pot;
        if (!has_pot || options->at[i].option < 1 || options->at[i].option > INT32_MAX)
            return false;
    }
    return true;
}

static enum error pots_insert(struct db *db, int64_t tenant, int64_t poll,
                              const struct poll_pot_list *pots) {
    for (size_t i = 0; i < pots->count; i++) {
        const struct poll_pot *pot = &pots->at[i];
        TRY(db_exec(db, &sql_poll_pot_insert,
                    WITH(POLL_KEY(tenant, poll), BIND_INT("pot", pot->pot),
                         BIND_TEXT("title", pot->title), BIND_INT("sum", pot->sum)),
                    NULL));
    }
    return ERR_OK;
}

static const char *text_or_empty(const char *text) {
    return text == NULL ? "" : text;
}

static enum error options_insert(struct db *db, int64_t tenant, int64_t poll,
                                 const struct poll_option_list *options) {
    for (size_t i = 0; i < options->count; i++) {
        const struct poll_option *option = &options->at[i];
        TRY(db_exec(
            db, &sql_poll_option_insert,
            WITH(POLL_KEY(tenant, poll), BIND_INT("option", option->option),
                 BIND_INT("pot", option->pot), BIND_ID("page", option->page),
                 BIND_TEXT("title", option->title), BIND_TEXT("lead", text_or_empty(option->lead)),
                 BIND_TEXT("place", text_or_empty(option->place)), BIND_INT("cost", option->cost)),
            NULL));
    }
    return ERR_OK;
}

enum error poll_paper_put(struct db *db, int64_t tenant, int64_t poll,
                          const struct poll_pot_list *pots,
                          const struct poll_option_list *options) {
    int64_t changed = 0;
    if (!paper_is_sound(pots, options))
        return ERR_CONFLICT;
    TRY(db_exec(db, &sql_poll_draft_touch, WITH(POLL_KEY(tenant, poll)), &changed));
    if (changed == 0)
        return ERR_CONFLICT;
    TRY(db_exec(db, &sql_poll_options_clear, WITH(POLL_KEY(tenant, poll)), NULL));
    TRY(db_exec(db, &sql_poll_pots_clear, WITH(POLL_KEY(tenant, poll)), NULL));
    TRY(pots_insert(db, tenant, poll, pots));
    return options_insert(db, tenant, poll, options);
}

/* ---- finding ---- */

enum error poll_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                     struct poll *ret_poll) {
    return db_one(db, arena, &sql_poll_by_id, WITH(POLL_KEY(tenant, poll)), &poll_shape, ret_poll);
}

enum error poll_of_page(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                        struct poll *ret_poll) {
    return db_one(db, arena, &sql_poll_by_page,
                  WITH(BIND_INT("tenant", tenant), BIND_INT("page", page)), &poll_shape, ret_poll);
}

enum error poll_paper_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                           struct poll_paper *ret_paper) {
    struct poll_paper paper = {0};
    TRY(poll_find(db, arena, tenant, poll, &paper.poll));
    TRY(poll_paper_read(db, arena, tenant, poll, &paper));
    *ret_paper = paper;
    return ERR_OK;
}

enum error poll_requests_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                              struct poll_request_list *ret_requests) {
    return db_many(db, arena, &sql_poll_requests, WITH(POLL_KEY(tenant, poll)), REQUESTS_SHOWN,
                   &poll_request_shape, ret_requests);
}

/* ---- afterwards ---- */

static enum error require_sealed(struct db *db, struct arena *arena, int64_t tenant, int64_t poll) {
    struct poll found = {0};
    TRY(poll_find(db, arena, tenant, poll, &found));
    const bool is_sealed = found.state == poll_state_sealed || found.state == poll_state_published;
    return is_sealed ? ERR_OK : ERR_NOT_FOUND;
}

enum error poll_turnout_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                             struct poll_turnout *ret_turnout) {
    return db_one(db, arena, &sql_turnout, WITH(POLL_KEY(tenant, poll)), &poll_turnout_shape,
                  ret_turnout);
}

enum error counted_ballots_each(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                                enum error (*each)(void *context, const void *counted_ballot),
                                void *context) {
    TRY(require_sealed(db, arena, tenant, poll));
    return db_each(db, arena, &sql_counted_each, WITH(POLL_KEY(tenant, poll)),
                   &counted_ballot_shape, each, context);
}

enum error receipts_each(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                         enum error (*each)(void *context, const void *receipt_row),
                         void *context) {
    TRY(require_sealed(db, arena, tenant, poll));
    return db_each(db, arena, &sql_receipts_each, WITH(POLL_KEY(tenant, poll)), &receipt_row_shape,
                   each, context);
}

/* ---- imports ---- */

enum error counted_ballot_add(struct db *db, int64_t tenant, int64_t poll,
                              const struct counted_ballot *ballot) {
    return db_exec(db, &sql_counted_add,
                   WITH(POLL_KEY(tenant, poll), BIND_INT("pot", ballot->pot),
                        BIND_TEXT("choices", ballot->choices),
                        BIND_INT("ballots", ballot->ballots)),
                   NULL);
}
