/* The demonstration's pages of mail. */
#include <unistd.h>

#include "platform/mail/demo.h"
#include "platform/mail/folder.h"
#include "platform/mail/tests/post/post.h"

#define TESTED "platform/mail/tests/post/"

#define TEST_FRAME(F, T)                                                                           \
    F(T, text, title, , "of the page")                                                             \
    F(T, html, body, , "the page")
SHAPE(test_frame, TEST_FRAME);

const struct route *const route_tables[] = {mail_demo_routes, NULL};

struct visitor {
    bool is_anybody;
};

static enum error admit(struct request *rq) {
    rq->tenant = TENANT;
    rq->visitor = ARENA_NEW(rq->arena, struct visitor);
    return ERR_OK;
}

static enum error fill_frame(struct request *rq, void *ret_frame) {
    (void)rq;
    (void)ret_frame;
    return ERR_OK;
}

static const struct http_hooks hooks = {.admit = admit,
                                        .frame = fill_frame,
                                        .frame_shape = &test_frame_shape,
                                        .frame_template = TESTED "frame",
                                        .error_template = TESTED "error"};

static struct arena *arena;
static char folder[] = "/tmp/radslag-mail-XXXXXX";

static struct http *begin(struct store *store) {
    const struct http_options options = {
        .workers = 2, .store = store, .hooks = &hooks, .clock = hand_clock, .version = "1"};
    struct http *http;
    assert_int_equal(http_start(&options, &http), ERR_OK);
    return http;
}

static struct http_test_reply get(struct http *http, const char *target) {
    static const char *const no_headers[] = {NULL};
    struct http_test_reply reply;
    assert_int_equal(http_test(http, arena, METHOD_GET, "delta.ljungsjo.example", target,
                               no_headers, NULL, 0, &reply),
                     ERR_OK);
    return reply;
}

static void write_mail(int64_t id, const char *name) {
    const struct mail_recipient to = {.address = "alva@example.org", .language = LANGUAGE_SV};
    struct receipt_facts facts = receipt_example;
    const char *message;
    facts.name = name;
    assert_int_equal(
        mail_render(arena, &receipt_kind, &post_sender, &to, "1@a.example", NOON, &facts, &message),
        ERR_OK);
    assert_int_equal(folder_write(folder, id, message, NOON), ERR_OK);
}

static void test_nothing_is_shown_without_a_demonstration(void **state) {
    struct http *http = begin(test_store(state));
    mail_demo_open(NULL);
    assert_int_equal(get(http, "/demo/mail").status, 404);
    assert_int_equal(get(http, "/demo/mail/1").status, 404);
    assert_int_equal(get(http, "/demo/mail/1/file").status, 404);
    http_stop(http);
}

static void test_mail_is_listed_newest_first(void **state) {
    struct http *http = begin(test_store(state));
    mail_demo_open(folder);
    assert_non_null(strstr(get(http, "/demo/mail").body, "Inga brev än."));
    write_mail(1, "Alva");
    write_mail(2, "Bo");
    const struct http_test_reply reply = get(http, "/demo/mail");
    assert_int_equal(reply.status, 200);
    const char *second = strstr(reply.body, "href=\"/demo/mail/2\">Du är anmäld till Mötesplats");
    assert_non_null(second);
    assert_non_null(strstr(second, "href=\"/demo/mail/1\">Du är anmäld till Mötesplats"));
    assert_non_null(strstr(reply.body, "Till alva@example.org"));
    http_stop(http);
}

static void test_mail_is_shown_with_its_links(void **state) {
    struct http *http = begin(test_store(state));
    mail_demo_open(folder);
    write_mail(3, "\"><script>&'");
    const struct http_test_reply reply = get(http, "/demo/mail/3");
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "<p class=\"rs-sum\">MD26-7K4P</p>"));
    assert_non_null(strstr(reply.body, "<a href=\"https://delta.ljungsjo.example/kvittens/"
                                       "MD26-7K4P\">Ändra eller avanmäl dig</a>"));
    assert_null(strstr(reply.body, "<script"));
    assert_int_equal(get(http, "/demo/mail/4").status, 404);
    assert_int_equal(get(http, "/demo/mail/abc").status, 404);
    http_stop(http);
}

static void test_mail_is_given_as_a_file(void **state) {
    struct http *http = begin(test_store(state));
    mail_demo_open(folder);
    write_mail(3, "Alva");
    const struct http_test_reply reply = get(http, "/demo/mail/3/file");
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.headers, "content-type: message/rfc822"));
    assert_memory_equal(reply.body, "From: ", 6);
    http_stop(http);
}

static int group_begin(void **state) {
    arena = arena_new(64 << 20);
    return mkdtemp(folder) == NULL ? -1 : post_begin(state);
}

static int group_end(void **state) {
    (void)state;
    for (int64_t id = 1; id <= 3; id++)
        (void)unlink(folder_path(arena, folder, id));
    arena_free(arena);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_nothing_is_shown_without_a_demonstration),
        TEST_ON_SQLITE(test_mail_is_listed_newest_first),
        TEST_ON_SQLITE(test_mail_is_shown_with_its_links),
        TEST_ON_SQLITE(test_mail_is_given_as_a_file),
    };
    return cmocka_run_group_tests(tests, group_begin, group_end);
}
