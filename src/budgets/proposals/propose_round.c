/* The round as its proposers meet it: when, which pots and places, and what is asked. */
#include <string.h>

#include "budgets/proposals/propose.h"
#include "pages/contact/contact.h"
#include "people/organisations/organisations.h"

enum { PLACES_MAX = 60 };

/* ---- the steps of the form ---- */

#define STEPS_OF_ALL                                                                               \
    {"what", (const char *const[]){"title", "lead", NULL}},                                        \
        {"why", (const char *const[]){"body", NULL}},                                              \
        {"where", (const char *const[]){"area", "place", NULL}},                                   \
        {"cost", (const char *const[]){"wished", NULL}},                                           \
        {"pot", (const char *const[]){"pot", NULL}}, {                                             \
        "who", (const char *const[]) {                                                             \
            "proposer_kind", "association", "organisation_no", NULL                                \
        }                                                                                          \
    }

static const struct draft_step steps[] = {
    STEPS_OF_ALL,
    {"reach", (const char *const[]){"name", "phone", "is_child", "adult", "show_name", NULL}},
    {"similar", (const char *const[]){NULL}},
};
/* The same form, marked with how it came (PB-5), and with the address of whoever has one. */
static const struct draft_step entered_steps[] = {
    {"came", (const char *const[]){"channel", "received_on", NULL}},
    STEPS_OF_ALL,
    {"reach",
     (const char *const[]){"name", "phone", "email", "is_child", "adult", "show_name", NULL}},
    {"similar", (const char *const[]){NULL}},
};

static struct draft_kind kind_of(struct arena *arena, const char *slug, bool enters) {
    return (struct draft_kind){
        .name = enters ? "proposal_entered" : "proposal",
        .form = &propose_form_form,
        .steps = enters ? entered_steps : steps,
        .step_count = enters ? sizeof entered_steps / sizeof entered_steps[0]
                             : sizeof steps / sizeof steps[0],
        .address = arena_format(arena, "/budgets/%s/propose", slug),
    };
}

enum error propose_round_find(struct db *db, struct request *rq, struct propose_round *ret_round) {
    struct propose_round round = {.opens_at = INSTANT_NONE, .closes_at = INSTANT_NONE};
    TRY(campaign_by_slug(db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now,
                         &round.campaign));
    TRY(campaign_admit(rq, &round.campaign));
    const struct campaign_date *ideas = campaign_date_of(&round.campaign, campaign_step_ideas);
    const bool locked = campaign_is_locked(&round.campaign);
    if (ideas != NULL) {
        round.opens_at = ideas->starts_at;
        round.closes_at = ideas->ends_at;
    }
    round.time = propose_time_at(round.opens_at, round.closes_at, rq->now);
    round.enters = proposal_enters(rq);
    /* What came in time is entered also afterwards, as long as the vote is not locked. */
    round.may_send = !locked && (round.time == propose_time_open ||
                                 (round.enters && round.time == propose_time_over));
    round.kind = kind_of(rq->arena, round.campaign.campaign.slug, round.enters);
    *ret_round = round;
    return ERR_OK;
}

const char *propose_address(struct request *rq, const struct propose_round *round, int64_t draft,
                            int step) {
    const struct draft_kind *kind = &round->kind;
    const char *name = (size_t)step < kind->step_count ? kind->steps[step].name : DRAFT_CHECK;
    return arena_format(rq->arena, "%s/%lld/%s", kind->address, (long long)draft, name);
}

/* ---- options ---- */

static struct form_options pot_options(struct request *rq, const struct campaign_whole *round) {
    const struct campaign_pot_list *pots = &round->pots;
    struct option_view *at = ARENA_ARRAY(rq->arena, pots->count + 1, struct option_view);
    for (size_t i = 0; i < pots->count; i++) {
        const struct campaign_pot *pot = &pots->at[i];
        at[i] = (struct option_view){
            .code = arena_format(rq->arena, "%lld", (long long)pot->pot),
            .label = arena_format(rq->arena, "%s, %s", pot->title,
                                  format_field(rq->arena, rq->language, FORMAT_MONEY,
                                               shape_field(&campaign_pot_shape, "sum", 3), pot)),
            .help = pot->proposers == pot_proposers_association
                        ? word(rq->language, "propose.pot_associations")
                        : pot->about,
        };
    }
    return (struct form_options){"pot", at, pots->count, NULL};
}

