#include "budgets/files/round.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "platform/view/view.h"

enum { RULES_BYTES = 16 << 20, FACTS_MAX = 100, POTS_MAX = 64 };

const char *round_hash(struct arena *arena, const char *bytes, size_t length) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *hex = arena_take(arena, sizeof digest * 2 + 1);
    crypto_hash_sha256(digest, (const unsigned char *)bytes, length);
    return sodium_bin2hex(hex, sizeof digest * 2 + 1, digest, sizeof digest);
}

const char *round_option_id(struct arena *arena, const struct round *round, size_t option) {
    if (round->origin.ids != NULL)
        return round->origin.ids[option];
    return arena_format(arena, "%lld", (long long)round->paper.options.at[option].option);
}

/* ---- reading ---- */

struct rules_reader {
    struct arena *arena;
    const char *why; /* the first thing that is wrong */
};

static void wrong(struct rules_reader *reader, const char *key, const char *expected) {
    if (reader->why == NULL)
        reader->why = arena_format(reader->arena, "\"%s\": expected %s", key, expected);
}

static const char *text_at(struct rules_reader *reader, const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    const char *text = json_string_value(value);
    if (text == NULL || strlen(text) != json_string_length(value)) {
        wrong(reader, key, "a text");
        return "";
    }
    return arena_copy_text(reader->arena, text);
}

static int64_t number_at(struct rules_reader *reader, const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        wrong(reader, key, "a whole number, 0 or more");
    return (int64_t)json_integer_value(value);
}

static int choice_at(struct rules_reader *reader, const json_t *object, const char *key,
                     const struct choices *choices) {
    const int found = choice_find(choices, text_at(reader, object, key));
    if (found < 0)
        wrong(reader, key, "one of the words that rules have");
    return found < 0 ? 0 : found;
}

static const json_t *array_at(struct rules_reader *reader, const json_t *object, const char *key,
                              size_t most) {
    const json_t *array = json_object_get(object, key);
    if (!json_is_array(array) || json_array_size(array) > most) {
        wrong(reader, key, "a list that is not too long");
        return NULL;
    }
    return array;
}

static void read_pots(struct rules_reader *reader, const json_t *rules, struct round *round) {
    const json_t *pots = array_at(reader, rules, "pots", POTS_MAX);
    const size_t count = json_array_size(pots);
    struct poll_pot *at = ARENA_ARRAY(reader->arena, count + 1, struct poll_pot);
    for (size_t i = 0; i < count; i++) {
        const json_t *pot = json_array_get(pots, i);
        at[i] = (struct poll_pot){number_at(reader, pot, "pot"), text_at(reader, pot, "title"),
                                  number_at(reader, pot, "sum")};
        if (at[i].pot != (int64_t)i + 1)
            wrong(reader, "pots", "pots 1, 2, 3 … in their order");
    }
    round->paper.pots = (struct poll_pot_list){at, count};
}

static void read_options(struct rules_reader *reader, const json_t *rules, struct round *round) {
    const json_t *options = array_at(reader, rules, "options", POLL_OPTIONS_MAX);
    const size_t count = json_array_size(options);
    struct poll_option *at = ARENA_ARRAY(reader->arena, count + 1, struct poll_option);
    for (size_t i = 0; i < count; i++) {
        const json_t *option = json_array_get(options, i);
        at[i] = (struct poll_option){.option = number_at(reader, option, "option"),
                                     .pot = number_at(reader, option, "pot"),
                                     .title = text_at(reader, option, "title"),
                                     .cost = number_at(reader, option, "cost")};
        if (at[i].option <= (i == 0 ? 0 : at[i - 1].option))
            wrong(reader, "options", "options in rising order");
        if (at[i].pot < 1 || at[i].pot > (int64_t)round->paper.pots.count)
            wrong(reader, "options", "a pot of this round for each option");
    }
    round->paper.options = (struct poll_option_list){at, count};
}

