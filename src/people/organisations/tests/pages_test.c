/* /settings: saved heading by heading, kept when refused, one's own organisation alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/tests/office.h"

static const char tests[] = "people/organisations/tests/";

static struct browser *administrator(struct site *site) {
    return office_person(site, "ada@almsjo.example", "Ada Almsjö", ROLE_administrator);
}

/* Who sees what: administrators all of it, the data protection officer too, others nothing. */
static void settings_by_role_ROL_12(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    struct browser *dpo = office_person(site, "dora@almsjo.example", "Dora Dahl", ROLE_dpo);
    struct browser *officer =
        office_person(site, "hans@almsjo.example", "Hans Ek", ROLE_case_officer);
    struct browser *visitor = browser_new(site, SITE_HOST);
    assert_golden(ada, "/settings",
                  arena_format(site->arena, "%ssettings.administrator.golden.json", tests));
    assert_golden(dpo, "/settings", arena_format(site->arena, "%ssettings.dpo.golden.json", tests));
    assert_golden(officer, "/settings",
                  arena_format(site->arena, "%ssettings.case_officer.golden.json", tests));
    assert_golden(visitor, "/settings",
                  arena_format(site->arena, "%ssettings.visitor.golden.json", tests));
    assert_true(ada->reply.statements <= 8);
    /* Seeing is not changing. */
    assert_int_equal(browser_get(dpo, "/settings/about"), 200);
    assert_int_equal(browser_post(dpo, "/settings/about", "revision=1&name=Dora"), 403);
    site_close(site);
}

static void about_is_saved_and_logged_EVT_13(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/settings/about"), 200);
    assert_true(ada->reply.statements <= 8);
    assert_int_equal(browser_post(ada, "/settings/about",
                                  "revision=1&name=Almsj%C3%B6+stad&organisation_number=212000-0142"
                                  "&inhabitants=12000"),
                     303);
    assert_int_equal(browser_follow(ada), 200);
    assert_true(browser_sees(ada, "Almsjö stad"));
    assert_true(browser_sees(ada, "212000-0142"));
    assert_int_equal(site_integer(site, "SELECT revision FROM organisation WHERE id = 1"), 2);
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM audit WHERE act = 'organisation.change'"), 1);
    site_close(site);
}

/* EVT-13: wrong checksum refused; what was typed is kept. */
static void a_wrong_number_is_refused_and_kept(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/settings/about"), 200);
    assert_int_equal(browser_post(ada, "/settings/about",
                                  "revision=1&name=Nytt+namn&organisation_number=212000-0143"),
                     422);
    assert_true(browser_sees(ada, "Numret stämmer inte"));
    assert_true(browser_sees(ada, "value=\"212000-0143\""));
    assert_true(browser_sees(ada, "value=\"Nytt namn\""));
    assert_int_equal(site_integer(site, "SELECT revision FROM organisation WHERE id = 1"), 1);
    site_close(site);
}

/* Two administrators with the same form: the second sees what the first saved, and decides. */
static void a_conflict_is_shown(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    struct browser *bo = office_person(site, "bo@almsjo.example", "Bo Berg", ROLE_administrator);
    assert_int_equal(browser_get(ada, "/settings/language"), 200);
    assert_int_equal(browser_get(bo, "/settings/language"), 200);
    assert_int_equal(browser_post(ada, "/settings/language",
                                  "revision=1&language=sv&others=en&phone=0980-31+92+00"),
                     303);
    assert_int_equal(browser_post(bo, "/settings/language", "revision=1&language=sv&phone=12345"),
                     422);
    assert_true(browser_sees(bo, "Någon annan har sparat"));
    assert_true(browser_sees(bo, "0980-31 92 00"));   /* what is saved now */
    assert_true(browser_sees(bo, "value=\"12345\"")); /* what was typed */
    assert_true(browser_sees(bo, "name=\"revision\" value=\"2\""));
    assert_int_equal(browser_post(bo, "/settings/language", "revision=2&language=sv&phone=12345"),
                     303);
    assert_string_equal(site_text(site, "SELECT phone AS text FROM organisation WHERE id = 1"),
                        "12345");
    site_close(site);
}

