/* Merging: both proposers agree, else both stay (PB-5). */
#include "budgets/proposals/tests/round.h"

#include <string.h>

struct pair {
    struct round round;
    struct browser *fatima, *gun, *cilla, *reader;
    int64_t page, into;
    const char *own, *other; /* where each proposer answers */
};

/* Two that Fatima has taken, and the question to both. */
static struct pair pair_open(void **state) {
    struct pair pair = {.round = round_open(state)};
    const char *code = NULL, *code_into = NULL;
    struct arena *arena = pair.round.site->arena;
    pair.fatima = browser_new(pair.round.site, FATIMA);
    pair.gun = browser_new(pair.round.site, GUN);
    pair.cilla = browser_new(pair.round.site, ALVA);
    pair.reader = browser_new(pair.round.site, NOBODY);
    pair.page = round_propose(&pair.round, pair.gun, &code);
    pair.into = round_propose(&pair.round, pair.cilla, &code_into);
    pair.own = arena_format(arena, "/my-proposal/%s", code);
    pair.other = arena_format(arena, "/my-proposal/%s", code_into);
    assert_int_equal(round_assess(&pair.round, pair.fatima, pair.page, "take", ""), 303);
    assert_int_equal(round_assess(&pair.round, pair.fatima, pair.into, "take", ""), 303);
    assert_int_equal(round_assess(&pair.round, pair.fatima, pair.page, "merge",
                                  "merge_number=2&merge_reason=Samma+stig."),
                     303);
    return pair;
}

static int say(struct pair *pair, const char *own, const char *says) {
    return browser_send(pair->reader, own, arena_format(pair->round.site->arena, "%s/merge", own),
                        arena_format(pair->round.site->arena, "says=%s", says));
}

static void both_say_yes_and_the_histories_tell_of_each_other(void **state) {
    struct pair pair = pair_open(state);
    assert_int_equal(
        site_integer(pair.round.site, "SELECT COUNT(*) FROM outbox WHERE kind = 'proposal_merge'"),
        2);
    assert_int_equal(browser_get(pair.reader, pair.own), 200);
    assert_true(browser_sees(pair.reader, "Samma stig."));
    assert_int_equal(say(&pair, pair.own, "yes"), 303);
    assert_string_equal(round_text(&pair.round, pair.page, "state"), "assessing");
    assert_int_equal(say(&pair, pair.other, "yes"), 303);
    assert_string_equal(round_text(&pair.round, pair.page, "state"), "merged");
    assert_int_equal(round_integer(&pair.round, pair.page, "merged_into"), pair.into);
    assert_string_equal(round_text(&pair.round, pair.into, "state"), "assessing");
    assert_int_equal(browser_get(pair.reader, "/proposals/belysning-langs-stigen"), 200);
    assert_true(browser_sees(pair.reader, "href=\"/proposals/belysning-langs-stigen-2\""));
    assert_int_equal(browser_get(pair.reader, "/proposals/belysning-langs-stigen-2"), 200);
    assert_true(browser_sees(pair.reader, "href=\"/proposals/belysning-langs-stigen\""));
    /* Nobody is lost: both proposers are still reached. */
    assert_int_equal(site_integer(pair.round.site, "SELECT COUNT(*) FROM proposal_contact WHERE "
                                                   "account IS NOT NULL"),
                     2);
    site_close(pair.round.site);
}

static void one_no_and_both_stay(void **state) {
    struct pair pair = pair_open(state);
    assert_int_equal(say(&pair, pair.own, "yes"), 303);
    assert_int_equal(say(&pair, pair.other, "no"), 303);
    assert_string_equal(round_text(&pair.round, pair.page, "state"), "assessing");
    assert_int_equal(browser_get(pair.reader, "/proposals/belysning-langs-stigen"), 200);
    assert_false(browser_sees(pair.reader, "Samma stig."));
    /* And it may be asked anew, with another. */
    assert_int_equal(round_assess(&pair.round, pair.fatima, pair.page, "merge",
                                  "merge_number=2&merge_reason=Igen."),
                     303);
    site_close(pair.round.site);
}

static void what_cannot_be_merged_is_refused(void **state) {
    struct pair pair = pair_open(state);
    assert_int_equal(round_assess(&pair.round, pair.fatima, pair.page, "merge",
                                  "merge_number=2&merge_reason=Igen."),
                     422); /* one waits */
    assert_int_equal(round_assess(&pair.round, pair.fatima, pair.into, "merge",
                                  "merge_number=2&merge_reason=Sig+sj%C3%A4lvt."),
                     422);
    assert_int_equal(round_assess(&pair.round, pair.fatima, pair.into, "merge",
                                  "merge_number=77&merge_reason=Inget."),
                     422);
    site_close(pair.round.site);
}

static void who_answers_by_telephone_is_entered_by_the_officer(void **state) {
    struct pair pair = pair_open(state);
    assert_int_equal(
        round_assess(&pair.round, pair.fatima, pair.page, "merge-says", "merge_says=yes"), 303);
    assert_int_equal(say(&pair, pair.other, "yes"), 303);
    assert_string_equal(round_text(&pair.round, pair.page, "state"), "merged");
    site_close(pair.round.site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(both_say_yes_and_the_histories_tell_of_each_other),
        TEST_ON_BOTH(one_no_and_both_stay),
        TEST_ON_SQLITE(what_cannot_be_merged_is_refused),
        TEST_ON_SQLITE(who_answers_by_telephone_is_entered_by_the_officer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
