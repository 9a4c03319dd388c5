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

/* ---- TLS ---- */

static char folder[] = "/tmp/radslag-tls-XXXXXX";
static char trusted[64];

/* A server with a certificate of its own for `name`, and a mail that waits. */
static struct store *tls_begin(void **state, const char *how, const char *name) {
    struct store *store = test_store(state);
    (void)snprintf(folder, sizeof folder, "/tmp/radslag-tls-XXXXXX");
    assert_non_null(mkdtemp(folder));
    (void)snprintf(trusted, sizeof trusted, "%s/server.pem", folder);
    server = server_new_tls(how, name, folder);
    atomic_store(&hand_now, NOON);
    bounces = 0;
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    return store;
}

static void tls_end(struct mailer *mailer) {
    char path[80];
    sender_end(mailer);
    assert_int_equal(unlink(trusted), 0);
    (void)snprintf(path, sizeof path, "%s/server.key", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void expect_sent(void **state, const char *how, bool encrypted) {
    struct store *store = tls_begin(state, how, "127.0.0.1");
    struct mailer *mailer =
        mailer_for(store, &(struct mail_options){.encrypted = encrypted, .trusted = trusted});
    assert_int_equal(run(mailer), 1);
    assert_int_equal(server_messages(server), 1);
    assert_int_equal(rows_in(store, "sent"), 1);
    tls_end(mailer);
}

/* Nothing is said to a server that cannot show who it is; the mail waits and nobody bounces. */
static void expect_refused(void **state, const char *how, const char *name, const char *trust,
                           bool encrypted) {
    struct store *store = tls_begin(state, how, name);
    struct mailer *mailer =
        mailer_for(store, &(struct mail_options){.encrypted = encrypted, .trusted = trust});
    assert_int_equal(run(mailer), 0);
    assert_int_equal(test_integer(store, "SELECT attempts FROM outbox"), 1);
    assert_int_equal(server_messages(server), 0);
    assert_int_equal(rows_in(store, "queued"), 1);
    assert_int_equal(bounces, 0);
    tls_end(mailer);
}

static void test_starttls_with_a_trusted_certificate(void **state) {
    expect_sent(state, "starttls", true);
}

/* Offered, it is used, although nobody asked for it. */
static void test_starttls_is_used_where_it_is_offered(void **state) {
    expect_sent(state, "starttls", false);
}

static void test_smtps_with_a_trusted_certificate(void **state) {
    expect_sent(state, "smtps", false);
}

static void test_starttls_of_nobody_is_refused(void **state) {
    expect_refused(state, "starttls", "127.0.0.1", NULL, true);
}

/* Nor is the mail sent in the clear instead. */
static void test_offered_starttls_of_nobody_is_refused(void **state) {
    expect_refused(state, "starttls", "127.0.0.1", NULL, false);
}

static void test_smtps_of_nobody_is_refused(void **state) {
    expect_refused(state, "smtps", "127.0.0.1", NULL, false);
}

static void test_starttls_of_another_host_is_refused(void **state) {
    expect_refused(state, "starttls", "mejl.annan.example", trusted, true);
}

static void test_smtps_of_another_host_is_refused(void **state) {
    expect_refused(state, "smtps", "mejl.annan.example", trusted, false);
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
        TEST_ON_SQLITE(test_starttls_with_a_trusted_certificate),
        TEST_ON_SQLITE(test_starttls_is_used_where_it_is_offered),
        TEST_ON_SQLITE(test_smtps_with_a_trusted_certificate),
        TEST_ON_SQLITE(test_starttls_of_nobody_is_refused),
        TEST_ON_SQLITE(test_offered_starttls_of_nobody_is_refused),
        TEST_ON_SQLITE(test_smtps_of_nobody_is_refused),
        TEST_ON_SQLITE(test_starttls_of_another_host_is_refused),
        TEST_ON_SQLITE(test_smtps_of_another_host_is_refused),
        TEST_ON_BOTH(test_thread_sends_by_itself),
    };
    return cmocka_run_group_tests(tests, post_begin, NULL);
}
