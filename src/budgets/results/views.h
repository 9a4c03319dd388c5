/* What the pages of results show and ask. */
#ifndef RADSLAG_BUDGETS_RESULTS_VIEWS_H
#define RADSLAG_BUDGETS_RESULTS_VIEWS_H

#include "budgets/results/results.h"
#include "frame/frame.h"
#include "platform/view/form.h"
#include "platform/view/view.h"

/* ---- the result ---- */

/* One proposal in the table and in the telling of the count. */
#define RESULT_ROW_VIEW(F, T)                                                                      \
    F(T, int, place, , "in the pot, in the order of the count")                                    \
    F(T, int, option, , "number on the ballot")                                                    \
    F(T, text, title, , "as on the ballot")                                                        \
    F(T, url, address, , "of the proposal; none = it has no page")                                 \
    F(T, int, votes, , "ballots that chose it, or points")                                         \
    F(T, money, cost, , "öre")                                                                     \
    F(T, money, left_before, , "öre when its turn came")                                           \
    F(T, money, left_after, , "öre afterwards")                                                    \
    F(T, choice, why, result_why, "see there")                                                     \
    F(T, flag, selected, , "gets money by the vote")                                               \
    F(T, flag, departs, , "the body decided otherwise than the vote")                              \
    F(T, flag, decided, , "gets money by the body's decision; before it, by the vote")             \
    F(T, flag, tie, , "its place was decided by the tie rule")                                     \
    F(T, int, lacks_votes, , "so many more would have sufficed; 0 = no number would")              \
    F(T, money, lacks_money, , "öre: so much cheaper would have sufficed; 0 = no price would")     \
    F(T, flag, has_project, , "it is carried out")                                                 \
    F(T, choice, project_state, project_state, "meaningless unless has_project")
SHAPE(result_row_view, RESULT_ROW_VIEW);

/* One that got more votes than some that get money. */
#define WHY_NOT_VIEW(F, T)                                                                         \
    F(T, int, number, , "1, 2, 3 … on the page")                                                   \
    F(T, text, title, , "as on the ballot")                                                        \
    F(T, int, votes, , "that it got")                                                              \
    F(T, int, passed, , "so many with fewer votes get money")                                      \
    F(T, money, cost, , "öre")                                                                     \
    F(T, money, left_before, , "öre when its turn came")                                           \
    F(T, int, lacks_votes, , "0 = no number would have sufficed")                                  \
    F(T, int, enough_votes, , "with so many it would have got money")                              \
    F(T, money, lacks_money, , "öre; 0 = no price would have sufficed")                            \
    F(T, money, enough_cost, , "öre: at this price it would have got money")
SHAPE(why_not_view, WHY_NOT_VIEW);

#define TIE_MEMBER(F, T)                                                                           \
    F(T, text, title, , "as on the ballot")                                                        \
    F(T, int, option, , "its number, which the lot is drawn for")
SHAPE(tie_member, TIE_MEMBER);

#define TIE_VIEW(F, T)                                                                             \
    F(T, int, votes, , "that each of them got")                                                    \
    F(T, flag, decides, , "another order might have given money to others")                        \
    F(T, list, members, tie_member, "in the order they were given")
SHAPE(tie_view, TIE_VIEW);

#define POT_RESULT_VIEW(F, T)                                                                      \
    F(T, int, pot, , "of the round")                                                               \
    F(T, text, title, , "as shown; none when there is one pot alone")                              \
    F(T, money, sum, , "öre")                                                                      \
    F(T, money, left, , "öre that nobody got")                                                     \
    F(T, int, count, , "proposals")                                                                \
    F(T, int, selected, , "of them, that get money by the vote")                                   \
    F(T, text, heading, , "what the bars say first")                                               \
    F(T, one, chart, chart_view, "votes, the twelve first in the order of the count")              \
    F(T, list, rows, result_row_view, "the same numbers; the first, or all")                       \
    F(T, url, all, , "where all are shown; none = they are")                                       \
    F(T, list, turns, result_row_view, "in the order of the count, to the last that got money")    \
    F(T, list, after, result_row_view, "those that followed")                                      \
    F(T, int, after_count, , "how many")                                                           \
    F(T, money, cheapest_after, , "öre: of those that followed and had votes enough")              \
    F(T, flag, none_fit, , "all that followed cost more than was left")                            \
    F(T, list, why_not, why_not_view, "had more votes than some that get money")                   \
    F(T, list, ties, tie_view, "equally many votes")
