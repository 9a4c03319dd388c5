/* A round as large as the largest real one, 61,668 voters and 83 projects: counted without holding
 * anybody up, and its page under 100 ms and 300 kB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "budgets/results/tests/sealed.h"

enum { PROJECTS = 83, VOTERS = 61668, CHOICES_MOST = 8, PAGE_MS = 100, PAGE_BYTES = 300000 };

/* The same numbers each time. */
static uint32_t draw(uint32_t *state, uint32_t below) {
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

static void proposals_add(struct site *site, int64_t round) {
    uint32_t state = 7;
    for (int i = 1; i <= PROJECTS; i++)
        round_proposal(
            site, round,
            arena_format(site->arena, "Förslag nummer %d med ett namn av vanlig längd", i), 1,
            (10 + draw(&state, 90)) * (int64_t)100000);
}

/* Rising options of one ballot; those with low numbers are liked more. */
static const char *ballot_draw(struct arena *arena, uint32_t *state) {
    bool chosen[PROJECTS + 1] = {false};
    const char *text = "";
    const uint32_t count = 1 + draw(state, CHOICES_MOST);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t a = draw(state, PROJECTS), b = draw(state, PROJECTS);
        chosen[1 + (a < b ? a : b)] = true;
    }
    for (int i = 1; i <= PROJECTS; i++)
        if (chosen[i])
            text = arena_format(arena, "%s%s%d", text, text[0] == '\0' ? "" : ",", i);
    return text;
}

static enum error vote_act(void *context, struct db *db) {
    struct site *site = context;
    uint32_t state = 1;
    for (int i = 0; i < VOTERS; i++)
        TRY(db_exec(db,
                    TEST_STATEMENT(EXEC, "INSERT INTO counted_ballot (tenant, poll, pot, choices, "
                                         "ballots) VALUES (1, 1, 1, :choices, 1) ON CONFLICT "
                                         "(tenant, poll, pot, choices) DO UPDATE SET ballots = "
                                         "counted_ballot.ballots + 1"),
                    WITH(BIND_TEXT("choices", ballot_draw(site->arena, &state))), NULL));
    return ERR_OK;
}

static enum error none_act(void *context, struct db *db) {
    (void)context;
    return db_exec(db, TEST_STATEMENT(EXEC, "UPDATE page SET revision = revision WHERE id = 0"),
                   WITH_NOTHING, NULL);
}

static int64_t since_ms(int64_t before) {
    return (monotonic_us() - before) / 1000;
}

static void large_round(struct site *site) {
    const int64_t round = planned_round(site);
    proposals_add(site, round);
    round_lock(site, round);
    assert_int_equal(store_act(site->store, vote_act, site), ERR_OK);
    site_now = day_of_2026(6, 17) + HOURS(9);
    round_seal(site);
}

static void the_largest_round_is_counted_and_shown(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *reader = browser_new(site, NOBODY);
    large_round(site);
    assert_int_equal(browser_get(leader, ROUND "/count"), 200);
    int64_t before = monotonic_us();
    assert_int_equal(browser_post(leader, ROUND "/count", ""), 303);
    print_message("counted in %lld ms\n", (long long)since_ms(before));
    before = monotonic_us();
    assert_int_equal(store_act(site->store, none_act, NULL), ERR_OK);
    assert_true(since_ms(before) < PAGE_MS);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM budget_result_row"), PROJECTS);
    round_attest(site);
    site_now = day_of_2026(6, 18) + HOURS(12);
    for (int i = 0; i < 2; i++) { /* once more: the first binds nothing, but reads from disk */
        before = monotonic_us();
        assert_int_equal(browser_get(reader, ROUND "/result?all"), 200);
        print_message("page in %lld ms, %zu bytes\n", (long long)since_ms(before),
                      reader->reply.length);
        assert_true(since_ms(before) < PAGE_MS);
        assert_true(reader->reply.length < PAGE_BYTES);
    }
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST_ON_BOTH(the_largest_round_is_counted_and_shown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
