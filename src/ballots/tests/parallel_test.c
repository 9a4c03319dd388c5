/* 200 requests of one person at once: one ballot, as one of the orders would have left it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include "ballots/tests/poll.h"

enum { REQUESTS = 200 };

struct sender {
    struct polling *polling;
    const char *cookies, *form, *fields;
    pthread_t thread;
    int status;
};

static void *send_one(void *context) {
    struct sender *sender = context;
    struct arena *arena = arena_new(8 << 20);
    const char *lines[] = {arena_format(arena, "Cookie: %s", sender->cookies),
                           "Content-Type: application/x-www-form-urlencoded", NULL};
    const char *body = arena_format(arena, "form=%s&%s", sender->form, sender->fields);
    const char *path = arena_format(arena, "/polls/%lld/choices", (long long)sender->polling->poll);
    struct http_test_reply reply = {0};
    if (http_test(sender->polling->site->http, arena, METHOD_POST, SITE_HOST, path, lines, body,
                  strlen(body), &reply) == ERR_OK)
        sender->status = reply.status;
    arena_free(arena);
    return NULL;
}

static void test_one_person_has_one_ballot_pb_7(void **state) {
    static const char *const presses[] = {"act=choose&option=1",  "act=choose&option=2",
                                          "act=choose&option=3",  "act=remove&option=1",
                                          "act=choose&option=11", "act=blank"};
    static struct sender senders[REQUESTS];
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *gun = polling_voter(polling, GUN);
    size_t answered = 0;
    assert_int_equal(browser_get(gun, polling_path(polling, "")), 200);
    for (size_t i = 0; i < REQUESTS; i++) {
        senders[i] = (struct sender){.polling = polling,
                                     .cookies = gun->cookies,
                                     .form = gun->form,
                                     .fields = presses[i % (sizeof presses / sizeof presses[0])]};
        assert_int_equal(pthread_create(&senders[i].thread, NULL, send_one, &senders[i]), 0);
    }
    for (size_t i = 0; i < REQUESTS; i++) {
        assert_int_equal(pthread_join(senders[i].thread, NULL), 0);
        /* saved; full; or told to come again when the queue is full */
        assert_true(senders[i].status == 303 || senders[i].status == 409 ||
                    senders[i].status == 503);
        answered += senders[i].status != 503;
    }
    assert_in_range(answered, 50, REQUESTS);
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM ballot"), 1);
    assert_int_equal(site_integer(polling->site, "SELECT count(*) FROM poll_voter"), 1);
    assert_int_equal(browser_get(gun, polling_path(polling, "")),
                     200); /* it opens, within limits */
    polling_close(polling);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST_ON_BOTH(test_one_person_has_one_ballot_pb_7)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
