/* Without a server: messages as files that nobody else may read. */
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/mail/folder.h"
#include "platform/mail/tests/post/post.h"

static struct arena *arena;
static char parent[] = "/tmp/radslag-mail-XXXXXX";
static char folder[64];

static int begin(void **state) {
    arena = arena_new(1 << 20);
    if (mkdtemp(parent) == NULL)
        return -1;
    (void)snprintf(folder, sizeof folder, "%s/post", parent);
    return post_begin(state);
}

static int end(void **state) {
    (void)state;
    int64_t *ids;
    size_t count;
    if (folder_latest(arena, folder, 1000, &ids, &count) == ERR_OK)
        for (size_t i = 0; i < count; i++)
            (void)unlink(folder_path(arena, folder, ids[i]));
    arena_free(arena);
    return rmdir(folder) == 0 && rmdir(parent) == 0 ? 0 : -1;
}

static void test_mail_becomes_files(void **state) {
    struct store *store = test_store(state);
    const struct mail_options options = {
        .folder = folder, .store = store, .sender = sender_of, .clock = hand_clock};
    const struct code_facts code = {.code = "482 913"};
    struct mailer *mailer;
    size_t sent, count;
    int64_t *ids;
    atomic_store(&hand_now, NOON);
    queue(store, &code_kind, "alva@example.org", "login:1", NOON, &code);
    queue(store, &receipt_kind, "alva@example.org", "r:1", NOON, &receipt_example);
    assert_int_equal(mailer_new(&options, &mailer), ERR_OK);
    assert_int_equal(mailer_run_once(mailer, &sent), ERR_OK);
    assert_int_equal(sent, 2);
    mailer_stop(mailer);
    assert_int_equal(folder_latest(arena, folder, 10, &ids, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_true(ids[0] > ids[1]); /* newest first */
    struct stat status;
    assert_int_equal(stat(folder_path(arena, folder, ids[0]), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static enum error introduce_act(void *context, struct db *db) {
    const struct mail_introduction introduction = {"code", "sv", context};
    return mail_introduction_set(db, TENANT, &introduction, NOON);
}

/* NOT-1: what the organisation says stands behind the heading, in both parts; the facts stay. */
static void test_introduction_stands_in_the_mail(void **state) {
    struct store *store = test_store(state);
    const struct mail_options options = {
        .folder = folder, .store = store, .sender = sender_of, .clock = hand_clock};
    const struct code_facts code = {.code = "482 913"};
    char says[] = "Hej! <script>";
    struct mailer *mailer;
    const char *message;
    size_t sent, count;
    int64_t *ids;
    atomic_store(&hand_now, NOON);
    assert_int_equal(store_act(store, introduce_act, says), ERR_OK);
    queue(store, &code_kind, "alva@example.org", "login:1", NOON, &code);
    assert_int_equal(mailer_new(&options, &mailer), ERR_OK);
    assert_int_equal(mailer_run_once(mailer, &sent), ERR_OK);
    assert_int_equal(folder_latest(arena, folder, 1, &ids, &count), ERR_OK);
    assert_int_equal(
        folder_read(arena, folder, test_integer(store, "SELECT max(id) FROM outbox"), &message),
        ERR_OK);
    const char *first = strstr(message, "Hej! <script>");
    assert_non_null(first);
    assert_non_null(strstr(first, "482 913"));
    assert_non_null(strstr(first, "Hej! &lt;script&gt;"));
    /* Taken away again. */
    assert_int_equal(store_act(store, introduce_act, NULL), ERR_OK);
    queue(store, &code_kind, "alva@example.org", "login:2", NOON, &code);
    assert_int_equal(mailer_run_once(mailer, &sent), ERR_OK);
    assert_int_equal(
        folder_read(arena, folder, test_integer(store, "SELECT max(id) FROM outbox"), &message),
        ERR_OK);
    assert_null(strstr(message, "Hej!"));
    mailer_stop(mailer);
}

static void test_files_are_read_back(void **state) {
    (void)state;
    const char *message;
    size_t count;
    int64_t *ids;
    assert_int_equal(folder_open(folder), ERR_OK);
    assert_int_equal(folder_write(folder, 900, "Subject: a\r\n\r\nfirst\r\n", NOON), ERR_OK);
    assert_int_equal(folder_write(folder, 900, "Subject: a\r\n\r\nagain\r\n", NOON), ERR_OK);
    assert_int_equal(folder_write(folder, 1000, "x", NOON), ERR_OK);
    assert_int_equal(folder_read(arena, folder, 900, &message), ERR_OK);
    assert_string_equal(message, "Subject: a\r\n\r\nagain\r\n");
    assert_int_equal(folder_latest(arena, folder, 1, &ids, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], 1000);
}

/* By the clock of the service, as rows of the outbox do. */
static void test_files_go_when_their_term_ends(void **state) {
    struct store *store = test_store(state);
    const struct mail_options options = {
        .folder = folder, .store = store, .sender = sender_of, .clock = hand_clock};
    struct mailer *mailer;
    const char *message;
    size_t sent;
    assert_int_equal(folder_open(folder), ERR_OK);
    assert_int_equal(folder_write(folder, 2000, "old", NOON), ERR_OK);
    assert_int_equal(folder_write(folder, 2001, "new", NOON + DAYS(1)), ERR_OK);
    assert_int_equal(mailer_new(&options, &mailer), ERR_OK);
    atomic_store(&hand_now, NOON + MAIL_KEPT);
    assert_int_equal(mailer_run_once(mailer, &sent), ERR_OK);
    assert_int_equal(folder_read(arena, folder, 2000, &message), ERR_OK);
    atomic_store(&hand_now, NOON + MAIL_KEPT + HOURS(1));
    assert_int_equal(mailer_run_once(mailer, &sent), ERR_OK);
    assert_int_equal(folder_read(arena, folder, 2000, &message), ERR_NOT_FOUND);
    assert_int_equal(folder_read(arena, folder, 2001, &message), ERR_OK);
    mailer_stop(mailer);
}

static void test_what_is_not_there_is_not_found(void **state) {
    (void)state;
    const char *message;
    int64_t *ids;
    size_t count;
    assert_int_equal(folder_read(arena, folder, 12345, &message), ERR_NOT_FOUND);
    assert_int_equal(folder_read(arena, folder, 0, &message), ERR_NOT_FOUND);
    assert_int_equal(folder_read(arena, folder, -1, &message), ERR_NOT_FOUND);
    assert_int_equal(folder_latest(arena, "/nowhere/at/all", 1, &ids, &count), ERR_UNAVAILABLE);
    assert_int_equal(folder_open("/nowhere/at/all"), ERR_UNAVAILABLE);
    assert_int_equal(folder_open("/etc/passwd"), ERR_UNAVAILABLE);
    assert_int_equal(folder_write("/nowhere/at/all", 1, "x", NOON), ERR_UNAVAILABLE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_mail_becomes_files),
        TEST_ON_BOTH(test_introduction_stands_in_the_mail),
        cmocka_unit_test(test_files_are_read_back),
        TEST_ON_SQLITE(test_files_go_when_their_term_ends),
        cmocka_unit_test(test_what_is_not_there_is_not_found),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
