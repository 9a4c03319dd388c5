/* For the tests of every room: a fresh database of each engine, with all migrations, gone
 * afterwards.
 *
 *     static void test_loan_is_kept(void **state) {
 *         struct store *store = test_store(state);
 *         …
 *     }
 *     const struct CMUnitTest tests[] = {TEST_ON_BOTH(test_loan_is_kept)};
 *
 * SQLite's is a file in a temporary folder. PostgreSQL's is an emptied database radslag_test_N in
 * the server that RADSLAG_TEST_POSTGRESQL names (tools/with-postgresql starts one); without it
 * those tests are skipped. The calls fail the running test when something goes wrong. */
#ifndef RADSLAG_DB_TEST_STORE_H
#define RADSLAG_DB_TEST_STORE_H

#include "platform/db/db.h"

/* Two rows of a table of struct CMUnitTest, and one. */
#define TEST_ON_BOTH(test) TEST_ON_SQLITE(test), TEST_ON_POSTGRESQL(test)
#define TEST_ON_SQLITE(test)                                                                       \
    { #test " on sqlite", test, test_store_open_sqlite, test_store_gone, NULL }
#define TEST_ON_POSTGRESQL(test)                                                                   \
    { #test " on postgresql", test, test_store_open_postgresql, test_store_gone, NULL }

/* The store of this test; skips it when there is no server to have one in. */
struct store *test_store(void **state);

/* Set-up and tear-down of the rows above. */
int test_store_open_sqlite(void **state);

/* Leaves *state NULL when there is no server. */
int test_store_open_postgresql(void **state);

/* Closes the store and removes the database. */
int test_store_gone(void **state);

/* A database without a store. */
struct test_database;
struct test_database *test_database_new(enum engine engine); /* NULL: no PostgreSQL server */
void test_database_free(struct test_database *database);
const char *test_database_address(const struct test_database *database);

/* The database behind test_store. */
const struct test_database *test_store_database(void **state);

/* Runs SQL in the PostgreSQL server, outside the databases of tests. */
void test_server(const char *sql);

/* Closes the store and opens it again on the same database. */
struct store *test_store_reopen(void **state, const struct store_options *options);

/* Closes the store and keeps the database. */
void test_store_shut(void **state);

/* What tests use unless they are about it: 4 readers, 2 lanes, 1000 acts. */
struct store_options test_options(const char *address);

/* A statement of a test's own, in the same words for both engines: kind is EXEC, ONE or MANY. */
#define TEST_STATEMENT(kind_, sql_)                                                                \
    (&(const struct statement){.name = "test",                                                     \
                               .kind = STATEMENT_##kind_,                                          \
                               .sql = {(sql_), (sql_)},                                            \
                               .number = STATEMENT_UNLISTED})

/* One integer read with a reader of its own: test_integer(store, "SELECT count(*) FROM book"). */
int64_t test_integer(struct store *store, const char *sql);

/* Runs SQL as an act of its own. */
void test_execute(struct store *store, const char *sql);

#endif
