/* What the pages of rounds show and ask. */
#ifndef RADSLAG_BUDGETS_CAMPAIGNS_VIEWS_H
#define RADSLAG_BUDGETS_CAMPAIGNS_VIEWS_H

#include "budgets/campaigns/campaigns.h"
#include "platform/view/form.h"

/* ---- the public page ---- */

#define POT_VIEW(F, T)                                                                             \
    F(T, int, pot, , "1, 2, 3 … in the round")                                                     \
    F(T, text, title, , "Hela kommunen")                                                           \
    F(T, money, sum, , "öre")                                                                      \
    F(T, choice, proposers, pot_proposers, "who may propose")                                      \
    F(T, text, about, , "one or two sentences")                                                    \
    F(T, int, proposals, , "that may go, or go, to the vote")                                      \
    F(T, url, address, , "its proposals")
SHAPE(pot_view, POT_VIEW);

#define CARD_VIEW(F, T)                                                                            \
    F(T, url, address, , "of the proposal")                                                        \
    F(T, text, title, , "as its proposer wrote it")                                                \
    F(T, text, lead, , "one or two sentences")                                                     \
    F(T, money, cost, , "öre; meaningless unless has_cost")                                        \
    F(T, flag, has_cost, , "it was estimated")                                                     \
    F(T, text, pot_title, , "as shown")                                                            \
    F(T, text, place, , "in words")                                                                \
    F(T, choice, state, proposal_state, "as readers are told")
SHAPE(card_view, CARD_VIEW);

#define HISTORY_STEP_VIEW(F, T)                                                                    \
    F(T, text, name, , "of the step")                                                              \
    F(T, text, when, , "dates as people read them")                                                \
    F(T, text, about, , "one or two sentences")                                                    \
    F(T, flag, is_now, , "under way")                                                              \
    F(T, flag, is_next, , "to come")
SHAPE(history_step_view, HISTORY_STEP_VIEW);

#define DECISION_LINK(F, T)                                                                        \
    F(T, text, sentence, , "who, when, which paragraph")                                           \
    F(T, url, address, , "of the decision")
SHAPE(decision_link, DECISION_LINK);

/* For staff: the way to the pages where the round is made. */
#define CAMPAIGN_STAFF(F, T)                                                                       \
    F(T, url, manage, , "its overview")                                                            \
    F(T, flag, is_public, , "readers see this page")
SHAPE(campaign_staff, CAMPAIGN_STAFF);

#define CAMPAIGN_VIEW(F, T)                                                                        \
    F(T, id, page, , "of the round")                                                               \
    F(T, url, address, , "where it is read")                                                       \
    F(T, text, title, , "Medborgarbudget 2026")                                                    \
    F(T, text, lead, , "a few sentences")                                                          \
    F(T, choice, stage, campaign_stage, "how far it has come")                                     \
    F(T, one, process, process_view, "steps, and the thing to do now")                             \
    F(T, money, total, , "öre in all pots")                                                        \
    F(T, int, pot_count, , "how many")                                                             \
    F(T, list, pots, pot_view, "by number")                                                        \
    F(T, int, proposal_count, , "that may go, or go, to the vote")                                 \
    F(T, int, came_in, , "all that readers see")                                                   \
    F(T, int, ended, , "do not go to the vote")                                                    \
    F(T, list, proposals, card_view, "at most 6")                                                  \
    F(T, url, all_proposals, , "the whole list, to be narrowed")                                   \
    F(T, url, ended_address, , "those that do not go to the vote")                                 \
    F(T, flag, has_more, , "there are more proposals than these")                                  \
    F(T, flag, is_drawn, , "their order is by lot")                                                \
    F(T, list, history, history_step_view, "how it goes")                                          \
    F(T, list, criteria, campaign_criterion, "decided politically")                                \
    F(T, text, who_may_propose, , "as people read it")                                             \
    F(T, text, who_may_vote, , "as people read it")                                                \
    F(T, text, places, , "one on each line")                                                       \
    F(T, one, framework, decision_link, "that the round is held")                                  \
    F(T, url, rules, , "the rules in plain words; none before they are set")                       \
    F(T, one, staff, campaign_staff, "for staff alone")
SHAPE(campaign_view, CAMPAIGN_VIEW);

/* Counts of each pot, and the first proposals as cards; two or three statements. */
enum error campaign_cards_fill(struct request *rq, const struct campaign_whole *campaign,
                               struct campaign_view *view) MUST_USE;

/* ---- the list of rounds ---- */

