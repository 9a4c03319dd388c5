#include "records/tests/dump.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "platform/base/text.h"

enum { DUMP_BYTES = 256 << 20 };

static void value_dump(struct buffer *into, sqlite3_stmt *row, int column) {
    const char *bytes = sqlite3_column_blob(row, column);
    const int length = sqlite3_column_bytes(row, column);
    for (int i = 0; i < length; i++)
        buffer_add(into, bytes[i] == '\0' ? " " : &bytes[i], 1);
}

static void table_dump(struct buffer *into, sqlite3 *database, const char *table) {
    sqlite3_stmt *row;
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", table);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &row, NULL), SQLITE_OK);
    sqlite3_free(sql);
    while (sqlite3_step(row) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(row); i++) {
            buffer_format(into, "%s %s: ", table, sqlite3_column_name(row, i));
            value_dump(into, row, i);
            buffer_text(into, "\n");
        }
    }
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
}

/* One row as text each: bytea stands in hexadecimal. */
static void postgresql_table_dump(struct buffer *into, PGconn *connection, const char *table) {
    char *name = PQescapeIdentifier(connection, table, strlen(table));
    char *sql = sqlite3_mprintf("SELECT whole::text FROM %s AS whole", name);
    PGresult *rows = PQexec(connection, sql);
    assert_int_equal(PQresultStatus(rows), PGRES_TUPLES_OK);
    for (int row = 0; row < PQntuples(rows); row++)
        buffer_format(into, "%s: %s\n", table, PQgetvalue(rows, row, 0));
    PQclear(rows);
    sqlite3_free(sql);
    PQfreemem(name);
}

static const char *postgresql_dump(struct arena *arena, const char *address) {
    struct buffer into = buffer_in(arena, DUMP_BYTES);
    PGconn *connection = PQconnectdb(address);
    assert_int_equal(PQstatus(connection), CONNECTION_OK);
    PGresult *tables = PQexec(connection, "SELECT tablename FROM pg_tables "
                                          "WHERE schemaname = 'public' ORDER BY tablename");
    assert_int_equal(PQresultStatus(tables), PGRES_TUPLES_OK);
    assert_true(PQntuples(tables) > 0);
    for (int row = 0; row < PQntuples(tables); row++)
        postgresql_table_dump(&into, connection, PQgetvalue(tables, row, 0));
    PQclear(tables);
    PQfinish(connection);
    return buffer_string(&into);
}

const char *database_dump(struct arena *arena, const char *address) {
    if (!text_begins(address, "sqlite:"))
        return postgresql_dump(arena, address);
    sqlite3 *database;
    sqlite3_stmt *tables;
    struct buffer into = buffer_in(arena, DUMP_BYTES);
    assert_int_equal(
        sqlite3_open_v2(address + strlen("sqlite:"), &database, SQLITE_OPEN_READONLY, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database,
                                        "SELECT name FROM sqlite_schema WHERE type = 'table' "
                                        "ORDER BY name",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW)
        table_dump(&into, database, (const char *)sqlite3_column_text(tables, 0));
    assert_int_equal(sqlite3_finalize(tables), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    return buffer_string(&into);
}

bool dump_holds(const char *dump, const char *text) {
    return strcasestr(dump, text) != NULL;
}
