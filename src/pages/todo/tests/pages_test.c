/* Att göra: what waits for whom, handing on, the mail on Mondays (NOT-4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/tests/site.h"

struct adding {
    const struct site *site;
    const struct task *task;
};

static enum error add(void *context, struct db *db) {
    const struct adding *adding = context;
    return task_add(db, adding->site->tenant, adding->task, site_now);
}

static void add_task(struct site *site, const char *cause, int account, enum role role, int days) {
    const struct task task = {.account = account,
                              .role = role,
                              .word = "task.answer_contact",
                              .detail = cause,
                              .address = "/contact/1",
                              .cause = cause,
                              .due_at = instant_day_start(site_now, days + 1)};
    struct adding adding = {site, &task};
    assert_int_equal(store_act(site->store, add, &adding), ERR_OK);
}

/* ---- the list ---- */

static void staff_see_what_waits_for_them(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    add_task(site, "later", BO, ROLE_process_lead, 5);
    add_task(site, "late", 0, ROLE_process_lead, -3);
    add_task(site, "today", 0, ROLE_process_lead, 0);
    add_task(site, "of-another", CILLA, ROLE_process_lead, 1);
    add_task(site, "of-another-role", 0, ROLE_registrator, 1);
    assert_int_equal(browser_get(leader, "/todo"), 200);
    assert_true(browser_sees(leader, "Tre saker väntar på dig. En är försenad."));
    assert_true(browser_sees(leader, "3 dagar sen"));
    assert_true(browser_sees(leader, "5 dagar kvar"));
    assert_false(browser_sees(leader, "of-another"));
    assert_true(leader->reply.statements <= 8);
    leader->json = true;
    assert_int_equal(browser_get(leader, "/todo"), 200);
    GOLDEN("todo_leader", leader->reply.body);
    site_close(site);
}

static void an_empty_list_says_what_will_come(void **state) {
    struct site *site = site_open(state);
    struct browser *browser = browser_new(site, EBBE);
    assert_int_equal(browser_get(browser, "/todo"), 200);
    assert_true(browser_sees(browser, "Inget väntar på dig."));
    assert_true(browser_sees(browser, "Varje måndag kl. 07.30"));
    site_close(site);
}

static void the_list_is_for_staff(void **state) {
    struct site *site = site_open(state);
    assert_int_equal(browser_get(browser_new(site, NOBODY), "/todo"), 401);
    assert_int_equal(browser_get(browser_new(site, GUN), "/todo"), 403);
    site_close(site);
}

static void asking_again_for_the_same_cause_changes_nothing(void **state) {
    struct site *site = site_open(state);
    add_task(site, "once", BO, ROLE_process_lead, 5);
    add_task(site, "once", CILLA, ROLE_process_lead, 1);
    assert_int_equal(site_integer(site, "SELECT account FROM task"), BO);
    site_close(site);
}

/* ROL-15 */
static void a_substitute_sees_what_the_owner_has(void **state) {
    struct site *site = site_open(state);
    struct browser *substitute = browser_new(site, CILLA);
    site_page(site);
    add_task(site, "of-bo", BO, ROLE_visitor, 2);
    test_execute(site->store, "UPDATE task SET page = 1");
    assert_int_equal(browser_get(substitute, "/todo"), 200);
    assert_false(browser_sees(substitute, "of-bo"));
    test_execute(site->store, "UPDATE page SET substitute = 3");
    assert_int_equal(browser_get(substitute, "/todo"), 200);
    assert_true(browser_sees(substitute, "of-bo"));
    assert_true(browser_sees(substitute, "Du är ersättare."));
    assert_int_equal(browser_post(substitute, "/todo/1/done", ""), 403); /* no form was shown */
    assert_int_equal(browser_send(substitute, "/todo/1", "/todo/1/done", ""), 303);
    assert_int_equal(site_integer(site, "SELECT done_by FROM task"), CILLA);
    site_close(site);
}

/* ---- one task ---- */

static void a_task_is_handed_on_and_its_taker_told(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO);
    add_task(site, "mine", BO, ROLE_process_lead, 2);
    assert_int_equal(browser_send(leader, "/todo/1", "/todo/1/assign", "account=6"), 422);
    assert_true(browser_sees(leader, "Personen kan inte ta det"));
    assert_int_equal(browser_send(leader, "/todo/1", "/todo/1/assign", "account=3"), 303);
    assert_int_equal(site_integer(site, "SELECT account FROM task"), CILLA);
    assert_string_equal(
        site_text(site, "SELECT address AS text FROM outbox WHERE kind = 'todo_assigned'"),
        "person3@ljungsjo.example");
    assert_int_equal(browser_get(leader, "/todo/1"), 200); /* holds the role: may take it back */
    assert_int_equal(browser_post(leader, "/todo/1/done", ""), 403);
    site_close(site);
}

