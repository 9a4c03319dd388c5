#include "methods/tally/tests/build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct election *built_in_order(struct arena *arena, const struct built *built,
                                             bool is_reversed) {
    const uint32_t last = (uint32_t)built->project_count - 1;
    struct election_draft *draft = election_draft_new(arena, built->kind, NULL, 0);
    assert_int_equal(election_draft_budget(draft, built->budget), ELECTION_FINE);
    for (uint32_t i = 0; i < built->project_count; i++) {
        const uint32_t project = is_reversed ? last - i : i;
        const char id[] = {(char)('a' + (int)project), '\0'};
        assert_int_equal(election_draft_project(draft, id, NULL, built->costs[project], NULL),
                         ELECTION_FINE);
    }
    for (size_t i = 0; i < built->ballot_count; i++) {
        const struct built_ballot *ballot = &built->ballots[i];
        struct mark marks[8];
        for (size_t k = 0; k < ballot->length; k++)
            marks[k] = (struct mark){is_reversed ? last - ballot->projects[k] : ballot->projects[k],
                                     ballot->points[k]};
        assert_int_equal(election_draft_ballot(draft, marks, ballot->length, ballot->voters),
                         ELECTION_FINE);
    }
    return election_draft_done(draft);
}

const struct election *built_election(struct arena *arena, const struct built *built) {
    return built_in_order(arena, built, false);
}

const struct election *built_backwards(struct arena *arena, const struct built *built) {
    return built_in_order(arena, built, true);
}

static uint32_t number_of(const char **text) {
    uint32_t number = 0;
    for (; **text >= '0' && **text <= '9'; ++*text)
        number = number * 10 + (uint32_t)(**text - '0');
    return number;
}

const struct election *election_of(struct arena *arena, int64_t budget, const char *costs,
                                   const char *ballots) {
    struct built built = {.kind = BALLOT_APPROVAL, .budget = {budget, 0}};
    while (*costs != '\0') {
        built.costs[built.project_count++] = (struct amount){number_of(&costs), 0};
        costs += *costs == ' ';
    }
    while (*ballots != '\0') {
        struct built_ballot *ballot = &built.ballots[built.ballot_count++];
        for (; *ballots >= 'a' && *ballots <= 'h'; ballots++)
            ballot->projects[ballot->length++] = (uint32_t)(*ballots - 'a');
        ballots += *ballots == ':';
        ballot->voters = number_of(&ballots);
        if (ballot->voters == 0)
            ballot->voters = 1;
        ballots += *ballots == ' ';
    }
    return built_election(arena, &built);
}

const struct tally *tally_of(struct arena *arena, const struct election *election,
                             const struct tally_options *options) {
    const struct tally *tally = NULL;
    assert_int_equal(tally_run(arena, election, options, &tally), TALLY_FINE);
    return tally;
}

const char *selected_of(struct arena *arena, const struct election *election,
                        const struct tally_options *options) {
    const struct tally *tally = tally_of(arena, election, options);
    const char **ids = tally_selected(arena, tally);
    const char *text = "";
    for (size_t i = 0; i < tally->selected_count; i++)
        text = arena_format(arena, "%s%s", text, ids[i]);
    return text;
}

uint32_t chance(uint64_t *state, uint32_t below) {
    *state += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64 */
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % below);
}

struct built built_by_chance(uint64_t *state, enum election_kind kind) {
    struct built built = {.kind = kind, .budget = {chance(state, 16), 0}};
    built.project_count = 1 + chance(state, 5);
    built.ballot_count = chance(state, 6);
    for (size_t i = 0; i < built.project_count; i++)
        built.costs[i] = (struct amount){chance(state, 8), 0};
    for (size_t i = 0; i < built.ballot_count; i++) {
        struct built_ballot *ballot = &built.ballots[i];
        ballot->voters = 1 + chance(state, 3);
        const uint32_t turn = chance(state, (uint32_t)built.project_count);
        for (uint32_t k = 0; k < built.project_count; k++)
            if (chance(state, 2) == 1 && (kind != BALLOT_CHOOSE_ONE || ballot->length == 0)) {
                ballot->points[ballot->length] = chance(state, 4);
                ballot->projects[ballot->length++] = (k + turn) % (uint32_t)built.project_count;
            }
    }
    return built;
}