static struct form_options area_options(struct request *rq, const struct campaign_whole *round) {
    struct option_view *at = ARENA_ARRAY(rq->arena, PLACES_MAX, struct option_view);
    size_t count = 0;
    for (const char *line = round->campaign.places;
         line != NULL && *line != '\0' && count < PLACES_MAX;) {
        const size_t length = strcspn(line, "\n");
        const char *place = arena_copy_span(rq->arena, line, length);
        if (length > 0)
            at[count++] = (struct option_view){.code = place, .label = place};
        line += length + (line[length] == '\n');
    }
    return (struct form_options){"area", at, count, NULL};
}

const struct form_options *propose_options(struct request *rq, const struct campaign_whole *round) {
    struct form_options *options = ARENA_ARRAY(rq->arena, 2, struct form_options);
    options[0] = pot_options(rq, round);
    options[1] = area_options(rq, round);
    options[0].next = &options[1];
    return options;
}

/* ---- what the fields do not say by themselves ---- */

static bool is_offered(const struct form_options *options, const char *field, const char *code) {
    for (; options != NULL; options = options->next)
        for (size_t i = 0; strcmp(options->field, field) == 0 && i < options->count; i++)
            if (strcmp(options->at[i].code, code) == 0)
                return true;
    return false;
}

static bool pot_is_associations(const struct campaign_whole *round, const char *code) {
    const int64_t number = code == NULL ? 0 : strtoll(code, NULL, 10);
    for (size_t i = 0; i < round->pots.count; i++)
        if (round->pots.at[i].pot == number)
            return round->pots.at[i].proposers == pot_proposers_association;
    return false;
}

struct judging {
    struct request *rq;
    struct form_errors *errors;
};

static void refuse(struct judging *judging, const char *field, const char *word_key) {
    form_refuse(judging->rq->arena, judging->errors, &propose_form_form, field, word_key);
}

/* PB-2; the association says which it is. */
static void judge_proposer(struct judging *judging, const struct propose_round *round,
                           const struct propose_form *form) {
    if (form->proposer_kind < 0)
        return;
    const enum proposer_kind kind = (enum proposer_kind)form->proposer_kind;
    if (!proposer_may_use(pot_is_associations(&round->campaign, form->pot), kind))
        refuse(judging, "proposer_kind", "propose.associations_only");
    if (kind != proposer_kind_association)
        return;
    if (form->association == NULL)
        refuse(judging, "association", "field.required");
    if (form->organisation_no == NULL)
        refuse(judging, "organisation_no", "field.required");
    else if (organisation_number_read(judging->rq->arena, form->organisation_no) == NULL)
        refuse(judging, "organisation_no", "propose.organisation_no");
}

/* What is written is shown to everybody. */
static void judge_words(struct judging *judging, const struct propose_form *form) {
    const struct {
        const char *field, *text;
    } texts[] = {
        {"title", form->title}, {"lead", form->lead}, {"body", form->body}, {"place", form->place}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].text != NULL && contact_has_personal_number(texts[i].text))
            refuse(judging, texts[i].field, "propose.personal_number");
}

/* Staff say how it came, and a day that is in time and not to come. */
static void judge_entered(struct judging *judging, const struct propose_round *round,
                          const struct propose_form *form) {
    const int64_t day = form->received_on;
    if (form->channel < 0)
        refuse(judging, "channel", "field.required");
    if (day != INSTANT_NONE && day > judging->rq->now)
        refuse(judging, "received_on", "propose.day_to_come");
    const int64_t at = day == INSTANT_NONE ? judging->rq->now : day;
    if (round->closes_at != INSTANT_NONE && at >= round->closes_at)
        refuse(judging, "received_on", "propose.day_too_late");
    if (form->email == NULL && form->phone == NULL)
        refuse(judging, "phone", "propose.reach_needed");
}

void propose_judge(struct request *rq, const struct propose_round *round,
                   const struct propose_form *form, struct form_errors *errors) {
    struct judging judging = {rq, errors};
    const struct form_options *options = propose_options(rq, &round->campaign);
    if (form->pot != NULL && !is_offered(options, "pot", form->pot))
        refuse(&judging, "pot", "field.not_offered");
    if (form->area != NULL && !is_offered(options, "area", form->area))
        refuse(&judging, "area", "field.not_offered");
    judge_proposer(&judging, round, form);
    judge_words(&judging, form);
    if (form->is_child && form->adult == NULL)
        refuse(&judging, "adult", "propose.adult_needed");
    if (round->enters)
        judge_entered(&judging, round, form);
}
