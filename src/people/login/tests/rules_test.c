/* When a proof holds, and which passwords are good enough. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "people/login/rules.h"

static const int64_t now = INT64_C(1780000000000000);

static struct proof good(void) {
    return (struct proof){.id = 1, .ends_at = now + 1, .browser_fits = true, .code_fits = true};
}

static void proof_is_judged_in_this_order(void **state) {
    struct proof proof = good();

    (void)state;
    assert_int_equal(proof_judge(NULL, now), PROOF_NONE);
    assert_int_equal(proof_judge(&proof, now), PROOF_HOLDS);
    proof.code_fits = false;
    assert_int_equal(proof_judge(&proof, now), PROOF_WRONG);
    proof.attempts = PROOF_ATTEMPTS;
    assert_int_equal(proof_judge(&proof, now), PROOF_EXHAUSTED);
    proof.code_fits = true; /* right, but too late */
    assert_int_equal(proof_judge(&proof, now), PROOF_EXHAUSTED);
    proof.ends_at = now;
    assert_int_equal(proof_judge(&proof, now), PROOF_OVER);
    proof.browser_fits = false; /* another browser learns nothing more */
    assert_int_equal(proof_judge(&proof, now), PROOF_ELSEWHERE);
}

static void passwords_are_judged(void **state) {
    static const struct {
        const char *password;
        enum password_flaw flaw;
    } cases[] = {
        {"elva tecken", PASSWORD_TOO_SHORT},     {"tolv tecken!", PASSWORD_FINE},
        {"åäöåäöåäöåä", PASSWORD_TOO_SHORT}, /* 22 bytes, 11 characters */
        {"häst batteri klammer", PASSWORD_FINE}, {"password1234", PASSWORD_COMMON},
        {"PassWord 1234", PASSWORD_COMMON},      {"Lösenord1234", PASSWORD_COMMON},
        {"aaaaaaaaaaaaaaaa", PASSWORD_COMMON},   {"anna.andersson@example.org", PASSWORD_IS_EMAIL},
        {"Anna.Andersson", PASSWORD_IS_EMAIL},   {"anna.andersson och hunden", PASSWORD_FINE},
    };
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (password_judge(arena, cases[i].password, "anna.andersson@example.org") != cases[i].flaw)
            fail_msg("%s", cases[i].password);
    assert_int_equal(password_judge(arena, "utan adress går också", NULL), PASSWORD_FINE);
    arena_free(arena);
}

static void next_stays_on_our_site(void **state) {
    static const char *const bad[] = {NULL,          "",
                                      "account",     "//evil.example",
                                      "/\\evil",     "https://evil.example/",
                                      "/a b",        "/a\r\nSet-Cookie: x=y",
                                      "javascript:", "/\x7f"};
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_null(next_checked(bad[i]));
    assert_string_equal(next_checked("/account?x=1"), "/account?x=1");
    assert_string_equal(next_added(arena, "/login", "/a?b=1&c=%20+#d"),
                        "/login?next=/a?b=1%26c=%2520%2B%23d");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proof_is_judged_in_this_order),
        cmocka_unit_test(passwords_are_judged),
        cmocka_unit_test(next_stays_on_our_site),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
