/* /people: roles given, ended, taken; never fewer than two administrators. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include "people/staff/staff.h"
#include "people/tests/office.h"

static const char tests[] = "people/staff/tests/";

static struct browser *administrator(struct site *site) {
    return office_person(site, "ada@almsjo.example", "Ada Almsjö", ROLE_administrator);
}

static int64_t staff(struct site *site, const char *email, const char *name, enum role role) {
    return site_account(site, email, name, (const enum role[]){role, ROLE_COUNT});
}

static int64_t administrators(struct site *site) {
    return site_integer(site, "SELECT count(*) FROM account_role WHERE role = 'administrator'");
}

static void people_by_role_ROL_12(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    struct browser *officer =
        office_person(site, "hans@almsjo.example", "Hans Ek", ROLE_case_officer);
    assert_golden(ada, "/people",
                  arena_format(site->arena, "%speople.administrator.golden.json", tests));
    assert_golden(officer, "/people",
                  arena_format(site->arena, "%speople.case_officer.golden.json", tests));
    assert_golden(
        ada,
        arena_format(site->arena, "/people/%lld",
                     (long long)site_integer(
                         site, "SELECT id FROM account WHERE email = 'hans@almsjo.example'")),
        arena_format(site->arena, "%sperson.administrator.golden.json", tests));
    const char *factor = "/people/3/second-factor";
    assert_golden(ada, factor,
                  arena_format(site->arena, "%sfactor.administrator.golden.json", tests));
    assert_golden(officer, factor,
                  arena_format(site->arena, "%sfactor.case_officer.golden.json", tests));
    assert_true(ada->reply.statements <= 8);
    site_close(site);
}

static void search_finds_by_name_and_role(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    (void)staff(site, "oskar@almsjo.example", "Oskar Öberg", ROLE_moderator);
    (void)staff(site, "asa@almsjo.example", "Åsa Ågren", ROLE_secretary);
    assert_int_equal(browser_get(ada, "/people?q=%C3%B6BERG"), 200);
    assert_true(browser_sees(ada, "Oskar Öberg"));
    assert_false(browser_sees(ada, "Åsa Ågren"));
    assert_int_equal(browser_get(ada, "/people?q=n%C3%A4mnd"), 200);
    assert_true(browser_sees(ada, "Åsa Ågren"));
    /* Å before Ö, as the Swedish alphabet has it. */
    assert_int_equal(browser_get(ada, "/people"), 200);
    assert_true(strstr(ada->reply.body, "Oskar Öberg") < strstr(ada->reply.body, "Åsa Ågren"));
    site_close(site);
}

static void roles_are_given_and_taken_with_a_reason(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    const int64_t hans = staff(site, "hans@almsjo.example", "Hans Ek", ROLE_case_officer);
    const char *at = arena_format(site->arena, "/people/%lld/roles", (long long)hans);
    assert_int_equal(browser_get(ada, at), 200);
    assert_true(browser_sees(ada, "value=\"case_officer\" checked"));
    test_execute(site->store,
                 arena_format(site->arena,
                              "INSERT INTO token (tenant, account, name, secret, scope, proved, "
                              "made_at, ends_at) SELECT tenant, id, 'Rapport', secret, 'read', 0, "
                              "1, 2 FROM account, (SELECT secret FROM session) AS one "
                              "WHERE account.id = %lld",
                              (long long)hans));
    assert_false(browser_sees(ada, "value=\"operator\"")); /* not an administrator's to give */
    assert_int_equal(
        browser_post(ada, at, "roles=moderator&roles=communications&reason=Ny+tj%C3%A4nst"), 303);
    assert_int_equal(browser_follow(ada), 200);
    assert_true(browser_sees(ada, "Moderator"));
    assert_int_equal(
        site_integer(site, arena_format(site->arena,
                                        "SELECT count(*) FROM account_role WHERE account = %lld",
                                        (long long)hans)),
        2);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM token"), 0);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM audit WHERE act = 'role.grant'"), 2);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM audit WHERE act = 'role.revoke'"), 1);
    /* A role that the form does not offer is refused. */
    assert_int_equal(browser_get(ada, at), 200);
    assert_int_equal(browser_post(ada, at, "roles=operator"), 422);
    site_close(site);
}

