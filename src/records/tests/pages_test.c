/* The pages of the audit chain: the head for everybody, the log by role (JOURNEYS 8). */
#include "records/tests/entries.h"

#include "people/tests/site.h"

static const enum role administrator[] = {ROLE_administrator, ROLE_COUNT};
static const enum role case_officer[] = {ROLE_case_officer, ROLE_COUNT};

/* Staff with the second factor proved; `ret_account` may be NULL. */
static struct browser *staff(struct site *site, const char *email, const enum role *roles,
                             int64_t *ret_account) {
    struct browser *browser = browser_new(site, SITE_HOST);
    const int64_t account = site_account(site, email, "Stina <Exempel>", roles);
    browser_log_in(browser, email);
    (void)browser_set_up_factor(browser);
    if (ret_account != NULL)
        *ret_account = account;
    return browser;
}

static struct audit_head head_of(struct site *site) {
    struct audit_head head;
    struct db *db;
    assert_int_equal(store_reader(site->store, 1000, &db), ERR_OK);
    assert_int_equal(audit_head_read(db, site->arena, site->tenant, &head), ERR_OK);
    store_reader_done(site->store, db);
    return head;
}

/* ---- the head ---- */

static void test_empty_head_says_so(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);
    assert_int_equal(browser_get(anna, "/audit"), 200);
    assert_true(browser_sees(anna, "Ingenting har hänt än."));
    assert_int_equal(browser_get(anna, "/audit.json"), 200);
    assert_true(browser_sees(anna, "\"sequence\":0"));
    site_close(site);
}

static void test_head_is_public(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);
    append(site->store, site->tenant, 0, "page:1", "Hemligt skäl");
    append(site->store, site->tenant, 0, "page:2", NULL);
    append(site->store, site->other_tenant, 0, "page:3", NULL);
    assert_int_equal(browser_get(anna, "/audit"), 200);
    assert_true(browser_sees(anna, head_of(site).hash));
    assert_true(browser_sees(anna, "<dd>2</dd>"));
    assert_false(browser_sees(anna, "Hemligt"));
    assert_true(anna->reply.statements <= 8);
    assert_int_equal(browser_send(anna, METHOD_GET, "/audit", LINES("Accept-Language: en"), NULL),
                     200);
    assert_true(browser_sees(anna, "A log that can be checked"));
    site_close(site);
}

static void test_older_head_can_be_asked_for(void **state) {
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);
    append(site->store, site->tenant, 0, "page:1", NULL);
    const struct audit_head first = head_of(site);
    append(site->store, site->tenant, 0, "page:2", NULL);
    assert_int_equal(browser_get(anna, "/audit?number=1"), 200);
    assert_true(browser_sees(anna, first.hash));
    assert_true(browser_sees(anna, "value=\"1\""));
    assert_int_equal(browser_get(anna, "/audit?number=99"), 200);
    assert_true(browser_sees(anna, "Det finns ingen händelse med det numret."));
    static const char *const odd[] = {"/audit?number=abc", "/audit?number=-1", "/audit?number="};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(browser_get(anna, odd[i]), 200);
        assert_false(browser_sees(anna, "Det finns ingen händelse"));
    }
    site_close(site);
}

/* ---- the log ---- */

static void test_log_is_not_for_everybody(void **state) {
    static const enum role elected[] = {ROLE_elected, ROLE_COUNT};
    struct site *site = site_open(state);
    struct browser *anna = browser_new(site, SITE_HOST);
    append(site->store, site->tenant, 0, "page:1", "Hemligt skäl");
    assert_int_equal(browser_get(anna, "/audit/log"), 303); /* to the log-in */
    assert_int_equal(browser_get(anna, "/audit/log.csv"), 303);
    browser_log_in(anna, "anna@example.org");
    assert_int_equal(browser_get(anna, "/audit/log"), 403);
    assert_int_equal(browser_get(anna, "/audit/log.csv"), 403);
    assert_int_equal(browser_get(anna, "/audit/log.json"), 403);
    assert_false(browser_sees(anna, "Hemligt"));
    struct browser *evert = staff(site, "evert@example.org", elected, NULL);
    assert_int_equal(browser_get(evert, "/audit/log"), 403);
    site_close(site);
}

/* A staff role counts only when the second factor is proved. */
static void test_log_wants_the_second_factor(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = browser_new(site, SITE_HOST);
    append(site->store, site->tenant, 0, "page:1", "Hemligt skäl");
    (void)site_account(site, "stina@example.org", "Stina Exempel", administrator);
    browser_log_in(stina, "stina@example.org");
    assert_int_not_equal(browser_get(stina, "/audit/log"), 200);
    assert_false(browser_sees(stina, "Hemligt"));
    site_close(site);
}

