/* Invitations: sent to several, opened without effect, taken once, in time, in their organisation.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/tests/office.h"

static const char tests[] = "people/invitations/tests/";

static struct browser *administrator(struct site *site) {
    return office_person(site, "ada@almsjo.example", "Ada Almsjö", ROLE_administrator);
}

/* Invites one address as case officer; the twelve digits of the mail. */
static const char *invited(struct site *site, struct browser *ada, const char *email) {
    assert_int_equal(browser_get(ada, "/people/invite"), 200);
    assert_int_equal(
        browser_post(ada, "/people/invite",
                     arena_format(site->arena, "addresses=%s&set=case_officer&language=sv", email)),
        303);
    const char *last = strrchr(email, '+');
    const char *link = site_link(site, last == NULL ? email : last + 1);
    assert_non_null(link);
    return link + strlen("/invitation?key=");
}

static int accept(struct browser *browser, const char *code, const char *name) {
    const struct site *site = browser->site;
    return browser_post(browser, "/invitation",
                        arena_format(site->arena, "code=%s&name=%s", code, name));
}

static void several_are_invited_at_once(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/people/invite"), 200);
    assert_true(ada->reply.statements <= 8);
    assert_int_equal(browser_post(ada, "/people/invite",
                                  "addresses=Bo+Ek+%3Cbo@almsjo.example%3E%0Acia@almsjo.example"
                                  "%0Abo@almsjo.example&set=library&language=sv"),
                     303);
    assert_int_equal(browser_follow(ada), 200);
    assert_true(browser_sees(ada, "Bo Ek"));
    assert_true(browser_sees(ada, "cia@almsjo.example"));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM invitation"), 2);
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM invitation WHERE roles = 'contact_centre'"), 2);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM outbox WHERE kind = 'invitation'"),
                     2);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM audit WHERE act = 'invitation.send'"),
                     2);
    site_close(site);
}

static void what_is_wrong_is_said_and_kept(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/people/invite"), 200);
    assert_int_equal(
        browser_post(ada, "/people/invite",
                     "addresses=bo@almsjo.example%0Ainte+en+adress&set=library&language=sv"),
        422);
    assert_true(browser_sees(ada, "Rad 2 är inte en e-postadress"));
    assert_true(browser_sees(ada, "inte en adress"));
    assert_int_equal(
        browser_post(ada, "/people/invite", "addresses=bo@almsjo.example&set=own&language=sv"),
        422);
    assert_true(browser_sees(ada, "Välj minst en roll"));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM invitation"), 0);
    site_close(site);
}

/* QUA-11: opening the link changes nothing, however often; the press takes it, once. */
static void taken_once_QUA_11(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    const char *code = invited(site, ada, "Bo+Ek,+bo@almsjo.example");
    struct browser *bo = browser_new(site, SITE_HOST);
    const char *at = arena_format(site->arena, "/invitation?key=%s", code);
    for (int i = 0; i < 3; i++)
        assert_int_equal(browser_get(bo, at), 200);
    assert_true(browser_sees(bo, "Handläggare"));
    assert_true(browser_sees(bo, "name=\"name\" type=\"text\" value=\"Bo Ek\""));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account"), 1);
    assert_int_equal(accept(bo, code, "Bo+Ek"), 303);
    assert_string_equal(browser_header(bo, "location"), "/second-factor?next=/todo");
    assert_int_equal(
        site_integer(site, "SELECT count(*) FROM account_role WHERE role = 'case_officer' AND "
                           "granted_by = 1"),
        1);
    assert_string_equal(
        site_text(site, "SELECT name AS text FROM account WHERE email = 'bo@almsjo.example'"),
        "Bo Ek");
    assert_non_null(browser_cookie(bo, "session"));
    assert_int_equal(browser_follow(bo), 200); /* none yet: set up first */
    /* A second time, from elsewhere. */
    struct browser *eve = browser_new(site, SITE_HOST);
    assert_int_equal(browser_get(eve, at), 200);
    assert_true(browser_sees(eve, "redan använd"));
    assert_int_equal(browser_get(eve, "/login"), 200);
    assert_int_equal(accept(eve, code, "Eve"), 422);
    assert_true(browser_sees(eve, "redan använd"));
    assert_null(browser_cookie(eve, "session"));
    assert_string_equal(
        site_text(site, "SELECT name AS text FROM account WHERE email = 'bo@almsjo.example'"),
        "Bo Ek");
    site_close(site);
}

