/* /budgets/new and the forms of a round: one subject each. */
#include <string.h>

#include "budgets/campaigns/views.h"
#include "records/records.h"

/* ---- shared ---- */

const char *campaign_part(struct arena *arena, const struct campaign *campaign, const char *part) {
    return arena_format(arena, "/budgets/%s/%s", campaign->slug, part);
}

const char *campaign_assessment(const struct request *rq, const struct campaign *campaign) {
    return may(rq->visitor, RIGHT_assess, NULL) == PERMISSION_NONE
               ? NULL
               : campaign_part(rq->arena, campaign, "assessment");
}

const char *campaign_locking(const struct request *rq, const struct campaign *campaign) {
    return may(rq->visitor, RIGHT_lock_and_attest, NULL) == PERMISSION_NONE
               ? NULL
               : campaign_part(rq->arena, campaign, "lock");
}

enum error campaign_find_staff(struct db *db, struct request *rq,
                               struct campaign_whole *ret_campaign) {
    struct campaign_whole whole = {0};
    TRY(campaign_by_slug(db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now, &whole));
    const struct page page = campaign_page(&whole.campaign);
    if (!campaign_sees(rq->visitor, rq->tenant, &page))
        return page.state == page_state_published ? ERR_FORBIDDEN : ERR_NOT_FOUND;
    *ret_campaign = whole;
    return ERR_OK;
}

enum error campaign_find_own(struct db *db, struct request *rq,
                             struct campaign_whole *ret_campaign) {
    struct campaign_whole whole = {0};
    TRY(campaign_find_staff(db, rq, &whole));
    const struct page page = campaign_page(&whole.campaign);
    if (!page_permit(rq->visitor, rq->tenant, &page).edits)
        return ERR_FORBIDDEN;
    *ret_campaign = whole;
    return ERR_OK;
}

/* What a form of a subject begins with. */
static struct setup_view view_of(struct request *rq, const struct campaign_whole *whole,
                                 enum campaign_subject subject) {
    return (struct setup_view){
        .title = whole->campaign.title,
        .slug = whole->campaign.slug,
        .back = url_own(campaign_part(rq->arena, &whole->campaign, "manage")),
        .revision = whole->campaign.revision,
        .is_public = whole->stage >= campaign_stage_announced,
        .is_fixed = !campaign_may_change(whole->stage, subject),
        .pots = whole->pots,
        .criteria = whole->criteria,
    };
}

static enum error refuse(struct request *rq, const struct form *form, const char *field,
                         const char *why) {
    form_refuse(rq->arena, &rq->errors, form, field, why);
    return ERR_INVALID;
}

/* The round, when the subject may still change: decided sums and locked rules stand (PB-17). */
static enum error find_open(struct db *db, struct request *rq, const struct form *form,
                            enum campaign_subject subject, struct campaign_whole *ret_campaign) {
    struct campaign_whole whole = {0};
    TRY(campaign_find_own(db, rq, &whole));
    if (!campaign_may_change(whole.stage, subject))
        return refuse(rq, form, NULL,
                      whole.stage >= campaign_stage_locked ? "campaign_setup.locked"
                                                           : "campaign_setup.decided");
    *ret_campaign = whole;
    return ERR_OK;
}

enum error campaign_saved(struct db *db, struct request *rq, const struct campaign_whole *whole,
                          enum campaign_subject subject, const char *part) {
    rq->outcome = (struct outcome){200, campaign_part(rq->arena, &whole->campaign, part),
                                   "campaign_setup.saved"};
    if (whole->stage < campaign_stage_announced)
        return campaign_ask_framework(db, rq, whole->campaign.page);
    return audit_append(
        db, rq,
        &(struct audit_entry){
            .act = "budget.change",
            .account = rq->visitor->account,
            .object = arena_format(rq->arena, "page:%lld", (long long)whole->campaign.page),
            .detail = arena_format(rq->arena, "{\"subject\":\"%s\"}",
                                   choice_code(&campaign_subject_choices, (int)subject)),
        });
}

/* ---- beginning, and what it is about ---- */

static bool may_begin(const struct visitor *visitor) {
    return (visitor->roles & role_bit(ROLE_process_lead)) != 0;
}

static enum error show_new(struct request *rq, struct reply *rp) {
    const struct setup_view view = {.back = url_own("/budgets")};
    return may_begin(rq->visitor) ? reply_view(rq, rp, &view) : ERR_FORBIDDEN;
}

