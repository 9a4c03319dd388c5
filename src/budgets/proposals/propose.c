/* /budgets/:slug/propose: one question a page, saved when it is left. Nobody needs an account until
 * it is handed in: then the address is proved by a typed code (QUA-11). */
#include "budgets/proposals/propose.h"

#include <string.h>

/* ---- what a draft holds ---- */

static struct input kept_of(struct request *rq, const struct draft *draft) {
    struct input kept = {0};
    if (input_from_json(rq->arena, draft->fields, strlen(draft->fields), &kept) != ERR_OK)
        return (struct input){0};
    return kept;
}

static const struct propose_form *form_of(struct request *rq, const struct input *kept,
                                          struct form_errors *ret_errors) {
    struct propose_form *form = ARENA_NEW(rq->arena, struct propose_form);
    form_read(&propose_form_form, rq->arena, kept, form, ret_errors);
    return form;
}

static enum propose_step step_code(const struct propose_round *round, int step) {
    const char *name =
        (size_t)step < round->kind.step_count ? round->kind.steps[step].name : DRAFT_CHECK;
    return (enum propose_step)choice_find(&propose_step_choices, name);
}

/* The visitor's draft of this round, at a step. */
static enum error find_draft(struct db *db, struct request *rq, const struct propose_round *round,
                             struct draft *ret_draft, int *ret_step) {
    struct draft draft = {0};
    const int step = draft_step_find(&round->kind, path_text(rq, "step"));
    if (step < 0)
        return ERR_NOT_FOUND;
    TRY(draft_find(db, rq, &round->kind, path_id(rq, "draft"), &draft));
    if (draft.subject != round->campaign.campaign.page)
        return ERR_NOT_FOUND;
    *ret_draft = draft;
    *ret_step = step;
    return ERR_OK;
}

/* ---- showing ---- */

static void pots_fill(struct request *rq, const struct propose_round *round,
                      struct propose_pot_list *ret_pots) {
    const struct campaign_pot_list *pots = &round->campaign.pots;
    struct propose_pot *at = ARENA_ARRAY(rq->arena, pots->count + 1, struct propose_pot);
    for (size_t i = 0; i < pots->count; i++)
        at[i] = (struct propose_pot){pots->at[i].title, pots->at[i].sum, pots->at[i].proposers};
    *ret_pots = (struct propose_pot_list){at, pots->count};
}

static struct propose_view view_of(struct request *rq, const struct propose_round *round,
                                   int step) {
    const char *slug = round->campaign.campaign.slug;
    const enum propose_step code = step_code(round, step);
    struct propose_view view = {
        .campaign = round->campaign.campaign.title,
        .campaign_address = url_own(arena_format(rq->arena, "/budgets/%s", slug)),
        .proposals = url_own(arena_format(rq->arena, "/budgets/%s/proposals", slug)),
        .time = (int)round->time,
        .may_send = round->may_send,
        .opens_at = round->opens_at,
        .closes_at = round->closes_at,
        .who_may = round->campaign.campaign.who_may_propose,
        .enters = round->enters,
        .has_account = rq->visitor->account != 0,
        .account_email = rq->visitor->email,
        .step = (int)code,
        .question = word(rq->language, arena_format(rq->arena, "propose_form.step.%s",
                                                    choice_code(&propose_step_choices, (int)code))),
        .action = url_own(round->kind.address),
    };
    pots_fill(rq, round, &view.pots);
    return view;
}

static void begun_fill(struct request *rq, const struct propose_round *round,
                       const struct draft_list *drafts, struct begun_proposal_list *ret_begun) {
    struct begun_proposal *at = ARENA_ARRAY(rq->arena, drafts->count + 1, struct begun_proposal);
    size_t count = 0;
    for (size_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->at[i];
        if (draft->subject != round->campaign.campaign.page)
            continue;
        const struct input kept = kept_of(rq, draft);
        at[count++] = (struct begun_proposal){
            .id = draft->id,
            .title = input_value(&kept, "title"),
            .address = url_own(propose_address(rq, round, draft->id, (int)draft->step)),
            .ends_at = draft->ends_at,
        };
    }
    *ret_begun = (struct begun_proposal_list){at, count};
}

static enum error show_begin(struct request *rq, struct reply *rp) {
    struct propose_round round = {0};
    struct draft_list drafts = {0};
    TRY(propose_round_find(rq->db, rq, &round));
    if (rq->visitor->account != 0)
        TRY(draft_list_own(rq->db, rq, &round.kind, &drafts));
    struct propose_view view = view_of(rq, &round, 0);
    begun_fill(rq, &round, &drafts, &view.begun);
    return reply_view(rq, rp, &view);
}

