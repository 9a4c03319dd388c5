/* How long a session lives, and what a browser is called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "people/sessions/rules.h"

static const int64_t start = INT64_C(1780000000000000);

static int64_t life(bool staff, bool remember, int64_t seen_after) {
    const struct session_life session = {start, start + seen_after, staff, remember};

    return session_ends_at(&session) - start;
}

static void sessions_end(void **state) {
    (void)state;
    assert_int_equal(life(true, false, 0), HOURS(8));
    assert_int_equal(life(true, false, HOURS(3)), HOURS(11));
    assert_int_equal(life(true, false, HOURS(7)), HOURS(12));
    assert_int_equal(life(true, true, HOURS(7)), HOURS(12)); /* remembering is not for staff */
    assert_int_equal(life(false, false, 0), HOURS(4));
    assert_int_equal(life(false, false, HOURS(23)), HOURS(24));
    assert_int_equal(life(false, true, 0), DAYS(30));
    assert_int_equal(life(false, true, DAYS(20)), DAYS(30));
}

static void browsers_have_coarse_names(void **state) {
    static const struct {
        const char *header, *name;
    } cases[] = {
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
         "Edge, Windows"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
         "Safari, iPhone"},
        {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
         "Firefox, Linux"},
        {"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 "
         "Mobile Safari/537.36",
         "Chrome, Android"},
        {"curl/8.5.0", NULL},
        {NULL, NULL},
    };
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *name = browser_name(arena, cases[i].header);
        if (cases[i].name == NULL)
            assert_null(name);
        else
            assert_string_equal(name, cases[i].name);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_end),
        cmocka_unit_test(browsers_have_coarse_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
