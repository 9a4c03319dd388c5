/* What is missing before a round is announced, and before its rules are locked (A1, A4). */
#include "budgets/campaigns/views.h"

enum { CHECKS_MAX = 20 };

struct checking {
    struct request *rq;
    const struct campaign_whole *whole;
    bool mends; /* the visitor may */
    struct check_view *at;
    size_t count, missing;
};

static struct checking begin(struct request *rq, const struct campaign_whole *whole) {
    const struct page page = campaign_page(&whole->campaign);
    return (struct checking){.rq = rq,
                             .whole = whole,
                             .mends = page_permit(rq->visitor, rq->tenant, &page).edits,
                             .at = ARENA_ARRAY(rq->arena, CHECKS_MAX, struct check_view)};
}

/* `address` is where it is mended; NULL when the visitor may not. */
static void check_at(struct checking *checking, const char *key, bool is_done,
                     const char *address) {
    checking->at[checking->count++] = (struct check_view){
        .text = word(checking->rq->language, key), .address = {address}, .is_done = is_done};
    checking->missing += !is_done;
}

/* Mended at that part of the round by those who may change it. */
static void check(struct checking *checking, const char *key, bool is_done, const char *part) {
    check_at(checking, key, is_done,
             checking->mends && part != NULL
                 ? campaign_part(checking->rq->arena, &checking->whole->campaign, part)
                 : NULL);
}

static bool is_said(const char *text) {
    return text != NULL && text[0] != '\0';
}

static void check_framework(struct checking *checking) {
    const bool records = may(checking->rq->visitor, RIGHT_record_decision, NULL) == PERMISSION_DOES;
    check_at(checking, "campaign_check.framework", checking->whole->framework != 0,
             records ? arena_format(checking->rq->arena, "/pages/%lld/decisions/new",
                                    (long long)checking->whole->campaign.page)
                     : NULL);
}

static bool has_span(const struct campaign_whole *whole, enum campaign_step step) {
    const struct campaign_date *date = campaign_date_of(whole, step);
    return date != NULL && date->ends_at != INSTANT_NONE;
}

/* ---- before announcing ---- */

static bool about_written(const struct campaign *campaign) {
    return is_said(campaign->lead) && is_said(campaign->who_may_propose) &&
           is_said(campaign->who_may_vote);
}

static bool dates_set(const struct campaign_whole *whole) {
    return has_span(whole, campaign_step_ideas) && has_span(whole, campaign_step_vote) &&
           campaign_date_of(whole, campaign_step_decision) != NULL;
}

bool campaign_is_prepared(const struct campaign_whole *whole) {
    return about_written(&whole->campaign) && dates_set(whole) && whole->pots.count > 0 &&
           whole->criteria.count > 0 && is_said(whole->campaign.leftover);
}

static void done(const struct checking *checking, struct check_view_list *ret_checks,
                 size_t *ret_missing) {
    *ret_checks = (struct check_view_list){checking->at, checking->count};
    *ret_missing = checking->missing;
}

enum error campaign_checks_announce(struct db *db, struct request *rq,
                                    const struct campaign_whole *whole,
                                    struct check_view_list *ret_checks, size_t *ret_missing) {
    const struct campaign *campaign = &whole->campaign;
    struct checking checking = begin(rq, whole);
    unsigned missing = 0;
    TRY(organisation_missing(db, rq->arena, rq->tenant, &missing));
    check(&checking, "campaign_check.about", about_written(campaign), "about");
    check(&checking, "campaign_check.dates", dates_set(whole), "dates");
    check(&checking, "campaign_check.pots", whole->pots.count > 0, "pots");
    check(&checking, "campaign_check.criteria", whole->criteria.count > 0, "criteria");
    check(&checking, "campaign_check.leftover", is_said(campaign->leftover), "voting");
    check_framework(&checking);
    check(&checking, "campaign_check.organisation", missing == 0, NULL);
    done(&checking, ret_checks, ret_missing);
    return ERR_OK;
}

/* ---- before locking ---- */

static bool pots_filled(const struct campaign_whole *whole,
                        const struct proposal_count_list *counts) {
    for (size_t i = 0; i < whole->pots.count; i++) {
        bool found = false;
        for (size_t j = 0; j < counts->count; j++)
            found =
                found || (counts->at[j].pot == whole->pots.at[i].pot && counts->at[j].admitted > 0);
        if (!found)
            return false;
    }
    return whole->pots.count > 0;
}

static enum error check_proposals(struct db *db, struct checking *checking) {
    struct request *rq = checking->rq;
    const int64_t page = checking->whole->campaign.page;
    const char *list = campaign_assessment(rq, &checking->whole->campaign);
    struct proposals_missing missing = {0};
    struct proposal_count_list counts = {0};
    TRY(proposals_missing_find(db, rq->arena, rq->tenant, page, &missing));
    TRY(proposal_counts_find(db, rq->arena, rq->tenant, page, &counts));
    check_at(checking, "campaign_check.settled", missing.unsettled == 0, list);
    check_at(checking, "campaign_check.contacted", missing.not_contacted == 0, list);
    check_at(checking, "campaign_check.costs", missing.no_cost == 0, list);
    check_at(checking, "campaign_check.land", missing.no_land == 0, list);
    check_at(checking, "campaign_check.fit", missing.too_dear == 0, list);
    check_at(checking, "campaign_check.options", pots_filled(checking->whole, &counts), list);
    return ERR_OK;
}

/* The second person is a case officer, and another one than the first. */
static enum error check_colleague(struct db *db, struct checking *checking) {
    struct request *rq = checking->rq;
    struct person_list officers = {0};
    bool found = false;
    TRY(people_with_role(db, rq->arena, rq->tenant, ROLE_case_officer, &officers));
    for (size_t i = 0; i < officers.count; i++)
        found = found || officers.at[i].id != checking->whole->campaign.page_owner;
    check(checking, "campaign_check.colleague", found, NULL);
    return ERR_OK;
}

enum error campaign_checks_lock(struct db *db, struct request *rq,
                                const struct campaign_whole *whole,
                                struct check_view_list *ret_checks, size_t *ret_missing) {
    const struct campaign_date *ideas = campaign_date_of(whole, campaign_step_ideas),
                               *vote = campaign_date_of(whole, campaign_step_vote);
    struct checking checking = begin(rq, whole);
    check(&checking, "campaign_check.announced", whole->stage >= campaign_stage_announced,
          "announce");
    check_framework(&checking);
    check(&checking, "campaign_check.ideas_over",
          ideas != NULL && !deadline_open(ideas->ends_at, rq->now), "dates");
    check(&checking, "campaign_check.vote_ahead",
          has_span(whole, campaign_step_vote) && vote->starts_at > rq->now, "dates");
    check(&checking, "campaign_check.leftover", is_said(whole->campaign.leftover), "voting");
    TRY(check_proposals(db, &checking));
    TRY(check_colleague(db, &checking));
    done(&checking, ret_checks, ret_missing);
    return ERR_OK;
}