static enum error similar_fill(struct request *rq, const struct propose_round *round,
                               const struct propose_form *form, struct similar_view_list *ret) {
    struct similar_row_list rows = {0};
    const struct similar_wish wish = {
        .campaign = round->campaign.campaign.page,
        .pot = form->pot == NULL ? 0 : strtoll(form->pot, NULL, 10),
        .title = form->title,
        .lead = form->lead,
        .body = form->body,
        .place = form->place,
    };
    TRY(proposals_similar(rq->db, rq->arena, rq->tenant, &wish, &rows));
    struct similar_view *at = ARENA_ARRAY(rq->arena, rows.count + 1, struct similar_view);
    for (size_t i = 0; i < rows.count; i++)
        at[i] = (struct similar_view){
            .title = rows.at[i].title,
            .lead = rows.at[i].lead,
            .place = rows.at[i].place,
            .address = url_own(arena_format(rq->arena, "/proposals/%s", rows.at[i].slug)),
        };
    *ret = (struct similar_view_list){at, rows.count};
    return ERR_OK;
}

static enum error show_step(struct request *rq, struct reply *rp) {
    struct propose_round round = {0};
    struct draft draft = {0};
    struct draft_view line;
    struct form_errors unsaid = {0};
    int step = 0;
    TRY(propose_round_find(rq->db, rq, &round));
    TRY(find_draft(rq->db, rq, &round, &draft, &step));
    const struct input kept = kept_of(rq, &draft);
    const struct propose_form *form = form_of(rq, &kept, &unsaid);
    draft_view_fill(rq, &round.kind, &draft, step, &line);
    struct propose_view view = view_of(rq, &round, step);
    view.draft = &line;
    view.action = url_own(propose_address(rq, &round, draft.id, step));
    view.back = (struct url){step == 0 ? NULL : propose_address(rq, &round, draft.id, step - 1)};
    rq->options = propose_options(rq, &round.campaign);
    rq->values = form;
    if (view.step == propose_step_similar)
        TRY(similar_fill(rq, &round, form, &view.similar));
    if (view.step == propose_step_check)
        draft_answers(rq, &round.kind, &draft, rq->options, &view.answers);
    return reply_view(rq, rp, &view);
}

/* ---- saving a page of the form ---- */

enum direction { DIRECTION_ON, DIRECTION_BACK, DIRECTION_LEAVE };

static enum direction direction_of(const struct request *rq) {
    const char *go = input_value(&rq->input, "go");
    if (go != NULL && strcmp(go, "back") == 0)
        return DIRECTION_BACK;
    return go != NULL && strcmp(go, "leave") == 0 ? DIRECTION_LEAVE : DIRECTION_ON;
}

/* Going on wants the page filled in; going back or away keeps it as it is. */
static enum error judge_step(struct request *rq, const struct propose_round *round, int step,
                             const struct input *merged) {
    struct form_errors errors = {0};
    if (direction_of(rq) != DIRECTION_ON)
        return ERR_OK;
    const struct propose_form *form = form_of(rq, merged, &errors);
    propose_judge(rq, round, form, &errors);
    rq->errors = draft_errors_of(rq->arena, &round->kind, step, &errors);
    return rq->errors.count == 0 ? ERR_OK : ERR_INVALID;
}

static void lead_on(struct request *rq, const struct propose_round *round, int64_t draft,
                    int step) {
    int to = step;
    switch (direction_of(rq)) {
    case DIRECTION_ON:
        to = step + 1;
        break;
    case DIRECTION_BACK:
        to = step > 0 ? step - 1 : 0;
        break;
    case DIRECTION_LEAVE:
        rq->outcome = (struct outcome){
            200, arena_format(rq->arena, "/budgets/%s", round->campaign.campaign.slug),
            "draft.kept"};
        return;
    }
    rq->outcome = (struct outcome){200, propose_address(rq, round, draft, to), NULL};
}

/* A browser without an account keeps its drafts by one cookie. */
static const char *cookie_of(struct request *rq) {
    const char *own = request_cookie(rq, DRAFT_COOKIE);
    return own != NULL && own[0] != '\0' ? own : draft_cookie(rq);
}

