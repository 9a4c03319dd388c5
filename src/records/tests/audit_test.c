/* The audit chain: without gaps, whole, erasable; and every way of tampering is found (QUA-7). */
#include <inttypes.h>
#include <pthread.h>

#include <setjmp.h>
#include "records/tests/dump.h"
#include "records/tests/entries.h"

static void append_some(struct store *store) {
    append(store, TENANT, SIV, "page:1", NULL);
    append(store, TENANT, BO, "page:2", "Åsa \"Å\" bad om det\n");
    append(store, OTHER, SIV, "page:9", NULL);
    append(store, TENANT, 0, "page:3", NULL);
    append(store, TENANT, SIV, "account:22", "Ny roll");
    append(store, TENANT, SIV, "page:4", NULL);
}

/* ---- reading ---- */

struct found {
    int64_t count, first_bad, head;
    char hash[65];
};

static struct found verify(struct store *store, int64_t tenant) {
    struct found found = {.count = -1};
    struct audit_head head;
    struct db *db;
    struct arena *arena = arena_new(8 << 20);
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(audit_verify(db, arena, tenant, &found.count, &found.first_bad), ERR_OK);
    assert_int_equal(audit_head_read(db, arena, tenant, &head), ERR_OK);
    store_reader_done(store, db);
    found.head = head.sequence;
    (void)snprintf(found.hash, sizeof found.hash, "%s", head.hash);
    arena_free(arena);
    return found;
}

static bool holds(struct store *store, const struct found *published) {
    bool result = false;
    struct db *db;
    struct arena *arena = arena_new(1 << 20);
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(audit_holds(db, arena, TENANT, published->head, published->hash, &result),
                     ERR_OK);
    store_reader_done(store, db);
    arena_free(arena);
    return result;
}

static void test_empty_chain_is_whole(void **state) {
    struct store *store = test_store(state);
    const struct found found = verify(store, TENANT);
    assert_int_equal(found.count, 0);
    assert_int_equal(found.first_bad, 0);
    assert_int_equal(found.head, 0);
    assert_true(holds(store, &found));
}

static void test_chain_is_whole(void **state) {
    struct store *store = test_store(state);
    append_some(store);
    const struct found found = verify(store, TENANT);
    assert_int_equal(found.count, 5);
    assert_int_equal(found.first_bad, 0);
    assert_int_equal(found.head, 5);
    assert_int_equal(verify(store, OTHER).count, 1); /* each organisation has its own */
    append(store, TENANT, SIV, "page:5", NULL);
    assert_true(holds(store, &found)); /* an older head is still in it */
}

static void *append_in_thread(void *store) {
    for (int i = 0; i < 10; i++)
        append(store, TENANT, SIV, "page:1", "tillsammans");
    return NULL;
}

static void test_parallel_writers_leave_no_gap(void **state) {
    struct store *store = test_store(state);
    pthread_t threads[8];
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, append_in_thread, store), 0);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    const struct found found = verify(store, TENANT);
    assert_int_equal(found.count, 80);
    assert_int_equal(found.first_bad, 0);
}

static enum error fail_act(void *context, struct db *db) {
    const unsigned char seed[32] = {5};
    struct arena *arena = arena_new(1 << 20);
    const enum error error = audit_append_system(db, arena, TENANT, NOON, seed, context);
    arena_free(arena);
    return error == ERR_OK ? ERR_CONFLICT : error;
}

static void test_failed_act_leaves_no_row(void **state) {
    struct store *store = test_store(state);
    struct audit_entry entry = {.act = "page.publish", .object = "page:1"};
    append(store, TENANT, SIV, "page:1", NULL);
    assert_int_equal(store_act(store, fail_act, &entry), ERR_CONFLICT);
    append(store, TENANT, SIV, "page:1", NULL);
    assert_int_equal(verify(store, TENANT).count, 2);
    assert_int_equal(verify(store, TENANT).first_bad, 0);
}

static void test_unknown_act_is_refused(void **state) {
    struct store *store = test_store(state);
    const struct audit_entry unknown = {.act = "page.improve", .object = "page:1"};
    const struct audit_entry two_lines = {.act = "page.publish", .object = "page:1\npage:2"};
    assert_int_equal(append_entry(store, TENANT, &unknown), ERR_FAULT);
    assert_int_equal(append_entry(store, TENANT, &two_lines), ERR_FAULT);
    assert_int_equal(verify(store, TENANT).count, 0);
}

static void test_same_request_written_again_is_the_same(void **state) {
    struct store *store = test_store(state);
    append(store, TENANT, SIV, "page:1", "skäl");
    const struct found first = verify(store, TENANT);
    test_execute(store, "DELETE FROM audit");
    test_execute(store, "DELETE FROM audit_payload");
    test_execute(store, "DELETE FROM audit_head");
    append(store, TENANT, SIV, "page:1", "skäl");
    assert_string_equal(verify(store, TENANT).hash, first.hash);
}

/* ---- tampering: each must be found ---- */