static void holds_fourteen_days(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    const char *code = invited(site, ada, "bo@almsjo.example");
    const int64_t sent = site_now;
    struct browser *bo = browser_new(site, SITE_HOST);
    const char *at = arena_format(site->arena, "/invitation?key=%s", code);
    site_now = instant_day_start(sent, 15) - 1;
    assert_int_equal(browser_get(bo, at), 200);
    assert_true(browser_sees(bo, "Handläggare"));
    site_now = instant_day_start(sent, 15);
    assert_int_equal(accept(bo, code, "Bo"), 422);
    assert_true(browser_sees(bo, "gäller inte längre"));
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account"), 1);
    site_now = sent;
    site_close(site);
}

static void sent_again_or_taken_back(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    const char *first = invited(site, ada, "bo@almsjo.example");
    assert_int_equal(browser_get(ada, "/people"), 200);
    assert_int_equal(browser_post(ada, "/people/invitations/1/resend", ""), 303);
    const char *second = site_link(site, "bo@almsjo.example") + strlen("/invitation?key=");
    assert_string_not_equal(first, second);
    struct browser *bo = browser_new(site, SITE_HOST);
    assert_int_equal(browser_get(bo, "/login"), 200);
    assert_int_equal(accept(bo, first, "Bo"), 422); /* the old code holds no more */
    assert_int_equal(browser_get(ada, "/people"), 200);
    assert_int_equal(browser_post(ada, "/people/invitations/1/withdraw", ""), 303);
    assert_int_equal(browser_get(bo, "/login"), 200);
    assert_int_equal(accept(bo, second, "Bo"), 422);
    assert_true(browser_sees(bo, "återtagen"));
    assert_int_equal(browser_get(ada, "/people"), 200);
    assert_int_equal(browser_post(ada, "/people/invitations/1/resend", ""), 404);
    /* Invited anew it is another invitation. */
    (void)invited(site, ada, "bo@almsjo.example");
    assert_int_equal(site_integer(site, "SELECT count(*) FROM invitation"), 2);
    site_close(site);
}

static void inviting_again_replaces_what_waits(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    (void)invited(site, ada, "bo@almsjo.example");
    (void)invited(site, ada, "Bo@ALMSJO.example");
    assert_int_equal(site_integer(site, "SELECT count(*) FROM invitation"), 1);
    assert_int_equal(site_integer(site, "SELECT sent_count FROM invitation"), 2);
    site_close(site);
}

/* ROL-12: a code is worth nothing in another organisation. */
static void another_organisation_does_not_know_the_code(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    const char *code = invited(site, ada, "bo@almsjo.example");
    struct browser *bo = browser_new(site, OTHER_HOST);
    assert_int_equal(browser_get(bo, arena_format(site->arena, "/invitation?key=%s", code)), 200);
    assert_true(browser_sees(bo, "Koden stämmer inte"));
    assert_int_equal(browser_get(bo, "/login"), 200);
    assert_int_equal(accept(bo, code, "Bo"), 422);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account WHERE tenant = 2"), 0);
    site_close(site);
}

/* The same as JSON, and what a visitor and others of staff are told. */
static void as_json(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    const char *code = invited(site, ada, "bo@almsjo.example");
    struct browser *bo = browser_new(site, SITE_HOST);
    struct browser *officer =
        office_person(site, "hans@almsjo.example", "Hans Ek", ROLE_case_officer);
    assert_int_equal(browser_send(bo, METHOD_GET,
                                  arena_format(site->arena, "/invitation.json?key=%s", code), NULL,
                                  NULL),
                     200);
    assert_true(browser_sees(bo, "\"waiting\":true"));
    assert_golden(bo, "/invitation?key=000000000000",
                  arena_format(site->arena, "%sinvitation.visitor.golden.json", tests));
    assert_golden(officer, "/people/invite",
                  arena_format(site->arena, "%sinvite.case_officer.golden.json", tests));
    assert_golden(ada, "/people/invite",
                  arena_format(site->arena, "%sinvite.administrator.golden.json", tests));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest all[] = {
        TEST_ON_BOTH(several_are_invited_at_once),
        TEST_ON_BOTH(what_is_wrong_is_said_and_kept),
        TEST_ON_BOTH(taken_once_QUA_11),
        TEST_ON_BOTH(holds_fourteen_days),
        TEST_ON_BOTH(sent_again_or_taken_back),
        TEST_ON_BOTH(inviting_again_replaces_what_waits),
        TEST_ON_BOTH(another_organisation_does_not_know_the_code),
        TEST_ON_SQLITE(as_json),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
