/* Setting up: the very first organisation, once; the first hour until it is open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "people/setup/make.h"
#include "people/setup/setup.h"
#include "people/tests/office.h"

static const char tests[] = "people/setup/tests/";
static const char new_host[] = "delta.ljungby.example";

static const char begin_fields[] =
    "pick=0781&host=delta.ljungby.example&first_name=Ada+Ek&first_email=ada@ljungby.example"
    "&second_name=Bo+Al&second_email=bo@ljungby.example";

static const char *the_code(struct site *site) {
    char *code = arena_take(site->arena, INVITATION_DIGITS + 1);
    assert_int_equal(setup_code(code), ERR_OK);
    return code;
}

/* The database as it is before there is any organisation. */
static struct site *empty_site(void **state) {
    struct site *site = site_open(state);
    test_execute(site->store, "DELETE FROM organisation");
    return site;
}

static int begin(struct browser *browser, const char *code) {
    return browser_post(browser, "/setup/begin",
                        arena_format(browser->site->arena, "%s&code=%s", begin_fields, code));
}

static void the_first_organisation_is_made_once(void **state) {
    struct site *site = empty_site(state);
    struct browser *operator= browser_new(site, "127.0.0.1");
    const char *code = the_code(site);
    assert_int_equal(
        browser_get(operator, arena_format(site->arena, "/setup/begin?key=%s&q=ljungb", code)),
        200);
    assert_true(browser_sees(operator, "Ljungby kommun"));
    assert_int_equal(
        browser_get(operator, arena_format(site->arena, "/setup/begin?key=%s&choice=0781", code)),
        200);
    assert_true(operator->reply.statements <= 8);
    assert_true(browser_sees(operator, "value=\"127.0.0.1\"")); /* the name it was reached by */
    assert_true(browser_sees(operator, code));                  /* not asked for again */
    assert_int_equal(begin(operator, "000000000000"), 422);
    assert_true(browser_sees(operator, "Koden stämmer inte"));
    assert_true(browser_sees(operator, "value=\"Ada Ek\""));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM organisation"), 0);
    assert_int_equal(begin(operator, code), 303);
    assert_int_equal(browser_follow(operator), 200);
    assert_true(browser_sees(operator, new_host));
    /* Nobody else is told that it is being prepared. */
    struct browser *stranger = browser_new(site, "127.0.0.1");
    assert_int_equal(browser_get(stranger, "/setup/begun"), 404);
    assert_int_equal(browser_get(stranger, "/setup/begun?receipt=000000000000"), 404);
    assert_int_equal(
        browser_get(stranger, arena_format(site->arena, "/setup/begun?receipt=%s", code)), 404);
    assert_false(browser_sees(stranger, new_host));
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM account_role WHERE role = 'administrator'"), 2);
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM outbox WHERE kind = 'invitation_first'"), 2);
    assert_string_equal(site_text(site,
                                  "SELECT name || ' ' || municipality || ' ' || state AS text "
                                  "FROM organisation"),
                        "Ljungby kommun 0781 preparing");
    /* The code is spent. */
    struct browser *second = browser_new(site, "127.0.0.1");
    second->form = operator->form;
    second->cookies = operator->cookies;
    assert_int_equal(begin(second, code), 410);
    assert_int_equal(browser_get(second, "/setup/begin"), 410);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM organisation"), 1);
    site_close(site);
}

static void never_one_administrator(void **state) {
    struct site *site = empty_site(state);
    struct browser *operator= browser_new(site, "127.0.0.1");
    const char *code = the_code(site);
    assert_int_equal(browser_get(operator, "/setup/begin?choice=0781"), 200);
    assert_int_equal(
        browser_post(operator, "/setup/begin",
                     arena_format(site->arena,
                                  "pick=0781&host=a.example&first_name=A&first_email=a@b.example"
                                  "&second_name=B&second_email=A@B.example&code=%s",
                                  code)),
        422);
    assert_true(browser_sees(operator, "Båda har samma adress"));
    assert_int_equal(browser_post(operator, "/setup/begin",
                                  arena_format(site->arena,
                                               "pick=0781&host=https://a.example/&first_name=A"
                                               "&first_email=a@b.example&second_name=B"
                                               "&second_email=b@b.example&code=%s",
                                               code)),
                     422);
    assert_true(browser_sees(operator, "Skriv bara värdnamnet"));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM organisation"), 0);
    site_close(site);
}

