/* Reads through the door: routes, negotiation, errors, limits, headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/db/test_store.h"
#include "platform/http/tests/site/site.h"

static struct http *http;
static struct visit visit;

static int begin(void **state) {
    const struct http_options options = site_options(*state == NULL ? NULL : test_store(state));
    http = site_start(&options);
    visit = visit_new(http);
    return 0;
}

static int open_site(void **state) {
    return test_store_open_sqlite(state) != 0 ? -1 : begin(state);
}

static int close_site(void **state) {
    visit_end(&visit);
    http_stop(http);
    return test_store_gone(state);
}

#define assert_contains(text, part) assert_non_null(strstr((text), (part)))
#define assert_lacks(text, part) assert_null(strstr((text), (part)))

static void test_page_stands_in_its_frame(void **state) {
    (void)state;
    visit_get(&visit, "/", NULL);
    assert_int_equal(visit.reply.status, 200);
    assert_contains(visit.reply.body, "<title>Anslagstavla</title>");
    assert_string_equal(visit_header(&visit, "content-type"), "text/html; charset=utf-8");
    assert_string_equal(visit_header(&visit, "content-language"), "sv");
    visit_get(&visit, "/", HEADERS("Accept-Language: en-GB, sv;q=0.5"));
    assert_contains(visit.reply.body, "<title>Board</title>");
}

static void test_same_address_gives_json(void **state) {
    (void)state;
    visit_get(&visit, "/", HEADERS("Accept: application/json"));
    assert_string_equal(visit.reply.body, "{\"notes\":[]}");
    assert_string_equal(visit_header(&visit, "content-type"), "application/json");
    assert_contains(visit_header(&visit, "vary"), "Accept");
    visit_get(&visit, "/index.json", HEADERS("Accept: text/html"));
    assert_string_equal(visit.reply.body, "{\"notes\":[]}");
}

static void test_unknown_address_is_404_in_both_forms(void **state) {
    (void)state;
    visit_get(&visit, "/nowhere", NULL);
    assert_int_equal(visit.reply.status, 404);
    assert_contains(visit.reply.body, "<h1>Sidan finns inte</h1>");
    assert_contains(visit.reply.body, "<main>");
    visit_get(&visit, "/nowhere.json", NULL);
    assert_int_equal(visit.reply.status, 404);
    assert_string_equal(visit_header(&visit, "content-type"), "application/problem+json");
    assert_contains(visit.reply.body, "\"code\":\"not_found\"");
    visit_get(&visit, "/notes/4711", NULL);
    assert_int_equal(visit.reply.status, 404);
    visit_get(&visit, "/notes/0x1", NULL);
    assert_int_equal(visit.reply.status, 404);
}

static void test_unknown_host_is_404(void **state) {
    (void)state;
    struct http_test_reply reply;
    assert_int_equal(
        http_test(http, visit.arena, METHOD_GET, "unknown.example", "/", NULL, NULL, 0, &reply),
        ERR_OK);
    assert_int_equal(reply.status, 404);
    assert_contains(reply.body, "Sidan finns inte");
}

static void test_other_method_is_405_with_allow(void **state) {
    (void)state;
    visit_post(&visit, "/", NULL, NULL);
    assert_int_equal(visit.reply.status, 405);
    assert_string_equal(visit_header(&visit, "allow"), "GET, HEAD");
    visit_get(&visit, "/login.json", NULL);
    assert_int_equal(visit.reply.status, 405);
    assert_string_equal(visit_header(&visit, "allow"), "POST");
}

static void test_slashes_lead_to_the_one_address(void **state) {
    (void)state;
    visit_get(&visit, "/notes/?a=1", NULL);
    assert_int_equal(visit.reply.status, 308);
    assert_string_equal(visit_header(&visit, "location"), "/notes?a=1");
    visit_get(&visit, "//notes//7", NULL);
    assert_string_equal(visit_header(&visit, "location"), "/notes/7");
    visit_get(&visit, "/nowhere/", NULL);
    assert_int_equal(visit.reply.status, 404);
}

static void test_redirect_stays_with_us(void **state) {
    (void)state;
    visit_get(&visit, "/elsewhere?next=/notes?a=1", NULL);
    assert_int_equal(visit.reply.status, 303);
    assert_string_equal(visit_header(&visit, "location"), "/notes?a=1");
    static const char *const elsewhere[] = {
        "/elsewhere?next=https://evil.example/", "/elsewhere?next=//evil.example",
        "/elsewhere?next=/%5Cevil.example",      "/elsewhere?next=/a%0D%0AX:+y",
        "/elsewhere?next=javascript:x",          "/elsewhere"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
        visit_get(&visit, elsewhere[i], NULL);
        assert_int_equal(visit.reply.status, 500);
        assert_null(visit_header(&visit, "location"));
    }
}

static void test_visitor_who_must_log_in_is_sent_there(void **state) {
    (void)state;
    visit_get(&visit, "/private?a=1&b=2", NULL);
    assert_int_equal(visit.reply.status, 303);
    assert_string_equal(visit_header(&visit, "location"), "/login?next=/private?a=1%26b=2");
    visit_get(&visit, "/private.json", NULL);
    assert_int_equal(visit.reply.status, 401);
}

static void test_every_answer_has_the_safety_headers(void **state) {
    (void)state;
    static const char *const targets[] = {"/",      "/nowhere",      "/notes/",           "/health",
                                          "/spend", "/openapi.json", "/static/style.css", "/%"};
    static const char *const wanted[] = {"content-security-policy", "referrer-policy",
                                         "permissions-policy",      "cross-origin-opener-policy",
                                         "x-content-type-options",  "cache-control"};
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        visit_get(&visit, targets[i], NULL);
        for (size_t j = 0; j < sizeof wanted / sizeof wanted[0]; j++)
            assert_non_null(visit_header(&visit, wanted[j]));
        assert_string_equal(visit_header(&visit, "x-content-type-options"), "nosniff");
        assert_contains(visit_header(&visit, "content-security-policy"), "default-src 'none'");
    }
}

static void test_malformed_requests_are_400_and_closed(void **state) {
    (void)state;
    visit_get(&visit, "/%zz", NULL);
    assert_int_equal(visit.reply.status, 400);
    assert_string_equal(visit_header(&visit, "connection"), "close");
    visit_get(&visit, "/", HEADERS("Host: second"));
    assert_int_equal(visit.reply.status, 400);
    visit_get(&visit, "/?a=%zz", NULL);
    assert_int_equal(visit.reply.status, 400);
}

static void test_spent_memory_is_503(void **state) {
    (void)state;
    visit_get(&visit, "/spend", NULL);
    assert_int_equal(visit.reply.status, 503);
    assert_string_equal(visit_header(&visit, "retry-after"), "2");
    visit_get(&visit, "/", NULL);
    assert_int_equal(visit.reply.status, 200);
}

static void test_too_many_are_429_with_a_time(void **state) {
    (void)state;
    visit_get(&visit, "/few", NULL);
    visit_get(&visit, "/few", NULL);
    assert_int_equal(visit.reply.status, 200);
    visit_get(&visit, "/few", NULL);
    assert_int_equal(visit.reply.status, 429);
    assert_string_equal(visit_header(&visit, "retry-after"), "30");
    site_now += SECONDS(30);
    visit_get(&visit, "/few", NULL);
    assert_int_equal(visit.reply.status, 200);
}

static void test_file_has_both_names(void **state) {
    (void)state;
    visit_get(&visit, "/file", NULL);
    assert_string_equal(visit.reply.body, "a,b\n");
    assert_string_equal(visit_header(&visit, "content-disposition"),
                        "attachment; filename=\"r__ster.csv\"; filename*=UTF-8''r%C3%B6ster.csv");
}

static void test_health_and_metrics(void **state) {
    (void)state;
    visit_get(&visit, "/health", NULL);
    assert_int_equal(visit.reply.status, 200);
    assert_string_equal(visit.reply.body, "{\"state\":\"ok\"}\n");
    visit_get(&visit, "/", NULL);
    visit_get(&visit, "/metrics", NULL);
    assert_int_equal(visit.reply.status, 200);
    assert_contains(visit.reply.body,
                    "radslag_requests_total{route=\"/health\",method=\"GET\",status=\"200\"} 1\n");
    assert_contains(visit.reply.body,
                    "radslag_requests_total{route=\"/\",method=\"GET\",status=\"200\"} 1\n");
    assert_contains(visit.reply.body, "radslag_request_seconds_count 2\n");
    assert_contains(visit.reply.body, "# TYPE radslag_acts_total counter\n");
    visit_get(&visit, "/metrics", HEADERS("X-Forwarded-For: 192.0.2.1"));
    assert_int_equal(visit.reply.status, 404);
    /* Something waits for somebody, but visitors are answered. */
    site_attention = "jobs_given_up";
    visit_get(&visit, "/health", NULL);
    site_attention = NULL;
    assert_int_equal(visit.reply.status, 200);
    assert_string_equal(visit.reply.body, "{\"state\":\"ok\",\"attention\":\"jobs_given_up\"}\n");
}

