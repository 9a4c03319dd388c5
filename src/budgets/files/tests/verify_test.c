/* Bundles are verified, and every changed byte is found and named. PB-9, PB-12. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "budgets/files/archive.h"
#include "budgets/files/tests/made.h"
#include "budgets/files/verify.h"

static const struct made_plan usual = {.kind = "up_to"};

static struct verification verified(struct arena *arena, const struct made *made) {
    struct verification verification = {0};
    const char *refusal = NULL;
    if (!bundle_verify(arena, made->bytes, made->length, &verification, &refusal))
        fail_msg("no bundle: %s", refusal);
    return verification;
}

static const struct archive_member *member(struct arena *arena, const struct made *made,
                                           const char *name) {
    struct archive *archive = ARENA_NEW(arena, struct archive);
    struct archive_refusal refusal = {0};
    assert_true(archive_read(arena, made->bytes, made->length, archive, &refusal));
    assert_non_null(archive_find(archive, name));
    return archive_find(archive, name);
}

static bool names(const struct verification *verification, const char *file, const char *place) {
    for (size_t i = 0; i < verification->count && i < DISCREPANCIES_MAX; i++)
        if (strcmp(verification->findings[i].file, file) == 0 &&
            strstr(verification->findings[i].place, place) != NULL)
            return true;
    return false;
}

static void an_untouched_bundle_verifies(void **state) {
    static const struct made_plan plans[] = {{.kind = "up_to"},
                                             {.kind = "up_to", .has_no_lot = true},
                                             {.kind = "cart",
                                              .ballots = "pot,choices,ballots\n"
                                                         "1,\"1\",9\n1,\"2,3\",4\n"}};
    (void)state;
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        struct arena *arena = arena_new(16 << 20);
        const struct made made = bundle_made(arena, &plans[i]);
        const struct verification verification = verified(arena, &made);
        struct buffer text = buffer_in(arena, 1 << 16);
        verification_print(&text, "b.zip", &verification);
        if (verification.count > 0)
            fail_msg("%s", buffer_string(&text));
        assert_non_null(strstr(buffer_string(&text), "Yes: "));
        assert_non_null(strstr(buffer_string(&text), "pot 2: fewer than 10 voted"));
        arena_free(arena);
    }
}

/* Where fewer than 10 voted there is no ballot, and no file of them. PB-12 */
static void ballots_of_few_are_nowhere_PB_12(void **state) {
    struct arena *arena = arena_new(16 << 20);
    const struct made made = bundle_made(arena, &usual);
    const struct archive_member *ballots = member(arena, &made, BUNDLE_BALLOTS);
    struct archive archive = {0};
    struct archive_refusal refusal = {0};
    (void)state;
    assert_null(memmem(ballots->bytes, ballots->length, "\n2,", 3));
    assert_true(archive_read(arena, made.bytes, made.length, &archive, &refusal));
    assert_null(archive_find(&archive, "POT-2.pb"));
    assert_non_null(archive_find(&archive, "POT-1.pb"));
    arena_free(arena);
}

/* Each byte of the whole file, changed in each of its bits. */
static void every_changed_byte_is_found(void **state) {
    struct arena *made_in = arena_new(16 << 20);
    const struct made made = bundle_made(made_in, &usual);
    char *bytes = arena_copy(made_in, made.bytes, made.length);
    (void)state;
    for (size_t at = 0; at < made.length; at++) {
        struct arena *arena = arena_new(16 << 20);
        struct verification verification = {0};
        const char *refusal = NULL;
        bytes[at] = (char)(bytes[at] ^ (1 << at % 8));
        if (bundle_verify(arena, bytes, made.length, &verification, &refusal) &&
            verification.count == 0)
            fail_msg("byte %zu of %zu was changed and not found", at, made.length);
        bytes[at] = made.bytes[at];
        arena_free(arena);
    }
    arena_free(made_in);
}

/* A file of the bundle with one byte changed, each in turn; the manifest is made to fit. Of a pot
 * in which few voted the totals cannot be counted again, as the verification says: they are left
 * out. */
static void every_byte_forged(const char *file, size_t *ret_named) {
    struct arena *made_in = arena_new(16 << 20);
    const struct made made = bundle_made(made_in, &usual);
    const struct archive_member *original = member(made_in, &made, file);
    const char *from = "{\"pot\":2,\"title\":\"Norra\",\"sum\":500000,\"left";
    const char *few = memmem(original->bytes, original->length, from, strlen(from));
    const size_t length = few == NULL ? original->length : (size_t)(few - original->bytes);
    *ret_named = 0;
    for (size_t at = 0; at < length; at++) {
        struct arena *arena = arena_new(16 << 20);
        char *bytes = arena_copy(arena, original->bytes, original->length);
        bytes[at] = (char)(bytes[at] ^ (at % 3 == 0 ? 1 : at % 3 == 1 ? 2 : 4));
        const struct made forged = bundle_forged(arena, &made, file, bytes, original->length);
        const struct verification verification = verified(arena, &forged);
        if (verification.count == 0)
            fail_msg("%s: byte %zu was changed and not found: %.40s", file, at, bytes + at);
        if (names(&verification, file, ""))
            ++*ret_named;
        arena_free(arena);
    }
    arena_free(made_in);
}

static void forged_files_are_found_though_the_manifest_fits(void **state) {
    static const char *const files[] = {BUNDLE_RULES,    BUNDLE_RESULT, BUNDLE_BALLOTS,
                                        BUNDLE_RECEIPTS, BUNDLE_LOT,    "POT-1.pb"};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        size_t named = 0;
        every_byte_forged(files[i], &named);
        assert_true(named > 0);
    }
}

