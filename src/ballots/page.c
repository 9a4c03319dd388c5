/* GET /polls/:id: the ballot, for whoever reads and for whoever votes. */
#include <string.h>

#include "ballots/inside.h"
#include "ballots_statements.h"

enum { OPTIONS_SHOWN = 100, SLOTS_MOST = 10, PLACES_MOST = 8, SEARCH_FROM = 13 };

/* The page while it is being filled. */
struct showing {
    struct request *rq;
    struct poll_scene scene;
    struct poll_paper paper;
    struct voter_row voter;
    struct ballot ballot;
    struct ballot_view view;
    const struct ballot_filter *filter;
    bool lacks_secret;
};

/* ---- who looks ---- */

static enum error find_step(struct showing *showing) {
    struct request *rq = showing->rq;
    struct ballot_view *view = &showing->view;
    if (rq->visitor->account == 0) {
        view->step = ballot_step_log_in;
        return ERR_OK;
    }
    const enum error error = voter_find(rq->db, rq, &showing->scene.poll, &showing->voter);
    if (error == ERR_NOT_FOUND)
        view->step = showing->scene.poll.eligible == eligible_roll ? ballot_step_not_on_roll
                                                                   : ballot_step_declare;
    else if (error == ERR_CONFLICT)
        view->step = ballot_step_taken;
    else if (error != ERR_OK)
        return error;
    else if (showing->voter.barred != NULL)
        view->step = ballot_step_barred;
    else
        view->step = showing->voter.tie == NULL || showing->voter.account == 0 ? ballot_step_declare
                                                                               : ballot_step_vote;
    return ERR_OK;
}

/* Read while there is one that can be opened: from opening until sealing. */
static enum error find_ballot(struct showing *showing) {
    struct request *rq = showing->rq;
    const struct poll_keys *keys = NULL;
    const enum poll_phase phase = showing->scene.phase;
    const bool stands =
        phase == poll_phase_open || phase == poll_phase_paused || phase == poll_phase_closed;
    if (showing->view.step != ballot_step_vote || !stands)
        return ERR_OK;
    const enum error error = poll_keys_open(rq->arena, &showing->scene.poll, &keys);
    if (error == ERR_UNAVAILABLE) {
        showing->lacks_secret = true;
        return ERR_OK;
    }
    TRY(error);
    return ballot_find(rq->db, rq->arena, keys, rq->tenant, &showing->paper, showing->voter.voter,
                       &showing->ballot);
}

/* ---- addresses of this page ---- */

/* With another pot (-1: as it is), place (NULL: as it is; "": all) or beginning. */
static struct url address_with(const struct showing *showing, int64_t pot, const char *place,
                               size_t from) {
    const struct ballot_view *view = &showing->view;
    struct buffer text = buffer_in(showing->rq->arena, 8192);
    const char *wanted = place == NULL ? view->place : place;
    const int64_t shown = pot < 0 ? view->pot : pot;
    buffer_format(&text, "/polls/%lld?o=%lld", (long long)view->poll, (long long)view->order);
    if (shown > 0)
        buffer_format(&text, "&pot=%lld", (long long)shown);
    if (wanted != NULL && wanted[0] != '\0') {
        buffer_text(&text, "&place=");
        address_escape(&text, wanted);
    }
    if (view->q != NULL) {
        buffer_text(&text, "&q=");
        address_escape(&text, view->q);
    }
    if (from > 0)
        buffer_format(&text, "&from=%zu", from);
    return url_own(buffer_string(&text));
}

static void fill_login(struct showing *showing) {
    struct buffer text = buffer_in(showing->rq->arena, 16384);
    buffer_text(&text, "/login?next=");
    address_escape(&text, showing->view.here.address);
    showing->view.login = url_own(buffer_string(&text));
}

/* ---- pots ---- */

static void fill_pot(struct showing *showing, const struct poll_pot *pot, struct ballot_pot *into) {
    const struct pot_use use = ballot_pot_use(&showing->paper, pot->pot, &showing->ballot);
    *into = (struct ballot_pot){
        .pot = pot->pot,
        .title = pot->title,
        .sum = pot->sum,
        .chosen = use.chosen,
        .most = use.most,
        .left = use.most > use.chosen ? use.most - use.chosen : 0,
        .spent = use.spent,
        .money_left = use.left,
        .full = use.most > 0 && use.chosen >= use.most,
    };
    if (use.most == 0 || use.most > SLOTS_MOST)
        return;
    struct pot_slot *slots = ARENA_ARRAY(showing->rq->arena, (size_t)use.most, struct pot_slot);
    for (int64_t i = 0; i < use.most; i++)
        slots[i].on = i < use.chosen;
    into->slots = (struct pot_slot_list){slots, (size_t)use.most};
}

