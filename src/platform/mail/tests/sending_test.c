/* Sending to a real server that takes, refuses, delays, drops and dies (no mocked SMTP). */
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/mail/rules.h"
#include "platform/mail/tests/post/post.h"
#include "platform/mail/tests/sender.h"

static const struct news_facts news = {.title = "Ny badbrygga", .leave = {"/follows/7"}};
static const struct code_facts code = {.code = "482 913"};

static void test_taken_mail_is_sent_once(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    for (int i = 0; i < 60; i++) { /* more than one round lists */
        char cause[20];
        (void)snprintf(cause, sizeof cause, "page:%d", i);
        queue(store, &news_kind, "alva@example.org", cause, NOON, &news);
    }
    assert_int_equal(run(mailer), 60);
    assert_int_equal(run(mailer), 0);
    assert_int_equal(rows_in(store, "sent"), 60);
    assert_int_equal(server_messages(server), 60);
    assert_int_equal(server_connections(server), 1); /* kept */
    sender_end(mailer);
}

static void test_refused_address_bounces(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    server_tell(server, "refuse 550");
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(run(mailer), 0);
    assert_int_equal(rows_in(store, "bounced"), 1);
    assert_int_equal(test_integer(store, "SELECT reply_code FROM outbox"), 550);
    assert_int_equal(bounces, 1);
    assert_int_equal(bounced_account, 11);
    server_tell(server, "accept");
    atomic_store(&hand_now, NOON + DAYS(1));
    assert_int_equal(run(mailer), 0); /* never again */
    sender_end(mailer);
}

static void test_refused_message_bounces(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    server_tell(server, "refuse-message 554");
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(run(mailer), 0);
    assert_int_equal(rows_in(store, "bounced"), 1);
    assert_int_equal(bounces, 1);
    sender_end(mailer);
}

static void test_delayed_mail_goes_later(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    server_tell(server, "refuse 451");
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    queue(store, &news_kind, "bo@example.org", "page:1", NOON, &news);
    assert_int_equal(run(mailer), 0);
    assert_int_equal(rows_in(store, "queued"), 2); /* both were tried */
    assert_int_equal(test_integer(store, "SELECT min(attempts) FROM outbox"), 1);
    server_tell(server, "accept");
    atomic_store(&hand_now, NOON + MINUTES(1) - 1);
    assert_int_equal(run(mailer), 0);
    atomic_store(&hand_now, NOON + MINUTES(1));
    assert_int_equal(run(mailer), 2);
    assert_int_equal(bounces, 0);
    sender_end(mailer);
}

static void test_delayed_for_three_days_bounces(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    server_tell(server, "refuse 451");
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    for (int64_t now = NOON; now < NOON + DAYS(5); now += MINUTES(10)) {
        atomic_store(&hand_now, now);
        assert_int_equal(run(mailer), 0);
        assert_int_equal(rows_in(store, "queued") + rows_in(store, "bounced"), 1);
        if (now < NOON + DAYS(3))
            assert_int_equal(bounces, 0);
    }
    assert_int_equal(bounces, 1);
    assert_true(test_integer(store, "SELECT attempts FROM outbox") >= 8);
    assert_true(test_integer(store, "SELECT attempts FROM outbox") <= 14);
    sender_end(mailer);
}

static void test_refused_sender_is_nobodys_bounce(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    server_tell(server, "refuse-sender 553");
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    queue(store, &news_kind, "bo@example.org", "page:1", NOON, &news);
    assert_int_equal(run(mailer), 0);
    assert_int_equal(bounces, 0);
    assert_int_equal(rows_in(store, "queued"), 2);
    /* The rest is not even tried. */
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox WHERE attempts = 0"), 1);
    sender_end(mailer);
}

static void test_dropped_connection_is_tried_again(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    server_tell(server, "drop");
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(run(mailer), 0);
    assert_int_equal(rows_in(store, "queued"), 1);
    server_tell(server, "accept");
    atomic_store(&hand_now, NOON + MINUTES(1));
    assert_int_equal(run(mailer), 1);
    assert_int_equal(server_messages(server), 1);
    sender_end(mailer);
}

static void test_absent_server_keeps_all_waiting(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    struct server *gone = server;
    server = server_new(NULL); /* another port */
    server_free(gone);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    queue(store, &news_kind, "bo@example.org", "page:1", NOON, &news);
    assert_int_equal(run(mailer), 0);
    assert_int_equal(rows_in(store, "queued"), 2);
    assert_int_equal(test_integer(store, "SELECT sum(attempts) FROM outbox"), 1);
    mailer_stop(mailer);
    mailer = mailer_for(store, &(struct mail_options){0});
    atomic_store(&hand_now, NOON + MINUTES(1));
    assert_int_equal(run(mailer), 2);
    sender_end(mailer);
}

/* ---- death between handing over and marking ---- */

