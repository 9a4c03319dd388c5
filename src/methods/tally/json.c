/* A tally as JSON. */
#include <inttypes.h>
#include <string.h>

#include "methods/tally/tally.h"

static void put_text(struct buffer *into, const char *text) {
    buffer_text(into, "\"");
    for (const char *at = text; *at != '\0';) {
        const size_t plain = strcspn(at, "\"\\\x7f\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"
                                         "\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a"
                                         "\x1b\x1c\x1d\x1e\x1f");
        buffer_add(into, at, plain);
        at += plain;
        if (*at == '"' || *at == '\\')
            buffer_format(into, "\\%c", *at++);
        else if (*at != '\0')
            buffer_format(into, "\\u%04x", (unsigned)*at++);
    }
    buffer_text(into, "\"");
}

/* A whole number, or a fraction as text. */
static void put_amount(struct buffer *into, const struct tally *tally, int64_t units) {
    struct arena *arena = into->arena;
    const char *text = amount_fraction(arena, units, tally->election->decimals);
    buffer_format(into, strchr(text, '/') == NULL ? "%s" : "\"%s\"", text);
}

static void put_amount_or_null(struct buffer *into, const struct tally *tally, bool has,
                               int64_t units) {
    if (has)
        put_amount(into, tally, units);
    else
        buffer_text(into, "null");
}

static void put_ids(struct buffer *into, const char *const *ids, size_t count) {
    buffer_text(into, "[");
    for (size_t i = 0; i < count; i++) {
        buffer_text(into, i > 0 ? "," : "");
        put_text(into, ids[i]);
    }
    buffer_text(into, "]");
}

static void put_tie_breaks(struct buffer *into, const struct tally *tally) {
    buffer_text(into, "[");
    for (size_t i = 0; i < tally->tie_break_count; i++) {
        const struct tie_break *tie = &tally->tie_breaks[i];
        const char **ids = ARENA_ARRAY(into->arena, tie->count, const char *);
        for (size_t k = 0; k < tie->count; k++)
            ids[k] = tally->election->projects[tie->projects[k]].id;
        buffer_text(into, i > 0 ? ",{\"projects\":" : "{\"projects\":");
        put_ids(into, ids, tie->count);
        buffer_format(into, ",\"decides\":%s}", tie->decides ? "true" : "false");
    }
    buffer_text(into, "]");
}

/* Votes or points that were lacking, under the name of what they are. */
static void put_lacks(struct buffer *into, const struct tally *tally,
                      const struct verdict *verdict) {
    const bool is_votes = tally->options.satisfaction <= SATISFACTION_CARDINALITY;
    buffer_text(into, is_votes ? ",\"lacks_votes\":" : ",\"lacks_points\":");
    if (verdict->lacks_worth > 0)
        buffer_format(into, "%" PRId64, verdict->lacks_worth);
    else
        buffer_text(into, "null");
    buffer_text(into, ",\"cheaper_by\":");
    put_amount_or_null(into, tally, verdict->cheaper_by > 0, verdict->cheaper_by);
}

static void put_verdict(struct buffer *into, const struct tally *tally, uint32_t number) {
    const struct verdict *verdict = &tally->verdicts[number];
    const struct project *project = &tally->election->projects[number];
    const bool had_turn = verdict->turn > 0;
    buffer_text(into, "{\"project\":");
    put_text(into, project->id);
    buffer_format(into, ",\"outcome\":\"%s\",\"votes\":%" PRIu64 ",\"worth\":%" PRId64 ",\"cost\":",
                  outcome_name(verdict->outcome), verdict->votes, verdict->worth);
    put_amount(into, tally, project->cost);
    if (had_turn)
        buffer_format(into, ",\"turn\":%" PRIu32 ",\"left\":", verdict->turn);
    else
        buffer_text(into, ",\"turn\":null,\"left\":");
    put_amount_or_null(into, tally, had_turn, verdict->left);
    buffer_text(into, ",\"short_by\":");
    put_amount_or_null(into, tally, verdict->short_by > 0, verdict->short_by);
    put_lacks(into, tally, verdict);
    buffer_text(into, "}");
}

/* One entry for each project: as they had their turn, then those that had none. */
static void put_ledger(struct buffer *into, const struct tally *tally) {
    const char *comma = "";
    buffer_text(into, "[");
    for (size_t i = 0; i < tally->turn_count; i++, comma = ",") {
        buffer_text(into, comma);
        put_verdict(into, tally, tally->turns[i]);
    }
    for (uint32_t i = 0; i < tally->election->project_count; i++)
        if (tally->verdicts[i].turn == 0) {
            buffer_text(into, comma);
            put_verdict(into, tally, i);
            comma = ",";
        }
    buffer_text(into, "]");
}

void tally_write_json(struct buffer *into, const struct tally *tally, bool has_ledger) {
    const struct election *election = tally->election;
    buffer_text(into, "{\"rule\":");
    put_text(into, tally->options.rule->name);
    buffer_format(into,
                  ",\"satisfaction\":\"%s\",\"completion\":\"none\",\"increment\":null,\"ties\":",
                  satisfaction_name(tally->options.satisfaction));
    put_text(into, ties_text(into->arena, &tally->options.ties));
    buffer_text(into, ",\"budget\":");
    put_amount(into, tally, election->budget);
    buffer_format(into,
                  ",\"voters\":%" PRIu64 ",\"projects\":%zu,\"selected\":", election->voter_count,
                  election->project_count);
    put_ids(into, tally_selected(into->arena, tally), tally->selected_count);
    buffer_text(into, ",\"total_cost\":");
    put_amount(into, tally, tally->total_cost);
    buffer_text(into, ",\"increments\":null,\"welfare\":null,\"tie_breaks\":");
    put_tie_breaks(into, tally);
    buffer_text(into, ",\"ledger\":");
    if (has_ledger)
        put_ledger(into, tally);
    else
        buffer_text(into, "null");
    buffer_text(into, "}");
}
