/* Pages made from the settings: who runs this (PUB-9), what is kept about people (QUA-4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/tests/site.h"
#include "platform/view/retention.h"

static void who_runs_it_is_told_pub_9(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    assert_int_equal(browser_get(reader, "/about"), 200);
    assert_true(browser_sees(reader, "Ljungsjö kommun driver platsen"));
    assert_true(browser_sees(reader, "allmän handling"));
    assert_true(browser_sees(reader, "0980-31 92 00"));
    assert_null(browser_header(reader, "set-cookie"));
    site_close(site);
}

/* Every class of data that says something about a person is named, with a reason in both languages.
 */
static void all_that_is_kept_is_named_qua_4(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    assert_int_equal(browser_get(reader, "/data-protection"), 200);
    assert_true(browser_sees(reader, "<li>Kommunstyrelsen</li>"));
    assert_true(browser_sees(reader, "<li>Tekniska nämnden</li>"));
    assert_true(browser_sees(reader, "dso@ljungsjo.example"));
    for (int i = 0; i < RETENTION_COUNT; i++) {
        const struct retention_class *class = retention_class((enum retention)i);
        if (class->from == RETENTION_FROM_NOTHING)
            continue;
        const char *what = arena_format(site->arena, "kept.%s", class->name);
        assert_non_null(word_if_any(LANGUAGE_SV, what));
        assert_non_null(word_if_any(LANGUAGE_EN, what));
        assert_true(browser_sees(reader, word(LANGUAGE_SV, what)));
    }
    reader->json = true;
    assert_int_equal(browser_get(reader, "/data-protection"), 200);
    assert_true(browser_sees(reader, "\"name\":\"message\""));
    site_close(site);
}

static void what_is_not_filled_in_yet_says_so(void **state) {
    struct site *site = site_open(state);
    test_execute(site->store,
                 "UPDATE organisation SET state = 'preparing', dpo = NULL, controller = NULL");
    struct browser *reader = browser_new(site, NOBODY);
    assert_int_equal(browser_get(reader, "/data-protection"), 200);
    assert_true(browser_sees(reader, "skrivs in innan platsen öppnar"));
    assert_int_equal(browser_get(reader, "/about"), 200);
    assert_true(browser_sees(reader, "håller på att ställa i ordning"));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(who_runs_it_is_told_pub_9),
        TEST_ON_SQLITE(all_that_is_kept_is_named_qua_4),
        TEST_ON_SQLITE(what_is_not_filled_in_yet_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
