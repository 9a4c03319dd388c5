/* Stages, the order of dates, what may still change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "budgets/campaigns/rules.h"
#include "platform/base/instant.h"

/* ---- order of dates (PB-1) ---- */

static struct campaign_date date(enum campaign_step step, int64_t from, int64_t to) {
    return (struct campaign_date){(int)step, from, to, ""};
}

#define NO_END INSTANT_NONE

static size_t judge(struct campaign_date *at, size_t count, struct date_finding *ret_first) {
    struct date_finding findings[CAMPAIGN_STEPS];
    const struct campaign_date_list dates = {at, count};
    const size_t found = campaign_dates_judge(&dates, findings);
    if (found > 0)
        *ret_first = findings[0];
    return found;
}

static void a_year_in_order_is_accepted_PB_1(void **state) {
    (void)state;
    struct date_finding first;
    struct campaign_date year[] = {
        date(campaign_step_criteria, 1, NO_END),   date(campaign_step_publicity, 5, 10),
        date(campaign_step_ideas, 10, 20),         date(campaign_step_assessment, 12, 30),
        date(campaign_step_vote, 30, 40),          date(campaign_step_decision, 50, NO_END),
        date(campaign_step_carrying_out, 50, 90),  date(campaign_step_opening, 70, NO_END),
        date(campaign_step_follow_up, 90, NO_END),
    };
    assert_int_equal(judge(year, 9, &first), 0);
    assert_int_equal(judge(year, 0, &first), 0);
}

static void dates_out_of_order_are_named_PB_1(void **state) {
    (void)state;
    const struct {
        struct campaign_date dates[3];
        enum campaign_step step, follows;
        enum date_fault fault;
    } cases[] = {
        {{date(campaign_step_ideas, 20, 10)},
         campaign_step_ideas,
         campaign_step_ideas,
         date_fault_ends_first},
        {{date(campaign_step_ideas, 20, 20)},
         campaign_step_ideas,
         campaign_step_ideas,
         date_fault_ends_first},
        {{date(campaign_step_ideas, 10, 20), date(campaign_step_vote, 19, 30)},
         campaign_step_vote,
         campaign_step_ideas,
         date_fault_too_early},
        {{date(campaign_step_ideas, 10, 20), date(campaign_step_assessment, 9, 30)},
         campaign_step_assessment,
         campaign_step_ideas,
         date_fault_too_early},
        {{date(campaign_step_ideas, 10, 20), date(campaign_step_assessment, 10, 19)},
         campaign_step_assessment,
         campaign_step_ideas,
         date_fault_ends_too_early},
        {{date(campaign_step_ideas, 10, 20), date(campaign_step_assessment, 12, 30),
          date(campaign_step_vote, 29, 40)},
         campaign_step_vote,
         campaign_step_assessment,
         date_fault_too_early},
        {{date(campaign_step_vote, 30, 40), date(campaign_step_decision, 39, NO_END)},
         campaign_step_decision,
         campaign_step_vote,
         date_fault_too_early},
        {{date(campaign_step_carrying_out, 50, 90), date(campaign_step_opening, 49, NO_END)},
         campaign_step_opening,
         campaign_step_carrying_out,
         date_fault_too_early},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct campaign_date dates[3];
        struct date_finding first = {0};
        size_t count = 0;
        while (count < 3 && cases[i].dates[count].starts_at != 0) {
            dates[count] = cases[i].dates[count];
            count++;
        }
        assert_int_equal(judge(dates, count, &first), 1);
        assert_int_equal(first.step, cases[i].step);
        assert_int_equal(first.follows, cases[i].follows);
        assert_int_equal(first.fault, cases[i].fault);
    }
}

/* ---- stages (JOURNEYS 7) ---- */

enum { IDEAS = 100, IDEAS_END = 200, OPENS = 300, CLOSES = 400 };

static struct stage_facts published(void) {
    return (struct stage_facts){.is_framed = true,
                                .is_published = true,
                                .ideas_at = IDEAS,
                                .ideas_until = IDEAS_END,
                                .opens_at = OPENS,
                                .closes_at = CLOSES,
                                .paused_at = INSTANT_NONE};
}

