/* Inside platform/db: what a connection is, and the calls that each engine answers.
 *
 * db.c runs statements the same way on both engines through these calls; store.c, lane.c and
 * migration.c see connections only through this header. */
#ifndef RADSLAG_DB_ENGINE_H
#define RADSLAG_DB_ENGINE_H

#include "platform/db/db.h"

enum { PARAMETERS_MAX = 64 };

/* Bytes that live elsewhere; not NUL-terminated unless said. */
struct span {
    const char *at;
    size_t length;
};

/* A statement's SQL with its named parameters made into numbered ones. */
struct statement_text {
    const char *sql; /* in arena */
    struct span
        parameters[PARAMETERS_MAX]; /* number n is parameters[n - 1]; point into the source */
    size_t count;
};

/* `:name` becomes `?1` (SQLite) or `$1` (PostgreSQL), the same number for the same name. Strings,
 * quoted names, dollar quotes, comments and `::` casts are left alone. ERR_FAULT when a quote does
 * not end or there are too many parameters. */
enum error statement_text(struct arena *arena, const char *sql, enum engine engine,
                          struct statement_text *ret_text) MUST_USE;

/* Which column holds which field of a shape: found once for each statement and shape. */
struct mapping {
    const struct shape *shape;
    int *columns; /* by field; -1 for fields that are no columns */
    struct mapping *next;
};

/* A statement as one connection keeps it. */
struct prepared {
    const struct statement *statement;
    struct arena *memory;    /* the connection's; an unlisted statement has its own */
    struct span *parameters; /* points into the statement's SQL */
    size_t parameter_count;
    struct mapping *mappings;
    void *own; /* the engine's */
};

enum role { ROLE_READER, ROLE_LANE, ROLE_SINGLE };

enum transact {
    TRANSACT_BEGIN, /* a snapshot for readers, otherwise a transaction that writes */
    TRANSACT_COMMIT,
    TRANSACT_ROLLBACK,
    TRANSACT_SAVE,        /* a savepoint; there is one at a time */
    TRANSACT_SAVE_ANEW,   /* keeps what was done since the last one and makes another */
    TRANSACT_ROLLBACK_TO, /* undoes what was done since; the savepoint stays */
    TRANSACT_COUNT
};

/* First member of each engine's own struct. */
struct db {
    const struct engine_calls *calls;
    enum role role;
    struct arena *memory;       /* as long as the connection */
    struct prepared **prepared; /* by statement number */
    struct prepared *active;    /* between start and finish */
    bool in_transaction;
    enum error failed; /* of the present transaction: it can only be rolled back */
    struct db_meter meter;
};

struct engine_calls {
    enum engine engine;

    /* Opens one connection with its settings. ERR_UNAVAILABLE with a log line. */
    enum error (*open)(const struct store_options *options, enum role role, struct db **ret_db);
    void (*close)(struct db *db);

    /* False once the server went away: close it and open another. */
    bool (*alive)(const struct db *db);

    enum error (*transact)(struct db *db, enum transact what);

    /* False when the engine has ended the transaction by itself. */
    bool (*in_transaction)(const struct db *db);

    /* A number that changes when another connection has written; for a lane, another process. */
    int64_t (*foreign_version)(struct db *db);

    /* Several statements without parameters or results: migrations. */
    enum error (*script)(struct db *db, const char *sql);

    /* Foreign keys, outside a transaction: migrations that rebuild a table need SQLite not to
     * enforce them meanwhile, and have all of them checked before they commit (ERR_FAULT). */
    enum error (*references_enforced)(struct db *db, bool enforced);
    enum error (*references_check)(struct db *db);

    /* Sets prepared->own, and frees it. */
    enum error (*prepare)(struct db *db, const char *sql, struct prepared *prepared);
    void (*forget)(struct db *db, struct prepared *prepared);

    /* Binds values[0 … parameter_count - 1] and begins; `next` moves to the first row and on;
     * `finish` is always called, also after an error. With `streaming` rows are not kept. */
    enum error (*start)(struct db *db, struct prepared *prepared, const struct bind *const *values,
                        bool streaming);
    enum error (*next)(struct db *db, struct prepared *prepared, bool *ret_row);
    void (*finish)(struct db *db, struct prepared *prepared);
    int64_t (*changed)(const struct db *db, const struct prepared *prepared);

    /* Columns of the present row. A value of another type than asked for is ERR_FAULT. Spans live
     * until the next call of `next` or `finish`; a text is followed by a NUL. */
    int (*column)(struct db *db, struct prepared *prepared, const char *name);
    bool (*is_null)(struct db *db, struct prepared *prepared, int column);
    enum error (*integer)(struct db *db, struct prepared *prepared, int column, int64_t *ret_value);
    enum error (*text)(struct db *db, struct prepared *prepared, int column, struct span *ret_text);
    enum error (*blob)(struct db *db, struct arena *arena, struct prepared *prepared, int column,
                       struct span *ret_blob);

    /* Outside a transaction: see store_scrub. */
    enum error (*scrub)(struct db *db, const char *table);

    enum error (*backup)(const struct store_options *options, const char *file);
};

extern const struct engine_calls sqlite_calls;
extern const struct engine_calls postgresql_calls;

/* The engine of an address; NULL when it is neither's. */
const struct engine_calls *engine_of(const char *address);

/* For the engines: sets up and clears what is common. `db` is zeroed memory. */
void db_common_open(struct db *db, const struct engine_calls *calls, enum role role);
void db_common_close(struct db *db);

/* Any transaction verb: finishes a statement left active and keeps in_transaction and failed. */
enum error db_transact(struct db *db, enum transact what) MUST_USE;

/* Several statements, outside the named ones. */
enum error db_script(struct db *db, const char *sql) MUST_USE;

/* ---- rows (row.c) ---- */

/* The columns of a shape's fields: looked up once, then kept with the statement. ERR_FAULT, logged,
 * when a field has no column. A statement must have begun. */
enum error row_mapping(struct db *db, struct prepared *prepared, const struct shape *shape,
                       const struct mapping **ret_mapping) MUST_USE;

/* The present row into `row`, zeroed memory of the shape's size; texts in arena. */
enum error row_read(struct db *db, struct prepared *prepared, const struct mapping *mapping,
                    struct arena *arena, void *row) MUST_USE;

#endif