static void test_static_files_last(void **state) {
    (void)state;
    visit_get(&visit, static_address("style.css"), NULL);
    assert_int_equal(visit.reply.status, 200);
    assert_contains(visit_header(&visit, "cache-control"), "immutable");
    assert_string_equal(visit_header(&visit, "content-type"), "text/css; charset=utf-8");
    const char *etag = visit_header(&visit, "etag");
    visit_get(&visit, "/static/style.css", NULL);
    assert_string_equal(visit_header(&visit, "cache-control"), "no-cache");
    visit_get(&visit, "/static/style.css",
              HEADERS(arena_format(visit.arena, "If-None-Match: W/%s", etag)));
    assert_int_equal(visit.reply.status, 304);
    visit_get(&visit, "/static/style.0000000000.css", NULL);
    assert_int_equal(visit.reply.status, 404);
    visit_get(&visit, "/static/../site.c", NULL);
    assert_int_equal(visit.reply.status, 400);
}

static void test_door_knows_where_it_is(void **state) {
    (void)state;
    visit_get(&visit, "/echo?n=-7", NULL);
    assert_string_equal(visit.reply.body, "board.example|/echo|127.0.0.1|secure|-7");
    visit_get(&visit, "/echo?n=7x", HEADERS("X-Forwarded-For: 192.0.2.9"));
    /* Not a proxy of ours: its word for the address is not taken, but it is no local visit either.
     */
    assert_string_equal(visit.reply.body, "board.example|/echo|127.0.0.1|open|-1");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_site, close_site)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_page_stands_in_its_frame),
        TEST(test_same_address_gives_json),
        TEST(test_unknown_address_is_404_in_both_forms),
        TEST(test_unknown_host_is_404),
        TEST(test_other_method_is_405_with_allow),
        TEST(test_slashes_lead_to_the_one_address),
        TEST(test_redirect_stays_with_us),
        TEST(test_visitor_who_must_log_in_is_sent_there),
        TEST(test_every_answer_has_the_safety_headers),
        TEST(test_malformed_requests_are_400_and_closed),
        TEST(test_spent_memory_is_503),
        TEST(test_too_many_are_429_with_a_time),
        TEST(test_file_has_both_names),
        TEST(test_health_and_metrics),
        TEST(test_static_files_last),
        TEST(test_door_knows_where_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
