/* Rules of rounds: their steps and dates, how far they have come, what may still change. Pure. */
#ifndef RADSLAG_BUDGETS_CAMPAIGNS_RULES_H
#define RADSLAG_BUDGETS_CAMPAIGNS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/shape.h"

#define CAMPAIGN_STEP(C, T)                                                                        \
    C(T, criteria, "the body decides pots and criteria")                                           \
    C(T, publicity, "people are told")                                                             \
    C(T, ideas, "proposals are taken in")                                                          \
    C(T, assessment, "officers assess; may overlap ideas")                                         \
    C(T, vote, "people vote")                                                                      \
    C(T, decision, "the body decides")                                                             \
    C(T, carrying_out, "what was decided is built")                                                \
    C(T, opening, "it is opened")                                                                  \
    C(T, follow_up, "looking back")
CHOICES(campaign_step, CAMPAIGN_STEP);

/* How far a round has come (JOURNEYS 7); computed from decision, page, dates, poll and result. */
#define CAMPAIGN_STAGE(C, T)                                                                       \
    C(T, draft, "being prepared")                                                                  \
    C(T, framed, "the framework is decided")                                                       \
    C(T, announced, "public, ideas not yet taken in")                                              \
    C(T, ideas, "takes proposals in")                                                              \
    C(T, assessment, "proposals are assessed")                                                     \
    C(T, locked, "rules are locked, voting has not begun")                                         \
    C(T, vote, "people vote")                                                                      \
    C(T, paused, "voting rests")                                                                   \
    C(T, closed, "voting has ended")                                                               \
    C(T, counting, "ballots are sealed and counted")                                               \
    C(T, preliminary, "counted, staff alone see it")                                               \
    C(T, recommended, "the result is public; it is advice")                                        \
    C(T, decided, "a body has decided")                                                            \
    C(T, carrying_out, "projects are under way")                                                   \
    C(T, followed_up, "all projects are opened or dropped")                                        \
    C(T, archived, "closed and kept")
CHOICES(campaign_stage, CAMPAIGN_STAGE);

#define CAMPAIGN_ALLOCATION(C, T)                                                                  \
    C(T, skip, "what does not fit is skipped, the next is tried")                                  \
    C(T, stop, "the first that does not fit ends it")
CHOICES(campaign_allocation, CAMPAIGN_ALLOCATION);

/* What a vote is worth, as methods/tally calls it; the count goes by worth for each krona. */
#define CAMPAIGN_SATISFACTION(C, T)                                                                \
    C(T, cost, "the cost of the proposal: most votes come first")                                  \
    C(T, cardinality, "1: most votes for each krona come first")
CHOICES(campaign_satisfaction, CAMPAIGN_SATISFACTION);

#define CAMPAIGN_TIES(C, T)                                                                        \
    C(T, lot, "by lot, whose seed was committed before the vote")                                  \
    C(T, earlier, "who came in earlier goes first")                                                \
    C(T, cheaper, "the cheaper goes first")                                                        \
    C(T, id, "the lower number goes first")
CHOICES(campaign_ties, CAMPAIGN_TIES);

#define CAMPAIGN_DATE(F, T)                                                                        \
    F(T, choice, step, campaign_step, "see there")                                                 \
    F(T, time, starts_at, , "when")                                                                \
    F(T, time, ends_at, , "first instant too late; none = a day, or not known yet")                \
    F(T, text, about, , "one sentence")
SHAPE(campaign_date, CAMPAIGN_DATE);

#define POT_PROPOSERS(C, T)                                                                        \
    C(T, anyone, "anybody with a tie to the area")                                                 \
    C(T, association, "associations alone")
CHOICES(pot_proposers, POT_PROPOSERS);

#define CAMPAIGN_POT(F, T)                                                                         \
    F(T, int, pot, , "1, 2, 3 … in the round")                                                     \
    F(T, text, title, , "Hela kommunen")                                                           \
    F(T, money, sum, , "öre")                                                                      \
    F(T, choice, proposers, pot_proposers, "who may propose")                                      \
    F(T, text, about, , "one or two sentences")
SHAPE(campaign_pot, CAMPAIGN_POT);

#define CAMPAIGN_CRITERION(F, T)                                                                   \
    F(T, int, criterion, , "1, 2, 3 … in the round")                                               \
    F(T, text, title, , "Till nytta för många")                                                    \
    F(T, text, about, , "what it means")
