/* What every page of a poll begins with. */
#include "ballots/inside.h"

static bool is_shown(const struct request *rq, const struct poll_scene *scene) {
    const bool is_known = scene->phase != poll_phase_draft ||
                          may(rq->visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES;
    return is_known && page_permit(rq->visitor, rq->tenant, &scene->round).sees;
}

enum error poll_scene_find(struct request *rq, struct poll_scene *ret_scene) {
    struct poll_scene scene = {0};
    TRY(poll_find(rq->db, rq->arena, rq->tenant, path_id(rq, "id"), &scene.poll));
    TRY(page_find(rq->db, rq->arena, rq->tenant, scene.poll.page, &scene.round));
    scene.phase = poll_phase_at(&scene.poll, rq->now);
    if (!is_shown(rq, &scene))
        return ERR_NOT_FOUND;
    scene.round_address = page_address(rq->arena, &scene.round);
    scene.leads = poll_first_may(rq) == ERR_OK;
    scene.confirms = poll_second_may(rq) == ERR_OK;
    *ret_scene = scene;
    return ERR_OK;
}

enum error reply_secret_missing(struct request *rq, struct reply *rp,
                                const struct poll_scene *scene) {
    const struct secret_missing view = {
        .poll = scene->poll.id, .round = scene->round.title, .round_address = scene->round_address};
    return reply_view_as(rq, rp, error_status(ERR_UNAVAILABLE), &secret_missing_shape, &view,
                         "ballots/secret_missing");
}

int poll_shuffle_of(const struct request *rq, const struct poll *poll) {
    const char *who = rq->visitor->account != 0
                          ? arena_format(rq->arena, "%lld", (long long)rq->visitor->account)
                          : rq->id;
    const char *hash =
        text_hash(rq->arena, arena_format(rq->arena, "%lld %s", (long long)poll->id, who));
    return (int)(strtol(arena_copy_span(rq->arena, hash, 4), NULL, 16) % SHUFFLES);
}

/* ---- when it was saved ---- */

static const char saved_cookie[] = "ballot";

int64_t ballot_saved_at(const struct request *rq, int64_t poll) {
    const char *value = request_cookie(rq, saved_cookie);
    char *end = NULL;
    if (value == NULL || strtoll(value, &end, 10) != poll || *end != '.')
        return INSTANT_NONE;
    const int64_t seconds = strtoll(end + 1, NULL, 10);
    const int64_t now = rq->now / SECONDS(1);
    return seconds <= now && seconds > now - 3600 ? SECONDS(seconds) : INSTANT_NONE;
}

void ballot_saved_note(struct request *rq, struct reply *rp, int64_t poll) {
    reply_cookie(
        rq, rp, saved_cookie,
        arena_format(rq->arena, "%lld.%lld", (long long)poll, (long long)(rq->now / SECONDS(1))),
        3600);
}
