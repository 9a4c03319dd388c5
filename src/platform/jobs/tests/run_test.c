/* Jobs as rows: run when due, again when refused, never twice at once, never lost. */
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/jobs/tests/kinds.h"

#define NOON INT64_C(1781000000000000) /* 9 June 2026, 10.13 UTC */

/* "daily" is due at the first run of a new database: let it be over. */
static struct store *begin(void **state) {
    struct store *store = test_store(state);
    assert_int_equal(run_due(store, NOON), 1);
    tests_begin();
    return store;
}

static void test_job_runs_once_when_due(void **state) {
    struct store *store = begin(state);
    ask(store, "count", "1", NOON + SECONDS(10));
    assert_int_equal(run_due(store, NOON + SECONDS(9)), 0);
    assert_int_equal(run_due(store, NOON + SECONDS(10)), 1);
    assert_int_equal(run_due(store, NOON + HOURS(1)), 0);
    assert_int_equal(runs, 1);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM job WHERE kind = 'count'"), 0);
}

static void test_asking_again_moves_the_time(void **state) {
    struct store *store = begin(state);
    ask(store, "count", "1", NOON + SECONDS(10));
    ask(store, "count", "1", NOON + SECONDS(20));
    assert_int_equal(test_integer(store, "SELECT count(*) FROM job WHERE kind = 'count'"), 1);
    assert_int_equal(run_due(store, NOON + SECONDS(10)), 0);
    assert_int_equal(run_due(store, NOON + SECONDS(20)), 1);
}

static enum error cancel_act(void *context, struct db *db) {
    (void)context;
    return job_cancel(db, 1, "count", "1");
}

static void test_job_is_taken_back(void **state) {
    struct store *store = begin(state);
    ask(store, "count", "1", NOON);
    assert_int_equal(store_act(store, cancel_act, NULL), ERR_OK);
    assert_int_equal(store_act(store, cancel_act, NULL), ERR_OK);
    assert_int_equal(run_due(store, NOON), 0);
}

static void test_refused_job_is_tried_ten_times(void **state) {
    struct store *store = begin(state);
    int64_t now = NOON;
    ask(store, "refuse", "1", now);
    for (int attempt = 1; attempt <= JOB_ATTEMPTS_MOST; attempt++) {
        assert_int_equal(run_due(store, now - 1), 0);
        assert_int_equal(run_due(store, now), 1);
        now += job_pause(attempt);
    }
    assert_int_equal(runs, JOB_ATTEMPTS_MOST);
    assert_int_equal(run_due(store, now + DAYS(1) - HOURS(20)), 0);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM job WHERE failed_at IS NOT NULL"),
                     1);
    ask(store, "refuse", "1", now); /* somebody asks: ten new attempts */
    assert_int_equal(run_due(store, now), 1);
}

static void test_job_asked_for_while_it_runs_runs_again(void **state) {
    struct store *store = begin(state);
    ask(store, "again", "k", NOON);
    assert_int_equal(run_due(store, NOON), 4);
    assert_int_equal(runs, 4);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM job WHERE kind = 'again'"), 0);
}

static void test_recurring_job_keeps_its_step(void **state) {
    struct store *store = begin(state);
    assert_int_equal(run_due(store, NOON + HOURS(23)), 0);
    assert_int_equal(run_due(store, NOON + HOURS(25)), 1);
    assert_int_equal(run_due(store, NOON + HOURS(47)), 0);
    assert_int_equal(run_due(store, NOON + HOURS(48)), 1);
    assert_int_equal(run_due(store, NOON + DAYS(30) + 1), 1); /* not once for each day missed */
    assert_int_equal(test_integer(store, "SELECT count(*) FROM job WHERE kind = 'daily'"), 1);
}

/* ---- how they stand ---- */

static int64_t failed_now(struct store *store) {
    struct job_context context = {.store = store, .arena = arena_new(1 << 20)};
    assert_int_equal(store_reader(store, 2000, &context.db), ERR_OK);
    assert_int_equal(jobs_watch_job.run(&context, NULL), ERR_OK);
    store_reader_done(store, context.db);
    arena_free(context.arena);
    return jobs_state_kept().failed;
}

/* Given up or recurring: who keeps failing is counted until it goes well again. */
static void test_failed_jobs_are_known(void **state) {
    struct store *store = begin(state);
    int64_t now = NOON + DAYS(1);
    daily_break(true);
    ask(store, "of_another_version", "1", NOON);
    assert_int_equal(failed_now(store), 0);
    assert_int_equal(run_due(store, NOON), 1);
    assert_int_equal(failed_now(store), 1);
    for (int attempt = 1; attempt <= JOB_ATTEMPTS_MOST; attempt++) {
        assert_int_equal(failed_now(store), 1);
        assert_int_equal(run_due(store, now), 1);
        now += job_pause(attempt);
    }
    assert_int_equal(failed_now(store), 2);
    daily_break(false);
    assert_int_equal(run_due(store, NOON + DAYS(3)), 1);
    assert_int_equal(failed_now(store), 1);
    assert_true(jobs_state_kept().waiting > 0);
    ask(store, "of_another_version", "1", now); /* somebody asks for it again */
    assert_int_equal(failed_now(store), 0);
}

