/* Putting an election together: ids by hash, equal ballots merged as they come. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "methods/election/election.h"
#include "methods/election/names.h"

enum { ROOM_AT_FIRST = 64, SORT_BY_INSERTION = 24 };

struct election_draft {
    struct arena *arena;
    struct election election;
    struct names *ids;
    struct amount budget;
    struct project *projects;
    struct amount *costs; /* beside `projects`, each at its own scale */
    size_t project_room;
    struct election_fact *facts;
    size_t fact_room;
    struct election_ballot *ballots;
    size_t ballot_room;
    uint32_t *slots; /* hash table over `ballots`, 1 + number; at most half full */
    size_t slot_count;
    uint32_t *seen;      /* seen[project] = the ballot that marked it last, counted from 1 */
    struct mark *sorted; /* the ballot being added, as it will be kept */
    uint32_t *key;       /* the same: projects, then points */
    uint32_t ballots_added;
};

/* Doubles an array in the arena when it is full. */
static void *grown(struct arena *arena, void *array, size_t count, size_t *room, size_t size) {
    if (count < *room)
        return array;
    *room = *room == 0 ? ROOM_AT_FIRST : *room * 2;
    void *wider = arena_array(arena, *room, size);
    if (count > 0)
        memcpy(wider, array, count * size);
    return wider;
}

struct election_draft *election_draft_new(struct arena *arena, enum election_kind kind,
                                          const char *const *details, size_t detail_count) {
    assert(detail_count <= ELECTION_DETAILS_MAX);
    struct election_draft *draft = ARENA_NEW(arena, struct election_draft);
    draft->arena = arena;
    draft->election.kind = kind;
    const char **names = ARENA_ARRAY(arena, detail_count, const char *);
    for (size_t i = 0; i < detail_count; i++)
        names[i] = arena_copy_text(arena, details[i]);
    draft->election.details = names;
    draft->election.detail_count = detail_count;
    draft->ids = names_new(arena);
    draft->slot_count = 2 * (size_t)ROOM_AT_FIRST;
    draft->slots = ARENA_ARRAY(arena, draft->slot_count, uint32_t);
    return draft;
}

static bool amount_allowed(struct amount amount) {
    int64_t units;
    return amount.decimals >= 0 && amount.decimals <= AMOUNT_DECIMALS &&
           amount_at_scale(amount, amount.decimals, &units);
}

enum election_refusal election_draft_budget(struct election_draft *draft, struct amount budget) {
    if (!amount_allowed(budget))
        return ELECTION_AMOUNT;
    draft->budget = amount_shorten(budget);
    return ELECTION_FINE;
}

void election_draft_fact(struct election_draft *draft, const char *name, const char *value) {
    struct election *election = &draft->election;
    draft->facts = grown(draft->arena, draft->facts, election->fact_count, &draft->fact_room,
                         sizeof *draft->facts);
    draft->facts[election->fact_count++] = (struct election_fact){
        arena_copy_text(draft->arena, name), arena_copy_text(draft->arena, value)};
}

/* An id must survive a list of ids with commas, in a field between semicolons. */
static bool id_allowed(const char *id) {
    const size_t length = strlen(id);
    if (length == 0 || id[0] == ' ' || id[length - 1] == ' ')
        return false;
    for (const char *c = id; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f || strchr(",;\"", *c) != NULL)
            return false;
    return true;
}

enum election_refusal election_draft_project(struct election_draft *draft, const char *id,
                                             const char *name, struct amount cost,
                                             const char *const *values) {
    struct election *election = &draft->election;
    assert(draft->seen == NULL); /* projects come before ballots */
    if (!id_allowed(id))
        return ELECTION_PROJECT_ID;
    if (!amount_allowed(cost))
        return ELECTION_AMOUNT;
    if (election->project_count == ELECTION_PROJECTS_MAX)
        return ELECTION_PROJECTS_MANY;
    if (!names_add(draft->ids, id, strlen(id)))
        return ELECTION_PROJECT_TWICE;
    size_t room = draft->project_room;
    draft->costs =
        grown(draft->arena, draft->costs, election->project_count, &room, sizeof *draft->costs);
    draft->projects = grown(draft->arena, draft->projects, election->project_count,
                            &draft->project_room, sizeof *draft->projects);
    struct project *project = &draft->projects[election->project_count];
    project->id = names_text(draft->ids, election->project_count);
    project->name = arena_copy_text(draft->arena, name);
    project->values = ARENA_ARRAY(draft->arena, election->detail_count, const char *);
    for (size_t i = 0; i < election->detail_count; i++)
        project->values[i] = arena_copy_text(draft->arena, values == NULL ? "" : values[i]);
    draft->costs[election->project_count++] = amount_shorten(cost);
    return ELECTION_FINE;
}

int64_t election_draft_find(const struct election_draft *draft, const char *id, size_t length) {
    return names_find(draft->ids, id, length);
}

/* ---- ballots ---- */

static int mark_compare(const void *a, const void *b) {
    const struct mark *one = a, *other = b;
    return (one->project > other->project) - (one->project < other->project);
}

static void marks_sort(struct mark *marks, size_t length) {
    if (length > SORT_BY_INSERTION) {
        qsort(marks, length, sizeof *marks, mark_compare);
        return;
    }
    for (size_t i = 1; i < length; i++) {
        const struct mark mark = marks[i];
        size_t at = i;
        for (; at > 0 && marks[at - 1].project > mark.project; at--)
            marks[at] = marks[at - 1];
        marks[at] = mark;
    }
}

