/* /budgets/:slug/manage: what needs attention first, what is missing; and announcing the round. */
#include "budgets/campaigns/views.h"
#include "platform/base/text.h"

enum { ATTENTION_MAX = 6 };

#define SUMMARY_FACTS(F, T)                                                                        \
    F(T, int, count, , "how many")                                                                 \
    F(T, money, sum, , "öre")                                                                      \
    F(T, time, from, , "first day")                                                                \
    F(T, time, last, , "last day")
SHAPE(summary_facts, SUMMARY_FACTS);

static const char *filled(struct request *rq, const char *key, struct summary_facts facts) {
    return word_filled(rq->arena, rq->language, key, -1, &summary_facts_shape, &facts);
}

/* ---- subjects ---- */

static const char *summary_of(struct request *rq, const struct campaign_whole *whole,
                              enum campaign_subject subject) {
    const struct campaign *campaign = &whole->campaign;
    struct summary_facts facts = {.from = INSTANT_NONE, .last = INSTANT_NONE};
    switch (subject) {
    case campaign_subject_about:
        return campaign->lead;
    case campaign_subject_dates:
        if (whole->dates.count == 0)
            return NULL;
        facts.from = whole->dates.at[0].starts_at;
        facts.last = whole->dates.at[whole->dates.count - 1].starts_at;
        return filled(rq, "campaign_manage.dates_sum", facts);
    case campaign_subject_pots:
        for (size_t i = 0; i < whole->pots.count; i++)
            facts.sum += whole->pots.at[i].sum;
        facts.count = (int64_t)whole->pots.count;
        return facts.count == 0 ? NULL : filled(rq, "campaign_manage.pots_sum", facts);
    case campaign_subject_criteria:
        facts.count = (int64_t)whole->criteria.count;
        return facts.count == 0 ? NULL : filled(rq, "campaign_manage.criteria_sum", facts);
    case campaign_subject_rules:
        return word(rq->language,
                    arena_format(rq->arena, "ballot_kind.%s",
                                 choice_code(&ballot_kind_choices, campaign->ballot_kind)));
    }
    return NULL;
}

static void subjects_fill(struct request *rq, const struct campaign_whole *whole,
                          struct manage_view *view) {
    static const char *const parts[] = {"about", "dates", "pots", "criteria", "voting"};
    enum { SUBJECTS = sizeof parts / sizeof parts[0] };
    struct subject_link *at = ARENA_ARRAY(rq->arena, SUBJECTS, struct subject_link);
    for (int i = 0; i < SUBJECTS; i++)
        at[i] = (struct subject_link){
            .subject = i,
            .address = {view->may_edit ? campaign_part(rq->arena, &whole->campaign, parts[i])
                                       : NULL},
            .summary = summary_of(rq, whole, (enum campaign_subject)i),
            .is_fixed = !campaign_may_change(whole->stage, (enum campaign_subject)i),
        };
    view->subjects = (struct subject_link_list){at, SUBJECTS};
}

/* ---- what needs attention ---- */

struct attending {
    struct request *rq;
    const struct campaign_whole *whole;
    struct list_row *at;
    size_t count;
};

/* "5 dagar kvar", "1 dag sen" */
static const char *due_words(struct request *rq, bool late, int days,
                             const struct summary_facts *facts) {
    if (days == 0)
        return word(rq->language, late ? "todo.late_today" : "campaign_manage.today");
    return word_filled(rq->arena, rq->language,
                       late ? "campaign_manage.late" : "campaign_manage.days", facts->count,
                       &summary_facts_shape, facts);
}

/* `due_at`: the first instant too late, INSTANT_NONE = whenever; `address` NULL = not the
 * visitor's to do. */
static void attend(struct attending *attending, int64_t due_at, const char *key, int64_t count,
                   const char *address) {
    struct request *rq = attending->rq;
    struct list_row *row = &attending->at[attending->count++];
    struct summary_facts facts = {.count = count, .from = due_at, .last = INSTANT_NONE};
    *row = (struct list_row){
        .title = word_filled(rq->arena, rq->language, key, count, &summary_facts_shape, &facts),
        .address = {address},
    };
    if (due_at == INSTANT_NONE)
        return;
    facts.last = due_at - 1;
    const int days = civil_days_between(rq->now, facts.last);
    facts.count = days < 0 ? -days : days;
    row->late = rq->now >= due_at;
    row->due = due_words(rq, row->late, days, &facts);
    row->due_note = filled(rq, "campaign_manage.due_day", facts);
}