static void test_memory_beyond_its_bound_is_an_attempt(void **state) {
    struct store *store = begin(state);
    ask(store, "memory", "1", NOON);
    ask(store, "count", "1", NOON);
    assert_int_equal(run_due(store, NOON), 2);
    assert_int_equal(runs, 1);
    assert_int_equal(test_integer(store, "SELECT attempt FROM job WHERE kind = 'memory'"), 1);
}

static void test_unknown_kind_is_given_up(void **state) {
    struct store *store = begin(state);
    ask(store, "of_another_version", "1", NOON);
    assert_int_equal(run_due(store, NOON), 1);
    assert_int_equal(run_due(store, NOON + DAYS(1) - 1), 0);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM job WHERE failed_at IS NOT NULL"),
                     1);
}

static void *run_in_thread(void *store) {
    size_t run;
    const enum error error = jobs_run_due(store, NOON, &run);
    return error == ERR_OK ? NULL : store;
}

static void test_two_runners_never_run_one_job_at_once(void **state) {
    struct store *store = begin(state);
    pthread_t threads[3];
    for (int i = 0; i < KEYS; i++) {
        char key[12];
        (void)snprintf(key, sizeof key, "%d", i);
        ask(store, "count", key, NOON);
    }
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run_in_thread, store), 0);
    for (size_t i = 0; i < 3; i++) {
        void *failed;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    assert_int_equal(runs, KEYS);
    assert_int_equal(overlaps, 0);
    for (size_t i = 0; i < KEYS; i++)
        assert_int_equal(runs_of[i], 1);
}

/* ---- a handler that takes the whole process with it ---- */

/* In a process of its own: opens the store, runs what is due. Returns how it ended. */
static int run_in_process(const char *address, int64_t now) {
    const pid_t child = fork();
    if (child == 0) {
        const struct store_options options = test_options(address);
        struct store *store;
        size_t run;
        if (store_open(&options, &store) != ERR_OK || jobs_run_due(store, now, &run) != ERR_OK)
            _exit(99);
        store_close(store);
        _exit(0);
    }
    int status = 0;
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void ask_and_close(const char *address, int64_t now) {
    const struct store_options options = test_options(address);
    struct store *store;
    assert_int_equal(store_open(&options, &store), ERR_OK);
    ask(store, "crash", "1", now);
    ask(store, "count", "1", now + 1);
    store_close(store);
}

static void crash_on(enum engine engine) {
    struct test_database *database = test_database_new(engine);
    if (database == NULL)
        skip();
    const char *address = test_database_address(database);
    ask_and_close(address, NOON);
    int64_t now = NOON;
    for (int attempt = 1; attempt <= JOB_ATTEMPTS_MOST; attempt++, now += JOB_LEASE) {
        const int status = run_in_process(address, now);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        /* While the dead one's lease lasts nobody else runs the job; the others go on. */
        assert_int_equal(run_in_process(address, now + JOB_LEASE - 1), 0);
    }
    assert_int_equal(run_in_process(address, now), 0); /* the eleventh time it is given up */
    const struct store_options options = test_options(address);
    struct store *store;
    assert_int_equal(store_open(&options, &store), ERR_OK);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM job WHERE kind = 'count'"), 0);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM job WHERE failed_at IS NOT NULL"),
                     1);
    store_close(store);
    test_database_free(database);
}

static void test_crashing_job_is_survived_on_sqlite(void **state) {
    (void)state;
    crash_on(ENGINE_SQLITE);
}

static void test_crashing_job_is_survived_on_postgresql(void **state) {
    (void)state;
    crash_on(ENGINE_POSTGRESQL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_job_runs_once_when_due),
        TEST_ON_BOTH(test_asking_again_moves_the_time),
        TEST_ON_BOTH(test_job_is_taken_back),
        TEST_ON_BOTH(test_refused_job_is_tried_ten_times),
        TEST_ON_BOTH(test_job_asked_for_while_it_runs_runs_again),
        TEST_ON_BOTH(test_recurring_job_keeps_its_step),
        TEST_ON_BOTH(test_failed_jobs_are_known),
        TEST_ON_BOTH(test_memory_beyond_its_bound_is_an_attempt),
        TEST_ON_BOTH(test_unknown_kind_is_given_up),
        TEST_ON_BOTH(test_two_runners_never_run_one_job_at_once),
        cmocka_unit_test(test_crashing_job_is_survived_on_sqlite),
        cmocka_unit_test(test_crashing_job_is_survived_on_postgresql),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
