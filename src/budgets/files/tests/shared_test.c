/* Real elections, from a folder beside the repository: each becomes a round, its result is that of
 * expected.json, its bundle verifies, and what is exported of it reads back with the same result.
 *
 *     files_shared_test FOLDER */
#include <dirent.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "budgets/files/files.h"
#include "budgets/tests/round.h"
#include "methods/election/pabulib.h"
#include "methods/tally/tally.h"

enum { SKIPPED = 77, FILES_MAX = 200, FEW_BYTES = 25000 };
#define ROUND_BYTES ((size_t)1 << 30)

static const char *folder;
static json_t *expected;

static void free_arena(void *arena) {
    arena_free(arena);
}

static const char *bytes_of(struct arena *arena, FILE *file, size_t *ret_length) {
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *ret_length = (size_t)ftell(file);
    rewind(file);
    char *bytes = arena_take(arena, *ret_length + 1);
    assert_int_equal(fread(bytes, 1, *ret_length, file), *ret_length);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static const struct election *election_of(struct arena *arena, const char *bytes, size_t length,
                                          const char *name) {
    const struct election *election = NULL;
    struct pabulib_refusal refusal = {0};
    if (!pabulib_read(arena, bytes, length, &election, &refusal))
        fail_msg("%s:%zu: %s", name, refusal.line, refusal.text);
    return election;
}

/* ---- what is expected ---- */

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* Rules that imports count by: cost, points and Borda for the kinds of ballots, and cardinality. */
static bool is_ours(const json_t *record, bool *ret_by_votes) {
    const char *rule = text_of(record, "rule"), *type = text_of(record, "vote_type");
    const char *own = strcmp(type, "ordinal") == 0 ? "greedy_borda"
                      : strcmp(type, "cumulative") == 0 || strcmp(type, "scoring") == 0
                          ? "greedy_points"
                          : "greedy_cost";
    *ret_by_votes = strcmp(rule, own) == 0;
    return *ret_by_votes || strcmp(rule, "greedy_card") == 0;
}

static void check_selected(struct arena *arena, struct site *site, int64_t page,
                           const json_t *record, const struct election *election) {
    const json_t *ids = json_object_get(record, "selected");
    const int64_t selected = site_integer(
        site, arena_format(arena,
                           "SELECT COUNT(*) FROM budget_result_row WHERE campaign = %lld AND "
                           "selected = 1",
                           (long long)page));
    assert_int_equal(selected, json_array_size(ids));
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        size_t before = 1; /* options are numbered in the order of ids */
        for (size_t k = 0; k < election->project_count; k++)
            before += strcmp(election->projects[k].id, id) < 0 ? 1 : 0;
        const char *sql =
            arena_format(arena,
                         "SELECT selected FROM budget_result_row WHERE campaign = %lld AND "
                         "option = %zu",
                         (long long)page, before);
        if (site_integer(site, sql) != 1)
            fail_msg("%s %s: %s is not selected", text_of(record, "file"), text_of(record, "rule"),
                     id);
    }
}

/* ---- files of the round ---- */

static const char *round_file(struct arena *arena, struct site *site, int64_t page,
                              const char *name, size_t *ret_length) {
    struct campaign_whole campaign = {0};
    struct db *db = NULL;
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(store_single(site->store, &db), ERR_OK);
    assert_int_equal(campaign_find(db, arena, site->tenant, page, site_now, &campaign), ERR_OK);
    assert_int_equal(round_file_write(db, arena, site->tenant, &campaign, site_now, name, file),
                     ERR_OK);
    store_single_done(site->store, db);
    return bytes_of(arena, file, ret_length);
}

static void check_bundle(struct arena *arena, struct site *site, int64_t page, const char *file) {
    struct verification verification = {0};
    const char *refusal = NULL;
    size_t length = 0;
    const char *bytes = round_file(arena, site, page, ROUND_BUNDLE, &length);
    if (!bundle_verify(arena, bytes, length, &verification, &refusal))
        fail_msg("%s: %s", file, refusal);
    if (verification.count > 0)
        fail_msg("%s: %s %s: %s, not %s", file, verification.findings[0].file,
                 verification.findings[0].place, verification.findings[0].found,
                 verification.findings[0].expected);
}

/* The file that comes out has the ids that went in, and the same result by the same rule. */
static void check_export(struct arena *arena, struct site *site, int64_t page, const json_t *record,
                         bool by_votes) {
    const char *file = text_of(record, "file"), *type = text_of(record, "vote_type");
    const json_t *ids = json_object_get(record, "selected");
    const struct tally *tally = NULL;
    size_t length = 0;
    const char *bytes = round_file(arena, site, page, "POT-1.pb", &length);
    const struct election *election = election_of(arena, bytes, length, file);
    const struct tally_options options = {
        .rule = rule_find("greedy"),
        .satisfaction = !by_votes                                  ? SATISFACTION_CARDINALITY
                        : strcmp(type, "ordinal") == 0             ? SATISFACTION_BORDA
                        : election_kind_has_points(election->kind) ? SATISFACTION_POINTS
                                                                   : SATISFACTION_COST,
        .zero_support_eligible =
            strcmp(text_of(json_object_get(record, "params"), "zero_support"), "eligible") == 0,
    };
    assert_int_equal(election->voter_count, json_integer_value(json_object_get(record, "voters")));
    assert_string_equal(election_kind_name(election->kind), type);
    assert_int_equal(tally_run(arena, election, &options, &tally), TALLY_FINE);
    const char **selected = tally_selected(arena, tally);
    assert_int_equal(tally->selected_count, json_array_size(ids));
    for (size_t i = 0; i < tally->selected_count; i++)
        assert_string_equal(selected[i], json_string_value(json_array_get(ids, i)));
}

