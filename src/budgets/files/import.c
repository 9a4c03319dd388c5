/* A real election becomes a finished round: options in the order of their ids by code points, so
 * that the rule "lower number first" is the files' own tie rule. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "budgets/campaigns/campaigns.h"
#include "budgets/files/files.h"
#include "budgets/files/round.h"
#include "budgets/results/results.h"
#include "methods/election/election.h"
#include "platform/base/text.h"

enum {
    ORE_DECIMALS = 2,
    CHOICES_BYTES = 1 << 16,
    TITLE_MAX = 200,
    POT_TITLE_MAX = 80,
    PROGRESS_EVERY = 500
};

struct importing {
    struct db *db;
    struct arena *arena;
    const struct import_order *order;
    const struct election *election;
    struct request rq; /* as if the system asked */
    struct visitor nobody;
    uint32_t *projects; /* projects[project_count] of the election, in the options' order */
    int64_t *options;   /* options[project_count]: number of each project */
    struct campaign_plan plan;
    struct campaign_pot pot;
    struct campaign_date vote;
    struct poll_paper paper;
    struct round_origin origin;
    int64_t campaign, poll;
};

const char *import_refusal_text(enum import_refusal refusal) {
    switch (refusal) {
    case IMPORT_FINE:
        return "nothing is wrong";
    case IMPORT_BUDGET:
        return "its budget is nothing, or not a whole number of hundredths";
    case IMPORT_COST:
        return "the cost of a project is not a whole number of hundredths";
    case IMPORT_PROJECTS:
        return "it has no projects, or more than 2,000";
    case IMPORT_TWICE:
        return "a round of this file has been imported already";
    case IMPORT_CLOSED:
        return "the organisation cannot publish yet: its settings are not complete";
    }
    return "";
}

/* ---- amounts ---- */

/* Units of the election as öre; false when they are no whole number of them. */
static bool ore_of(const struct election *election, int64_t units, int64_t *ret_ore) {
    const struct amount amount = amount_shorten((struct amount){units, election->decimals});
    return amount.decimals <= ORE_DECIMALS && amount_at_scale(amount, ORE_DECIMALS, ret_ore);
}

enum import_refusal import_judge(const struct import_order *order) {
    const struct election *election = order->election;
    int64_t ore = 0;
    if (election->project_count == 0 || election->project_count > POLL_OPTIONS_MAX)
        return IMPORT_PROJECTS;
    if (election->budget <= 0 || !ore_of(election, election->budget, &ore))
        return IMPORT_BUDGET;
    for (size_t i = 0; i < election->project_count; i++)
        if (!ore_of(election, election->projects[i].cost, &ore))
            return IMPORT_COST;
    return IMPORT_FINE;
}

/* ---- what the file says of it ---- */

static const char *fact_of(const struct election *election, const char *name) {
    for (size_t i = 0; i < election->fact_count; i++)
        if (strcmp(election->facts[i].name, name) == 0 && election->facts[i].value[0] != '\0')
            return election->facts[i].value;
    return NULL;
}

/* At most so many characters, the last an ellipsis when there were more. */
static const char *cut(struct arena *arena, const char *text, size_t most) {
    size_t length = 0, characters = 0;
    while (text[length] != '\0' && characters < most - 1) {
        for (length++; ((unsigned char)text[length] & 0xc0) == 0x80;)
            length++;
        characters++;
    }
    if (strlen(text) <= length + 1)
        return text;
    return arena_format(arena, "%.*s…", (int)length, text);
}

static int64_t midnight(int year, int month, int day) {
    return instant_from_civil((struct civil){.year = year, .month = month, .day = day});
}

/* "06.06.2020", "2020-06-06" or "2020"; INSTANT_NONE when it is none of them. `is_end`: the first
 * instant after it. */
static int64_t date_of(struct arena *arena, const char *text, bool is_end) {
    struct civil civil = {0};
    if (text == NULL)
        return INSTANT_NONE;
    if (strlen(text) == 4 && strspn(text, "0123456789") == 4)
        return midnight((int)strtol(text, NULL, 10) + (is_end ? 1 : 0), 1, 1);
    if (strlen(text) == 10 && text[2] == '.' && text[5] == '.')
        text = arena_format(arena, "%s-%.2s-%.2s", text + 6, text + 3, text);
    if (!civil_date_parse(text, &civil))
        return INSTANT_NONE;
    const int64_t at = midnight(civil.year, civil.month, civil.day);
    return at == INSTANT_NONE || !is_end ? at : instant_day_start(at, 1);
}