static enum error new_act(struct request *rq, struct db *db) {
    const struct campaign_about_form *form = rq->form;
    struct page page = {0};
    int64_t id = 0;
    if (!may_begin(rq->visitor))
        return ERR_FORBIDDEN;
    const struct campaign_plan plan = {
        .language = language_code(rq->language),
        .campaign =
            {
                .title = form->title,
                .lead = form->lead,
                .page_state = page_state_draft,
                .author = rq->visitor->account,
                .page_owner = rq->visitor->account,
                .places = form->places,
                .who_may_propose = form->who_may_propose,
                .who_may_vote = form->who_may_vote,
                .most_choices = 3,
                .least_votes = 1,
                .late_until = INSTANT_NONE,
            },
    };
    TRY(campaign_add(db, rq, &plan, &id));
    TRY(page_find(db, rq->arena, rq->tenant, id, &page));
    rq->outcome = (struct outcome){201, arena_format(rq->arena, "/budgets/%s/manage", page.slug),
                                   "campaign_setup.begun"};
    return ERR_OK;
}

static enum error show_about(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    struct campaign_about_form *values = ARENA_NEW(rq->arena, struct campaign_about_form);
    TRY(campaign_find_own(rq->db, rq, &whole));
    const struct campaign *campaign = &whole.campaign;
    *values = (struct campaign_about_form){campaign->title,        campaign->lead,
                                           campaign->places,       campaign->who_may_propose,
                                           campaign->who_may_vote, campaign->revision};
    rq->values = values;
    const struct setup_view view = view_of(rq, &whole, campaign_subject_about);
    return reply_view(rq, rp, &view);
}

static enum error about_act(struct request *rq, struct db *db) {
    const struct campaign_about_form *form = rq->form;
    struct campaign_whole whole = {0};
    struct page page = {0};
    TRY(find_open(db, rq, &campaign_about_form_form, campaign_subject_about, &whole));
    TRY(page_find(db, rq->arena, rq->tenant, whole.campaign.page, &page));
    if (whole.stage >= campaign_stage_locked && form->who_may_vote != NULL &&
        strcmp(form->who_may_vote, whole.campaign.who_may_vote) != 0)
        return refuse(rq, &campaign_about_form_form, "who_may_vote", "campaign_setup.locked");
    if (form->revision != FORM_NONE && form->revision != page.revision) {
        form_refuse(rq->arena, &rq->errors, &campaign_about_form_form, NULL,
                    "campaign_setup.conflict");
        return ERR_CONFLICT;
    }
    const struct page_text text = {form->title, form->lead, NULL};
    TRY(page_save(db, rq, &page, &text, 0));
    struct campaign changed = whole.campaign;
    changed.places = form->places;
    changed.who_may_propose = form->who_may_propose;
    changed.who_may_vote = form->who_may_vote;
    TRY(campaign_about_put(db, rq->tenant, &changed));
    return campaign_saved(db, rq, &whole, campaign_subject_about, "manage");
}

/* ---- pots ---- */

static const struct campaign_pot *pot_of(const struct campaign_whole *whole, int64_t number) {
    for (size_t i = 0; i < whole->pots.count; i++)
        if (whole->pots.at[i].pot == number)
            return &whole->pots.at[i];
    return NULL;
}

static enum error show_pots(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    const int64_t number = path_id(rq, "number");
    TRY(campaign_find_own(rq->db, rq, &whole));
    struct setup_view view = view_of(rq, &whole, campaign_subject_pots);
    const struct campaign_pot *pot = pot_of(&whole, number);
    if (number != 0 && pot == NULL)
        return ERR_NOT_FOUND;
    if (pot != NULL) {
        struct campaign_pot_form *values = ARENA_NEW(rq->arena, struct campaign_pot_form);
        *values = (struct campaign_pot_form){pot->title, pot->sum, pot->proposers, pot->about};
        rq->values = values;
        view.number = number;
    }
    return reply_view(rq, rp, &view);
}

static enum error pot_act(struct request *rq, struct db *db) {
    const struct campaign_pot_form *form = rq->form;
    const struct form *const asked = &campaign_pot_form_form;
    const int64_t number = path_id(rq, "number");
    struct campaign_whole whole = {0};
    TRY(find_open(db, rq, asked, campaign_subject_pots, &whole));
    if (number != 0 && pot_of(&whole, number) == NULL)
        return ERR_NOT_FOUND;
    if (form->sum <= 0)
        return refuse(rq, asked, "sum", "campaign_setup.no_sum");
    for (size_t i = 0; i < whole.pots.count; i++)
        if (whole.pots.at[i].pot != number && strcmp(whole.pots.at[i].title, form->title) == 0)
            return refuse(rq, asked, "title", "campaign_setup.same_title");
    const int64_t next = whole.pots.count == 0 ? 1 : whole.pots.at[whole.pots.count - 1].pot + 1;
    if (number == 0 && whole.pots.count >= CAMPAIGN_POTS_MAX)
        return refuse(rq, asked, NULL, "campaign_setup.too_many");
    const struct campaign_pot pot = {number == 0 ? next : number, form->title, form->sum,
                                     form->proposers, form->about};
    TRY(campaign_pot_put(db, rq->tenant, whole.campaign.page, &pot));
    return campaign_saved(db, rq, &whole, campaign_subject_pots, "pots");
}

