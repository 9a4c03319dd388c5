/* The outbox: once per person and cause, not at night, nothing kept longer than it must. */
#include <pthread.h>
#include <sodium.h>

#include "platform/mail/rules.h"
#include "platform/mail/tests/post/post.h"

static const struct news_facts news = {.title = "Ny badbrygga", .leave = {"/follows/7"}};
static const struct code_facts code = {.code = "482 913"};

static void test_one_row_per_person_and_cause(void **state) {
    struct store *store = test_store(state);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON + 1, &news);
    queue(store, &news_kind, " ALVA@Example.ORG", "page:1", NOON, &news);
    assert_int_equal(rows_in(store, "queued"), 1);
    queue(store, &news_kind, "bo@example.org", "page:1", NOON, &news);
    queue(store, &news_kind, "alva@example.org", "page:2", NOON, &news);
    queue(store, &code_kind, "alva@example.org", "page:1", NOON, &code);
    assert_int_equal(rows_in(store, "queued"), 4);
}

/* Who has the database alone cannot try addresses until one fits. */
static void test_recipient_needs_the_key(void **state) {
    struct store *store = test_store(state);
    static const char known[] = "news\npage:1\nalva@example.org";
    unsigned char bytes[16];
    char hex[sizeof bytes * 2 + 1], sql[200];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)known, strlen(known), NULL, 0);
    (void)sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM outbox WHERE recipient = '%s'", hex);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(test_integer(store, sql), 0);
    /* With another key it is somebody else's. */
    assert_int_equal(mail_keys_open(NULL), ERR_OK);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(rows_in(store, "queued"), 2);
}

static void *queue_in_thread(void *store) {
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    return NULL;
}

/* NOT-1: one mail, however often it is asked for. */
static void test_fifty_at_once_make_one_row(void **state) {
    struct store *store = test_store(state);
    pthread_t threads[50];
    for (size_t i = 0; i < 50; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, queue_in_thread, store), 0);
    for (size_t i = 0; i < 50; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox"), 1);
}

struct refusal {
    struct arena *arena;
    const char *address;
};

static enum error refused_act(void *context, struct db *db) {
    const struct refusal *refusal = context;
    const struct mail_recipient to = {.address = refusal->address, .language = LANGUAGE_SV};
    return mail_queue(db, refusal->arena, TENANT, &news_kind, &to, "page:1", NOON, &news);
}

static void test_what_is_no_address_is_refused(void **state) {
    struct store *store = test_store(state);
    static const char *const bad[] = {"", "alva", "a@b.example\r\nBcc: x@y.example",
                                      "a@b.example,c@d.example", "<a@b.example>"};
    struct refusal refusal = {.arena = arena_new(1 << 20)};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        refusal.address = bad[i];
        assert_int_equal(store_act(store, refused_act, &refusal), ERR_INVALID);
    }
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox"), 0);
    arena_free(refusal.arena);
}

static void test_night_waits_for_morning(void **state) {
    struct store *store = test_store(state);
    const int64_t night = NOON + HOURS(10); /* 22.13 */
    queue(store, &news_kind, "alva@example.org", "page:1", night, &news);
    queue(store, &code_kind, "alva@example.org", "login:1", night, &code);
    assert_int_equal(test_integer(store, "SELECT due_at FROM outbox WHERE kind = 'news'"),
                     mail_leaves_at(night, false));
    assert_int_equal(test_integer(store, "SELECT due_at FROM outbox WHERE kind = 'code'"), night);
}

static enum error stop_act(void *context, struct db *db) {
    (void)context;
    return mail_stop(db, TENANT, &news_kind, "page:1", NOON);
}

static void test_stopped_mail_says_nothing(void **state) {
    struct store *store = test_store(state);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    queue(store, &news_kind, "bo@example.org", "page:2", NOON, &news);
    assert_int_equal(store_act(store, stop_act, NULL), ERR_OK);
    assert_int_equal(rows_in(store, "stopped"), 1);
    assert_int_equal(rows_in(store, "queued"), 1);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox WHERE state = 'stopped' AND "
                                         "facts IS NULL AND address IS NULL AND name IS NULL"),
                     1);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(rows_in(store, "queued"), 1); /* and stays stopped */
}

static enum error erase_act(void *context, struct db *db) {
    (void)context;
    return mail_erase_account(db, TENANT, 11);
}

/* QUA-4 */
static void test_deleted_account_leaves_no_mail(void **state) {
    struct store *store = test_store(state);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(store_act(store, erase_act, NULL), ERR_OK);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox"), 0);
}

static void test_extract_tells_what_is_kept(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct buffer buffer = buffer_in(arena, 1 << 16);
    struct db *db;
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(mail_extract_account(db, arena, TENANT, 11, &buffer), ERR_OK);
    store_reader_done(store, db);
    assert_string_equal(buffer_string(&buffer),
                        "[{\"kind\":\"news\",\"state\":\"queued\",\"address\":\"alva@example.org\","
                        "\"queued_at\":\"2026-06-09T10:13:20Z\",\"ended_at\":null}]");
    arena_free(arena);
}

static void test_rows_go_when_their_term_ends(void **state) {
    struct store *store = test_store(state);
    size_t run;
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    queue(store, &news_kind, "bo@example.org", "page:2", NOON, &news);
    assert_int_equal(store_act(store, stop_act, NULL), ERR_OK);
    assert_int_equal(jobs_run_due(store, NOON + MAIL_KEPT, &run), ERR_OK);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox"), 2);
    assert_int_equal(jobs_run_due(store, NOON + MAIL_KEPT + DAYS(1) + 1, &run), ERR_OK);
    assert_int_equal(rows_in(store, "queued"), 1);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM outbox"), 1);
}

static void test_state_of_the_queue(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct mail_state found;
    struct db *db;
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(mail_state_read(db, arena, &found), ERR_OK);
    store_reader_done(store, db);
    assert_int_equal(found.queued, 0);
    assert_int_equal(found.oldest_at, INSTANT_NONE);
    queue(store, &news_kind, "alva@example.org", "page:1", NOON, &news);
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(mail_state_read(db, arena, &found), ERR_OK);
    store_reader_done(store, db);
    assert_int_equal(found.queued, 1);
    assert_int_equal(found.oldest_at, NOON);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_one_row_per_person_and_cause),
        TEST_ON_BOTH(test_recipient_needs_the_key),
        TEST_ON_BOTH(test_fifty_at_once_make_one_row),
        TEST_ON_BOTH(test_what_is_no_address_is_refused),
        TEST_ON_BOTH(test_night_waits_for_morning),
        TEST_ON_BOTH(test_stopped_mail_says_nothing),
        TEST_ON_BOTH(test_deleted_account_leaves_no_mail),
        TEST_ON_BOTH(test_extract_tells_what_is_kept),
        TEST_ON_BOTH(test_rows_go_when_their_term_ends),
        TEST_ON_BOTH(test_state_of_the_queue),
    };
    return cmocka_run_group_tests(tests, post_begin, NULL);
}