static void a_municipality_is_picked(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/settings/municipality?q=Malm%C3%B6+stad"), 200);
    assert_true(browser_sees(ada, "Malmö stad"));
    assert_true(browser_sees(ada, "Skåne län"));
    assert_int_equal(browser_post(ada, "/settings/municipality", "revision=1&code=1280"), 303);
    assert_string_equal(
        site_text(site,
                  "SELECT kind || ' ' || municipality || ' ' || county || ' ' || name AS text "
                  "FROM organisation WHERE id = 1"),
        "municipality 1280 12 Malmö stad");
    assert_int_equal(browser_get(ada, "/settings/municipality?q=xyz"), 200);
    assert_true(browser_sees(ada, "Vi hittar ingen kommun"));
    assert_int_equal(browser_post(ada, "/settings/municipality", "revision=2&code=9999"), 422);
    site_close(site);
}

static void colours_are_accepted_corrected_or_explained(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/settings/appearance"), 200);
    assert_true(browser_sees(ada, "id=\"theme-lake\""));
    assert_int_equal(browser_post(ada, "/settings/appearance", "revision=1&theme=lake"), 303);
    assert_int_equal(browser_get(ada, "/theme.css"), 200);
    assert_true(browser_sees(ada, "#17557A"));
    assert_int_equal(browser_get(ada, "/settings/appearance"), 200);
    assert_int_equal(
        browser_post(ada, "/settings/appearance", "revision=2&theme=own&colour=%23ff6600"), 303);
    assert_int_equal(browser_follow(ada), 200);
    assert_true(browser_sees(ada, "mörkare än du skrev"));
    const char *colour = site_text(site, "SELECT colour AS text FROM organisation WHERE id = 1");
    assert_string_not_equal(colour, "#ff6600");
    assert_int_equal(browser_get(ada, "/theme.css"), 200);
    assert_true(browser_sees(ada, colour));
    assert_int_equal(browser_get(ada, "/settings/appearance"), 200);
    assert_int_equal(
        browser_post(ada, "/settings/appearance", "revision=3&theme=own&colour=%23ffff00"), 422);
    assert_true(browser_sees(ada, "Färgen är för ljus"));
    assert_int_equal(browser_post(ada, "/settings/appearance", "revision=3&theme=../../x"), 422);
    site_close(site);
}

/* ROL-12: never across organisations. */
static void another_organisations_administrator_is_nobody_here(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    ada->host = OTHER_HOST;
    assert_int_equal(browser_get(ada, "/settings"), 303);
    assert_int_equal(browser_post(ada, "/settings/about", "revision=1&name=Vi"), 401);
    assert_int_equal(site_integer(site, "SELECT revision FROM organisation WHERE id = 2"), 1);
    site_close(site);
}

/* Hostile: text of an administrator comes back inert. */
static void markup_in_a_name_is_inert(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/settings/responsibility"), 200);
    assert_int_equal(browser_post(ada, "/settings/responsibility",
                                  "revision=1&controller=%22%3E%3Cscript%3E%26%27"),
                     303);
    assert_int_equal(browser_follow(ada), 200);
    assert_false(browser_sees(ada, "<script>&"));
    assert_true(browser_sees(ada, "&lt;script&gt;"));
    site_close(site);
}

/* ---- introductions of mails ---- */

static const char *saved_sv(struct site *site) {
    return site_text(site, "SELECT text AS text FROM mail_introduction WHERE tenant = 1 AND kind = "
                           "'login_code' AND language = 'sv'");
}

