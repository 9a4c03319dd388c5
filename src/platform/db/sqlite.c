/* SQLite: one connection per thread, a write-ahead log, every commit on disk when it returns. */
#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/engine.h"
#include "platform/db/file.h"
#include "platform/db/sqlite.h"

enum { BUSY_MS = 5000, VERB_RELEASE = TRANSACT_COUNT, VERB_VERSION, VERB_COUNT };

struct sqlite {
    struct db db;
    sqlite3 *handle;
    sqlite3_stmt *verbs[VERB_COUNT];
};

static struct sqlite *sqlite_of(struct db *db) {
    return (struct sqlite *)db;
}

/* ---- errors ---- */

/* The message of a constraint or of preparing names tables and columns; others may hold what people
 * wrote and are not logged. */
static void log_failure(sqlite3 *handle, const char *statement, int code, bool message) {
    const bool conflict = (code & 0xff) == SQLITE_CONSTRAINT;
    log_event(conflict ? LOG_WARNING_ : LOG_FAULT_, conflict ? "db.conflict" : "db.failed",
              LOG_PAIRS(LOG_TEXT("statement", statement), LOG_INT("sqlite", code),
                        LOG_TEXT("why", conflict || message ? sqlite3_errmsg(handle)
                                                            : sqlite3_errstr(code))));
}

static enum error error_of(const struct db *db, int code) {
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_READONLY: /* a reader that tries to write is our mistake */
        return db->role == ROLE_READER ? ERR_FAULT : ERR_UNAVAILABLE;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
        return ERR_UNAVAILABLE;
    default:
        return ERR_FAULT;
    }
}

static enum error failed(struct sqlite *sqlite, const char *statement, bool message) {
    const int code = sqlite3_extended_errcode(sqlite->handle);
    log_failure(sqlite->handle, statement, code, message);
    return error_of(&sqlite->db, code);
}

/* ---- opening ---- */

const char *sqlite_path(const char *address) {
    static const char scheme[] = "sqlite:";
    return text_begins(address, scheme) ? address + sizeof scheme - 1 : NULL;
}

static int compare_sv(void *unused, int a_length, const void *a, int b_length, const void *b) {
    (void)unused;
    return text_compare_sv(a, (size_t)a_length, b, (size_t)b_length);
}

/* First column of the first row of a PRAGMA is the wanted text. */
static bool setting_is(sqlite3 *handle, const char *pragma, const char *want) {
    sqlite3_stmt *statement = NULL;
    bool same = false;
    if (sqlite3_prepare_v2(handle, pragma, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *is = sqlite3_column_text(statement, 0);
        same = is != NULL && strcmp((const char *)is, want) == 0;
    }
    sqlite3_finalize(statement);
    return same;
}

/* Each setting is made and then read back: an unknown PRAGMA is no error in SQLite. */
static enum error settings_make(sqlite3 *handle, const struct store_options *options,
                                enum role role) {
    const struct {
        const char *make, *read, *want;
    } settings[] = {
        {"PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal"},
        {options->sqlite_unsafe ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL",
         "PRAGMA synchronous", options->sqlite_unsafe ? "0" : "2"},
        {"PRAGMA wal_autocheckpoint = 4000", "PRAGMA wal_autocheckpoint", "4000"},
        {"PRAGMA journal_size_limit = 67108864", "PRAGMA journal_size_limit", "67108864"},
        {"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1"},
        {"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0"},
        {"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1"},
        {"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2"},
        {"PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1"},
        {role == ROLE_READER ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF",
         "PRAGMA query_only", role == ROLE_READER ? "1" : "0"},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        if (sqlite3_exec(handle, settings[i].make, NULL, NULL, NULL) != SQLITE_OK ||
            !setting_is(handle, settings[i].read, settings[i].want)) {
            log_failure(handle, settings[i].make, sqlite3_extended_errcode(handle), true);
            return ERR_UNAVAILABLE;
        }
    }
    return ERR_OK;
}

/* Strings in double quotes are errors, and SQL cannot damage the file. */
static bool handle_harden(sqlite3 *handle) {
    return sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) == SQLITE_OK &&
           sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL) == SQLITE_OK &&
           sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) == SQLITE_OK &&
           sqlite3_busy_timeout(handle, BUSY_MS) == SQLITE_OK &&
           sqlite3_create_collation(handle, "sv", SQLITE_UTF8, NULL, compare_sv) == SQLITE_OK;
}

