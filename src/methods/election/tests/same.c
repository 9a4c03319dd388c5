#include "methods/election/tests/same.h"

#include <string.h>

#include "methods/election/pabulib.h"

static void put(void *context, const char *bytes, size_t length) {
    buffer_add(context, bytes, length);
}

struct buffer election_text(struct arena *arena, const struct election *election) {
    struct buffer text = buffer_in(arena, 64 << 20);
    pabulib_write(election, &(struct pabulib_sink){put, &text});
    return text;
}

static bool text_same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool projects_same(const struct election *a, const struct election *b) {
    for (size_t i = 0; i < a->project_count; i++) {
        const struct project *one = &a->projects[i], *other = &b->projects[i];
        if (!text_same(one->id, other->id) || !text_same(one->name, other->name) ||
            one->cost != other->cost)
            return false;
        for (size_t k = 0; k < a->detail_count; k++)
            if (!text_same(a->details[k], b->details[k]) ||
                !text_same(one->values[k], other->values[k]))
                return false;
    }
    return true;
}

static bool ballots_same(const struct election *a, const struct election *b) {
    for (size_t i = 0; i < a->ballot_count; i++) {
        const struct election_ballot *one = &a->ballots[i], *other = &b->ballots[i];
        const size_t bytes = one->length * sizeof *one->projects;
        if (one->length != other->length || one->voters != other->voters ||
            (one->points == NULL) != (other->points == NULL))
            return false;
        if (bytes > 0 && (memcmp(one->projects, other->projects, bytes) != 0 ||
                          (one->points != NULL && memcmp(one->points, other->points, bytes) != 0)))
            return false;
    }
    return true;
}

bool election_same(const struct election *a, const struct election *b) {
    if (a->kind != b->kind || a->decimals != b->decimals || a->budget != b->budget ||
        a->project_count != b->project_count || a->detail_count != b->detail_count ||
        a->ballot_count != b->ballot_count || a->voter_count != b->voter_count ||
        a->fact_count != b->fact_count)
        return false;
    for (size_t i = 0; i < a->fact_count; i++)
        if (!text_same(a->facts[i].name, b->facts[i].name) ||
            !text_same(a->facts[i].value, b->facts[i].value))
            return false;
    return projects_same(a, b) && ballots_same(a, b);
}
