/* Arena: bound, zeroing, deferred clean-ups, recovery. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/arena.h"

static int order[4];
static int called;

static void note(void *thing) {
    order[called++] = *(int *)thing;
}

static void cleanups_run_in_reverse(void **state) {
    (void)state;
    struct arena *arena = arena_new(1000);
    int one = 1, two = 2;
    called = 0;
    arena_defer(arena, note, &one);
    arena_defer(arena, note, &two);
    arena_reset(arena);
    assert_int_equal(called, 2);
    assert_int_equal(order[0], 2);
    assert_int_equal(order[1], 1);
    arena_free(arena);
    assert_int_equal(called, 2);
}

static void memory_is_zero_also_after_reset(void **state) {
    (void)state;
    struct arena *arena = arena_new(100000);
    for (int round = 0; round < 3; round++) {
        unsigned char *bytes = arena_take(arena, 40000);
        unsigned char *few = arena_take(arena, 100);
        for (size_t i = 0; i < 100; i++)
            assert_int_equal(bytes[i] | few[i], 0);
        memset(bytes, 0xff, 40000);
        memset(few, 0xff, 100);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void passing_the_bound_recovers(void **state) {
    (void)state;
    struct arena *arena = arena_new(1000);
    volatile int reached = 0;
    if (ARENA_RECOVER(arena)) {
        assert_int_equal(reached, 1);
        arena_free(arena);
        return;
    }
    (void)arena_take(arena, 900);
    reached = 1;
    (void)arena_take(arena, 200);
    fail_msg("the bound was not held");
}

static void overflowing_array_recovers(void **state) {
    (void)state;
    struct arena *arena = arena_new(1000);
    if (ARENA_RECOVER(arena)) {
        arena_free(arena);
        return;
    }
    (void)arena_array(arena, SIZE_MAX / 2, 4);
    fail_msg("overflow was not seen");
}

static void nth_take_can_be_made_to_fail(void **state) {
    (void)state;
    struct arena *arena = arena_new(100000);
    volatile int taken = 0;
    if (ARENA_RECOVER(arena)) {
        assert_int_equal(taken, 2);
        arena_free(arena);
        return;
    }
    arena_fail_after(arena, 3);
    for (; taken < 5; taken++)
        (void)arena_take(arena, 8);
    fail_msg("the third take did not fail");
}

static void texts_and_formats(void **state) {
    (void)state;
    struct arena *arena = arena_new(100000);
    assert_string_equal(arena_format(arena, "%d-%s", 7, "å"), "7-å");
    assert_string_equal(arena_copy_span(arena, "abc", 2), "ab");
    assert_null(arena_copy_text(arena, NULL));
    arena_free(arena);
}

static void the_last_bytes_widen_in_place(void **state) {
    (void)state;
    struct arena *arena = arena_new(100000);
    char *first = arena_widen(arena, NULL, 0, 16);
    memcpy(first, "fifteen letters", 16);
    char *wider = arena_widen(arena, first, 16, 4000);
    assert_ptr_equal(wider, first);
    memset(wider + 16, 'x', 4000 - 16);
    const char *after = arena_take(arena, 64);
    assert_int_equal(after[0] | after[63], 0);
    assert_true(arena_used(arena) >= 4064);
    char *moved = arena_widen(arena, wider, 4000, 5000); /* something stands behind it */
    assert_ptr_not_equal(moved, wider);
    assert_memory_equal(moved, "fifteen letters", 16);
    const char *big = arena_widen(arena, moved, 5000, 40000); /* past the end of its block */
    assert_memory_equal(big, "fifteen letters", 16);
    arena_free(arena);
}

static void widening_past_the_bound_recovers(void **state) {
    (void)state;
    struct arena *arena = arena_new(1000);
    char *volatile bytes = arena_take(arena, 500);
    if (ARENA_RECOVER(arena)) {
        arena_free(arena);
        return;
    }
    bytes = arena_widen(arena, bytes, 500, 1500);
    fail_msg("the bound was not seen");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleanups_run_in_reverse),
        cmocka_unit_test(memory_is_zero_also_after_reset),
        cmocka_unit_test(passing_the_bound_recovers),
        cmocka_unit_test(overflowing_array_recovers),
        cmocka_unit_test(nth_take_can_be_made_to_fail),
        cmocka_unit_test(texts_and_formats),
        cmocka_unit_test(the_last_bytes_widen_in_place),
        cmocka_unit_test(widening_past_the_bound_recovers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