static void the_clock_takes_a_round_on(void **state) {
    (void)state;
    struct stage_facts facts = published();
    const struct {
        bool is_locked;
        int64_t now;
        enum campaign_stage stage;
    } cases[] = {
        {false, 0, campaign_stage_announced},
        {false, IDEAS - 1, campaign_stage_announced},
        {false, IDEAS, campaign_stage_ideas},
        {false, IDEAS_END - 1, campaign_stage_ideas},
        {false, IDEAS_END, campaign_stage_assessment},
        {false, OPENS, campaign_stage_assessment}, /* nobody votes on rules that can change */
        {true, OPENS - 1, campaign_stage_locked},
        {true, OPENS, campaign_stage_vote},
        {true, CLOSES - 1, campaign_stage_vote},
        {true, CLOSES, campaign_stage_closed},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        facts.is_locked = cases[i].is_locked;
        assert_int_equal(campaign_stage_at(&facts, cases[i].now), cases[i].stage);
    }
}

static void people_take_a_round_on(void **state) {
    (void)state;
    struct stage_facts facts = published();
    facts.is_published = facts.is_framed = false;
    assert_int_equal(campaign_stage_at(&facts, IDEAS), campaign_stage_draft);
    facts.is_framed = true;
    assert_int_equal(campaign_stage_at(&facts, IDEAS), campaign_stage_framed);
    facts.is_published = facts.is_locked = true;
    facts.paused_at = OPENS + 10;
    assert_int_equal(campaign_stage_at(&facts, OPENS + 20), campaign_stage_paused);
    assert_int_equal(campaign_stage_at(&facts, CLOSES), campaign_stage_closed);
    facts.is_sealed = true;
    assert_int_equal(campaign_stage_at(&facts, CLOSES), campaign_stage_counting);
    facts.result = STAGE_PRELIMINARY;
    assert_int_equal(campaign_stage_at(&facts, CLOSES), campaign_stage_preliminary);
    facts.result = STAGE_RECOMMENDED; /* PB-9: advice until a body decides */
    assert_int_equal(campaign_stage_at(&facts, CLOSES), campaign_stage_recommended);
    facts.result = STAGE_DECIDED;
    assert_int_equal(campaign_stage_at(&facts, CLOSES), campaign_stage_decided);
    facts.projects_begun = 1;
    facts.projects_left = 2;
    assert_int_equal(campaign_stage_at(&facts, CLOSES), campaign_stage_carrying_out);
    facts.projects_left = 0;
    assert_int_equal(campaign_stage_at(&facts, CLOSES), campaign_stage_followed_up);
    facts.is_archived = true;
    assert_int_equal(campaign_stage_at(&facts, CLOSES), campaign_stage_archived);
}

/* ---- pages and changes ---- */

static void a_kept_page_ends_with_the_next_date_or_day(void **state) {
    (void)state;
    const int64_t noon = instant_from_civil((struct civil){2026, 6, 9, 12, 0, 0, 0, 0});
    struct campaign_date vote[] = {date(campaign_step_vote, noon - 5, noon + HOURS(3))};
    struct campaign_date_list dates = {vote, 1};
    assert_int_equal(campaign_next_change(&dates, noon), noon + HOURS(3));
    assert_int_equal(campaign_next_change(&dates, noon + HOURS(3)), instant_day_start(noon, 1));
    dates.count = 0;
    assert_int_equal(campaign_next_change(&dates, noon), instant_day_start(noon, 1));
}

