/* Opening the database for sub-commands that run beside or without the service. */
#ifndef RADSLAG_COMMANDS_DATABASE_H
#define RADSLAG_COMMANDS_DATABASE_H

#include "commands/command.h"
#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/db/db.h"

/* The --database option's line of help. */
#define DATABASE_OPTION                                                                            \
    { "database", "ADDRESS", "sqlite:PATH (as it is: sqlite:radslag.db) or postgresql://…" }

/* The --keys option's line of help. */
#define KEYS_OPTION                                                                                \
    { "keys", "DIR", "folder of secrets, made when missing; as it is: keys beside the data file" }

/* Folder of the data file, or "." when the database is elsewhere; in arena. */
const char *data_folder(struct arena *arena, const char *database);

/* Words, and the secrets in the folder of --keys (made when missing), for commands that send codes
 * or mail, or fill in the demonstration, which votes. */
enum error sending_prepare(const struct options *options) MUST_USE;

/* Opens the database that --database names; migrations run as with `serve`. */
enum error database_open(const struct options *options, struct store **ret_store) MUST_USE;

#endif
