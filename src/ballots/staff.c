/* Staff: what wants two persons, and sealing; and the log of it that everybody may read. */
#include <string.h>

#include "ballots/inside.h"

static struct poll_log_line line_of(const struct request *rq, const struct poll_scene *scene,
                                    const struct poll_request *row) {
    const bool waits = row->answer == NULL;
    const bool own = row->asked_by == rq->visitor->account;
    return (struct poll_log_line){
        .act = row->act,
        .closes_at = row->closes_at,
        .reason = row->reason,
        .asked_name = row->asked_name,
        .asked_at = row->asked_at,
        .answered_name = row->answered_name,
        .answered_at = row->answered_at,
        .answer = waits ? poll_answer_waits : choice_find(&poll_answer_choices, row->answer),
        .may_confirm = waits && scene->confirms && !own,
        .is_own = waits && own && rq->visitor->account != 0,
    };
}

static bool is_done_here(int act) {
    return act == poll_act_lengthen || act == poll_act_pause || act == poll_act_resume;
}

/* All, or those that wait and are answered on the staff page. */
static enum error find_lines(struct request *rq, const struct poll_scene *scene, bool waiting,
                             struct poll_log_line_list *ret_lines) {
    struct poll_request_list rows = {0};
    size_t count = 0;
    TRY(poll_requests_find(rq->db, rq->arena, rq->tenant, scene->poll.id, &rows));
    struct poll_log_line *lines = ARENA_ARRAY(rq->arena, rows.count + 1, struct poll_log_line);
    for (size_t i = 0; i < rows.count; i++)
        if (!waiting || (rows.at[i].answer == NULL && is_done_here(rows.at[i].act)))
            lines[count++] = line_of(rq, scene, &rows.at[i]);
    *ret_lines = (struct poll_log_line_list){lines, count};
    return ERR_OK;
}

/* ---- GET /polls/:id/log ---- */

static enum error show_log(struct request *rq, struct reply *rp) {
    struct poll_scene scene = {0};
    TRY(poll_scene_find(rq, &scene));
    struct poll_log_view view = {
        .poll = scene.poll.id,
        .round = scene.round.title,
        .round_address = scene.round_address,
        .phase = (int)scene.phase,
        .opens_at = scene.poll.opens_at,
        .closes_at = scene.poll.closes_at,
        .locked_at = scene.poll.locked_at,
        .sealed_at = scene.poll.sealed_at,
        .rules_hash = scene.poll.rules_hash,
        .lot_hash = scene.poll.lot_hash,
        .lot_seed = scene.poll.lot_seed,
    };
    TRY(find_lines(rq, &scene, false, &view.lines));
    return reply_view(rq, rp, &view);
}

/* ---- GET /polls/:id/staff ---- */

static enum error fill_turnout(struct request *rq, const struct poll_scene *scene,
                               struct poll_staff_view *view) {
    struct poll_turnout turnout = {0};
    if (!view->sealed)
        return ERR_OK;
    TRY(poll_turnout_find(rq->db, rq->arena, rq->tenant, scene->poll.id, &turnout));
    view->voters = turnout.voters;
    view->blank = turnout.blank;
    return ERR_OK;
}

static bool is_secret_missing(const struct request *rq, const struct poll_scene *scene) {
    const struct poll_keys *keys = NULL;
    return scene->poll.state == poll_state_locked &&
           poll_keys_open(rq->arena, &scene->poll, &keys) != ERR_OK;
}

static enum error show_staff(struct request *rq, struct reply *rp) {
    struct poll_scene scene = {0};
    TRY(poll_scene_find(rq, &scene));
    const struct poll *poll = &scene.poll;
    struct poll_staff_view view = {
        .poll = poll->id,
        .round = scene.round.title,
        .round_address = scene.round_address,
        .phase = (int)scene.phase,
        .opens_at = poll->opens_at,
        .closes_at = poll->closes_at,
        .late_until = poll->late_until,
        .secret_missing = is_secret_missing(rq, &scene),
        .may_ask = scene.leads,
        .may_pause = poll_act_fits(poll, poll_act_pause, 0, rq->now),
        .may_resume = poll_act_fits(poll, poll_act_resume, 0, rq->now),
        .may_lengthen = poll_act_fits(poll, poll_act_lengthen, INT64_MAX, rq->now),
        .may_seal = poll_may_seal(poll, rq->now),
        .sealing = poll->state == poll_state_locked && poll->sealing_at != INSTANT_NONE,
        .sealed = poll->state == poll_state_sealed || poll->state == poll_state_published,
    };
    TRY(fill_turnout(rq, &scene, &view));
    TRY(find_lines(rq, &scene, true, &view.waiting));
    return reply_view(rq, rp, &view);
}

/* ---- POST /polls/:id/ask, confirm, refuse, seal ---- */

static const char *staff_address(const struct request *rq) {
    return arena_format(rq->arena, "/polls/%lld/staff", (long long)path_id(rq, "id"));
}