/* ---- the first hour ---- */

static struct browser *administrator(struct site *site) {
    return office_person(site, "ada@almsjo.example", "Ada Almsjö", ROLE_administrator);
}

static void the_list_by_role_ADM_1(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    struct browser *officer =
        office_person(site, "hans@almsjo.example", "Hans Ek", ROLE_case_officer);
    assert_golden(ada, "/setup",
                  arena_format(site->arena, "%ssetup.administrator.golden.json", tests));
    assert_true(ada->reply.statements <= 8);
    assert_golden(officer, "/setup",
                  arena_format(site->arena, "%ssetup.case_officer.golden.json", tests));
    site_close(site);
}

static void post(struct browser *browser, const char *target, const char *fields) {
    assert_int_equal(browser_get(browser, "/setup"), 200);
    assert_int_equal(browser_post(browser, target, fields), 303);
}

/* ADM-1: opened by a press when nothing is missing, and not before. */
static void opened_when_nothing_is_missing_ADM_1(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/setup"), 200);
    assert_int_equal(browser_post(ada, "/setup/open", ""), 422);
    assert_true(browser_sees(ada, "Något saknas fortfarande"));
    assert_int_equal(browser_get(ada, "/settings/responsibility"), 200);
    assert_int_equal(browser_post(ada, "/settings/responsibility",
                                  "revision=1&controller=Kommunstyrelsen&dpo=dso@almsjo.example"),
                     303);
    post(ada, "/setup/statement", "");
    assert_int_equal(browser_get(ada, "/setup"), 200);
    assert_int_equal(browser_post(ada, "/setup/open", ""), 422); /* one administrator */
    (void)office_person(site, "bo@almsjo.example", "Bo Berg", ROLE_administrator);
    assert_int_equal(browser_get(ada, "/setup"), 200);
    assert_true(browser_sees(ada, "Öppna för alla"));
    post(ada, "/setup/open", "");
    assert_string_equal(site_text(site, "SELECT state AS text FROM organisation WHERE id = 1"),
                        "open");
    post(ada, "/setup/pause", "");
    post(ada, "/setup/resume", "");
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM audit WHERE act = 'organisation.state'"), 3);
    assert_string_equal(site_text(site, "SELECT state AS text FROM organisation WHERE id = 2"),
                        "preparing");
    site_close(site);
}

static void a_mail_tries_the_sender(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/setup"), 200);
    post(ada, "/setup/mail", "");
    assert_string_equal(
        site_text(site, "SELECT address AS text FROM outbox WHERE kind = 'sender_test'"),
        "ada@almsjo.example");
    site_close(site);
}

static void put_off_with_an_owner_and_a_day(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/setup/later/responsibility"), 200);
    assert_true(browser_sees(ada, "Ada Almsjö"));
    assert_int_equal(browser_post(ada, "/setup/later/responsibility", "owner=99&due=2099-01-01"),
                     422);
    assert_int_equal(browser_post(ada, "/setup/later/responsibility", "owner=1&due=2020-01-01"),
                     422);
    assert_int_equal(browser_post(ada, "/setup/later/responsibility", "owner=1&due=2099-01-01"),
                     303);
    assert_int_equal(browser_follow(ada), 200);
    assert_true(browser_sees(ada, "Ada Almsjö gör det senast"));
    assert_int_equal(site_integer(site,
                                  "SELECT count(*) FROM task WHERE cause = 'setup:responsibility' "
                                  "AND done_at IS NULL"),
                     1);
    /* Done where it is done: the task goes by itself. */
    assert_int_equal(browser_get(ada, "/settings/responsibility"), 200);
    assert_int_equal(browser_post(ada, "/settings/responsibility",
                                  "revision=1&controller=Kommunstyrelsen&dpo=dso@almsjo.example"
                                  "&registry=Diariet"),
                     303);
    assert_int_equal(site_integer(site,
                                  "SELECT count(*) FROM task WHERE cause = 'setup:responsibility' "
                                  "AND done_at IS NULL"),
                     0);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM setup_step"), 0);
    post(ada, "/setup/done/machine", "");
    assert_int_equal(site_integer(site, "SELECT count(*) FROM setup_step WHERE state = 'done'"), 1);
    post(ada, "/setup/undo/machine", "");
    assert_int_equal(site_integer(site, "SELECT count(*) FROM setup_step"), 0);
    assert_int_equal(browser_get(ada, "/setup"), 200);
    assert_int_equal(browser_post(ada, "/setup/done/about", ""), 404); /* seen, not said */
    site_close(site);
}

