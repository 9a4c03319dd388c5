/* Limits of attempts, and the cost of passwords. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "people/login/attempts.h"
#include "people/login/password.h"
#include "platform/base/instant.h"

static const int64_t start = INT64_C(1780000000000000);

static int taken(enum attempt attempt, int64_t tenant, const char *key, int64_t now, int times) {
    int allowed = 0;

    for (int i = 0; i < times; i++)
        allowed += attempt_take(attempt, tenant, key, now);
    return allowed;
}

static void a_quarter_and_a_day_have_their_limits(void **state) {
    int allowed = 0;

    (void)state;
    assert_int_equal(taken(ATTEMPT_MAIL, 1, "anna", start, 10), 5);
    assert_int_equal(taken(ATTEMPT_MAIL, 1, "anna", start + MINUTES(15) - 1, 1), 0);
    assert_int_equal(taken(ATTEMPT_MAIL, 1, "anna", start + MINUTES(15), 10), 5);
    for (int quarter = 2; quarter < 96; quarter++)
        allowed += taken(ATTEMPT_MAIL, 1, "anna", start + quarter * MINUTES(15), 10);
    assert_int_equal(allowed, 10); /* 20 in the whole day */
    assert_int_equal(taken(ATTEMPT_MAIL, 1, "anna", start + DAYS(1), 10), 5);
}

static void keys_tenants_and_purposes_are_apart(void **state) {
    (void)state;
    assert_int_equal(taken(ATTEMPT_FACTOR, 1, "7", start, 9), 5);
    assert_int_equal(taken(ATTEMPT_FACTOR, 2, "7", start, 9), 5);
    assert_int_equal(taken(ATTEMPT_FACTOR, 1, "8", start, 9), 5);
    assert_int_equal(taken(ATTEMPT_PASSWORD, 1, "7", start, 99), 10);
}

static void success_forgives(void **state) {
    (void)state;
    assert_int_equal(taken(ATTEMPT_PASSWORD, 1, "bert", start, 10), 10);
    assert_false(attempt_take(ATTEMPT_PASSWORD, 1, "bert", start));
    attempt_forgive(ATTEMPT_PASSWORD, 1, "bert");
    assert_true(attempt_take(ATTEMPT_PASSWORD, 1, "bert", start));
}

/* A flood of other keys must not lift the limit of one under attack for free: the table holds many.
 */
static void many_keys_fit_beside_each_other(void **state) {
    char key[16];

    (void)state;
    assert_int_equal(taken(ATTEMPT_MAIL, 3, "victim", start, 5), 5);
    for (int i = 0; i < 500; i++) {
        (void)snprintf(key, sizeof key, "%d", i);
        assert_true(attempt_take(ATTEMPT_MAIL, 3, key, start));
    }
    assert_false(attempt_take(ATTEMPT_MAIL, 3, "victim", start));
}

static void passwords_fit_only_their_own_hash(void **state) {
    struct arena *arena = arena_new(1 << 20);
    const char *hash = NULL, *other = NULL;
    bool fits = false;

    (void)state;
    assert_int_equal(password_hash(arena, "häst batteri klammer", &hash), ERR_OK);
    assert_int_equal(password_hash(arena, "häst batteri klammer", &other), ERR_OK);
    assert_string_not_equal(hash, other);
    assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
    assert_int_equal(password_fits(hash, "häst batteri klammer", &fits), ERR_OK);
    assert_true(fits);
    assert_int_equal(password_fits(hash, "häst batteri klamme", &fits), ERR_OK);
    assert_false(fits);
    /* Nobody's hash fits nothing, and costs the same work. */
    const int64_t before = instant_now();
    assert_int_equal(password_fits(NULL, "häst batteri klammer", &fits), ERR_OK);
    const int64_t dummy = instant_now() - before;
    assert_false(fits);
    assert_int_equal(password_fits(hash, "häst batteri klamme", &fits), ERR_OK);
    const int64_t real = instant_now() - before - dummy;
    assert_true(dummy > real / 4);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quarter_and_a_day_have_their_limits),
        cmocka_unit_test(keys_tenants_and_purposes_are_apart),
        cmocka_unit_test(success_forgives),
        cmocka_unit_test(many_keys_fit_beside_each_other),
        cmocka_unit_test(passwords_fit_only_their_own_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
