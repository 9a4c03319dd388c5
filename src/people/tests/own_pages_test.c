/* Mina sidor: name, address, password, the register extract, and the end of an account (QUA-4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/tests/site.h"
#include "records/records.h"
#include "records/tests/dump.h"

static const char anna_mail[] = "anna.unik@example.org";
static const char password[] = "h%C3%A4st+batteri+klammer";

static struct browser *logged_in(struct site *site, const char *email) {
    struct browser *browser = browser_new(site, SITE_HOST);

    browser_log_in(browser, email);
    return browser;
}

static int save_name(struct browser *browser, const char *fields) {
    assert_int_equal(browser_get(browser, "/account/profile"), 200);
    return browser_post(browser, "/account/profile", fields);
}

static void name_and_language_are_changed(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);

    assert_int_equal(save_name(anna, "name=Anna+Unik&language=en"), 303);
    assert_int_equal(browser_follow(anna), 200);
    assert_true(anna->reply.statements <= 8);
    assert_true(browser_sees(anna, "Anna Unik"));
    assert_true(browser_sees(anna, "My pages")); /* the account's language counts at once */
    struct browser *elsewhere = logged_in(site, anna_mail); /* and in other browsers */
    assert_int_equal(browser_get(elsewhere, "/account"), 200);
    assert_true(browser_sees(elsewhere, "My pages"));
    elsewhere->cookies = arena_format(site->arena, "%s; __Host-language=sv", elsewhere->cookies);
    assert_int_equal(browser_get(elsewhere, "/account"), 200);
    assert_true(browser_sees(elsewhere, "Mina sidor")); /* unless one chose another there */
    assert_int_equal(save_name(anna, "name=&language=sv"), 422);
    assert_int_equal(save_name(anna, "name=Anna&language=tlh"), 422);
    /* The hostile fixture comes back inert. */
    assert_int_equal(save_name(anna, "name=%22%3E%3Cscript%3E%26'&language=sv"), 303);
    assert_int_equal(browser_follow(anna), 200);
    assert_true(browser_sees(anna, "&quot;&gt;&lt;script&gt;&amp;"));
    assert_false(browser_sees(anna, "<script>&"));
    site_close(site);
}

static void address_is_changed_by_its_code(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);

    assert_int_equal(browser_get(anna, "/account/email"), 200);
    assert_int_equal(browser_post(anna, "/account/email", "email=ny@example.org"), 303);
    assert_int_equal(browser_follow(anna), 200);
    assert_int_equal(browser_post(anna, "/account/email/code", "code=1"), 422);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account WHERE email_key = "
                                        "'anna.unik@example.org'"),
                     1);
    assert_int_equal(
        browser_post(anna, "/account/email/code",
                     arena_format(site->arena, "code=%s", site_code(site, "ny@example.org"))),
        303);
    assert_int_equal(browser_follow(anna), 200);
    assert_true(browser_sees(anna, "ny@example.org"));
    site_close(site);
}

static void address_is_changed_by_the_link_in_the_same_session_QUA_11(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);

    assert_int_equal(browser_get(anna, "/account/email"), 200);
    assert_int_equal(browser_post(anna, "/account/email", "email=ny@example.org"), 303);
    const char *link =
        arena_format(site->arena, "/login/link/%s", site_link(site, "ny@example.org"));
    struct browser *other = logged_in(site, "ny2@example.org");
    assert_int_equal(browser_get(other, link), 200);
    assert_int_equal(browser_post(other, link, ""), 422);
    assert_int_equal(browser_get(anna, link), 200);
    assert_true(browser_sees(anna, "Bekräfta din nya adress"));
    assert_int_equal(browser_post(anna, link, ""), 303);
    assert_int_equal(browser_follow(anna), 200);
    assert_true(browser_sees(anna, "ny@example.org"));
    site_close(site);
}

/* ---- what a changed way in ends ---- */

