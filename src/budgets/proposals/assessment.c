/* /budgets/:slug/assessment: proposals to assess, those that have waited longest first. */
#include <string.h>

#include "budgets/proposals/assess.h"
#include "proposals_statements.h"

enum { LINES_SHOWN = 40 };

struct asked {
    const char *slug;
    enum assessment_which which;
    int64_t pot, after_at, after_page;
};

/* "after=<received_at>.<page>", made by address_of. */
static void cursor_read(const struct request *rq, struct asked *asked) {
    const char *cursor = query_text(rq, "after");
    char *end = NULL;
    asked->after_at = INT64_MIN;
    if (cursor == NULL)
        return;
    const int64_t at = strtoll(cursor, &end, 10);
    if (*end != '.')
        return;
    asked->after_at = at;
    asked->after_page = strtoll(end + 1, NULL, 10);
}

static struct asked asked_of(const struct request *rq) {
    const char *which = query_text(rq, "which");
    const int found = which == NULL ? -1 : choice_find(&assessment_which_choices, which);
    struct asked asked = {
        .slug = path_text(rq, "slug"),
        .which = found < 0 ? assessment_which_open : (enum assessment_which)found,
        .pot = query_int(rq, "pot", 0),
    };
    cursor_read(rq, &asked);
    return asked;
}

static struct url address_of(struct arena *arena, const struct asked *asked, const char *after) {
    struct buffer into = buffer_in(arena, 1024);
    const char *between = "?";
    buffer_format(&into, "/budgets/%s/assessment", asked->slug);
    if (asked->which != assessment_which_open) {
        buffer_format(&into, "?which=%s",
                      choice_code(&assessment_which_choices, (int)asked->which));
        between = "&";
    }
    if (asked->pot != 0) {
        buffer_format(&into, "%spot=%lld", between, (long long)asked->pot);
        between = "&";
    }
    if (after != NULL)
        buffer_format(&into, "%safter=%s", between, after);
    return url_own(buffer_string(&into));
}

/* ---- filters ---- */

#define ASSESSMENT_COUNTS(F, T)                                                                    \
    F(T, int, waiting, , "not settled")                                                            \
    F(T, int, fresh, , "taken by nobody")                                                          \
    F(T, int, mine, , "the visitor's")                                                             \
    F(T, int, contact, , "proposers to tell or answer")                                            \
    F(T, int, settled, , "with an outcome")                                                        \
    F(T, int, everything, , "all")
SHAPE(assessment_counts, ASSESSMENT_COUNTS);

static void filters_fill(struct request *rq, const struct asked *asked,
                         const struct assessment_counts *counts,
                         struct list_filter_list *ret_filters) {
    const int64_t numbers[] = {counts->waiting, counts->fresh,   counts->mine,
                               counts->contact, counts->settled, counts->everything};
    const size_t count = assessment_which_choices.count;
    struct list_filter *at = ARENA_ARRAY(rq->arena, count, struct list_filter);
    for (size_t i = 0; i < count; i++) {
        struct asked link = *asked;
        link.which = (enum assessment_which)i;
        at[i] = (struct list_filter){
            .label =
                word(rq->language, arena_format(rq->arena, "assessment_which.%s",
                                                choice_code(&assessment_which_choices, (int)i))),
            .address = address_of(rq->arena, &link, NULL),
            .count = numbers[i],
            .has_count = true,
            .chosen = link.which == asked->which,
        };
    }
    *ret_filters = (struct list_filter_list){at, count};
}

static void pots_fill(struct request *rq, const struct asked *asked,
                      const struct campaign_pot_list *pots, struct list_filter_list *ret_filters) {
    struct list_filter *at = ARENA_ARRAY(rq->arena, pots->count + 1, struct list_filter);
    for (size_t i = 0; i <= pots->count; i++) {
        struct asked link = *asked;
        link.pot = i == 0 ? 0 : pots->at[i - 1].pot;
        at[i] = (struct list_filter){
            .label = i == 0 ? word(rq->language, "proposals.all_pots") : pots->at[i - 1].title,
            .address = address_of(rq->arena, &link, NULL),
            .chosen = link.pot == asked->pot,
        };
    }
    *ret_filters = (struct list_filter_list){at, pots->count + 1};
}