static void the_last_two_administrators_stay_ADM_1(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    const int64_t bo = staff(site, "bo@almsjo.example", "Bo Berg", ROLE_administrator);
    const char *remove = arena_format(site->arena, "/people/%lld/remove", (long long)bo);
    const char *end = arena_format(site->arena, "/people/%lld/end", (long long)bo);
    const char *roles = arena_format(site->arena, "/people/%lld/roles", (long long)bo);
    assert_int_equal(browser_get(ada, remove), 200);
    assert_int_equal(browser_post(ada, remove, "reason="), 422);
    assert_int_equal(browser_post(ada, remove, "reason=Slutar"), 422);
    assert_true(browser_sees(ada, "minst två administratörer"));
    assert_true(browser_sees(ada, "Slutar"));
    assert_int_equal(browser_get(ada, end), 200);
    assert_int_equal(browser_post(ada, end, "role=administrator&last_day=2099-01-01"), 422);
    assert_int_equal(browser_get(ada, roles), 200);
    assert_int_equal(browser_post(ada, roles, "roles=moderator"), 422);
    assert_int_equal(administrators(site), 2);
    /* With a third one it goes. */
    (void)staff(site, "cia@almsjo.example", "Cia Carlsson", ROLE_administrator);
    assert_int_equal(browser_get(ada, remove), 200);
    assert_int_equal(browser_post(ada, remove, "reason=Slutar"), 303);
    assert_int_equal(administrators(site), 2);
    site_close(site);
}

/* ---- two at once ---- */

struct removing {
    struct site *site;
    int64_t account;
    struct request rq;
    enum roles_verdict verdict;
    enum error error;
};

static enum error run_remove(void *context, struct db *db) {
    struct removing *removing = context;
    return staff_change(db, &removing->rq, removing->account, 0, "Slutar", &removing->verdict);
}

static void *remove_one(void *context) {
    struct removing *removing = context;
    removing->error = store_act(removing->site->store, run_remove, removing);
    return NULL;
}

static struct removing removing_of(struct site *site, int64_t account) {
    static struct visitor nobody = {.account = 1};
    return (struct removing){
        .site = site,
        .account = account,
        .rq = {.arena = arena_new(1 << 20),
               .now = site_now,
               .tenant = site->tenant,
               .visitor = &nobody},
    };
}

/* Three administrators, two are removed in the same moment: one of them stays. */
static void two_removals_at_once_leave_two(void **state) {
    struct site *site = site_open(state);
    const int64_t ada = staff(site, "ada@almsjo.example", "Ada Almsjö", ROLE_administrator);
    (void)ada;
    for (int round = 0; round < 20; round++) {
        const int64_t bo = staff(site, arena_format(site->arena, "bo%d@almsjo.example", round),
                                 "Bo", ROLE_administrator);
        const int64_t cia = staff(site, arena_format(site->arena, "cia%d@almsjo.example", round),
                                  "Cia", ROLE_administrator);
        struct removing removals[2] = {removing_of(site, bo), removing_of(site, cia)};
        pthread_t threads[2];
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, remove_one, &removals[i]), 0);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(pthread_join(threads[i], NULL), 0);
            assert_int_equal(removals[i].error, ERR_OK);
            arena_free(removals[i].rq.arena);
        }
        if (round == 0) {
            assert_int_equal(administrators(site), 2);
            assert_int_not_equal(removals[0].verdict, removals[1].verdict);
        }
        assert_true(administrators(site) >= 2);
        /* Back to one beside the next pair. */
        test_execute(site->store, "DELETE FROM account_role WHERE account <> 1");
    }
    site_close(site);
}