/* ---- one record ---- */

static int64_t import(struct arena *arena, struct site *site, const struct import_order *order) {
    enum import_refusal refusal = IMPORT_FINE;
    struct db *db = NULL;
    int64_t page = 0;
    assert_int_equal(store_single(site->store, &db), ERR_OK);
    assert_int_equal(db_begin(db), ERR_OK);
    assert_int_equal(import_run(db, arena, site->tenant, order, &refusal, &page), ERR_OK);
    if (refusal != IMPORT_FINE)
        fail_msg("%s: %s", order->file, import_refusal_text(refusal));
    assert_int_equal(db_commit(db), ERR_OK);
    store_single_done(site->store, db);
    return page;
}

static void check_record(struct site *site, const json_t *record, bool by_votes) {
    struct arena *arena = arena_new(ROUND_BYTES);
    const char *file = text_of(record, "file"), *rule = text_of(record, "rule");
    const char *support = text_of(json_object_get(record, "params"), "zero_support");
    size_t length = 0;
    const char *bytes =
        bytes_of(arena, fopen(arena_format(arena, "%s/%s", folder, file), "rb"), &length);
    const struct import_order order = {
        .election = election_of(arena, bytes, length, file),
        .file = arena_format(arena, "%s %s %s", file, rule, support),
        .hash = "0000",
        .by_votes = by_votes,
        .zero_support = strcmp(support, "eligible") == 0,
        .now = site_now,
    };
    arena_defer(site->arena, free_arena, arena);
    const int64_t page = import(arena, site, &order);
    check_selected(arena, site, page, record, order.election);
    check_bundle(arena, site, page, order.file);
    check_export(arena, site, page, record, by_votes);
    arena_reset(arena);
}

static bool is_small(struct arena *arena, const json_t *record) {
    FILE *file = fopen(arena_format(arena, "%s/%s", folder, text_of(record, "file")), "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    const bool small = ftell(file) < FEW_BYTES;
    assert_int_equal(fclose(file), 0);
    return small;
}

static void check_all(void **state, bool small_alone) {
    struct site *site = site_open(state);
    size_t index, checked = 0;
    json_t *record;
    json_array_foreach(expected, index, record) {
        bool by_votes = false;
        if (!is_ours(record, &by_votes) || (small_alone && !is_small(site->arena, record)))
            continue;
        check_record(site, record, by_votes);
        checked++;
    }
    (void)printf("%zu records\n", checked);
    assert_true(checked > 0);
    site_close(site);
}

static void every_election_gives_the_expected_result_PB_8(void **state) {
    check_all(state, false);
}

static void small_elections_do_so_here_too_PB_8(void **state) {
    check_all(state, true);
}

/* Every file of the folder is among the records: none is left out. */
static void no_file_is_left_out(void **state) {
    DIR *files = opendir(folder);
    size_t count = 0;
    (void)state;
    assert_non_null(files);
    for (const struct dirent *entry; (entry = readdir(files)) != NULL;) {
        const char *end = strrchr(entry->d_name, '.');
        size_t index, found = 0;
        json_t *record;
        bool by_votes;
        if (end == NULL || strcmp(end, ".pb") != 0)
            continue;
        json_array_foreach(expected, index,
                           record) if (strcmp(text_of(record, "file"), entry->d_name) == 0) found +=
            is_ours(record, &by_votes) ? 1 : 0;
        if (found == 0)
            fail_msg("%s is in no record", entry->d_name);
        count++;
    }
    (void)closedir(files);
    (void)printf("%zu files\n", count);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_file_is_left_out),
        TEST_ON_SQLITE(every_election_gives_the_expected_result_PB_8),
        TEST_ON_POSTGRESQL(small_elections_do_so_here_too_PB_8),
    };
    char path[4096];
    if (argc < 2)
        return EXIT_FAILURE;
    folder = argv[1];
    (void)snprintf(path, sizeof path, "%s/expected.json", folder);
    if (access(path, R_OK) != 0) {
        (void)printf("SKIP: the folder with real elections is not here\n");
        return SKIPPED;
    }
    json_t *all = json_load_file(path, 0, NULL);
    expected = json_is_object(all) ? json_object_get(all, "records") : all;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    json_decref(all);
    return failed;
}