/* Without the count of all memory in use: its lock is one for all threads. */
static void library_prepare(void) {
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum error handle_open(const struct store_options *options, enum role role,
                              sqlite3 **ret_handle) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const char *path = sqlite_path(options->address);
    static pthread_once_t prepared = PTHREAD_ONCE_INIT;
    sqlite3 *handle = NULL;
    (void)pthread_once(&prepared, library_prepare);
    if (!file_create(path)) {
        log_fault("db.open", LOG_TEXT("file", path), LOG_TEXT("why", "cannot be made"));
        return ERR_UNAVAILABLE;
    }
    if (sqlite3_open_v2(path, &handle, flags, options->sqlite_vfs) != SQLITE_OK ||
        !handle_harden(handle) || settings_make(handle, options, role) != ERR_OK) {
        log_fault("db.open", LOG_TEXT("file", path),
                  LOG_TEXT("why", handle == NULL ? "no memory" : sqlite3_errmsg(handle)));
        sqlite3_close(handle);
        return ERR_UNAVAILABLE;
    }
    *ret_handle = handle;
    return ERR_OK;
}

static enum error sqlite_open(const struct store_options *options, enum role role,
                              struct db **ret_db) {
    sqlite3 *handle;
    TRY(handle_open(options, role, &handle));
    struct sqlite *sqlite = calloc(1, sizeof *sqlite);
    assert(sqlite != NULL);
    sqlite->handle = handle;
    db_common_open(&sqlite->db, &sqlite_calls, role);
    *ret_db = &sqlite->db;
    return ERR_OK;
}

static void sqlite_close(struct db *db) {
    struct sqlite *sqlite = sqlite_of(db);
    db_common_close(db);
    for (size_t i = 0; i < VERB_COUNT; i++)
        sqlite3_finalize(sqlite->verbs[i]);
    if (sqlite3_close(sqlite->handle) != SQLITE_OK)
        log_failure(sqlite->handle, "close", sqlite3_extended_errcode(sqlite->handle), true);
    free(sqlite);
}

static bool sqlite_alive(const struct db *db) {
    (void)db;
    return true;
}

/* ---- transactions and scripts ---- */

static const char *const verbs[VERB_COUNT] = {
    [TRANSACT_BEGIN] = "BEGIN IMMEDIATE",   [TRANSACT_COMMIT] = "COMMIT",
    [TRANSACT_ROLLBACK] = "ROLLBACK",       [TRANSACT_SAVE] = "SAVEPOINT act",
    [TRANSACT_SAVE_ANEW] = "SAVEPOINT act", [TRANSACT_ROLLBACK_TO] = "ROLLBACK TO act",
    [VERB_RELEASE] = "RELEASE act",         [VERB_VERSION] = "PRAGMA data_version",
};

static bool sqlite_in_transaction(const struct db *db) {
    return sqlite3_get_autocommit(((const struct sqlite *)db)->handle) == 0;
}

static enum error verb_prepare(struct sqlite *sqlite, int what, const char *sql) {
    if (sqlite->verbs[what] == NULL &&
        sqlite3_prepare_v3(sqlite->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &sqlite->verbs[what],
                           NULL) != SQLITE_OK)
        return failed(sqlite, sql, true);
    return ERR_OK;
}

static enum error verb_run(struct sqlite *sqlite, int what) {
    const bool snapshot = what == TRANSACT_BEGIN && sqlite->db.role == ROLE_READER;
    const char *sql = snapshot ? "BEGIN" : verbs[what];
    TRY(verb_prepare(sqlite, what, sql));
    const int code = sqlite3_step(sqlite->verbs[what]);
    const enum error error = code == SQLITE_DONE ? ERR_OK : failed(sqlite, sql, true);
    sqlite3_reset(sqlite->verbs[what]);
    return error;
}