/* When people voted: as the file says, or the day before the import. */
static void dates_read(struct importing *importing) {
    const struct election *election = importing->election;
    const int64_t now = importing->order->now;
    int64_t begin = date_of(importing->arena, fact_of(election, "date_begin"), false);
    int64_t end = date_of(importing->arena, fact_of(election, "date_end"), true);
    if (begin == INSTANT_NONE || end == INSTANT_NONE || begin >= end || end > now) {
        begin = instant_day_start(now, -1);
        end = instant_day_start(now, 0);
    }
    importing->vote = (struct campaign_date){campaign_step_vote, begin, end, ""};
}

#define IMPORT_LEAD(F, T)                                                                          \
    F(T, text, unit, , "where")                                                                    \
    F(T, text, instance, , "which")                                                                \
    F(T, text, currency, , "of all sums")                                                          \
    F(T, text, file, , "its name")
SHAPE(import_lead, IMPORT_LEAD);

static const char *lead_of(struct importing *importing) {
    const struct election *election = importing->election;
    const char *unit = fact_of(election, "unit"), *country = fact_of(election, "country");
    const char *currency = fact_of(election, "currency"), *year = fact_of(election, "instance");
    const struct import_lead lead = {
        arena_format(importing->arena, "%s%s%s", unit == NULL ? "" : unit,
                     unit == NULL || country == NULL ? "" : ", ", country == NULL ? "" : country),
        year == NULL ? "–" : year,
        currency == NULL ? "–" : currency,
        importing->order->file,
    };
    return word_filled(importing->arena, LANGUAGE_SV, "import.lead", -1, &import_lead_shape, &lead);
}

/* ---- options ---- */

static int by_id(const void *a, const void *b, void *context) {
    const struct election *election = context;
    return strcmp(election->projects[*(const uint32_t *)a].id,
                  election->projects[*(const uint32_t *)b].id);
}

static void options_read(struct importing *importing) {
    const struct election *election = importing->election;
    struct arena *arena = importing->arena;
    const size_t count = election->project_count;
    struct poll_option *at = ARENA_ARRAY(arena, count, struct poll_option);
    const char **ids = ARENA_ARRAY(arena, count, const char *);
    importing->projects = ARENA_ARRAY(arena, count, uint32_t);
    importing->options = ARENA_ARRAY(arena, count, int64_t);
    for (uint32_t i = 0; i < count; i++)
        importing->projects[i] = i;
    qsort_r(importing->projects, count, sizeof importing->projects[0], by_id, (void *)election);
    for (size_t i = 0; i < count; i++) {
        const struct project *project = &election->projects[importing->projects[i]];
        const char *name =
            project->name == NULL || project->name[0] == '\0' ? project->id : project->name;
        at[i] = (struct poll_option){
            .option = (int64_t)i + 1, .pot = 1, .title = name, .lead = "", .place = ""};
        (void)ore_of(election, project->cost, &at[i].cost); /* was judged */
        importing->options[importing->projects[i]] = (int64_t)i + 1;
        ids[i] = project->id;
    }
    importing->paper.options = (struct poll_option_list){at, count};
    importing->origin.ids = ids;
}

static void facts_read(struct importing *importing) {
    const struct election *election = importing->election;
    struct round_fact *facts =
        ARENA_ARRAY(importing->arena, election->fact_count + 1, struct round_fact);
    for (size_t i = 0; i < election->fact_count; i++)
        facts[i] = (struct round_fact){election->facts[i].name, election->facts[i].value};
    importing->origin.file = importing->order->file;
    importing->origin.hash = importing->order->hash;
    importing->origin.vote_type = election_kind_name(election->kind);
    importing->origin.facts = facts;
    importing->origin.fact_count = election->fact_count;
}

static enum ballot_kind kind_of(enum election_kind kind) {
    return election_kind_has_points(kind) ? ballot_kind_points
           : kind == BALLOT_ORDINAL       ? ballot_kind_ranking
                                          : ballot_kind_up_to;
}

