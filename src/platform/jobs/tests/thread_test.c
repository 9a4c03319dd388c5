/* The runner thread: runs by itself, stops when the clock jumps, goes on when somebody says so. */
#include <unistd.h>

#include "platform/jobs/tests/kinds.h"

/* A clock that goes as the wall's, moved by hand. */
static _Atomic int64_t moved_by;

static int64_t hand_clock(void) {
    return instant_now() + atomic_load(&moved_by);
}

static struct jobs *begin(struct store *store) {
    struct jobs *jobs;
    atomic_store(&moved_by, 0);
    assert_int_equal(jobs_start(store, hand_clock, &jobs), ERR_OK);
    return jobs;
}

static struct jobs_state state_of(struct jobs *jobs) {
    struct jobs_state found;
    assert_int_equal(jobs_state_read(jobs, &found), ERR_OK);
    return found;
}

/* Waits until `wanted` runs were counted; fails after ten seconds. */
static void wait_for_runs(struct jobs *jobs, int wanted) {
    for (int i = 0; i < 1000 && atomic_load(&runs) < wanted; i++) {
        jobs_wake(jobs);
        (void)usleep(10000);
    }
    assert_int_equal(runs, wanted);
}

static void wait_for_stop(struct jobs *jobs) {
    for (int i = 0; i < 1000 && !state_of(jobs).stopped_by_clock; i++) {
        jobs_wake(jobs);
        (void)usleep(10000);
    }
    assert_true(state_of(jobs).stopped_by_clock);
}

static void test_thread_runs_what_is_asked(void **state) {
    struct store *store = test_store(state);
    tests_begin();
    struct jobs *jobs = begin(store);
    wait_for_runs(jobs, 1); /* daily */
    ask(store, "count", "1", hand_clock());
    wait_for_runs(jobs, 2);
    ask(store, "count", "2", hand_clock() + DAYS(1));
    const struct jobs_state found = state_of(jobs);
    assert_false(found.stopped_by_clock);
    assert_int_equal(found.failed, 0);
    assert_true(found.waiting >= 2);
    jobs_stop(jobs);
}

static enum error accept_act(void *context, struct db *db) {
    (void)context;
    return job_clock_accept(db);
}

static void jump(void **state, int64_t by) {
    struct store *store = test_store(state);
    tests_begin();
    struct jobs *jobs = begin(store);
    wait_for_runs(jobs, 1);
    ask(store, "count", "1", hand_clock() + HOURS(1));
    atomic_store(&moved_by, by);
    wait_for_stop(jobs);
    ask(store, "count", "2", hand_clock());
    for (int i = 0; i < 20; i++) { /* it looks, and leaves all as it is */
        jobs_wake(jobs);
        (void)usleep(5000);
    }
    assert_int_equal(runs, 1);
    assert_true(jobs_state_kept().stopped_by_clock); /* /health says it without waiting */
    assert_int_equal(store_act(store, accept_act, NULL), ERR_OK);
    wait_for_runs(jobs, by > 0 ? 3 : 2);
    assert_false(state_of(jobs).stopped_by_clock);
    assert_false(jobs_state_kept().stopped_by_clock);
    jobs_stop(jobs);
}

static void test_jump_forward_stops_jobs(void **state) {
    jump(state, HOURS(2));
}

static void test_jump_backward_stops_jobs(void **state) {
    jump(state, -HOURS(2));
}

static void test_restart_goes_on_after_a_jump(void **state) {
    struct store *store = test_store(state);
    tests_begin();
    struct jobs *jobs = begin(store);
    wait_for_runs(jobs, 1);
    atomic_store(&moved_by, HOURS(2));
    wait_for_stop(jobs);
    jobs_stop(jobs);
    ask(store, "count", "1", hand_clock());
    assert_int_equal(jobs_start(store, hand_clock, &jobs), ERR_OK);
    wait_for_runs(jobs, 2);
    jobs_stop(jobs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_thread_runs_what_is_asked),
        TEST_ON_BOTH(test_jump_forward_stops_jobs),
        TEST_ON_BOTH(test_jump_backward_stops_jobs),
        TEST_ON_BOTH(test_restart_goes_on_after_a_jump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