static enum error pot_remove_act(struct request *rq, struct db *db) {
    struct campaign_whole whole = {0};
    TRY(find_open(db, rq, &campaign_pot_form_form, campaign_subject_pots, &whole));
    TRY(campaign_pot_remove(db, rq->tenant, whole.campaign.page, path_id(rq, "number")));
    return campaign_saved(db, rq, &whole, campaign_subject_pots, "pots");
}

/* ---- criteria ---- */

static const struct campaign_criterion *criterion_of(const struct campaign_whole *whole,
                                                     int64_t number) {
    for (size_t i = 0; i < whole->criteria.count; i++)
        if (whole->criteria.at[i].criterion == number)
            return &whole->criteria.at[i];
    return NULL;
}

static enum error show_criteria(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    const int64_t number = path_id(rq, "number");
    TRY(campaign_find_own(rq->db, rq, &whole));
    struct setup_view view = view_of(rq, &whole, campaign_subject_criteria);
    const struct campaign_criterion *criterion = criterion_of(&whole, number);
    if (number != 0 && criterion == NULL)
        return ERR_NOT_FOUND;
    if (criterion != NULL) {
        struct campaign_criterion_form *values =
            ARENA_NEW(rq->arena, struct campaign_criterion_form);
        *values = (struct campaign_criterion_form){criterion->title, criterion->about};
        rq->values = values;
        view.number = number;
    }
    return reply_view(rq, rp, &view);
}

static enum error criterion_act(struct request *rq, struct db *db) {
    const struct campaign_criterion_form *form = rq->form;
    const struct form *const asked = &campaign_criterion_form_form;
    const int64_t number = path_id(rq, "number");
    struct campaign_whole whole = {0};
    TRY(find_open(db, rq, asked, campaign_subject_criteria, &whole));
    if (number != 0 && criterion_of(&whole, number) == NULL)
        return ERR_NOT_FOUND;
    const size_t count = whole.criteria.count;
    if (number == 0 && count >= CAMPAIGN_POTS_MAX)
        return refuse(rq, asked, NULL, "campaign_setup.too_many");
    const int64_t next = count == 0 ? 1 : whole.criteria.at[count - 1].criterion + 1;
    const struct campaign_criterion criterion = {number == 0 ? next : number, form->title,
                                                 form->about};
    TRY(campaign_criterion_put(db, rq->tenant, whole.campaign.page, &criterion));
    return campaign_saved(db, rq, &whole, campaign_subject_criteria, "criteria");
}

static enum error criterion_remove_act(struct request *rq, struct db *db) {
    struct campaign_whole whole = {0};
    TRY(find_open(db, rq, &campaign_criterion_form_form, campaign_subject_criteria, &whole));
    TRY(campaign_criterion_remove(db, rq->tenant, whole.campaign.page, path_id(rq, "number")));
    return campaign_saved(db, rq, &whole, campaign_subject_criteria, "criteria");
}

/* ---- ballot and allocation ---- */

static enum error show_voting(struct request *rq, struct reply *rp) {
    struct campaign_whole whole = {0};
    struct campaign_voting_form *values = ARENA_NEW(rq->arena, struct campaign_voting_form);
    TRY(campaign_find_own(rq->db, rq, &whole));
    const struct campaign *campaign = &whole.campaign;
    *values = (struct campaign_voting_form){
        .eligible = campaign->eligible,
        .ballot_kind =
            campaign->ballot_kind == ballot_kind_cart ? voting_kind_cart : voting_kind_up_to,
        .most_choices = campaign->most_choices == 0 ? FORM_NONE : campaign->most_choices,
        .satisfaction = campaign->satisfaction,
        .allocation = campaign->allocation,
        .least_votes = campaign->least_votes,
        .ties = campaign->ties,
        .leftover = campaign->leftover,
    };
    rq->values = values;
    struct setup_view view = view_of(rq, &whole, campaign_subject_rules);
    view.example_sum = EXAMPLE_SUM;
    TRY(campaign_rules_say(rq, &whole, &view.sentences, &view.example));
    return reply_view(rq, rp, &view);
}

