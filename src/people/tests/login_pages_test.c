/* Logging in by a code, a link, a password (QUA-11, ROL-2), in browsers and as JSON, on both
 * engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/tests/site.h"

static const char anna_mail[] = "anna@example.org";

/* An address asked to prove itself in a fresh browser, which then waits on /login/code. */
static struct browser *begun(struct site *site, const char *email) {
    struct browser *browser = browser_new(site, SITE_HOST);

    assert_int_equal(browser_get(browser, "/login"), 200);
    assert_int_equal(browser_post(browser, "/login", arena_format(site->arena, "email=%s", email)),
                     303);
    assert_int_equal(browser_follow(browser), 200);
    return browser;
}

static int type_code(struct browser *browser, const char *code) {
    return browser_post(browser, "/login/code",
                        arena_format(browser->site->arena, "code=%s", code));
}

/* Six digits that are not the code. */
static const char *other_code(struct site *site, const char *code) {
    return arena_format(site->arena, "%c%s", code[0] == '9' ? '0' : code[0] + 1, code + 1);
}

static void code_logs_in_and_makes_an_account_QUA_11(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);
    const char *code = site_code(site, anna_mail);

    assert_true(browser_sees(anna, anna_mail));
    assert_true(browser_sees(anna, "one-time-code"));
    assert_int_equal(type_code(anna, code), 303);
    assert_string_equal(browser_header(anna, "location"), "/account");
    assert_int_equal(browser_follow(anna), 200);
    assert_true(browser_sees(anna, anna_mail));
    assert_non_null(browser_cookie(anna, "session"));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account"), 1);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM address_proof"), 0);
    /* The same address later, written otherwise: the same account. */
    struct browser *again = begun(site, "Anna@EXAMPLE.org");
    assert_int_equal(type_code(again, site_code(site, "Anna@EXAMPLE.org")), 303);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account"), 1);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session"), 2);
    site_close(site);
}

/* No enumeration: a known and an unknown address get the same bytes. */
static void known_and_unknown_addresses_get_the_same_answer(void **state) {
    struct site *site = site_open(state);

    (void)site_account(site, anna_mail, "Anna Exempel", NULL);
    struct browser *known = begun(site, anna_mail);
    struct browser *unknown = begun(site, "bert@example.org");
    const char *body = arena_copy_text(site->arena, known->reply.body);
    assert_true(strstr(body, "Anna Exempel") == NULL);
    assert_int_equal(strlen(body) - strlen(anna_mail),
                     unknown->reply.length - strlen("bert@example.org"));
    /* The password page neither. */
    assert_int_equal(browser_get(known, "/login/password"), 200);
    assert_int_equal(
        browser_post(known, "/login/password", "email=anna@example.org&password=no+such+password"),
        422);
    const char *refusal = arena_copy_text(site->arena, known->reply.body);
    assert_int_equal(browser_get(unknown, "/login/password"), 200);
    assert_int_equal(browser_post(unknown, "/login/password",
                                  "email=anna@example.net&password=no+such+password"),
                     422);
    assert_int_equal(strlen(refusal), unknown->reply.length);
    site_close(site);
}

static void expired_code_is_refused(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);
    const char *code = site_code(site, anna_mail);

    site_now += MINUTES(15);
    assert_int_equal(type_code(anna, code), 422);
    assert_null(browser_cookie(anna, "session"));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account"), 0);
    site_close(site);
}

static void code_works_in_its_last_moment(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);

    site_now += MINUTES(15) - 1;
    assert_int_equal(type_code(anna, site_code(site, anna_mail)), 303);
    site_close(site);
}

static void sixth_attempt_is_refused_even_when_right(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);
    const char *code = site_code(site, anna_mail);

    for (int attempt = 1; attempt <= 5; attempt++) {
        assert_int_equal(type_code(anna, other_code(site, code)), 422);
        assert_int_equal(site_integer(site, "SELECT attempts FROM address_proof"), attempt);
    }
    assert_int_equal(type_code(anna, code), 422);
    assert_null(browser_cookie(anna, "session"));
    /* A new code can be asked for. */
    site_now += SECONDS(1);
    assert_int_equal(browser_get(anna, "/login"), 200);
    assert_int_equal(browser_post(anna, "/login", "email=anna@example.org"), 303);
    assert_int_equal(browser_follow(anna), 200);
    assert_int_equal(type_code(anna, site_code(site, anna_mail)), 303);
    site_close(site);
}

static void code_of_another_browser_is_refused(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);
    struct browser *thief = begun(site, "thief@example.org");
    const char *code = site_code(site, anna_mail);

    if (strcmp(code, site_code(site, "thief@example.org")) != 0)
        assert_int_equal(type_code(thief, code), 422);
    assert_null(browser_cookie(thief, "session"));
    assert_int_equal(type_code(anna, code), 303);
    site_close(site);
}