/* ---- the last administrators and their accounts ---- */

/* A form sent on a thread of its own; `fields` follow its token. */
struct press {
    struct browser *browser;
    const char *target, *fields;
    pthread_t thread;
    int status;
};

static void *press_send(void *context) {
    struct press *press = context;
    struct arena *arena = arena_new(8 << 20);
    struct http_test_reply reply = {0};
    const char *body = arena_format(arena, "form=%s&%s", press->browser->form, press->fields);
    const char *const lines[] = {arena_format(arena, "Cookie: %s", press->browser->cookies),
                                 "Content-Type: application/x-www-form-urlencoded",
                                 "Sec-Fetch-Site: same-origin", NULL};
    if (http_test(press->browser->site->http, arena, METHOD_POST, SITE_HOST, press->target, lines,
                  body, strlen(body), &reply) == ERR_OK)
        press->status = reply.status;
    arena_free(arena);
    return NULL;
}

/* Both at the same moment. */
static void press_both(struct press *presses) {
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&presses[i].thread, NULL, press_send, &presses[i]), 0);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_join(presses[i].thread, NULL), 0);
}

static int64_t number_of(struct site *site, const char *email) {
    return site_integer(
        site, arena_format(site->arena, "SELECT id FROM account WHERE email = '%s'", email));
}

/* Three; two leave at once, first their roles, then their accounts: one of them has to stay. */
static void two_administrators_cannot_leave_at_once_ADM_1(void **state) {
    static const char *const emails[] = {"bo@almsjo.example", "cia@almsjo.example"};
    struct site *site = site_open(state);
    struct press presses[2] = {{.fields = "reason=Slutar"}, {.fields = "reason=Slutar"}};
    (void)staff(site, "ada@almsjo.example", "Ada Almsjö", ROLE_administrator);
    for (size_t i = 0; i < 2; i++) {
        presses[i].browser = office_person(site, emails[i], "Bo Berg", ROLE_administrator);
        presses[i].target =
            arena_format(site->arena, "/people/%lld/remove", (long long)number_of(site, emails[i]));
        assert_int_equal(browser_get(presses[i].browser, presses[i].target), 200);
    }
    press_both(presses);
    assert_int_equal(presses[0].status + presses[1].status, 303 + 422);
    assert_int_equal(administrators(site), 2);
    struct browser *stays = presses[presses[0].status == 422 ? 0 : 1].browser;
    assert_int_equal(browser_get(stays, "/account/delete"), 200);
    assert_true(browser_sees(stays, "minst två administratörer"));
    assert_true(browser_sees(stays, "/people/invite"));
    site_close(site);
}

static void the_last_two_cannot_delete_their_accounts_ADM_1(void **state) {
    static const char *const emails[] = {"bo@almsjo.example", "cia@almsjo.example"};
    struct site *site = site_open(state);
    struct press presses[2] = {{.fields = "sure=1"}, {.fields = "sure=1"}};
    for (size_t i = 0; i < 2; i++) {
        presses[i].browser = office_person(site, emails[i], "Bo Berg", ROLE_administrator);
        presses[i].target = "/account/delete";
        assert_int_equal(browser_get(presses[i].browser, "/account/profile"), 200);
    }
    press_both(presses);
    assert_int_equal(presses[0].status, 422);
    assert_int_equal(presses[1].status, 422);
    assert_int_equal(administrators(site), 2);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account WHERE deleted_at IS NULL"),
                     2);
    /* With two others it is the usual way: hand over first. */
    (void)staff(site, "dag@almsjo.example", "Dag", ROLE_administrator);
    assert_int_equal(browser_get(presses[0].browser, "/account/delete"), 200);
    assert_true(browser_sees(presses[0].browser, "avsluta rollen först"));
    assert_false(browser_sees(presses[0].browser, "/people/invite"));
    site_close(site);
}

/* ---- a role with an end ---- */