static void make_token(struct browser *browser) {
    assert_int_equal(browser_get(browser, "/account/tokens"), 200);
    assert_int_equal(browser_post(browser, "/account/tokens", "name=Rapport&scope=read&life=month"),
                     200);
}

static int64_t tokens(struct site *site) {
    return site_integer(site, "SELECT count(*) FROM token");
}

/* The old address is told, even when the account is deleted at once: that would be the way to
 * silence the mail. */
static void a_changed_address_ends_other_access_and_is_told(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);
    site_now += SECONDS(1);
    struct browser *thief = logged_in(site, anna_mail);

    make_token(anna);
    assert_int_equal(browser_get(thief, "/account/email"), 200);
    assert_int_equal(browser_post(thief, "/account/email", "email=ny@example.org"), 303);
    assert_int_equal(browser_follow(thief), 200);
    assert_int_equal(tokens(site), 1);
    const char *code = arena_format(site->arena, "code=%s", site_code(site, "ny@example.org"));
    assert_int_equal(browser_post(thief, "/account/email/code", code), 303);
    assert_int_equal(browser_follow(thief), 200);
    assert_int_equal(browser_get(anna, "/account"), 303);
    assert_int_equal(tokens(site), 0);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM audit WHERE act = 'account.email'"),
                     1);
    assert_int_equal(browser_get(thief, "/account/delete"), 200);
    assert_int_equal(browser_post(thief, "/account/delete", "sure=1"), 303);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM outbox WHERE kind = 'email_changed' "
                                        "AND address = 'anna.unik@example.org'"),
                     1);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM outbox WHERE kind = 'email_changed' "
                                        "AND facts LIKE '%ny@example%'"),
                     0);
    site_close(site);
}

/* Who asks for an address that somebody has learns it only by holding that address. */
static void address_of_another_is_not_taken(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);

    (void)site_account(site, "bert@example.org", "Bert", NULL);
    assert_int_equal(browser_get(anna, "/account/email"), 200);
    assert_int_equal(browser_post(anna, "/account/email", "email=bert@example.org"), 303);
    assert_int_equal(browser_follow(anna), 200);
    assert_int_equal(
        browser_post(anna, "/account/email/code",
                     arena_format(site->arena, "code=%s", site_code(site, "bert@example.org"))),
        422);
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM account WHERE email_key = 'bert@example.org'"), 1);
    site_close(site);
}

/* ---- password ---- */

static int set_password(struct browser *browser, const char *fields) {
    assert_int_equal(browser_get(browser, "/account/password"), 200);
    return browser_post(browser, "/account/password", fields);
}

static int password_log_in(struct browser *browser, const char *typed) {
    assert_int_equal(browser_get(browser, "/login/password"), 200);
    return browser_post(
        browser, "/login/password",
        arena_format(browser->site->arena, "email=%s&password=%s", anna_mail, typed));
}

static void password_is_set_used_changed_and_removed(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail), *phone = browser_new(site, SITE_HOST);
    const char *fields = arena_format(site->arena, "new_password=%s", password);

    site_now += SECONDS(1);
    browser_log_in(phone, anna_mail);
    assert_int_equal(set_password(anna, "new_password=kort"), 422);
    assert_int_equal(set_password(anna, "new_password=password1234"), 422);
    assert_int_equal(set_password(anna, "new_password=anna.unik%40example.org"), 422);
    assert_int_equal(set_password(anna, fields), 303);
    assert_int_equal(browser_get(phone, "/account"), 303); /* other sessions end */
    assert_int_equal(browser_get(anna, "/account"), 200);
    assert_int_equal(password_log_in(phone, "fel+fel+fel+fel"), 422);
    assert_int_equal(password_log_in(phone, password), 303);
    assert_int_equal(browser_follow(phone), 200);
    /* To change it the present one is asked for. */
    assert_int_equal(set_password(anna, "new_password=ett+annat+ord"), 422);
    assert_int_equal(set_password(anna, "password=fel+fel&new_password=ett+annat+ord"), 422);
    assert_int_equal(
        set_password(anna,
                     arena_format(site->arena, "password=%s&new_password=ett+annat+ord", password)),
        303);
    assert_int_equal(browser_get(anna, "/account/password"), 200);
    /* A session left open is not enough to remove it either. */
    assert_int_equal(browser_post(anna, "/account/password/remove", ""), 422);
    assert_int_equal(browser_get(anna, "/account/password"), 200);
    assert_int_equal(browser_post(anna, "/account/password/remove", "password=ett+annat+ord"), 303);
    assert_int_equal(password_log_in(phone, "ett+annat+ord"), 422);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM audit WHERE act IN "
                                        "('password.set', 'password.remove')"),
                     3);
    site_close(site);
}