/* The most that a ballot may choose: as the file says when all ballots keep to it, else as many as
 * the longest has; 0 = no limit. */
static int64_t most_choices(const struct election *election) {
    const char *most = fact_of(election, "max_length");
    const int64_t said = most == NULL ? 0 : strtol(most, NULL, 10);
    int64_t longest = 1;
    for (size_t i = 0; i < election->ballot_count; i++)
        if (election->ballots[i].length > longest)
            longest = election->ballots[i].length;
    if (election->kind == BALLOT_CHOOSE_ONE)
        return 1;
    if (said >= longest && said <= BALLOT_CHOICES_MAX)
        return said;
    return longest <= BALLOT_CHOICES_MAX ? longest : 0;
}

/* ---- the round ---- */

static void plan_make(struct importing *importing) {
    const struct election *election = importing->election;
    const struct import_order *order = importing->order;
    const char *title = fact_of(election, "description");
    struct poll_pot *pot = ARENA_NEW(importing->arena, struct poll_pot);
    title = cut(importing->arena, title == NULL ? order->file : title, TITLE_MAX);
    *pot = (struct poll_pot){.pot = 1, .title = cut(importing->arena, title, POT_TITLE_MAX)};
    (void)ore_of(election, election->budget, &pot->sum);
    importing->paper.pots = (struct poll_pot_list){pot, 1};
    importing->pot = (struct campaign_pot){1, pot->title, pot->sum, pot_proposers_anyone, ""};
    dates_read(importing);
    importing->plan = (struct campaign_plan){
        .campaign = {.title = title,
                     .lead = lead_of(importing),
                     .page_state = page_state_published,
                     .eligible = eligible_verified,
                     .ballot_kind = (int)kind_of(election->kind),
                     .most_choices = most_choices(election),
                     .allocation = campaign_allocation_skip,
                     .satisfaction = order->by_votes ? campaign_satisfaction_cost
                                                     : campaign_satisfaction_cardinality,
                     .least_votes = order->zero_support ? 0 : 1,
                     .ties = campaign_ties_id,
                     .late_until = INSTANT_NONE,
                     .origin = order->file},
        .dates = {&importing->vote, 1},
        .pots = {&importing->pot, 1},
    };
}

static enum error proposals_add(struct importing *importing) {
    const struct poll_option_list *options = &importing->paper.options;
    for (size_t i = 0; i < options->count; i++) {
        struct poll_option *option = &options->at[i];
        const struct proposal_line line = {.number = option->option,
                                           .pot = 1,
                                           .place = "",
                                           .investment = option->cost,
                                           .has_investment = true,
                                           .received_at = importing->vote.starts_at};
        const struct page_text words = {cut(importing->arena, option->title, TITLE_MAX), "", ""};
        TRY(proposal_import(importing->db, &importing->rq, importing->campaign, &line, &words,
                            &option->page));
    }
    return ERR_OK;
}

static enum error poll_add(struct importing *importing) {
    const struct campaign *campaign = &importing->plan.campaign;
    const struct poll_plan plan = {
        .page = importing->campaign,
        .ballot_kind = (enum ballot_kind)campaign->ballot_kind,
        .most_choices = campaign->most_choices,
        .eligible = eligible_verified,
        .opens_at = importing->vote.starts_at,
        .closes_at = importing->vote.ends_at,
        .late_until = INSTANT_NONE,
    };
    const char *rules = NULL, *hash = NULL;
    importing->paper.poll = (struct poll){.ballot_kind = (int)plan.ballot_kind,
                                          .most_choices = plan.most_choices,
                                          .eligible = eligible_verified,
                                          .opens_at = plan.opens_at,
                                          .closes_at = plan.closes_at,
                                          .late_until = INSTANT_NONE};
    campaign_rules_of_paper(importing->arena, campaign, &importing->paper, &rules, &hash);
    rules = round_rules_with_origin(importing->arena, rules, &importing->origin,
                                    importing->paper.options.count);
    return poll_import(importing->db, importing->arena, importing->rq.tenant, &plan, rules,
                       &importing->paper.pots, &importing->paper.options, importing->order->now,
                       &importing->poll);
}

