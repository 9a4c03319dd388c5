/* Opening the database for sub-commands that run beside or without the service. */
#ifndef RADSLAG_COMMANDS_DATABASE_H
#define RADSLAG_COMMANDS_DATABASE_H

#include "commands/command.h"
#include "platform/base/error.h"
#include "platform/db/db.h"

/* The --database option's line of help. */
#define DATABASE_OPTION                                                                            \
    { "database", "ADDRESS", "sqlite:PATH (as it is: sqlite:radslag.db) or postgresql://…" }

/* Opens the database that --database names; migrations run as with `serve`. */
enum error database_open(const struct options *options, struct store **ret_store) MUST_USE;

#endif
