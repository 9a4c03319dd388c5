/* The files of a held round: when they are public, that they verify, and what is in none of them.
 * PB-9, PB-12. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "budgets/files/archive.h"
#include "budgets/files/bundle.h"
#include "budgets/files/verify.h"
#include "budgets/results/tests/sealed.h"

#define FILES ROUND "/result/"

static const char *const names[] = {"bundle.zip",   "result.json", "ballots.csv",
                                    "receipts.txt", "POT-1.pb",    "POT-2.pb"};

static struct site *public_round(void **state) {
    struct site *site = site_open(state);
    sealed_round(site);
    round_count(site);
    round_attest(site);
    site_now = day_of_2026(6, 18) + HOURS(11);
    return site;
}

static int asked(struct site *site, const char *name, int account) {
    return browser_get(browser_new(site, account), arena_format(site->arena, FILES "%s", name));
}

/* Neither staff nor readers get a file before the minute of publishing. PB-9, PB-12 */
static void nothing_before_the_minute_PB_9(void **state) {
    struct site *site = site_open(state);
    sealed_round(site);
    round_count(site);
    round_attest(site);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_int_equal(asked(site, names[i], NOBODY), 404);
        assert_int_equal(asked(site, names[i], BO), 404);
    }
    site_close(site);
}

static void each_file_is_there_afterwards(void **state) {
    struct site *site = public_round(state);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(asked(site, names[i], NOBODY), 200);
    assert_int_equal(asked(site, "POT-3.pb", NOBODY), 404);
    assert_int_equal(asked(site, "bundle", NOBODY), 404);
    assert_int_equal(asked(site, "..%2f..%2fetc%2fpasswd", NOBODY), 400);
    site_close(site);
}

/* The bundle says yes, with as many receipts as voters, and holds the document as it is shown. */
static void the_bundle_verifies(void **state) {
    struct site *site = public_round(state);
    struct browser *reader = browser_new(site, NOBODY), *other = browser_new(site, NOBODY);
    struct verification verification = {0};
    struct archive archive = {0};
    struct archive_refusal refusal = {0};
    const char *why = NULL;
    assert_int_equal(browser_get(reader, FILES "bundle.zip"), 200);
    assert_string_equal(browser_header(reader, "content-type"), "application/zip");
    if (!bundle_verify(site->arena, reader->reply.body, reader->reply.length, &verification, &why))
        fail_msg("%s", why);
    if (verification.count > 0)
        fail_msg("%s %s: %s, not %s", verification.findings[0].file, verification.findings[0].place,
                 verification.findings[0].found, verification.findings[0].expected);
    assert_int_equal(verification.voters, 275);
    assert_string_equal(verification.rules_hash,
                        site_text(site, "SELECT rules_hash AS text FROM poll"));
    assert_true(
        archive_read(site->arena, reader->reply.body, reader->reply.length, &archive, &refusal));
    const struct archive_member *result = archive_find(&archive, BUNDLE_RESULT);
    assert_int_equal(browser_get(other, ROUND "/result/file"), 200);
    assert_int_equal(other->reply.length, result->length);
    assert_memory_equal(other->reply.body, result->bytes, result->length);
    assert_non_null(archive_find(&archive, BUNDLE_LOT));
    site_close(site);
}

/* Where fewer than ten voted in a pot, its ballots are in no file; the bundle still verifies. PB-12
 */
static void ballots_of_few_are_in_no_file_PB_12(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    struct verification verification = {0};
    const char *why = NULL;
    locked_round(site);
    test_execute(site->store, "UPDATE counted_ballot SET ballots = 3 WHERE pot = 2");
    round_seal(site);
    round_count(site);
    round_attest(site);
    site_now = day_of_2026(6, 18) + HOURS(11);
    const int64_t few =
        site_integer(site, "SELECT CAST(SUM(ballots) AS bigint) FROM counted_ballot WHERE pot = 2");
    assert_true(few < 10);
    assert_int_equal(asked(site, "POT-2.pb", NOBODY), 404);
    assert_int_equal(asked(site, "POT-2.pb", BO), 404);
    assert_int_equal(browser_get(reader, FILES "ballots.csv"), 200);
    assert_false(browser_sees(reader, "\n2,"));
    assert_int_equal(browser_get(reader, FILES "bundle.zip"), 200);
    assert_true(
        bundle_verify(site->arena, reader->reply.body, reader->reply.length, &verification, &why));
    assert_int_equal(verification.count, 0);
    assert_int_equal(verification.note_count, 1);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(nothing_before_the_minute_PB_9),
        TEST_ON_BOTH(each_file_is_there_afterwards),
        TEST_ON_BOTH(the_bundle_verifies),
        TEST_ON_BOTH(ballots_of_few_are_in_no_file_PB_12),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