/* ---- ballots ---- */

struct choice_mark {
    int64_t option;
    uint32_t points;
};

static int by_option(const void *a, const void *b) {
    const struct choice_mark *left = a, *right = b;
    return (left->option > right->option) - (left->option < right->option);
}

/* Choices as counted_ballot has them: rising, but for a ranking. */
static const char *choices_of(const struct importing *importing,
                              const struct election_ballot *ballot, struct choice_mark *marks,
                              struct buffer *text) {
    text->length = 0;
    for (uint32_t i = 0; i < ballot->length; i++)
        marks[i] = (struct choice_mark){importing->options[ballot->projects[i]],
                                        ballot->points == NULL ? 0 : ballot->points[i]};
    if (importing->election->kind != BALLOT_ORDINAL && ballot->length > 0)
        qsort(marks, ballot->length, sizeof *marks, by_option);
    for (uint32_t i = 0; i < ballot->length; i++) {
        buffer_format(text, "%s%" PRId64, i == 0 ? "" : ",", marks[i].option);
        if (ballot->points != NULL)
            buffer_format(text, ":%" PRIu32, marks[i].points);
    }
    return buffer_string(text);
}

static enum error ballots_add(struct importing *importing) {
    const struct import_order *order = importing->order;
    const struct election *election = importing->election;
    struct choice_mark *marks =
        ARENA_ARRAY(importing->arena, election->project_count, struct choice_mark);
    struct buffer text = buffer_in(importing->arena, CHOICES_BYTES);
    for (size_t i = 0; i < election->ballot_count; i++) {
        const struct election_ballot *ballot = &election->ballots[i];
        const struct counted_ballot counted = {ballot->length == 0 ? 0 : 1,
                                               choices_of(importing, ballot, marks, &text),
                                               ballot->voters};
        TRY(counted_ballot_add(importing->db, importing->rq.tenant, importing->poll, &counted));
        if (order->progress != NULL && (i % PROGRESS_EVERY == 0 || i + 1 == election->ballot_count))
            order->progress(order->context, i + 1, election->ballot_count);
    }
    return ERR_OK;
}

/* ---- all of it ---- */

static enum error counted_add(struct importing *importing) {
    struct campaign_whole campaign = {0};
    struct result_counted counted = {0};
    TRY(campaign_find(importing->db, importing->arena, importing->rq.tenant, importing->campaign,
                      importing->order->now, &campaign));
    TRY(result_count_run(importing->db, importing->arena, importing->rq.tenant, &campaign,
                         &counted));
    return result_import(importing->db, importing->rq.tenant, importing->campaign,
                         importing->order->now, &counted);
}

static enum error steps_run(struct importing *importing) {
    TRY(campaign_add(importing->db, &importing->rq, &importing->plan, &importing->campaign));
    TRY(proposals_add(importing));
    TRY(poll_add(importing));
    TRY(ballots_add(importing));
    return counted_add(importing);
}

enum error import_run(struct db *db, struct arena *arena, int64_t tenant,
                      const struct import_order *order, enum import_refusal *ret_refusal,
                      int64_t *ret_page) {
    struct importing *importing = ARENA_NEW(arena, struct importing);
    int64_t there = 0;
    importing->db = db;
    importing->arena = arena;
    importing->order = order;
    importing->election = order->election;
    importing->rq = (struct request){.tenant = tenant,
                                     .now = order->now,
                                     .language = LANGUAGE_SV,
                                     .arena = arena,
                                     .db = db,
                                     .visitor = &importing->nobody};
    *ret_refusal = import_judge(order);
    if (*ret_refusal != IMPORT_FINE)
        return ERR_OK;
    TRY(campaign_imported(db, tenant, order->file, &there));
    if (there != 0) {
        *ret_refusal = IMPORT_TWICE;
        return ERR_OK;
    }
    options_read(importing);
    facts_read(importing);
    plan_make(importing);
    const enum error error = steps_run(importing);
    if (error == ERR_FORBIDDEN) {
        *ret_refusal = IMPORT_CLOSED;
        return ERR_OK;
    }
    if (error == ERR_OK)
        *ret_page = importing->campaign;
    return error;
}