static void others_neither_see_nor_finish_a_task(void **state) {
    struct site *site = site_open(state);
    struct browser *other = browser_new(site, EBBE);
    add_task(site, "of-bo", BO, ROLE_visitor, 2);
    assert_int_equal(browser_get(other, "/todo/1"), 403);
    assert_int_equal(browser_get(other, "/todo/99"), 404);
    assert_int_equal(browser_get(browser_new(site, GUN), "/todo/1"), 403);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM task WHERE done_at IS NULL"), 1);
    site_close(site);
}

static void a_finished_task_is_seen_by_those_it_concerned(void **state) {
    struct site *site = site_open(state);
    add_task(site, "of-bo", BO, ROLE_process_lead, 2);
    test_execute(site->store, "UPDATE task SET done_at = 1, done_by = 2");
    assert_int_equal(browser_get(browser_new(site, EBBE), "/todo/1"), 403);
    assert_int_equal(browser_get(browser_new(site, BO), "/todo/1"), 200);
    assert_int_equal(browser_get(browser_new(site, CILLA), "/todo/1"), 200); /* holds the role */
    /* Who did it sees it, although the role has gone since. */
    test_execute(site->store, "UPDATE task SET account = NULL, role = 'registrator'");
    assert_int_equal(browser_get(browser_new(site, BO), "/todo/1"), 200);
    assert_int_equal(browser_get(browser_new(site, CILLA), "/todo/1"), 403);
    site_close(site);
}

/* ---- the mail ---- */

static void the_weekly_mail_goes_once_on_monday_and_never_empty(void **state) {
    static const char mails[] = "SELECT COUNT(*) FROM outbox WHERE kind = 'todo_weekly'";
    struct site *site = site_open(state); /* a Tuesday */
    add_task(site, "of-the-role", 0, ROLE_process_lead, 2);
    for (int day = 0; day < 5; day++) {
        site_run_jobs(site);
        assert_int_equal(site_integer(site, mails), 0);
        site_now += DAYS(1);
    }
    site_now = instant_from_civil((struct civil){2026, 6, 15, 7, 20, 0, 0, 0});
    site_run_jobs(site);
    assert_int_equal(site_integer(site, mails), 0);
    site_now += MINUTES(11);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, mails), 2); /* both process leaders, nobody else */
    site_now += HOURS(3);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, mails), 2);
    assert_non_null(strstr(site_mail(site, "todo_weekly"), "\"late\":1"));
    test_execute(site->store, "UPDATE task SET done_at = 1, done_by = 2");
    site_now += DAYS(7);
    site_run_jobs(site);
    assert_int_equal(site_integer(site, mails), 2);
    site_close(site);
}

static enum error erase(void *context, struct db *db) {
    struct site *site = context;
    return todo_register.erase(db, site->arena, site->tenant, BO, site_now);
}

/* QUA-4 */
static void tasks_of_somebody_who_leaves_go_back_to_the_role(void **state) {
    struct site *site = site_open(state);
    add_task(site, "of-bo", BO, ROLE_process_lead, 2);
    add_task(site, "of-bo-alone", BO, ROLE_visitor, 2);
    assert_int_equal(store_act(site->store, erase, site), ERR_OK);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM task WHERE account IS NULL AND "
                                        "role IN ('process_lead', 'administrator')"),
                     2);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(staff_see_what_waits_for_them),
        TEST_ON_SQLITE(an_empty_list_says_what_will_come),
        TEST_ON_SQLITE(the_list_is_for_staff),
        TEST_ON_BOTH(asking_again_for_the_same_cause_changes_nothing),
        TEST_ON_BOTH(a_substitute_sees_what_the_owner_has),
        TEST_ON_BOTH(a_task_is_handed_on_and_its_taker_told),
        TEST_ON_SQLITE(others_neither_see_nor_finish_a_task),
        TEST_ON_BOTH(a_finished_task_is_seen_by_those_it_concerned),
        TEST_ON_BOTH(the_weekly_mail_goes_once_on_monday_and_never_empty),
        TEST_ON_BOTH(tasks_of_somebody_who_leaves_go_back_to_the_role),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
