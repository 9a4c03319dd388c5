/* The receipt: one's own while the ballots stand, and afterwards the check of a code. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "ballots/inside.h"
#include "ballots_statements.h"

/* ---- GET /polls/:id/receipt ---- */

static enum error find_own(struct request *rq, const struct poll_scene *scene,
                           struct receipt_view *view) {
    struct voter_row voter = {0};
    struct poll_paper paper = {0};
    struct ballot ballot = {0};
    const struct poll_keys *keys = NULL;
    const enum error error = voter_find(rq->db, rq, &scene->poll, &voter);
    if (error == ERR_NOT_FOUND || error == ERR_CONFLICT)
        return ERR_OK;
    TRY(error);
    view->remind = voter.remind;
    TRY(poll_keys_open(rq->arena, &scene->poll, &keys));
    TRY(poll_paper_of(rq->db, rq->arena, rq->tenant, &scene->poll, &paper));
    TRY(ballot_find(rq->db, rq->arena, keys, rq->tenant, &paper, voter.voter, &ballot));
    view->has_ballot = ballot.revision > 0;
    view->counts = ballot_counts(&ballot);
    view->code = view->has_ballot ? receipt_code(rq->arena, keys, voter.voter) : NULL;
    return ERR_OK;
}

static enum error show_receipt(struct request *rq, struct reply *rp) {
    struct poll_scene scene = {0};
    TRY(poll_scene_find(rq, &scene));
    if (scene.phase == poll_phase_sealed || scene.phase == poll_phase_published)
        return reply_redirect(
            rq, rp, arena_format(rq->arena, "/polls/%lld/receipts", (long long)scene.poll.id));
    struct receipt_view view = {.poll = scene.poll.id,
                                .round = scene.round.title,
                                .phase = (int)scene.phase,
                                .closes_at = scene.poll.closes_at};
    const enum error error = find_own(rq, &scene, &view);
    if (error == ERR_UNAVAILABLE)
        return reply_secret_missing(rq, rp, &scene);
    TRY(error);
    return reply_view(rq, rp, &view);
}

/* ---- POST /polls/:id/reminder ---- */

static enum error remind_act(struct request *rq, struct db *db) {
    const struct remind_form *form = rq->form;
    int64_t changed = 0;
    TRY(db_exec(db, &sql_voter_remind,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("poll", path_id(rq, "id")),
                     BIND_INT("account", rq->visitor->account), BIND_INT("remind", form->remind)),
                &changed));
    if (changed == 0)
        return ERR_NOT_FOUND;
    rq->outcome = (struct outcome){
        303, arena_format(rq->arena, "/polls/%lld/receipt", (long long)path_id(rq, "id")),
        form->remind ? "ballot.will_remind" : "ballot.will_not_remind"};
    return ERR_OK;
}

/* ---- GET and POST /polls/:id/receipts ---- */

struct checking {
    struct poll_scene scene;
    enum receipt_answer answer;
};

static enum error reply_check(struct request *rq, struct reply *rp, const struct poll_scene *scene,
                              enum receipt_answer answer, const char *code) {
    struct poll_turnout turnout = {0};
    const bool sealed = scene->phase == poll_phase_sealed || scene->phase == poll_phase_published;
    if (sealed)
        TRY(poll_turnout_find(rq->db, rq->arena, rq->tenant, scene->poll.id, &turnout));
    const struct receipts_view view = {
        .poll = scene->poll.id,
        .round = scene->round.title,
        .sealed = sealed,
        .answer = (int)answer,
        .code = code,
        .voters = turnout.voters,
        .blank = turnout.blank,
        .roll = turnout.roll,
    };
    return reply_view_as(rq, rp, 200, &receipts_view_shape, &view, "ballots/receipts");
}

static enum error show_receipts(struct request *rq, struct reply *rp) {
    struct poll_scene scene = {0};
    TRY(poll_scene_find(rq, &scene));
    return reply_check(rq, rp, &scene, receipt_answer_unasked, NULL);
}

static enum error check_prepare(struct request *rq) {
    struct checking *checking = ARENA_NEW(rq->arena, struct checking);
    TRY(poll_scene_find(rq, &checking->scene));
    rq->work = checking;
    return ERR_OK;
}

