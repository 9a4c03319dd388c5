/* /budgets/:slug/result: what came out, why, and how anybody can count it again. */
#include <string.h>

#include "budgets/results/views.h"
#include "platform/base/text.h"

/* ---- which count is shown ---- */

struct scene {
    struct campaign_whole campaign;
    struct result_head head, latest;
    struct result_line_list lines;
    bool is_public;
};

/* Readers see the last that is public; who counts and attests sees the last one (PB-9). */
static enum error head_find(struct request *rq, struct scene *scene) {
    const int64_t page = scene->campaign.campaign.page;
    enum error error = result_latest(rq->db, rq->arena, rq->tenant, page, &scene->latest);
    TRY(error);
    const struct result_facts facts = result_facts_of(&scene->latest, NULL);
    scene->head = scene->latest;
    scene->is_public = result_is_public(&facts, rq->now);
    if (scene->is_public || (result_sees_all(rq) && !query_has(rq, "public")))
        return ERR_OK;
    TRY(result_public(rq->db, rq->arena, rq->tenant, page, rq->now, &scene->head));
    scene->is_public = true;
    return ERR_OK;
}

static enum error scene_find(struct request *rq, struct scene *scene) {
    TRY(campaign_by_slug(rq->db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now,
                         &scene->campaign));
    TRY(campaign_admit(rq, &scene->campaign));
    TRY(head_find(rq, scene));
    return result_lines_find(rq->db, rq->arena, rq->tenant, scene->campaign.campaign.page,
                             scene->head.version, &scene->lines);
}

/* ---- pots ---- */

static void pots_fill(const struct request *rq, const struct scene *scene,
                      struct result_view *view) {
    const struct campaign_pot_list *pots = &scene->campaign.pots;
    const struct result_line_list *lines = &scene->lines;
    struct pot_result_view *at = ARENA_ARRAY(rq->arena, pots->count + 1, struct pot_result_view);
    for (size_t i = 0; i < pots->count; i++) {
        size_t first = 0, end = 0;
        while (first < lines->count && lines->at[first].pot != pots->at[i].pot)
            first++;
        for (end = first; end < lines->count && lines->at[end].pot == pots->at[i].pot;)
            end++;
        pot_result_fill(rq, &scene->campaign, &pots->at[i], lines->at + first, end - first,
                        query_has(rq, "all"), &at[i]);
        view->sum += pots->at[i].sum;
    }
    view->pots = (struct pot_result_view_list){at, pots->count};
}

static void numbers_fill(const struct request *rq, const struct scene *scene,
                         struct result_view *view) {
    const struct result_line_list *lines = &scene->lines;
    struct result_row_view *departed =
        ARENA_ARRAY(rq->arena, lines->count + 1, struct result_row_view);
    const bool is_decided = scene->head.state == result_state_decided;
    view->count = (int64_t)lines->count;
    for (size_t i = 0; i < lines->count; i++) {
        struct result_line *line = &lines->at[i];
        if (!is_decided)
            line->decided = line->selected; /* what is being prepared is nobody's to know */
        view->selected += line->selected;
        view->receiving += line->decided;
        view->spent += line->decided ? line->cost : 0;
        if (line->decided != line->selected)
            departed[view->departed.count++] = result_row_of(rq->arena, line, 0);
    }
    view->departed.at = departed;
}

/* ---- sentences ---- */

/* "4 är klara, 3 byggs": how far the projects have come. */
static const char *projects_say(const struct request *rq, const struct result_line_list *lines) {
    static const int order[] = {project_state_opened,  project_state_done,
                                project_state_ongoing, project_state_delayed,
                                project_state_decided, project_state_dropped};
    const char *said = NULL;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        int64_t count = 0;
        for (size_t j = 0; j < lines->count; j++)
            count += lines->at[j].has_project && lines->at[j].project_state == order[i];
        if (count == 0)
            continue;
        const char *key = arena_format(rq->arena, "result.projects_%s",
                                       choice_code(&project_state_choices, order[i]));
        const char *part = result_say(rq, key, count, (struct result_saying){.count = count});
        said = said == NULL ? part : arena_format(rq->arena, "%s, %s", said, part);
    }
    return said;
}

static enum error decision_fill(struct request *rq, const struct scene *scene,
                                struct result_view *view) {
    struct decision decision = {0};
    if (scene->head.decision == 0)
        return ERR_OK;
    TRY(decision_by_id(rq->db, rq->arena, rq->tenant, scene->head.decision, &decision));
    view->decision = result_say(
        rq, view->departed.count > 0 ? "result.decided_otherwise" : "result.decided_so", -1,
        (struct result_saying){
            .title = decision.body, .item = decision.item, .at = decision.decided_on});
    view->decision_address = decision_address(rq->arena, decision.id);
    view->departure = view->departed.count > 0 ? scene->head.departure : NULL;
    return ERR_OK;
}

static void rules_fill(const struct request *rq, const struct campaign *campaign,
                       struct result_view *view) {
    enum { SENTENCES = 4 };
    struct result_sentence *at = ARENA_ARRAY(rq->arena, SENTENCES, struct result_sentence);
    size_t count = 0;
    const struct result_saying saying = {.count = campaign->least_votes};
    at[count++].text = word(rq->language, campaign->satisfaction == campaign_satisfaction_cost
                                              ? "result.rule_cost"
                                              : "result.rule_cardinality");
    at[count++].text =
        word(rq->language, campaign->allocation == campaign_allocation_stop ? "result.rule_stop"
                                                                            : "result.rule_skip");
    if (campaign->least_votes > 1)
        at[count++].text = result_say(rq, "result.rule_least", saying.count, saying);
    at[count++].text =
        word(rq->language, arena_format(rq->arena, "result.rule_ties_%s",
                                        choice_code(&campaign_ties_choices, campaign->ties)));
    view->rules = (struct result_sentence_list){at, count};
}

