/* PostgreSQL: statements and rows. Values travel as text, blobs as bytes towards the server and in
 * hexadecimal back. */
#include "platform/db/postgresql.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 24, NUMBER_BYTES = 24 };

/* Types of columns by their fixed numbers in pg_type. */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTEA = 17,
    TYPE_NAME = 19,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_BPCHAR = 1042,
    TYPE_VARCHAR = 1043,
    TYPE_NUMERIC = 1700
};

/* ---- statements ---- */

/* Listed statements are named by their number; an unlisted one is the session's unnamed one. */
static void statement_name(const struct statement *statement, char name[NAME_BYTES]) {
    if (statement->number == STATEMENT_UNLISTED)
        name[0] = '\0';
    else
        (void)snprintf(name, NAME_BYTES, "s%zu", statement->number);
}

static enum error postgresql_prepare(struct db *db, const char *sql, struct prepared *prepared) {
    struct postgresql *postgresql = postgresql_of(db);
    char name[NAME_BYTES];
    statement_name(prepared->statement, name);
    PGresult *result = PQprepare(postgresql->link, name, sql, 0, NULL);
    enum error error = ERR_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        error = postgresql_failed(postgresql, prepared->statement->name, result);
    PQclear(result);
    return error;
}

/* Prepared statements end with their session. */
static void postgresql_forget(struct db *db, struct prepared *prepared) {
    (void)db;
    (void)prepared;
}

/* The binds as libpq wants them. */
struct values {
    const char *at[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];
    char numbers[PARAMETERS_MAX][NUMBER_BYTES];
};

static void value_set(struct values *values, size_t i, const struct bind *bind) {
    values->at[i] = NULL;
    values->lengths[i] = (int)bind->length;
    values->formats[i] = bind->kind == BIND_KIND_BLOB;
    switch (bind->kind) {
    case BIND_KIND_INT:
        (void)snprintf(values->numbers[i], NUMBER_BYTES, "%" PRId64, bind->integer);
        values->at[i] = values->numbers[i];
        break;
    case BIND_KIND_TEXT:
        values->at[i] = bind->bytes;
        break;
    case BIND_KIND_BLOB: /* an empty blob is not NULL, wherever it points */
        values->at[i] = bind->length == 0 ? "" : bind->bytes;
        break;
    case BIND_KIND_NULL:
        break;
    }
}

static enum error start_streaming(struct postgresql *postgresql, const char *name, int count,
                                  const struct values *values) {
    PGconn *link = postgresql->link;
    if (PQsendQueryPrepared(link, name, count, values->at, values->lengths, values->formats, 0) !=
        1)
        return ERR_UNAVAILABLE;
    (void)PQsetSingleRowMode(link);
    postgresql->streaming = true;
    return ERR_OK;
}

