/* /budgets/:slug/rules and /lock: the rules in plain words, and the two persons who lock them (A4,
 * PB-17). */
#include <string.h>

#include "budgets/campaigns/views.h"
#include "platform/base/text.h"

/* ---- GET /budgets/:slug/rules ---- */

static bool is_locked(const struct campaign_whole *whole) {
    return whole->poll.id != 0 && whole->poll.state != poll_state_draft;
}

static enum error acts_fill(struct request *rq, int64_t poll, struct rule_act_list *ret_acts) {
    struct poll_request_list requests = {0};
    TRY(poll_requests_find(rq->db, rq->arena, rq->tenant, poll, &requests));
    struct rule_act *at = ARENA_ARRAY(rq->arena, requests.count + 1, struct rule_act);
    size_t count = 0;
    for (size_t i = 0; i < requests.count; i++) {
        const struct poll_request *request = &requests.at[i];
        if (request->answer == NULL || strcmp(request->answer, "confirmed") != 0)
            continue;
        at[count++] = (struct rule_act){
            request->act,           request->asked_at, request->asked_name, request->answered_at,
            request->answered_name, request->reason,   request->closes_at};
    }
    *ret_acts = (struct rule_act_list){at, count};
    return ERR_OK;
}

static enum error locked_fill(struct request *rq, const struct campaign_whole *whole,
                              struct rules_view *view) {
    const struct poll *poll = &whole->poll;
    struct poll_paper paper = {0};
    if (!is_locked(whole))
        return ERR_OK;
    TRY(poll_paper_find(rq->db, rq->arena, rq->tenant, poll->id, &paper));
    view->is_locked = true;
    view->options = paper.options;
    view->rules_hash = poll->rules_hash;
    view->lot_hash = poll->lot_hash;
    view->locked_at = poll->locked_at;
    view->file = url_own(campaign_part(rq->arena, &whole->campaign, "rules/file"));
    return acts_fill(rq, poll->id, &view->acts);
}

static enum error find_shown(struct request *rq, struct campaign_whole *ret_campaign) {
    struct campaign_whole whole = {0};
    TRY(campaign_by_slug(rq->db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now, &whole));
    TRY(campaign_admit(rq, &whole));
    *ret_campaign = whole;
    return ERR_OK;
}

static enum error show_rules(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    TRY(find_shown(rq, &whole));
    struct rules_view view = {
        .title = whole.campaign.title,
        .address = campaign_address(rq->arena, &whole.campaign),
        .process = ARENA_NEW(rq->arena, struct process_view),
        .example_sum = EXAMPLE_SUM,
        .pots = whole.pots,
        .locked_at = INSTANT_NONE,
    };
    TRY(campaign_process(rq, &whole, view.process));
    TRY(campaign_rules_say(rq, &whole, &view.sentences, &view.example));
    TRY(locked_fill(rq, &whole, &view));
    if (whole.campaign.page_state == page_state_published)
        reply_may_cache(rp, campaign_next_change(&whole.dates, rq->now));
    return reply_view(rq, rp, &view);
}

/* Exactly the bytes whose digest is the fingerprint. */
static enum error show_file(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    TRY(find_shown(rq, &whole));
    if (!is_locked(&whole))
        return ERR_NOT_FOUND;
    return reply_bytes(rq, rp, "application/json", whole.poll.rules, strlen(whole.poll.rules),
                       arena_format(rq->arena, "%s-rules.json", whole.campaign.slug));
}

/* ---- GET /budgets/:slug/lock ---- */