/* ---- who voted, what can be checked ---- */

static enum error turnout_fill(struct request *rq, const struct scene *scene,
                               struct result_view *view) {
    struct poll_turnout turnout = {0};
    TRY(poll_turnout_find(rq->db, rq->arena, rq->tenant, scene->campaign.poll.id, &turnout));
    view->voters = turnout.voters;
    view->blank = turnout.blank;
    view->roll = turnout.roll;
    view->turnout = turnout.roll > 0 ? turnout.voters * 10000 / turnout.roll : 0;
    return ERR_OK;
}

static enum error proof_fill(struct request *rq, const struct scene *scene,
                             struct result_view *view) {
    const struct campaign *campaign = &scene->campaign.campaign;
    const struct poll *poll = &scene->campaign.poll;
    view->by_lot = campaign->ties == campaign_ties_lot && poll->lot_seed != NULL;
    view->lot_hash = poll->lot_hash;
    view->lot_seed = poll->lot_seed;
    view->rules_hash = poll->rules_hash;
    view->locked_at = poll->locked_at;
    view->rules_address = url_own(result_part(rq->arena, campaign, "rules"));
    view->document_hash = scene->head.document_hash;
    view->document_address = url_own(result_part(rq->arena, campaign, "result/file"));
    if (poll->secret_hash != NULL)
        view->receipts =
            url_own(arena_format(rq->arena, "/polls/%lld/receipts", (long long)poll->id));
    view->bundle = scene->is_public ? "bundle.zip" : NULL;
    return files_of_result(rq, &scene->campaign, &view->files);
}

static void staff_fill(struct request *rq, const struct scene *scene, struct result_view *view) {
    const struct campaign *campaign = &scene->campaign.campaign;
    if (result_sees_all(rq)) {
        view->counted_name = scene->head.counted_name;
        view->attested_name = scene->head.attested_name;
        view->count_address = url_own(result_part(rq->arena, campaign, "count"));
    }
    if (scene->head.state == result_state_recommended && scene->is_public &&
        may(rq->visitor, RIGHT_record_decision, NULL) == PERMISSION_DOES)
        view->decide_address = url_own(result_part(rq->arena, campaign, "decide"));
    if (scene->head.state == result_state_decided && result_sees_all(rq))
        view->projects_address = url_own(result_part(rq->arena, campaign, "projects"));
}

/* ---- the page ---- */

static void reader_cache(struct request *rq, struct reply *rp, const struct scene *scene) {
    const int64_t next = scene->latest.publish_at;
    if (scene->is_public && scene->campaign.campaign.page_state == page_state_published)
        reply_may_cache(rp, next != INSTANT_NONE && next > rq->now ? next : INT64_MAX);
}

static enum error show_result(struct request *rq, struct reply *rp) {
    struct scene *scene = ARENA_NEW(rq->arena, struct scene);
    TRY(scene_find(rq, scene));
    const struct campaign *campaign = &scene->campaign.campaign;
    struct result_view view = {
        .round = campaign->title,
        .round_address = campaign_address(rq->arena, campaign),
        .version = scene->head.version,
        .state = scene->head.state == result_state_replaced ? result_state_recommended
                                                            : scene->head.state,
        .is_public = scene->is_public,
        .is_recounted = scene->latest.version != scene->head.version,
        .has_earlier = scene->head.version > 1,
        .publish_at = scene->head.publish_at,
        .least_votes = campaign->least_votes,
        .leftover =
            campaign->leftover != NULL && campaign->leftover[0] != '\0' ? campaign->leftover : NULL,
        .projects = projects_say(rq, &scene->lines),
    };
    numbers_fill(rq, scene, &view);
    pots_fill(rq, scene, &view);
    rules_fill(rq, campaign, &view);
    TRY(decision_fill(rq, scene, &view));
    TRY(turnout_fill(rq, scene, &view));
    TRY(proof_fill(rq, scene, &view));
    staff_fill(rq, scene, &view);
    reader_cache(rq, rp, scene);
    return reply_view(rq, rp, &view);
}

/* Exactly the bytes whose SHA-256 is the fingerprint of the result. */
static enum error show_file(struct request *rq, struct reply *rp) {
    struct scene *scene = ARENA_NEW(rq->arena, struct scene);
    const char *document = NULL;
    TRY(campaign_by_slug(rq->db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now,
                         &scene->campaign));
    TRY(campaign_admit(rq, &scene->campaign));
    TRY(head_find(rq, scene));
    TRY(result_document_find(rq->db, rq->arena, rq->tenant, scene->campaign.campaign.page,
                             scene->head.version, &document));
    return reply_bytes(rq, rp, "application/json", document, strlen(document),
                       arena_format(rq->arena, "%s-result.json", scene->campaign.campaign.slug));
}

const struct route result_routes[] = {
    ROUTE_GET("/budgets/:slug/result", show_result, .right = RIGHT_ANYONE,
              .view = &result_view_shape, .template = "budgets/results/result",
              .crumb = "result.crumb",
              .doc = "The result of a round: who gets money, why, and how it was counted."),
    ROUTE_GET("/budgets/:slug/result/file", show_file, .right = RIGHT_ANYONE,
              .doc = "The result as counted: the bytes whose SHA-256 is its fingerprint."),
    {.path = NULL},
};