static void a_role_gives_nothing_after_its_last_day(void **state) {
    struct site *site = site_open(state);
    const int64_t midnight = instant_day_start(site_now, 1), before = site_now;
    site_now = midnight - MINUTES(10);
    struct browser *ada = administrator(site);
    (void)staff(site, "bo@almsjo.example", "Bo Berg", ROLE_administrator);
    struct browser *cia =
        office_person(site, "cia@almsjo.example", "Cia Carlsson", ROLE_administrator);
    const char *end = arena_format(
        site->arena, "/people/%lld/end",
        (long long)site_integer(site, "SELECT id FROM account WHERE name = 'Cia Carlsson'"));
    const struct civil today = civil_from_instant(site_now);
    assert_int_equal(browser_get(ada, end), 200);
    assert_int_equal(browser_post(ada, end, "role=administrator&last_day=2020-01-01"), 422);
    assert_int_equal(
        browser_post(ada, end,
                     arena_format(site->arena, "role=administrator&last_day=%04d-%02d-%02d",
                                  today.year, today.month, today.day)),
        303);
    site_now = midnight - 1;
    assert_int_equal(browser_get(cia, "/people"), 200);
    site_now = midnight;
    assert_int_equal(browser_get(cia, "/people"), 403);
    /* The job takes it away, with an audit row. */
    struct job_context context = {.store = site->store, .arena = site->arena, .now = site_now};
    assert_int_equal(store_reader(site->store, 1000, &context.db), ERR_OK);
    assert_int_equal(roles_ended_job.run(&context, NULL), ERR_OK);
    store_reader_done(site->store, context.db);
    assert_int_equal(administrators(site), 2);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM audit WHERE act = 'role.revoke'"), 1);
    site_now = before;
    site_close(site);
}

static void an_account_of_another_organisation_is_not_found_ROL_12(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    test_execute(
        site->store,
        "INSERT INTO account (tenant, email, email_key, language, created_at, last_seen_at) "
        "VALUES (2, 'x@y.example', 'x@y.example', 'sv', 1, 1)");
    const int64_t other = site_integer(site, "SELECT id FROM account WHERE tenant = 2");
    const char *at = arena_format(site->arena, "/people/%lld/roles", (long long)other);
    assert_int_equal(browser_get(ada, arena_format(site->arena, "/people/%lld", (long long)other)),
                     404);
    assert_int_equal(browser_get(ada, "/people/1/roles"), 200);
    assert_int_equal(browser_post(ada, at, "roles=administrator"), 404);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM account_role WHERE tenant = 2"), 0);
    site_close(site);
}

/* JOURNEYS 8: an administrator who takes a role that reads contents; the DPO is told. */
static void the_dpo_is_told_of_reading_administrators(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    assert_int_equal(browser_get(ada, "/people/1/roles"), 200);
    assert_int_equal(browser_post(ada, "/people/1/roles",
                                  "roles=administrator&roles=case_officer&reason=Semester"),
                     303);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM task WHERE role = 'dpo'"), 1);
    site_close(site);
}

/* ---- telephone and recovery codes are lost ---- */

