/* Counting again from ballots and rules, and comparing each row of the result. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "budgets/files/inside.h"
#include "budgets/results/counting.h"

enum { PLACE_BYTES = 200 };

const char *result_text(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

int64_t result_number(const json_t *object, const char *key) {
    const json_t *number = json_object_get(object, key);
    return json_is_integer(number) ? (int64_t)json_integer_value(number) : -1;
}

/* ---- counting ---- */

/* The choices of one voter in a pot are at most as many as the rules say, or cost at most its sum.
 */
static bool is_allowed(const struct verifying *verifying, const struct counted_ballot *ballot) {
    const struct round *round = &verifying->round;
    const struct poll_option_list *options = &round->paper.options;
    int64_t chosen = 0, cost = 0;
    for (const char *at = ballot->choices; at != NULL && *at != '\0';) {
        const int64_t option = strtoll(at, NULL, 10);
        for (size_t i = 0; i < options->count; i++)
            cost += options->at[i].option == option ? options->at[i].cost : 0;
        chosen++;
        at = strchr(at, ',');
        at = at == NULL ? NULL : at + 1;
    }
    if (round->campaign.ballot_kind == ballot_kind_cart)
        return cost <= round->paper.pots.at[ballot->pot - 1].sum;
    return round->campaign.most_choices == 0 || chosen <= round->campaign.most_choices;
}

static bool count_ballots(struct verifying *verifying, struct result_counting *counting) {
    for (size_t i = 0; i < verifying->ballots.count; i++) {
        const struct counted_ballot *ballot = &verifying->ballots.at[i];
        const char *expected = NULL;
        if (result_counting_add(counting, ballot) != ERR_OK)
            expected = "a pot and options of this round, none twice on one ballot";
        else if (ballot->pot > 0 && !is_allowed(verifying, ballot))
            expected = "no more choices than the rules allow";
        if (expected == NULL)
            continue;
        discrepancy_add(
            verifying, BUNDLE_BALLOTS, arena_format(verifying->arena, "line %zu", i + 2), expected,
            arena_format(verifying->arena, "%" PRId64 ",\"%.80s\"", ballot->pot, ballot->choices));
        return false;
    }
    return true;
}

/* Of a pot without ballots the votes stand in the result alone: they are taken as they are. */
static bool take_totals(struct verifying *verifying, struct result_counting *counting) {
    const json_t *pots = json_object_get(verifying->result, "pots");
    for (size_t i = 0; i < json_array_size(pots); i++) {
        const json_t *pot = json_array_get(pots, i), *rows = json_object_get(pot, "rows");
        const int64_t number = result_number(pot, "pot"), ballots = result_number(pot, "ballots");
        if (pot_ballots(&verifying->ballots, number) > 0 || ballots == 0)
            continue;
        if (ballots >= COUNTED_FEWEST)
            discrepancy_add(verifying, BUNDLE_BALLOTS,
                            arena_format(verifying->arena, "pot %" PRId64, number),
                            arena_format(verifying->arena, "%" PRId64 " ballots", ballots), "none");
        for (size_t j = 0; j < json_array_size(rows); j++) {
            const json_t *row = json_array_get(rows, j);
            if (result_counting_totals(counting, number, result_number(row, "option"),
                                       result_number(row, "votes"), ballots) != ERR_OK) {
                discrepancy_add(verifying, BUNDLE_RESULT,
                                arena_format(verifying->arena, "pots[%zu].rows[%zu]", i, j),
                                "an option of the pot, with at most as many votes as voters",
                                "another");
                return false;
            }
        }
    }
    return true;
}

/* ---- comparing ---- */

static const char *scalar(struct arena *arena, const json_t *value) {
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    const char *copy = arena_copy_text(arena, text == NULL ? "nothing" : text);
    free(text);
    return copy;
}

static void compare(struct verifying *verifying, const char *place, const char *about,
                    const json_t *expected, const json_t *found);

static void compare_lists(struct verifying *verifying, const char *place, const char *about,
                          const json_t *expected, const json_t *found) {
    struct arena *arena = verifying->arena;
    if (json_array_size(expected) != json_array_size(found))
        discrepancy_add(verifying, BUNDLE_RESULT, place,
                        arena_format(arena, "%zu entries", json_array_size(expected)),
                        arena_format(arena, "%zu", json_array_size(found)));
    for (size_t i = 0; i < json_array_size(expected) && i < json_array_size(found); i++) {
        const json_t *entry = json_array_get(expected, i), *other = json_array_get(found, i);
        const int64_t option = result_number(entry, "option");
        const char *row = arena_format(arena, "%s[%zu]", place, i);
        const char *whose =
            option < 0 ? about : arena_format(arena, " (option %" PRId64 ")", option);
        if (option == result_number(other, "option"))
            compare(verifying, row, whose, entry, other);
        else /* the order is another: the rest of the row says nothing more */
            compare(verifying, arena_format(arena, "%s.option", row), "",
                    json_object_get(entry, "option"), json_object_get(other, "option"));
    }
}

