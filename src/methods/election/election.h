/* An election: projects with a price, a sum to spend, and what voters marked.
 *
 * It is put together in a draft, from a file (pabulib.h) or from rows of a database, and does not
 * change afterwards. Equal ballots are one ballot with a number of voters, so that an election
 * holds no person. All memory is the arena's that the draft was given. */
#ifndef RADSLAG_METHODS_ELECTION_ELECTION_H
#define RADSLAG_METHODS_ELECTION_ELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "methods/election/amount.h"
#include "platform/base/arena.h"
#include "platform/base/error.h"

/* Past these a draft refuses: sums of votes and points stay exact in 64 bits. */
enum {
    ELECTION_PROJECTS_MAX = 20000,
    ELECTION_VOTERS_MAX = 10000000,
    ELECTION_POINTS_MAX = 1000000000,
    ELECTION_DETAILS_MAX = 64,
};

/* What a voter was asked. */
enum election_kind {
    BALLOT_APPROVAL,   /* any number of projects */
    BALLOT_CHOOSE_ONE, /* one project at most */
    BALLOT_CUMULATIVE, /* points for projects, so many in all */
    BALLOT_SCORING,    /* points for projects, so many each */
    BALLOT_ORDINAL,    /* projects in order, best first */
};

/* Name as in Pabulib files: "approval", "choose-1", … */
const char *election_kind_name(enum election_kind kind);
bool election_kind_find(const char *name, enum election_kind *ret_kind);

/* True where each mark carries points. */
bool election_kind_has_points(enum election_kind kind);

struct project {
    const char *id;      /* text, compared by code points */
    const char *name;    /* NULL = none */
    int64_t cost;        /* in units of the election */
    const char **values; /* values[detail_count]: category, area, target … as the columns say */
};

/* What `voters` people put on their ballots; none of two ballots are equal. `projects` holds
 * `length` numbers of projects: the best first in ordinal ballots, otherwise ascending. */
struct election_ballot {
    const uint32_t *projects;
    const uint32_t *points; /* beside `projects`; NULL unless the kind has points */
    uint32_t length;        /* 0 = blank */
    uint32_t voters;
};

/* A line about the election that no rule reads: "country", "Sweden". */
struct election_fact {
    const char *name, *value;
};

struct election {
    enum election_kind kind;
    int decimals;   /* amounts count 10^-decimals of the currency; as few as all amounts need */
    int64_t budget; /* in those units */
    const struct project *projects; /* as they were added: the earliest submitted first */
    size_t project_count;
    const char *const *details; /* names of the columns beside id, cost and name */
    size_t detail_count;
    const struct election_ballot *ballots; /* in the order in which each was first seen */
    size_t ballot_count;
    uint64_t voter_count; /* blank ballots too */
    const struct election_fact *facts;
    size_t fact_count;
};

/* A project's value in the column of that name ("category", "neighborhood"), or NULL. */
const char *project_detail(const struct election *election, const struct project *project,
                           const char *detail);

/* Number of the project with this id, or -1. O(projects). */
int64_t election_project(const struct election *election, const char *id);

/* ---- putting one together ---- */

enum election_refusal {
    ELECTION_FINE,
    ELECTION_AMOUNT,          /* negative, or past the largest amount */
    ELECTION_PROJECT_ID,      /* empty, or with a comma, semicolon, quote, space or control
                                 character at its ends or within */
    ELECTION_PROJECT_TWICE,   /* two projects with one id */
    ELECTION_PROJECTS_MANY,   /* more than ELECTION_PROJECTS_MAX */
    ELECTION_PROJECT_UNKNOWN, /* a mark for no project */
    ELECTION_MARK_TWICE,      /* one ballot marks a project twice */
    ELECTION_MARKS_MANY,      /* more than one mark where one may be made */
    ELECTION_POINTS,          /* more points than ELECTION_POINTS_MAX */
    ELECTION_VOTERS_MANY,     /* more than ELECTION_VOTERS_MAX */
};

/* What was wrong, in a few English words: "two projects with this id". */
const char *election_refusal_text(enum election_refusal refusal);

struct election_draft;

/* One mark on a ballot; `points` counts where the kind has points. */
struct mark {
    uint32_t project; /* its number: 0 for the first project added */
    uint32_t points;
};

/* A new draft in arena. `details[detail_count]` (at most ELECTION_DETAILS_MAX) are copied. */
struct election_draft *election_draft_new(struct arena *arena, enum election_kind kind,
                                          const char *const *details, size_t detail_count);

/* The sum that can be spent. */
enum election_refusal election_draft_budget(struct election_draft *draft, struct amount budget)
    MUST_USE;

/* A line that informs; copied. Names that Pabulib keeps for itself (budget, vote_type,
 * num_projects, num_votes) are not for facts. */
void election_draft_fact(struct election_draft *draft, const char *name, const char *value);

/* Adds a project; texts are copied, `values[detail_count]` NULL = blank. Projects come before the
 * first ballot. */
enum election_refusal election_draft_project(struct election_draft *draft, const char *id,
                                             const char *name, struct amount cost,
                                             const char *const *values) MUST_USE;

/* Number of the project with this id, or -1. O(1). */
int64_t election_draft_find(const struct election_draft *draft, const char *id, size_t length);

/* Adds the ballot of `voters` people; marks are copied, and the order of marks is kept for ordinal
 * ballots alone. O(length) on average. */
enum election_refusal election_draft_ballot(struct election_draft *draft, const struct mark *marks,
                                            size_t length, uint32_t voters) MUST_USE;

/* The finished election, in the draft's arena; the draft is used up. */
const struct election *election_draft_done(struct election_draft *draft);

#endif
