/* Migrations: SQL files <capability>/migrations/NNNN-name.sql, embedded by tools/embed in the order
 * in which they run. Each runs once, in one transaction; the ledger keeps name and checksum. Tokens
 * that hide engine differences: @id@ (primary key that is never reused), @int@ (64 bits),
 * @blob@, @strict@ and @without_rowid@ (after the closing bracket, both as "@strict@
 * @without_rowid@" on one line), @sv@ (collation in ORDER BY). What only one engine has (a trigger,
 * a search table) stands between lines "-- only sqlite", "-- only postgresql" and "-- for both". */
#ifndef RADSLAG_DB_MIGRATION_H
#define RADSLAG_DB_MIGRATION_H

#include <stddef.h>

#include "platform/db/db.h"

struct migration {
    const char *capability;
    int number;
    const char *name;     /* "0001-accounts" */
    const char *checksum; /* SHA-256 of the file, hex */
    const char *sql;
};

extern const struct migration migration_table[];
extern const size_t migration_count;

/* Name of each topic bit, ended by NULL. */
extern const char *const topic_names[65];

/* SQL of a migration with its tokens replaced for the engine; in arena. */
const char *migration_sql(struct arena *arena, const struct migration *migration,
                          enum engine engine);

/* Runs what is missing, on a connection outside a transaction. ERR_FAULT when a migration that has
 * run was edited or is missing, with a log line that names it. */
enum error migrations_run(struct db *db, const struct migration *table, size_t count) MUST_USE;

#endif
