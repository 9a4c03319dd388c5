#include "methods/election/election.h"

#include <assert.h>
#include <string.h>

const char *election_kind_name(enum election_kind kind) {
    static const char *const names[] = {"approval", "choose-1", "cumulative", "scoring", "ordinal"};
    return names[kind];
}

bool election_kind_find(const char *name, enum election_kind *ret_kind) {
    for (enum election_kind kind = BALLOT_APPROVAL; kind <= BALLOT_ORDINAL; kind++)
        if (strcmp(election_kind_name(kind), name) == 0) {
            *ret_kind = kind;
            return true;
        }
    return false;
}

bool election_kind_has_points(enum election_kind kind) {
    return kind == BALLOT_CUMULATIVE || kind == BALLOT_SCORING;
}

const char *project_detail(const struct election *election, const struct project *project,
                           const char *detail) {
    for (size_t i = 0; i < election->detail_count; i++)
        if (strcmp(election->details[i], detail) == 0)
            return project->values[i];
    return NULL;
}

int64_t election_project(const struct election *election, const char *id) {
    for (size_t i = 0; i < election->project_count; i++)
        if (strcmp(election->projects[i].id, id) == 0)
            return (int64_t)i;
    return -1;
}

const char *election_refusal_text(enum election_refusal refusal) {
    static const char *const texts[] = {
        [ELECTION_FINE] = "nothing is wrong",
        [ELECTION_AMOUNT] = "an amount below 0 or with more than 12 digits",
        [ELECTION_PROJECT_ID] = "an id that is empty or has a comma, semicolon, quote, outer space "
                                "or control character",
        [ELECTION_PROJECT_TWICE] = "two projects with one id",
        [ELECTION_PROJECTS_MANY] = "more than 20000 projects",
        [ELECTION_PROJECT_UNKNOWN] = "a mark for a project that does not exist",
        [ELECTION_MARK_TWICE] = "a project marked twice on one ballot",
        [ELECTION_MARKS_MANY] = "more than one mark where one may be made",
        [ELECTION_POINTS] = "more than 1000000000 points",
        [ELECTION_VOTERS_MANY] = "more than 10000000 voters",
    };
    return texts[refusal];
}