static void expect_bad(void **state, const char *sql, int64_t first_bad) {
    struct store *store = test_store(state);
    append_some(store);
    assert_int_equal(verify(store, TENANT).first_bad, 0);
    test_execute(store, sql);
    assert_int_equal(verify(store, TENANT).first_bad, first_bad);
    assert_int_equal(verify(store, OTHER).first_bad, 0);
}

static void test_changed_act_is_found(void **state) {
    expect_bad(state, "UPDATE audit SET act = 'page.unpublish' WHERE tenant = 7 AND sequence = 2",
               2);
}

static void test_changed_time_is_found(void **state) {
    expect_bad(state, "UPDATE audit SET at = at + 1 WHERE tenant = 7 AND sequence = 4", 4);
}

static void test_changed_object_is_found(void **state) {
    expect_bad(state, "UPDATE audit SET object = 'page:8' WHERE tenant = 7 AND sequence = 1", 1);
}

static void test_removed_row_is_found(void **state) {
    expect_bad(state, "DELETE FROM audit WHERE tenant = 7 AND sequence = 3", 3);
}

static void test_removed_first_row_is_found(void **state) {
    expect_bad(state, "DELETE FROM audit WHERE tenant = 7 AND sequence = 1", 1);
}

static void test_swapped_rows_are_found(void **state) {
    struct store *store = test_store(state);
    append_some(store);
    test_execute(store, "UPDATE audit SET sequence = 99 WHERE tenant = 7 AND sequence = 2");
    test_execute(store, "UPDATE audit SET sequence = 2 WHERE tenant = 7 AND sequence = 3");
    test_execute(store, "UPDATE audit SET sequence = 3 WHERE tenant = 7 AND sequence = 99");
    assert_int_equal(verify(store, TENANT).first_bad, 2);
}

static void test_row_of_another_organisation_is_found(void **state) {
    struct store *store = test_store(state);
    append_some(store);
    test_execute(store, "DELETE FROM audit WHERE tenant = 7 AND sequence = 1");
    test_execute(store, "UPDATE audit SET tenant = 7 WHERE tenant = 8");
    assert_int_equal(verify(store, TENANT).first_bad, 1);
}

static void test_changed_payload_is_found(void **state) {
    expect_bad(state,
               "UPDATE audit_payload SET payload = '{\"account\":22}' WHERE tenant = 7 AND "
               "sequence = 1",
               1);
}

static void test_changed_salt_is_found(void **state) {
    expect_bad(state, "UPDATE audit_payload SET salt = payload WHERE tenant = 7 AND sequence = 4",
               4);
}

static void test_removed_payload_row_is_found(void **state) {
    expect_bad(state, "DELETE FROM audit_payload WHERE tenant = 7 AND sequence = 5", 5);
}

static void test_changed_head_is_found(void **state) {
    expect_bad(state, "UPDATE audit_head SET hash = 'ab' WHERE tenant = 7", 5);
}

static void test_removed_head_is_found(void **state) {
    expect_bad(state, "DELETE FROM audit_head WHERE tenant = 7", 5);
}

static void test_cut_end_is_found(void **state) {
    expect_bad(state, "DELETE FROM audit WHERE tenant = 7 AND sequence = 5", 5);
}

/* Who changes the head with the rows is found by those who noted an older head. */
static void test_cut_end_with_its_head_is_found_by_a_published_one(void **state) {
    struct store *store = test_store(state);
    append_some(store);
    const struct found published = verify(store, TENANT);
    test_execute(store, "DELETE FROM audit WHERE tenant = 7 AND sequence = 5");
    test_execute(store, "DELETE FROM audit_payload WHERE tenant = 7 AND sequence = 5");
    test_execute(store, "UPDATE audit_head SET sequence = 4, hash = (SELECT hash FROM audit WHERE "
                        "tenant = 7 AND sequence = 4) WHERE tenant = 7");
    assert_int_equal(verify(store, TENANT).first_bad, 0);
    assert_false(holds(store, &published));
    append(store, TENANT, BO, "page:66", NULL); /* written anew: as long as before, but another */
    assert_int_equal(verify(store, TENANT).first_bad, 0);
    assert_false(holds(store, &published));
}

/* ---- erasing ---- */

static enum error erase_act(void *context, struct db *db) {
    struct arena *arena = arena_new(1 << 20);
    (void)context;
    const enum error error = audit_erase_account(db, arena, TENANT, BO);
    arena_free(arena);
    return error;
}

static void test_erased_account_leaves_a_whole_chain(void **state) {
    struct store *store = test_store(state);
    append_some(store);
    append_act_of(store, "password.set", BO, "account:22", NULL);
    const struct found before = verify(store, TENANT);
    assert_int_equal(store_act(store, erase_act, NULL), ERR_OK);
    const struct found after = verify(store, TENANT);
    assert_int_equal(after.first_bad, 0);
    assert_int_equal(after.count, before.count);
    assert_string_equal(after.hash, before.hash);
    /* What Bo did with Bo's account, and what was done to Bo; nothing else. */
    assert_int_equal(test_integer(store, "SELECT count(*) FROM audit_payload WHERE payload IS NULL "
                                         "AND salt IS NULL"),
                     2);
}