/* Writes nothing: a code is sent by POST so that it stands in no address. */
static enum error check_act(struct request *rq, struct db *db) {
    const struct receipt_code_form *form = rq->form;
    struct checking *checking = rq->work;
    const char *hash = receipt_hash(rq->arena, form->code);
    int64_t counted = 0;
    checking->answer = receipt_answer_malformed;
    if (hash == NULL)
        return ERR_OK;
    TRY(db_integer(db, &sql_receipt_is_counted,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("poll", checking->scene.poll.id),
                        BIND_TEXT("receipt_hash", hash)),
                   &counted));
    checking->answer = counted > 0 ? receipt_answer_counted : receipt_answer_not_counted;
    return ERR_OK;
}

static enum error check_answer(struct request *rq, struct reply *rp) {
    const struct receipt_code_form *form = rq->form;
    const struct checking *checking = rq->work;
    const bool sealed =
        checking->scene.phase == poll_phase_sealed || checking->scene.phase == poll_phase_published;
    return reply_check(rq, rp, &checking->scene, sealed ? checking->answer : receipt_answer_unasked,
                       form->code);
}

/* ---- GET /polls/:id/receipts/file ---- */

static enum error write_line(void *context, const void *row) {
    const struct receipt_row *receipt = row;
    return fprintf(context, "%s\n", receipt->receipt_hash) > 0 ? ERR_OK : ERR_UNAVAILABLE;
}

static enum error write_file(struct request *rq, int64_t poll, FILE *file) {
    TRY(receipts_each(rq->db, rq->arena, rq->tenant, poll, write_line, file));
    return fflush(file) == 0 ? ERR_OK : ERR_UNAVAILABLE;
}

static enum error show_file(struct request *rq, struct reply *rp) {
    struct poll_scene scene = {0};
    char *path = arena_copy_text(rq->arena, "/tmp/radslag-receipts.XXXXXX");
    TRY(poll_scene_find(rq, &scene));
    if (scene.phase != poll_phase_sealed && scene.phase != poll_phase_published)
        return ERR_NOT_FOUND;
    const int opened = mkostemp(path, O_CLOEXEC);
    FILE *file = opened < 0 ? NULL : fdopen(opened, "w");
    if (file == NULL)
        return ERR_UNAVAILABLE;
    const enum error error = write_file(rq, scene.poll.id, file);
    (void)fclose(file);
    if (error != ERR_OK) {
        (void)unlink(path);
        return error;
    }
    return reply_file(rq, rp, "text/plain; charset=utf-8", path,
                      arena_format(rq->arena, "kvittenser-%lld.txt", (long long)scene.poll.id),
                      true);
}

static const struct route_page receipt_pages[] = {{&secret_missing_shape, "ballots/secret_missing"},
                                                  {NULL, NULL}};
static const struct route_page check_pages[] = {{&receipts_view_shape, "ballots/receipts"},
                                                {NULL, NULL}};

const struct route receipt_routes[] = {
    ROUTE_GET("/polls/:id/receipt", show_receipt, .right = RIGHT_vote, .view = &receipt_view_shape,
              .template = "ballots/receipt", .also = receipt_pages,
              .doc = "The visitor's own receipt, from the first press until sealing."),
    ROUTE_POST("/polls/:id/reminder", remind_act, .right = RIGHT_vote, .form = &remind_form_form,
               .form_page = "/polls/:id/receipt",
               .doc = "Says whether one wants to be reminded while not having voted."),
    ROUTE_GET("/polls/:id/receipts", show_receipts, .right = RIGHT_ANYONE,
              .form = &receipt_code_form_form, .view = &receipts_view_shape,
              .template = "ballots/receipts", .also = check_pages, .crumb = "receipts.crumb",
              .doc = "Whether a ballot with a receipt was counted; who voted, by count."),
    ROUTE_POST("/polls/:id/receipts", check_act, .right = RIGHT_ANYONE,
               .form = &receipt_code_form_form, .prepare = check_prepare, .answer = check_answer,
               .also = check_pages, .is_repeatable = true,
               .doc = "Looks for the receipt that was typed."),
    ROUTE_GET("/polls/:id/receipts/file", show_file, .right = RIGHT_ANYONE,
              .doc = "Digests of the receipts of all counted ballots, as text, in rising order."),
    {.path = NULL},
};