static enum error postgresql_start(struct db *db, struct prepared *prepared,
                                   const struct bind *const *binds, bool streaming) {
    struct postgresql *postgresql = postgresql_of(db);
    struct values values;
    char name[NAME_BYTES];
    const int count = (int)prepared->parameter_count;
    for (size_t i = 0; i < prepared->parameter_count; i++)
        value_set(&values, i, binds[i]);
    statement_name(prepared->statement, name);
    postgresql->row = -1;
    if (streaming)
        return start_streaming(postgresql, name, count, &values);
    postgresql->result =
        PQexecPrepared(postgresql->link, name, count, values.at, values.lengths, values.formats, 0);
    const ExecStatusType status = PQresultStatus(postgresql->result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return postgresql_failed(postgresql, prepared->statement->name, postgresql->result);
    return ERR_OK;
}

static enum error next_streamed(struct postgresql *postgresql, struct prepared *prepared,
                                bool *ret_row) {
    PQclear(postgresql->result);
    postgresql->result = PQgetResult(postgresql->link);
    postgresql->row = 0;
    const ExecStatusType status = PQresultStatus(postgresql->result);
    if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
        return postgresql_failed(postgresql, prepared->statement->name, postgresql->result);
    *ret_row = status == PGRES_SINGLE_TUPLE;
    return ERR_OK;
}

static enum error postgresql_next(struct db *db, struct prepared *prepared, bool *ret_row) {
    struct postgresql *postgresql = postgresql_of(db);
    if (postgresql->streaming)
        return next_streamed(postgresql, prepared, ret_row);
    *ret_row = ++postgresql->row < PQntuples(postgresql->result);
    return ERR_OK;
}

/* What a stream has not given yet is read and dropped: cancelling would fail the transaction. */
static void stream_end(struct postgresql *postgresql) {
    PGresult *rest;
    while ((rest = PQgetResult(postgresql->link)) != NULL)
        PQclear(rest);
    postgresql->streaming = false;
}

static void postgresql_finish(struct db *db, struct prepared *prepared) {
    struct postgresql *postgresql = postgresql_of(db);
    (void)prepared;
    PQclear(postgresql->result);
    postgresql->result = NULL;
    if (postgresql->streaming)
        stream_end(postgresql);
}

static int64_t postgresql_changed(const struct db *db, const struct prepared *prepared) {
    const char *tuples = PQcmdTuples(((const struct postgresql *)db)->result);
    (void)prepared;
    return strtoll(tuples, NULL, 10);
}

/* ---- columns ---- */

static int postgresql_column(struct db *db, struct prepared *prepared, const char *name) {
    const PGresult *result = postgresql_of(db)->result;
    (void)prepared;
    const int count = PQnfields(result);
    for (int i = 0; i < count; i++)
        if (strcmp(PQfname(result, i), name) == 0)
            return i;
    return -1;
}

static bool postgresql_is_null(struct db *db, struct prepared *prepared, int column) {
    const struct postgresql *postgresql = postgresql_of(db);
    (void)prepared;
    return PQgetisnull(postgresql->result, postgresql->row, column) == 1;
}

static bool is_integer_type(Oid type) {
    return type == TYPE_INT8 || type == TYPE_INT4 || type == TYPE_INT2 || type == TYPE_NUMERIC;
}

/* A sum is NUMERIC: an integer as long as it has no fraction and fits. */
static enum error postgresql_integer(struct db *db, struct prepared *prepared, int column,
                                     int64_t *ret_value) {
    const struct postgresql *postgresql = postgresql_of(db);
    const char *text = PQgetvalue(postgresql->result, postgresql->row, column);
    const Oid type = PQftype(postgresql->result, column);
    (void)prepared;
    if (type == TYPE_BOOL) {
        *ret_value = text[0] == 't';
        return ERR_OK;
    }
    char *end;
    errno = 0;
    const int64_t value = strtoll(text, &end, 10);
    if (!is_integer_type(type) || errno != 0 || end == text || *end != '\0')
        return ERR_FAULT;
    *ret_value = value;
    return ERR_OK;
}

static enum error postgresql_text(struct db *db, struct prepared *prepared, int column,
                                  struct span *ret_text) {
    const struct postgresql *postgresql = postgresql_of(db);
    const Oid type = PQftype(postgresql->result, column);
    (void)prepared;
    if (type != TYPE_TEXT && type != TYPE_VARCHAR && type != TYPE_BPCHAR && type != TYPE_NAME)
        return ERR_FAULT;
    ret_text->at = PQgetvalue(postgresql->result, postgresql->row, column);
    ret_text->length = (size_t)PQgetlength(postgresql->result, postgresql->row, column);
    return ERR_OK;
}

static int hex_digit(char c) {
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* "\x" and two small hexadecimal digits for each byte. */
static enum error postgresql_blob(struct db *db, struct arena *arena, struct prepared *prepared,
                                  int column, struct span *ret_blob) {
    const struct postgresql *postgresql = postgresql_of(db);
    (void)prepared;
    if (PQftype(postgresql->result, column) != TYPE_BYTEA)
        return ERR_FAULT;
    const char *hex = PQgetvalue(postgresql->result, postgresql->row, column) + 2;
    const size_t length =
        (size_t)(PQgetlength(postgresql->result, postgresql->row, column) - 2) / 2;
    char *bytes = arena_take(arena, length);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(hex_digit(hex[2 * i]) * 16 + hex_digit(hex[2 * i + 1]));
    *ret_blob = (struct span){bytes, length};
    return ERR_OK;
}

/* Processes that share a server do not tell each other what they wrote: their kept pages end by
 * themselves. */
static int64_t foreign_version(struct db *db) {
    (void)db;
    return 0;
}

/* ---- foreign keys: always enforced, also in migrations ---- */

static enum error references_enforced(struct db *db, bool enforced) {
    (void)db;
    (void)enforced;
    return ERR_OK;
}

static enum error references_check(struct db *db) {
    (void)db;
    return ERR_OK;
}

static enum error postgresql_scrub(struct db *db, const char *table) {
    char sql[80];
    (void)snprintf(sql, sizeof sql, "VACUUM \"%s\"", table);
    return postgresql_script(db, sql);
}

const struct engine_calls postgresql_calls = {
    .engine = ENGINE_POSTGRESQL,
    .open = postgresql_open,
    .close = postgresql_close,
    .alive = postgresql_alive,
    .transact = postgresql_transact,
    .in_transaction = postgresql_in_transaction,
    .foreign_version = foreign_version,
    .script = postgresql_script,
    .references_enforced = references_enforced,
    .references_check = references_check,
    .prepare = postgresql_prepare,
    .forget = postgresql_forget,
    .start = postgresql_start,
    .next = postgresql_next,
    .finish = postgresql_finish,
    .changed = postgresql_changed,
    .column = postgresql_column,
    .is_null = postgresql_is_null,
    .integer = postgresql_integer,
    .text = postgresql_text,
    .blob = postgresql_blob,
    .scrub = postgresql_scrub,
    .backup = postgresql_backup,
};
