/* Real elections and published cases, from a folder beside the repository: every record of
 * expected.json and unit_cases.json that a rule here can count. Skipped where it is missing.
 *
 *     methods_shared_test FOLDER */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "methods/election/pabulib.h"
#include "methods/tally/tally.h"

enum { SKIPPED = 77, FILE_BYTES = 8 << 20 };

static size_t checked, failed;

static void check(bool is_right, const char *where, const char *what) {
    checked++;
    if (is_right)
        return;
    failed++;
    (void)printf("not as expected: %s %s\n", where, what);
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static bool is_listed(const json_t *list, const char *id) {
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_array_get(list, i)), id) == 0)
            return true;
    return false;
}

static bool is_selected(const struct tally *tally, const json_t *ids) {
    if (json_array_size(ids) != tally->selected_count)
        return false;
    for (size_t i = 0; i < tally->election->project_count; i++)
        if (tally->verdicts[i].outcome <= OUTCOME_FIRST &&
            !is_listed(ids, tally->election->projects[i].id))
            return false;
    return true;
}

/* "greedy_cost" and its like. */
static bool options_of(const char *rule, struct tally_options *ret_options) {
    const char *satisfaction = strchr(rule, '_');
    if (satisfaction == NULL || strncmp(rule, "greedy", 6) != 0)
        return false;
    *ret_options = (struct tally_options){.rule = rule_find("greedy")};
    satisfaction++;
    return satisfaction_find(strcmp(satisfaction, "card") == 0 ? "cardinality" : satisfaction,
                             &ret_options->satisfaction);
}

/* ---- expected.json ---- */

static const struct election *read_file(struct arena *arena, const char *folder, const char *name) {
    static char bytes[FILE_BYTES];
    const struct election *election;
    struct pabulib_refusal refusal;
    FILE *file = fopen(arena_format(arena, "%s/%s", folder, name), "rb");
    if (file == NULL)
        return NULL;
    const size_t length = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    if (pabulib_read(arena, bytes, length, &election, &refusal))
        return election;
    (void)printf("%s:%zu: %s\n", name, refusal.line, refusal.text);
    return NULL;
}

static bool same_amount(struct arena *arena, const struct tally *tally, const json_t *expected) {
    const char *text = amount_fraction(arena, tally->total_cost, tally->election->decimals);
    const char *other = json_is_string(expected)
                            ? json_string_value(expected)
                            : arena_format(arena, "%lld", (long long)json_integer_value(expected));
    return strcmp(text, other) == 0;
}

static void check_record(const char *folder, const json_t *record) {
    struct tally_options options;
    const struct tally *tally;
    const char *file = text_of(record, "file"), *rule = text_of(record, "rule");
    if (!options_of(rule, &options))
        return;
    struct arena *arena = arena_new(256 << 20);
    const struct election *election = read_file(arena, folder, file);
    options.zero_support_eligible =
        strcmp(text_of(json_object_get(record, "params"), "zero_support"), "eligible") == 0;
    const bool is_counted =
        election != NULL && tally_run(arena, election, &options, &tally) == TALLY_FINE;
    check(is_counted, file, "is counted");
    if (is_counted) {
        check(is_selected(tally, json_object_get(record, "selected")), file, rule);
        check(same_amount(arena, tally, json_object_get(record, "total_cost")), file, "total_cost");
        check((json_int_t)election->voter_count ==
                  json_integer_value(json_object_get(record, "voters")),
              file, "voters");
    }
    arena_free(arena);
}

/* ---- unit_cases.json ---- */

static void case_project(struct election_draft *draft, const char *id, int64_t cost) {
    if (election_draft_project(draft, id, NULL, (struct amount){cost, 0}, NULL) != ELECTION_FINE)
        check(false, id, "is a project");
}

static void case_ballot(struct election_draft *draft, const json_t *ballot, const char *name) {
    struct mark marks[64] = {0};
    for (size_t i = 0; i < json_array_size(ballot); i++) {
        const json_t *id = json_array_get(ballot, i);
        const char *text = json_string_value(id);
        marks[i].project = text == NULL ? (uint32_t)json_integer_value(id)
                                        : (uint32_t)election_draft_find(draft, text, strlen(text));
    }
    if (election_draft_ballot(draft, marks, json_array_size(ballot), 1) != ELECTION_FINE)
        check(false, name, "has a ballot");
}