SHAPE(pot_result_view, POT_RESULT_VIEW);

#define RESULT_SENTENCE(F, T) F(T, text, text, , "as people read it")
SHAPE(result_sentence, RESULT_SENTENCE);

#define RESULT_VIEW(F, T)                                                                          \
    F(T, text, round, , "title of the round")                                                      \
    F(T, url, round_address, , "of the round")                                                     \
    F(T, int, version, , "of the count")                                                           \
    F(T, choice, state, result_state, "see there")                                                 \
    F(T, flag, is_public, , "readers see it")                                                      \
    F(T, flag, is_recounted, , "a later count is under way")                                       \
    F(T, flag, has_earlier, , "an earlier count was replaced by this one")                         \
    F(T, time, publish_at, , "the set minute; none = not set")                                     \
    F(T, int, selected, , "proposals that get money by the vote")                                  \
    F(T, int, receiving, , "that get money by the decision; before it, by the vote")               \
    F(T, int, count, , "proposals")                                                                \
    F(T, money, sum, , "öre in all pots")                                                          \
    F(T, money, spent, , "öre that they cost")                                                     \
    F(T, int, voters, , "who voted")                                                               \
    F(T, int, blank, , "of them, blank on purpose")                                                \
    F(T, int, roll, , "who could vote; 0 = whoever proved an address")                             \
    F(T, int, turnout, , "hundredths of a percent; meaningless without a roll")                    \
    F(T, int, least_votes, , "fewer do not get money; 0 or 1 = no such rule")                      \
    F(T, text, decision, , "who decided, when, and whether the vote is followed")                  \
    F(T, url, decision_address, , "of the decision")                                               \
    F(T, text, departure, , "why the body departed from the vote")                                 \
    F(T, list, departed, result_row_view, "where it did")                                          \
    F(T, text, projects, , "how many of the projects are how far; none = there are none")          \
    F(T, list, rules, result_sentence, "how it was counted")                                       \
    F(T, list, pots, pot_result_view, "in their order")                                            \
    F(T, text, leftover, , "what happens to money that is left")                                   \
    F(T, flag, by_lot, , "ties are drawn by lot")                                                  \
    F(T, slug, lot_hash, , "commitment of the lot's seed, hex")                                    \
    F(T, slug, lot_seed, , "the seed, hex")                                                        \
    F(T, slug, rules_hash, , "of the locked rules, hex")                                           \
    F(T, time, locked_at, , "when they were locked")                                               \
    F(T, url, rules_address, , "of the locked rules")                                              \
    F(T, slug, document_hash, , "of the result, hex")                                              \
    F(T, url, document_address, , "exactly the bytes of that digest")                              \
    F(T, slug, bundle, , "name of the file that radslag verify reads; none = there is none")       \
    F(T, url, receipts, , "where a receipt is looked up; none = there are none")                   \
    F(T, list, files, result_file, "to take along")                                                \
    F(T, text, counted_name, , "who counted; none = not shown")                                    \
    F(T, text, attested_name, , "who attested; none = not shown")                                  \
    F(T, url, count_address, , "for those who count and attest")                                   \
    F(T, url, decide_address, , "for those who record decisions")                                  \
    F(T, url, projects_address, , "for those who lead projects")
SHAPE(result_view, RESULT_VIEW);

/* ---- shared by the handlers (pots.c) ---- */

/* What words of results name; fields that a word does not name may be 0. */
#define RESULT_SAYING(F, T)                                                                        \
    F(T, text, title, , "of a proposal, or a body")                                                \
    F(T, text, item, , "paragraph of the minutes")                                                 \
    F(T, int, count, , "of whatever is counted")                                                   \
    F(T, int, votes, , "of one proposal")                                                          \
    F(T, money, left, , "öre")                                                                     \
    F(T, time, at, , "when")
