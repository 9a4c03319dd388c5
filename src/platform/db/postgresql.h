/* What the files of the PostgreSQL engine share. */
#ifndef RADSLAG_DB_POSTGRESQL_H
#define RADSLAG_DB_POSTGRESQL_H

#include <libpq-fe.h>

#include "platform/db/engine.h"

struct postgresql {
    struct db db;
    PGconn *link;
    PGresult *result; /* of the active statement; in streaming, its present row */
    int row;          /* in result; -1 before the first */
    bool streaming;
};

/* The whole of which `db` is the first member. */
struct postgresql *postgresql_of(struct db *db);

/* engine_calls.open */
enum error postgresql_open(const struct store_options *options, enum role role, struct db **ret_db)
    MUST_USE;

/* engine_calls.close */
void postgresql_close(struct db *db);

/* engine_calls.alive */
bool postgresql_alive(const struct db *db);

/* engine_calls.transact */
enum error postgresql_transact(struct db *db, enum transact what) MUST_USE;

/* engine_calls.in_transaction */
bool postgresql_in_transaction(const struct db *db);

/* engine_calls.script */
enum error postgresql_script(struct db *db, const char *sql) MUST_USE;

/* Logs why a result is no success, and gives its error: ERR_RERUN when the transaction is to be run
 * again. */
enum error postgresql_failed(struct postgresql *postgresql, const char *statement,
                             const PGresult *result) MUST_USE;

/* Copies the running database with pg_dump, in its own format, to a file that is on disk when this
 * returns; an older FILE is replaced at once or not at all. */
enum error postgresql_backup(const struct store_options *options, const char *file) MUST_USE;

#endif
