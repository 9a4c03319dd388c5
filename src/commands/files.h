/* Files that commands read: whole, or as elections. */
#ifndef RADSLAG_COMMANDS_FILES_H
#define RADSLAG_COMMANDS_FILES_H

#include "commands/command.h"
#include "methods/election/election.h"
#include "platform/base/arena.h"

/* Reads a whole file into arena; EXIT_DONE, or EXIT_USAGE with a message. */
int file_read_whole(struct arena *arena, const char *path, const char **ret_bytes,
                    size_t *ret_length);

/* Reads an election from a Pabulib file; `scratch` is needed while reading. EXIT_DONE, or
 * EXIT_USAGE with FILE:LINE and what was expected. */
int file_read_election(struct arena *arena, struct arena *scratch, const char *path,
                       const struct election **ret_election);

/* The name after the last slash. */
const char *file_name_of(const char *path);

#endif
