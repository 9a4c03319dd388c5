/* GET /budgets/:slug/proposals: all proposals of a round that readers see. */
#include <string.h>

#include "budgets/proposals/views.h"
#include "platform/view/view.h"

enum { PLACES_SHOWN = 30, FILTERS_MAX = 40 };

/* What the list was asked for. */
struct asked {
    const struct campaign_whole *campaign;
    const char *search, *place;
    int64_t pot, page;
    enum proposal_standing standing;
    enum proposal_order order;
    int shuffle;
};

/* Those in the vote are shown by lot, so that none is favoured; before, as they came in. */
static enum proposal_order order_of(const struct campaign_whole *campaign,
                                    enum proposal_standing standing) {
    if (standing == proposal_standing_ended)
        return proposal_order_number;
    return campaign_is_locked(campaign) ? proposal_order_drawn : proposal_order_newest;
}

static enum proposal_standing standing_of(const char *code) {
    const int found = code == NULL ? -1 : choice_find(&proposal_standing_choices, code);
    return found < 0 ? proposal_standing_standing : (enum proposal_standing)found;
}

/* A place that the round does not have is as none: it comes from an address. */
static const char *place_of(struct arena *arena, const char *places, const char *asked) {
    const size_t length = asked == NULL ? 0 : strlen(asked);
    for (const char *at = places; length > 0 && at != NULL && *at != '\0';) {
        const size_t line = strcspn(at, "\n");
        if (line == length && memcmp(at, asked, length) == 0)
            return arena_copy_span(arena, at, line);
        at += line + (at[line] == '\n');
    }
    return NULL;
}

static struct asked asked_of(const struct request *rq, const struct campaign_whole *campaign) {
    const struct proposals_form *form = rq->form;
    struct asked asked = {
        .campaign = campaign,
        .search = form->q,
        .place = place_of(rq->arena, campaign->campaign.places, form->place),
        .pot = form->pot == FORM_NONE ? 0 : form->pot,
        .page = form->page == FORM_NONE || form->page < 1 ? 1 : form->page,
        .standing = standing_of(form->state),
        .shuffle = shuffle_of(query_text(rq, "shuffle"), rq->id),
    };
    asked.order = order_of(campaign, asked.standing);
    return asked;
}

static bool is_narrowed(const struct asked *asked) {
    return asked->search != NULL || asked->place != NULL || asked->pot != 0 ||
           asked->standing != proposal_standing_standing;
}

/* ---- addresses ---- */

static void add_part(struct buffer *into, const char **between, const char *name,
                     const char *value) {
    if (value == NULL || value[0] == '\0')
        return;
    buffer_format(into, "%s%s=", *between, name);
    address_escape(into, value);
    *between = "&";
}

static struct url address_of(struct arena *arena, const struct asked *asked) {
    struct buffer into = buffer_in(arena, 4096);
    const char *between = "?";
    buffer_format(&into, "/budgets/%s/proposals", asked->campaign->campaign.slug);
    add_part(&into, &between, "q", asked->search);
    add_part(&into, &between, "pot",
             asked->pot == 0 ? NULL : arena_format(arena, "%lld", (long long)asked->pot));
    add_part(&into, &between, "state",
             asked->standing == proposal_standing_standing
                 ? NULL
                 : choice_code(&proposal_standing_choices, (int)asked->standing));
    add_part(&into, &between, "place", asked->place);
    add_part(&into, &between, "page",
             asked->page <= 1 ? NULL : arena_format(arena, "%lld", (long long)asked->page));
    if (asked->order == proposal_order_drawn)
        add_part(&into, &between, "shuffle", arena_format(arena, "%d", asked->shuffle));
    return url_own(buffer_string(&into));
}

/* ---- filters ---- */

/* Of a pot (0 = all) and a standing. */
static int64_t count_of(const struct proposal_tally_list *counts, int64_t pot,
                        enum proposal_standing standing) {
    int64_t sum = 0;
    for (size_t i = 0; i < counts->count; i++)
        if ((pot == 0 || counts->at[i].pot == pot) &&
            proposal_stands(standing, (enum proposal_state)counts->at[i].state))
            sum += counts->at[i].count;
    return sum;
}

static void pots_fill(struct request *rq, const struct asked *asked,
                      const struct proposal_tally_list *counts,
                      struct list_filter_list *ret_filters) {
    const struct campaign_pot_list *pots = &asked->campaign->pots;
    struct list_filter *at = ARENA_ARRAY(rq->arena, pots->count + 1, struct list_filter);
    for (size_t i = 0; i <= pots->count; i++) {
        struct asked link = *asked;
        link.pot = i == 0 ? 0 : pots->at[i - 1].pot;
        link.page = 1;
        at[i] = (struct list_filter){
            .label = i == 0 ? word(rq->language, "proposals.all_pots") : pots->at[i - 1].title,
            .address = address_of(rq->arena, &link),
            .count = count_of(counts, link.pot, asked->standing),
            .has_count = true,
            .chosen = link.pot == asked->pot,
        };
    }
    *ret_filters = (struct list_filter_list){at, pots->count + 1};
}