static void read_origin(struct rules_reader *reader, const json_t *origin, struct round *round) {
    const json_t *ids = array_at(reader, origin, "ids", POLL_OPTIONS_MAX);
    const json_t *facts = array_at(reader, origin, "facts", FACTS_MAX);
    const size_t count = json_array_size(ids), fact_count = json_array_size(facts);
    const char **names = ARENA_ARRAY(reader->arena, count + 1, const char *);
    struct round_fact *lines = ARENA_ARRAY(reader->arena, fact_count + 1, struct round_fact);
    if (count != round->paper.options.count)
        wrong(reader, "ids", "one for each option");
    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        names[i] = arena_copy_text(reader->arena, id == NULL ? "" : id);
        if (names[i][0] == '\0')
            wrong(reader, "ids", "a text for each option");
    }
    for (size_t i = 0; i < fact_count; i++) {
        const json_t *fact = json_array_get(facts, i);
        lines[i] =
            (struct round_fact){text_at(reader, fact, "name"), text_at(reader, fact, "value")};
    }
    round->origin = (struct round_origin){text_at(reader, origin, "file"),
                                          text_at(reader, origin, "sha256"),
                                          text_at(reader, origin, "vote_type"),
                                          names,
                                          lines,
                                          fact_count};
}

static void read_rules(struct rules_reader *reader, const json_t *rules, struct round *round) {
    const json_t *ballot = json_object_get(rules, "ballot");
    const json_t *origin = json_object_get(rules, "origin");
    struct campaign *campaign = &round->campaign;
    if (strcmp(text_at(reader, rules, "format"), "radslag-rules-1") != 0)
        wrong(reader, "format", "radslag-rules-1");
    campaign->title = text_at(reader, rules, "round");
    campaign->ballot_kind = choice_at(reader, ballot, "kind", &ballot_kind_choices);
    campaign->most_choices = number_at(reader, ballot, "most_choices");
    campaign->eligible =
        choice_at(reader, json_object_get(rules, "voters"), "eligible", &eligible_choices);
    campaign->allocation = choice_at(reader, rules, "allocation", &campaign_allocation_choices);
    campaign->satisfaction =
        choice_at(reader, rules, "satisfaction", &campaign_satisfaction_choices);
    campaign->least_votes = number_at(reader, rules, "least_votes");
    campaign->ties = choice_at(reader, rules, "ties", &campaign_ties_choices);
    round->paper.poll.ballot_kind = campaign->ballot_kind;
    round->paper.poll.most_choices = campaign->most_choices;
    read_pots(reader, rules, round);
    read_options(reader, rules, round);
    if (origin != NULL)
        read_origin(reader, origin, round);
}

static void release(void *json) {
    json_decref(json);
}

bool round_read(struct arena *arena, const char *text, size_t length, struct round *ret_round,
                const char **ret_why) {
    struct rules_reader reader = {arena, NULL};
    struct round round = {0};
    json_error_t error;
    json_t *rules = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (rules == NULL) {
        *ret_why = arena_format(arena, "line %d: %s", error.line, error.text);
        return false;
    }
    arena_defer(arena, release, rules);
    read_rules(&reader, rules, &round);
    round.paper.poll.rules_hash = round_hash(arena, text, length);
    if (reader.why != NULL) {
        *ret_why = reader.why;
        return false;
    }
    *ret_round = round;
    return true;
}

/* ---- writing ---- */

const char *round_rules_with_origin(struct arena *arena, const char *rules,
                                    const struct round_origin *origin, size_t option_count) {
    struct buffer json = buffer_in(arena, RULES_BYTES);
    buffer_add(&json, rules, strlen(rules) - 1); /* all but the brace that ends it */
    buffer_text(&json, ",\"origin\":{\"file\":");
    json_write_text(&json, origin->file);
    buffer_format(&json, ",\"sha256\":\"%s\",\"vote_type\":\"%s\",\"ids\":[", origin->hash,
                  origin->vote_type);
    for (size_t i = 0; i < option_count; i++) {
        buffer_text(&json, i == 0 ? "" : ",");
        json_write_text(&json, origin->ids[i]);
    }
    buffer_text(&json, "],\"facts\":[");
    for (size_t i = 0; i < origin->fact_count; i++) {
        buffer_text(&json, i == 0 ? "{\"name\":" : ",{\"name\":");
        json_write_text(&json, origin->facts[i].name);
        buffer_text(&json, ",\"value\":");
        json_write_text(&json, origin->facts[i].value);
        buffer_text(&json, "}");
    }
    buffer_text(&json, "]}}");
    return buffer_string(&json);
}