static void used_code_is_spent(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);
    const char *code = site_code(site, anna_mail), *before = anna->cookies;

    assert_int_equal(type_code(anna, code), 303);
    /* The same press twice, the first answer lost: the same session, not a refusal. */
    const char *session = browser_cookie(anna, "session");
    anna->cookies = before;
    assert_int_equal(type_code(anna, code), 303);
    assert_string_equal(browser_cookie(anna, "session"), session);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session"), 1);
    /* Another browser cannot use it, nor this one once that session is over. */
    assert_int_equal(browser_get(anna, "/account"), 200);
    assert_int_equal(browser_post(anna, "/logout", ""), 303);
    anna->cookies = before;
    assert_int_equal(browser_get(anna, "/login"), 200);
    assert_int_equal(type_code(anna, code), 422);
    site_close(site);
}

/* QUA-11: a scanner that follows the link and presses leaves the person's step unspent. */
static void scanner_that_presses_leaves_the_step_unspent_QUA_11(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);
    const char *link = arena_format(site->arena, "/login/link/%s", site_link(site, anna_mail));
    struct browser *scanner = browser_new(site, SITE_HOST);

    for (int visit = 0; visit < 3; visit++) {
        assert_int_equal(browser_get(scanner, link), 200);
        assert_false(browser_sees(scanner, anna_mail));
        assert_true(browser_sees(scanner, "Du började i en annan webbläsare"));
        assert_int_equal(browser_get(scanner, "/login"), 200);
        assert_int_equal(browser_post(scanner, link, ""), 422);
        assert_null(browser_cookie(scanner, "session"));
    }
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session"), 0);
    assert_int_equal(type_code(anna, site_code(site, anna_mail)), 303);
    site_close(site);
}

/* QUA-11: mail read on another device works, by the code. */
static void mail_read_elsewhere_works_by_the_code_QUA_11(void **state) {
    struct site *site = site_open(state);
    struct browser *desk = begun(site, anna_mail), *phone = browser_new(site, SITE_HOST);
    const char *link = arena_format(site->arena, "/login/link/%s", site_link(site, anna_mail));

    assert_int_equal(browser_get(phone, link), 200);
    assert_true(browser_sees(phone, "href=\"/login\""));
    assert_int_equal(type_code(desk, site_code(site, anna_mail)), 303);
    /* Now the link is over everywhere. */
    assert_int_equal(browser_get(phone, link), 200);
    assert_true(browser_sees(phone, "gäller inte längre"));
    site_close(site);
}

static void link_needs_a_second_press_QUA_11(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);
    const char *link = arena_format(site->arena, "/login/link/%s", site_link(site, anna_mail));

    assert_int_equal(browser_get(anna, link), 200);
    assert_int_equal(browser_get(anna, link), 200);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session"), 0);
    assert_true(browser_sees(anna, anna_mail));
    assert_int_equal(browser_post(anna, link, ""), 303);
    assert_int_equal(browser_follow(anna), 200);
    assert_non_null(browser_cookie(anna, "session"));
    assert_int_equal(browser_get(anna, "/login/link/nosuchlink"), 200);
    assert_true(browser_sees(anna, "gäller inte längre"));
    site_close(site);
}

static void forged_forms_are_refused(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);
    const char *code = site_code(site, anna_mail);
    const char *body = arena_format(site->arena, "code=%s", code);
    static const char *const type[] = {"Content-Type: application/x-www-form-urlencoded",
                                       "Sec-Fetch-Site: cross-site", NULL};

    assert_int_equal(browser_send(anna, METHOD_POST, "/login/code", type, body), 403);
    assert_int_equal(browser_send(anna, METHOD_POST, "/login/code", LINES(type[0]), body), 403);
    anna->form = "a.b.c";
    assert_int_equal(browser_send(anna, METHOD_POST, "/login/code", LINES(type[0]),
                                  arena_format(site->arena, "form=a.b.c&code=%s", code)),
                     403);
    assert_null(browser_cookie(anna, "session"));
    assert_int_equal(site_integer(site, "SELECT attempts FROM address_proof"), 0);
    site_close(site);
}

static void what_was_typed_is_kept_and_named(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);

    assert_int_equal(browser_get(anna, "/login?next=%2Faccount%2Ftokens"), 200);
    assert_true(browser_sees(anna, "value=\"/account/tokens\""));
    assert_int_equal(browser_post(anna, "/login", "email=%22%3E%3Cscript%3E%26'&next=%2Faccount"),
                     422);
    assert_true(browser_sees(anna, "href=\"#email\""));
    assert_false(browser_sees(anna, "<script>"));
    assert_true(browser_sees(anna, "&lt;script&gt;"));
    assert_true(browser_sees(anna, "value=\"/account\""));
    site_close(site);
}

