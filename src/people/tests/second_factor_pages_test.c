/* The second factor of staff: set up, proved in each session, replaced, recovered, reset. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/second_factor/second_factor.h"
#include "people/tests/site.h"

static const char staff_mail[] = "stina@example.org";
static const enum role administrator[] = {ROLE_administrator, ROLE_COUNT};

static struct browser *staff_logged_in(struct site *site) {
    struct browser *stina = browser_new(site, SITE_HOST);

    (void)site_account(site, staff_mail, "Stina Exempel", administrator);
    browser_log_in(stina, staff_mail);
    return stina;
}

static int type_factor(struct browser *browser, const char *code) {
    return browser_post(browser, "/second-factor",
                        arena_format(browser->site->arena, "code=%s", code));
}

static void log_in_of_staff_leads_to_the_second_factor(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);
    const char *unproved = browser_cookie(stina, "session");

    assert_true(browser_sees(stina, "/second-factor/setup"));
    assert_int_equal(browser_get(stina, "/second-factor/setup"), 200);
    assert_true(stina->reply.statements <= 8);
    const char *key = browser_set_up_factor(stina);
    assert_int_equal(strlen(key), 32);
    /* Rotated: the cookie from before the proof is not the one after it. */
    assert_string_not_equal(browser_cookie(stina, "session"), unproved);
    assert_int_equal(browser_get(stina, "/account"), 200);
    assert_true(browser_sees(stina, "Administratör"));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM recovery_code"), 10);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session WHERE proved_at IS NOT NULL"),
                     1);
    site_close(site);
}

/* The secret stands sealed: neither as bytes nor as text. */
static void secret_is_never_plain_in_the_database(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);
    unsigned char secret[TOTP_SECRET_BYTES];
    const void *kept = NULL;
    size_t length = 0;
    struct db *db = NULL;

    (void)browser_set_up_factor(stina);
    assert_int_equal(store_reader(site->store, 1000, &db), ERR_OK);
    assert_int_equal(second_factor_secret(db, site->arena, site->tenant,
                                          site_integer(site, "SELECT id FROM account"), secret),
                     ERR_OK);
    assert_int_equal(db_blob(db, site->arena,
                             TEST_STATEMENT(ONE, "SELECT secret FROM second_factor"), WITH_NOTHING,
                             &kept, &length),
                     ERR_OK);
    store_reader_done(site->store, db);
    assert_int_equal(length, 24 + 16 + TOTP_SECRET_BYTES);
    assert_null(memmem(kept, length, secret, sizeof secret));
    site_close(site);
}

static void code_is_asked_for_in_each_session(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);
    const char *key = browser_set_up_factor(stina);
    struct browser *again = browser_new(site, SITE_HOST);

    site_now += MINUTES(2);
    browser_log_in(again, staff_mail);
    assert_true(browser_sees(again, "one-time-code"));
    assert_int_equal(type_factor(again, "000000"), 422);
    assert_int_equal(type_factor(again, factor_code(site, key)), 303);
    assert_int_equal(browser_follow(again), 200);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session WHERE proved_at IS NOT NULL"),
                     2);
    site_close(site);
}

static void replayed_code_is_refused(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);
    const char *key = browser_set_up_factor(stina), *code = factor_code(site, key);
    struct browser *thief = browser_new(site, SITE_HOST);

    /* Seen over a shoulder: the code that set it up, and one that was used in a session. */
    site_now += SECONDS(1);
    browser_log_in(thief, staff_mail);
    assert_int_equal(type_factor(thief, code), 422);
    assert_true(browser_sees(thief, "redan använd"));
    site_now += SECONDS(30);
    code = factor_code(site, key);
    assert_int_equal(type_factor(thief, code), 303);
    struct browser *second = browser_new(site, SITE_HOST);
    browser_log_in(second, staff_mail);
    assert_int_equal(type_factor(second, code), 422);
    site_close(site);
}

static void pressed_twice_it_is_proved_once(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);
    const char *key = browser_set_up_factor(stina);
    struct browser *again = browser_new(site, SITE_HOST);

    site_now += MINUTES(1);
    browser_log_in(again, staff_mail);
    const char *before = again->cookies, *code = factor_code(site, key);
    assert_int_equal(type_factor(again, code), 303);
    const char *proved = browser_cookie(again, "session");
    again->cookies = before; /* the first answer was lost */
    assert_int_equal(type_factor(again, code), 303);
    assert_string_equal(browser_cookie(again, "session"), proved);
    /* The secret from before proves nothing, and after a minute it is nobody's. */
    again->cookies = before;
    assert_int_equal(browser_get(again, "/second-factor/setup"), 303);
    assert_string_equal(browser_header(again, "location"),
                        "/second-factor?next=/second-factor/setup");
    site_now += MINUTES(1);
    assert_int_equal(browser_get(again, "/account"), 303);
    site_close(site);
}