static enum election_refusal marks_check(struct election_draft *draft, const struct mark *marks,
                                         size_t length) {
    const struct election *election = &draft->election;
    draft->ballots_added++;
    for (size_t i = 0; i < length; i++) {
        if (marks[i].project >= election->project_count)
            return ELECTION_PROJECT_UNKNOWN;
        if (draft->seen[marks[i].project] == draft->ballots_added)
            return ELECTION_MARK_TWICE;
        draft->seen[marks[i].project] = draft->ballots_added;
        if (election_kind_has_points(election->kind) && marks[i].points > ELECTION_POINTS_MAX)
            return ELECTION_POINTS;
    }
    return election->kind == BALLOT_CHOOSE_ONE && length > 1 ? ELECTION_MARKS_MANY : ELECTION_FINE;
}

/* The ballot in draft->key, of `words` words, or the empty slot where it belongs. */
static uint32_t *ballot_slot(const struct election_draft *draft, const uint32_t *key,
                             uint32_t length, size_t words) {
    for (size_t at = names_hash(key, words * sizeof *key);; at++) {
        uint32_t *slot = &draft->slots[at & (draft->slot_count - 1)];
        if (*slot == 0)
            return slot;
        const struct election_ballot *ballot = &draft->ballots[*slot - 1];
        if (ballot->length == length &&
            (words == 0 || memcmp(ballot->projects, key, words * sizeof *key) == 0))
            return slot;
    }
}

static size_t ballot_words(const struct election_draft *draft, size_t length) {
    return election_kind_has_points(draft->election.kind) ? 2 * length : length;
}

static void slots_grow(struct election_draft *draft) {
    draft->slot_count *= 2;
    draft->slots = ARENA_ARRAY(draft->arena, draft->slot_count, uint32_t);
    for (size_t i = 0; i < draft->election.ballot_count; i++) {
        const struct election_ballot *ballot = &draft->ballots[i];
        *ballot_slot(draft, ballot->projects, ballot->length, ballot_words(draft, ballot->length)) =
            (uint32_t)i + 1;
    }
}

/* A ballot nobody gave before: points stand behind the projects in one piece of memory. */
static void ballot_new(struct election_draft *draft, uint32_t *slot, uint32_t length,
                       uint32_t voters) {
    struct election *election = &draft->election;
    const size_t words = ballot_words(draft, length);
    draft->ballots = grown(draft->arena, draft->ballots, election->ballot_count,
                           &draft->ballot_room, sizeof *draft->ballots);
    const uint32_t *kept = arena_copy(draft->arena, draft->key, words * sizeof *kept);
    draft->ballots[election->ballot_count] = (struct election_ballot){
        .projects = kept,
        .points = words > length ? kept + length : NULL,
        .length = length,
        .voters = voters,
    };
    *slot = (uint32_t)++election->ballot_count;
    if (election->ballot_count * 2 > draft->slot_count)
        slots_grow(draft);
}

static void ballots_begin(struct election_draft *draft) {
    const size_t count = draft->election.project_count;
    draft->seen = ARENA_ARRAY(draft->arena, count + 1, uint32_t);
    draft->sorted = ARENA_ARRAY(draft->arena, count + 1, struct mark);
    draft->key = ARENA_ARRAY(draft->arena, 2 * count + 1, uint32_t);
}

enum election_refusal election_draft_ballot(struct election_draft *draft, const struct mark *marks,
                                            size_t length, uint32_t voters) {
    struct election *election = &draft->election;
    if (draft->seen == NULL)
        ballots_begin(draft);
    if (voters > ELECTION_VOTERS_MAX - election->voter_count)
        return ELECTION_VOTERS_MANY;
    const enum election_refusal refusal = marks_check(draft, marks, length);
    if (refusal != ELECTION_FINE || voters == 0)
        return refusal;
    if (length > 0)
        memcpy(draft->sorted, marks, length * sizeof *marks);
    if (election->kind != BALLOT_ORDINAL)
        marks_sort(draft->sorted, length);
    for (size_t i = 0; i < length; i++) {
        draft->key[i] = draft->sorted[i].project;
        if (election_kind_has_points(election->kind))
            draft->key[length + i] = draft->sorted[i].points;
    }
    uint32_t *slot = ballot_slot(draft, draft->key, (uint32_t)length, ballot_words(draft, length));
    if (*slot != 0)
        draft->ballots[*slot - 1].voters += voters;
    else
        ballot_new(draft, slot, (uint32_t)length, voters);
    election->voter_count += voters;
    return ELECTION_FINE;
}

const struct election *election_draft_done(struct election_draft *draft) {
    struct election *election = &draft->election;
    election->decimals = draft->budget.decimals;
    for (size_t i = 0; i < election->project_count; i++)
        if (draft->costs[i].decimals > election->decimals)
            election->decimals = draft->costs[i].decimals;
    bool fits = amount_at_scale(draft->budget, election->decimals, &election->budget);
    for (size_t i = 0; i < election->project_count; i++)
        fits &= amount_at_scale(draft->costs[i], election->decimals, &draft->projects[i].cost);
    assert(fits); /* each was allowed when it was added */
    election->projects = draft->projects;
    election->ballots = draft->ballots;
    election->facts = draft->facts;
    return election;
}
