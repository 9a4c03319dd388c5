/* Counting one pot: the ballots become an election of methods/, its outcome lines in öre. */
#include "budgets/results/rules.h"

#include <stdlib.h>
#include <string.h>

#include "methods/tally/tally.h"

enum { ORE_DECIMALS = 2, MARKS_MAX = 2000, OPTION_BYTES = 24 };

struct counter {
    struct arena *arena;
    struct count_rules rules;
    struct election_draft *draft;
    const struct count_option *options;
    size_t count;
    int64_t sum, ballots;
    struct mark marks[MARKS_MAX];
};

enum error counter_new(struct arena *arena, const struct count_rules *rules, int64_t sum,
                       const struct count_option *options, size_t count,
                       struct counter **ret_counter) {
    struct counter *counter = ARENA_NEW(arena, struct counter);
    *counter = (struct counter){
        .arena = arena, .rules = *rules, .options = options, .count = count, .sum = sum};
    counter->draft = election_draft_new(arena,
                                        rules->marks == COUNT_POINTS  ? BALLOT_CUMULATIVE
                                        : rules->marks == COUNT_RANKS ? BALLOT_ORDINAL
                                                                      : BALLOT_APPROVAL,
                                        NULL, 0);
    if (election_draft_budget(counter->draft, (struct amount){sum, ORE_DECIMALS}) != ELECTION_FINE)
        return ERR_INVALID;
    for (size_t i = 0; i < count; i++) {
        const char *id = arena_format(arena, "%lld", (long long)options[i].option);
        if (election_draft_project(counter->draft, id, NULL,
                                   (struct amount){options[i].cost, ORE_DECIMALS},
                                   NULL) != ELECTION_FINE)
            return ERR_INVALID;
    }
    *ret_counter = counter;
    return ERR_OK;
}

/* Digits up to `end`; false when there are none, or too many. */
static bool read_number(const char **at, uint32_t *ret_number) {
    uint64_t number = 0;
    const char *begin = *at;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        number = number * 10 + (uint64_t)(**at - '0');
        if (number > UINT32_MAX)
            return false;
    }
    *ret_number = (uint32_t)number;
    return *at > begin;
}

/* One "17" or "17:2", and the comma after it. */
static bool read_mark(struct counter *counter, const char **at, struct mark *ret_mark) {
    const char *begin = *at;
    uint32_t option = 0, points = 0;
    if (!read_number(at, &option))
        return false;
    const int64_t project = election_draft_find(counter->draft, begin, (size_t)(*at - begin));
    if (project < 0)
        return false;
    if (counter->rules.marks == COUNT_POINTS &&
        (**at != ':' || ((*at)++, !read_number(at, &points))))
        return false;
    if (**at == ',' && (*at)[1] != '\0')
        (*at)++;
    else if (**at != '\0')
        return false;
    *ret_mark = (struct mark){(uint32_t)project, points};
    return true;
}

enum error counter_add(struct counter *counter, const char *choices, int64_t ballots) {
    size_t length = 0;
    if (ballots <= 0 || ballots > UINT32_MAX || choices[0] == '\0')
        return ERR_INVALID;
    for (const char *at = choices; *at != '\0'; length++)
        if (length == MARKS_MAX || !read_mark(counter, &at, &counter->marks[length]))
            return ERR_INVALID;
    if (election_draft_ballot(counter->draft, counter->marks, length, (uint32_t)ballots) !=
        ELECTION_FINE)
        return ERR_INVALID;
    counter->ballots += ballots;
    return ERR_OK;
}

/* ---- the outcome ---- */

static struct tally_options options_of(const struct count_rules *rules) {
    struct tally_options options = {
        .rule = rule_find("greedy"),
        .satisfaction = !rules->by_votes               ? SATISFACTION_CARDINALITY
                        : rules->marks == COUNT_POINTS ? SATISFACTION_POINTS
                        : rules->marks == COUNT_RANKS  ? SATISFACTION_BORDA
                                                       : SATISFACTION_COST,
        .stops = rules->stops,
        .minimum_votes = rules->least_votes > 0 ? (uint64_t)rules->least_votes : 0,
        .zero_support_eligible = rules->least_votes <= 0,
        .explains = true,
    };
    options.ties.rules[0] = rules->ties == COUNT_TIES_LOT       ? TIES_LOT
                            : rules->ties == COUNT_TIES_CHEAPER ? TIES_COST
                                                                : TIES_EARLIEST;
    options.ties.count = 1;
    if (rules->ties == COUNT_TIES_CHEAPER)
        options.ties.rules[options.ties.count++] = TIES_EARLIEST;
    if (rules->ties == COUNT_TIES_LOT)
        options.ties.seed = rules->lot_seed;
    return options;
}

