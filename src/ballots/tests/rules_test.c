/* Phases, choices, what a ballot is as bytes, and orders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ballots/rules.h"
#include "platform/base/instant.h"

static const int64_t noon = INT64_C(1780912800000000);

static struct poll poll_at_noon(void) {
    return (struct poll){.state = poll_state_locked,
                         .ballot_kind = ballot_kind_up_to,
                         .most_choices = 2,
                         .opens_at = noon,
                         .closes_at = noon + DAYS(16),
                         .late_until = INSTANT_NONE,
                         .paused_at = INSTANT_NONE,
                         .sealing_at = INSTANT_NONE};
}

static void phases_begin_at_their_instant(void **state) {
    const struct {
        int64_t now;
        enum poll_phase phase;
    } cases[] = {{noon - 1, poll_phase_locked},
                 {noon, poll_phase_open},
                 {noon + DAYS(16) - 1, poll_phase_open},
                 {noon + DAYS(16), poll_phase_closed}};
    struct poll poll = poll_at_noon();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(poll_phase_at(&poll, cases[i].now), cases[i].phase);
    poll.paused_at = noon;
    assert_int_equal(poll_phase_at(&poll, noon), poll_phase_paused);
    assert_int_equal(poll_phase_at(&poll, noon + DAYS(16)), poll_phase_closed);
    poll.state = poll_state_draft;
    assert_int_equal(poll_phase_at(&poll, noon), poll_phase_draft);
}

static void sealing_waits_pb_20(void **state) {
    struct poll poll = poll_at_noon();
    (void)state;
    assert_false(poll_may_seal(&poll, poll.closes_at));
    assert_false(poll_may_seal(&poll, poll.closes_at + MINUTES(2) - 1));
    assert_true(poll_may_seal(&poll, poll.closes_at + MINUTES(2)));
    poll.late_until = poll.closes_at + DAYS(3);
    assert_false(poll_may_seal(&poll, poll.late_until - 1));
    assert_true(poll_may_seal(&poll, poll.late_until));
    poll.sealing_at = poll.late_until;
    assert_false(poll_may_seal(&poll, poll.late_until));
}

static void only_later_pb_17(void **state) {
    struct poll poll = poll_at_noon();
    const int64_t end = poll.closes_at;
    (void)state;
    assert_true(poll_may_lengthen(&poll, end + 1, end - 1));
    assert_true(poll_may_lengthen(&poll, end + DAYS(2), end + DAYS(1) - 1));
    assert_false(poll_may_lengthen(&poll, end + DAYS(2), end + DAYS(1)));
    assert_false(poll_may_lengthen(&poll, end, end - 1));
    assert_false(poll_may_lengthen(&poll, end - 1, end - 2));
    assert_false(poll_may_lengthen(&poll, end + 1, end + 1));
    poll.sealing_at = end;
    assert_false(poll_may_lengthen(&poll, end + DAYS(2), end + 5));
    poll.sealing_at = INSTANT_NONE;
    poll.state = poll_state_draft;
    assert_false(poll_may_lengthen(&poll, end + 1, end - 1));
}

static void acts_fit_their_phase(void **state) {
    struct poll poll = poll_at_noon();
    (void)state;
    assert_true(poll_act_fits(&poll, poll_act_pause, 0, noon));
    assert_false(poll_act_fits(&poll, poll_act_resume, 0, noon));
    assert_false(poll_act_fits(&poll, poll_act_lock, 0, noon));
    assert_false(poll_act_fits(&poll, poll_act_attest, 0, noon));
    assert_false(poll_act_fits(&poll, poll_act_pause, 0, poll.closes_at));
    poll.paused_at = noon;
    assert_true(poll_act_fits(&poll, poll_act_resume, 0, noon));
    assert_false(poll_act_fits(&poll, poll_act_pause, 0, noon));
    poll.state = poll_state_sealed;
    assert_true(poll_act_fits(&poll, poll_act_attest, 0, noon));
}

static void reminders_have_their_day(void **state) {
    struct poll poll = poll_at_noon();
    const int64_t tenth = instant_day_start(noon, 9) + HOURS(8);
    const int64_t last = instant_day_start(poll.closes_at - 1, -1) + HOURS(8);
    (void)state;
    assert_int_equal(poll_reminder_at(&poll, tenth - 1), POLL_REMINDER_NONE);
    assert_int_equal(poll_reminder_at(&poll, tenth), POLL_REMINDER_MIDDLE);
    assert_int_equal(poll_reminder_at(&poll, tenth + DAYS(1)), POLL_REMINDER_NONE);
    assert_int_equal(poll_reminder_at(&poll, last), POLL_REMINDER_LAST);
    assert_int_equal(poll_reminder_at(&poll, last + DAYS(1)), POLL_REMINDER_NONE);
    poll.paused_at = noon;
    assert_int_equal(poll_reminder_at(&poll, last), POLL_REMINDER_NONE);
}

static void few_are_not_shown(void **state) {
    (void)state;
    assert_false(pot_may_show_ballots(9));
    assert_true(pot_may_show_ballots(10));
}

/* ---- choices ---- */