SHAPE(campaign_criterion, CAMPAIGN_CRITERION);

/* The date of a step among others; NULL when it has none. */
const struct campaign_date *campaign_date_find(const struct campaign_date_list *dates,
                                               enum campaign_step step);

/* ---- order of dates (PB-1) ---- */

#define DATE_FAULT(C, T)                                                                           \
    C(T, ends_first, "ends before it begins")                                                      \
    C(T, too_early, "begins before the step that it follows has come so far")                      \
    C(T, ends_too_early, "assessment ends while proposals still come in")
CHOICES(date_fault, DATE_FAULT);

/* One thing that is wrong with the dates, and the step it is wrong with. */
struct date_finding {
    enum campaign_step step, follows; /* follows: the step that it must not come before */
    enum date_fault fault;
};

/* Finds the first fault of each step, in the order of the steps; at most one for each. A step
 * begins when the one before it has ended; assessment may begin with the ideas, opening and
 * follow-up with the carrying out. Steps without a date are skipped. Number of findings. */
enum { CAMPAIGN_STEPS = 9 };
size_t campaign_dates_judge(const struct campaign_date_list *dates,
                            struct date_finding ret_findings[CAMPAIGN_STEPS]);

/* ---- how far it has come (JOURNEYS 7) ---- */

/* What the result says; see result_state in budgets.h. */
enum stage_result { STAGE_NO_RESULT, STAGE_PRELIMINARY, STAGE_RECOMMENDED, STAGE_DECIDED };

/* What the stage is made of. Moments are instants, INSTANT_NONE when there are none. */
struct stage_facts {
    bool is_framed;    /* a framework decision stands */
    bool is_published; /* its page */
    bool is_archived;
    int64_t ideas_at, ideas_until;
    bool is_locked; /* the poll's rules, and what follows */
    int64_t opens_at, closes_at, paused_at;
    bool is_sealed;
    enum stage_result result;
    int64_t projects_begun; /* of the projects, under way or further */
    int64_t projects_left;  /* neither opened nor dropped */
};

/* The stage at an instant: a step begins with its first instant. */
enum campaign_stage campaign_stage_at(const struct stage_facts *facts, int64_t now);

/* Whether an act that takes the round further is overdue: the rules are not locked though voting
 * should have begun, or nothing is decided though the day of the decision is over. `due` is the day
 * of that step, INSTANT_NONE = not known. What the clock does by itself is never late. */
bool campaign_stage_is_late(enum campaign_stage stage, int64_t due, int64_t now);

/* The first instant after `now` at which a page of the round looks otherwise: a step begins or
 * ends, or a day does (days left). Never INSTANT_NONE. */
int64_t campaign_next_change(const struct campaign_date_list *dates, int64_t now);

/* ---- what may still change ---- */

#define CAMPAIGN_SUBJECT(C, T)                                                                     \
    C(T, about, "title, lead, places, who may take part in words")                                 \
    C(T, dates, "steps and their dates")                                                           \
    C(T, pots, "pots and their sums")                                                              \
    C(T, criteria, "criteria")                                                                     \
    C(T, rules, "ballot, allocation, ties, leftover")
CHOICES(campaign_subject, CAMPAIGN_SUBJECT);

/* What the stage leaves open: what was decided politically (sums and criteria) is fixed when the
 * round is announced, what decides the result when the rules are locked (PB-17). */
bool campaign_may_change(enum campaign_stage stage, enum campaign_subject subject);

/* A date that has passed in a round that readers see stands: true when a change of it from `before`
 * to `after` is refused. Either may be INSTANT_NONE. */
bool campaign_date_is_fixed(enum campaign_stage stage, int64_t before, int64_t after, int64_t now);

/* ---- the worked example ---- */

/* Three made-up proposals in a pot of EXAMPLE_SUM, counted by the rules of the round: in the order
 * of the count. */
enum { EXAMPLE_ROWS = 3 };
#define EXAMPLE_SUM INT64_C(100000000)
struct example_count {
    int proposal; /* 0, 1, 2 */
    int64_t votes, cost;
    bool selected, is_too_few, is_after_stop;
    int64_t left; /* öre in the pot afterwards */
};
void campaign_example(enum campaign_allocation allocation, enum campaign_satisfaction satisfaction,
                      int64_t least_votes, struct example_count ret_rows[EXAMPLE_ROWS]);

#endif