static int64_t payloads(struct store *store, int64_t sequence, const char *where) {
    char sql[200];
    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM audit_payload WHERE tenant = 7 AND sequence = %d AND %s",
                   (int)sequence, where);
    return test_integer(store, sql);
}

/* What Bo did as an official stays, with number and reason; who did something to Bo, too, but not
 * why. */
static void test_official_acts_stay_without_a_name(void **state) {
    struct store *store = test_store(state);
    append_some(store);
    append_act_of(store, "role.revoke", BO, "account:21", "Siv slutar");
    append_act_of(store, "password.set", BO, "account:22", NULL);
    append_act_of(store, "token.create", BO, "token:4", NULL);
    append_act_of(store, "token.create", SIV, "token:5", NULL);
    assert_int_equal(store_act(store, erase_act, NULL), ERR_OK);
    assert_int_equal(payloads(store, 2, "account = 22 AND payload LIKE '%bad om det%'"), 1);
    assert_int_equal(payloads(store, 6, "account = 22 AND payload LIKE '%Siv slutar%'"), 1);
    assert_int_equal(payloads(store, 4, "account = 21 AND payload IS NULL AND salt IS NULL"), 1);
    assert_int_equal(payloads(store, 7, "account IS NULL AND payload IS NULL"), 1);
    assert_int_equal(payloads(store, 8, "account IS NULL AND payload IS NULL"), 1);
    assert_int_equal(payloads(store, 9, "account = 21 AND payload IS NOT NULL"), 1);
    assert_int_equal(verify(store, TENANT).first_bad, 0);
}

/* QUA-4: a search through all that is stored finds nothing of what was told about Bo. */
static void test_erased_account_is_nowhere_in_the_data_file(void **state) {
    struct store *store = test_store(state);
    const char *address = test_database_address(test_store_database(state));
    struct arena *arena = arena_new(512 << 20);
    append_some(store);
    append_act_of(store, "account.email", BO, "account:22", "Från bo@avik.example");
    assert_true(dump_holds(database_dump(arena, address), "avik"));
    assert_true(dump_holds(database_dump(arena, address), "ny ROLL"));
    assert_int_equal(store_act(store, erase_act, NULL), ERR_OK);
    const char *dump = database_dump(arena, address);
    assert_false(dump_holds(dump, "avik"));
    assert_false(dump_holds(dump, "Ny roll"));
    assert_true(dump_holds(dump, "\"account\":21"));
    arena_free(arena);
}

static void test_check_says_what_is_wrong(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(8 << 20);
    struct buffer whole = buffer_in(arena, 1 << 16), broken = buffer_in(arena, 1 << 16);
    struct db *db;
    append_some(store);
    assert_int_equal(store_act(store, erase_act, NULL), ERR_OK);
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(records_check(db, arena, TENANT, &whole), ERR_OK);
    store_reader_done(store, db);
    assert_string_equal(buffer_string(&whole),
                        "organisation 7: audit chain is whole: 5 acts, 1 of them erased\n");
    test_execute(store, "DELETE FROM audit WHERE tenant = 7 AND sequence = 3");
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(records_check(db, arena, TENANT, &broken), ERR_CONFLICT);
    store_reader_done(store, db);
    assert_string_equal(buffer_string(&broken),
                        "organisation 7: audit chain is broken at 3: the row is missing\n");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_empty_chain_is_whole),
        TEST_ON_BOTH(test_chain_is_whole),
        TEST_ON_BOTH(test_parallel_writers_leave_no_gap),
        TEST_ON_BOTH(test_failed_act_leaves_no_row),
        TEST_ON_SQLITE(test_unknown_act_is_refused),
        TEST_ON_SQLITE(test_same_request_written_again_is_the_same),
        TEST_ON_BOTH(test_changed_act_is_found),
        TEST_ON_SQLITE(test_changed_time_is_found),
        TEST_ON_SQLITE(test_changed_object_is_found),
        TEST_ON_BOTH(test_removed_row_is_found),
        TEST_ON_SQLITE(test_removed_first_row_is_found),
        TEST_ON_BOTH(test_swapped_rows_are_found),
        TEST_ON_SQLITE(test_row_of_another_organisation_is_found),
        TEST_ON_BOTH(test_changed_payload_is_found),
        TEST_ON_SQLITE(test_changed_salt_is_found),
        TEST_ON_SQLITE(test_removed_payload_row_is_found),
        TEST_ON_SQLITE(test_changed_head_is_found),
        TEST_ON_SQLITE(test_removed_head_is_found),
        TEST_ON_BOTH(test_cut_end_is_found),
        TEST_ON_BOTH(test_cut_end_with_its_head_is_found_by_a_published_one),
        TEST_ON_BOTH(test_erased_account_leaves_a_whole_chain),
        TEST_ON_BOTH(test_official_acts_stay_without_a_name),
        TEST_ON_SQLITE(test_erased_account_is_nowhere_in_the_data_file),
        TEST_ON_SQLITE(test_check_says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
