/* Values as people read them: a table for each kind (EVT-9, REG-4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/view/format.h"

static struct arena *arena;

static const char *value(enum language language, enum format format, enum kind kind,
                         int64_t number) {
    struct line line = {.length = 0};
    format_value(&line, language, format, kind, number);
    return arena_copy_span(arena, line.at, line.length);
}

static void test_numbers(void **state) {
    (void)state;
    static const struct {
        enum format format;
        enum kind kind;
        int64_t number;
        const char *swedish, *english;
    } cases[] = {
        {FORMAT_NUMBER, KIND_int, 0, "0", "0"},
        {FORMAT_NUMBER, KIND_int, 999, "999", "999"},
        {FORMAT_NUMBER, KIND_int, 1000, "1\u00a0000", "1,000"},
        {FORMAT_NUMBER, KIND_int, 61668, "61\u00a0668", "61,668"},
        {FORMAT_NUMBER, KIND_int, -1234567, "−1\u00a0234\u00a0567", "−1,234,567"},
        {FORMAT_NUMBER, KIND_int, INT64_MIN,
         "−9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808", "−9,223,372,036,854,775,808"},
        {FORMAT_PLAIN, KIND_int, 2026, "2026", "2026"},
        {FORMAT_PLAIN, KIND_int, -5, "-5", "-5"},
        {FORMAT_MONEY, KIND_money, 200000000, "2\u00a0000\u00a0000\u00a0kr", "SEK\u00a02,000,000"},
        {FORMAT_MONEY, KIND_money, 1250, "12,50\u00a0kr", "SEK\u00a012.50"},
        {FORMAT_MONEY, KIND_money, 5, "0,05\u00a0kr", "SEK\u00a00.05"},
        {FORMAT_MONEY, KIND_money, -50, "−0,50\u00a0kr", "SEK\u00a0−0.50"},
        {FORMAT_NUMBER, KIND_money, 45000000, "450\u00a0000", "450,000"},
        {FORMAT_PERCENT, KIND_int, 10000, "100\u00a0%", "100%"},
        {FORMAT_PERCENT, KIND_int, 1250, "12,5\u00a0%", "12.5%"},
        {FORMAT_PERCENT, KIND_int, 1234, "12,34\u00a0%", "12.34%"},
        {FORMAT_PERCENT, KIND_int, -7, "−0,07\u00a0%", "−0.07%"},
        {FORMAT_SPELLED, KIND_int, 0, "noll", "zero"},
        {FORMAT_SPELLED, KIND_int, 12, "tolv", "twelve"},
        {FORMAT_SPELLED, KIND_int, 13, "13", "13"},
        {FORMAT_SPELLED, KIND_int, -1, "−1", "−1"},
        {FORMAT_SPELLED_FIRST, KIND_int, 2, "Två", "Two"},
        {FORMAT_SPELLED_FIRST, KIND_int, 8, "Åtta", "Eight"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(value(LANGUAGE_SV, cases[i].format, cases[i].kind, cases[i].number),
                            cases[i].swedish);
        assert_string_equal(value(LANGUAGE_EN, cases[i].format, cases[i].kind, cases[i].number),
                            cases[i].english);
    }
}

static int64_t at(int year, int month, int day, int hour, int minute) {
    return instant_from_civil(
        (struct civil){.year = year, .month = month, .day = day, .hour = hour, .minute = minute});
}

static void test_instants(void **state) {
    (void)state;
    const int64_t instant = at(2026, 6, 9, 14, 2);
    static const struct {
        enum format format;
        const char *swedish, *english;
    } cases[] = {
        {FORMAT_DATE, "9 juni 2026", "9 June 2026"},
        {FORMAT_DAY, "tisdag 9 juni", "Tuesday 9 June"},
        {FORMAT_TIME, "14.02", "14:02"},
        {FORMAT_DATETIME, "tisdag 9 juni 2026 kl. 14.02", "Tuesday 9 June 2026 at 14:02"},
        {FORMAT_DEADLINE, "tisdag 9 juni 2026 kl. 14.01", "Tuesday 9 June 2026 at 14:01"},
        {FORMAT_ISO, "2026-06-09T14:02:00+02:00", "2026-06-09T14:02:00+02:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(value(LANGUAGE_SV, cases[i].format, KIND_time, instant),
                            cases[i].swedish);
        assert_string_equal(value(LANGUAGE_EN, cases[i].format, KIND_time, instant),
                            cases[i].english);
    }
    assert_string_equal(value(LANGUAGE_FI, FORMAT_DATE, KIND_time, instant), "9 kesäkuuta 2026");
    assert_string_equal(value(LANGUAGE_SV, FORMAT_DATE, KIND_time, INSTANT_NONE), "");
    assert_string_equal(value(LANGUAGE_SV, FORMAT_ISO, KIND_time, at(2026, 1, 2, 3, 4)),
                        "2026-01-02T03:04:00+01:00");
}

/* REG-4: the minute that people read is the last one that is accepted. */
static void test_deadline_reads_as_its_last_minute(void **state) {
    (void)state;
    const struct civil last = {.year = 2026, .month = 5, .day = 17, .hour = 23, .minute = 59};
    assert_string_equal(value(LANGUAGE_SV, FORMAT_DEADLINE, KIND_time, deadline_from_civil(last)),
                        "söndag 17 maj 2026 kl. 23.59");
}

