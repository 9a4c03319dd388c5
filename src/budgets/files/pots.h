/* The ballots of a round as files: a table of all, and a Pabulib file for each pot. */
#ifndef RADSLAG_BUDGETS_FILES_POTS_H
#define RADSLAG_BUDGETS_FILES_POTS_H

#include "budgets/files/round.h"
#include "platform/base/text.h"

/* Where written bytes go; see pabulib_sink. */
struct file_sink {
    void (*put)(void *context, const char *bytes, size_t length);
    void *context;
};

/* Voters who chose in a pot, and 0: who voted blank. */
int64_t pot_ballots(const struct counted_ballot_list *ballots, int64_t pot);

/* ballots.csv: pot, choices, how many, in the order of pot and choices. Pots in which too few voted
 * are left out (COUNTED_FEWEST). */
void ballots_write(struct arena *arena, const struct counted_ballot_list *ballots,
                   const struct file_sink *sink);

/* Reads what ballots_write writes. False with the line (from 1) and what was expected there. */
bool ballots_read(struct arena *arena, const char *bytes, size_t length,
                  struct counted_ballot_list *ret_ballots, size_t *ret_line, const char **ret_why)
    MUST_USE;

/* POT-n.pb: an election of the pot's ballots and the blank ones, voters numbered anew in the order
 * of content. ERR_INVALID for ballots that are none of this round. */
enum error pot_write(struct arena *arena, const struct round *round, int64_t number,
                     const struct counted_ballot_list *ballots, const struct file_sink *sink)
    MUST_USE;

/* "POT-3.pb"; in arena. */
const char *pot_file_name(struct arena *arena, int64_t pot);

#endif
