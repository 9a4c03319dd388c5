/* PostgreSQL: connections, their settings, transactions and errors. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/postgresql.h"

enum { SERVER_VERSION = 150000 };

struct postgresql *postgresql_of(struct db *db) {
    return (struct postgresql *)db;
}

/* ---- errors ---- */

/* By SQLSTATE, the first that fits. */
static const struct {
    const char *begins;
    enum error error;
} states[] = {
    {"23", ERR_CONFLICT},     /* a constraint */
    {"40001", ERR_RERUN},     /* serialization failure */
    {"40P01", ERR_RERUN},     /* deadlock */
    {"55P03", ERR_RERUN},     /* waited too long for a lock */
    {"57014", ERR_TIMEOUT},   /* cancelled */
    {"08", ERR_UNAVAILABLE},  /* connection */
    {"53", ERR_UNAVAILABLE},  /* disk full, out of memory, too many connections */
    {"57P", ERR_UNAVAILABLE}, /* shutting down, starting up */
    {"58", ERR_UNAVAILABLE},  /* I/O */
    {"XX", ERR_UNAVAILABLE},  /* corrupted */
};

static enum error error_of(const char *state) {
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (text_begins(state, states[i].begins))
            return states[i].error;
    return ERR_FAULT;
}

/* A conflict's message may hold what people wrote: its constraint is named instead. */
enum error postgresql_failed(struct postgresql *postgresql, const char *statement,
                             const PGresult *result) {
    const bool lost = PQstatus(postgresql->link) != CONNECTION_OK;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    const char *why = "";
    if (state == NULL)
        state = lost ? "08006" : "XX000";
    enum error error = lost ? ERR_UNAVAILABLE : error_of(state);
    if (error == ERR_RERUN && postgresql->db.role != ROLE_LANE)
        error = ERR_BUSY;
    if (error == ERR_RERUN)
        return error; /* the lane counts them */
    if (constraint != NULL)
        why = constraint;
    else if (text_begins(state, "42") || error == ERR_UNAVAILABLE)
        why = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    log_event(error == ERR_CONFLICT ? LOG_WARNING_ : LOG_FAULT_,
              error == ERR_CONFLICT ? "db.conflict" : "db.failed",
              LOG_PAIRS(LOG_TEXT("statement", statement), LOG_TEXT("sqlstate", state),
                        LOG_TEXT("why", why == NULL ? "connection lost" : why)));
    return error;
}

/* ---- opening ---- */

static enum error refused(PGconn *link, const char *why) {
    log_fault("db.open", LOG_TEXT("database", PQdb(link) == NULL ? "" : PQdb(link)),
              LOG_TEXT("why", why));
    return ERR_UNAVAILABLE;
}

/* One text value; "" when the query fails. Valid until `*ret_result` is cleared. */
static const char *server_value(PGconn *link, const char *sql, PGresult **ret_result) {
    *ret_result = PQexec(link, sql);
    if (PQresultStatus(*ret_result) != PGRES_TUPLES_OK || PQntuples(*ret_result) != 1)
        return "";
    return PQgetvalue(*ret_result, 0, 0);
}

/* Text is UTF-8 and sorts by code point, as in SQLite; what is not so was made otherwise than by
 * us. */
static enum error server_check(PGconn *link) {
    PGresult *result;
    if (PQserverVersion(link) < SERVER_VERSION)
        return refused(link, "want PostgreSQL 15 or later");
    const char *value = server_value(
        link,
        "SELECT pg_encoding_to_char(encoding) || ' ' || lower(replace(datcollate, '-', ''))"
        " FROM pg_database WHERE datname = current_database()",
        &result);
    const bool fits = strcmp(value, "UTF8 c.utf8") == 0;
    PQclear(result);
    if (!fits)
        return refused(link, "make the database with: CREATE DATABASE name TEMPLATE template0 "
                             "ENCODING 'UTF8' LOCALE 'C.UTF-8'");
    value = server_value(link, "SHOW fsync", &result);
    if (strcmp(value, "on") != 0)
        log_warning("db.unsafe",
                    LOG_TEXT("why", "fsync is off: a power cut loses what was acknowledged"));
    PQclear(result);
    return ERR_OK;
}

/* An answered act is on disk, a reader cannot write, a lane does not wait for locks for ever. */
#define SESSION_SYNC                                                                               \
    "SET bytea_output = 'hex'; SELECT set_config('synchronous_commit', 'on', false)"               \
    " WHERE current_setting('synchronous_commit') = 'off';"