#define CAMPAIGN_LINK(F, T)                                                                        \
    F(T, url, address, , "of the round")                                                           \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, text, title, , "of its page")                                                             \
    F(T, text, lead, , "a few sentences")                                                          \
    F(T, choice, stage, campaign_stage, "how far it has come")                                     \
    F(T, time, next_at, , "when the next step begins, or this one ends; none = not known")         \
    F(T, text, note, , "the same in words; none = not known")                                      \
    F(T, flag, is_open, , "one can take part now")                                                 \
    F(T, flag, is_late, , "the next step should have begun")
SHAPE(campaign_link, CAMPAIGN_LINK);

#define CAMPAIGNS_VIEW(F, T)                                                                       \
    F(T, list, open, campaign_link, "not decided yet, newest first")                               \
    F(T, list, earlier, campaign_link, "decided, carried out, archived")                           \
    F(T, list, drafts, campaign_link, "being prepared; for staff alone")                           \
    F(T, flag, may_begin, , "the visitor may begin a round")
SHAPE(campaigns_view, CAMPAIGNS_VIEW);

/* ---- the rules in plain words ---- */

#define SENTENCE(F, T) F(T, text, text, , "one rule")
SHAPE(sentence, SENTENCE);

#define EXAMPLE_ROW(F, T)                                                                          \
    F(T, text, title, , "of a made-up proposal")                                                   \
    F(T, int, votes, , "that it got")                                                              \
    F(T, money, cost, , "öre")                                                                     \
    F(T, flag, selected, , "gets money")                                                           \
    F(T, money, left, , "öre in the pot afterwards")                                               \
    F(T, text, why, , "in words")
SHAPE(example_row, EXAMPLE_ROW);

#define RULE_ACT(F, T)                                                                             \
    F(T, choice, act, poll_act, "see there")                                                       \
    F(T, time, asked_at, , "by the first person")                                                  \
    F(T, text, asked_name, , "who")                                                                \
    F(T, time, answered_at, , "by the second person; none = waits")                                \
    F(T, text, answered_name, , "who")                                                             \
    F(T, text, reason, , "as given")                                                               \
    F(T, time, closes_at, , "of lengthening: the new end")
SHAPE(rule_act, RULE_ACT);

#define RULES_VIEW(F, T)                                                                           \
    F(T, text, title, , "of the round")                                                            \
    F(T, url, address, , "of the round")                                                           \
    F(T, one, process, process_view, "the step line")                                              \
    F(T, flag, is_locked, , "they cannot change any more")                                         \
    F(T, list, sentences, sentence, "the rules in plain words")                                    \
    F(T, money, example_sum, , "öre in the pot of the example")                                    \
    F(T, list, example, example_row, "in the order of the count")                                  \
    F(T, list, pots, campaign_pot, "with their sums")                                              \
    F(T, list, options, poll_option, "what can be chosen; none before they are locked")            \
    F(T, slug, rules_hash, , "SHA-256 of the rules file, hex")                                     \
    F(T, slug, lot_hash, , "SHA-256 of the seed of the lot, hex")                                  \
    F(T, time, locked_at, , "when two persons had pressed")                                        \
    F(T, url, file, , "the rules as a file; none before they are locked")                          \
    F(T, list, acts, rule_act, "what two persons have done, newest first")
SHAPE(rules_view, RULES_VIEW);

/* The sentences of the rules as they stand, and the worked example. */
enum error campaign_rules_say(const struct request *rq, const struct campaign_whole *whole,
                              struct sentence_list *ret_sentences,
                              struct example_row_list *ret_example) MUST_USE;

/* ---- check lists ---- */

#define CHECK_VIEW(F, T)                                                                           \
    F(T, text, text, , "what is to be there")                                                      \
    F(T, url, address, , "where it is mended; none = not by the visitor")                          \
    F(T, flag, is_done, , "it is there")
SHAPE(check_view, CHECK_VIEW);

/* What must be there before the round is announced, and before its rules are locked; how many are
 * not. */
enum error campaign_checks_announce(struct db *db, struct request *rq,
                                    const struct campaign_whole *whole,
                                    struct check_view_list *ret_checks, size_t *ret_missing)
    MUST_USE;
enum error campaign_checks_lock(struct db *db, struct request *rq,
                                const struct campaign_whole *whole,
                                struct check_view_list *ret_checks, size_t *ret_missing) MUST_USE;

/* ---- the overview for staff ---- */

#define SUBJECT_LINK(F, T)                                                                         \
    F(T, choice, subject, campaign_subject, "see there")                                           \
    F(T, url, address, , "where it is written")                                                    \
    F(T, text, summary, , "what stands there; none = nothing yet")                                 \
    F(T, flag, is_fixed, , "it cannot change any more")
SHAPE(subject_link, SUBJECT_LINK);

