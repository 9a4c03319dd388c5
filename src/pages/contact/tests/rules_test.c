/* Rules of contact: due day, human check, references, personal numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pages/contact/rules.h"
#include "platform/base/instant.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

/* PUB-10: a day to answer by; the clock change inside the week does not move it. */
static void an_answer_is_due_at_the_end_of_the_seventh_day(void **state) {
    (void)state;
    const int64_t received = instant_from_civil(
        (struct civil){.year = 2026, .month = 3, .day = 25, .hour = 14, .minute = 2});
    const struct civil due = civil_from_deadline(contact_due(received));
    assert_int_equal(due.month, 4);
    assert_int_equal(due.day, 1);
    assert_int_equal(due.hour, 23);
    assert_int_equal(due.minute, 59);
}

/* PUB-8: a person is not asked; a naive bot (all fields filled, at once) is. */
static void only_the_suspicious_are_asked(void **state) {
    (void)state;
    const struct contact_signs person = {.age = SECONDS(40), .links = 1};
    const struct contact_signs bot = {.trap_filled = true, .age = 0, .links = 5};
    const struct contact_signs trap = {.trap_filled = true, .age = SECONDS(40)};
    const struct contact_signs fast = {.age = SECONDS(2)};
    const struct contact_signs unknown = {.age = -1};
    const struct contact_signs links = {.age = SECONDS(40), .links = 3};
    assert_false(contact_suspicious(&person));
    assert_false(contact_suspicious(&(struct contact_signs){.age = SECONDS(3)}));
    assert_true(contact_suspicious(&bot));
    assert_true(contact_suspicious(&trap));
    assert_true(contact_suspicious(&fast));
    assert_true(contact_suspicious(&unknown));
    assert_true(contact_suspicious(&links));
}

static void links_are_counted(void **state) {
    (void)state;
    assert_int_equal(contact_links("Se https://a.se, HTTP://b.se och www.c.se."), 3);
    assert_int_equal(contact_links("https://www.a.se/www.b.se"), 1);
    assert_int_equal(contact_links("Inget här."), 0);
}

static const char *const swedish[13] = {"noll", "en",   "två", "tre", "fyra", "fem", "sex",
                                        "sju",  "åtta", "nio", "tio", "elva", "tolv"};

static void the_question_takes_digits_and_words(void **state) {
    (void)state;
    const struct human_question question = {3, 4};
    assert_true(human_answer_right(arena, question, "7", swedish));
    assert_true(human_answer_right(arena, question, "sju", swedish));
    assert_true(human_answer_right(arena, question, "Sju", swedish));
    assert_true(human_answer_right(arena, (struct human_question){4, 4}, "Åtta", swedish));
    static const char *const wrong[] = {"", "8", "70", "7 ", "åtta", "-7", "0x7", "1000000007"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(human_answer_right(arena, question, wrong[i], swedish));
    assert_false(human_answer_right(arena, question, NULL, swedish));
    for (uint64_t drawn = 0; drawn < 100; drawn++) {
        const struct human_question any = human_question(drawn * UINT64_C(7919));
        assert_in_range(any.a, 1, 6);
        assert_in_range(any.b, 1, 6);
    }
}

static void references_survive_being_read_aloud(void **state) {
    (void)state;
    const unsigned char bytes[8] = {20, 7, 39, 2, 255, 4, 30, 25};
    const char *reference = contact_reference(arena, bytes);
    assert_string_equal(reference, "M772-Z4YS");
    assert_string_equal(contact_reference_read(arena, "m772 z4ys"), "M772-Z4YS");
    assert_string_equal(contact_reference_read(arena, "oli2-0000"), "0112-0000");
    assert_null(contact_reference_read(arena, "M772-Z4Y"));
    assert_null(contact_reference_read(arena, "M772-Z4YSS"));
    assert_null(contact_reference_read(arena, "M772-Z4Y!"));
    assert_null(contact_reference_read(arena, "M772-Z4Yå"));
}

/* PUB-10. The numbers are the Tax Agency's for tests. */
static void personal_numbers_are_noticed(void **state) {
    (void)state;
    static const char *const numbers[] = {"19811218-9876", "811218-9876",
                                          "8112189876",    "Mitt nummer: 198112189876.",
                                          "811218 9876",   "811218+9876"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        assert_true(contact_has_personal_number(numbers[i]));
    static const char *const others[] = {
        "811218-9875",  "0980-31 92 00", "2026-06-09", "811318-9876",         "556036-0793",
        "Dnr 2026/123", "070-123 45 67", "",           "98765432109876543210"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(contact_has_personal_number(others[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_due_at_the_end_of_the_seventh_day),
        cmocka_unit_test(only_the_suspicious_are_asked),
        cmocka_unit_test(links_are_counted),
        cmocka_unit_test(the_question_takes_digits_and_words),
        cmocka_unit_test(references_survive_being_read_aloud),
        cmocka_unit_test(personal_numbers_are_noticed),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
