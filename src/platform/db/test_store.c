#include "platform/db/test_store.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/arena.h"
#include "platform/base/text.h"
#include "platform/db/engine.h"

enum { ADDRESS_BYTES = 64 << 10, WAIT_MS = 5000, CLAIM = 7232072 };

struct test_database {
    struct arena *arena;
    enum engine engine;
    const char *address;
    const char *folder; /* SQLite's */
    const char *name;   /* PostgreSQL's */
    int number;
    struct store *store;
};

static const char *server_address(void) {
    const char *address = getenv("RADSLAG_TEST_POSTGRESQL");
    return address != NULL && *address != '\0' ? address : NULL;
}

/* ---- PostgreSQL ---- */

static void execute_on(const char *address, const char *sql) {
    PGconn *link = PQconnectdb(address);
    PGresult *result = PQexec(link, sql);
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(link));
    PQclear(result);
    PQfinish(link);
}

void test_server(const char *sql) {
    execute_on(server_address(), sql);
}

static void add_percent_encoded(struct buffer *out, const char *text) {
    for (; *text != '\0'; text++)
        buffer_format(out, "%%%02X", (unsigned char)*text);
}

/* The server's address with another database: all its parts as parameters. */
static const char *address_of(struct arena *arena, const char *name) {
    struct buffer out = buffer_in(arena, ADDRESS_BYTES / 2);
    PQconninfoOption *options = PQconninfoParse(server_address(), NULL);
    if (options == NULL) {
        fail_msg("RADSLAG_TEST_POSTGRESQL is no address");
        return NULL;
    }
    buffer_format(&out, "postgresql:///%s", name);
    const char *separator = "?";
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++) {
        if (option->val == NULL || strcmp(option->keyword, "dbname") == 0)
            continue;
        buffer_format(&out, "%s%s=", separator, option->keyword);
        add_percent_encoded(&out, option->val);
        separator = "&";
    }
    PQconninfoFree(options);
    return buffer_string(&out);
}

/* Making and dropping a database takes a second on a busy machine, emptying one a tenth. So those
 * made once are kept in the server under numbered names, and claimed by one test program at a time:
 * the lock ends with the program, however it ends. */
static PGconn *claims;

static int64_t claims_ask(const char *sql) {
    if (claims == NULL)
        claims = PQconnectdb(server_address());
    PGresult *result = PQexec(claims, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(claims));
    const int64_t value = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return value;
}

static bool claim(struct arena *arena, int number) {
    return claims_ask(arena_format(arena, "SELECT CAST(pg_try_advisory_lock(%d, %d) AS INTEGER)",
                                   CLAIM, number)) == 1;
}

/* As a new database has it, whatever a test that broke off has left. */
static void postgresql_empty(const struct test_database *database) {
    struct arena *arena = database->arena;
    test_server(arena_format(arena, "ALTER DATABASE %s ALLOW_CONNECTIONS true", database->name));
    test_server(arena_format(arena,
                             "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                             "WHERE datname = '%s'",
                             database->name));
    execute_on(database->address, "SET client_min_messages = warning; "
                                  "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
}

static void postgresql_claim(struct test_database *database) {
    struct arena *arena = database->arena;
    database->number = 1;
    while (!claim(arena, database->number))
        database->number++;
    database->name = arena_format(arena, "radslag_test_%d", database->number);
    database->address = address_of(arena, database->name);
    if (claims_ask(arena_format(arena, "SELECT count(*) FROM pg_database WHERE datname = '%s'",
                                database->name)) == 0)
        test_server(arena_format(
            arena, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
            database->name));
    else
        postgresql_empty(database);
}

static void postgresql_release(const struct test_database *database) {
    (void)claims_ask(arena_format(database->arena,
                                  "SELECT CAST(pg_advisory_unlock(%d, %d) AS INTEGER)", CLAIM,
                                  database->number));
}

/* At the end of the program, so that the leak checker sees no connection. */
static __attribute__((destructor)) void claims_end(void) {
    PQfinish(claims);
}

/* ---- SQLite ---- */

/* In memory where the system has a folder for that: what is on disk after a power cut is the matter
 * of tests/faults, and waiting for a disk that is busy with other tests proves nothing. */
static const char *temporary_folder(void) {
    const char *given = getenv("TMPDIR");
    if (given != NULL && *given != '\0')
        return given;
    return access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
}

static void sqlite_create(struct test_database *database) {
    char *folder = arena_format(database->arena, "%s/radslag-XXXXXX", temporary_folder());
    if (mkdtemp(folder) == NULL)
        fail_msg("no temporary folder");
    database->folder = folder;
    database->address = arena_format(database->arena, "sqlite:%s/test.db", folder);
}

static void sqlite_remove(const struct test_database *database) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        (void)unlink(arena_format(database->arena, "%s/test.db%s", database->folder, ends[i]));
    if (rmdir(database->folder) != 0)
        fail_msg("files are left in %s", database->folder);
}