static void a_mail_has_an_introduction_of_ones_own_NOT_1(void **state) {
    static const char at[] = "/settings/mail/login_code";
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/settings/mail"), 200);
    assert_true(ada->reply.statements <= 8);
    assert_true(browser_sees(ada, "Kod och länk för inloggning"));
    assert_int_equal(browser_get(ada, at), 200);
    assert_true(browser_sees(ada, "Your code"));
    /* Looked at, not saved. */
    assert_int_equal(
        browser_post(ada, "/settings/mail/login_code/preview", "sv=Hej+fr%C3%A5n+%3Cb%3Eoss&en="),
        200);
    assert_true(browser_sees(ada, "Hej från &lt;b&gt;oss"));
    assert_true(browser_sees(ada, "inte sparat än"));
    assert_null(saved_sv(site));
    assert_int_equal(browser_post(ada, at, "sv=Hej+fr%C3%A5n+%3Cb%3Eoss&en=Hello"), 303);
    assert_string_equal(saved_sv(site), "Hej från <b>oss");
    assert_int_equal(browser_get(ada, "/settings/mail"), 200);
    assert_true(browser_sees(ada, "Egen inledning på svenska"));
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM audit WHERE act = 'organisation.change'"), 1);
    /* Too long is refused and kept. */
    char *longer = arena_take(site->arena, 700);
    memset(longer, 'a', 699);
    memcpy(longer, "sv=", 3);
    longer[699] = '\0';
    assert_int_equal(browser_get(ada, at), 200);
    assert_int_equal(browser_post(ada, at, longer), 422);
    assert_string_equal(saved_sv(site), "Hej från <b>oss");
    /* Back to the mail as it is made. */
    assert_int_equal(browser_get(ada, at), 200);
    assert_int_equal(browser_post(ada, "/settings/mail/login_code/default", ""), 303);
    assert_null(saved_sv(site));
    assert_int_equal(browser_get(ada, "/settings/mail/no_such_mail"), 404);
    site_close(site);
}

static void mails_by_role_ROL_12(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    struct browser *dpo = office_person(site, "dora@almsjo.example", "Dora Dahl", ROLE_dpo);
    struct browser *officer =
        office_person(site, "hans@almsjo.example", "Hans Ek", ROLE_case_officer);
    assert_golden(ada, "/settings/mail",
                  arena_format(site->arena, "%smails.administrator.golden.json", tests));
    assert_golden(ada, "/settings/mail/login_code",
                  arena_format(site->arena, "%smail.administrator.golden.json", tests));
    assert_golden(officer, "/settings/mail/login_code",
                  arena_format(site->arena, "%smail.case_officer.golden.json", tests));
    /* Seeing is not changing. */
    assert_int_equal(browser_get(dpo, "/settings/mail/login_code"), 200);
    assert_int_equal(browser_post(dpo, "/settings/mail/login_code", "sv=Dora&en="), 403);
    assert_int_equal(browser_post(dpo, "/settings/mail/login_code/default", ""), 403);
    site_close(site);
}

/* Every kind can be looked at: examples stand in for all facts. */
static void every_mail_can_be_looked_at(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    for (size_t i = 0; mail_kinds[i] != NULL; i++)
        assert_int_equal(
            browser_get(ada, arena_format(site->arena, "/settings/mail/%s", mail_kinds[i]->name)),
            200);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest all[] = {
        TEST_ON_SQLITE(settings_by_role_ROL_12),
        TEST_ON_SQLITE(mails_by_role_ROL_12),
        TEST_ON_BOTH(a_mail_has_an_introduction_of_ones_own_NOT_1),
        TEST_ON_SQLITE(every_mail_can_be_looked_at),
        TEST_ON_BOTH(about_is_saved_and_logged_EVT_13),
        TEST_ON_BOTH(a_wrong_number_is_refused_and_kept),
        TEST_ON_BOTH(a_conflict_is_shown),
        TEST_ON_BOTH(a_municipality_is_picked),
        TEST_ON_BOTH(colours_are_accepted_corrected_or_explained),
        TEST_ON_BOTH(another_organisations_administrator_is_nobody_here),
        TEST_ON_BOTH(markup_in_a_name_is_inert),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
