/* The database: one small interface, SQLite and PostgreSQL behind it.
 *
 * SQL lives in statements.sql beside the code that runs it; tools/embed turns each
 *     -- name: account_by_email :one
 *     -- The account with this e-mail key.
 *     SELECT … WHERE tenant = :tenant AND email_key = :email_key
 * into `sql_account_by_email`, declared in the generated header "<capability>_statements.h". Kinds:
 * :one :many :exec. Where the engines differ, a pair: `name.sqlite` and `name.postgresql`.
 * Marks that the tests and tools/check_statements read, each on a comment line of its own:
 * "-- scans: why" for a statement that reads a large table from end to end,
 * "-- across tenants: why" for one that names no tenant, and in a migration "-- small tables: a b"
 * for tables that may always be read so.
 * Dialect: STYLE of the project, section Database.
 *
 *     struct account account;
 *     TRY(db_one(rq->db, rq->arena, &sql_account_by_email,
 *                WITH(BIND_INT("tenant", rq->tenant), BIND_TEXT("email_key", key)),
 *                &account_shape, &account));
 *
 * A `struct db` is one connection used by one thread at a time: a reader with a snapshot, or a
 * lane's connection inside its transaction. */
#ifndef RADSLAG_DB_H
#define RADSLAG_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/shape.h"

enum engine { ENGINE_SQLITE, ENGINE_POSTGRESQL };

/* ---- statements and what is bound to them ---- */

enum statement_kind { STATEMENT_EXEC, STATEMENT_ONE, STATEMENT_MANY };

/* Up to 64 topics (tables, less those that no cached page may depend on) as bits. */
typedef uint64_t topics; /* the one typedef: a set, used like an integer */

struct statement {
    const char *name;
    enum statement_kind kind;
    const char *sql[2];   /* by enum engine */
    topics reads, writes; /* which tables, found by tools/embed */
    size_t number;        /* place in the program's statement table: key of the prepared copy */
    bool scans;           /* may read a large table from end to end; a test refuses it to others */
};

/* Number of a statement that stands in no table (tools, tests, the ledger): prepared each time. */
#define STATEMENT_UNLISTED SIZE_MAX

/* All statements of the program, for the test that prepares each of them. */
extern const struct statement *const statement_table[];
extern const size_t statement_count;

enum bind_kind { BIND_KIND_INT, BIND_KIND_TEXT, BIND_KIND_BLOB, BIND_KIND_NULL };

struct bind {
    const char *name; /* without the colon; NULL ends the list */
    enum bind_kind kind;
    int64_t integer;
    const void *bytes;
    size_t length;
    bool spare; /* the statement need not name it: from bind_row */
};

#define BIND_INT(n, v) ((struct bind){.name = (n), .kind = BIND_KIND_INT, .integer = (v)})
#define BIND_TEXT(n, v) bind_text((n), (v)) /* NULL binds NULL */
#define BIND_BLOB(n, p, l)                                                                         \
    ((struct bind){.name = (n), .kind = BIND_KIND_BLOB, .bytes = (p), .length = (l)})
#define BIND_NULL(n) ((struct bind){.name = (n), .kind = BIND_KIND_NULL})
/* INSTANT_NONE and id 0 bind NULL. */
#define BIND_TIME(n, v) bind_time((n), (v))
#define BIND_ID(n, v) bind_id((n), (v))
#define WITH(...) ((const struct bind[]){__VA_ARGS__, {.name = NULL}})
#define WITH_NOTHING ((const struct bind[]){{.name = NULL}})

/* What BIND_TEXT makes; `text` is borrowed until the statement has run. */
struct bind bind_text(const char *name, const char *text);

/* What BIND_TIME makes. */
struct bind bind_time(const char *name, int64_t instant);

/* What BIND_ID makes. */
struct bind bind_id(const char *name, int64_t id);

/* Every field of a row as a bind of its name (choices as their code), then `more`; fields that are
 * no columns (html, one, list) are left out. The statement need not use all fields. In arena. */
const struct bind *bind_row(struct arena *arena, const struct shape *shape, const void *row,
                            const struct bind *more);

/* ---- running statements ----
 * A statement whose parameters are not exactly those bound, or that is run by another call than its
 * kind's, is ERR_FAULT with a log line that names both.
 * Inside a transaction a failed statement fails all that follow, on both engines, until the
 * savepoint or the transaction is rolled back: nobody goes on by mistake after an error. */

struct db;

/* One row into `ret_row`, mapped by column name; ERR_NOT_FOUND without a row, ERR_FAULT when a
 * field has no column, a column another type than its field, or there is a second row. Texts live
 * in `arena`. NULL reads as 0, NULL or INSTANT_NONE, but not for a flag or choice. Fields of kind
 * html, one and list are no columns: they are left empty for the code that fills the view. */
enum error db_one(struct db *db, struct arena *arena, const struct statement *statement,
                  const struct bind *binds, const struct shape *shape, void *ret_row) MUST_USE;

/* At most `limit` rows; `ret_list` is a `struct SHAPE_list *`. */
enum error db_many(struct db *db, struct arena *arena, const struct statement *statement,
                   const struct bind *binds, size_t limit, const struct shape *shape,
                   void *ret_list) MUST_USE;