static struct poll_pot pots[] = {{1, "A", 1000}, {2, "B", 500}};
static struct poll_option options[] = {{2, 1, 0, "två", "", "", 600},
                                       {3, 1, 0, "tre", "", "", 300},
                                       {7, 1, 0, "sju", "", "", 400},
                                       {9, 2, 0, "nio", "", "", 500}};

static struct poll_paper paper_of(enum ballot_kind kind) {
    struct poll poll = poll_at_noon();
    poll.ballot_kind = (int)kind;
    poll.most_choices = kind == ballot_kind_cart ? 0 : 2;
    return (struct poll_paper){.poll = poll, .pots = {pots, 2}, .options = {options, 4}};
}

static void a_pot_has_its_limit_pb_6(void **state) {
    const struct poll_paper paper = paper_of(ballot_kind_up_to);
    struct ballot ballot = {0};
    (void)state;
    assert_int_equal(ballot_choose(&paper, 5, 0, &ballot), tick_verdict_unknown);
    assert_false(ballot_counts(&ballot));
    assert_int_equal(ballot_choose(&paper, 7, 0, &ballot), tick_verdict_saved);
    assert_int_equal(ballot_choose(&paper, 2, 0, &ballot), tick_verdict_saved);
    assert_int_equal(ballot_choose(&paper, 2, 0, &ballot), tick_verdict_saved);
    assert_int_equal(ballot.count, 2);
    assert_int_equal(ballot.options[0], 2);
    assert_int_equal(ballot_choose(&paper, 3, 0, &ballot), tick_verdict_full);
    assert_int_equal(ballot_choose(&paper, 3, 9, &ballot), tick_verdict_full);
    assert_int_equal(ballot_choose(&paper, 9, 0, &ballot), tick_verdict_saved);
    assert_int_equal(ballot_choose(&paper, 3, 9, &ballot), tick_verdict_full); /* another pot */
    assert_int_equal(ballot_choose(&paper, 3, 2, &ballot), tick_verdict_saved);
    assert_false(ballot_has(&ballot, 2));
    assert_true(ballot_has(&ballot, 3) && ballot_has(&ballot, 7) && ballot_has(&ballot, 9));
    assert_int_equal(ballot_remove(&paper, 2, &ballot), tick_verdict_saved);
    assert_int_equal(ballot_remove(&paper, 4, &ballot), tick_verdict_unknown);
    ballot_make_blank(&ballot);
    assert_true(ballot_counts(&ballot) && ballot.count == 0);
    assert_int_equal(ballot_choose(&paper, 9, 0, &ballot), tick_verdict_saved);
    assert_false(ballot.blank);
}