static void fill_pots(struct showing *showing) {
    struct ballot_view *view = &showing->view;
    const size_t count = showing->paper.pots.count;
    struct ballot_pot *pots = ARENA_ARRAY(showing->rq->arena, count + 1, struct ballot_pot);
    struct ballot_link *links = ARENA_ARRAY(showing->rq->arena, count + 2, struct ballot_link);
    view->all_full = count > 0;
    for (size_t i = 0; i < count; i++) {
        fill_pot(showing, &showing->paper.pots.at[i], &pots[i]);
        view->all_full = view->all_full && pots[i].full;
        links[i + 1] = (struct ballot_link){
            pots[i].title, address_with(showing, pots[i].pot, NULL, 0), view->pot == pots[i].pot};
    }
    links[0] = (struct ballot_link){word(showing->rq->language, "ballot.all_pots"),
                                    address_with(showing, 0, NULL, 0), view->pot == 0};
    view->pots = (struct ballot_pot_list){pots, count};
    view->many_pots = count > 1;
    if (view->many_pots)
        view->pot_links = (struct ballot_link_list){links, count + 1};
}

static const struct ballot_pot *pot_of(const struct showing *showing, int64_t pot) {
    for (size_t i = 0; i < showing->view.pots.count; i++)
        if (showing->view.pots.at[i].pot == pot)
            return &showing->view.pots.at[i];
    return NULL;
}

/* ---- options ---- */

static bool has_words(struct arena *arena, const struct poll_option *option, const char *folded) {
    const char *all = arena_format(arena, "%s\n%s\n%s", option->title, option->lead, option->place);
    return strstr(text_fold(arena, all), folded) != NULL;
}

/* "Centrum" of "Centrum, Stortorget": the part that is the same for many. */
static const char *place_part(struct arena *arena, const char *place) {
    return arena_copy_span(arena, place, strcspn(place, ","));
}

static bool is_wanted(const struct showing *showing, const struct poll_option *option,
                      const char *folded) {
    const struct ballot_view *view = &showing->view;
    if (view->pot > 0 && option->pot != view->pot)
        return false;
    struct arena *arena = showing->rq->arena;
    if (view->place != NULL && strcmp(place_part(arena, option->place), view->place) != 0)
        return false;
    return folded == NULL || has_words(arena, option, folded);
}

static struct ballot_line line_of(const struct showing *showing, const struct poll_option *option) {
    const struct ballot_pot *pot = pot_of(showing, option->pot);
    const bool chosen = ballot_has(&showing->ballot, (int)option->option);
    const bool dear = showing->view.is_cart && pot != NULL && option->cost > pot->money_left;
    return (struct ballot_line){
        .option = option->option,
        .title = option->title,
        .lead = option->lead,
        .place = option->place[0] == '\0' ? NULL : option->place,
        .cost = option->cost,
        .chosen = chosen,
        .full = !chosen && (dear || (pot != NULL && pot->full)),
    };
}

/* Where the list is: options that fit the filter, counted over all pots. */
struct listing {
    const size_t *order; /* of all options */
    const char *folded;  /* words that are looked for; NULL = all */
    size_t from, seen, shown;
};

/* The options of a pot that fit, from the one that the page begins with. */
static struct ballot_line_list lines_of(const struct showing *showing, int64_t pot,
                                        struct listing *listing) {
    const struct poll_option_list *options = &showing->paper.options;
    struct ballot_line *lines = ARENA_ARRAY(showing->rq->arena, OPTIONS_SHOWN, struct ballot_line);
    size_t count = 0;
    for (size_t i = 0; i < options->count; i++) {
        const struct poll_option *option = &options->at[listing->order[i]];
        if (option->pot != pot || !is_wanted(showing, option, listing->folded))
            continue;
        if (listing->seen++ >= listing->from && listing->shown < OPTIONS_SHOWN) {
            lines[count++] = line_of(showing, option);
            listing->shown++;
        }
    }
    return (struct ballot_line_list){lines, count};
}