#define MANAGE_VIEW(F, T)                                                                          \
    F(T, id, page, , "of the round")                                                               \
    F(T, text, title, , "of the round")                                                            \
    F(T, url, address, , "as readers see it")                                                      \
    F(T, choice, stage, campaign_stage, "how far it has come")                                     \
    F(T, one, process, process_view, "the step line")                                              \
    F(T, list, attention, list_row, "what needs attention, most urgent first")                     \
    F(T, list, subjects, subject_link, "what the round is made of")                                \
    F(T, list, checks, check_view, "before it is announced, or its rules are locked")              \
    F(T, flag, is_announced, , "readers see it")                                                   \
    F(T, flag, is_locked, , "its rules are locked")                                                \
    F(T, int, admitted, , "proposals that go to the vote")                                         \
    F(T, int, unsettled, , "proposals without an outcome")                                         \
    F(T, int, not_contacted, , "refused, and the proposer was not contacted")                      \
    F(T, list, decisions, decision_link, "newest first")                                           \
    F(T, flag, may_edit, , "the visitor may change it")                                            \
    F(T, flag, may_announce, , "the visitor may make it public, when nothing is missing")          \
    F(T, flag, may_decide, , "the visitor may record decisions")
SHAPE(manage_view, MANAGE_VIEW);

/* ---- forms ---- */

#define CAMPAIGN_ABOUT_FORM(F, T)                                                                  \
    F(T, text, title, , REQUIRED, 200, page, "of the round")                                       \
    F(T, lines, lead, , REQUIRED, 600, page, "a few sentences")                                    \
    F(T, lines, places, , OPTIONAL, 2000, page, "one on each line")                                \
    F(T, lines, who_may_propose, , OPTIONAL, 1000, page, "as people read it")                      \
    F(T, lines, who_may_vote, , OPTIONAL, 1000, page, "as people read it")                         \
    F(T, number, revision, , OPTIONAL, 0, none, "the version that was read")
FORM(campaign_about_form, CAMPAIGN_ABOUT_FORM);

#define CAMPAIGN_DATES_FORM(F, T)                                                                  \
    F(T, date, criteria_on, , OPTIONAL, 0, page, "the body decides pots and criteria")             \
    F(T, date, publicity_on, , OPTIONAL, 0, page, "people are told from then on")                  \
    F(T, date, ideas_from, , OPTIONAL, 0, page, "first day")                                       \
    F(T, date, ideas_to, , OPTIONAL, 0, page, "last day")                                          \
    F(T, date, assessment_from, , OPTIONAL, 0, page, "first day")                                  \
    F(T, date, assessment_to, , OPTIONAL, 0, page, "last day")                                     \
    F(T, date, vote_from, , OPTIONAL, 0, page, "first day")                                        \
    F(T, date, vote_to, , OPTIONAL, 0, page, "last day")                                           \
    F(T, date, late_to, , OPTIONAL, 0, page, "last day that posted paper is waited for")           \
    F(T, date, decision_on, , OPTIONAL, 0, page, "the body decides")                               \
    F(T, date, carrying_out_from, , OPTIONAL, 0, page, "first day")                                \
    F(T, date, opening_on, , OPTIONAL, 0, page, "day")                                             \
    F(T, date, follow_up_on, , OPTIONAL, 0, page, "day")
FORM(campaign_dates_form, CAMPAIGN_DATES_FORM);

#define CAMPAIGN_POT_FORM(F, T)                                                                    \
    F(T, text, title, , REQUIRED, 80, page, "of the pot")                                          \
    F(T, money, sum, , REQUIRED, 0, page, "kronor")                                                \
    F(T, choice, proposers, pot_proposers, REQUIRED, 0, page, "who may propose")                   \
    F(T, lines, about, , OPTIONAL, 400, page, "one or two sentences")
FORM(campaign_pot_form, CAMPAIGN_POT_FORM);

#define CAMPAIGN_CRITERION_FORM(F, T)                                                              \
    F(T, text, title, , REQUIRED, 120, page, "of the criterion")                                   \
    F(T, lines, about, , OPTIONAL, 400, page, "what it means")
FORM(campaign_criterion_form, CAMPAIGN_CRITERION_FORM);

/* Kinds of ballots that are voted with here; the others are imported. */
#define VOTING_KIND(C, T)                                                                          \
    C(T, up_to, "at most so many different choices in each pot")                                   \
    C(T, cart, "choices within the sum of the pot")
CHOICES(voting_kind, VOTING_KIND);

