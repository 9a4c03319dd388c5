#include "budgets/files/pots.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "methods/election/pabulib.h"

enum { ORE_DECIMALS = 2, LINE_BYTES = 1 << 16 };

static const char head[] = "pot,choices,ballots\n";

const char *pot_file_name(struct arena *arena, int64_t pot) {
    return arena_format(arena, "POT-%" PRId64 ".pb", pot);
}

int64_t pot_ballots(const struct counted_ballot_list *ballots, int64_t pot) {
    int64_t sum = 0;
    for (size_t i = 0; i < ballots->count; i++)
        if (ballots->at[i].pot == pot)
            sum += ballots->at[i].ballots;
    return sum;
}

/* ---- the table ---- */

void ballots_write(struct arena *arena, const struct counted_ballot_list *ballots,
                   const struct file_sink *sink) {
    struct buffer line = buffer_in(arena, LINE_BYTES);
    int64_t pot = 0;
    bool is_shown = true;
    sink->put(sink->context, head, strlen(head));
    for (size_t i = 0; i < ballots->count; i++) {
        const struct counted_ballot *ballot = &ballots->at[i];
        if (ballot->pot != pot) {
            pot = ballot->pot;
            is_shown = pot_may_show_ballots(pot_ballots(ballots, pot));
        }
        if (!is_shown)
            continue;
        line.length = 0;
        buffer_format(&line, "%" PRId64 ",\"%s\",%" PRId64 "\n", ballot->pot, ballot->choices,
                      ballot->ballots);
        sink->put(sink->context, line.at, line.length);
    }
}

struct table {
    struct arena *arena;
    const char *at, *end;
    struct counted_ballot *ballots;
    size_t count, room;
};

/* Digits that begin with none of 0 unless they are 0 alone; at most 15 of them. */
static bool take_number(struct table *table, int64_t *ret_number) {
    const char *begin = table->at;
    int64_t number = 0;
    while (table->at < table->end && *table->at >= '0' && *table->at <= '9' &&
           table->at - begin < 15)
        number = number * 10 + (*table->at++ - '0');
    *ret_number = number;
    return table->at > begin && (*begin != '0' || table->at == begin + 1);
}

static bool take(struct table *table, const char *text) {
    const size_t length = strlen(text);
    if ((size_t)(table->end - table->at) < length || memcmp(table->at, text, length) != 0)
        return false;
    table->at += length;
    return true;
}

static bool take_choices(struct table *table, const char **ret_choices) {
    const char *begin = table->at;
    while (table->at < table->end && strchr("0123456789,:", *table->at) != NULL &&
           *table->at != '\0')
        table->at++;
    *ret_choices = arena_copy_span(table->arena, begin, (size_t)(table->at - begin));
    return true;
}

static bool in_order(const struct counted_ballot *before, const struct counted_ballot *after) {
    return before->pot < after->pot ||
           (before->pot == after->pot && strcmp(before->choices, after->choices) < 0);
}

static const char *line_refused(struct table *table) {
    struct counted_ballot ballot = {0};
    if (!take_number(table, &ballot.pot) || !take(table, ",\"") ||
        !take_choices(table, &ballot.choices) || !take(table, "\",") ||
        !take_number(table, &ballot.ballots) || !take(table, "\n"))
        return "POT,\"CHOICES\",BALLOTS and a line end";
    if (ballot.ballots == 0)
        return "one ballot at least";
    if ((ballot.pot == 0) != (ballot.choices[0] == '\0'))
        return "blank ballots in pot 0, and choices in others";
    if (table->count > 0 && !in_order(&table->ballots[table->count - 1], &ballot))
        return "lines in the order of pot and choices, none twice";
    if (table->count == table->room) {
        const size_t room = table->room == 0 ? 256 : table->room * 2;
        table->ballots = arena_widen(table->arena, table->ballots, table->room * sizeof ballot,
                                     room * sizeof ballot);
        table->room = room;
    }
    table->ballots[table->count++] = ballot;
    return NULL;
}

bool ballots_read(struct arena *arena, const char *bytes, size_t length,
                  struct counted_ballot_list *ret_ballots, size_t *ret_line, const char **ret_why) {
    struct table table = {.arena = arena, .at = bytes, .end = bytes + length};
    const char *why = take(&table, head) ? NULL : "pot,choices,ballots";
    size_t line = 1;
    while (why == NULL && table.at < table.end) {
        line++;
        why = line_refused(&table);
    }
    if (why != NULL) {
        *ret_line = line;
        *ret_why = why;
        return false;
    }
    *ret_ballots = (struct counted_ballot_list){table.ballots, table.count};
    return true;
}

/* ---- Pabulib ---- */

struct pot_draft {
    const struct round *round;
    struct election_draft *draft;
    int64_t pot;
    bool has_points;
    int64_t options[POLL_OPTIONS_MAX]; /* of the pot, rising */
    size_t count;
    struct mark marks[POLL_OPTIONS_MAX];
};