static void a_changed_password_ends_other_access(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);
    site_now += SECONDS(1);
    struct browser *thief = logged_in(site, anna_mail);
    const char *fields = arena_format(site->arena, "new_password=%s", password);

    make_token(thief);
    assert_int_equal(set_password(anna, "new_password=kort"), 422);
    assert_int_equal(tokens(site), 1);
    assert_int_equal(set_password(anna, fields), 303);
    assert_int_equal(tokens(site), 0);
    assert_int_equal(browser_get(thief, "/account"), 303);
    assert_int_equal(browser_get(anna, "/account"), 200);
    make_token(anna);
    assert_int_equal(browser_get(anna, "/account/password"), 200);
    assert_int_equal(browser_post(anna, "/account/password/remove",
                                  arena_format(site->arena, "password=%s", password)),
                     303);
    assert_int_equal(tokens(site), 0);
    site_close(site);
}

static void guesses_of_a_password_are_limited(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail), *thief = browser_new(site, SITE_HOST);

    assert_int_equal(set_password(anna, arena_format(site->arena, "new_password=%s", password)),
                     303);
    for (int i = 0; i < 10; i++)
        assert_int_equal(password_log_in(thief, "fel+fel+fel+fel"), 422);
    assert_int_equal(password_log_in(thief, password), 429);
    site_now += MINUTES(15);
    assert_int_equal(password_log_in(thief, password), 303);
    site_close(site);
}

/* ---- extract and deletion ---- */

static void extract_tells_all_that_is_kept_QUA_4(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);

    assert_int_equal(save_name(anna, "name=Anna+Unik&language=sv"), 303);
    assert_int_equal(browser_get(anna, "/account/extract"), 200);
    assert_true(browser_sees(anna, "Anna Unik"));
    assert_true(browser_sees(anna, anna_mail));
    assert_true(browser_sees(anna, "Firefox, Linux"));
    assert_true(browser_sees(anna, "kl. 14.02")); /* times as people read them */
    assert_int_equal(browser_get(anna, "/account/extract/file"), 200);
    assert_true(browser_sees(anna, "{\"account\":[{\"email\":\"anna.unik@example.org\""));
    assert_non_null(strstr(browser_header(anna, "content-disposition"), "mina-uppgifter.json"));
    site_close(site);
}

static void nothing_personal_remains_QUA_4(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = logged_in(site, anna_mail);
    const char *address = test_database_address(test_store_database(state));

    assert_int_equal(save_name(anna, "name=Anna+Unik&language=sv"), 303);
    assert_int_equal(browser_get(anna, "/account/tokens"), 200);
    assert_int_equal(
        browser_post(anna, "/account/tokens", "name=Annas+hemliga&scope=read&life=year"), 200);
    /* Codes on their way to her, asked for here and in another browser. */
    assert_int_equal(browser_get(anna, "/account/email"), 200);
    assert_int_equal(browser_post(anna, "/account/email", "email=ny.unik@example.org"), 303);
    const char *before = database_dump(site->arena, address);
    assert_true(dump_holds(before, "Anna Unik") && dump_holds(before, anna_mail) &&
                dump_holds(before, "Annas hemliga") && dump_holds(before, "ny.unik@example.org"));
    assert_int_equal(browser_get(anna, "/account/delete"), 200);
    assert_int_equal(browser_post(anna, "/account/delete", ""), 422); /* asked again */
    assert_int_equal(browser_get(anna, "/account"), 200);
    assert_int_equal(browser_post(anna, "/account/delete", "sure=1"), 303);
    assert_null(browser_cookie(anna, "session"));
    const char *after = database_dump(site->arena, address);
    assert_false(dump_holds(after, "unik"));
    assert_false(dump_holds(after, "hemliga"));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM session"), 0);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account WHERE deleted_at IS NULL"),
                     0);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM audit WHERE act = 'account.delete'"),
                     1);
    /* The address is free again. */
    site_now += SECONDS(1);
    (void)logged_in(site, anna_mail);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account"), 2);
    site_close(site);
}

