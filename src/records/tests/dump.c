#include "records/tests/dump.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

const char *database_dump(struct arena *arena, const char *address) {
    sqlite3 *database;
    sqlite3_stmt *tables;
    struct buffer into = buffer_in(arena, DUMP_BYTES);
    assert_true(text_begins(address, "sqlite:"));
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