static enum election_kind kind_of(const struct round *round) {
    enum election_kind kind = BALLOT_APPROVAL;
    if (round->origin.vote_type != NULL && election_kind_find(round->origin.vote_type, &kind))
        return kind;
    switch ((enum ballot_kind)round->campaign.ballot_kind) {
    case ballot_kind_points:
        return BALLOT_CUMULATIVE;
    case ballot_kind_ranking:
        return BALLOT_ORDINAL;
    case ballot_kind_up_to:
    case ballot_kind_cart:
        break;
    }
    return BALLOT_APPROVAL;
}

static void add_facts(struct arena *arena, struct pot_draft *pot) {
    const struct round *round = pot->round;
    const char *title = round->paper.pots.at[pot->pot - 1].title;
    for (size_t i = 0; i < round->origin.fact_count; i++)
        election_draft_fact(pot->draft, round->origin.facts[i].name, round->origin.facts[i].value);
    if (round->origin.file != NULL)
        return;
    election_draft_fact(pot->draft, "description",
                        arena_format(arena, "%s: %s", round->campaign.title, title));
    election_draft_fact(pot->draft, "country", "Sweden");
    election_draft_fact(pot->draft, "currency", "SEK");
    election_draft_fact(pot->draft, "rule", "greedy");
    if (round->campaign.most_choices > 0)
        election_draft_fact(pot->draft, "max_length",
                            arena_format(arena, "%lld", (long long)round->campaign.most_choices));
}

static enum error add_projects(struct arena *arena, struct pot_draft *pot) {
    const struct poll_option_list *options = &pot->round->paper.options;
    const struct amount sum = {pot->round->paper.pots.at[pot->pot - 1].sum, ORE_DECIMALS};
    if (election_draft_budget(pot->draft, sum) != ELECTION_FINE)
        return ERR_INVALID;
    for (size_t i = 0; i < options->count; i++) {
        const struct poll_option *option = &options->at[i];
        if (option->pot != pot->pot)
            continue;
        if (pot->count == POLL_OPTIONS_MAX ||
            election_draft_project(pot->draft, round_option_id(arena, pot->round, i), option->title,
                                   (struct amount){option->cost, ORE_DECIMALS},
                                   NULL) != ELECTION_FINE)
            return ERR_INVALID;
        pot->options[pot->count++] = option->option;
    }
    return ERR_OK;
}

/* Number of the option among the pot's projects; -1 when it is none. Options rise. */
static int64_t project_of(const struct pot_draft *pot, int64_t option) {
    size_t from = 0, to = pot->count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (pot->options[middle] == option)
            return (int64_t)middle;
        if (pot->options[middle] < option)
            from = middle + 1;
        else
            to = middle;
    }
    return -1;
}

/* One "17" or "17:2" with the comma after it. */
static bool read_mark(const struct pot_draft *pot, const char **at, struct mark *ret_mark) {
    char *end = NULL;
    const int64_t project = project_of(pot, strtoll(*at, &end, 10));
    uint64_t points = 0;
    if (project < 0 || end == *at || (*end == ':') != pot->has_points)
        return false;
    if (*end == ':')
        points = strtoull(end + 1, &end, 10);
    if (points > ELECTION_POINTS_MAX || (*end != '\0' && (*end != ',' || end[1] == '\0')))
        return false;
    *at = *end == ',' ? end + 1 : end;
    *ret_mark = (struct mark){(uint32_t)project, (uint32_t)points};
    return true;
}

static enum error add_ballot(struct pot_draft *pot, const struct counted_ballot *ballot) {
    size_t length = 0;
    for (const char *at = ballot->choices; *at != '\0'; length++)
        if (length == POLL_OPTIONS_MAX || !read_mark(pot, &at, &pot->marks[length]))
            return ERR_INVALID;
    if (ballot->ballots < 1 || ballot->ballots > ELECTION_VOTERS_MAX)
        return ERR_INVALID;
    return election_draft_ballot(pot->draft, pot->marks, length, (uint32_t)ballot->ballots) ==
                   ELECTION_FINE
               ? ERR_OK
               : ERR_INVALID;
}

enum error pot_write(struct arena *arena, const struct round *round, int64_t number,
                     const struct counted_ballot_list *ballots, const struct file_sink *sink) {
    struct pot_draft *pot = ARENA_NEW(arena, struct pot_draft);
    const enum election_kind kind = kind_of(round);
    if (number < 1 || number > (int64_t)round->paper.pots.count)
        return ERR_NOT_FOUND;
    pot->round = round;
    pot->pot = number;
    pot->has_points = election_kind_has_points(kind);
    pot->draft = election_draft_new(arena, kind, NULL, 0);
    add_facts(arena, pot);
    TRY(add_projects(arena, pot));
    for (size_t i = 0; i < ballots->count; i++)
        if (ballots->at[i].pot == 0 || ballots->at[i].pot == number)
            TRY(add_ballot(pot, &ballots->at[i]));
    pabulib_write(election_draft_done(pot->draft),
                  &(struct pabulib_sink){sink->put, sink->context});
    return ERR_OK;
}
