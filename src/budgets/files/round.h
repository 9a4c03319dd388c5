/* A round as its published rules say: what a result is counted from, read from rules.json alone. */
#ifndef RADSLAG_BUDGETS_FILES_ROUND_H
#define RADSLAG_BUDGETS_FILES_ROUND_H

#include "budgets/budgets.h"

/* A line that the file of an imported round said of it: "country", "Poland". */
struct round_fact {
    const char *name, *value;
};

/* Where an imported round comes from; file NULL = held here. */
struct round_origin {
    const char *file, *hash; /* name, and SHA-256 of its bytes, hex */
    const char *vote_type;   /* as Pabulib says */
    const char *const *ids;  /* of the projects, one for each option, in the options' order */
    const struct round_fact *facts;
    size_t fact_count;
};

/* Of `campaign` are set: title, allocation, satisfaction, least_votes, ties, ballot_kind,
 * most_choices, eligible; of the paper's poll: ballot_kind, most_choices, rules_hash. */
struct round {
    struct campaign campaign;
    struct poll_paper paper;
    struct round_origin origin;
};

/* Reads rules.json; everything in arena. False with one English sentence that says what is wrong
 * and where. */
bool round_read(struct arena *arena, const char *text, size_t length, struct round *ret_round,
                const char **ret_why) MUST_USE;

/* The member `origin` that the rules of an imported round end with: canonical JSON of the rules
 * with it. */
const char *round_rules_with_origin(struct arena *arena, const char *rules,
                                    const struct round_origin *origin, size_t option_count);

/* Name of an option in files: its number, or the id that an imported file gave it. In arena. */
const char *round_option_id(struct arena *arena, const struct round *round, size_t option);

/* SHA-256, hex; in arena. */
const char *round_hash(struct arena *arena, const char *bytes, size_t length);

#endif