#define CAMPAIGN_VOTING_FORM(F, T)                                                                 \
    F(T, choice, eligible, eligible, REQUIRED, 0, page, "who may vote")                            \
    F(T, choice, ballot_kind, voting_kind, REQUIRED, 0, page, "how one votes")                     \
    F(T, number, most_choices, , OPTIONAL, 500, page, "in each pot")                               \
    F(T, choice, satisfaction, campaign_satisfaction, REQUIRED, 0, page, "what is counted")        \
    F(T, choice, allocation, campaign_allocation, REQUIRED, 0, page, "what does not fit")          \
    F(T, number, least_votes, , OPTIONAL, 1000000, page, "fewer do not get money")                 \
    F(T, choice, ties, campaign_ties, REQUIRED, 0, page, "equally many votes")                     \
    F(T, lines, leftover, , OPTIONAL, 600, page, "what happens to money that is left")
FORM(campaign_voting_form, CAMPAIGN_VOTING_FORM);

/* A form of one subject. */
#define SETUP_VIEW(F, T)                                                                           \
    F(T, text, title, , "of the round; none = it is begun here")                                   \
    F(T, url, back, , "its overview")                                                              \
    F(T, int, revision, , "the version that is shown")                                             \
    F(T, flag, is_public, , "readers see what is saved")                                           \
    F(T, flag, is_fixed, , "it cannot change any more")                                            \
    F(T, list, pots, campaign_pot, "so far")                                                       \
    F(T, list, criteria, campaign_criterion, "so far")                                             \
    F(T, int, number, , "of the pot or criterion that is changed; 0 = a new one")                  \
    F(T, slug, slug, , "of the round")                                                             \
    F(T, list, sentences, sentence, "the rules in plain words")                                    \
    F(T, money, example_sum, , "öre in the pot of the example")                                    \
    F(T, list, example, example_row, "in the order of the count")
SHAPE(setup_view, SETUP_VIEW);

/* ---- announcing ---- */

#define ANNOUNCE_FORM(F, T) F(T, flag, announce, , OPTIONAL, 0, none, "make it public")
FORM(announce_form, ANNOUNCE_FORM);

#define ANNOUNCE_VIEW(F, T)                                                                        \
    F(T, text, title, , "of the round")                                                            \
    F(T, url, back, , "its overview")                                                              \
    F(T, flag, is_announced, , "done")                                                             \
    F(T, list, checks, check_view, "what must be there")                                           \
    F(T, int, missing, , "how many are not")
SHAPE(announce_view, ANNOUNCE_VIEW);

/* ---- locking ---- */

#define LOCK_FORM(F, T) F(T, text, rules_hash, , REQUIRED, 64, none, "of the rules that were read")
FORM(lock_form, LOCK_FORM);

#define LOCK_VIEW(F, T)                                                                            \
    F(T, text, title, , "of the round")                                                            \
    F(T, slug, slug, , "of the round")                                                             \
    F(T, url, back, , "its overview")                                                              \
    F(T, flag, is_locked, , "done")                                                                \
    F(T, list, checks, check_view, "what must be there")                                           \
    F(T, int, missing, , "how many are not")                                                       \
    F(T, list, sentences, sentence, "the rules in plain words")                                    \
    F(T, list, pots, campaign_pot, "with their sums")                                              \
    F(T, list, options, poll_option, "what can be chosen")                                         \
    F(T, slug, rules_hash, ,                                                                       \
      "SHA-256 of exactly these rules, hex; none before they are asked for")                       \
    F(T, text, asked_name, , "the first person; none = nobody has asked")                          \
    F(T, time, asked_at, , "when")                                                                 \
    F(T, flag, has_changed, , "the rules are others than those that were asked for")               \
    F(T, flag, may_ask, , "the visitor may be the first person")                                   \
    F(T, flag, may_confirm, , "the visitor may be the second person")                              \
    F(T, flag, may_refuse, , "the visitor may say no to what was asked for")
SHAPE(lock_view, LOCK_VIEW);

/* ---- shared by the handlers ---- */

/* The round at :slug for its people; ERR_NOT_FOUND, ERR_FORBIDDEN for those who may only know of
 * it. */
enum error campaign_find_own(struct db *db, struct request *rq, struct campaign_whole *ret_campaign)
    MUST_USE;

/* The same for all who may know of it as staff. */
enum error campaign_find_staff(struct db *db, struct request *rq,
                               struct campaign_whole *ret_campaign) MUST_USE;

/* Leads to that part of the round; a change that readers see is an official act. Inside an act. */
enum error campaign_saved(struct db *db, struct request *rq, const struct campaign_whole *whole,
                          enum campaign_subject subject, const char *part) MUST_USE;

/* "/budgets/SLUG/PART"; in arena. */
const char *campaign_part(struct arena *arena, const struct campaign *campaign, const char *part);

/* Where its proposals are assessed, where its rules are locked; NULL when the visitor may not be
 * there. */
const char *campaign_assessment(const struct request *rq, const struct campaign *campaign);
const char *campaign_locking(const struct request *rq, const struct campaign *campaign);

#endif
