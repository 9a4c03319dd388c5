/* The log as staff read it: pages by key, a file for a sheet. */
#include <unistd.h>

#include "platform/view/words.h"
#include "records/audit.h"
#include "records/log.h"
#include "records/payload.h"
#include "records/tests/entries.h"

static struct arena *arena;

static int begin(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
    return words_load(NULL) == ERR_OK ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct log_row_list rows_read(struct store *store, int64_t before, int64_t account,
                                     size_t limit) {
    const struct log_part part = {TENANT, before, account, limit};
    struct log_row_list rows;
    struct db *db;
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(log_read(db, arena, &part, &rows), ERR_OK);
    store_reader_done(store, db);
    return rows;
}

static void test_newest_come_first(void **state) {
    struct store *store = test_store(state);
    for (int i = 0; i < 5; i++)
        append(store, TENANT, i % 2 == 0 ? SIV : BO, "page:1", NULL);
    append(store, OTHER, SIV, "page:1", NULL);
    struct log_row_list rows = rows_read(store, INT64_MAX, 0, 3);
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.at[0].sequence, 5);
    assert_int_equal(rows.at[2].sequence, 3);
    rows = rows_read(store, 3, 0, 3);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.at[0].sequence, 2);
    rows = rows_read(store, INT64_MAX, BO, 3);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.at[0].sequence, 4);
    assert_int_equal(rows.at[1].sequence, 2);
}

static void test_payload_says_why(void **state) {
    (void)state;
    const char *json = "{\"account\":7,\"reason\":\"Bett om\",\"detail\":{\"role\":"
                       "\"moderator\",\"roles\":\"dpo juror\",\"ends_at\":"
                       "\"2027-01-01T11:00:00Z\",\"phone\":[null,\"0980-31 92 00\"],"
                       "\"pages\":3,\"odd\":{\"a\":1}}}";
    const struct payload shown = payload_read(arena, LANGUAGE_SV, json);
    assert_string_equal(shown.reason, "Bett om");
    assert_string_equal(shown.detail,
                        "Roll: Moderator, Roller: Dataskyddsombud, Jurymedlem, Till och med: "
                        "1 januari 2027, Telefon: – → 0980-31 92 00, Sidor: 3, odd: –");
    assert_string_equal(payload_read(arena, LANGUAGE_NONE, json).detail,
                        "role: moderator, roles: dpo juror, ends_at: 2027-01-01T11:00:00Z, phone: "
                        "– → 0980-31 92 00, pages: 3, odd: –");
    assert_null(payload_read(arena, LANGUAGE_SV, NULL).reason);
    assert_null(payload_read(arena, LANGUAGE_SV, "{\"account\":7}").detail);
    assert_null(payload_read(arena, LANGUAGE_SV, "broken").reason);
}

static const char *exported(struct store *store, int64_t account) {
    const struct log_part part = {TENANT, INT64_MAX, account, 1000};
    const char *path;
    struct db *db;
    char *text = arena_take(arena, 1 << 16);
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(log_export(db, arena, &part, &path), ERR_OK);
    store_reader_done(store, db);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(unlink(path), 0);
    return text;
}

static void test_file_for_a_sheet(void **state) {
    struct store *store = test_store(state);
    const struct audit_entry entry = {.act = "role.grant",
                                      .account = SIV,
                                      .object = "account:22",
                                      .reason = "Sa \"ja\", skrev under\nigår",
                                      .detail = "{\"role\":\"moderator\"}"};
    assert_int_equal(append_entry(store, TENANT, &entry), ERR_OK);
    append(store, TENANT, BO, "page:1", "=HYPERLINK(1)");
    const char *text = exported(store, 0);
    assert_memory_equal(text, "sequence,time,act,object,account,reason,detail,hash\r\n2,", 55);
    assert_non_null(strstr(text, "2,\"2026-06-09T10:13:20Z\",\"page.publish\",\"page:1\",22,"
                                 "\"'=HYPERLINK(1)\",\"\",\""));
    assert_non_null(strstr(text, "\r\n1,\"2026-06-09T10:13:20Z\",\"role.grant\",\"account:22\",21,"
                                 "\"Sa \"\"ja\"\", skrev under\nigår\",\"role: moderator\",\""));
    assert_null(strstr(exported(store, SIV), "HYPERLINK"));
}

/* People read a word for each act, in both complete languages. */
static void test_every_act_has_words(void **state) {
    (void)state;
    const struct audit_act *act;
    for (size_t i = 0; (act = audit_act_at(i)) != NULL; i++) {
        const char *key = arena_format(arena, "audit.act.%s", act->name);
        if (word_if_any(LANGUAGE_SV, key) == NULL || word_if_any(LANGUAGE_EN, key) == NULL)
            fail_msg("%s has no word", key);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_newest_come_first),
        cmocka_unit_test(test_payload_says_why),
        TEST_ON_SQLITE(test_file_for_a_sheet),
        cmocka_unit_test(test_every_act_has_words),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