static void a_cart_has_its_sum(void **state) {
    const struct poll_paper paper = paper_of(ballot_kind_cart);
    struct ballot ballot = {0};
    (void)state;
    assert_int_equal(ballot_choose(&paper, 2, 0, &ballot), tick_verdict_saved);
    assert_int_equal(ballot_choose(&paper, 7, 0, &ballot), tick_verdict_saved); /* to the öre */
    assert_int_equal(ballot_pot_use(&paper, 1, &ballot).left, 0);
    assert_int_equal(ballot_choose(&paper, 3, 0, &ballot), tick_verdict_too_dear);
    assert_int_equal(ballot_choose(&paper, 3, 7, &ballot), tick_verdict_saved);
    assert_int_equal(ballot_pot_use(&paper, 1, &ballot).left, 100);
    assert_int_equal(ballot_choose(&paper, 7, 3, &ballot), tick_verdict_saved);
    assert_int_equal(ballot_choose(&paper, 9, 0, &ballot), tick_verdict_saved);
}

static void imported_kinds_are_not_ticked(void **state) {
    const struct poll_paper paper = paper_of(ballot_kind_ranking);
    struct ballot ballot = {0};
    (void)state;
    assert_int_equal(ballot_choose(&paper, 2, 0, &ballot), tick_verdict_unknown);
}

static void ballots_are_as_long_as_each_other(void **state) {
    const struct poll_paper paper = paper_of(ballot_kind_up_to);
    unsigned char bytes[8];
    (void)state;
    for (unsigned chosen = 0; chosen < 16; chosen++) {
        struct ballot ballot = {0}, back = {.revision = 4};
        for (unsigned i = 0; i < 4; i++)
            if ((chosen >> i & 1) != 0)
                (void)ballot_choose(&paper, (int)options[i].option, 0, &ballot);
        assert_int_equal(ballot_bytes(&paper), 2);
        ballot_write(&paper, &ballot, bytes);
        assert_int_equal(ballot_read(&paper, bytes, &back), ERR_OK);
        assert_int_equal(back.count, ballot.count);
        assert_memory_equal(back.options, ballot.options, back.count * sizeof back.options[0]);
        assert_int_equal(back.revision, 4);
    }
}

static void what_is_no_ballot_is_refused(void **state) {
    const struct poll_paper paper = paper_of(ballot_kind_up_to);
    const unsigned char bad[][2] = {
        {2, 0},        /* neither blank nor not */
        {1, 1},        /* blank, with a choice */
        {0, 1 << 4},   /* an option that is not there */
        {0, 1 | 2 | 4} /* too many in a pot */
    };
    struct ballot ballot = {0};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(ballot_read(&paper, bad[i], &ballot), ERR_FAULT);
}

/* ---- orders ---- */

/* Each option stands at each place as often as the others, as far as 32 shuffles allow. */
static void no_place_favours_pb_6(void **state) {
    struct arena *arena = arena_new(8 << 20);
    static const size_t counts[] = {1, 2, 7, 12, 31, 32, 33, 100, 2000};
    (void)state;
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
        const size_t n = counts[c];
        unsigned char *seen = arena_take(arena, n * n);
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            const size_t *order = option_order(arena, n, "seed", shuffle);
            unsigned char *once = arena_take(arena, n);
            for (size_t place = 0; place < n; place++) {
                assert_true(order[place] < n && once[order[place]]++ == 0);
                seen[order[place] * n + place]++;
            }
        }
        const unsigned most = (unsigned)((SHUFFLES + n - 1) / n), least = SHUFFLES / (unsigned)n;
        for (size_t i = 0; i < n * n; i++)
            assert_in_range(seen[i], least, most);
        arena_reset(arena);
    }
    const size_t *a = option_order(arena, 12, "seed", 5), *b = option_order(arena, 12, "other", 5);
    assert_memory_not_equal(a, b, 12 * sizeof *a);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phases_begin_at_their_instant),
        cmocka_unit_test(sealing_waits_pb_20),
        cmocka_unit_test(only_later_pb_17),
        cmocka_unit_test(acts_fit_their_phase),
        cmocka_unit_test(reminders_have_their_day),
        cmocka_unit_test(few_are_not_shown),
        cmocka_unit_test(a_pot_has_its_limit_pb_6),
        cmocka_unit_test(a_cart_has_its_sum),
        cmocka_unit_test(imported_kinds_are_not_ticked),
        cmocka_unit_test(ballots_are_as_long_as_each_other),
        cmocka_unit_test(what_is_no_ballot_is_refused),
        cmocka_unit_test(no_place_favours_pb_6),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
