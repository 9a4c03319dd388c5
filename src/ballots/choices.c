/* What a voter presses: what binds one to the place, and each tick.
 *
 * A tick's act reads one ballot and writes one ballot: no one-time act, no audit row, no mail, no
 * time. The secret is read in prepare; the act deciphers what stands, applies the press to it and
 * enciphers again, so that of many presses at once none is lost. */
#include <string.h>

#include "ballots/inside.h"

enum { PRESSES_PER_MINUTE = 300 }; /* of an address: a library has many voters behind one */

/* From prepare to act to answer. */
struct ticking {
    struct poll_scene scene;
    struct poll_paper paper;
    const struct poll_keys *keys; /* NULL: missing */
    const char *voter;
    const char *back;
    enum tick_verdict verdict;
    struct ballot ballot; /* as it stands after the act */
};

static const char *ballot_address(const struct request *rq) {
    return arena_format(rq->arena, "/polls/%lld", (long long)path_id(rq, "id"));
}

/* The ballot page that the press came from, with its filter. */
static const char *back_address(const struct request *rq, const char *back) {
    const char *own = ballot_address(rq);
    const bool is_same = back != NULL && address_is_own(back) && text_begins(back, own) &&
                         (back[strlen(own)] == '?' || back[strlen(own)] == '\0');
    return is_same ? back : own;
}

/* Shown in the summary above the ballot as it stands. */
static enum error refuse(struct request *rq, const struct form *form, const char *word_key) {
    form_refuse(rq->arena, &rq->errors, form, NULL, word_key);
    return ERR_CONFLICT;
}

static enum error refuse_phase(struct request *rq, const struct form *form, enum poll_phase phase) {
    return refuse(rq, form,
                  phase == poll_phase_paused   ? "ballot.refused_paused"
                  : phase == poll_phase_locked ? "ballot.refused_early"
                                               : "ballot.refused_late");
}

/* ---- POST /polls/:id/declaration ---- */

static enum error declare_prepare(struct request *rq) {
    struct poll_scene *scene = ARENA_NEW(rq->arena, struct poll_scene);
    TRY(poll_scene_find(rq, scene));
    rq->work = scene;
    if (scene->phase == poll_phase_open || scene->phase == poll_phase_locked ||
        scene->phase == poll_phase_paused)
        return ERR_OK;
    return refuse_phase(rq, &declare_form_form, scene->phase);
}

static enum error declare_act(struct request *rq, struct db *db) {
    const struct declare_form *form = rq->form;
    const struct poll_scene *scene = rq->work;
    const enum error error =
        voter_declare(db, rq, &scene->poll, (enum voter_tie)form->tie, form->remind);
    if (error == ERR_NOT_FOUND)
        return refuse(rq, &declare_form_form, "ballot.refused_not_on_roll");
    if (error == ERR_CONFLICT)
        return refuse(rq, &declare_form_form, "ballot.refused_taken");
    rq->outcome = (struct outcome){303, ballot_address(rq), NULL};
    return error;
}

/* ---- POST /polls/:id/choices ---- */

static enum error find_voter(struct request *rq, struct ticking *ticking) {
    struct voter_row voter = {0};
    const enum error error = voter_find(rq->db, rq, &ticking->scene.poll, &voter);
    if (error == ERR_CONFLICT)
        return refuse(rq, &tick_form_form, "ballot.refused_taken");
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    if (voter.tie == NULL || voter.account == 0)
        return refuse(rq, &tick_form_form, "ballot.refused_undeclared");
    if (voter.barred != NULL)
        return refuse(rq, &tick_form_form, "ballot.refused_barred");
    ticking->voter = voter.voter;
    return ERR_OK;
}

static enum error tick_prepare(struct request *rq) {
    const struct tick_form *form = rq->form;
    struct ticking *ticking = ARENA_NEW(rq->arena, struct ticking);
    TRY(poll_scene_find(rq, &ticking->scene));
    ticking->back = back_address(rq, form->back);
    rq->work = ticking;
    if (ticking->scene.phase != poll_phase_open)
        return refuse_phase(rq, &tick_form_form, ticking->scene.phase);
    TRY(find_voter(rq, ticking));
    TRY(poll_paper_of(rq->db, rq->arena, rq->tenant, &ticking->scene.poll, &ticking->paper));
    const enum error error = poll_keys_open(rq->arena, &ticking->scene.poll, &ticking->keys);
    return error == ERR_UNAVAILABLE ? ERR_OK : error; /* the answer says so */
}

static int number_of(int64_t number) {
    return number == FORM_NONE ? 0 : (int)number;
}

static enum tick_verdict apply(const struct tick_form *form, const struct ticking *ticking,
                               struct ballot *ballot) {
    const int option = number_of(form->option), instead = number_of(form->instead);
    switch ((enum tick_act)form->act) {
    case tick_act_choose:
        return ballot_choose(&ticking->paper, option, 0, ballot);
    case tick_act_exchange:
        return ballot_choose(&ticking->paper, option, instead, ballot);
    case tick_act_remove:
        return ballot_remove(&ticking->paper, option, ballot);
    case tick_act_blank:
        ballot_make_blank(ballot);
        return tick_verdict_saved;
    }
    return tick_verdict_unknown;
}

static bool is_same(const struct ballot *a, const struct ballot *b) {
    return a->blank == b->blank && a->count == b->count &&
           memcmp(a->options, b->options, a->count * sizeof a->options[0]) == 0;
}

