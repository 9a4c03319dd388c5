/* What each role is given of an open poll: the same as the golden files, and no total (PB-12). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <string.h>

#include "ballots/tests/poll.h"

enum { DIGEST = 64 };

/* Digests of secrets are others each time. */
static const char *without_digests(struct arena *arena, const char *json) {
    char *text = arena_copy_text(arena, json);
    size_t run = 0;
    for (char *c = text; *c != '\0'; c++) {
        run = isxdigit((unsigned char)*c) != 0 ? run + 1 : 0;
        if (run == DIGEST)
            memset(c - DIGEST + 1, 'x', DIGEST);
    }
    return text;
}

static void golden_of(struct polling *polling, struct browser *browser, const char *rest,
                      const char *name) {
    browser->json = true;
    assert_int_equal(browser_get(browser, polling_path(polling, rest)), 200);
    assert_false(browser_sees(browser, "\"votes\""));
    assert_false(browser_sees(browser, "\"ballots\""));
    GOLDEN(name, without_digests(polling->site->arena, browser->reply.body));
}

static int status_of(struct polling *polling, struct browser *browser, const char *rest) {
    browser->json = true;
    return browser_get(browser, polling_path(polling, rest));
}

static struct polling *voted(void **state) {
    struct polling *polling = polling_open(state, ballot_kind_up_to, eligible_verified);
    struct browser *hanna = polling_voter(polling, HANNA);
    assert_int_equal(polling_press(polling, hanna, "act=choose&option=2"), 303);
    return polling;
}

static void test_a_visitor(void **state) {
    struct polling *polling = voted(state);
    struct browser *reader = browser_new(polling->site, NOBODY);
    golden_of(polling, reader, "?o=3", "ballot_visitor");
    golden_of(polling, reader, "/log", "log_visitor");
    golden_of(polling, reader, "/receipts", "receipts_visitor");
    assert_int_equal(status_of(polling, reader, "/receipts/file"), 404);
    assert_true(status_of(polling, reader, "/staff") >= 400);
    assert_true(status_of(polling, reader, "/receipt") >= 400);
    polling_close(polling);
}

static void test_a_voter(void **state) {
    struct polling *polling = voted(state);
    struct browser *gun = polling_voter(polling, GUN);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=1"), 303);
    assert_int_equal(polling_press(polling, gun, "act=choose&option=11"), 303);
    golden_of(polling, gun, "", "ballot_voter");
    assert_int_equal(status_of(polling, gun, "/staff"), 403);
    polling_close(polling);
}

static void test_a_process_leader(void **state) {
    struct polling *polling = voted(state);
    struct browser *bo = browser_new(polling->site, BO);
    assert_int_equal(browser_send(bo, polling_path(polling, "/staff"),
                                  polling_path(polling, "/ask"), "act=pause&reason=Fel"),
                     303);
    golden_of(polling, bo, "", "ballot_leader");
    golden_of(polling, bo, "/staff", "staff_leader");
    polling_close(polling);
}

static void test_a_case_officer(void **state) {
    struct polling *polling = voted(state);
    struct browser *bo = browser_new(polling->site, BO);
    struct browser *fatima = browser_new(polling->site, FATIMA);
    assert_int_equal(browser_send(bo, polling_path(polling, "/staff"),
                                  polling_path(polling, "/ask"), "act=pause&reason=Fel"),
                     303);
    golden_of(polling, fatima, "", "ballot_officer");
    golden_of(polling, fatima, "/staff", "staff_officer");
    polling_close(polling);
}

static void test_an_administrator(void **state) {
    struct polling *polling = voted(state);
    struct browser *doris = browser_new(polling->site, DORIS);
    golden_of(polling, doris, "", "ballot_administrator");
    assert_int_equal(status_of(polling, doris, "/staff"), 403);
    polling_close(polling);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_a_visitor),        TEST_ON_SQLITE(test_a_voter),
        TEST_ON_SQLITE(test_a_process_leader), TEST_ON_SQLITE(test_a_case_officer),
        TEST_ON_SQLITE(test_an_administrator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
