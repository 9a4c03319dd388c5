/* Backups: a whole copy of one moment while acts go on, or none. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/db/tests/library/library.h"

enum { BEFORE = 50 };

static char folder[] = "/tmp/radslag-backup-XXXXXX";
static char file[64];

static int folder_make(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    (void)snprintf(file, sizeof file, "%s/copy", folder);
    return 0;
}

static int folder_remove(void **state) {
    (void)state;
    (void)unlink(file);
    return rmdir(folder);
}

static enum error add_number(void *context, struct db *db) {
    char isbn[24];
    (void)snprintf(isbn, sizeof isbn, "%d", *(const int *)context);
    return book_add(db, isbn, "title");
}

static void add_some(struct store *store, int count) {
    for (int i = 0; i < count; i++)
        assert_int_equal(store_act(store, add_number, &i), ERR_OK);
}

struct writer {
    struct store *store;
    atomic_bool stop;
    int written;
};

static void *writer_main(void *context) {
    struct writer *writer = context;
    for (int i = BEFORE; !atomic_load(&writer->stop); i++)
        if (store_act(writer->store, add_number, &i) == ERR_OK)
            writer->written++;
    return NULL;
}

/* Backs up while a thread writes, and gives how many books there were in the end. */
static int back_up_under_writes(struct store *store) {
    struct writer writer = {.store = store};
    pthread_t thread;
    add_some(store, BEFORE);
    assert_int_equal(pthread_create(&thread, NULL, writer_main, &writer), 0);
    assert_int_equal(store_backup(store, file), ERR_OK);
    atomic_store(&writer.stop, true);
    pthread_join(thread, NULL);
    return BEFORE + writer.written;
}

static void assert_private_file(void) {
    struct stat status;
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(status.st_size > 0);
}

static void test_sqlite_copy_opens(void **state) {
    char address[80];
    const int written = back_up_under_writes(test_store(state));
    assert_private_file();
    (void)snprintf(address, sizeof address, "sqlite:%s", file);
    const struct store_options options = test_options(address);
    struct store *copy;
    assert_int_equal(store_open(&options, &copy), ERR_OK);
    const int64_t copied = book_count(copy);
    assert_true(copied >= BEFORE && copied <= written);
    assert_int_equal(
        test_integer(copy, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
    store_close(copy);
}

/* Runs pg_restore into another database. */
static void restore(const char *address) {
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)execl("/usr/lib/postgresql/15/bin/pg_restore", "pg_restore", "-d", address, file,
                    (char *)NULL);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_postgresql_copy_restores(void **state) {
    const int written = back_up_under_writes(test_store(state));
    assert_private_file();
    struct test_database *other = test_database_new(ENGINE_POSTGRESQL);
    restore(test_database_address(other));
    const struct store_options options = test_options(test_database_address(other));
    struct store *copy;
    assert_int_equal(store_open(&options, &copy), ERR_OK); /* the ledger came along */
    const int64_t copied = book_count(copy);
    assert_true(copied >= BEFORE && copied <= written);
    store_close(copy);
    test_database_free(other);
}

static void test_older_copy_is_replaced(void **state) {
    struct store *store = test_store(state);
    const int old = open(file, O_CREAT | O_WRONLY | O_TRUNC, 0644);
    assert_int_equal(write(old, "old", 3), 3);
    assert_int_equal(close(old), 0);
    assert_int_equal(store_backup(store, file), ERR_OK);
    assert_private_file();
}

static void test_nowhere_to_write(void **state) {
    struct store *store = test_store(state);
    assert_int_equal(store_backup(store, "/no/such/folder/copy"), ERR_UNAVAILABLE);
    add_some(store, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_sqlite_copy_opens),
        TEST_ON_POSTGRESQL(test_postgresql_copy_restores),
        TEST_ON_BOTH(test_older_copy_is_replaced),
        TEST_ON_BOTH(test_nowhere_to_write),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