/* An exchange or a blank ballot undoes choices: only those that the voter saw. */
static bool is_seen(const struct tick_form *form, const struct ballot *ballot) {
    const bool undoes = form->act == tick_act_exchange || form->act == tick_act_blank;
    return !undoes || form->revision == FORM_NONE || form->revision == ballot->revision;
}

static enum error press_act(struct request *rq, struct db *db) {
    const struct tick_form *form = rq->form;
    struct ticking *ticking = rq->work;
    struct ballot stands = {0};
    if (ticking->keys == NULL)
        return ERR_OK;
    TRY(ballot_find(db, rq->arena, ticking->keys, rq->tenant, &ticking->paper, ticking->voter,
                    &stands));
    struct ballot wanted = stands;
    ticking->verdict = apply(form, ticking, &wanted);
    ticking->ballot = wanted;
    rq->outcome = (struct outcome){303, ticking->back, NULL};
    if (ticking->verdict == tick_verdict_unknown)
        return refuse(rq, &tick_form_form, "ballot.refused_unknown");
    if (ticking->verdict != tick_verdict_saved || is_same(&stands, &wanted))
        return ERR_OK;
    if (!is_seen(form, &stands))
        return refuse(rq, &tick_form_form, "ballot.refused_changed");
    const enum error error =
        ballot_put(db, rq, ticking->keys, &ticking->paper, ticking->voter, &wanted);
    return error == ERR_CONFLICT ? refuse(rq, &tick_form_form, "ballot.refused_changed") : error;
}

/* ---- the answer ---- */

static const struct poll_option *option_of(const struct poll_paper *paper, int64_t option) {
    for (size_t i = 0; i < paper->options.count; i++)
        if (paper->options.at[i].option == option)
            return &paper->options.at[i];
    return NULL;
}

static const char *pot_title(const struct poll_paper *paper, int64_t pot) {
    for (size_t i = 0; paper->pots.count > 1 && i < paper->pots.count; i++)
        if (paper->pots.at[i].pot == pot)
            return paper->pots.at[i].title;
    return NULL;
}

/* What may give way: the chosen ones of the same pot whose going would make room. */
static struct exchange_line_list lines_of(struct request *rq, const struct ticking *ticking,
                                          const struct poll_option *wanted) {
    struct exchange_line *lines =
        ARENA_ARRAY(rq->arena, ticking->ballot.count + 1, struct exchange_line);
    size_t count = 0;
    for (size_t i = 0; i < ticking->ballot.count; i++) {
        struct ballot *tried = ARENA_NEW(rq->arena, struct ballot);
        const struct poll_option *option = option_of(&ticking->paper, ticking->ballot.options[i]);
        *tried = ticking->ballot;
        if (option == NULL || ballot_choose(&ticking->paper, (int)wanted->option,
                                            (int)option->option, tried) != tick_verdict_saved)
            continue;
        lines[count++] = (struct exchange_line){option->option, option->title, option->cost};
    }
    return (struct exchange_line_list){lines, count};
}

/* The pot is full: which one is to give way? Nothing was saved. */
static enum error reply_exchange(struct request *rq, struct reply *rp,
                                 const struct ticking *ticking) {
    const struct tick_form *form = rq->form;
    const struct poll_option *wanted = option_of(&ticking->paper, form->option);
    if (wanted == NULL)
        return ERR_FAULT;
    const struct pot_use use = ballot_pot_use(&ticking->paper, wanted->pot, &ticking->ballot);
    const struct exchange_view view = {
        .poll = ticking->scene.poll.id,
        .round = ticking->scene.round.title,
        .pot = pot_title(&ticking->paper, wanted->pot),
        .wanted = wanted->option,
        .title = wanted->title,
        .cost = wanted->cost,
        .verdict = (int)ticking->verdict,
        .chosen = use.chosen,
        .left = use.left,
        .revision = ticking->ballot.revision,
        .back = url_own(ticking->back),
        .lines = lines_of(rq, ticking, wanted),
    };
    return reply_view_as(rq, rp, error_status(ERR_CONFLICT), &exchange_view_shape, &view,
                         "ballots/exchange");
}

static enum error tick_answer(struct request *rq, struct reply *rp) {
    const struct ticking *ticking = rq->work;
    if (ticking->keys == NULL)
        return reply_secret_missing(rq, rp, &ticking->scene);
    if (ticking->verdict != tick_verdict_saved)
        return reply_exchange(rq, rp, ticking);
    if (rq->wants == REPRESENTATION_HTML)
        ballot_saved_note(rq, rp, ticking->scene.poll.id);
    return reply_outcome(rq, rp);
}

static const struct route_page tick_pages[] = {{&exchange_view_shape, "ballots/exchange"},
                                               {&secret_missing_shape, "ballots/secret_missing"},
                                               {NULL, NULL}};

const struct route choice_routes[] = {
    ROUTE_POST("/polls/:id/declaration", declare_act, .right = RIGHT_vote,
               .form = &declare_form_form, .prepare = declare_prepare, .form_page = "/polls/:id",
               .doc = "Says what binds the visitor to the place, which gives them a ballot."),
    ROUTE_POST("/polls/:id/choices", press_act, .right = RIGHT_vote, .form = &tick_form_form,
               .prepare = tick_prepare, .answer = tick_answer, .form_page = "/polls/:id",
               .also = tick_pages, .is_repeatable = true,
               .limits = {.per_minute = PRESSES_PER_MINUTE},
               .doc = "One press on the ballot: chooses, removes, exchanges, or makes it blank."),
    {.path = NULL},
};