static const char *first_recovery_code(struct browser *browser) {
    const char *at = strstr(browser->reply.body, "<code>");

    assert_non_null(at);
    at += strlen("<code>");
    return arena_copy_span(browser->site->arena, at, strcspn(at, "<"));
}

static void recovery_code_works_once(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);

    (void)browser_set_up_factor(stina);
    const char *code = arena_format(site->arena, "code=%s", first_recovery_code(stina));
    struct browser *lost = browser_new(site, SITE_HOST);
    site_now += SECONDS(1);
    browser_log_in(lost, staff_mail);
    assert_int_equal(browser_get(lost, "/second-factor/recovery"), 200);
    assert_int_equal(browser_post(lost, "/second-factor/recovery", "code=aaaaa-aaaaa"), 422);
    assert_int_equal(browser_post(lost, "/second-factor/recovery", code), 303);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM recovery_code WHERE used_at IS NULL"),
                     9);
    struct browser *again = browser_new(site, SITE_HOST);
    site_now += SECONDS(1);
    browser_log_in(again, staff_mail);
    assert_int_equal(browser_get(again, "/second-factor/recovery"), 200);
    assert_int_equal(browser_post(again, "/second-factor/recovery", code), 422);
    /* New ones take the place of those before. */
    assert_int_equal(browser_get(lost, "/second-factor"), 200);
    assert_true(browser_sees(lost, "9 reservkoder kvar"));
    assert_int_equal(browser_post(lost, "/second-factor/codes", ""), 200);
    assert_string_not_equal(arena_format(site->arena, "code=%s", first_recovery_code(lost)), code);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM recovery_code WHERE used_at IS NULL"),
                     10);
    site_close(site);
}

static void guesses_are_limited(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);
    const char *key = browser_set_up_factor(stina);
    struct browser *thief = browser_new(site, SITE_HOST);

    site_now += MINUTES(1);
    browser_log_in(thief, staff_mail);
    for (int i = 0; i < 5; i++)
        assert_int_equal(type_factor(thief, "000000"), 422);
    assert_int_equal(type_factor(thief, factor_code(site, key)), 429);
    site_now += MINUTES(15);
    assert_int_equal(type_factor(thief, factor_code(site, key)), 303);
    site_close(site);
}

static void residents_have_no_second_factor(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);

    browser_log_in(anna, "anna@example.org");
    assert_int_equal(browser_get(anna, "/second-factor"), 403);
    assert_int_equal(browser_get(anna, "/second-factor/setup"), 403);
    site_close(site);
}

static void setup_asks_for_a_working_code(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);

    assert_int_equal(browser_get(stina, "/second-factor/setup"), 200);
    assert_int_equal(browser_post(stina, "/second-factor/setup", "code=000000"), 422);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM second_factor"), 0);
    /* Nothing to prove yet. */
    assert_int_equal(browser_get(stina, "/second-factor"), 200);
    assert_int_equal(type_factor(stina, "000000"), 409);
    site_close(site);
}

/* From the command line, when nobody else is left who could do it. */
static void reset_from_the_command_line(void **state) {
    static const char reason[] = "Vi träffades i receptionen.";
    struct site *site = site_open(state);
    struct browser *stina = staff_logged_in(site);
    FILE *out = tmpfile();
    const struct factor_order order = {SITE_HOST, "Stina@Example.org", reason},
                              nobody = {SITE_HOST, "nils@example.org", reason},
                              elsewhere = {OTHER_HOST, staff_mail, reason};

    assert_non_null(out);
    /* Nothing to reset yet. */
    assert_int_equal(second_factor_command(site->store, &order, site_now, out, out), 1);
    (void)browser_set_up_factor(stina);
    assert_int_equal(second_factor_command(site->store, &nobody, site_now, out, out), 1);
    assert_int_equal(second_factor_command(site->store, &elsewhere, site_now, out, out), 1);
    assert_int_equal(browser_get(stina, "/account"), 200);
    assert_int_equal(second_factor_command(site->store, &order, site_now, out, out), 0);
    assert_int_equal(browser_get(stina, "/account"), 303);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM second_factor"), 0);
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM audit WHERE act = 'second_factor.reset'"), 1);
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM outbox WHERE kind = 'second_factor_reset'"), 1);
    assert_int_equal(fclose(out), 0);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(log_in_of_staff_leads_to_the_second_factor),
        TEST_ON_SQLITE(secret_is_never_plain_in_the_database),
        TEST_ON_SQLITE(code_is_asked_for_in_each_session),
        TEST_ON_BOTH(replayed_code_is_refused),
        TEST_ON_BOTH(pressed_twice_it_is_proved_once),
        TEST_ON_BOTH(recovery_code_works_once),
        TEST_ON_SQLITE(guesses_are_limited),
        TEST_ON_SQLITE(residents_have_no_second_factor),
        TEST_ON_SQLITE(setup_asks_for_a_working_code),
        TEST_ON_BOTH(reset_from_the_command_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
