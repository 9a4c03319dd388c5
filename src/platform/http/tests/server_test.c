/* The socket: connections kept and cut, bodies in pieces, hostile and impatient clients, the end.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/db/test_store.h"
#include "platform/http/tests/site/site.h"
#include "platform/http/tests/wire.h"

enum { HEADER_SECONDS = 1, BODY_SECONDS = 1, ANSWER_MS = 5000 };

static struct http *http;

static int open_with(void **state, const char *listen, size_t queue_limit) {
    if (test_store_open_sqlite(state) != 0)
        return -1;
    struct http_options options = site_options(test_store(state));
    options.listen = listen;
    options.header_seconds = HEADER_SECONDS;
    options.body_seconds = BODY_SECONDS;
    options.workers = 2;
    options.queue_limit = queue_limit;
    options.has_no_rates = true;
    http = site_start(&options);
    return 0;
}

static int open_site(void **state) {
    return open_with(state, "127.0.0.1:0", 0);
}

static int open_small(void **state) {
    return open_with(state, "127.0.0.1:0", 1);
}

static int close_site(void **state) {
    site_gate_open();
    http_stop(http);
    return test_store_gone(state);
}

static struct wire open_wire(void) {
    return wire_open(http_address(http));
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

static void test_connection_is_kept(void **state) {
    (void)state;
    struct wire wire = open_wire();
    for (size_t i = 0; i < 5; i++) {
        assert_true(wire_say(&wire, GET("/echo")));
        wire_read(&wire, i + 1, ANSWER_MS);
        assert_int_equal(wire_status(&wire, i), 200);
    }
    assert_true(wire_say(&wire, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    wire_read(&wire, 7, ANSWER_MS);
    assert_int_equal(wire_status(&wire, 5), 200);
    assert_true(wire.is_closed);
    wire_close(&wire);
}

static void test_pipelined_requests_are_answered_in_order(void **state) {
    (void)state;
    struct wire wire = open_wire();
    assert_true(wire_say(&wire, GET("/echo") GET("/nowhere") GET("/health") GET("/notes/")));
    wire_read(&wire, 4, ANSWER_MS);
    assert_int_equal(wire_count(&wire), 4);
    assert_int_equal(wire_status(&wire, 0), 200);
    assert_int_equal(wire_status(&wire, 1), 404);
    assert_int_equal(wire_status(&wire, 2), 200);
    assert_int_equal(wire_status(&wire, 3), 308);
    wire_close(&wire);
}

static void test_head_has_the_length_without_the_body(void **state) {
    (void)state;
    struct wire wire = open_wire();
    assert_true(wire_say(&wire, "HEAD /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    wire_read(&wire, 9, ANSWER_MS);
    assert_true(wire.is_closed);
    assert_non_null(strstr(wire.bytes, "Content-Length: 4\r\n"));
    assert_string_equal(strstr(wire.bytes, "\r\n\r\n"), "\r\n\r\n");
    wire_close(&wire);
}

#define JSON_HEAD                                                                                  \
    "POST /notes HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n"                               \
    "Content-Type: application/json\r\n"

static void test_body_may_come_in_chunks_and_pieces(void **state) {
    (void)state;
    static const char *const pieces[] = {JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n",
                                         "8\r\n",
                                         "{\"text\":",
                                         "\r\n7",
                                         "\r\n\"hej\"} \r\n0\r\n",
                                         "\r\n"};
    struct wire wire = open_wire();
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        assert_true(wire_send(&wire, pieces[i], strlen(pieces[i])));
        wire_read(&wire, 1, 20);
    }
    wire_read(&wire, 1, ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 201);
    wire_close(&wire);
}

static void test_too_large_bodies_are_413(void **state) {
    (void)state;
    static char body[200 << 10];
    memset(body, 'a', sizeof body);
    /* Said beforehand, and small enough to be swallowed: the client reads the answer. */
    struct wire wire = open_wire();
    assert_true(wire_say(&wire, JSON_HEAD "Content-Length: 204800\r\n\r\n"));
    assert_true(wire_send(&wire, body, sizeof body));
    wire_read(&wire, 1, ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 413);
    wire_read(&wire, 2, ANSWER_MS);
    assert_true(wire.is_closed);
    wire_close(&wire);
    /* Too much to take in: answered at once. */
    wire = open_wire();
    assert_true(wire_say(&wire, JSON_HEAD "Content-Length: 99999999\r\n\r\n"));
    wire_read(&wire, 1, ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 413);
    wire_close(&wire);
    /* Not said: counted. */
    wire = open_wire();
    assert_true(wire_say(&wire, JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n32000\r\n"));
    assert_true(wire_send(&wire, body, sizeof body));
    assert_true(wire_say(&wire, "\r\n0\r\n\r\n"));
    wire_read(&wire, 1, ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 413);
    wire_close(&wire);
}

static void test_slow_body_is_cut_off(void **state) {
    (void)state;
    struct wire wire = open_wire();
    const int64_t start = wire_ms();
    assert_true(wire_say(&wire, JSON_HEAD "Content-Length: 1000\r\n\r\n"));
    while (!wire.is_closed && wire_ms() - start < ANSWER_MS) {
        (void)wire_say(&wire, "x");
        wire_read(&wire, 1, 100);
    }
    assert_true(wire.is_closed);
    assert_int_equal(wire_count(&wire), 0);
    wire_close(&wire);
}

static void test_idle_connections_cost_nobody_else(void **state) {
    (void)state;
    enum { IDLE = 200 };
    struct wire idle[IDLE];
    for (size_t i = 0; i < IDLE; i++)
        idle[i] = open_wire();
    struct wire wire = wire_ask(http_address(http), GET("/echo"), strlen(GET("/echo")), ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 200);
    wire_close(&wire);
    for (size_t i = 0; i < IDLE; i++) {
        wire_read(&idle[i], 1, ANSWER_MS);
        assert_true(idle[i].is_closed);
        wire_close(&idle[i]);
    }
}

static void test_client_may_leave_while_we_work(void **state) {
    (void)state;
    site_gate_close();
    struct wire wires[2];
    for (size_t i = 0; i < 2; i++) {
        wires[i] = open_wire();
        assert_true(wire_say(&wires[i], GET("/gate")));
    }
    site_gate_wait_for(2);
    /* One leaves politely, one with a reset. */
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    assert_int_equal(setsockopt(wires[0].socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once),
                     0);
    wire_close(&wires[0]);
    wire_close(&wires[1]);
    site_gate_open();
    struct wire wire = wire_ask(http_address(http), GET("/gate"), strlen(GET("/gate")), ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 200);
    wire_close(&wire);
}

static void test_event_threads_answer_while_workers_wait(void **state) {
    (void)state;
    site_gate_close();
    struct wire waiting[4];
    for (size_t i = 0; i < 4; i++) {
        waiting[i] = open_wire();
        assert_true(wire_say(&waiting[i], GET("/gate")));
    }
    site_gate_wait_for(2);
    struct wire wire =
        wire_ask(http_address(http), GET("/health"), strlen(GET("/health")), ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 200);
    wire_close(&wire);
    site_gate_open();
    for (size_t i = 0; i < 4; i++) {
        wire_read(&waiting[i], 1, ANSWER_MS);
        assert_int_equal(wire_status(&waiting[i], 0), 200);
        wire_close(&waiting[i]);
    }
}

static void test_full_queue_is_503(void **state) {
    (void)state;
    enum { ASKED = 8 }; /* two workers wait at the gate, one may wait in line */
    site_gate_close();
    struct wire wires[ASKED];
    size_t refused = 0;
    for (size_t i = 0; i < ASKED; i++) {
        wires[i] = open_wire();
        assert_true(wire_say(&wires[i], GET("/gate")));
        wire_read(&wires[i], 1, i < 4 ? 100 : ANSWER_MS);
        if (wire_status(&wires[i], 0) == 503) {
            assert_non_null(strstr(wires[i].bytes, "Retry-After: 2\r\n"));
            refused++;
        }
    }
    assert_int_equal(refused, ASKED - 3);
    site_gate_open();
    for (size_t i = 0; i < ASKED; i++)
        wire_close(&wires[i]);
}

static void *stop(void *nothing) {
    http_stop(http);
    return nothing;
}

static int leave_stopped(void **state) {
    return test_store_gone(state);
}

static void test_stop_waits_for_what_is_under_way(void **state) {
    (void)state;
    pthread_t stopper;
    site_gate_close();
    struct wire under_way = open_wire(), idle = open_wire();
    assert_true(wire_say(&under_way, GET("/gate")));
    site_gate_wait_for(1);
    /* The listening socket is gone when the stop has begun. */
    assert_int_equal(pthread_create(&stopper, NULL, stop, NULL), 0);
    wire_read(&under_way, 1, 200);
    assert_int_equal(wire_count(&under_way), 0);
    assert_false(under_way.is_closed);
    assert_true(wire_say(&idle, GET("/echo")));
    wire_read(&idle, 1, ANSWER_MS);
    assert_int_equal(wire_status(&idle, 0), 503);
    site_gate_open();
    assert_int_equal(pthread_join(stopper, NULL), 0);
    wire_read(&under_way, 2, ANSWER_MS);
    assert_int_equal(wire_status(&under_way, 0), 200);
    assert_true(under_way.is_closed);
    wire_close(&under_way);
    wire_close(&idle);
}

static int open_unix_site(void **state) {
    static char listen[64];
    (void)snprintf(listen, sizeof listen, "unix:/tmp/radslag-%d.socket", (int)getpid());
    return open_with(state, listen, 0);
}

static const char *body_of(const struct wire *wire) {
    const char *body = strstr(wire->bytes, "\r\n\r\n");
    return body == NULL ? "" : body + 4;
}

static void test_proxy_on_the_unix_socket_is_believed(void **state) {
    (void)state;
    static const char request[] = "GET /echo HTTP/1.1\r\nHost: inside\r\n"
                                  "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\n"
                                  "X-Forwarded-Proto: https\r\n"
                                  "X-Forwarded-Host: Delta.Example\r\n\r\n";
    struct wire wire = wire_ask(http_address(http), request, sizeof request - 1, ANSWER_MS);
    assert_string_equal(body_of(&wire), "delta.example|/echo|192.0.2.7|secure|-1");
    assert_non_null(strstr(wire.bytes, "Strict-Transport-Security: "));
    wire_close(&wire);
    static const char plain[] = "GET /metrics HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.7\r\n"
                                "X-Forwarded-Proto: http\r\n\r\n";
    wire = wire_ask(http_address(http), plain, sizeof plain - 1, ANSWER_MS);
    assert_int_equal(wire_status(&wire, 0), 404);
    assert_null(strstr(wire.bytes, "Strict-Transport-Security: "));
    wire_close(&wire);
}

static void test_unix_socket_is_removed_and_taken_over(void **state) {
    const char *path = http_address(http) + strlen("unix:");
    assert_int_equal(access(path, F_OK), 0);
    /* One that somebody answers on is not taken away. */
    struct http_options options = site_options(test_store(state));
    struct http *second = NULL;
    options.listen = http_address(http);
    assert_int_equal(http_start(&options, &second), ERR_UNAVAILABLE);
    assert_int_equal(access(path, F_OK), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_site, close_site)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_connection_is_kept),
        TEST(test_pipelined_requests_are_answered_in_order),
        TEST(test_head_has_the_length_without_the_body),
        TEST(test_body_may_come_in_chunks_and_pieces),
        TEST(test_too_large_bodies_are_413),
        TEST(test_slow_body_is_cut_off),
        TEST(test_idle_connections_cost_nobody_else),
        TEST(test_client_may_leave_while_we_work),
        TEST(test_event_threads_answer_while_workers_wait),
        cmocka_unit_test_setup_teardown(test_full_queue_is_503, open_small, close_site),
        cmocka_unit_test_setup_teardown(test_stop_waits_for_what_is_under_way, open_site,
                                        leave_stopped),
        cmocka_unit_test_setup_teardown(test_proxy_on_the_unix_socket_is_believed, open_unix_site,
                                        close_site),
        cmocka_unit_test_setup_teardown(test_unix_socket_is_removed_and_taken_over, open_unix_site,
                                        close_site),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