static void fill_options(struct showing *showing, size_t from) {
    struct ballot_view *view = &showing->view;
    struct arena *arena = showing->rq->arena;
    const char *seed = showing->scene.poll.rules_hash;
    struct ballot_group *groups = ARENA_ARRAY(arena, view->pots.count + 1, struct ballot_group);
    struct listing listing = {
        .order = option_order(arena, showing->paper.options.count, seed == NULL ? "draft" : seed,
                              (int)view->order),
        .folded = view->q == NULL ? NULL : text_fold(arena, view->q),
        .from = from,
    };
    for (size_t i = 0; i < view->pots.count; i++) {
        const struct ballot_pot *pot = &view->pots.at[i];
        const struct ballot_line_list lines = lines_of(showing, pot->pot, &listing);
        if (lines.count > 0)
            groups[view->groups.count++] = (struct ballot_group){
                pot->pot, view->many_pots ? pot->title : NULL, pot->sum, lines};
    }
    view->groups.at = groups;
    view->count = (int64_t)listing.seen;
    if (listing.shown > 0 && listing.seen > from + listing.shown)
        view->more = address_with(showing, -1, NULL, from + listing.shown);
}

static int by_label(const void *a, const void *b) {
    const char *left = ((const struct ballot_link *)a)->label,
               *right = ((const struct ballot_link *)b)->label;
    return text_compare_sv(left, strlen(left), right, strlen(right));
}

static bool is_listed(const struct ballot_link *links, size_t count, const char *place) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(links[i].label, place) == 0)
            return true;
    return false;
}

/* Each part of the municipality once, in Swedish order, after "all". So many that nobody would look
 * through them are left to the search. */
static void fill_places(struct showing *showing) {
    struct ballot_view *view = &showing->view;
    struct ballot_link *links =
        ARENA_ARRAY(showing->rq->arena, PLACES_MOST + 1, struct ballot_link);
    size_t count = 0;
    for (size_t i = 0; i < showing->paper.options.count; i++) {
        const char *place = place_part(showing->rq->arena, showing->paper.options.at[i].place);
        if (place[0] == '\0' || is_listed(links + 1, count, place))
            continue;
        if (count == PLACES_MOST)
            return;
        links[++count] =
            (struct ballot_link){place, address_with(showing, -1, place, 0),
                                 view->place != NULL && strcmp(view->place, place) == 0};
    }
    if (count < 2 || !view->has_search)
        return;
    qsort(links + 1, count, sizeof *links, by_label);
    links[0] = (struct ballot_link){word(showing->rq->language, "ballot.all_places"),
                                    address_with(showing, -1, "", 0), view->place == NULL};
    view->place_links = (struct ballot_link_list){links, count + 1};
}

#define OPTION_PAGE(F, T)                                                                          \
    F(T, int, option, , "see poll_option")                                                         \
    F(T, slug, kind, , "of its page")                                                              \
    F(T, slug, slug, , "of its page")
SHAPE(option_page, OPTION_PAGE);

static void fill_address(struct arena *arena, const struct option_page_list *pages,
                         struct ballot_line *line) {
    for (size_t i = 0; i < pages->count; i++)
        if (pages->at[i].option == line->option)
            line->address = page_address(
                arena, &(struct page){.kind = pages->at[i].kind, .slug = pages->at[i].slug});
}

static enum error fill_addresses(struct showing *showing) {
    struct request *rq = showing->rq;
    struct option_page_list pages = {0};
    TRY(db_many(rq->db, rq->arena, &sql_poll_option_pages,
                WITH(BIND_INT("tenant", rq->tenant), BIND_INT("poll", showing->scene.poll.id)),
                POLL_OPTIONS_MAX, &option_page_shape, &pages));
    for (size_t i = 0; i < showing->view.groups.count; i++)
        for (size_t j = 0; j < showing->view.groups.at[i].options.count; j++)
            fill_address(rq->arena, &pages, &showing->view.groups.at[i].options.at[j]);
    return ERR_OK;
}

/* ---- the whole ---- */

static void fill_filter(struct showing *showing) {
    const struct ballot_filter *filter = showing->filter;
    struct ballot_view *view = &showing->view;
    const struct poll *poll = &showing->scene.poll;
    view->order = filter->o >= 0 ? filter->o : poll_shuffle_of(showing->rq, poll);
    view->pot = filter->pot > 0 ? filter->pot : 0;
    view->place = filter->place;
    view->q = filter->q;
}