static void compare_objects(struct verifying *verifying, const char *place, const char *about,
                            json_t *expected, json_t *found) {
    struct arena *arena = verifying->arena;
    const char *dot = place[0] == '\0' ? "" : ".", *key;
    json_t *value;
    json_object_foreach(expected, key, value)
        compare(verifying, arena_format(arena, "%s%s%s", place, dot, key), about, value,
                json_object_get(found, key));
    json_object_foreach(found, key, value) if (json_object_get(expected, key) == NULL)
        discrepancy_add(verifying, BUNDLE_RESULT,
                        arena_format(arena, "%s%s%s%s", place, dot, key, about), "nothing",
                        scalar(arena, value));
}

static void compare(struct verifying *verifying, const char *place, const char *about,
                    const json_t *expected, const json_t *found) {
    if (json_is_object(expected) && json_is_object(found))
        compare_objects(verifying, place, about, (json_t *)expected, (json_t *)found);
    else if (json_is_array(expected) && json_is_array(found))
        compare_lists(verifying, place, about, expected, found);
    else if (!json_equal(expected, found))
        discrepancy_add(verifying, BUNDLE_RESULT,
                        arena_format(verifying->arena, "%s%s", place, about),
                        scalar(verifying->arena, expected), scalar(verifying->arena, found));
}

static void release(void *json) {
    json_decref(json);
}

static void compare_document(struct verifying *verifying, const char *document) {
    const struct archive_member *member = archive_find(&verifying->archive, BUNDLE_RESULT);
    const size_t length = strlen(document), before = verifying->verification->count;
    size_t at = 0;
    if (member->length == length && memcmp(member->bytes, document, length) == 0)
        return;
    json_t *expected = json_loads(document, 0, NULL);
    arena_defer(verifying->arena, release, expected);
    compare(verifying, "", "", expected, verifying->result);
    if (verifying->verification->count > before)
        return;
    while (at < length && at < member->length && document[at] == member->bytes[at])
        at++;
    discrepancy_add(verifying, BUNDLE_RESULT, arena_format(verifying->arena, "byte %zu", at + 1),
                    "the same content written canonically", "written otherwise");
}

/* ---- sums ---- */

/* Who voted, from what can be added up: the number itself comes from the roll. */
static void verify_sums(struct verifying *verifying) {
    struct verification *verification = verifying->verification;
    struct arena *arena = verifying->arena;
    const json_t *pots = json_object_get(verifying->result, "pots");
    int64_t sum = verification->blank, most = verification->blank;
    for (size_t i = 0; i < json_array_size(pots); i++) {
        const int64_t ballots = result_number(json_array_get(pots, i), "ballots");
        sum += ballots;
        most = verification->blank + ballots > most ? verification->blank + ballots : most;
    }
    if (verification->voters < most || verification->voters > sum)
        discrepancy_add(verifying, BUNDLE_RESULT, "voters",
                        most == sum ? arena_format(arena, "%" PRId64, sum)
                                    : arena_format(arena, "%" PRId64 " to %" PRId64, most, sum),
                        arena_format(arena, "%" PRId64, verification->voters));
}

void verify_count(struct verifying *verifying) {
    struct verification *verification = verifying->verification;
    struct poll *poll = &verifying->round.paper.poll;
    struct result_counting *counting = NULL;
    struct result_counted counted = {0};
    verification->voters = result_number(verifying->result, "voters");
    verification->blank = pot_ballots(&verifying->ballots, 0);
    verification->pots = verifying->round.paper.pots.count;
    verification->rows = verifying->round.paper.options.count;
    poll->lot_hash = result_text(verifying->result, "lot_hash");
    poll->lot_seed = result_text(verifying->result, "lot_seed");
    const struct count_turnout turnout = {verification->voters, verification->blank,
                                          result_text(verifying->result, "receipts_hash")};
    if (result_counting_new(verifying->arena, &verifying->round.campaign, &verifying->round.paper,
                            &counting) != ERR_OK) {
        discrepancy_add(verifying, BUNDLE_RULES, "", "rules that can be counted by", "others");
        return;
    }
    if (!count_ballots(verifying, counting) || !take_totals(verifying, counting))
        return;
    verify_sums(verifying);
    if (result_counting_finish(counting, &turnout, &counted) != ERR_OK)
        discrepancy_add(verifying, BUNDLE_RULES, "", "rules that suit the ballots", "others");
    else
        compare_document(verifying, counted.document);
}
