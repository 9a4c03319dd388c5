/* /budgets/:slug/count and /decide: counting as a step (PB-20), two persons, and what the body says
 * of each row (PB-18). */
#include <string.h>

#include "budgets/results/views.h"
#include "platform/base/text.h"

static enum error find_round(struct db *db, struct request *rq,
                             struct campaign_whole *ret_campaign) {
    struct campaign_whole campaign = {0};
    TRY(campaign_by_slug(db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now, &campaign));
    TRY(campaign_admit(rq, &campaign));
    *ret_campaign = campaign;
    return ERR_OK;
}

/* The last count; version 0 when there is none. */
static enum error find_last(struct db *db, struct request *rq, int64_t campaign,
                            struct result_head *ret_head) {
    struct result_head head = {
        .counted_at = INSTANT_NONE, .attested_at = INSTANT_NONE, .publish_at = INSTANT_NONE};
    const enum error error = result_latest(db, rq->arena, rq->tenant, campaign, &head);
    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *ret_head = head;
    return ERR_OK;
}

static bool holds(const struct visitor *visitor, enum role role) {
    return (visitor->roles & role_bit(role)) != 0 &&
           may(visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES;
}

static void lead_to(struct request *rq, const struct campaign_whole *campaign, const char *part,
                    const char *flash) {
    rq->outcome = (struct outcome){200, result_part(rq->arena, &campaign->campaign, part), flash};
}

static enum error refuse(struct request *rq, const struct form *form, const char *field,
                         const char *word) {
    form_refuse(rq->arena, &rq->errors, form, field, word);
    return ERR_INVALID;
}

/* ---- GET /budgets/:slug/count ---- */

static void may_fill(const struct request *rq, const struct result_head *head,
                     const struct poll_request *asked, struct count_view *view) {
    const struct visitor *visitor = rq->visitor;
    const struct result_facts facts = result_facts_of(head, asked);
    const bool is_preliminary = head->version > 0 && head->state == result_state_preliminary;
    view->is_public = head->version > 0 && result_is_public(&facts, rq->now);
    view->may_count = view->is_sealed && result_sees_all(rq) && asked == NULL &&
                      (head->version == 0 || head->state != result_state_decided);
    view->may_ask = is_preliminary && asked == NULL && holds(visitor, ROLE_process_lead);
    view->may_attest = is_preliminary && holds(visitor, ROLE_case_officer) &&
                       result_may_attest(&facts, visitor->account);
    view->may_refuse = is_preliminary && asked != NULL && result_sees_all(rq);
}

static enum error show_count(struct request *rq, struct reply *rp) {
    struct campaign_whole campaign = {0};
    struct result_head head = {0};
    struct poll_turnout turnout = {0};
    const struct poll_request *asked = NULL;
    TRY(find_round(rq->db, rq, &campaign));
    TRY(find_last(rq->db, rq, campaign.campaign.page, &head));
    const bool is_sealed = campaign.poll.id != 0 && campaign.poll.state >= poll_state_sealed;
    if (is_sealed) {
        TRY(poll_turnout_find(rq->db, rq->arena, rq->tenant, campaign.poll.id, &turnout));
        TRY(result_asked(rq->db, rq->arena, rq->tenant, campaign.poll.id, &asked));
    }
    struct count_view view = {
        .title = campaign.campaign.title,
        .slug = campaign.campaign.slug,
        .round_address = url_own(result_part(rq->arena, &campaign.campaign, "manage")),
        .poll_address = {campaign.poll.id == 0 ? NULL
                                               : arena_format(rq->arena, "/polls/%lld/staff",
                                                              (long long)campaign.poll.id)},
        .is_sealed = is_sealed,
        .late_until = campaign.campaign.late_until,
        .version = head.version,
        .state = head.state,
        .counted_name = head.counted_name,
        .counted_at = head.counted_at,
        .document_hash = head.document_hash,
        .result = url_own(result_part(rq->arena, &campaign.campaign, "result")),
        .voters = turnout.voters,
        .asked_name = asked == NULL ? NULL : asked->asked_name,
        .asked_at = asked == NULL ? INSTANT_NONE : asked->asked_at,
        .publish_at = head.publish_at,
        .attested_name = head.attested_name,
        .attested_at = head.attested_at,
    };
    may_fill(rq, &head, asked, &view);
    struct attest_form *values = ARENA_NEW(rq->arena, struct attest_form);
    *values = (struct attest_form){instant_day_start(rq->now, 1), 10 * 60};
    rq->values = values;
    return reply_view(rq, rp, &view);
}

/* ---- POST /budgets/:slug/count ---- */

struct count_work {
    int64_t before; /* version that was the last */
    struct result_counted counted;
};

/* The ballots of a city are read and counted here, from a reader's snapshot. What was counted
 * cannot change afterwards: the poll is sealed. */
static enum error count_prepare(struct request *rq) {
    struct campaign_whole campaign = {0};
    struct result_head head = {0};
    struct count_work *work = ARENA_NEW(rq->arena, struct count_work);
    if (!result_sees_all(rq))
        return ERR_FORBIDDEN;
    TRY(find_round(rq->db, rq, &campaign));
    TRY(find_last(rq->db, rq, campaign.campaign.page, &head));
    if (campaign.poll.id == 0 || campaign.poll.state < poll_state_sealed)
        return refuse(rq, &attest_form_form, NULL, "count.not_sealed");
    if (head.version > 0 && head.state == result_state_decided)
        return refuse(rq, &attest_form_form, NULL, "count.decided");
    work->before = head.version;
    rq->work = work;
    return result_count_apart(rq->db, rq, &campaign, &work->counted);
}

static enum error count_act(struct request *rq, struct db *db) {
    const struct count_work *work = rq->work;
    struct campaign_whole campaign = {0};
    const struct poll_request *asked = NULL;
    TRY(find_round(db, rq, &campaign));
    TRY(result_asked(db, rq->arena, rq->tenant, campaign.poll.id, &asked));
    if (asked != NULL)
        return refuse(rq, &attest_form_form, NULL, "count.waits");
    TRY(result_write(db, rq, &campaign, work->before, &work->counted));
    lead_to(rq, &campaign, "count", "count.counted_now");
    return ERR_OK;
}

/* ---- two persons ---- */

static enum error find_counted(struct db *db, struct request *rq, struct campaign_whole *campaign,
                               struct result_head *head) {
    TRY(find_round(db, rq, campaign));
    TRY(find_last(db, rq, campaign->campaign.page, head));
    return head->version == 0 ? ERR_CONFLICT : ERR_OK;
}

static enum error ask_act(struct request *rq, struct db *db) {
    const struct attest_form *form = rq->form;
    struct campaign_whole campaign = {0};
    struct result_head head = {0};
    TRY(find_counted(db, rq, &campaign, &head));
    struct civil minute = civil_from_instant(form->publish_on);
    minute.hour = form->publish_clock / 60;
    minute.minute = form->publish_clock % 60;
    const int64_t publish_at = instant_from_civil(minute);
    if (publish_at <= rq->now)
        return refuse(rq, &attest_form_form, "publish_on", "count.minute_past");
    TRY(result_attest_ask(db, rq, &campaign, &head, publish_at));
    lead_to(rq, &campaign, "count", "count.asked");
    return ERR_OK;
}

static enum error confirm_act(struct request *rq, struct db *db) {
    const struct confirm_form *form = rq->form;
    struct campaign_whole campaign = {0};
    struct result_head head = {0};
    TRY(find_counted(db, rq, &campaign, &head));
    if (strcmp(form->document_hash, head.document_hash) != 0)
        return ERR_CONFLICT;
    TRY(result_attest(db, rq, &campaign, &head));
    lead_to(rq, &campaign, "count", "count.attested");
    return ERR_OK;
}

static enum error refuse_act(struct request *rq, struct db *db) {
    struct campaign_whole campaign = {0};
    TRY(find_round(db, rq, &campaign));
    if (!result_sees_all(rq))
        return ERR_FORBIDDEN;
    TRY(poll_refuse(db, rq, campaign.poll.id, poll_act_attest));
    lead_to(rq, &campaign, "count", "count.refused");
    return ERR_OK;
}

/* ---- /budgets/:slug/decide ---- */

static bool is_marked(const struct decide_form *typed, const struct result_line *line) {
    if (typed == NULL)
        return line->has_decided && line->decided != line->selected;
    for (size_t i = 0; i < typed->options.count; i++)
        if (typed->options.at[i] == line->option)
            return true;
    return false;
}

static enum error rows_fill(struct request *rq, int64_t campaign, int64_t version,
                            struct decide_row_list *ret_rows) {
    struct result_line_list lines = {0};
    const struct decide_form *typed = rq->method == METHOD_POST ? rq->form : NULL;
    size_t count = 0;
    TRY(result_lines_find(rq->db, rq->arena, rq->tenant, campaign, version, &lines));
    struct decide_row *at = ARENA_ARRAY(rq->arena, lines.count + 1, struct decide_row);
    for (int selected = 1; selected >= 0; selected--)
        for (size_t i = 0; i < lines.count; i++) {
            const struct result_line *line = &lines.at[i];
            if (line->selected == (selected == 1))
                at[count++] =
                    (struct decide_row){line->option, line->title,    line->votes,
                                        line->cost,   line->selected, is_marked(typed, line)};
        }
    *ret_rows = (struct decide_row_list){at, count};
    return ERR_OK;
}

static enum error show_decide(struct request *rq, struct reply *rp) {
    struct campaign_whole campaign = {0};
    struct result_head head = {0};
    TRY(find_round(rq->db, rq, &campaign));
    TRY(find_last(rq->db, rq, campaign.campaign.page, &head));
    const struct result_facts facts = result_facts_of(&head, NULL);
    struct decide_view view = {
        .title = campaign.campaign.title,
        .slug = campaign.campaign.slug,
        .result = url_own(result_part(rq->arena, &campaign.campaign, "result")),
        .may_decide = head.version > 0 && result_may_decide(&facts, rq->now),
        .is_decided = head.version > 0 && head.state == result_state_decided,
    };
    struct decide_form *values = ARENA_NEW(rq->arena, struct decide_form);
    values->departure = head.departure;
    rq->values = values;
    if (view.may_decide)
        TRY(rows_fill(rq, campaign.campaign.page, head.version, &view.rows));
    return reply_view(rq, rp, &view);
}

static enum error decide_act(struct request *rq, struct db *db) {
    const struct decide_form *form = rq->form;
    struct campaign_whole campaign = {0};
    struct result_head head = {0};
    TRY(require(rq->visitor, RIGHT_record_decision, NULL, PERMISSION_DOES));
    TRY(find_counted(db, rq, &campaign, &head));
    if (form->options.count > 0 && form->departure == NULL)
        return refuse(rq, &decide_form_form, "departure", "result.reason_wanted");
    TRY(result_decision_prepare(db, rq, &campaign, &head, &form->options, form->departure));
    rq->outcome = (struct outcome){200,
                                   arena_format(rq->arena, "/pages/%lld/decisions/new?kind=result",
                                                (long long)campaign.campaign.page),
                                   "result.said"};
    return ERR_OK;
}

const struct route count_routes[] = {
    ROUTE_GET("/budgets/:slug/count", show_count, .right = RIGHT_lock_and_attest,
              .form = &attest_form_form, .view = &count_view_shape,
              .template = "budgets/results/count", .crumb = "count.crumb",
              .doc = "Counting: how far it has come, and who has pressed."),
    ROUTE_POST("/budgets/:slug/count", count_act, .right = RIGHT_lock_and_attest,
               .prepare = count_prepare, .is_slow = true,
               .doc = "Counts the sealed ballots; again = a new version."),
    ROUTE_POST("/budgets/:slug/count/ask", ask_act, .right = RIGHT_lock_and_attest,
               .form = &attest_form_form, .form_page = "/budgets/:slug/count",
               .doc = "The first person asks for the count to be attested, and sets the minute."),
    ROUTE_POST("/budgets/:slug/count/confirm", confirm_act, .right = RIGHT_lock_and_attest,
               .form = &confirm_form_form, .form_page = "/budgets/:slug/count",
               .doc = "The second person attests exactly the count that was read."),
    ROUTE_POST("/budgets/:slug/count/refuse", refuse_act, .right = RIGHT_lock_and_attest,
               .form_page = "/budgets/:slug/count",
               .doc = "Takes back or says no to what was asked for."),
    {.path = NULL},
};

const struct route decide_routes[] = {
    ROUTE_GET("/budgets/:slug/decide", show_decide, .right = RIGHT_record_decision,
              .form = &decide_form_form, .view = &decide_view_shape,
              .template = "budgets/results/decide",
              .doc = "Asks whether the body follows the vote, proposal by proposal."),
    ROUTE_POST("/budgets/:slug/decide", decide_act, .right = RIGHT_record_decision,
               .form = &decide_form_form,
               .doc = "Enters where the body departs from the vote, and why."),
    {.path = NULL},
};