/* ---- databases ---- */

struct test_database *test_database_new(enum engine engine) {
    if (engine == ENGINE_POSTGRESQL && server_address() == NULL)
        return NULL;
    struct arena *arena = arena_new(ADDRESS_BYTES);
    struct test_database *database = ARENA_NEW(arena, struct test_database);
    *database = (struct test_database){.arena = arena, .engine = engine};
    if (engine == ENGINE_SQLITE)
        sqlite_create(database);
    else
        postgresql_claim(database);
    return database;
}

void test_database_free(struct test_database *database) {
    if (database == NULL)
        return;
    if (database->engine == ENGINE_SQLITE)
        sqlite_remove(database);
    else
        postgresql_release(database);
    arena_free(database->arena);
}

const char *test_database_address(const struct test_database *database) {
    return database->address;
}

/* ---- stores ---- */

struct store_options test_options(const char *address) {
    return (struct store_options){
        .address = address, .readers = 4, .lanes = 2, .queue_limit = 1000};
}

static int store_setup(void **state, enum engine engine) {
    struct test_database *database = test_database_new(engine);
    *state = database;
    if (database == NULL)
        return 0; /* test_store skips */
    const struct store_options options = test_options(database->address);
    return store_open(&options, &database->store) == ERR_OK ? 0 : -1;
}

int test_store_open_sqlite(void **state) {
    return store_setup(state, ENGINE_SQLITE);
}

int test_store_open_postgresql(void **state) {
    return store_setup(state, ENGINE_POSTGRESQL);
}

int test_store_gone(void **state) {
    struct test_database *database = *state;
    if (database != NULL)
        store_close(database->store);
    test_database_free(database);
    return 0;
}

const struct test_database *test_store_database(void **state) {
    if (*state == NULL) {
        print_message("skipped: RADSLAG_TEST_POSTGRESQL names no server\n");
        skip();
    }
    return *state;
}

struct store *test_store(void **state) {
    return test_store_database(state)->store;
}

void test_store_shut(void **state) {
    struct test_database *database = *state;
    store_close(database->store);
    database->store = NULL;
}

struct store *test_store_reopen(void **state, const struct store_options *options) {
    struct test_database *database = *state;
    test_store_shut(state);
    assert_int_equal(store_open(options, &database->store), ERR_OK);
    return database->store;
}

int64_t test_integer(struct store *store, const char *sql) {
    struct db *db;
    int64_t value = 0;
    assert_int_equal(store_reader(store, WAIT_MS, &db), ERR_OK);
    const enum error error = db_integer(db, TEST_STATEMENT(ONE, sql), WITH_NOTHING, &value);
    store_reader_done(store, db);
    assert_int_equal(error, ERR_OK);
    return value;
}

static enum error execute_run(void *context, struct db *db) {
    return db_script(db, context);
}

void test_execute(struct store *store, const char *sql) {
    struct arena *arena = arena_new(1 << 20);
    assert_int_equal(store_act(store, execute_run, arena_copy_text(arena, sql)), ERR_OK);
    arena_free(arena);
}