static enum count_why why_of(enum tally_outcome outcome) {
    switch (outcome) {
    case OUTCOME_SELECTED:
    case OUTCOME_FIRST:
        return COUNT_SELECTED;
    case OUTCOME_NO_ROOM:
        return COUNT_NO_ROOM;
    case OUTCOME_AFTER_STOP:
        return COUNT_AFTER_STOP;
    case OUTCOME_BELOW_MINIMUM:
    case OUTCOME_NO_SUPPORT:
        break;
    }
    return COUNT_TOO_FEW;
}

/* Amounts of an election count tens, hundreds … of its currency: back to öre. */
static int64_t ore_of(const struct election *election, int64_t units) {
    for (int i = election->decimals; i < ORE_DECIMALS; i++)
        units *= 10;
    return units;
}

static struct count_line line_of(const struct counter *counter, const struct tally *tally,
                                 uint32_t project, int64_t left) {
    const struct verdict *verdict = &tally->verdicts[project];
    const struct election *election = tally->election;
    const bool is_votes = counter->rules.marks == COUNT_CHOICES;
    const int64_t cost = counter->options[project].cost;
    const int64_t before = verdict->turn > 0 ? ore_of(election, verdict->left) : left;
    const bool is_in = verdict->outcome <= OUTCOME_FIRST;
    return (struct count_line){
        .option = counter->options[project].option,
        .votes = is_votes ? (int64_t)verdict->votes : verdict->worth,
        .cost = cost,
        .left_before = before,
        .left_after = is_in ? before - cost : before,
        .lacks_votes = verdict->lacks_worth,
        .lacks_money = ore_of(election, verdict->cheaper_by),
        .why = why_of(verdict->outcome),
    };
}

static int by_votes(const void *a, const void *b) {
    const struct count_line *left = a, *right = b;
    if (left->votes != right->votes)
        return left->votes > right->votes ? -1 : 1;
    return (left->option > right->option) - (left->option < right->option);
}

static struct count_line *line_find(struct count_line *lines, size_t count, int64_t option) {
    for (size_t i = 0; i < count; i++)
        if (lines[i].option == option)
            return &lines[i];
    abort(); /* each project has its line */
}

static void ties_fill(const struct counter *counter, const struct tally *tally,
                      struct count_line *lines, struct count_result *result) {
    struct count_tie *ties =
        ARENA_ARRAY(counter->arena, tally->tie_break_count + 1, struct count_tie);
    for (size_t i = 0; i < tally->tie_break_count; i++) {
        const struct tie_break *tie = &tally->tie_breaks[i];
        int64_t *options = ARENA_ARRAY(counter->arena, tie->count, int64_t);
        for (size_t j = 0; j < tie->count; j++) {
            options[j] = counter->options[tie->projects[j]].option;
            line_find(lines, result->line_count, options[j])->tie = true;
        }
        ties[i] = (struct count_tie){options, tie->count, tie->decides};
    }
    result->ties = ties;
    result->tie_count = tally->tie_break_count;
}

enum error counter_finish(struct counter *counter, struct count_result *ret_result) {
    const struct election *election = election_draft_done(counter->draft);
    const struct tally_options options = options_of(&counter->rules);
    const struct tally *tally = NULL;
    if (counter->rules.ties == COUNT_TIES_LOT && counter->rules.lot_seed == NULL)
        return ERR_INVALID;
    if (tally_run(counter->arena, election, &options, &tally) != TALLY_FINE)
        return ERR_INVALID;
    struct count_line *lines = ARENA_ARRAY(counter->arena, counter->count + 1, struct count_line);
    const int64_t left = counter->sum - ore_of(election, tally->total_cost);
    struct count_result result = {.left = left, .ballots = counter->ballots};
    for (size_t i = 0; i < tally->turn_count; i++)
        lines[result.line_count++] = line_of(counter, tally, tally->turns[i], left);
    const size_t turned = result.line_count;
    for (uint32_t i = 0; i < counter->count; i++)
        if (tally->verdicts[i].turn == 0)
            lines[result.line_count++] = line_of(counter, tally, i, left);
    if (result.line_count > turned)
        qsort(lines + turned, result.line_count - turned, sizeof *lines, by_votes);
    ties_fill(counter, tally, lines, &result);
    result.lines = lines;
    *ret_result = result;
    return ERR_OK;
}