static enum error refuse(struct request *rq, const struct form *form, const char *field,
                         const char *word_key) {
    form_refuse(rq->arena, &rq->errors, form, field, word_key);
    return ERR_INVALID;
}

/* The new end as stored, from the last day and minute that people read. */
static int64_t end_of(const struct poll_ask_form *form) {
    struct civil civil = civil_from_instant(form->day);
    civil.hour = form->clock / 60;
    civil.minute = form->clock % 60;
    civil.second = 0;
    return deadline_from_civil(civil);
}

static enum error ask_prepare(struct request *rq) {
    const struct poll_ask_form *form = rq->form;
    if (!is_done_here(form->act))
        return refuse(rq, &poll_ask_form_form, "act", "field.required");
    if (form->act != poll_act_lengthen)
        return ERR_OK;
    if (form->day == INSTANT_NONE)
        return refuse(rq, &poll_ask_form_form, "day", "field.required");
    return form->clock < 0 ? refuse(rq, &poll_ask_form_form, "clock", "field.required") : ERR_OK;
}

static enum error ask_act(struct request *rq, struct db *db) {
    const struct poll_ask_form *form = rq->form;
    const int64_t closes_at = form->act == poll_act_lengthen ? end_of(form) : INSTANT_NONE;
    const enum error error = poll_ask(db, rq, path_id(rq, "id"), (enum poll_act)form->act, NULL,
                                      closes_at, form->reason);
    if (error == ERR_CONFLICT)
        return refuse(rq, &poll_ask_form_form, form->act == poll_act_lengthen ? "day" : NULL,
                      "poll_staff.cannot_now");
    rq->outcome = (struct outcome){303, staff_address(rq), "poll_staff.asked"};
    return error;
}

static enum error confirm_act(struct request *rq, struct db *db) {
    const struct poll_answer_form *form = rq->form;
    if (!is_done_here(form->act))
        return refuse(rq, &poll_answer_form_form, "act", "field.required");
    const enum error error = poll_confirm(db, rq, path_id(rq, "id"), (enum poll_act)form->act);
    if (error == ERR_CONFLICT)
        return refuse(rq, &poll_answer_form_form, NULL, "poll_staff.cannot_now");
    rq->outcome = (struct outcome){303, staff_address(rq), "poll_staff.confirmed"};
    return error;
}

static enum error refuse_act(struct request *rq, struct db *db) {
    const struct poll_answer_form *form = rq->form;
    const enum error error = poll_refuse(db, rq, path_id(rq, "id"), (enum poll_act)form->act);
    if (error == ERR_CONFLICT)
        return refuse(rq, &poll_answer_form_form, NULL, "poll_staff.cannot_now");
    rq->outcome = (struct outcome){303, staff_address(rq), "poll_staff.refused"};
    return error;
}

static enum error seal_act(struct request *rq, struct db *db) {
    struct poll poll = {0};
    TRY(poll_find(db, rq->arena, rq->tenant, path_id(rq, "id"), &poll));
    const enum error error = poll_sealing_begin(db, rq, &poll);
    if (error == ERR_CONFLICT)
        return refuse(rq, &poll_ask_form_form, NULL, "poll_staff.cannot_now");
    rq->outcome = (struct outcome){303, staff_address(rq), "poll_staff.sealing_begun"};
    return error;
}

const struct route poll_staff_routes[] = {
    ROUTE_GET("/polls/:id/log", show_log, .right = RIGHT_ANYONE, .view = &poll_log_view_shape,
              .template = "ballots/log",
              .doc = "What two persons together did with a poll, and the digests of its rules."),
    ROUTE_GET(
        "/polls/:id/staff", show_staff, .right = RIGHT_lock_and_attest, .form = &poll_ask_form_form,
        .view = &poll_staff_view_shape, .template = "ballots/staff",
        .doc = "Lengthening, pausing and sealing a poll, and what waits for a second person."),
    ROUTE_POST("/polls/:id/ask", ask_act, .right = RIGHT_lock_and_attest,
               .form = &poll_ask_form_form, .prepare = ask_prepare, .form_page = "/polls/:id/staff",
               .doc = "The first person asks for a poll to end later, to rest or to go on."),
    ROUTE_POST("/polls/:id/confirm", confirm_act, .right = RIGHT_lock_and_attest,
               .form = &poll_answer_form_form, .form_page = "/polls/:id/staff",
               .doc = "The second person confirms what was asked for."),
    ROUTE_POST("/polls/:id/refuse", refuse_act, .right = RIGHT_lock_and_attest,
               .form = &poll_answer_form_form, .form_page = "/polls/:id/staff",
               .doc = "The second person refuses, or the first takes back, what was asked for."),
    ROUTE_POST("/polls/:id/seal", seal_act, .right = RIGHT_lock_and_attest,
               .form_page = "/polls/:id/staff",
               .doc = "Begins to part persons and ballots of a closed poll for ever."),
    {.path = NULL},
};