static void fill_ballot(struct showing *showing) {
    struct ballot_view *view = &showing->view;
    const struct ballot *ballot = &showing->ballot;
    view->may_tick = view->step == ballot_step_vote && showing->scene.phase == poll_phase_open;
    view->remind = showing->voter.remind;
    view->barred = showing->voter.barred;
    view->has_ballot = ballot->revision > 0;
    view->counts = ballot_counts(ballot);
    view->blank = ballot->blank;
    view->chosen = (int64_t)ballot->count;
    view->revision = ballot->revision;
    view->saved_at = view->has_ballot ? ballot_saved_at(showing->rq, view->poll) : INSTANT_NONE;
}

static enum error showing_fill(struct showing *showing) {
    const struct poll *poll = &showing->scene.poll;
    const int64_t from = showing->filter->from;
    showing->view = (struct ballot_view){
        .poll = poll->id,
        .round = showing->scene.round.title,
        .round_address = showing->scene.round_address,
        .phase = (int)showing->scene.phase,
        .is_cart = poll->ballot_kind == ballot_kind_cart,
        .most = poll->most_choices,
        .opens_at = poll->opens_at,
        .closes_at = poll->closes_at,
    };
    fill_filter(showing);
    showing->view.has_search = showing->paper.options.count >= SEARCH_FROM;
    showing->view.here = address_with(showing, -1, NULL, from > 0 ? (size_t)from : 0);
    fill_login(showing);
    TRY(find_step(showing));
    TRY(find_ballot(showing));
    fill_ballot(showing);
    fill_pots(showing);
    fill_options(showing, from > 0 ? (size_t)from : 0);
    fill_places(showing);
    return fill_addresses(showing);
}

/* Visitors without a session may share the page until the phase changes. */
static void keep(const struct showing *showing, struct reply *rp) {
    const struct request *rq = showing->rq;
    const struct poll *poll = &showing->scene.poll;
    int64_t until = rq->now + DAYS(1);
    if (rq->visitor->account != 0 || showing->filter->q != NULL)
        return;
    if (poll->opens_at > rq->now && poll->opens_at < until)
        until = poll->opens_at;
    if (poll->closes_at > rq->now && poll->closes_at < until)
        until = poll->closes_at;
    reply_may_cache(rp, until);
}

/* The filter when the page is shown for itself; all, when it is shown again after a press. */
static const struct ballot_filter *filter_of(const struct request *rq) {
    static const struct ballot_filter all = {.pot = FORM_NONE, .o = FORM_NONE, .from = FORM_NONE};
    return rq->method == METHOD_GET ? rq->form : &all;
}

static enum error show_ballot(struct request *rq, struct reply *rp) {
    struct showing *showing = ARENA_NEW(rq->arena, struct showing);
    showing->rq = rq;
    showing->filter = filter_of(rq);
    TRY(poll_scene_find(rq, &showing->scene));
    const bool is_new = showing->filter->o < 0 && rq->visitor->account == 0;
    if (is_new && rq->wants == REPRESENTATION_HTML && rq->method == METHOD_GET)
        return reply_redirect(rq, rp,
                              arena_format(rq->arena, "/polls/%lld?o=%d",
                                           (long long)showing->scene.poll.id,
                                           poll_shuffle_of(rq, &showing->scene.poll)));
    TRY(poll_paper_of(rq->db, rq->arena, rq->tenant, &showing->scene.poll, &showing->paper));
    TRY(showing_fill(showing));
    if (showing->lacks_secret)
        return reply_secret_missing(rq, rp, &showing->scene);
    keep(showing, rp);
    return reply_view(rq, rp, &showing->view);
}

static const struct route_page secret_missing_page[] = {
    {&secret_missing_shape, "ballots/secret_missing"}, {NULL, NULL}};

const struct route ballot_routes[] = {
    ROUTE_GET("/polls/:id", show_ballot, .right = RIGHT_ANYONE, .form = &ballot_filter_form,
              .view = &ballot_view_shape, .template = "ballots/ballot", .also = secret_missing_page,
              .crumb = "ballot.crumb",
              .doc = "The ballot: what can be chosen, what the visitor has chosen, what counts."),
    {.path = NULL},
};