static const char *const session_settings[] = {
    [ROLE_READER] = SESSION_SYNC "SET default_transaction_read_only = on",
    [ROLE_LANE] = SESSION_SYNC "SET default_transaction_isolation = 'serializable';"
                               "SET lock_timeout = '2s'",
    [ROLE_SINGLE] = SESSION_SYNC,
};

static bool session_set(PGconn *link, enum role role) {
    PGresult *result = PQexec(link, session_settings[role]);
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static void notice_ignore(void *unused, const PGresult *result) {
    (void)unused;
    (void)result;
}

/* The address may override what stands before it. */
static PGconn *connect_to(const char *address) {
    const char *const keys[] = {"connect_timeout", "tcp_user_timeout", "application_name",
                                "dbname",          "client_encoding",  NULL};
    const char *const values[] = {"3", "10000", "radslag", address, "UTF8", NULL};
    return PQconnectdbParams(keys, values, 1);
}

enum error postgresql_open(const struct store_options *options, enum role role,
                           struct db **ret_db) {
    PGconn *link = connect_to(options->address);
    enum error error = ERR_OK;
    if (PQstatus(link) != CONNECTION_OK)
        error = refused(link, PQerrorMessage(link));
    else if (role == ROLE_SINGLE)
        error = server_check(link);
    if (error == ERR_OK && !session_set(link, role))
        error = refused(link, PQerrorMessage(link));
    if (error != ERR_OK) {
        PQfinish(link);
        return error;
    }
    PQsetNoticeReceiver(link, notice_ignore, NULL);
    struct postgresql *postgresql = calloc(1, sizeof *postgresql);
    assert(postgresql != NULL);
    postgresql->link = link;
    db_common_open(&postgresql->db, &postgresql_calls, role);
    *ret_db = &postgresql->db;
    return ERR_OK;
}

void postgresql_close(struct db *db) {
    struct postgresql *postgresql = postgresql_of(db);
    db_common_close(db);
    PQfinish(postgresql->link);
    free(postgresql);
}

bool postgresql_alive(const struct db *db) {
    return PQstatus(((const struct postgresql *)db)->link) == CONNECTION_OK;
}

/* ---- transactions and scripts ---- */

/* Lanes run at SERIALIZABLE: acts are written as if they ran one after the other, as they do on
 * SQLite. Below that, two lanes could each read, decide and write rightly and together break a rule
 * (two people each take the last place); every such act would need locks of its own that the tests
 * on SQLite cannot miss. The price is reruns, which the lane bounds and counts. */
static const char *const verbs[TRANSACT_COUNT] = {
    [TRANSACT_BEGIN] = "BEGIN",
    [TRANSACT_COMMIT] = "COMMIT",
    [TRANSACT_ROLLBACK] = "ROLLBACK",
    [TRANSACT_SAVE] = "SAVEPOINT act",
    [TRANSACT_SAVE_ANEW] = "RELEASE SAVEPOINT act; SAVEPOINT act",
    [TRANSACT_ROLLBACK_TO] = "ROLLBACK TO SAVEPOINT act",
};

bool postgresql_in_transaction(const struct db *db) {
    const PGTransactionStatusType status =
        PQtransactionStatus(((const struct postgresql *)db)->link);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

enum error postgresql_transact(struct db *db, enum transact what) {
    struct postgresql *postgresql = postgresql_of(db);
    if (what == TRANSACT_ROLLBACK && postgresql_alive(db) && !postgresql_in_transaction(db))
        return ERR_OK;
    const bool snapshot = what == TRANSACT_BEGIN && db->role == ROLE_READER;
    const char *sql = snapshot ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : verbs[what];
    PGresult *result = PQexec(postgresql->link, sql);
    enum error error = ERR_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        error = postgresql_failed(postgresql, sql, result);
    else if (what == TRANSACT_COMMIT && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        error = ERR_FAULT; /* it was rolled back: an error before went unseen */
    PQclear(result);
    return error;
}

enum error postgresql_script(struct db *db, const char *sql) {
    struct postgresql *postgresql = postgresql_of(db);
    PGresult *result = PQexec(postgresql->link, sql);
    const ExecStatusType status = PQresultStatus(result);
    enum error error = ERR_OK;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        error = postgresql_failed(postgresql, "script", result);
    PQclear(result);
    return error;
}
