/* Proposals on the page of a round: how many in each pot, and the first of them as cards. */
#include <string.h>

#include "budgets/campaigns/views.h"

enum { CARDS_SHOWN = 6 };

/* ---- counts ---- */

static void counts_fill(const struct proposal_count_list *counts, struct campaign_view *view) {
    for (size_t i = 0; i < counts->count; i++) {
        const struct proposal_count *row = &counts->at[i];
        view->proposal_count += row->standing;
        view->ended += row->not_admitted;
        for (size_t j = 0; j < view->pots.count; j++)
            if (view->pots.at[j].pot == row->pot)
                view->pots.at[j].proposals = row->standing;
    }
    view->came_in = view->proposal_count + view->ended;
}

/* ---- cards ---- */

static void cards_fill(struct request *rq, const struct proposal_line_list *lines,
                       struct campaign_view *view) {
    struct card_view *at = ARENA_ARRAY(rq->arena, lines->count + 1, struct card_view);
    for (size_t i = 0; i < lines->count; i++) {
        const struct proposal_line *line = &lines->at[i];
        const struct page page = {.kind = proposal_kind.code, .slug = line->slug};
        at[i] = (struct card_view){
            .address = page_address(rq->arena, &page),
            .title = line->title,
            .lead = line->lead,
            .cost = line->investment,
            .has_cost = line->has_investment,
            .pot_title = line->pot_title,
            .place = line->place,
            .state = line->state,
        };
    }
    view->proposals = (struct card_view_list){at, lines->count};
}

/* The page is kept for many readers, so its order is by lot for each day: none is favoured for
 * long. In the list each reader has their own. */
static uint32_t seed_of_day(int64_t now) {
    return (uint32_t)civil_days_between(0, now);
}

enum error campaign_cards_fill(struct request *rq, const struct campaign_whole *campaign,
                               struct campaign_view *view) {
    struct proposal_count_list counts = {0};
    struct proposal_line_list lines = {0};
    int64_t total = 0;
    view->is_drawn = campaign->stage >= campaign_stage_locked;
    const struct proposal_filter filter = {
        .part = proposal_part_standing,
        .order = view->is_drawn ? proposal_order_drawn : proposal_order_newest,
        .seed = seed_of_day(rq->now),
        .limit = CARDS_SHOWN,
    };
    const int64_t page = campaign->campaign.page;
    TRY(proposal_counts_find(rq->db, rq->arena, rq->tenant, page, &counts));
    counts_fill(&counts, view);
    if (view->proposal_count == 0)
        return ERR_OK;
    TRY(proposals_find(rq->db, rq->arena, rq->tenant, page, &filter, &lines, &total));
    cards_fill(rq, &lines, view);
    view->has_more = total > (int64_t)lines.count;
    return ERR_OK;
}