static void what_was_decided_or_locked_stands(void **state) {
    (void)state;
    const struct {
        enum campaign_stage stage;
        bool about, dates, pots, criteria, rules;
    } cases[] = {
        {campaign_stage_draft, true, true, true, true, true},
        {campaign_stage_framed, true, true, true, true, true},
        {campaign_stage_announced, true, true, false, false, true},
        {campaign_stage_assessment, true, true, false, false, true},
        {campaign_stage_locked, true, false, false, false, false}, /* PB-17 */
        {campaign_stage_vote, true, false, false, false, false},
        {campaign_stage_archived, false, false, false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const enum campaign_stage stage = cases[i].stage;
        assert_int_equal(campaign_may_change(stage, campaign_subject_about), cases[i].about);
        assert_int_equal(campaign_may_change(stage, campaign_subject_dates), cases[i].dates);
        assert_int_equal(campaign_may_change(stage, campaign_subject_pots), cases[i].pots);
        assert_int_equal(campaign_may_change(stage, campaign_subject_criteria), cases[i].criteria);
        assert_int_equal(campaign_may_change(stage, campaign_subject_rules), cases[i].rules);
    }
}

static void a_public_date_that_has_passed_stands(void **state) {
    (void)state;
    assert_false(campaign_date_is_fixed(campaign_stage_draft, 10, 30, 20));
    assert_false(campaign_date_is_fixed(campaign_stage_ideas, 10, 10, 20));
    assert_true(campaign_date_is_fixed(campaign_stage_ideas, 10, 30, 20));
    assert_true(campaign_date_is_fixed(campaign_stage_ideas, 30, 15, 20));
    assert_false(campaign_date_is_fixed(campaign_stage_ideas, 30, 40, 20));
    assert_false(campaign_date_is_fixed(campaign_stage_ideas, INSTANT_NONE, 40, 20));
}

/* Most votes first, or votes per krona: the dear one with 90 votes comes second, or last. */
static void the_example_goes_by_votes_or_by_votes_per_krona_PB_8(void **state) {
    struct example_count rows[EXAMPLE_ROWS];
    (void)state;
    campaign_example(campaign_allocation_skip, campaign_satisfaction_cost, 1, rows);
    assert_int_equal(rows[1].proposal, 1);
    assert_int_equal(rows[1].votes, 90);
    assert_false(rows[1].selected);
    campaign_example(campaign_allocation_skip, campaign_satisfaction_cardinality, 1, rows);
    assert_int_equal(rows[0].proposal, 0);
    assert_int_equal(rows[2].proposal, 1);
}

/* PB-8: the worked example is counted by the rules of the round, never over the pot. */
static void the_example_follows_the_rules_PB_8(void **state) {
    (void)state;
    const struct {
        enum campaign_allocation allocation;
        enum campaign_satisfaction satisfaction;
        int64_t least;
        int order[EXAMPLE_ROWS];
        bool selected[EXAMPLE_ROWS];
        int64_t left;
    } cases[] = {
        {campaign_allocation_skip, campaign_satisfaction_cost, 1, {0, 1, 2}, {1, 0, 1}, 30000000},
        {campaign_allocation_stop, campaign_satisfaction_cost, 1, {0, 1, 2}, {1, 0, 0}, 60000000},
        {campaign_allocation_skip,
         campaign_satisfaction_cardinality,
         1000,
         {0, 2, 1},
         {1, 1, 0},
         30000000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct example_count rows[EXAMPLE_ROWS];
        campaign_example(cases[i].allocation, cases[i].satisfaction, cases[i].least, rows);
        for (size_t j = 0; j < EXAMPLE_ROWS; j++) {
            assert_int_equal(rows[j].proposal, cases[i].order[j]);
            assert_int_equal(rows[j].selected, cases[i].selected[j]);
            assert_true(rows[j].left >= 0);
        }
        assert_int_equal(rows[EXAMPLE_ROWS - 1].left, cases[i].left);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_goes_by_votes_or_by_votes_per_krona_PB_8),
        cmocka_unit_test(a_year_in_order_is_accepted_PB_1),
        cmocka_unit_test(dates_out_of_order_are_named_PB_1),
        cmocka_unit_test(the_clock_takes_a_round_on),
        cmocka_unit_test(people_take_a_round_on),
        cmocka_unit_test(a_kept_page_ends_with_the_next_date_or_day),
        cmocka_unit_test(what_was_decided_or_locked_stands),
        cmocka_unit_test(a_public_date_that_has_passed_stands),
        cmocka_unit_test(the_example_follows_the_rules_PB_8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
