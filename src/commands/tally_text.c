#include "commands/tally_text.h"

#include <inttypes.h>
#include <string.h>

enum { BAR_CELLS = 20, NUMBER_CELLS = 12, NAME_CHARACTERS = 50, TITLE_CHARACTERS = 1000 };

static const char blank_line[] = "                                ";

/* ---- numbers and names ---- */

/* "1 234 567.5", from digits that may have decimals. */
static const char *grouped(struct arena *arena, const char *digits) {
    const size_t whole = strcspn(digits, "."), sign = *digits == '-';
    struct buffer text = buffer_in(arena, 128);
    for (size_t i = 0; i < whole; i++) {
        if (i > sign && (whole - i) % 3 == 0)
            buffer_text(&text, " ");
        buffer_add(&text, digits + i, 1);
    }
    buffer_text(&text, digits + whole);
    return buffer_string(&text);
}

static const char *number(struct arena *arena, int64_t value) {
    return grouped(arena, arena_format(arena, "%" PRId64, value));
}

static const char *money(struct arena *arena, const struct tally *tally, int64_t units) {
    return grouped(arena, amount_decimal(arena, units, tally->election->decimals));
}

static void put_right(struct buffer *into, const char *text, size_t cells) {
    const size_t length = strlen(text);
    buffer_format(into, "%.*s%s", (int)(length < cells ? cells - length : 0), blank_line, text);
}

/* A text from a file as a terminal may show it: so many characters, none of them for control. */
static void put_cut(struct buffer *into, const char *name, size_t most) {
    size_t characters = 0;
    for (const char *at = name; *at != '\0'; characters++) {
        const unsigned char c = (unsigned char)*at;
        size_t length = 1;
        while (((unsigned char)at[length] & 0xc0) == 0x80)
            length++;
        if (characters == most) {
            buffer_text(into, "…");
            return;
        }
        if (c < ' ' || c == 0x7f || (c == 0xc2 && (unsigned char)at[1] < 0xa0))
            buffer_text(into, "?");
        else
            buffer_add(into, at, length);
        at += length;
    }
}

static void put_name(struct buffer *into, const char *name) {
    put_cut(into, name, NAME_CHARACTERS);
}

/* ---- the parts ---- */

static bool counts_votes(const struct tally *tally) {
    return tally->options.satisfaction <= SATISFACTION_CARDINALITY;
}

static void put_head(struct buffer *into, const char *title, const struct tally *tally) {
    struct arena *arena = into->arena;
    const struct election *election = tally->election;
    const struct tally_options *options = &tally->options;
    put_cut(into, title, TITLE_CHARACTERS);
    buffer_format(into, "\n%s, satisfaction %s, %s, ties by %s\n", options->rule->name,
                  satisfaction_name(options->satisfaction),
                  options->stops ? "stops at the first that does not fit"
                                 : "skips what does not fit",
                  ties_text(arena, &options->ties));
    if (options->ties.seed != NULL)
        buffer_format(into, "SHA-256 of the lot's seed: %s\n",
                      ties_commitment(arena, options->ties.seed));
    if (options->minimum_votes > 0)
        buffer_format(into, "at least %s votes\n", number(arena, (int64_t)options->minimum_votes));
    buffer_format(into, "%s voters, %zu projects, %s to spend\n\n",
                  number(arena, (int64_t)election->voter_count), election->project_count,
                  money(arena, tally, election->budget));
}

static void put_bar(struct buffer *into, int64_t worth, int64_t most) {
    const int64_t cells = most > 0 ? (int64_t)((double)worth / (double)most * BAR_CELLS + 0.5) : 0;
    for (int64_t i = 0; i < BAR_CELLS; i++)
        buffer_text(into, i < cells ? "█" : i == 0 && worth > 0 ? "▏" : " ");
}

