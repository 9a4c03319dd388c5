/* Any bytes as a Pabulib file, counted by every rule: never over the budget, and what a project
 * lacked is never more than it could be.
 *
 * The first byte chooses the options. */
#include <stdlib.h>
#include <string.h>

#include "methods/election/pabulib.h"
#include "methods/tally/tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { PROJECTS_MAX = 100 }; /* the explanation grows with their square */

static void check(const struct tally *tally) {
    const struct election *election = tally->election;
    int64_t cost = 0;
    for (size_t i = 0; i < election->project_count; i++) {
        const struct verdict *verdict = &tally->verdicts[i];
        if (verdict->outcome <= OUTCOME_FIRST)
            cost += election->projects[i].cost;
        if (verdict->lacks_worth < 0 || verdict->cheaper_by < 0 || verdict->short_by < 0 ||
            verdict->cheaper_by > election->projects[i].cost ||
            verdict->votes > election->voter_count)
            abort();
    }
    if (cost != tally->total_cost || cost > election->budget)
        abort();
}

static void count(struct arena *arena, const struct election *election, uint8_t choice) {
    static const struct ties by[] = {
        {.rules = {TIES_SUPPORTERS, TIES_COST}, .count = 2},
        {.rules = {TIES_LOT}, .count = 1, .seed = "seed"},
    };
    for (size_t i = 0; tally_rules[i] != NULL; i++) {
        const struct tally_options options = {
            .rule = tally_rules[i],
            .satisfaction = choice & 3,
            .zero_support_eligible = (choice & 4) != 0,
            .stops = (choice & 8) != 0,
            .minimum_votes = (choice & 16) != 0 ? 2 : 0,
            .ties = by[(choice & 32) != 0],
            .explains = true,
        };
        const struct tally *tally;
        struct buffer text = buffer_in(arena, 64 << 20);
        if (tally_run(arena, election, &options, &tally) != TALLY_FINE)
            continue;
        check(tally);
        tally_write_json(&text, tally, true);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    const struct election *election;
    struct pabulib_refusal refusal;
    if (length == 0)
        return 0;
    struct arena *arena = arena_new(512 << 20);
    if (pabulib_read(arena, (const char *)bytes + 1, length - 1, &election, &refusal) &&
        election->project_count <= PROJECTS_MAX)
        count(arena, election, bytes[0]);
    arena_free(arena);
    return 0;
}
