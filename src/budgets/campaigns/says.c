/* The rules of a round in plain words, with a worked example. */
#include "budgets/campaigns/views.h"

enum { SENTENCES_MAX = 14 };

#define RULE_FACTS(F, T)                                                                           \
    F(T, int, most, , "choices in each pot")                                                       \
    F(T, int, least, , "votes")                                                                    \
    F(T, time, opens_at, , "when voting begins")                                                   \
    F(T, time, closes_at, , "first instant too late")                                              \
    F(T, time, late_until, , "until when posted paper is waited for")
SHAPE(rule_facts, RULE_FACTS);

struct saying {
    const struct request *rq;
    struct rule_facts facts;
    struct sentence *at;
    size_t count;
};

static void say(struct saying *saying, const char *key) {
    if (saying->count == SENTENCES_MAX)
        return;
    saying->at[saying->count++].text = word_filled(saying->rq->arena, saying->rq->language, key, -1,
                                                   &rule_facts_shape, &saying->facts);
}

static void say_choice(struct saying *saying, const char *what, const struct choices *choices,
                       int value) {
    say(saying,
        arena_format(saying->rq->arena, "rules_say.%s_%s", what, choice_code(choices, value)));
}

static void say_dates(struct saying *saying) {
    if (saying->facts.opens_at == INSTANT_NONE)
        return;
    say(saying, "rules_say.dates");
    if (saying->facts.late_until != INSTANT_NONE)
        say(saying, "rules_say.late");
}

static struct rule_facts facts_of(const struct campaign_whole *whole) {
    const struct campaign *campaign = &whole->campaign;
    const struct campaign_date *vote = campaign_date_of(whole, campaign_step_vote);
    struct rule_facts facts = {campaign->most_choices, campaign->least_votes, INSTANT_NONE,
                               INSTANT_NONE, campaign->late_until};
    if (vote != NULL && vote->ends_at != INSTANT_NONE) {
        facts.opens_at = vote->starts_at;
        facts.closes_at = vote->ends_at;
    }
    if (whole->poll.id != 0 && whole->poll.state != poll_state_draft) {
        facts.opens_at = whole->poll.opens_at;
        facts.closes_at = whole->poll.closes_at; /* as lengthened */
    }
    return facts;
}

static void example_fill(const struct request *rq, const struct campaign *campaign,
                         struct example_row_list *ret_example) {
    static const char *const titles[] = {"rules_say.example_a", "rules_say.example_b",
                                         "rules_say.example_c"};
    struct example_count counts[EXAMPLE_ROWS];
    struct example_row *at = ARENA_ARRAY(rq->arena, EXAMPLE_ROWS, struct example_row);
    campaign_example((enum campaign_allocation)campaign->allocation,
                     (enum campaign_satisfaction)campaign->satisfaction, campaign->least_votes,
                     counts);
    for (size_t i = 0; i < EXAMPLE_ROWS; i++) {
        const struct example_count *row = &counts[i];
        const char *why = row->selected        ? "rules_say.example_selected"
                          : row->is_too_few    ? "rules_say.example_too_few"
                          : row->is_after_stop ? "rules_say.example_after_stop"
                                               : "rules_say.example_no_room";
        at[i] = (struct example_row){.title = word(rq->language, titles[row->proposal]),
                                     .votes = row->votes,
                                     .cost = row->cost,
                                     .selected = row->selected,
                                     .left = row->left,
                                     .why = word(rq->language, why)};
    }
    *ret_example = (struct example_row_list){at, EXAMPLE_ROWS};
}

enum error campaign_rules_say(const struct request *rq, const struct campaign_whole *whole,
                              struct sentence_list *ret_sentences,
                              struct example_row_list *ret_example) {
    const struct campaign *campaign = &whole->campaign;
    struct saying saying = {rq, facts_of(whole),
                            ARENA_ARRAY(rq->arena, SENTENCES_MAX, struct sentence), 0};
    say_choice(&saying, "eligible", &eligible_choices, campaign->eligible);
    say_choice(&saying, "ballot", &ballot_kind_choices, campaign->ballot_kind);
    say(&saying, "rules_say.blank");
    say_dates(&saying);
    say_choice(&saying, "satisfaction", &campaign_satisfaction_choices, campaign->satisfaction);
    say_choice(&saying, "allocation", &campaign_allocation_choices, campaign->allocation);
    if (campaign->least_votes > 1)
        say(&saying, "rules_say.least");
    say_choice(&saying, "ties", &campaign_ties_choices, campaign->ties);
    if (campaign->leftover != NULL && campaign->leftover[0] != '\0')
        saying.at[saying.count++].text = campaign->leftover;
    say(&saying, "rules_say.advice");
    *ret_sentences = (struct sentence_list){saying.at, saying.count};
    example_fill(rq, campaign, ret_example);
    return ERR_OK;
}