/* What alone would have brought the project in. */
static void put_lacks(struct buffer *into, const struct tally *tally,
                      const struct verdict *verdict) {
    struct arena *arena = into->arena;
    const char *noun = counts_votes(tally) ? "vote" : "point";
    if (!tally->options.explains)
        return;
    if (verdict->lacks_worth > 0)
        buffer_format(into, "; in with %s more %s%s", number(arena, verdict->lacks_worth), noun,
                      verdict->lacks_worth == 1 ? "" : "s");
    if (verdict->cheaper_by > 0)
        buffer_format(into, "%s %s less",
                      verdict->lacks_worth > 0 ? ", or costing" : "; in costing",
                      money(arena, tally, verdict->cheaper_by));
    if (verdict->lacks_worth == 0 && verdict->cheaper_by == 0)
        buffer_format(into, "; neither more %ss nor a lower cost alone would have helped", noun);
}

static void put_reason(struct buffer *into, const struct tally *tally,
                       const struct verdict *verdict) {
    struct arena *arena = into->arena;
    switch (verdict->outcome) {
    case OUTCOME_SELECTED:
        return;
    case OUTCOME_FIRST:
        buffer_text(into, "      taken beforehand\n");
        return;
    case OUTCOME_NO_ROOM:
        buffer_format(into, "      %s was left, %s too little", money(arena, tally, verdict->left),
                      money(arena, tally, verdict->short_by));
        break;
    case OUTCOME_AFTER_STOP:
        buffer_text(into, "      the counting had ended");
        break;
    case OUTCOME_BELOW_MINIMUM:
        buffer_format(into, "      below the minimum of %s votes",
                      number(arena, (int64_t)tally->options.minimum_votes));
        break;
    case OUTCOME_NO_SUPPORT:
        buffer_text(into, "      on no ballot");
        break;
    }
    put_lacks(into, tally, verdict);
    buffer_text(into, "\n");
}

static void put_project(struct buffer *into, const struct tally *tally, uint32_t project,
                        int64_t most) {
    const struct verdict *verdict = &tally->verdicts[project];
    const struct project *facts = &tally->election->projects[project];
    buffer_text(into, verdict->outcome <= OUTCOME_FIRST ? "in   " : "out  ");
    put_right(into, number(into->arena, verdict->worth), NUMBER_CELLS);
    buffer_text(into, " ");
    put_bar(into, verdict->worth, most);
    put_right(into, money(into->arena, tally, facts->cost), NUMBER_CELLS + 2);
    buffer_text(into, "  ");
    put_name(into, facts->id);
    if (facts->name != NULL) {
        buffer_text(into, "  ");
        put_name(into, facts->name);
    }
    buffer_text(into, "\n");
    put_reason(into, tally, verdict);
}

static void put_projects(struct buffer *into, const struct tally *tally) {
    int64_t most = 0;
    for (size_t i = 0; i < tally->election->project_count; i++)
        if (tally->verdicts[i].worth > most)
            most = tally->verdicts[i].worth;
    buffer_text(into, "     ");
    put_right(into, counts_votes(tally) ? "votes" : "points", NUMBER_CELLS);
    buffer_format(into, "%.*s", BAR_CELLS + 1, blank_line);
    put_right(into, "cost", NUMBER_CELLS + 2);
    buffer_text(into, "  project\n");
    for (size_t i = 0; i < tally->turn_count; i++)
        put_project(into, tally, tally->turns[i], most);
    for (uint32_t i = 0; i < tally->election->project_count; i++)
        if (tally->verdicts[i].turn == 0)
            put_project(into, tally, i, most);
}

static void put_ties(struct buffer *into, const struct tally *tally) {
    for (size_t i = 0; i < tally->tie_break_count; i++) {
        const struct tie_break *tie = &tally->tie_breaks[i];
        if (!tie->decides)
            continue;
        buffer_text(into, "A tie decided: ");
        for (size_t k = 0; k < tie->count; k++) {
            buffer_text(into, k > 0 ? " before " : "");
            put_name(into, tally->election->projects[tie->projects[k]].id);
        }
        buffer_text(into, "\n");
    }
}

void tally_print(struct buffer *into, const char *title, const struct tally *tally) {
    struct arena *arena = into->arena;
    put_head(into, title, tally);
    put_projects(into, tally);
    buffer_format(into, "\n%zu project%s for %s; %s left\n", tally->selected_count,
                  tally->selected_count == 1 ? "" : "s", money(arena, tally, tally->total_cost),
                  money(arena, tally, tally->election->budget - tally->total_cost));
    put_ties(into, tally);
}
