/* For tests: elections as text, and compared. */
#ifndef RADSLAG_METHODS_ELECTION_TESTS_SAME_H
#define RADSLAG_METHODS_ELECTION_TESTS_SAME_H

#include <stdbool.h>

#include "methods/election/election.h"
#include "platform/base/text.h"

/* The election as a Pabulib file, in arena. */
struct buffer election_text(struct arena *arena, const struct election *election);

/* True when nothing differs, order included. */
bool election_same(const struct election *a, const struct election *b);

#endif