/* Sends in a process of its own, which is killed while the server keeps the message unanswered. */
static void die_while_sending(const char *address) {
    const pid_t child = fork();
    if (child == 0) {
        const struct store_options options = test_options(address);
        struct store *store;
        if (store_open(&options, &store) == ERR_OK)
            (void)run(mailer_for(store, &(struct mail_options){0}));
        _exit(1);
    }
    assert_true(child > 0);
    for (int i = 0; i < 2000 && server_messages(server) == 0; i++)
        (void)usleep(5000);
    int status;
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void same_identity_after_death(enum engine engine) {
    struct test_database *database = test_database_new(engine);
    if (database == NULL)
        skip();
    const struct store_options options = test_options(test_database_address(database));
    struct store *store;
    server = server_new(NULL);
    atomic_store(&hand_now, NOON);
    assert_int_equal(store_open(&options, &store), ERR_OK);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    store_close(store);
    server_tell(server, "silent");
    die_while_sending(options.address);
    server_tell(server, "accept");
    assert_int_equal(store_open(&options, &store), ERR_OK);
    struct mailer *mailer = mailer_for(store, &(struct mail_options){0});
    assert_int_equal(run(mailer), 0); /* still leased to the dead */
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    atomic_store(&hand_now, NOON + MINUTES(1));
    assert_int_equal(run(mailer), 1);
    assert_int_equal(rows_in(store, "sent"), 1);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox"), 1);
    assert_int_equal(server_messages(server), 2);
    json_t *first = server_message(server, 0), *second = server_message(server, 1);
    assert_string_equal(message_text(first, "headers", "message-id"),
                        message_text(second, "headers", "message-id"));
    assert_true(json_equal(first, second)); /* the very same letter */
    json_decref(first);
    json_decref(second);
    sender_end(mailer);
    store_close(store);
    test_database_free(database);
}

static void test_same_identity_after_death_on_sqlite(void **state) {
    (void)state;
    same_identity_after_death(ENGINE_SQLITE);
}

static void test_same_identity_after_death_on_postgresql(void **state) {
    (void)state;
    same_identity_after_death(ENGINE_POSTGRESQL);
}

/* ---- what is kept, and what is not sent ---- */

static void test_sent_code_is_forgotten(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    queue(store, &code_kind, "alva@example.org", "login:1", NOON, &code);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(run(mailer), 2);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox WHERE facts IS NULL AND "
                                         "address IS NULL AND name IS NULL AND kind = 'code'"),
                     1);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox WHERE facts IS NOT NULL AND "
                                         "address IS NOT NULL AND kind = 'news'"),
                     1);
    queue(store, &code_kind, "alva@example.org", "login:1", NOON, &code);
    assert_int_equal(run(mailer), 0); /* still known by its cause */
    sender_end(mailer);
}

static void test_code_that_came_too_late_is_not_sent(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    queue(store, &code_kind, "alva@example.org", "login:1", NOON, &code);
    atomic_store(&hand_now, NOON + MINUTES(15));
    assert_int_equal(run(mailer), 0);
    assert_int_equal(rows_in(store, "stopped"), 1);
    assert_int_equal(server_messages(server), 0);
    assert_int_equal(bounces, 0);
    sender_end(mailer);
}

static void test_night_lets_only_answers_out(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    atomic_store(&hand_now, NOON + HOURS(10)); /* 22.13: the sender was down all day */
    queue(store, &code_kind, "alva@example.org", "login:1", NOON + HOURS(10), &code);
    assert_int_equal(run(mailer), 1);
    assert_int_equal(rows_in(store, "queued"), 1);
    assert_int_equal(test_integer(store, "SELECT attempts FROM outbox WHERE kind = 'news'"), 0);
    atomic_store(&hand_now, mail_leaves_at(NOON + HOURS(10), false));
    assert_int_equal(run(mailer), 1);
    sender_end(mailer);
}

static void test_header_injection_sends_nothing(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    static const char *const bad[] = {"Nyhet\r\nBcc: everyone@example.org", "Nyhet\nX: y",
                                      "Nyhet\rX"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char cause[20];
        const struct news_facts facts = {.title = bad[i], .leave = {"/follows/7"}};
        (void)snprintf(cause, sizeof cause, "page:%zu", i);
        queue(store, &news_kind, "alva@example.org", cause, NOON, &facts);
    }
    const struct news_facts leave = {.title = "Nyhet", .leave = {"/a>\r\nBcc: x@y.example"}};
    queue(store, &news_kind, "alva@example.org", "leave", NOON, &leave);
    queue(store, &news_kind, "alva@example.org", "good", NOON, &news);
    assert_int_equal(run(mailer), 1); /* the good one is not held up */
    assert_int_equal(rows_in(store, "stopped"), 4);
    assert_int_equal(server_messages(server), 1);
    sender_end(mailer);
}

static void test_unknown_organisation_holds_up_nobody(void **state) {
    struct store *store = test_store(state);
    struct mailer *mailer = sender_begin(store);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    test_execute(store, "UPDATE outbox SET tenant = 8");
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(run(mailer), 1);
    assert_int_equal(rows_in(store, "queued"), 1);
    sender_end(mailer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_taken_mail_is_sent_once),
        TEST_ON_BOTH(test_refused_address_bounces),
        TEST_ON_SQLITE(test_refused_message_bounces),
        TEST_ON_BOTH(test_delayed_mail_goes_later),
        TEST_ON_SQLITE(test_delayed_for_three_days_bounces),
        TEST_ON_SQLITE(test_refused_sender_is_nobodys_bounce),
        TEST_ON_SQLITE(test_dropped_connection_is_tried_again),
        TEST_ON_SQLITE(test_absent_server_keeps_all_waiting),
        cmocka_unit_test(test_same_identity_after_death_on_sqlite),
        cmocka_unit_test(test_same_identity_after_death_on_postgresql),
        TEST_ON_BOTH(test_sent_code_is_forgotten),
        TEST_ON_SQLITE(test_code_that_came_too_late_is_not_sent),
        TEST_ON_BOTH(test_night_lets_only_answers_out),
        TEST_ON_SQLITE(test_header_injection_sends_nothing),
        TEST_ON_SQLITE(test_unknown_organisation_holds_up_nobody),
    };
    return cmocka_run_group_tests(tests, post_begin, NULL);
}