static bool holds(const struct visitor *visitor, enum role role) {
    return (visitor->roles & role_bit(role)) != 0 &&
           may(visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES;
}

/* The request that waits; NULL when none does. */
static enum error find_waiting(struct db *db, struct request *rq, int64_t poll,
                               const struct poll_request **ret_waiting) {
    struct poll_request_list requests = {0};
    *ret_waiting = NULL;
    if (poll == 0)
        return ERR_OK;
    TRY(poll_requests_find(db, rq->arena, rq->tenant, poll, &requests));
    for (size_t i = 0; i < requests.count && *ret_waiting == NULL; i++)
        if (requests.at[i].act == poll_act_lock && requests.at[i].answer == NULL)
            *ret_waiting = &requests.at[i];
    return ERR_OK;
}

/* The rules that were asked for, as they stand now: the second person reads the same digest. */
static enum error waiting_fill(struct request *rq, const struct campaign_whole *whole,
                               const struct poll_request *waiting, struct lock_view *view) {
    struct poll_paper paper = {0};
    const char *rules = NULL;
    if (waiting == NULL)
        return ERR_OK;
    TRY(poll_paper_find(rq->db, rq->arena, rq->tenant, whole->poll.id, &paper));
    campaign_rules_of_paper(rq->arena, &whole->campaign, &paper, &rules, &view->rules_hash);
    view->options = paper.options;
    view->asked_name = waiting->asked_name;
    view->asked_at = waiting->asked_at;
    view->has_changed = strcmp(view->rules_hash, waiting->subject_hash) != 0;
    view->may_confirm = holds(rq->visitor, ROLE_case_officer) && !view->has_changed &&
                        waiting->asked_by != rq->visitor->account;
    view->may_refuse =
        holds(rq->visitor, ROLE_case_officer) || holds(rq->visitor, ROLE_process_lead);
    return ERR_OK;
}

static enum error show_lock(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    const struct poll_request *waiting = NULL;
    struct example_row_list example = {0};
    size_t missing = 0;
    TRY(campaign_find_staff(rq->db, rq, &whole));
    struct lock_view view = {
        .title = whole.campaign.title,
        .slug = whole.campaign.slug,
        .back = url_own(campaign_part(rq->arena, &whole.campaign, "manage")),
        .is_locked = is_locked(&whole),
        .pots = whole.pots,
        .asked_at = INSTANT_NONE,
    };
    TRY(campaign_rules_say(rq, &whole, &view.sentences, &example));
    if (!view.is_locked) {
        TRY(campaign_checks_lock(rq->db, rq, &whole, &view.checks, &missing));
        TRY(find_waiting(rq->db, rq, whole.poll.id, &waiting));
        TRY(waiting_fill(rq, &whole, waiting, &view));
    }
    view.missing = (int64_t)missing;
    view.may_ask =
        holds(rq->visitor, ROLE_process_lead) && missing == 0 && waiting == NULL && !view.is_locked;
    return reply_view(rq, rp, &view);
}

/* ---- the first person ---- */

static enum error refuse(struct request *rq, const char *why) {
    form_refuse(rq->arena, &rq->errors, &lock_form_form, NULL, why);
    return ERR_INVALID;
}

static void lead_back(struct request *rq, const struct campaign_whole *whole, const char *flash) {
    rq->outcome = (struct outcome){200, campaign_part(rq->arena, &whole->campaign, "lock"), flash};
}

static enum error ask_act(struct request *rq, struct db *db) {
    struct campaign_whole whole = {0};
    struct check_view_list checks = {0};
    const char *rules = NULL, *hash = NULL;
    int64_t poll = 0;
    size_t missing = 0;
    TRY(campaign_find_staff(db, rq, &whole));
    if (!holds(rq->visitor, ROLE_process_lead))
        return ERR_FORBIDDEN;
    if (is_locked(&whole))
        return refuse(rq, "campaign_setup.locked");
    TRY(campaign_checks_lock(db, rq, &whole, &checks, &missing));
    if (missing > 0)
        return refuse(rq, "campaign_lock.missing");
    TRY(campaign_poll_put(db, rq, whole.campaign.page, &poll));
    TRY(poll_find(db, rq->arena, rq->tenant, poll, &whole.poll));
    TRY(campaign_rules_write(db, rq->arena, rq->tenant, &whole, &rules, &hash));
    const enum error error =
        poll_ask(db, rq, poll, poll_act_lock, hash, INSTANT_NONE, whole.campaign.title);
    if (error == ERR_CONFLICT)
        return refuse(rq, "campaign_lock.waits_already");
    TRY(error);
    lead_back(rq, &whole, "campaign_lock.asked");
    return ERR_OK;
}

/* ---- the second person ---- */

struct confirm_work {
    int64_t poll;
    struct poll_secret secret;
};

/* The secret is drawn and on disk before anything refers to it. */
static enum error confirm_prepare(struct request *rq) {
    struct campaign_whole whole = {0};
    struct confirm_work *work = ARENA_NEW(rq->arena, struct confirm_work);
    TRY(campaign_find_staff(rq->db, rq, &whole));
    if (!holds(rq->visitor, ROLE_case_officer))
        return ERR_FORBIDDEN;
    if (whole.poll.id == 0 || is_locked(&whole))
        return refuse(rq, whole.poll.id == 0 ? "campaign_lock.not_asked" : "campaign_setup.locked");
    work->poll = whole.poll.id;
    TRY(poll_secret_make(rq->arena, rq->tenant, work->poll, &work->secret));
    rq->work = work;
    return ERR_OK;
}

static enum error confirm_act(struct request *rq, struct db *db) {
    const struct confirm_work *work = rq->work;
    const struct lock_form *form = rq->form;
    struct campaign_whole whole = {0};
    const struct poll_request *waiting = NULL;
    const char *rules = NULL, *hash = NULL;
    TRY(campaign_find_staff(db, rq, &whole));
    TRY(find_waiting(db, rq, work->poll, &waiting));
    if (waiting == NULL)
        return refuse(rq, "campaign_lock.not_asked");
    if (waiting->asked_by == rq->visitor->account)
        return refuse(rq, "campaign_lock.same_person");
    TRY(campaign_rules_write(db, rq->arena, rq->tenant, &whole, &rules, &hash));
    if (strcmp(hash, form->rules_hash) != 0 || strcmp(hash, waiting->subject_hash) != 0)
        return refuse(rq, "campaign_lock.changed");
    TRY(poll_lock(db, rq, work->poll, rules, &work->secret));
    rq->outcome = (struct outcome){200, campaign_part(rq->arena, &whole.campaign, "rules"),
                                   "campaign_lock.locked"};
    return ERR_OK;
}

static enum error refuse_act(struct request *rq, struct db *db) {
    struct campaign_whole whole = {0};
    TRY(campaign_find_staff(db, rq, &whole));
    if (!holds(rq->visitor, ROLE_case_officer) && !holds(rq->visitor, ROLE_process_lead))
        return ERR_FORBIDDEN;
    TRY(poll_refuse(db, rq, whole.poll.id, poll_act_lock));
    lead_back(rq, &whole, "campaign_lock.refused");
    return ERR_OK;
}

const struct route campaign_lock_routes[] = {
    ROUTE_GET("/budgets/:slug/rules", show_rules, .right = RIGHT_ANYONE, .view = &rules_view_shape,
              .template = "budgets/campaigns/rules", .crumb = "campaign_rules.crumb",
              .doc = "The rules of a round in plain words, with their fingerprint when locked."),
    ROUTE_GET("/budgets/:slug/rules/file", show_file, .right = RIGHT_ANYONE,
              .doc = "The locked rules: the bytes whose SHA-256 is the fingerprint."),
    ROUTE_GET("/budgets/:slug/lock", show_lock, .right = RIGHT_lock_and_attest,
              .form = &lock_form_form, .view = &lock_view_shape,
              .template = "budgets/campaigns/lock",
              .doc = "What is missing before the rules are locked, and who has pressed."),
    ROUTE_POST("/budgets/:slug/lock", ask_act, .right = RIGHT_lock_and_attest,
               .doc = "The first person asks for the rules to be locked as they stand."),
    ROUTE_POST("/budgets/:slug/lock/confirm", confirm_act, .right = RIGHT_lock_and_attest,
               .form = &lock_form_form, .prepare = confirm_prepare,
               .form_page = "/budgets/:slug/lock",
               .doc = "The second person locks exactly the rules that were read."),
    ROUTE_POST("/budgets/:slug/lock/refuse", refuse_act, .right = RIGHT_lock_and_attest,
               .form_page = "/budgets/:slug/lock",
               .doc = "Takes back or says no to what was asked for."),
    {.path = NULL},
};