static enum error begin_act(struct request *rq, struct db *db) {
    const struct input nothing = {0};
    struct propose_round round = {0};
    int64_t id = 0;
    TRY(propose_round_find(db, rq, &round));
    const struct input merged = draft_merge(rq->arena, &round.kind, 0, &rq->input, &nothing);
    TRY(judge_step(rq, &round, 0, &merged));
    rq->work = (void *)(uintptr_t)cookie_of(rq);
    TRY(draft_add(db, rq, &round.kind, round.campaign.campaign.page, 0,
                  draft_to_json(rq->arena, round.kind.form, &merged), rq->work, &id));
    lead_on(rq, &round, id, 0);
    return ERR_OK;
}

static enum error begin_answer(struct request *rq, struct reply *rp) {
    if (rq->visitor->account == 0)
        reply_cookie(rq, rp, DRAFT_COOKIE, rq->work, DAYS(DRAFT_DAYS) / SECONDS(1));
    return reply_outcome(rq, rp);
}

/* Hands in, or says what is in the way; what was typed stays in each case (A2). */
static enum error check_act(struct request *rq, struct db *db, const struct propose_round *round,
                            const struct draft *draft) {
    const int check = (int)round->kind.step_count;
    const char *here = propose_address(rq, round, draft->id, check);
    const struct input kept = kept_of(rq, draft);
    struct form_errors errors = {0};
    if (direction_of(rq) != DIRECTION_ON) {
        lead_on(rq, round, draft->id, check);
        return ERR_OK;
    }
    const struct propose_form *form = form_of(rq, &kept, &errors);
    propose_judge(rq, round, form, &errors);
    const int wrong = draft_first_wrong(&round->kind, &errors);
    if (!round->may_send)
        rq->outcome = (struct outcome){200, here, "propose.closed_kept"};
    else if (wrong >= 0)
        rq->outcome = (struct outcome){200, propose_address(rq, round, draft->id, wrong),
                                       "draft.not_filled_in"};
    else if (rq->visitor->account == 0)
        rq->outcome = (struct outcome){200, arena_format(rq->arena, "/login?next=%s", here), NULL};
    else {
        TRY(require(rq->visitor, round->enters ? RIGHT_enter_paper : RIGHT_take_part, NULL,
                    PERMISSION_OWN));
        TRY(draft_remove(db, rq, &round->kind, draft->id));
        return propose_send(rq, db, round, form);
    }
    return ERR_OK;
}

static enum error step_act(struct request *rq, struct db *db) {
    struct propose_round round = {0};
    struct draft draft = {0};
    int step = 0;
    TRY(propose_round_find(db, rq, &round));
    TRY(find_draft(db, rq, &round, &draft, &step));
    if (step == (int)round.kind.step_count)
        return check_act(rq, db, &round, &draft);
    const struct input kept = kept_of(rq, &draft);
    const struct input merged = draft_merge(rq->arena, &round.kind, step, &rq->input, &kept);
    TRY(judge_step(rq, &round, step, &merged));
    TRY(draft_put(db, rq, &round.kind, draft.id, step,
                  draft_to_json(rq->arena, round.kind.form, &merged)));
    lead_on(rq, &round, draft.id, step);
    return ERR_OK;
}

static enum error discard_act(struct request *rq, struct db *db) {
    struct propose_round round = {0};
    TRY(propose_round_find(db, rq, &round));
    rq->outcome = (struct outcome){200, round.kind.address, "draft.discarded"};
    return draft_remove(db, rq, &round.kind, path_id(rq, "draft"));
}

const struct route propose_routes[] = {
    ROUTE_GET("/budgets/:slug/propose", show_begin, .right = RIGHT_ANYONE,
              .form = &propose_form_form, .view = &propose_view_shape,
              .template = "budgets/proposals/propose",
              .doc = "Begins a proposal, or says when proposals are taken in."),
    ROUTE_POST("/budgets/:slug/propose", begin_act, .right = RIGHT_ANYONE, .answer = begin_answer,
               .limits = {.per_minute = 30},
               .doc = "Saves the first page as a draft; go=leave to stop here."),
    ROUTE_GET("/budgets/:slug/propose/:draft/:step", show_step, .right = RIGHT_ANYONE,
              .form = &propose_form_form, .view = &propose_view_shape,
              .template = "budgets/proposals/propose",
              .doc = "One question of a proposal, those that are like it (similar), all answers "
                     "(check)."),
    ROUTE_POST("/budgets/:slug/propose/:draft/:step", step_act, .right = RIGHT_ANYONE,
               .doc = "Saves a page and goes on, or go=back, go=leave; check hands it in."),
    ROUTE_POST("/budgets/:slug/propose/:draft/discard", discard_act, .right = RIGHT_ANYONE,
               .doc = "Throws a draft away."),
    {.path = NULL},
};