static void a_lost_second_factor_is_reset_by_another(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    struct browser *hans = office_person(site, "hans@almsjo.example", "Hans Ek", ROLE_case_officer);
    const char *at = arena_format(site->arena, "/people/%lld/second-factor",
                                  (long long)number_of(site, "hans@almsjo.example"));
    assert_int_equal(browser_get(hans, "/account/tokens"), 200);
    assert_int_equal(browser_post(hans, "/account/tokens", "name=Rapport&scope=read&life=month"),
                     200);
    assert_int_equal(browser_get(hans, at), 403);
    assert_int_equal(browser_get(ada, at), 200);
    assert_true(ada->reply.statements <= 8);
    /* Not without a reason, nor without having made sure. */
    assert_int_equal(browser_post(ada, at, "reason=&sure=1"), 422);
    assert_int_equal(browser_post(ada, at, "reason=Tappad+telefon"), 422);
    assert_true(browser_sees(ada, "Tappad telefon"));
    assert_int_equal(browser_get(hans, "/account"), 200);
    assert_int_equal(browser_post(ada, at, "reason=Tappad+telefon&sure=1"), 303);
    assert_int_equal(browser_follow(ada), 200);
    assert_true(browser_sees(ada, "nollställt"));
    assert_int_equal(browser_get(hans, "/account"), 303);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM token"), 0);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM second_factor"), 1); /* Ada's */
    assert_int_equal(site_integer(site, "SELECT count(*) FROM recovery_code"), 10);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM outbox WHERE kind = "
                                        "'second_factor_reset' AND address = "
                                        "'hans@almsjo.example'"),
                     1);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM audit_payload WHERE account = 1 AND "
                                        "payload LIKE '%\"reason\":\"Tappad telefon\"%'"),
                     1);
    /* A second time there is nothing to reset: a press with the token of another form. */
    assert_int_equal(browser_get(ada, at), 200);
    assert_int_equal(browser_get(ada, "/people/1/roles"), 200);
    assert_int_equal(browser_post(ada, at, "reason=Tappad+telefon&sure=1"), 422);
    /* The next log-in sets it up anew. */
    site_now += SECONDS(1);
    browser_log_in(hans, "hans@almsjo.example");
    assert_true(browser_sees(hans, "/second-factor/setup"));
    site_close(site);
}

/* One's own would be a way around proving it; the operator sees more than this organisation. */
static void ones_own_and_the_operators_factor_stay(void **state) {
    struct site *site = site_open(state);
    struct browser *ada = administrator(site);
    struct browser *ove = office_person(site, "ove@almsjo.example", "Ove Drift", ROLE_operator);
    const char *at = arena_format(site->arena, "/people/%lld/second-factor",
                                  (long long)number_of(site, "ove@almsjo.example"));
    assert_int_equal(browser_get(ada, "/people/1/second-factor"), 200);
    assert_int_equal(browser_get(ada, "/people/1/roles"), 200);
    assert_int_equal(browser_post(ada, "/people/1/second-factor", "reason=Jag&sure=1"), 422);
    assert_int_equal(browser_get(ada, at), 200);
    assert_true(browser_sees(ada, "kommandoraden"));
    assert_int_equal(browser_get(ada, "/people/1/roles"), 200);
    assert_int_equal(browser_post(ada, at, "reason=Tappad&sure=1"), 422);
    assert_int_equal(site_integer(site, "SELECT count(*) FROM second_factor"), 2);
    assert_int_equal(browser_get(ove, "/account"), 200);
    assert_int_equal(browser_get(ada, "/people/1/roles"), 200);
    assert_int_equal(browser_post(ada, "/people/4711/second-factor", "reason=x&sure=1"), 404);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest all[] = {
        TEST_ON_SQLITE(people_by_role_ROL_12),
        TEST_ON_BOTH(search_finds_by_name_and_role),
        TEST_ON_BOTH(roles_are_given_and_taken_with_a_reason),
        TEST_ON_BOTH(the_last_two_administrators_stay_ADM_1),
        TEST_ON_BOTH(two_removals_at_once_leave_two),
        TEST_ON_BOTH(two_administrators_cannot_leave_at_once_ADM_1),
        TEST_ON_BOTH(the_last_two_cannot_delete_their_accounts_ADM_1),
        TEST_ON_BOTH(a_role_gives_nothing_after_its_last_day),
        TEST_ON_BOTH(an_account_of_another_organisation_is_not_found_ROL_12),
        TEST_ON_BOTH(the_dpo_is_told_of_reading_administrators),
        TEST_ON_BOTH(a_lost_second_factor_is_reset_by_another),
        TEST_ON_BOTH(ones_own_and_the_operators_factor_stay),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
