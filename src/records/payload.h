/* The payload of an entry as people read it: why, and what was before and after. */
#ifndef RADSLAG_RECORDS_PAYLOAD_H
#define RADSLAG_RECORDS_PAYLOAD_H

#include "platform/base/arena.h"
#include "platform/view/words.h"

/* Texts in arena, NULL where it says nothing. */
struct payload {
    const char *reason;
    const char *detail; /* "Roll: Moderator, sista dag: 1 januari 2027" */
};

/* Reads the JSON (NULL = erased). Names become the word audit.detail.<name>, values the word
 * <name>.<value> where there is one ("roles" are several of "role"), instants dates, [before,
 * after] an arrow. LANGUAGE_NONE leaves all as it stands, for files. */
struct payload payload_read(struct arena *arena, enum language language, const char *json);

#endif