/* The whole text of a member with one word in place of another. */
static struct made with_other(struct arena *arena, const struct made *made, const char *file,
                              const char *word, const char *other) {
    const struct archive_member *original = member(arena, made, file);
    const char *at = memmem(original->bytes, original->length, word, strlen(word));
    struct buffer text = buffer_in(arena, 1 << 20);
    assert_non_null(at);
    buffer_add(&text, original->bytes, (size_t)(at - original->bytes));
    buffer_text(&text, other);
    at += strlen(word);
    buffer_add(&text, at, (size_t)(original->bytes + original->length - at));
    return bundle_forged(arena, made, file, text.at, text.length);
}

static void the_place_is_named(void **state) {
    static const struct {
        const char *file, *word, *other, *named, *place;
    } cases[] = {
        {BUNDLE_BALLOTS, "1,\"1\",3", "1,\"1\",4", "POT-1.pb", "line"},
        {BUNDLE_BALLOTS, "1,\"1\",3", "1,\"1\",4", BUNDLE_RESULT, "pots[0].ballots"},
        {BUNDLE_BALLOTS, "1,\"3\",2", "1,\"9\",2", BUNDLE_BALLOTS, "line 6"},
        {BUNDLE_BALLOTS, "1,\"1,2\",4", "1,\"1,1\",4", BUNDLE_BALLOTS, "line 4"},
        {BUNDLE_BALLOTS, "0,\"\",2", "0,\"\",3", BUNDLE_RESULT, "blank"},
        {BUNDLE_RESULT, "\"place\":1,\"option\":2", "\"place\":1,\"option\":3", BUNDLE_RESULT,
         "pots[0].rows[0].option"},
        {BUNDLE_RESULT, "\"voters\":17", "\"voters\":27", BUNDLE_RESULT, "voters"},
        {BUNDLE_RESULT, "\"voters\":17", "\"voters\":27", BUNDLE_RECEIPTS, ""},
        {BUNDLE_RESULT, "\"format\"", " \"format\"", BUNDLE_RESULT, "byte 2"},
        {BUNDLE_RULES, "\"sum\":10000000", "\"sum\":90000000", BUNDLE_RESULT, "rules_hash"},
        {BUNDLE_RULES, "\"sum\":10000000", "\"sum\":90000000", BUNDLE_RESULT, "pots[0].sum"},
        {BUNDLE_LOT, "seed;0011", "seed;0012", BUNDLE_LOT, "line 2"},
        {BUNDLE_RESULT, "\"lot_seed\":\"0011", "\"lot_seed\":\"0012", BUNDLE_RESULT, "lot_seed"},
        {"POT-1.pb", "Brygga", "Brygge", "POT-1.pb", "line"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *arena = arena_new(16 << 20);
        const struct made made = bundle_made(arena, &usual);
        const struct made forged =
            with_other(arena, &made, cases[i].file, cases[i].word, cases[i].other);
        const struct verification verification = verified(arena, &forged);
        if (!names(&verification, cases[i].named, cases[i].place)) {
            struct buffer text = buffer_in(arena, 1 << 16);
            verification_print(&text, "b.zip", &verification);
            fail_msg("case %zu: %s", i, buffer_string(&text));
        }
        arena_free(arena);
    }
}

static void more_choices_than_allowed_are_found(void **state) {
    static const struct made_plan cart = {
        .kind = "cart", .ballots = "pot,choices,ballots\n1,\"1\",9\n1,\"1,2\",4\n"};
    struct arena *arena = arena_new(16 << 20);
    const struct made made = bundle_made(arena, &cart);
    const struct verification verification = verified(arena, &made);
    (void)state;
    assert_true(names(&verification, BUNDLE_BALLOTS, "line 3"));
    arena_free(arena);
}

static void what_is_no_bundle_is_refused(void **state) {
    struct arena *arena = arena_new(16 << 20);
    const struct made made = bundle_made(arena, &usual);
    struct verification verification = {0};
    const char *refusal = NULL;
    (void)state;
    for (size_t length = 0; length < made.length; length += 7) {
        assert_false(bundle_verify(arena, made.bytes, length, &verification, &refusal));
        assert_non_null(strstr(refusal, "byte "));
    }
    arena_free(arena);
}

static void json_is_one_object(void **state) {
    struct arena *arena = arena_new(16 << 20);
    const struct made made = bundle_made(arena, &usual);
    struct verification verification = verified(arena, &made);
    struct buffer json = buffer_in(arena, 1 << 16);
    (void)state;
    verification_write_json(&json, &verification);
    assert_true(text_begins(buffer_string(&json), "{\"verified\":true,\"round\":\"Medborgar"));
    assert_non_null(strstr(buffer_string(&json), "\"count\":0,\"findings\":[],\"notes\":[\"pot 2"));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_untouched_bundle_verifies),
        cmocka_unit_test(ballots_of_few_are_nowhere_PB_12),
        cmocka_unit_test(every_changed_byte_is_found),
        cmocka_unit_test(forged_files_are_found_though_the_manifest_fits),
        cmocka_unit_test(the_place_is_named),
        cmocka_unit_test(more_choices_than_allowed_are_found),
        cmocka_unit_test(what_is_no_bundle_is_refused),
        cmocka_unit_test(json_is_one_object),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
