/* What was deleted for good lies nowhere any more, not even in the log (QUA-9). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "platform/db/tests/library/library.h"

#define TITLE "a title that no other row has"

enum { BOOKS = 300 };

static enum error fill(void *context, struct db *db) {
    (void)context;
    for (int i = 0; i < BOOKS; i++) {
        char isbn[24];
        (void)snprintf(isbn, sizeof isbn, "%d", i);
        TRY(book_add(db, isbn, TITLE));
    }
    return ERR_OK;
}

/* How many files of the database hold the title: the data file and its log. */
static int files_with_title(void **state) {
    const char *path = test_database_address(test_store_database(state)) + strlen("sqlite:");
    static const char *const ends[] = {"", "-wal"};
    int found = 0;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char name[256];
        struct stat about;
        (void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
        FILE *file = fopen(name, "re");
        if (file == NULL)
            continue;
        assert_int_equal(fstat(fileno(file), &about), 0);
        char *bytes = malloc((size_t)about.st_size + 1);
        assert_non_null(bytes);
        const size_t length = fread(bytes, 1, (size_t)about.st_size, file);
        found += memmem(bytes, length, TITLE, strlen(TITLE)) != NULL;
        free(bytes);
        assert_int_equal(fclose(file), 0);
    }
    return found;
}

static void test_no_file_holds_what_is_gone(void **state) {
    struct store *store = test_store(state);
    assert_int_equal(store_act(store, fill, NULL), ERR_OK);
    test_execute(store, "DELETE FROM book");
    assert_true(files_with_title(state) > 0); /* the log still has it: else nothing is proved */
    assert_int_equal(store_scrub(store, "book"), ERR_OK);
    assert_int_equal(files_with_title(state), 0);
    assert_int_equal(store_act(store, fill, NULL), ERR_OK);
    assert_int_equal(book_count(store), BOOKS);
}

static void test_the_table_is_empty_on_disk(void **state) {
    static const char size[] = "SELECT pg_relation_size('book')";
    struct store *store = test_store(state);
    assert_int_equal(store_act(store, fill, NULL), ERR_OK);
    test_execute(store, "DELETE FROM book");
    assert_true(test_integer(store, size) > 0);
    assert_int_equal(store_scrub(store, "book"), ERR_OK);
    assert_int_equal(test_integer(store, size), 0);
}

/* A reader that still sees the rows keeps them: the job tries again later. */
static void test_a_reader_in_the_way_is_said(void **state) {
    struct store *store = test_store(state);
    struct db *reader = NULL;
    int64_t count = 0;
    assert_int_equal(store_act(store, fill, NULL), ERR_OK);
    assert_int_equal(store_reader(store, 1000, &reader), ERR_OK);
    assert_int_equal(db_integer(reader, &sql_book_count, WITH(BIND_INT("tenant", TENANT)), &count),
                     ERR_OK);
    test_execute(store, "DELETE FROM book");
    assert_int_equal(store_scrub(store, "book"), ERR_BUSY);
    store_reader_done(store, reader);
    assert_int_equal(store_scrub(store, "book"), ERR_OK);
    assert_int_equal(files_with_title(state), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_no_file_holds_what_is_gone),
        TEST_ON_SQLITE(test_a_reader_in_the_way_is_said),
        TEST_ON_POSTGRESQL(test_the_table_is_empty_on_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
