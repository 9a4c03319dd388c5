/* What a rule works on. A rule fills the tally's verdicts, turns and ties. */
#ifndef RADSLAG_METHODS_TALLY_INSIDE_H
#define RADSLAG_METHODS_TALLY_INSIDE_H

#include "methods/tally/tally.h"

struct counting {
    struct tally *tally; /* verdicts have votes and worth, and the outcome of those that are out
                            beforehand; turns and ties are empty and have room for all projects */
    struct contender *contenders; /* one for each project */
    int64_t money;                /* left after what was taken beforehand */
};

extern const struct rule rule_greedy;

/* True when a project with so many votes may be in the running. */
bool tally_admits(const struct tally_options *options, uint64_t votes);

/* Notes the project's turn, with so much money left. */
void counting_turn(struct counting *counting, uint32_t project, int64_t left);

/* Takes the project. */
void counting_select(struct counting *counting, uint32_t project);

/* Notes that these projects were equal; the list is borrowed for as long as the tally lives. */
void counting_tie(struct counting *counting, const uint32_t *projects, size_t count, bool decides);

#endif
