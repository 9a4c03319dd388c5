/* Sessions and tokens: listed, ended, bound to their organisation; when they were last used is
 * written in batches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/tests/site.h"

static const char anna_mail[] = "anna@example.org";

static struct browser *logged_in(struct site *site, const char *email) {
    struct browser *browser = browser_new(site, SITE_HOST);

    browser_log_in(browser, email);
    return browser;
}

static void cookie_is_hidden_from_the_database(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);
    const char *cookie = browser_cookie(anna, "session");

    assert_int_equal(strlen(cookie), 43);
    assert_int_equal(site_integer(site, "SELECT length(secret) FROM session"), 32);
    site_close(site);
}

static void sessions_are_listed_and_ended(void **state) {
    struct site *site = site_open(state);
    struct browser *desk = logged_in(site, anna_mail), *phone = browser_new(site, SITE_HOST);

    phone->user_agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1";
    site_now += SECONDS(1);
    browser_log_in(phone, anna_mail);
    assert_int_equal(browser_get(desk, "/account/sessions"), 200);
    assert_true(desk->reply.statements <= 8);
    assert_true(browser_sees(desk, "Safari, iPhone"));
    assert_true(browser_sees(desk, "Firefox, Linux"));
    const char *action = strstr(desk->reply.body, "/account/sessions/");
    assert_non_null(action);
    const char *path = arena_copy_span(site->arena, action, strcspn(action, "\""));
    assert_int_equal(browser_post(desk, path, ""), 303);
    assert_int_equal(browser_follow(desk), 200);
    assert_true(browser_sees(desk, "Inloggningen är avslutad"));
    assert_int_equal(browser_get(phone, "/account"), 303);
    assert_int_equal(browser_get(desk, "/account"), 200);
    site_close(site);
}

static void others_can_be_ended_at_once(void **state) {
    struct site *site = site_open(state);
    struct browser *desk = logged_in(site, anna_mail);
    struct browser *bert = logged_in(site, "bert@example.org");

    for (int i = 0; i < 2; i++) {
        site_now += SECONDS(1);
        (void)logged_in(site, anna_mail);
    }
    assert_int_equal(browser_get(desk, "/account/sessions"), 200);
    assert_int_equal(browser_post(desk, "/account/sessions/end-others", ""), 303);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session"), 2);
    assert_int_equal(browser_get(desk, "/account"), 200);
    assert_int_equal(browser_get(bert, "/account"), 200);
    site_close(site);
}

static void session_of_another_is_not_mine_to_end(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);
    const int64_t session = site_integer(site, "SELECT id FROM session");
    struct browser *bert = logged_in(site, "bert@example.org");

    assert_int_equal(
        browser_post(
            bert, arena_format(site->arena, "/account/sessions/%lld/end", (long long)session), ""),
        404);
    assert_int_equal(browser_get(anna, "/account"), 200);
    site_close(site);
}

static void session_of_another_tenant_is_no_session_ROL_12(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);

    anna->host = OTHER_HOST;
    assert_int_equal(browser_get(anna, "/account"), 303);
    assert_string_equal(browser_header(anna, "location"), "/login?next=/account");
    anna->host = SITE_HOST;
    assert_int_equal(browser_get(anna, "/account"), 200);
    site_close(site);
}

static void log_out_ends_it_and_twice_is_harmless(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);
    const char *before = anna->cookies;

    assert_int_equal(browser_post(anna, "/logout", ""), 303);
    assert_null(browser_cookie(anna, "session"));
    anna->cookies = before; /* a copy of the cookie is worth nothing */
    assert_int_equal(browser_get(anna, "/account"), 303);
    assert_int_equal(browser_post(anna, "/logout", ""), 303);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session"), 0);
    site_close(site);
}

static void sessions_end_by_the_clock(void **state) {
    static const enum role moderator[] = {ROLE_moderator, ROLE_COUNT};
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);

    (void)site_account(site, "staff@example.org", "Stina", moderator);
    struct browser *staff = browser_new(site, SITE_HOST);
    browser_log_in(staff, "staff@example.org");
    site_now += HOURS(4) - SECONDS(1);
    assert_int_equal(browser_get(anna, "/account"), 200);
    assert_int_equal(people_flush(site->store), ERR_OK);
    site_now += HOURS(4) - SECONDS(1); /* used meanwhile */
    assert_int_equal(browser_get(anna, "/account"), 200);
    assert_int_equal(browser_get(staff, "/account"), 200);
    site_now += SECONDS(2); /* staff: eight hours without use */
    assert_int_equal(browser_get(staff, "/account"), 303);
    site_now += HOURS(4);
    assert_int_equal(browser_get(anna, "/account"), 303);
    site_close(site);
}