/* Row by row without keeping them; `row` lives until `each` returns. For exports and counts of many
 * rows. `each` runs no statement on the same db. An error from `each` ends it and is returned. */
enum error db_each(struct db *db, struct arena *arena, const struct statement *statement,
                   const struct bind *binds, const struct shape *shape,
                   enum error (*each)(void *context, const void *row), void *context) MUST_USE;

/* One integer (a count, an id from RETURNING); ERR_NOT_FOUND without a row, 0 for NULL. */
enum error db_integer(struct db *db, const struct statement *statement, const struct bind *binds,
                      int64_t *ret_value) MUST_USE;

/* A blob column of one row; in arena. */
enum error db_blob(struct db *db, struct arena *arena, const struct statement *statement,
                   const struct bind *binds, const void **ret_bytes, size_t *ret_length) MUST_USE;

/* Runs it; `ret_changed` (rows changed) may be NULL. A violated constraint is ERR_CONFLICT:
 * expected conflicts are written as ON CONFLICT DO NOTHING and read from the count. */
enum error db_exec(struct db *db, const struct statement *statement, const struct bind *binds,
                   int64_t *ret_changed) MUST_USE;

/* Which engine answers. */
enum engine db_engine(const struct db *db);

/* Statements run, rows read and topics read since db_meter_reset: page tests assert a budget of
 * statements, the cache keys on topics. */
struct db_meter {
    size_t statements, rows;
    topics reads, writes;
};
struct db_meter db_meter(const struct db *db);
void db_meter_reset(struct db *db);

/* ---- the store: connections, migrations, lanes ---- */

struct store;

struct store_options {
    const char *address;    /* sqlite:PATH or postgresql://… */
    int readers;            /* connections for reading, 1–64 */
    int lanes;              /* writers; SQLite always has one */
    size_t queue_limit;     /* acts waiting; past it submitting answers ERR_BUSY */
    int64_t disk_floor;     /* bytes that must be free, else acts answer ERR_UNAVAILABLE; 0 = off */
    const char *sqlite_vfs; /* a test file system by name; NULL = the usual one */
    bool sqlite_unsafe;     /* synchronous=OFF, for the test that must then fail */
};

/* Opens, checks the engine's settings (WAL and synchronous=FULL; C.UTF-8) and runs the migrations
 * that are missing. ERR_UNAVAILABLE with a line in the log that says what is wrong; an edited old
 * migration refuses to start. */
enum error store_open(const struct store_options *options, struct store **ret_store) MUST_USE;
void store_close(struct store *store);

/* A reader with a snapshot of its own: waits at most `wait_ms` for one to be free (ERR_BUSY). */
enum error store_reader(struct store *store, int wait_ms, struct db **ret_db) MUST_USE;
void store_reader_done(struct store *store, struct db *db);

/* A connection outside snapshot and lane, for `radslag check`, migration tests and import tools run
 * from the command line while no service runs. Transactions by db_begin/db_commit/db_rollback. */
enum error store_single(struct store *store, struct db **ret_db) MUST_USE;
void store_single_done(struct store *store, struct db *db);
enum error db_begin(struct db *db) MUST_USE;
enum error db_commit(struct db *db) MUST_USE;
void db_rollback(struct db *db);

/* One act for the lane. `run` executes statements and pure rules only (2 ms), sends nothing, draws
 * nothing and may be run again from the same input; its error rolls its savepoint back. `done` is
 * called once on the lane's thread after the commit is on disk (or with the error): it must be
 * short and hand over. `topics` written are bumped between the commit and `done`. */
struct act {
    enum error (*run)(struct act *act, struct db *db);
    void (*done)(struct act *act, enum error error);
    /* The lane's own: */
    struct act *next;
    int64_t entered; /* µs, monotonic; for the metrics */
    enum error result;
};

/* ERR_BUSY when the queue is full, ERR_UNAVAILABLE when the store is closing or the disk is full;
 * `done` is then not called. */
enum error store_submit(struct store *store, struct act *act) MUST_USE;

/* Submits and waits; for jobs, command line and tests. Never from an event thread or a lane. */
enum error store_act(struct store *store, enum error (*run)(void *context, struct db *db),
                     void *context) MUST_USE;

/* Version of each topic, for caches: `ret_versions[64]`, consistent enough to compare. Read them
 * before the snapshot that fills the page. Another process that writes to the same data file is
 * noticed within half a second; one that writes to the same PostgreSQL is not. */
void store_topic_versions(const struct store *store, uint64_t ret_versions[64]);

/* For /metrics and /health. */
struct store_state {
    size_t queued, lanes, readers, readers_busy;
    uint64_t acts, commits, reruns;       /* since start */
    int64_t commit_us_last, lane_us_last; /* flush, and a whole batch */
    bool answering;                       /* a statement succeeded within the last second */
};
struct store_state store_state(struct store *store);

/* After rows were deleted for good: leaves no copy of them outside the table. SQLite: the log is
 * written back and cut to nothing (the lane overwrites what it deletes); PostgreSQL: VACUUM of the
 * table. ERR_BUSY when a long reader is in the way: try again. From a job, which must not have read
 * through its own snapshot. */
enum error store_scrub(struct store *store, const char *table) MUST_USE;

/* Copies a running database: SQLite backup to FILE, pg_dump for PostgreSQL. */
enum error store_backup(struct store *store, const char *file) MUST_USE;

#endif