/* Ids are texts, or numbers from 0 in cases that give the number of projects alone. */
static const struct election *case_election(struct arena *arena, const json_t *one) {
    struct election_draft *draft = election_draft_new(arena, BALLOT_APPROVAL, NULL, 0);
    const json_t *projects = json_object_get(one, "projects");
    const json_t *ballots = json_object_get(one, "ballots");
    const struct amount budget = {json_integer_value(json_object_get(one, "budget")), 0};
    check(election_draft_budget(draft, budget) == ELECTION_FINE, "budget", "is an amount");
    for (size_t i = 0; i < json_array_size(projects); i++) {
        const json_t *project = json_array_get(projects, i);
        case_project(draft, text_of(project, "id"),
                     json_integer_value(json_object_get(project, "cost")));
    }
    for (json_int_t number = 0; number < json_integer_value(projects); number++)
        case_project(draft, arena_format(arena, "%d", (int)number), 1);
    for (size_t i = 0; i < json_array_size(ballots); i++)
        case_ballot(draft, json_array_get(ballots, i), text_of(one, "name"));
    return election_draft_done(draft);
}

/* A list of numbers as a list of ids. */
static json_t *ids_of(struct arena *arena, const json_t *list) {
    json_t *ids = json_array();
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *id = json_array_get(list, i);
        const char *text = json_is_string(id)
                               ? json_string_value(id)
                               : arena_format(arena, "%d", (int)json_integer_value(id));
        (void)json_array_append_new(ids, json_string(text));
    }
    return ids;
}

static bool is_accepted(struct arena *arena, const struct tally *tally, const json_t *accepted) {
    bool found = false;
    for (size_t i = 0; i < json_array_size(accepted); i++) {
        json_t *ids = ids_of(arena, json_array_get(accepted, i));
        found |= is_selected(tally, ids);
        json_decref(ids);
    }
    return found;
}

static void check_case(const json_t *one) {
    const json_t *accepted = json_object_get(one, "accepted");
    const json_t *initial = json_object_get(one, "initial");
    const json_t *by_id = json_object_get(one, "selected_lexicographic");
    const bool has_rule = strcmp(text_of(one, "rule"), "greedy") == 0;
    const bool is_committee = json_is_object(accepted); /* seats: most approvals are "av" */
    if (!has_rule && !is_committee)
        return;
    struct arena *arena = arena_new(16 << 20);
    struct tally_options options = {.rule = rule_find("greedy"), .zero_support_eligible = has_rule};
    uint32_t first[16];
    const struct tally *tally;
    const struct election *election = case_election(arena, one);
    if (strcmp(text_of(one, "sat"), "card") == 0)
        options.satisfaction = SATISFACTION_CARDINALITY;
    for (; options.first_count < json_array_size(initial); options.first_count++)
        first[options.first_count] = (uint32_t)election_project(
            election, json_string_value(json_array_get(initial, options.first_count)));
    options.first = first;
    const bool is_counted = tally_run(arena, election, &options, &tally) == TALLY_FINE;
    check(is_counted &&
              is_accepted(arena, tally, is_committee ? json_object_get(accepted, "av") : accepted),
          text_of(one, "name"), "is an accepted outcome");
    if (is_counted && by_id != NULL)
        check(is_selected(tally, by_id), text_of(one, "name"), "is the outcome by id");
    arena_free(arena);
}

static json_t *load(const char *folder, const char *name) {
    struct arena *arena = arena_new(1 << 16);
    json_t *json = json_load_file(arena_format(arena, "%s/%s", folder, name), 0, NULL);
    arena_free(arena);
    check(json != NULL, name, "is JSON");
    return json;
}

int main(int argc, char **argv) {
    if (argc != 2 || access(argv[1], R_OK) != 0) {
        (void)printf("SKIP: the folder with real elections is not here\n");
        return SKIPPED;
    }
    json_t *expected = load(argv[1], "expected.json"), *cases = load(argv[1], "unit_cases.json");
    const json_t *published = json_object_get(cases, "cases");
    for (size_t i = 0; i < json_array_size(expected); i++)
        check_record(argv[1], json_array_get(expected, i));
    for (size_t i = 0; i < json_array_size(published); i++)
        check_case(json_array_get(published, i));
    json_decref(expected);
    json_decref(cases);
    (void)printf("%zu checked, %zu failed\n", checked, failed);
    return failed == 0 && checked > 600 ? EXIT_SUCCESS : EXIT_FAILURE;
}
