/* All that a database holds, as text: for tests that look for personal data in it.
 *
 *     const char *dump = database_dump(arena, test_database_address(database));
 *     assert_null(strstr(dump, "alva@example.org"));
 */
#ifndef RADSLAG_RECORDS_TESTS_DUMP_H
#define RADSLAG_RECORDS_TESTS_DUMP_H

#include <stdbool.h>

#include "platform/base/arena.h"

/* Every column of every row of every table, one line each: "table column: value", in arena. Blobs
 * stand as they are, with NUL bytes as spaces, so that text in them is found too; on PostgreSQL one
 * line a row, blobs in hexadecimal. `address` as of a store. Fails the running test when it cannot
 * be read. */
const char *database_dump(struct arena *arena, const char *address);

/* True when the dump holds the text, in any case of ASCII letters. */
bool dump_holds(const char *dump, const char *text);

#endif