/* ---- the console ---- */

static char *printed(FILE *file) {
    static char text[4096];
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    return text;
}

static void the_console_says_how_to_begin(void **state) {
    struct site *site = empty_site(state);
    FILE *out = tmpfile();
    assert_int_equal(setup_announce(site->store, "http://127.0.0.1:8080", out), ERR_OK);
    assert_non_null(
        strstr(printed(out), arena_format(site->arena, "http://127.0.0.1:8080/setup/begin?key=%s",
                                          the_code(site))));
    site_close(site);
    site = site_open(state);
    out = tmpfile();
    assert_int_equal(setup_announce(site->store, "http://127.0.0.1:8080", out), ERR_OK);
    assert_string_equal(printed(out), "");
    site_close(site);
}

static int command(struct site *site, const char *const *arguments, FILE *out, FILE *wrong) {
    char *copies[20] = {NULL};
    int count = 0;
    for (; arguments[count] != NULL; count++)
        copies[count] = arena_copy_text(site->arena, arguments[count]);
    return setup_command(site->store, count, copies, site_now, out, wrong);
}

static void an_organisation_from_the_command_line(void **state) {
    struct site *site = site_open(state);
    const char *const right[] = {"add",
                                 "--host",
                                 "made.up.example",
                                 "--name",
                                 "Sagosjö kommun",
                                 "--code",
                                 "0000",
                                 "--administrator",
                                 "Ada Ek,ada@x.example",
                                 "--administrator",
                                 "Bo Al, bo@x.example",
                                 "--format",
                                 "json",
                                 NULL};
    const char *const alone[] = {
        "add", "--host", "b.example", "--code", "0781", "--administrator", "Ada Ek,ada@x.example",
        NULL};
    FILE *out = tmpfile(), *wrong = tmpfile();
    assert_int_equal(command(site, right, out, wrong), 0);
    const char *json = printed(out);
    assert_non_null(strstr(json, "\"host\": \"made.up.example\""));
    assert_non_null(strstr(json, "\"administrators\": 2"));
    assert_string_equal(printed(wrong), "");
    out = tmpfile();
    wrong = tmpfile();
    assert_int_equal(command(site, right, out, wrong), 1);
    assert_non_null(strstr(printed(wrong), "host name is taken"));
    (void)fclose(out);
    out = tmpfile();
    wrong = tmpfile();
    assert_int_equal(command(site, alone, out, wrong), 2);
    assert_non_null(strstr(printed(wrong), "twice at least"));
    (void)fclose(out);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM organisation"), 3);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM invitation WHERE tenant = 3"), 2);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest all[] = {
        TEST_ON_SQLITE(the_list_by_role_ADM_1),
        TEST_ON_BOTH(the_first_organisation_is_made_once),
        TEST_ON_BOTH(never_one_administrator),
        TEST_ON_BOTH(opened_when_nothing_is_missing_ADM_1),
        TEST_ON_BOTH(a_mail_tries_the_sender),
        TEST_ON_BOTH(put_off_with_an_owner_and_a_day),
        TEST_ON_BOTH(the_console_says_how_to_begin),
        TEST_ON_BOTH(an_organisation_from_the_command_line),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