/* ---- the page ---- */

static struct assessment_item item_of(const struct request *rq,
                                      const struct assessment_line *line) {
    return (struct assessment_item){
        .page = line->page,
        .number = line->number,
        .title = line->title,
        .pot = line->pot,
        .pot_title = line->pot_title,
        .channel = line->channel,
        .state = line->state,
        .received_at = line->received_at,
        .officer = line->officer,
        .officer_name = line->officer_name,
        .has_investment = line->has_investment,
        .must_contact = line->must_contact,
        .must_answer = line->must_answer,
        .days = civil_days_between(line->received_at, rq->now),
    };
}

static enum error lines_fill(struct request *rq, const struct asked *asked, int64_t campaign,
                             struct assessment_view *view) {
    struct assessment_line_list rows = {0};
    TRY(db_many(rq->db, rq->arena, &sql_assessment_lines,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("campaign", campaign),
                     BIND_INT("pot", asked->pot),
                     BIND_TEXT("which", choice_code(&assessment_which_choices, (int)asked->which)),
                     BIND_INT("account", rq->visitor->account),
                     BIND_INT("after_at", asked->after_at),
                     BIND_INT("after_page", asked->after_page)),
                LINES_SHOWN + 1, &assessment_line_shape, &rows));
    const size_t shown = rows.count < LINES_SHOWN ? rows.count : LINES_SHOWN;
    struct assessment_item *at = ARENA_ARRAY(rq->arena, shown + 1, struct assessment_item);
    for (size_t i = 0; i < shown; i++)
        at[i] = item_of(rq, &rows.at[i]);
    view->proposals = (struct assessment_item_list){at, shown};
    if (rows.count > shown) {
        const struct assessment_line *last = &rows.at[shown - 1];
        view->next = address_of(rq->arena, asked,
                                arena_format(rq->arena, "%lld.%lld", (long long)last->received_at,
                                             (long long)last->page));
    }
    return ERR_OK;
}

static enum error show_assessment(struct request *rq, struct reply *rp) {
    struct campaign_whole campaign = {0};
    struct assessment_counts counts = {0};
    const struct asked asked = asked_of(rq);
    TRY(campaign_by_slug(rq->db, rq->arena, rq->tenant, asked.slug, rq->now, &campaign));
    TRY(db_one(rq->db, rq->arena, &sql_assessment_counts,
               WITH(BIND_INT("tenant", rq->tenant), BIND_INT("campaign", campaign.campaign.page),
                    BIND_INT("pot", asked.pot), BIND_INT("account", rq->visitor->account)),
               &assessment_counts_shape, &counts));
    const struct campaign_date *step = campaign_date_of(&campaign, campaign_step_assessment);
    struct assessment_view view = {
        .campaign = campaign.campaign.title,
        .campaign_address = url_own(arena_format(rq->arena, "/budgets/%s", asked.slug)),
        .waiting = counts.waiting,
        .fresh = counts.fresh,
        .contact = counts.contact,
        .which = (int)asked.which,
        .enter = {proposal_enters(rq) && !campaign_is_locked(&campaign)
                      ? arena_format(rq->arena, "/budgets/%s/propose", asked.slug)
                      : NULL},
        .assessed_at = step == NULL ? INSTANT_NONE : step->ends_at,
    };
    filters_fill(rq, &asked, &counts, &view.filters);
    pots_fill(rq, &asked, &campaign.pots, &view.pots);
    TRY(lines_fill(rq, &asked, campaign.campaign.page, &view));
    return reply_view(rq, rp, &view);
}

const struct route assessment_routes[] = {
    ROUTE_GET("/budgets/:slug/assessment", show_assessment, .right = RIGHT_assess,
              .view = &assessment_view_shape, .template = "budgets/proposals/assessment",
              .doc = "Proposals to assess: ?which, ?pot, ?after."),
    {.path = NULL},
};