static int64_t sqlite_foreign_version(struct db *db) {
    struct sqlite *sqlite = sqlite_of(db);
    int64_t version = 0;
    if (verb_prepare(sqlite, VERB_VERSION, verbs[VERB_VERSION]) != ERR_OK)
        return 0;
    if (sqlite3_step(sqlite->verbs[VERB_VERSION]) == SQLITE_ROW)
        version = sqlite3_column_int64(sqlite->verbs[VERB_VERSION], 0);
    sqlite3_reset(sqlite->verbs[VERB_VERSION]);
    return version;
}

static enum error sqlite_transact(struct db *db, enum transact what) {
    struct sqlite *sqlite = sqlite_of(db);
    if (what == TRANSACT_ROLLBACK && !sqlite_in_transaction(db))
        return ERR_OK; /* after an I/O error SQLite has rolled back already */
    if (what == TRANSACT_SAVE_ANEW)
        TRY(verb_run(sqlite, VERB_RELEASE));
    return verb_run(sqlite, (int)what);
}

static enum error sqlite_script(struct db *db, const char *sql) {
    struct sqlite *sqlite = sqlite_of(db);
    if (sqlite3_exec(sqlite->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return failed(sqlite, "script", true);
    return ERR_OK;
}

static enum error sqlite_references_enforced(struct db *db, bool enforced) {
    return sqlite_script(db, enforced ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
}

static enum error sqlite_references_check(struct db *db) {
    struct sqlite *sqlite = sqlite_of(db);
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(sqlite->handle, "PRAGMA foreign_key_check", -1, &statement, NULL) !=
        SQLITE_OK)
        return failed(sqlite, "foreign_key_check", true);
    enum error error = ERR_OK;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        log_fault("db.reference",
                  LOG_TEXT("table", (const char *)sqlite3_column_text(statement, 0)),
                  LOG_TEXT("points_to", (const char *)sqlite3_column_text(statement, 2)));
        error = ERR_FAULT;
    }
    sqlite3_finalize(statement);
    return error;
}

/* The whole log into the data file, and the log to nothing; the first column says that a reader was
 * in the way. */
static enum error sqlite_scrub(struct db *db, const char *table) {
    static const char pragma[] = "PRAGMA wal_checkpoint(TRUNCATE)";
    struct sqlite *sqlite = sqlite_of(db);
    sqlite3_stmt *statement = NULL;
    (void)table;
    if (sqlite3_prepare_v2(sqlite->handle, pragma, -1, &statement, NULL) != SQLITE_OK)
        return failed(sqlite, pragma, true);
    const bool stepped = sqlite3_step(statement) == SQLITE_ROW;
    const bool is_busy = stepped && sqlite3_column_int(statement, 0) != 0;
    sqlite3_finalize(statement);
    if (!stepped)
        return failed(sqlite, pragma, true);
    return is_busy ? ERR_BUSY : ERR_OK;
}

/* ---- statements ---- */

static enum error sqlite_prepare(struct db *db, const char *sql, struct prepared *prepared) {
    struct sqlite *sqlite = sqlite_of(db);
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(sqlite->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK)
        return failed(sqlite, prepared->statement->name, true);
    prepared->own = statement;
    return ERR_OK;
}

static void sqlite_forget(struct db *db, struct prepared *prepared) {
    (void)db;
    sqlite3_finalize(prepared->own);
}

static int bind_value(sqlite3_stmt *statement, int number, const struct bind *bind) {
    switch (bind->kind) {
    case BIND_KIND_INT:
        return sqlite3_bind_int64(statement, number, bind->integer);
    case BIND_KIND_TEXT:
        return sqlite3_bind_text64(statement, number, bind->bytes, bind->length, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case BIND_KIND_BLOB: /* an empty blob is not NULL, wherever it points */
        return sqlite3_bind_blob64(statement, number, bind->length == 0 ? "" : bind->bytes,
                                   bind->length, SQLITE_STATIC);
    case BIND_KIND_NULL:
        break;
    }
    return sqlite3_bind_null(statement, number);
}

static enum error sqlite_start(struct db *db, struct prepared *prepared,
                               const struct bind *const *values, bool streaming) {
    (void)streaming; /* rows are never kept */
    for (size_t i = 0; i < prepared->parameter_count; i++)
        if (bind_value(prepared->own, (int)i + 1, values[i]) != SQLITE_OK)
            return failed(sqlite_of(db), prepared->statement->name, false);
    return ERR_OK;
}

static enum error sqlite_next(struct db *db, struct prepared *prepared, bool *ret_row) {
    const int code = sqlite3_step(prepared->own);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return failed(sqlite_of(db), prepared->statement->name, false);
    *ret_row = code == SQLITE_ROW;
    return ERR_OK;
}

static void sqlite_finish(struct db *db, struct prepared *prepared) {
    (void)db;
    sqlite3_reset(prepared->own);
    sqlite3_clear_bindings(prepared->own);
}

static int64_t sqlite_changed(const struct db *db, const struct prepared *prepared) {
    if (sqlite3_stmt_readonly(prepared->own))
        return 0;
    return sqlite3_changes64(((const struct sqlite *)db)->handle);
}

/* ---- columns ---- */

static int sqlite_column(struct db *db, struct prepared *prepared, const char *name) {
    (void)db;
    const int count = sqlite3_column_count(prepared->own);
    for (int i = 0; i < count; i++)
        if (strcmp(sqlite3_column_name(prepared->own, i), name) == 0)
            return i;
    return -1;
}

static bool sqlite_is_null(struct db *db, struct prepared *prepared, int column) {
    (void)db;
    return sqlite3_column_type(prepared->own, column) == SQLITE_NULL;
}

static enum error sqlite_integer(struct db *db, struct prepared *prepared, int column,
                                 int64_t *ret_value) {
    (void)db;
    if (sqlite3_column_type(prepared->own, column) != SQLITE_INTEGER)
        return ERR_FAULT;
    *ret_value = sqlite3_column_int64(prepared->own, column);
    return ERR_OK;
}

static enum error sqlite_text(struct db *db, struct prepared *prepared, int column,
                              struct span *ret_text) {
    (void)db;
    if (sqlite3_column_type(prepared->own, column) != SQLITE_TEXT)
        return ERR_FAULT;
    ret_text->at = (const char *)sqlite3_column_text(prepared->own, column);
    ret_text->length = (size_t)sqlite3_column_bytes(prepared->own, column);
    return ret_text->at == NULL ? ERR_FAULT : ERR_OK;
}

static enum error sqlite_blob(struct db *db, struct arena *arena, struct prepared *prepared,
                              int column, struct span *ret_blob) {
    (void)db;
    if (sqlite3_column_type(prepared->own, column) != SQLITE_BLOB)
        return ERR_FAULT;
    const void *bytes = sqlite3_column_blob(prepared->own, column);
    ret_blob->length = (size_t)sqlite3_column_bytes(prepared->own, column);
    ret_blob->at = arena_copy(arena, bytes, ret_blob->length);
    return ERR_OK;
}

const struct engine_calls sqlite_calls = {
    .engine = ENGINE_SQLITE,
    .open = sqlite_open,
    .close = sqlite_close,
    .alive = sqlite_alive,
    .transact = sqlite_transact,
    .in_transaction = sqlite_in_transaction,
    .foreign_version = sqlite_foreign_version,
    .script = sqlite_script,
    .references_enforced = sqlite_references_enforced,
    .references_check = sqlite_references_check,
    .prepare = sqlite_prepare,
    .forget = sqlite_forget,
    .start = sqlite_start,
    .next = sqlite_next,
    .finish = sqlite_finish,
    .changed = sqlite_changed,
    .column = sqlite_column,
    .is_null = sqlite_is_null,
    .integer = sqlite_integer,
    .text = sqlite_text,
    .blob = sqlite_blob,
    .scrub = sqlite_scrub,
    .backup = sqlite_backup,
};
