/* Pages kept for visitors without a session: what a hit is, and what ends it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/db/test_store.h"
#include "platform/http/cache.h"
#include "platform/http/compress.h"
#include "platform/http/tests/site/site.h"

#define assert_contains(text, part) assert_non_null(strstr((text), (part)))

static struct store *store;
static struct http *http;
static struct visit visit;

static int open_site(void **state) {
    if (test_store_open_sqlite(state) != 0)
        return -1;
    store = test_store(state);
    const struct http_options options = site_options(store);
    http = site_start(&options);
    visit = visit_new(http);
    return 0;
}

static int close_site(void **state) {
    visit_end(&visit);
    http_stop(http);
    return test_store_gone(state);
}

/* Statements run for the board, asked by a visitor without cookies. */
static size_t ask_board(const char *const *headers) {
    visit.cookie = NULL;
    visit_get(&visit, "/", headers);
    return visit.reply.statements;
}

static void write_note(const char *text) {
    visit_get(&visit, "/notes", NULL);
    visit_post(&visit, "/notes", HEADERS("Content-Type: application/x-www-form-urlencoded"),
               arena_format(visit.arena, "text=%s&form=%s", text, visit_token(&visit)));
    assert_int_equal(visit.reply.status, 303);
}

static void test_second_visitor_gets_the_kept_page(void **state) {
    (void)state;
    assert_int_equal(ask_board(NULL), 1);
    const char *body = visit.reply.body, *etag = visit_header(&visit, "etag");
    assert_int_equal(ask_board(NULL), 0);
    assert_string_equal(visit.reply.body, body);
    assert_string_equal(visit_header(&visit, "etag"), etag);
    assert_string_equal(visit_header(&visit, "cache-control"), "no-cache");
    assert_string_equal(visit_header(&visit, "content-language"), "sv");
}

static void test_unchanged_page_is_304(void **state) {
    (void)state;
    (void)ask_board(NULL);
    const char *have = arena_format(visit.arena, "If-None-Match: %s", visit_header(&visit, "etag"));
    assert_int_equal(ask_board(HEADERS(have)), 0);
    assert_int_equal(visit.reply.status, 304);
    assert_int_equal(visit.reply.length, 0);
    write_note("hej");
    (void)ask_board(HEADERS(have));
    assert_int_equal(visit.reply.status, 200);
}

static void test_write_to_a_topic_that_was_read_ends_it(void **state) {
    (void)state;
    (void)ask_board(NULL);
    write_note("hej");
    assert_int_equal(ask_board(NULL), 1);
    assert_contains(visit.reply.body, "<li>hej</li>");
    assert_int_equal(ask_board(NULL), 0);
}

static void test_page_ends_at_its_instant(void **state) {
    (void)state;
    (void)ask_board(NULL);
    site_now += HOURS(1) - 1;
    assert_int_equal(ask_board(NULL), 0);
    site_now += 1;
    assert_int_equal(ask_board(NULL), 1);
}

static void test_language_and_form_are_kept_apart(void **state) {
    (void)state;
    assert_int_equal(ask_board(NULL), 1);
    assert_int_equal(ask_board(HEADERS("Accept-Language: en")), 1);
    assert_contains(visit.reply.body, "Board");
    assert_int_equal(ask_board(HEADERS("Accept: application/json")), 1);
    assert_int_equal(ask_board(HEADERS("Accept-Language: en")), 0);
    assert_contains(visit.reply.body, "Board");
    struct http_test_reply reply;
    assert_int_equal(
        http_test(http, visit.arena, METHOD_GET, "other.example", "/", NULL, NULL, 0, &reply),
        ERR_OK);
    assert_int_equal(reply.statements, 1);
}

static void test_session_is_never_served_from_it_nor_kept(void **state) {
    (void)state;
    (void)ask_board(NULL);
    visit.cookie = "__Host-session=anna";
    visit_get(&visit, "/", NULL);
    assert_int_equal(visit.reply.statements, 1);
    assert_string_equal(visit_header(&visit, "cache-control"), "no-store");
    assert_null(visit_header(&visit, "etag"));
    visit.cookie = NULL;
    visit_get(&visit, "/", HEADERS("Authorization: Bearer x"));
    assert_int_equal(visit.reply.statements, 1);
}

static void test_page_with_a_token_is_not_kept(void **state) {
    (void)state;
    visit_get(&visit, "/notes", NULL);
    const char *token = visit_token(&visit);
    visit.cookie = NULL;
    visit_get(&visit, "/notes", NULL);
    assert_string_not_equal(visit_token(&visit), token);
    assert_null(visit_header(&visit, "etag"));
}

static void test_word_shown_once_is_not_shown_to_others(void **state) {
    (void)state;
    visit.cookie = "__Host-flash=note.kept";
    visit_get(&visit, "/", NULL);
    assert_contains(visit.reply.body, "Lappen sitter.");
    (void)ask_board(NULL);
    assert_null(strstr(visit.reply.body, "Lappen sitter."));
}