/* EVT-9 */
static void test_spans(void **state) {
    (void)state;
    const struct {
        int64_t from, to;
        bool with_time;
        const char *swedish, *english;
    } cases[] = {
        {at(2024, 5, 24, 9, 0), at(2024, 5, 24, 12, 0), true, "24 maj 2024 kl. 09.00–12.00",
         "24 May 2024, 09:00–12:00"},
        {at(2024, 5, 24, 9, 0), at(2024, 5, 24, 12, 0), false, "24 maj 2024", "24 May 2024"},
        {at(2023, 6, 26, 9, 0), at(2023, 6, 27, 16, 0), false, "26–27 juni 2023",
         "26–27 June 2023"},
        {at(2024, 4, 30, 0, 0), at(2024, 5, 2, 0, 0), false, "30 april–2 maj 2024",
         "30 April–2 May 2024"},
        {at(2025, 12, 29, 0, 0), at(2026, 1, 8, 0, 0), false, "29/12–8/1",
         "29 December 2025–8 January 2026"},
        {at(2024, 12, 29, 0, 0), at(2026, 1, 8, 0, 0), false, "29 december 2024–8 januari 2026",
         "29 December 2024–8 January 2026"},
        {at(2024, 4, 30, 9, 0), at(2024, 5, 2, 12, 30), true,
         "30 april 2024 kl. 09.00–2 maj 2024 kl. 12.30",
         "30 April 2024 at 09:00–2 May 2024 at 12:30"},
        {at(2024, 5, 24, 9, 0), INSTANT_NONE, true, "fredag 24 maj 2024 kl. 09.00",
         "Friday 24 May 2024 at 09:00"},
        {at(2024, 5, 24, 9, 0), at(2024, 5, 24, 9, 0), true, "fredag 24 maj 2024 kl. 09.00",
         "Friday 24 May 2024 at 09:00"},
        {at(2024, 5, 24, 9, 0), at(2024, 5, 23, 9, 0), false, "24 maj 2024", "24 May 2024"},
        {INSTANT_NONE, at(2024, 5, 23, 9, 0), false, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(
            format_span(arena, LANGUAGE_SV, cases[i].from, cases[i].to, cases[i].with_time),
            cases[i].swedish);
        assert_string_equal(
            format_span(arena, LANGUAGE_EN, cases[i].from, cases[i].to, cases[i].with_time),
            cases[i].english);
    }
    assert_int_equal(civil_days_between(at(2025, 12, 29, 0, 0), at(2026, 1, 8, 0, 0)) + 1, 11);
}

/* A line too long for its room loses what does not fit, and nothing else. */
static void test_line_is_bounded(void **state) {
    (void)state;
    struct line line = {.length = 0};
    char text[200];
    memset(text, 'x', sizeof text);
    line_add(&line, text, sizeof text);
    line_add(&line, text, sizeof text);
    line_text(&line, "end");
    assert_int_equal(line.length, sizeof text + 3);
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new(4 << 20);
    return words_load(NULL) == ERR_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_instants),
        cmocka_unit_test(test_deadline_reads_as_its_last_minute),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_line_is_bounded),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
