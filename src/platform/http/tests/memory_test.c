/* Each place where a request takes memory fails in turn: 503, nothing leaks, nothing half done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/db/test_store.h"
#include "platform/http/tests/site/site.h"

enum { TAKES_MAX = 2000 };

static struct http *http_of(void **state) {
    struct http_options options = site_options(test_store(state));
    options.has_no_rates = true;
    return site_start(&options);
}

static void test_read_survives_each_failure(void **state) {
    struct http *http = http_of(state);
    size_t takes = 1;
    for (; takes < TAKES_MAX; takes++) {
        struct visit visit = visit_new(http);
        site_fail_after = takes;
        visit_get(&visit, "/notes?text=hej", NULL);
        const int status = visit.reply.status;
        visit_end(&visit);
        if (status == 200)
            break;
        assert_int_equal(status, 503);
    }
    assert_true(takes > 10 && takes < TAKES_MAX);
    http_stop(http);
}

/* A write that fails after its act is on disk answers 503 too: sent again, it counts once. */
static void test_write_survives_each_failure(void **state) {
    struct http *http = http_of(state);
    struct visit visit = visit_new(http);
    visit_get(&visit, "/notes", NULL);
    const char *body = arena_format(visit.arena, "text=hej&form=%s", visit_token(&visit));
    size_t takes = 1;
    for (; takes < TAKES_MAX; takes++) {
        site_fail_after = takes;
        visit_post(&visit, "/notes", HEADERS("Content-Type: application/x-www-form-urlencoded"),
                   body);
        if (visit.reply.status == 303)
            break;
        assert_int_equal(visit.reply.status, 503);
    }
    assert_true(takes > 10 && takes < TAKES_MAX);
    assert_non_null(visit_header(&visit, "location"));
    site_fail_after = 0;
    assert_int_equal(test_integer(test_store(state), "SELECT count(*) FROM note"), 1);
    assert_int_equal(test_integer(test_store(state), "SELECT count(*) FROM act"), 1);
    visit_end(&visit);
    http_stop(http);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_read_survives_each_failure),
        TEST_ON_BOTH(test_write_survives_each_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
