/* The sender's set-up: password, encryption, its thread. */
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/mail/tests/sender.h"

static const struct news_facts news = {.title = "Ny badbrygga", .leave = {"/follows/7"}};

static char keys[] = "/tmp/radslag-keys-XXXXXX";

static void password_write(const char *password, mode_t mode) {
    char path[100];
    (void)snprintf(path, sizeof path, "%s/smtp.password", keys);
    (void)unlink(path);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
    assert_true(file >= 0);
    assert_int_equal(write(file, password, strlen(password)), (ssize_t)strlen(password));
    assert_int_equal(close(file), 0);
}

static void keys_remove(void) {
    char path[100];
    (void)snprintf(path, sizeof path, "%s/smtp.password", keys);
    (void)unlink(path);
    assert_int_equal(rmdir(keys), 0);
}

static void test_log_in_with_the_password_of_the_key_folder(void **state) {
    struct store *store = test_store(state);
    (void)snprintf(keys, sizeof keys, "/tmp/radslag-keys-XXXXXX");
    assert_non_null(mkdtemp(keys));
    server = server_new("delta:hemligt ord");
    atomic_store(&hand_now, NOON);
    bounces = 0;
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    const struct mail_options options = {.user = "delta", .keys = keys};
    password_write("fel\n", 0600);
    struct mailer *mailer = mailer_for(store, &options);
    assert_int_equal(run(mailer), 0);
    assert_int_equal(bounces, 0); /* 535 is our own fault */
    mailer_stop(mailer);
    password_write("hemligt ord\n", 0600);
    mailer = mailer_for(store, &options);
    atomic_store(&hand_now, NOON + MINUTES(1));
    assert_int_equal(run(mailer), 1);
    sender_end(mailer);
    keys_remove();
}

static void test_password_that_others_may_read_is_refused(void **state) {
    (void)state;
    struct mailer *mailer = NULL;
    (void)snprintf(keys, sizeof keys, "/tmp/radslag-keys-XXXXXX");
    assert_non_null(mkdtemp(keys));
    struct mail_options options = {.server = "smtp://127.0.0.1:1", .user = "delta", .keys = keys};
    assert_int_equal(mailer_new(&options, &mailer), ERR_UNAVAILABLE); /* missing */
    password_write("hemligt", 0644);
    assert_int_equal(mailer_new(&options, &mailer), ERR_UNAVAILABLE);
    password_write("", 0600);
    assert_int_equal(mailer_new(&options, &mailer), ERR_UNAVAILABLE);
    options = (struct mail_options){.server = "http://127.0.0.1:1"};
    assert_int_equal(mailer_new(&options, &mailer), ERR_UNAVAILABLE);
    assert_null(mailer);
    keys_remove();
}

static void test_nothing_is_said_without_encryption_when_asked(void **state) {
    struct store *store = test_store(state);
    server = server_new(NULL);
    atomic_store(&hand_now, NOON);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    struct mailer *mailer = mailer_for(store, &(struct mail_options){.encrypted = true});
    assert_int_equal(run(mailer), 0);
    assert_int_equal(server_messages(server), 0);
    assert_int_equal(rows_in(store, "queued"), 1);
    sender_end(mailer);
}

static void test_thread_sends_by_itself(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    assert_int_equal(mailer_start(mailer), ERR_OK);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    mailer_wake(mailer);
    for (int i = 0; i < 1000 && rows_in(store, "sent") == 0; i++)
        (void)usleep(10000);
    assert_int_equal(rows_in(store, "sent"), 1);
    sender_end(mailer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_log_in_with_the_password_of_the_key_folder),
        cmocka_unit_test(test_password_that_others_may_read_is_refused),
        TEST_ON_SQLITE(test_nothing_is_said_without_encryption_when_asked),
        TEST_ON_BOTH(test_thread_sends_by_itself),
    };
    return cmocka_run_group_tests(tests, post_begin, NULL);
}