static void who_has_a_role_hands_over_first(void **state) {
    static const enum role moderator[] = {ROLE_moderator, ROLE_COUNT};
    struct site *site = site_open(state);
    struct browser *stina = browser_new(site, SITE_HOST);

    (void)site_account(site, anna_mail, "Stina", moderator);
    browser_log_in(stina, anna_mail);
    assert_int_equal(browser_get(stina, "/account/delete"), 200);
    assert_true(browser_sees(stina, "avsluta rollen först"));
    assert_int_equal(browser_get(stina, "/account/profile"), 200);
    assert_int_equal(browser_post(stina, "/account/delete", "sure=1"), 422);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account WHERE deleted_at IS NULL"),
                     1);
    site_close(site);
}

/* ---- K76 ---- */

static void run_unused(struct site *site) {
    struct job_context context = {
        .store = site->store, .arena = arena_new(8 << 20), .now = site_now};

    assert_int_equal(store_reader(site->store, 1000, &context.db), ERR_OK);
    assert_int_equal(account_unused_job.run(&context, &(struct job){.attempt = 1}), ERR_OK);
    store_reader_done(site->store, context.db);
    arena_free(context.arena);
}

static int64_t living(struct site *site) {
    return site_integer(site, "SELECT count(*) FROM account WHERE deleted_at IS NULL");
}

static void unused_accounts_are_warned_then_deleted(void **state) {
    static const enum role moderator[] = {ROLE_moderator, ROLE_COUNT};
    struct site *site = site_open(state);

    (void)site_account(site, anna_mail, "Anna Unik", NULL);
    (void)site_account(site, "bert@example.org", "Bert", NULL);
    (void)site_account(site, "staff@example.org", "Stina", moderator);
    site_now += DAYS(365);
    run_unused(site);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM outbox"), 0);
    site_now += DAYS(1);
    run_unused(site);
    run_unused(site);
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM outbox WHERE kind = 'account_unused'"), 2);
    (void)logged_in(site, "bert@example.org"); /* keeps it */
    site_now += DAYS(30);
    run_unused(site);
    assert_int_equal(living(site), 3);
    site_now += SECONDS(1);
    run_unused(site);
    assert_int_equal(living(site), 2);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account WHERE deleted_at IS NULL AND "
                                        "email_key = 'anna.unik@example.org'"),
                     0);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(name_and_language_are_changed),
        TEST_ON_BOTH(address_is_changed_by_its_code),
        TEST_ON_SQLITE(address_is_changed_by_the_link_in_the_same_session_QUA_11),
        TEST_ON_BOTH(a_changed_address_ends_other_access_and_is_told),
        TEST_ON_BOTH(address_of_another_is_not_taken),
        TEST_ON_BOTH(a_changed_password_ends_other_access),
        TEST_ON_BOTH(password_is_set_used_changed_and_removed),
        TEST_ON_SQLITE(guesses_of_a_password_are_limited),
        TEST_ON_BOTH(extract_tells_all_that_is_kept_QUA_4),
        TEST_ON_BOTH(nothing_personal_remains_QUA_4),
        TEST_ON_SQLITE(who_has_a_role_hands_over_first),
        TEST_ON_BOTH(unused_accounts_are_warned_then_deleted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
