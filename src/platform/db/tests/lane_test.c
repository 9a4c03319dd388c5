/* The write lane: many acts, one commit, and no act harmed by another. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/db/tests/library/crowd.h"

enum { CROWD = 200, THREADS = 50, EACH = 10 };

/* One lane, so that a gate holds all acts. */
static struct store *one_lane(void **state, size_t queue_limit) {
    (void)test_store(state);
    struct store_options options = test_options(test_database_address(test_store_database(state)));
    options.lanes = 1;
    options.queue_limit = queue_limit;
    return test_store_reopen(state, &options);
}

static enum error add_one(void *context, struct db *db) {
    return book_add(db, context, "title");
}

static void test_act_survives_reopening(void **state) {
    struct store *store = test_store(state);
    assert_int_equal(store_act(store, add_one, (char[]){"1"}), ERR_OK);
    const struct store_options options =
        test_options(test_database_address(test_store_database(state)));
    assert_int_equal(book_count(test_store_reopen(state, &options)), 1);
}

static void test_waiting_acts_share_a_commit(void **state) {
    struct store *store = one_lane(state, 1000);
    struct gate gate;
    sem_t finished;
    sem_init(&finished, 0, 0);
    struct adding *all = addings(0, CROWD, &finished);
    gate_close(&gate, store);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(store_submit(store, &all[i].act), ERR_OK);
    assert_int_equal(store_state(store).queued, CROWD);
    const uint64_t commits = store_state(store).commits;
    gate_open(&gate);
    await(&finished, CROWD);
    for (size_t i = 0; i < CROWD; i++) {
        assert_int_equal(all[i].error, ERR_OK);
        assert_int_equal(atomic_load(&all[i].times_done), 1);
    }
    assert_int_equal(book_count(store), CROWD);
    const uint64_t batches = store_state(store).commits - commits - 1;
    assert_true(batches >= 1 && batches <= 1 + CROWD / 64);
    free(all);
}

static void test_failing_act_harms_no_other(void **state) {
    struct store *store = one_lane(state, 1000);
    struct gate gate;
    sem_t finished;
    sem_init(&finished, 0, 0);
    struct adding *all = addings(0, CROWD, &finished);
    for (size_t i = 10; i < CROWD; i += 10)
        all[i].number = 0; /* there already */
    gate_close(&gate, store);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(store_submit(store, &all[i].act), ERR_OK);
    gate_open(&gate);
    await(&finished, CROWD);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(all[i].error, i >= 10 && i % 10 == 0 ? ERR_CONFLICT : ERR_OK);
    assert_int_equal(book_count(store), CROWD - 19);
    free(all);
}

struct client {
    struct store *store;
    int number;
    int failed;
};

static void *client_main(void *context) {
    struct client *client = context;
    for (int i = 0; i < EACH; i++) {
        char isbn[24];
        (void)snprintf(isbn, sizeof isbn, "%d-%d", client->number, i);
        if (store_act(client->store, add_one, isbn) != ERR_OK)
            client->failed++;
    }
    return NULL;
}