/* GET writes nothing: what it noted is written by the job. */
static void last_use_is_written_in_batches(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);
    const int64_t before = site_integer(site, "SELECT last_seen_at FROM session");

    site_now += MINUTES(5);
    assert_int_equal(browser_get(anna, "/account"), 200);
    assert_int_equal(site_integer(site, "SELECT last_seen_at FROM session"), before);
    assert_int_equal(people_flush(site->store), ERR_OK);
    assert_int_equal(site_integer(site, "SELECT last_seen_at FROM session"), site_now);
    assert_int_equal(site_integer(site, "SELECT last_seen_at FROM account"), site_now);
    site_close(site);
}

/* ---- tokens ---- */

static const char *made_token(struct browser *browser, const char *scope) {
    struct arena *arena = browser->site->arena;

    assert_int_equal(browser_get(browser, "/account/tokens"), 200);
    assert_int_equal(browser_post(browser, "/account/tokens",
                                  arena_format(arena, "name=Rapport&scope=%s&life=month", scope)),
                     200);
    const char *at = strstr(browser->reply.body, "radslag_");
    assert_non_null(at);
    return arena_copy_span(arena, at, strcspn(at, "<"));
}

static int with_token(struct browser *program, enum method method, const char *target,
                      const char *token, const char *body) {
    return browser_send(program, method, target,
                        LINES(arena_format(program->site->arena, "Authorization: Bearer %s", token),
                              "Content-Type: application/json", "Accept: application/json"),
                        body);
}

static void token_is_shown_once_and_revoked(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail), *program = browser_new(site, SITE_HOST);
    const char *token = made_token(anna, "read");

    assert_int_equal(site_integer(site, "SELECT length(secret) FROM token"), 32);
    assert_int_equal(browser_get(anna, "/account/tokens"), 200);
    assert_false(browser_sees(anna, token));
    assert_true(browser_sees(anna, "Rapport"));
    assert_int_equal(with_token(program, METHOD_GET, "/login", token, NULL), 200);
    assert_int_equal(with_token(program, METHOD_GET, "/login", "radslag_nosuch", NULL), 401);
    assert_int_equal(with_token(program, METHOD_GET, "/login", token + 8, NULL), 401);
    const char *action = strstr(anna->reply.body, "/account/tokens/");
    const char *path = arena_copy_span(site->arena, action, strcspn(action, "\""));
    assert_int_equal(browser_post(anna, path, ""), 303);
    assert_int_equal(with_token(program, METHOD_GET, "/login", token, NULL), 401);
    site_close(site);
}

static void token_ends_on_its_day(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail), *program = browser_new(site, SITE_HOST);
    const char *token = made_token(anna, "read");

    site_now += DAYS(30) - SECONDS(1);
    assert_int_equal(with_token(program, METHOD_GET, "/login", token, NULL), 200);
    site_now += SECONDS(1);
    assert_int_equal(with_token(program, METHOD_GET, "/login", token, NULL), 401);
    site_close(site);
}

/* A token acts for its holder, but never on the account itself, and writes only with that scope. */
static void token_keeps_to_its_scope(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail), *program = browser_new(site, SITE_HOST);
    const char *reads = made_token(anna, "read"), *writes = made_token(anna, "write");

    assert_int_equal(with_token(program, METHOD_GET, "/account", reads, NULL), 403);
    assert_int_equal(with_token(program, METHOD_GET, "/account", writes, NULL), 403);
    assert_int_equal(
        with_token(program, METHOD_POST, "/login", reads, "{\"email\":\"b@example.org\"}"), 403);
    assert_int_equal(
        with_token(program, METHOD_POST, "/login", writes, "{\"email\":\"b@example.org\"}"), 200);
    assert_int_equal(with_token(program, METHOD_POST, "/account/delete", writes, "{\"sure\":true}"),
                     403);
    /* A browser's cookies count for nothing beside a token. */
    assert_int_equal(with_token(anna, METHOD_GET, "/account", "radslag_no", NULL), 401);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(cookie_is_hidden_from_the_database),
        TEST_ON_BOTH(sessions_are_listed_and_ended),
        TEST_ON_BOTH(others_can_be_ended_at_once),
        TEST_ON_SQLITE(session_of_another_is_not_mine_to_end),
        TEST_ON_BOTH(session_of_another_tenant_is_no_session_ROL_12),
        TEST_ON_SQLITE(log_out_ends_it_and_twice_is_harmless),
        TEST_ON_SQLITE(sessions_end_by_the_clock),
        TEST_ON_BOTH(last_use_is_written_in_batches),
        TEST_ON_BOTH(token_is_shown_once_and_revoked),
        TEST_ON_SQLITE(token_ends_on_its_day),
        TEST_ON_SQLITE(token_keeps_to_its_scope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
