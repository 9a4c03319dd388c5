/* A set of texts, each with the number it was added as: ids of projects, ids of voters. */
#ifndef RADSLAG_METHODS_ELECTION_NAMES_H
#define RADSLAG_METHODS_ELECTION_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"

struct names;

/* A hash of bytes; for tables in memory, never stored. */
uint64_t names_hash(const void *bytes, size_t length);

/* An empty set in arena. */
struct names *names_new(struct arena *arena);

/* Adds a copy of the text; false, and the set as it was, when it is there already. */
bool names_add(struct names *names, const char *text, size_t length);

/* Number of the text (0 = first added), or -1. */
int64_t names_find(const struct names *names, const char *text, size_t length);

/* The set's own copy, ended by NUL. */
const char *names_text(const struct names *names, size_t number);

#endif