static int64_t start_of(const struct campaign_whole *whole, enum campaign_step step) {
    const struct campaign_date *date = campaign_date_of(whole, step);
    return date == NULL ? INSTANT_NONE : date->starts_at;
}

static void attend_proposals(struct attending *attending, const struct manage_view *view) {
    const struct campaign_whole *whole = attending->whole;
    const struct campaign_date *assessment = campaign_date_of(whole, campaign_step_assessment);
    const int64_t until = assessment == NULL ? INSTANT_NONE : assessment->ends_at;
    const char *list = campaign_assessment(attending->rq, &whole->campaign);
    if (view->unsettled > 0)
        attend(attending, until, "campaign_manage.assess", view->unsettled, list);
    if (view->not_contacted > 0)
        attend(attending, until, "campaign_manage.contact", view->not_contacted, list);
}

static void attend_result(struct attending *attending, const struct manage_view *view) {
    const struct campaign_whole *whole = attending->whole;
    struct arena *arena = attending->rq->arena;
    const bool counts = may(attending->rq->visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_DOES;
    if (counts &&
        (whole->stage == campaign_stage_counting || whole->stage == campaign_stage_preliminary))
        attend(attending, INSTANT_NONE, "campaign_manage.to_count", 1,
               campaign_part(arena, &whole->campaign, "count"));
    if (view->may_decide && whole->stage == campaign_stage_recommended)
        attend(attending, start_of(whole, campaign_step_decision),
               "campaign_manage.to_decide_result", 1,
               campaign_part(arena, &whole->campaign, "decide"));
    if (counts &&
        (whole->stage == campaign_stage_decided || whole->stage == campaign_stage_carrying_out))
        attend(attending, INSTANT_NONE, "campaign_manage.to_projects", 1,
               campaign_part(arena, &whole->campaign, "projects"));
}

static enum error attention_fill(struct request *rq, const struct campaign_whole *whole,
                                 struct manage_view *view) {
    struct attending attending = {rq, whole, ARENA_ARRAY(rq->arena, ATTENTION_MAX, struct list_row),
                                  0};
    struct arena *arena = rq->arena;
    const char *page = arena_format(arena, "%lld", (long long)whole->campaign.page);
    if (whole->framework == 0 && view->may_decide)
        attend(&attending, start_of(whole, campaign_step_ideas), "campaign_manage.decide", 1,
               arena_format(arena, "/pages/%s/decisions/new?kind=framework", page));
    if (!view->is_announced && view->may_announce)
        attend(&attending, start_of(whole, campaign_step_ideas), "campaign_manage.to_announce", 1,
               campaign_part(arena, &whole->campaign, "announce"));
    attend_proposals(&attending, view);
    if (whole->stage == campaign_stage_assessment ||
        (whole->stage == campaign_stage_ideas && whole->poll.id != 0))
        attend(&attending, start_of(whole, campaign_step_vote), "campaign_manage.to_lock", 1,
               campaign_locking(rq, &whole->campaign));
    attend_result(&attending, view);
    view->attention = (struct list_row_list){attending.at, attending.count};
    return ERR_OK;
}

/* ---- the page ---- */

static enum error decisions_fill(struct request *rq, const struct campaign_whole *whole,
                                 struct manage_view *view) {
    struct decision_list decisions = {0};
    TRY(decisions_find(rq->db, rq->arena, rq->tenant, whole->campaign.page, &decisions));
    struct decision_link *at = ARENA_ARRAY(rq->arena, decisions.count + 1, struct decision_link);
    for (size_t i = 0; i < decisions.count; i++) {
        const struct decision *decision = &decisions.at[i];
        at[i] = (struct decision_link){
            .sentence = arena_format(
                rq->arena, "%s, %s %s",
                word(rq->language,
                     arena_format(rq->arena, "decision_kind.%s",
                                  choice_code(&decision_kind_choices, decision->kind))),
                decision->body, decision->item),
            .address = decision_address(rq->arena, decision->id)};
    }
    view->decisions = (struct decision_link_list){at, decisions.count};
    return ERR_OK;
}

static enum error numbers_fill(struct request *rq, const struct campaign_whole *whole,
                               struct manage_view *view) {
    struct proposals_missing missing = {0};
    if (!view->is_announced)
        return ERR_OK;
    TRY(proposals_missing_find(rq->db, rq->arena, rq->tenant, whole->campaign.page, &missing));
    view->admitted = missing.admitted;
    view->unsettled = missing.unsettled;
    view->not_contacted = missing.not_contacted;
    return ERR_OK;
}

static enum error manage_fill(struct request *rq, const struct campaign_whole *whole,
                              struct manage_view *view) {
    const struct page page = campaign_page(&whole->campaign);
    const struct page_permit permit = page_permit(rq->visitor, rq->tenant, &page);
    size_t missing = 0;
    view->may_edit = permit.edits;
    view->may_announce = permit.publishes && whole->stage < campaign_stage_announced;
    view->may_decide = may(rq->visitor, RIGHT_record_decision, NULL) == PERMISSION_DOES;
    view->process = ARENA_NEW(rq->arena, struct process_view);
    TRY(campaign_process(rq, whole, view->process));
    subjects_fill(rq, whole, view);
    TRY(numbers_fill(rq, whole, view));
    TRY(attention_fill(rq, whole, view));
    if (!view->is_announced)
        TRY(campaign_checks_announce(rq->db, rq, whole, &view->checks, &missing));
    else if (!view->is_locked)
        TRY(campaign_checks_lock(rq->db, rq, whole, &view->checks, &missing));
    return decisions_fill(rq, whole, view);
}

static enum error show_manage(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    TRY(campaign_find_staff(rq->db, rq, &whole));
    struct manage_view view = {
        .page = whole.campaign.page,
        .title = whole.campaign.title,
        .address = campaign_address(rq->arena, &whole.campaign),
        .stage = (int)whole.stage,
        .is_announced = whole.stage >= campaign_stage_announced,
        .is_locked = whole.stage >= campaign_stage_locked,
    };
    TRY(manage_fill(rq, &whole, &view));
    return reply_view(rq, rp, &view);
}

/* ---- announcing (A1) ---- */

static enum error find_to_announce(struct db *db, struct request *rq,
                                   struct campaign_whole *ret_campaign) {
    struct campaign_whole whole = {0};
    TRY(campaign_find_own(db, rq, &whole));
    const struct page page = campaign_page(&whole.campaign);
    if (!page_permit(rq->visitor, rq->tenant, &page).publishes)
        return ERR_FORBIDDEN;
    *ret_campaign = whole;
    return ERR_OK;
}

static enum error show_announce(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    size_t missing = 0;
    TRY(find_to_announce(rq->db, rq, &whole));
    struct announce_view view = {
        .title = whole.campaign.title,
        .back = url_own(campaign_part(rq->arena, &whole.campaign, "manage")),
        .is_announced = whole.stage >= campaign_stage_announced,
    };
    TRY(campaign_checks_announce(rq->db, rq, &whole, &view.checks, &missing));
    view.missing = (int64_t)missing;
    return reply_view(rq, rp, &view);
}

static enum error announce_act(struct request *rq, struct db *db) {
    struct campaign_whole whole = {0};
    struct check_view_list checks = {0};
    struct page page = {0};
    size_t missing = 0;
    TRY(find_to_announce(db, rq, &whole));
    TRY(campaign_checks_announce(db, rq, &whole, &checks, &missing));
    if (whole.stage >= campaign_stage_announced)
        return ERR_CONFLICT;
    if (missing > 0) {
        form_refuse(rq->arena, &rq->errors, &announce_form_form, NULL,
                    whole.framework == 0 ? "campaign_manage.no_framework"
                                         : "campaign_manage.missing");
        return ERR_INVALID;
    }
    TRY(page_find(db, rq->arena, rq->tenant, whole.campaign.page, &page));
    TRY(page_change_state(db, rq, &page, page_state_published, NULL));
    rq->outcome = (struct outcome){200, campaign_address(rq->arena, &whole.campaign).address,
                                   "campaign_manage.announced"};
    return task_done(db, rq->tenant,
                     arena_format(rq->arena, "budget.announce:%lld", (long long)page.id),
                     rq->visitor->account, rq->now);
}

const struct route campaign_manage_routes[] = {
    ROUTE_GET("/budgets/:slug/manage", show_manage, .right = RIGHT_SELF, .view = &manage_view_shape,
              .template = "budgets/campaigns/manage", .crumb = "campaign_manage.crumb",
              .doc = "A round for staff: what needs attention, what is missing."),
    ROUTE_GET("/budgets/:slug/announce", show_announce, .right = RIGHT_publish,
              .form = &announce_form_form, .view = &announce_view_shape,
              .template = "budgets/campaigns/announce",
              .doc = "What must be there before a round is announced."),
    ROUTE_POST("/budgets/:slug/announce", announce_act, .right = RIGHT_publish,
               .form = &announce_form_form,
               .doc = "Makes a round public; refused without a framework decision."),
    {.path = NULL},
};
