/* The abuse list against our own socket, without a proxy in front. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/db/test_store.h"
#include "platform/http/tests/site/site.h"
#include "platform/http/tests/wire.h"
#include "tests/abuse/probes.h"

enum { HEADER_SECONDS = 2, SLOW_MS = 6000 };

static struct http *http;

static int open_site(void **state) {
    if (test_store_open_sqlite(state) != 0)
        return -1;
    struct http_options options = site_options(test_store(state));
    options.listen = "127.0.0.1:0";
    options.header_seconds = HEADER_SECONDS;
    options.has_no_rates = true;
    http = site_start(&options);
    return 0;
}

static int close_site(void **state) {
    http_stop(http);
    return test_store_gone(state);
}

static void test_probes_are_refused_once_and_closed(void **state) {
    (void)state;
    probes_run(http_address(http), false);
}

static void test_long_head_is_refused(void **state) {
    (void)state;
    probe_long_head(http_address(http));
}

static void test_slow_head_is_cut_off(void **state) {
    (void)state;
    probe_slow_head(http_address(http), SLOW_MS);
}

static int status_of(const char *bytes, size_t length) {
    struct wire wire = wire_ask(http_address(http), bytes, length, 3000);
    const int status = wire.length < 12 ? 0 : (int)strtol(wire.bytes + 9, NULL, 10);
    wire_close(&wire);
    return status;
}
#define STATUS_OF(text) status_of(text, sizeof(text) - 1)

static void test_good_requests_pass(void **state) {
    (void)state;
    assert_int_equal(STATUS_OF("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 200);
    assert_int_equal(STATUS_OF("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), 200);
    assert_int_equal(STATUS_OF("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"), 200);
    assert_int_equal(STATUS_OF("GET /echo?a=b%20c&d HTTP/1.1\r\nHost: a\r\nX-Empty:\r\n"
                               "X-Space:   b  \r\nCookie: a=b; c=d\r\n\r\n"),
                     200);
    assert_int_equal(STATUS_OF("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), 200);
}

/* HTTP/1.0 without Host is legal, but says too little for any page of ours. */
static void test_old_client_gets_health_alone(void **state) {
    (void)state;
    assert_int_equal(STATUS_OF("GET /health HTTP/1.0\r\n\r\n"), 200);
    assert_int_equal(STATUS_OF("GET / HTTP/1.0\r\n\r\n"), 400);
    assert_int_equal(STATUS_OF("GET / HTTP/1.0\r\nHost: a\r\n\r\n"), 200);
}

/* Exceptions: answered otherwise than RFC 9112 recommends, without harm. The library closes a
 * request line with two spaces without an answer (SHOULD be 400). A bare line feed as line end,
 * which a reader MAY take, is refused. */
static void test_documented_exceptions(void **state) {
    (void)state;
    assert_int_equal(STATUS_OF("GET  /  HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
    assert_int_equal(STATUS_OF("GET / HTTP/1.1\nHost: a\n\n"), 400);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probes_are_refused_once_and_closed),
        cmocka_unit_test(test_long_head_is_refused),
        cmocka_unit_test(test_slow_head_is_cut_off),
        cmocka_unit_test(test_good_requests_pass),
        cmocka_unit_test(test_old_client_gets_health_alone),
        cmocka_unit_test(test_documented_exceptions),
    };
    return cmocka_run_group_tests_name("abuse", tests, open_site, close_site);
}
