/* A crowd that logs in with passwords: they wait in a queue of their own, and pages do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "people/tests/site.h"

/* More than one at work and 32 that wait. */
enum { CROWD = 60, SOME = 20 };

struct member {
    struct browser *browser;
    pthread_t thread;
    int status;
};

static _Atomic int hashed;

static void *try_password(void *context) {
    struct member *member = context;
    struct http_test_reply reply = {0};
    struct arena *arena = arena_new(8 << 20);
    const struct browser *browser = member->browser;
    const char *body = arena_format(arena, "form=%s&email=a%p@example.org&password=fel+fel+fel+fel",
                                    browser->form, (const void *)member);
    const char *const lines[] = {arena_format(arena, "Cookie: %s", browser->cookies),
                                 "Content-Type: application/x-www-form-urlencoded",
                                 "Sec-Fetch-Site: same-origin", NULL};

    if (http_test(browser->site->http, arena, METHOD_POST, SITE_HOST, "/login/password", lines,
                  body, strlen(body), &reply) == ERR_OK)
        member->status = reply.status;
    atomic_fetch_add(&hashed, member->status == 422);
    arena_free(arena);
    return NULL;
}

static int count(const struct member *crowd, int status) {
    int found = 0;

    for (int i = 0; i < CROWD; i++)
        found += crowd[i].status == status;
    return found;
}

static void pages_do_not_wait_for_passwords(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, SITE_HOST);
    struct member crowd[CROWD] = {0};
    int pages = 0;

    for (int i = 0; i < CROWD; i++) {
        crowd[i].browser = browser_new(site, SITE_HOST);
        assert_int_equal(browser_get(crowd[i].browser, "/login/password"), 200);
    }
    atomic_store(&hashed, 0);
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&crowd[i].thread, NULL, try_password, &crowd[i]), 0);
    /* Behind the same queue the reader would get a page or two meanwhile. */
    while (atomic_load(&hashed) < SOME) {
        assert_int_equal(browser_get(reader, "/login"), 200);
        pages++;
    }
    assert_true(pages > CROWD);
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_join(crowd[i].thread, NULL), 0);
    /* Who found the queue full was told so; the others were answered. */
    assert_int_equal(count(crowd, 422) + count(crowd, 503), CROWD);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST_ON_SQLITE(pages_do_not_wait_for_passwords)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