/* Before anything is settled there is nothing to choose between. */
static void standings_fill(struct request *rq, const struct asked *asked,
                           const struct proposal_tally_list *counts,
                           struct list_filter_list *ret_filters) {
    static const enum proposal_standing offered[] = {
        proposal_standing_standing, proposal_standing_admitted, proposal_standing_assessed,
        proposal_standing_ended};
    struct list_filter *at = ARENA_ARRAY(rq->arena, 4, struct list_filter);
    const int64_t standing = count_of(counts, asked->pot, proposal_standing_standing);
    size_t count = 0;
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++) {
        struct asked link = *asked;
        const int64_t fits = count_of(counts, asked->pot, offered[i]);
        const bool is_all = i == 0, says_more = fits > 0 && fits < standing;
        const bool is_ended = offered[i] == proposal_standing_ended;
        if (!is_all && offered[i] != asked->standing && !(is_ended ? fits > 0 : says_more))
            continue;
        link.standing = offered[i];
        link.order = order_of(asked->campaign, offered[i]);
        link.page = 1;
        at[count++] = (struct list_filter){
            .label = word(rq->language,
                          arena_format(rq->arena, "proposal_standing.%s",
                                       choice_code(&proposal_standing_choices, (int)offered[i]))),
            .address = address_of(rq->arena, &link),
            .count = fits,
            .has_count = true,
            .chosen = offered[i] == asked->standing,
        };
    }
    *ret_filters = (struct list_filter_list){at, count > 1 ? count : 0};
}

static void places_fill(struct request *rq, const struct asked *asked,
                        struct list_filter_list *ret_filters) {
    struct list_filter *at = ARENA_ARRAY(rq->arena, PLACES_SHOWN + 1, struct list_filter);
    const char *places = asked->campaign->campaign.places;
    struct asked link = *asked;
    size_t count = 0;
    link.page = 1;
    for (const char *line = places; line != NULL && *line != '\0' && count < PLACES_SHOWN;) {
        const size_t length = strcspn(line, "\n");
        const char *place = arena_copy_span(rq->arena, line, length);
        line += length + (line[length] == '\n');
        if (length == 0)
            continue;
        const bool chosen = asked->place != NULL && strcmp(asked->place, place) == 0;
        link.place = chosen ? NULL : place; /* pressed again it is let go */
        at[count++] = (struct list_filter){
            .label = place, .address = address_of(rq->arena, &link), .chosen = chosen};
    }
    *ret_filters = (struct list_filter_list){at, count};
}

/* ---- the page ---- */

static void propose_fill(const struct request *rq, const struct campaign_whole *campaign,
                         struct proposals_view *view) {
    const struct campaign_date *ideas = campaign_date_of(campaign, campaign_step_ideas);
    if (ideas == NULL)
        return;
    switch (propose_time_at(ideas->starts_at, ideas->ends_at, rq->now)) {
    case propose_time_before:
        view->opens_at = ideas->starts_at;
        break;
    case propose_time_open:
        view->propose =
            url_own(arena_format(rq->arena, "/budgets/%s/propose", campaign->campaign.slug));
        view->propose_until = ideas->ends_at;
        break;
    default:
        break;
    }
}

static enum error lines_fill(struct request *rq, const struct asked *asked,
                             struct proposals_view *view) {
    const struct proposal_choice choice = {
        .pot = asked->pot,
        .standing = asked->standing,
        .place = asked->place,
        .search = asked->search,
        .order = asked->order,
        .shuffle = asked->shuffle,
        .from = (size_t)(asked->page - 1) * PROPOSALS_LISTED,
        .count = PROPOSALS_LISTED,
    };
    struct asked link = *asked;
    TRY(proposals_choose(rq->db, rq->arena, rq->tenant, asked->campaign->campaign.page, &choice,
                         &view->proposals, &view->total));
    view->shown = (int64_t)view->proposals.count;
    view->pages = (view->total + PROPOSALS_LISTED - 1) / PROPOSALS_LISTED;
    link.page = asked->page - 1;
    if (link.page >= 1)
        view->previous = address_of(rq->arena, &link);
    link.page = asked->page + 1;
    if (link.page <= view->pages)
        view->next = address_of(rq->arena, &link);
    return ERR_OK;
}

static enum error show_proposals(struct request *rq, struct reply *rp) {
    struct campaign_whole campaign = {0};
    struct proposal_tally_list counts = {0};
    TRY(campaign_by_slug(rq->db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now, &campaign));
    TRY(campaign_admit(rq, &campaign));
    const struct asked asked = asked_of(rq, &campaign);
    const struct asked plain = {.campaign = &campaign,
                                .standing = proposal_standing_standing,
                                .order = order_of(&campaign, proposal_standing_standing),
                                .shuffle = asked.shuffle};
    struct proposals_view view = {
        .campaign = campaign.campaign.title,
        .campaign_address = url_own(arena_format(rq->arena, "/budgets/%s", campaign.campaign.slug)),
        .page = asked.page,
        .order = (int)asked.order,
        .shuffle = asked.shuffle,
        .search = asked.search,
        .is_narrowed = is_narrowed(&asked),
        .pot = asked.pot,
        .state = asked.standing == proposal_standing_standing
                     ? NULL
                     : choice_code(&proposal_standing_choices, (int)asked.standing),
        .place = asked.place,
        .here = address_of(rq->arena, &plain),
        .propose_until = INSTANT_NONE,
        .opens_at = INSTANT_NONE,
    };
    TRY(proposals_tally(rq->db, rq->arena, rq->tenant, campaign.campaign.page, &counts));
    view.came_in = count_of(&counts, 0, proposal_standing_all);
    pots_fill(rq, &asked, &counts, &view.pots);
    standings_fill(rq, &asked, &counts, &view.standings);
    places_fill(rq, &asked, &view.places);
    propose_fill(rq, &campaign, &view);
    TRY(lines_fill(rq, &asked, &view));
    return reply_view(rq, rp, &view);
}

const struct route proposal_list_routes[] = {
    ROUTE_GET("/budgets/:slug/proposals", show_proposals, .right = RIGHT_ANYONE,
              .form = &proposals_form_form, .view = &proposals_view_shape,
              .template = "budgets/proposals/list",
              .doc = "Proposals of a round: ?pot, ?state, ?place, ?q, ?page, ?shuffle."),
    {.path = NULL},
};