static void test_fifty_threads(void **state) {
    struct store *store = test_store(state);
    pthread_t threads[THREADS];
    struct client clients[THREADS];
    for (int i = 0; i < THREADS; i++) {
        clients[i] = (struct client){.store = store, .number = i};
        assert_int_equal(pthread_create(&threads[i], NULL, client_main, &clients[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(clients[i].failed, 0);
    }
    assert_int_equal(book_count(store), THREADS * EACH);
    assert_int_equal(store_state(store).acts, THREADS * EACH);
}

/* One form sent fifty times at once counts once (DESIGN, the same act twice). */
static void *same_main(void *context) {
    struct client *client = context;
    const enum error error = store_act(client->store, add_one, (char[]){"the same"});
    client->failed = error == ERR_CONFLICT;
    return NULL;
}

static void test_fifty_times_the_same(void **state) {
    struct store *store = test_store(state);
    pthread_t threads[THREADS];
    struct client clients[THREADS];
    int failed = 0;
    for (int i = 0; i < THREADS; i++) {
        clients[i] = (struct client){.store = store};
        assert_int_equal(pthread_create(&threads[i], NULL, same_main, &clients[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        failed += clients[i].failed;
    }
    assert_int_equal(failed, THREADS - 1);
    assert_int_equal(book_count(store), 1);
}

static void test_queue_has_a_bound(void **state) {
    enum { BOUND = 7 };
    struct store *store = one_lane(state, BOUND);
    struct gate gate;
    sem_t finished;
    sem_init(&finished, 0, 0);
    struct adding *all = addings(0, BOUND + 1, &finished);
    gate_close(&gate, store);
    for (size_t i = 0; i < BOUND; i++)
        assert_int_equal(store_submit(store, &all[i].act), ERR_OK);
    assert_int_equal(store_submit(store, &all[BOUND].act), ERR_BUSY);
    gate_open(&gate);
    await(&finished, BOUND);
    assert_int_equal(atomic_load(&all[BOUND].times_done), 0);
    assert_int_equal(store_submit(store, &all[BOUND].act), ERR_OK);
    await(&finished, 1);
    assert_int_equal(book_count(store), BOUND + 1);
    free(all);
}

static void *close_main(void *store) {
    store_close(store);
    return NULL;
}

/* What was taken in before closing is run; what comes after is refused; nothing is done twice. */
static void test_closing_while_acts_wait(void **state) {
    const struct test_database *database = test_store_database(state);
    struct store_options options = test_options(test_database_address(database));
    struct store *store;
    struct gate gate;
    pthread_t closer;
    sem_t finished;
    options.lanes = 1;
    options.queue_limit = 1000000;
    assert_int_equal(store_open(&options, &store), ERR_OK);
    sem_init(&finished, 0, 0);
    struct adding *before = addings(0, CROWD, &finished);
    gate_close(&gate, store);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(store_submit(store, &before[i].act), ERR_OK);
    assert_int_equal(pthread_create(&closer, NULL, close_main, store), 0);
    enum error refused = ERR_OK;
    size_t meanwhile = 0;
    struct adding *late[100000];
    while (refused == ERR_OK && meanwhile < 100000) {
        late[meanwhile] = addings(1000 + (int)meanwhile, 1, &finished);
        refused = store_submit(store, &late[meanwhile++]->act);
        sched_yield();
    }
    assert_int_equal(refused, ERR_UNAVAILABLE);
    gate_open(&gate);
    pthread_join(closer, NULL);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(atomic_load(&before[i].times_done), 1);
    for (size_t i = 0; i < meanwhile; i++) {
        assert_int_equal(atomic_load(&late[i]->times_done), i + 1 < meanwhile);
        free(late[i]);
    }
    assert_int_equal(book_count(test_store(state)), CROWD + meanwhile - 1);
    free(before);
}

struct watched {
    struct adding adding;
    struct store *store;
    uint64_t versions[64];
};

static void watched_done(struct act *act, enum error error) {
    struct watched *watched = (struct watched *)act;
    store_topic_versions(watched->store, watched->versions);
    adding_done(act, error);
}

/* Who is told that it is written finds no older page in the cache. */
static void test_topics_change_before_done(void **state) {
    struct store *store = test_store(state);
    sem_t finished;
    uint64_t before[64];
    sem_init(&finished, 0, 0);
    struct watched watched = {
        .adding = {.act = {.run = adding_run, .done = watched_done}, .finished = &finished},
        .store = store};
    store_topic_versions(store, before);
    assert_int_equal(store_submit(store, &watched.adding.act), ERR_OK);
    await(&finished, 1);
    assert_true(sql_book_insert_bare.writes != 0);
    for (size_t i = 0; i < 64; i++) {
        const bool written = (sql_book_insert_bare.writes >> i & 1) != 0;
        assert_int_equal(watched.versions[i] != before[i], written);
    }
}

static bool any_topic_changed(struct store *store, const uint64_t before[64]) {
    uint64_t now[64];
    store_topic_versions(store, now);
    return memcmp(before, now, sizeof now) != 0;
}

/* The command line writes beside the service: kept pages are dropped soon. */
static void test_writing_of_others_is_noticed(void **state) {
    struct store *store = test_store(state), *other;
    const struct store_options options =
        test_options(test_database_address(test_store_database(state)));
    uint64_t before[64];
    assert_int_equal(store_open(&options, &other), ERR_OK);
    store_topic_versions(store, before);
    assert_int_equal(store_act(other, add_one, (char[]){"1"}), ERR_OK);
    for (int i = 0; i < 500 && !any_topic_changed(store, before); i++)
        usleep(10000);
    assert_true(any_topic_changed(store, before));
    store_close(other);
}

static void test_disk_floor(void **state) {
    (void)test_store(state);
    struct store_options options = test_options(test_database_address(test_store_database(state)));
    options.disk_floor = INT64_MAX;
    struct store *store = test_store_reopen(state, &options);
    assert_int_equal(store_act(store, add_one, (char[]){"1"}), ERR_UNAVAILABLE);
    assert_int_equal(book_count(store), 0);
    options.disk_floor = 1;
    store = test_store_reopen(state, &options);
    assert_int_equal(store_act(store, add_one, (char[]){"1"}), ERR_OK);
}

static void test_state_answers(void **state) {
    struct store *store = test_store(state);
    assert_int_equal(store_act(store, add_one, (char[]){"1"}), ERR_OK);
    const struct store_state now = store_state(store);
    assert_true(now.answering);
    assert_int_equal(now.queued, 0);
    assert_int_equal(now.acts, 1);
    assert_int_equal(now.commits, 1);
    assert_true(now.commit_us_last > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_act_survives_reopening),
        TEST_ON_BOTH(test_waiting_acts_share_a_commit),
        TEST_ON_BOTH(test_failing_act_harms_no_other),
        TEST_ON_BOTH(test_fifty_threads),
        TEST_ON_BOTH(test_fifty_times_the_same),
        TEST_ON_BOTH(test_queue_has_a_bound),
        TEST_ON_BOTH(test_closing_while_acts_wait),
        TEST_ON_BOTH(test_topics_change_before_done),
        TEST_ON_SQLITE(test_writing_of_others_is_noticed),
        TEST_ON_SQLITE(test_disk_floor),
        TEST_ON_BOTH(test_state_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