static void test_readers_see_all_of_their_organisation(void **state) {
    static const enum role readers[][2] = {{ROLE_administrator, ROLE_COUNT},
                                           {ROLE_dpo, ROLE_COUNT},
                                           {ROLE_registrator, ROLE_COUNT},
                                           {ROLE_secretary, ROLE_COUNT}};
    struct site *site = site_open(state);
    append(site->store, site->tenant, 0, "page:41", "Öppet \"><script>&' skäl");
    append(site->store, site->other_tenant, 0, "page:42", "Grannens skäl");
    for (size_t i = 0; i < 4; i++) {
        const char *email = arena_format(site->arena, "s%zu@example.org", i);
        struct browser *reader = staff(site, email, readers[i], NULL);
        assert_int_equal(browser_get(reader, "/audit/log"), 200);
        assert_true(browser_sees(reader, "En sida publicerades"));
        assert_true(browser_sees(reader, "Sida 41"));
        assert_true(browser_sees(reader, "Systemet"));
        assert_true(browser_sees(reader, "&lt;script&gt;&amp;"));
        assert_false(browser_sees(reader, "Grannens"));
        assert_true(reader->reply.statements <= 8);
    }
    site_close(site);
}

static void test_others_see_what_they_did(void **state) {
    struct site *site = site_open(state);
    int64_t account;
    struct browser *hanna = staff(site, "hanna@example.org", case_officer, &account);
    append(site->store, site->tenant, 0, "page:1", "Någon annans");
    append(site->store, site->tenant, account, "page:2", "Hannas eget");
    assert_int_equal(browser_get(hanna, "/audit/log"), 200);
    assert_true(browser_sees(hanna, "Hannas eget"));
    assert_true(browser_sees(hanna, "Stina &lt;Exempel&gt;"));
    assert_true(browser_sees(hanna, "Det som du själv har gjort"));
    assert_false(browser_sees(hanna, "Någon annans"));
    assert_int_equal(browser_get(hanna, "/audit/log.csv"), 200);
    assert_true(browser_sees(hanna, "Hannas eget"));
    assert_false(browser_sees(hanna, "Någon annans"));
    site_close(site);
}

static void test_long_log_has_pages(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff(site, "stina@example.org", administrator, NULL);
    const int64_t before = head_of(site).sequence;
    for (int i = 1; i <= 60; i++)
        append(site->store, site->tenant, 0, arena_format(site->arena, "page:%d", 1000 + i), NULL);
    assert_int_equal(browser_get(stina, "/audit/log"), 200);
    assert_true(browser_sees(stina, "Sida 1060"));
    assert_true(browser_sees(stina, "Sida 1011<"));
    assert_false(browser_sees(stina, "Sida 1010<"));
    assert_false(browser_sees(stina, "Till de senaste"));
    const char *older =
        arena_format(site->arena, "/audit/log?before=%lld", (long long)(before + 11));
    assert_true(browser_sees(stina, older));
    assert_int_equal(browser_get(stina, older), 200);
    assert_true(browser_sees(stina, "Sida 1010<"));
    assert_false(browser_sees(stina, "Sida 1011<"));
    assert_true(browser_sees(stina, "Till de senaste"));
    assert_false(browser_sees(stina, "Äldre händelser"));
    site_close(site);
}

struct erasing {
    struct site *site;
    int64_t account;
};

static enum error erase_act(void *context, struct db *db) {
    const struct erasing *erasing = context;
    return audit_erase_account(db, erasing->site->arena, erasing->site->tenant, erasing->account);
}

static void test_entries_of_who_left_stay_without_a_name(void **state) {
    struct site *site = site_open(state);
    struct browser *stina = staff(site, "stina@example.org", administrator, NULL);
    struct erasing erasing = {site,
                              site_account(site, "bo@example.org", "Bo Borttagen", case_officer)};
    const struct audit_entry own = {
        .act = "token.create", .account = erasing.account, .object = "token:78"};
    append(site->store, site->tenant, erasing.account, "page:77", "Bos skäl");
    assert_int_equal(append_entry(site->store, site->tenant, &own), ERR_OK);
    assert_int_equal(browser_get(stina, "/audit/log"), 200);
    assert_true(browser_sees(stina, "Bo Borttagen"));
    assert_int_equal(store_act(site->store, erase_act, &erasing), ERR_OK);
    test_execute(site->store,
                 arena_format(site->arena,
                              "UPDATE account SET email = NULL, email_key = NULL, name = NULL, "
                              "deleted_at = 1 WHERE id = %lld",
                              (long long)erasing.account));
    assert_int_equal(browser_get(stina, "/audit/log"), 200);
    assert_false(browser_sees(stina, "Bo Borttagen"));
    /* The official act keeps its reason, under a number; the other one nothing. */
    assert_true(browser_sees(stina, "Sida 77"));
    assert_true(browser_sees(stina, "Bos skäl"));
    assert_true(
        browser_sees(stina, arena_format(site->arena, "Konto %lld", (long long)erasing.account)));
    assert_true(browser_sees(stina, "Nyckel 78"));
    assert_true(browser_sees(stina, "Raderat"));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_empty_head_says_so),
        TEST_ON_BOTH(test_head_is_public),
        TEST_ON_SQLITE(test_older_head_can_be_asked_for),
        TEST_ON_SQLITE(test_log_is_not_for_everybody),
        TEST_ON_SQLITE(test_log_wants_the_second_factor),
        TEST_ON_BOTH(test_readers_see_all_of_their_organisation),
        TEST_ON_SQLITE(test_others_see_what_they_did),
        TEST_ON_SQLITE(test_long_log_has_pages),
        TEST_ON_SQLITE(test_entries_of_who_left_stay_without_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
