/* What the files of the SQLite engine share. */
#ifndef RADSLAG_DB_SQLITE_H
#define RADSLAG_DB_SQLITE_H

#include "platform/db/db.h"

/* The path in "sqlite:PATH"; NULL for another address. */
const char *sqlite_path(const char *address);

/* A copy of the running database as one file that is on disk when this returns; an older FILE is
 * replaced at once or not at all. */
enum error sqlite_backup(const struct store_options *options, const char *file) MUST_USE;

#endif