static void next_leads_on_and_never_away(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);

    assert_int_equal(browser_get(anna, "/account/tokens"), 303);
    assert_string_equal(browser_header(anna, "location"), "/login?next=/account/tokens");
    assert_int_equal(browser_follow(anna), 200);
    assert_int_equal(
        browser_post(anna, "/login", "email=anna@example.org&next=%2Faccount%2Ftokens"), 303);
    assert_int_equal(browser_follow(anna), 200);
    assert_int_equal(type_code(anna, site_code(site, anna_mail)), 303);
    assert_string_equal(browser_header(anna, "location"), "/account/tokens");
    struct browser *bert = browser_new(site, SITE_HOST);
    assert_int_equal(browser_get(bert, "/login"), 200);
    assert_int_equal(browser_post(bert, "/login", "email=bert@example.org&next=%2F%2Fevil.example"),
                     303);
    assert_int_equal(browser_follow(bert), 200);
    assert_int_equal(type_code(bert, site_code(site, "bert@example.org")), 303);
    assert_string_equal(browser_header(bert, "location"), "/account");
    site_close(site);
}

static void too_many_codes_to_one_address_are_not_sent(void **state) {
    struct site *site = site_open(state);

    for (int i = 0; i < 5; i++)
        (void)begun(site, anna_mail);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM outbox"), 5);
    struct browser *sixth = begun(site, anna_mail);
    assert_int_equal(sixth->reply.status, 200);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM outbox"), 5);
    site_now += MINUTES(15);
    (void)begun(site, anna_mail);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM outbox"), 6);
    site_close(site);
}

static void unknown_host_is_nobody(void **state) {
    struct site *site = site_open(state);
    struct browser *lost = browser_new(site, "nowhere.example");

    assert_int_equal(browser_get(lost, "/login"), 404);
    site_close(site);
}

/* A cookie of the right length and the wrong letters is nobody's; once it ended the service. */
static void a_made_up_cookie_is_no_browser(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);

    assert_int_equal(browser_get(anna, "/login"), 200);
    char *cookies = arena_copy_text(site->arena, anna->cookies);
    char *value = strstr(cookies, "__Host-begun=");
    assert_non_null(value);
    memset(value + strlen("__Host-begun="), '!', 43);
    anna->cookies = cookies;
    assert_int_equal(browser_post(anna, "/login", "email=anna%40example.org"), 303);
    assert_null(strchr(browser_cookie(anna, "begun"), '!'));
    site_close(site);
}

static void programs_log_in_with_json(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = begun(site, anna_mail);

    anna->json = true;
    assert_int_equal(browser_get(anna, "/login/code"), 200);
    assert_true(browser_sees(anna, "\"email\":\"anna@example.org\""));
    assert_true(browser_sees(anna, "\"attempts_left\":5"));
    assert_int_equal(type_code(anna, other_code(site, site_code(site, anna_mail))), 422);
    assert_true(browser_sees(anna, "\"code\":\"proof.wrong\""));
    assert_int_equal(type_code(anna, site_code(site, anna_mail)), 200);
    assert_true(browser_sees(anna, "\"address\":\"/account\""));
    assert_int_equal(browser_get(anna, "/account"), 200);
    assert_true(browser_sees(anna, "\"email\":\"anna@example.org\""));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(code_logs_in_and_makes_an_account_QUA_11),
        TEST_ON_BOTH(known_and_unknown_addresses_get_the_same_answer),
        TEST_ON_BOTH(expired_code_is_refused),
        TEST_ON_SQLITE(code_works_in_its_last_moment),
        TEST_ON_BOTH(sixth_attempt_is_refused_even_when_right),
        TEST_ON_BOTH(code_of_another_browser_is_refused),
        TEST_ON_BOTH(used_code_is_spent),
        TEST_ON_BOTH(scanner_that_presses_leaves_the_step_unspent_QUA_11),
        TEST_ON_BOTH(mail_read_elsewhere_works_by_the_code_QUA_11),
        TEST_ON_BOTH(link_needs_a_second_press_QUA_11),
        TEST_ON_SQLITE(forged_forms_are_refused),
        TEST_ON_SQLITE(what_was_typed_is_kept_and_named),
        TEST_ON_SQLITE(next_leads_on_and_never_away),
        TEST_ON_SQLITE(too_many_codes_to_one_address_are_not_sent),
        TEST_ON_SQLITE(unknown_host_is_nobody),
        TEST_ON_SQLITE(a_made_up_cookie_is_no_browser),
        TEST_ON_SQLITE(programs_log_in_with_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