static void test_kept_page_is_compressed(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++)
        write_note(arena_format(visit.arena, "lapp+nummer+%d", i));
    (void)ask_board(NULL);
    const size_t plain = visit.reply.length;
    const char *etag = visit_header(&visit, "etag");
    assert_int_equal(ask_board(HEADERS("Accept-Encoding: gzip, br")), 0);
    assert_string_equal(visit_header(&visit, "content-encoding"), "br");
    assert_true(visit.reply.length < plain / 2);
    assert_string_not_equal(visit_header(&visit, "etag"), etag);
    assert_int_equal(ask_board(HEADERS("Accept-Encoding: gzip")), 0);
    assert_string_equal(visit_header(&visit, "content-encoding"), "gzip");
    assert_memory_equal(visit.reply.body, "\x1f\x8b", 2);
}

/* ---- the store of pages itself ---- */

static const uint64_t versions[64];

static struct kept *keep(struct cache *cache, const char *key, size_t length) {
    static char bytes[64 << 10];
    memset(bytes, 'x', sizeof bytes);
    const struct keeping keeping = {.key = key,
                                    .type = "image/png",
                                    .bytes = bytes,
                                    .length = length,
                                    .versions = versions,
                                    .expires = INT64_MAX};
    return cache_keep(cache, &keeping);
}

static void test_memory_is_bound_and_the_oldest_goes(void **state) {
    (void)state;
    enum { LIMIT = 64 << 10, PAGE = 4 << 10 };
    struct cache *cache = cache_new(LIMIT, NULL);
    char key[16];
    kept_release(keep(cache, "first", PAGE));
    for (int i = 0; i < 100; i++) {
        (void)snprintf(key, sizeof key, "page %d", i);
        kept_release(keep(cache, key, PAGE));
        assert_true(cache_state(cache).bytes <= LIMIT);
        struct kept *first = cache_find(cache, "first", versions, 0);
        assert_non_null(first); /* used each time, so it stays */
        kept_release(first);
    }
    assert_null(cache_find(cache, "page 0", versions, 0));
    assert_null(keep(cache, "huge", LIMIT / 2));
    cache_free(cache);
}

static void test_page_outlives_its_place_while_it_is_sent(void **state) {
    (void)state;
    struct cache *cache = cache_new(1 << 20, NULL);
    struct kept *sent = keep(cache, "a", 1000);
    kept_release(keep(cache, "a", 2000));
    assert_int_equal(sent->bodies[ENCODING_IDENTITY].length, 1000);
    assert_int_equal(((const char *)sent->bodies[ENCODING_IDENTITY].bytes)[999], 'x');
    cache_free(cache);
    assert_int_equal(sent->bodies[ENCODING_IDENTITY].length, 1000);
    kept_release(sent);
}

static void test_any_version_of_what_was_read_counts(void **state) {
    (void)state;
    struct cache *cache = cache_new(1 << 20, NULL);
    uint64_t now[64] = {0};
    const struct keeping keeping = {.key = "a",
                                    .type = "image/png",
                                    .bytes = "x",
                                    .length = 1,
                                    .reads = UINT64_C(1) << 63 | 1,
                                    .versions = now,
                                    .expires = INT64_MAX};
    for (size_t topic = 0; topic < 64; topic++) {
        kept_release(cache_keep(cache, &keeping));
        now[topic]++;
        struct kept *found = cache_find(cache, "a", now, 0);
        assert_int_equal(found != NULL, topic != 0 && topic != 63);
        kept_release(found);
    }
    cache_free(cache);
}

static void test_what_would_grow_is_not_compressed(void **state) {
    (void)state;
    void *bytes = NULL;
    size_t length = 0;
    char noise[512];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * i * 2654435761u >> 13);
    assert_false(compress_bytes(ENCODING_GZIP, EFFORT_QUICK, noise, sizeof noise, &bytes, &length));
    assert_false(compress_bytes(ENCODING_GZIP, EFFORT_BEST, "short", 5, &bytes, &length));
    assert_false(compress_worthwhile("image/png", 10000));
    assert_true(compress_worthwhile("text/html; charset=utf-8", 10000));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_site, close_site)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_second_visitor_gets_the_kept_page),
        TEST(test_unchanged_page_is_304),
        TEST(test_write_to_a_topic_that_was_read_ends_it),
        TEST(test_page_ends_at_its_instant),
        TEST(test_language_and_form_are_kept_apart),
        TEST(test_session_is_never_served_from_it_nor_kept),
        TEST(test_page_with_a_token_is_not_kept),
        TEST(test_word_shown_once_is_not_shown_to_others),
        TEST(test_kept_page_is_compressed),
        cmocka_unit_test(test_memory_is_bound_and_the_oldest_goes),
        cmocka_unit_test(test_page_outlives_its_place_while_it_is_sent),
        cmocka_unit_test(test_any_version_of_what_was_read_counts),
        cmocka_unit_test(test_what_would_grow_is_not_compressed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