static enum error voting_act(struct request *rq, struct db *db) {
    const struct campaign_voting_form *form = rq->form;
    struct campaign_whole whole = {0};
    const bool is_cart = form->ballot_kind == voting_kind_cart;
    TRY(find_open(db, rq, &campaign_voting_form_form, campaign_subject_rules, &whole));
    if (!is_cart && (form->most_choices == FORM_NONE || form->most_choices < 1))
        return refuse(rq, &campaign_voting_form_form, "most_choices", "campaign_setup.no_choices");
    struct campaign changed = whole.campaign;
    changed.eligible = form->eligible;
    changed.ballot_kind = is_cart ? ballot_kind_cart : ballot_kind_up_to;
    changed.most_choices = is_cart ? 0 : form->most_choices;
    changed.satisfaction = form->satisfaction;
    changed.allocation = form->allocation;
    changed.least_votes = form->least_votes == FORM_NONE ? 1 : form->least_votes;
    changed.ties = form->ties;
    changed.leftover = form->leftover;
    TRY(campaign_rules_put(db, rq->arena, rq->tenant, &changed));
    return campaign_saved(db, rq, &whole, campaign_subject_rules, "voting");
}

#define SETUP(page)                                                                                \
    .right = RIGHT_publish, .view = &setup_view_shape, .template = "budgets/campaigns/" page

const struct route campaign_setup_routes[] = {
    ROUTE_GET("/budgets/new", show_new, SETUP("about"), .form = &campaign_about_form_form,
              .doc = "Begins a round: what it is about."),
    ROUTE_POST("/budgets/new", new_act, .right = RIGHT_publish, .form = &campaign_about_form_form,
               .doc = "Makes the draft of a round."),
    ROUTE_GET("/budgets/:slug/about", show_about, SETUP("about"), .form = &campaign_about_form_form,
              .doc = "What a round is about, to be changed."),
    ROUTE_POST("/budgets/:slug/about", about_act, .right = RIGHT_publish,
               .form = &campaign_about_form_form, .doc = "Saves what a round is about."),
    ROUTE_GET("/budgets/:slug/pots", show_pots, SETUP("pots"), .form = &campaign_pot_form_form,
              .doc = "Pots of a round, and a form for one more."),
    ROUTE_POST("/budgets/:slug/pots", pot_act, .right = RIGHT_publish,
               .form = &campaign_pot_form_form, .doc = "Adds a pot."),
    ROUTE_GET("/budgets/:slug/pots/:number", show_pots, SETUP("pots"),
              .form = &campaign_pot_form_form, .doc = "A pot of a round, to be changed."),
    ROUTE_POST("/budgets/:slug/pots/:number", pot_act, .right = RIGHT_publish,
               .form = &campaign_pot_form_form, .doc = "Saves a pot."),
    ROUTE_POST("/budgets/:slug/pots/:number/remove", pot_remove_act, .right = RIGHT_publish,
               .doc = "Takes a pot away, before the round is announced."),
    ROUTE_GET("/budgets/:slug/criteria", show_criteria, SETUP("criteria"),
              .form = &campaign_criterion_form_form,
              .doc = "Criteria of a round, and a form for one more."),
    ROUTE_POST("/budgets/:slug/criteria", criterion_act, .right = RIGHT_publish,
               .form = &campaign_criterion_form_form, .doc = "Adds a criterion."),
    ROUTE_GET("/budgets/:slug/criteria/:number", show_criteria, SETUP("criteria"),
              .form = &campaign_criterion_form_form, .doc = "A criterion, to be changed."),
    ROUTE_POST("/budgets/:slug/criteria/:number", criterion_act, .right = RIGHT_publish,
               .form = &campaign_criterion_form_form, .doc = "Saves a criterion."),
    ROUTE_POST("/budgets/:slug/criteria/:number/remove", criterion_remove_act,
               .right = RIGHT_publish,
               .doc = "Takes a criterion away, before the round is announced."),
    ROUTE_GET("/budgets/:slug/voting", show_voting, SETUP("voting"),
              .form = &campaign_voting_form_form,
              .doc = "How one votes and how the money is given, with a worked example."),
    ROUTE_POST("/budgets/:slug/voting", voting_act, .right = RIGHT_publish,
               .form = &campaign_voting_form_form,
               .doc = "Saves how one votes and how the money is given."),
    {.path = NULL},
};