SHAPE(result_saying, RESULT_SAYING);
const char *result_say(const struct request *rq, const char *key, int64_t count,
                       struct result_saying saying);

/* One pot from its lines, which follow each other; `shows_all` rows of the table. */
enum { RESULT_ROWS_FIRST = 12 };
void pot_result_fill(const struct request *rq, const struct campaign_whole *campaign,
                     const struct campaign_pot *pot, const struct result_line *lines, size_t count,
                     bool shows_all, struct pot_result_view *ret_pot);

/* A line as pages show it; `left_before`: öre when its turn came. */
struct result_row_view result_row_of(struct arena *arena, const struct result_line *line,
                                     int64_t left_before);

/* ---- counting ---- */

#define ATTEST_FORM(F, T)                                                                          \
    F(T, date, publish_on, , REQUIRED, 0, none, "day of publishing")                               \
    F(T, clock, publish_clock, , REQUIRED, 0, none, "time of day")
FORM(attest_form, ATTEST_FORM);

/* What the second person has read. */
#define CONFIRM_FORM(F, T)                                                                         \
    F(T, text, document_hash, , REQUIRED, 64, none, "of the result that was read")
FORM(confirm_form, CONFIRM_FORM);

#define COUNT_VIEW(F, T)                                                                           \
    F(T, text, title, , "of the round")                                                            \
    F(T, slug, slug, , "of the round")                                                             \
    F(T, url, round_address, , "of the round")                                                     \
    F(T, url, poll_address, , "where ballots are sealed")                                          \
    F(T, flag, is_sealed, , "ballots can be counted")                                              \
    F(T, time, late_until, , "until when late post is waited for; none = not at all")              \
    F(T, int, version, , "of the last count; 0 = none yet")                                        \
    F(T, choice, state, result_state, "of it; meaningless without a version")                      \
    F(T, text, counted_name, , "who counted")                                                      \
    F(T, time, counted_at, , "when; none = not counted")                                           \
    F(T, slug, document_hash, , "of the result, hex")                                              \
    F(T, url, result, , "the count as readers will see it")                                        \
    F(T, int, voters, , "who voted")                                                               \
    F(T, text, asked_name, , "the first person; none = nobody has asked")                          \
    F(T, time, asked_at, , "when")                                                                 \
    F(T, time, publish_at, , "the set minute")                                                     \
    F(T, text, attested_name, , "the second person")                                               \
    F(T, time, attested_at, , "when; none = not attested")                                         \
    F(T, flag, is_public, , "readers see it")                                                      \
    F(T, flag, may_count, , "the visitor may count")                                               \
    F(T, flag, may_ask, , "the visitor may be the first person")                                   \
    F(T, flag, may_attest, , "the visitor may be the second person")                               \
    F(T, flag, may_refuse, , "the visitor may say no to what was asked for")
SHAPE(count_view, COUNT_VIEW);

/* ---- what the body does ---- */

#define DECIDE_FORM(F, T)                                                                          \
    F(T, ids, options, , OPTIONAL, 0, none, "of which the body says otherwise than the vote")      \
    F(T, lines, departure, , OPTIONAL, 2000, none, "why")
FORM(decide_form, DECIDE_FORM);

#define DECIDE_ROW(F, T)                                                                           \
    F(T, int, option, , "number on the ballot")                                                    \
    F(T, text, title, , "as on the ballot")                                                        \
    F(T, int, votes, , "that it got")                                                              \
    F(T, money, cost, , "öre")                                                                     \
    F(T, flag, selected, , "gets money by the vote")                                               \
    F(T, flag, departs, , "marked: the body says otherwise")
SHAPE(decide_row, DECIDE_ROW);

#define DECIDE_VIEW(F, T)                                                                          \
    F(T, text, title, , "of the round")                                                            \
    F(T, slug, slug, , "of the round")                                                             \
    F(T, url, result, , "of the round")                                                            \
    F(T, flag, may_decide, , "there is a public result without a decision")                        \
    F(T, flag, is_decided, , "done")                                                               \
    F(T, list, rows, decide_row, "those that get money first")
SHAPE(decide_view, DECIDE_VIEW);

#endif
