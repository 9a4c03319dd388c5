/* What the pages, forms and mails of polls show and ask. */
#ifndef RADSLAG_BALLOTS_VIEWS_H
#define RADSLAG_BALLOTS_VIEWS_H

#include "ballots/rules.h"
#include "platform/base/shape.h"
#include "platform/view/form.h"

/* ---- the ballot ---- */

#define BALLOT_STEP(C, T)                                                                          \
    C(T, log_in, "one must log in to vote")                                                        \
    C(T, declare, "one must say what binds one to the place")                                      \
    C(T, not_on_roll, "the roll does not have this address")                                       \
    C(T, taken, "the line of this address is another account's")                                   \
    C(T, barred, "the line may not vote, for a reason")                                            \
    C(T, vote, "one can vote, when the poll is open")
CHOICES(ballot_step, BALLOT_STEP);

#define POT_SLOT(F, T) F(T, flag, on, , "a choice is made")
SHAPE(pot_slot, POT_SLOT);

#define BALLOT_POT(F, T)                                                                           \
    F(T, int, pot, , "see poll_pot")                                                               \
    F(T, text, title, , "as shown")                                                                \
    F(T, money, sum, , "öre")                                                                      \
    F(T, int, chosen, , "how many are chosen in it")                                               \
    F(T, int, most, , "how many may be; 0 = no limit of number")                                   \
    F(T, int, left, , "how many may still be")                                                     \
    F(T, money, spent, , "of a cart: what the chosen cost")                                        \
    F(T, money, money_left, , "of a cart: what is left of the sum")                                \
    F(T, flag, full, , "as many as may be")                                                        \
    F(T, list, slots, pot_slot, "one for each choice that may be made, when they are few")
SHAPE(ballot_pot, BALLOT_POT);

#define BALLOT_LINE(F, T)                                                                          \
    F(T, int, option, , "see poll_option")                                                         \
    F(T, text, title, , "as shown")                                                                \
    F(T, text, lead, , "one or two sentences")                                                     \
    F(T, text, place, , "in words; may be empty")                                                  \
    F(T, money, cost, , "öre")                                                                     \
    F(T, url, address, , "where one reads more")                                                   \
    F(T, flag, chosen, , "on the visitor's own ballot")                                            \
    F(T, flag, full, , "another one must give way to it")
SHAPE(ballot_line, BALLOT_LINE);

#define BALLOT_GROUP(F, T)                                                                         \
    F(T, int, pot, , "see poll_pot")                                                               \
    F(T, text, title, , "of the pot; none when there is one alone")                                \
    F(T, money, sum, , "öre")                                                                      \
    F(T, list, options, ballot_line, "in the visitor's own order")
SHAPE(ballot_group, BALLOT_GROUP);

#define BALLOT_LINK(F, T)                                                                          \
    F(T, text, label, , "what is shown then")                                                      \
    F(T, url, address, , "of this page, with it")                                                  \
    F(T, flag, current, , "it is so now")
SHAPE(ballot_link, BALLOT_LINK);

#define BALLOT_VIEW(F, T)                                                                          \
    F(T, id, poll, , "number of the poll")                                                         \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, url, round_address, , "where one reads about it")                                         \
    F(T, choice, phase, poll_phase, "see there")                                                   \
    F(T, choice, step, ballot_step, "see there")                                                   \
    F(T, flag, is_cart, , "choices within a sum of money")                                         \
    F(T, int, most, , "choices that may be made in each pot; 0 = no limit of number")              \
    F(T, flag, many_pots, , "there are several pots")                                              \
    F(T, time, opens_at, , "when voting begins")                                                   \
    F(T, time, closes_at, , "when it ends, as stored")                                             \
    F(T, text, barred, , "why this line may not vote")                                             \
    F(T, flag, remind, , "will be reminded")                                                       \
    F(T, flag, may_tick, , "one can vote now")                                                     \
    F(T, flag, has_ballot, , "there is a ballot, maybe an empty one")                              \
    F(T, flag, counts, , "it counts as it stands")                                                 \
    F(T, flag, blank, , "it is blank on purpose")                                                  \
    F(T, int, chosen, , "choices on it")                                                           \
    F(T, flag, all_full, , "as many are chosen as may be, in every pot")                           \
    F(T, id, revision, , "of the ballot")                                                          \
    F(T, time, saved_at, , "when this browser saved it last, within the hour")                     \
    F(T, int, count, , "options that the filter leaves")                                           \
    F(T, int, order, , "which of the 32 orders")                                                   \
    F(T, flag, has_search, , "there are so many options that one looks for them")                  \
    F(T, text, q, , "words that are looked for")                                                   \
    F(T, text, place, , "the only place that is shown, with all that lie in it")                   \
    F(T, int, pot, , "the only pot that is shown; 0 = all")                                        \
    F(T, url, here, , "this page with its filter")                                                 \
    F(T, url, login, , "where one logs in and comes back")                                         \
    F(T, url, more, , "the options after these")                                                   \
    F(T, list, pots, ballot_pot, "by number")                                                      \
    F(T, list, groups, ballot_group, "by pot, those with an option here; at most 100 options")     \
    F(T, list, pot_links, ballot_link, "filter by pot; none when there is one")                    \
    F(T, list, place_links, ballot_link, "filter by place; none when there is one, or many")
SHAPE(ballot_view, BALLOT_VIEW);

#define BALLOT_FILTER(F, T)                                                                        \
    F(T, text, q, , OPTIONAL, 100, none, "words to look for")                                      \
    F(T, number, pot, , OPTIONAL, 1000000, none, "one pot alone")                                  \
    F(T, text, place, , OPTIONAL, 200, none, "one place alone")                                    \
    F(T, number, o, , OPTIONAL, 31, none, "which of the 32 orders")                                \
    F(T, number, from, , OPTIONAL, 2000, none, "options before these are left out")
FORM(ballot_filter, BALLOT_FILTER);

#define DECLARE_FORM(F, T)                                                                         \
    F(T, choice, tie, voter_tie, REQUIRED, 0, roll, "what binds one to the place")                 \
    F(T, flag, remind, , OPTIONAL, 0, roll, "wants to be reminded while not having voted")
FORM(declare_form, DECLARE_FORM);

#define TICK_ACT(C, T)                                                                             \
    C(T, choose, "put the option on the ballot")                                                   \
    C(T, remove, "take it off")                                                                    \
    C(T, exchange, "put it there and take `instead` off")                                          \
    C(T, blank, "take all off, and vote blank on purpose")
CHOICES(tick_act, TICK_ACT);

#define TICK_FORM(F, T)                                                                            \
    F(T, choice, act, tick_act, REQUIRED, 0, ballot, "see there")                                  \
    F(T, number, option, , OPTIONAL, 2147483647, ballot, "which option")                           \
    F(T, number, instead, , OPTIONAL, 2147483647, ballot, "which one gives way")                   \
    F(T, number, revision, , OPTIONAL, 0, none, "of the ballot that was seen")                     \
    F(T, text, back, , OPTIONAL, 1000, none, "the ballot page with its filter")
FORM(tick_form, TICK_FORM);

#define EXCHANGE_LINE(F, T)                                                                        \
    F(T, int, option, , "see poll_option")                                                         \
    F(T, text, title, , "as shown")                                                                \
    F(T, money, cost, , "öre")
SHAPE(exchange_line, EXCHANGE_LINE);

#define EXCHANGE_VIEW(F, T)                                                                        \
    F(T, id, poll, , "number of the poll")                                                         \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, text, pot, , "which pot is full")                                                         \
    F(T, int, wanted, , "what one wants to choose")                                                \
    F(T, text, title, , "its title")                                                               \
    F(T, money, cost, , "its cost")                                                                \
    F(T, choice, verdict, tick_verdict, "why it does not fit")                                     \
    F(T, int, chosen, , "how many are chosen in the pot")                                          \
    F(T, money, left, , "of a cart: what is left of the sum")                                      \
    F(T, id, revision, , "of the ballot")                                                          \
    F(T, url, back, , "the ballot page with its filter")                                           \
    F(T, list, lines, exchange_line, "what may give way")
SHAPE(exchange_view, EXCHANGE_VIEW);

#define SECRET_MISSING(F, T)                                                                       \
    F(T, id, poll, , "number of the poll")                                                         \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, url, round_address, , "where one reads about it")
SHAPE(secret_missing, SECRET_MISSING);

/* ---- receipts ---- */

#define RECEIPT_VIEW(F, T)                                                                         \
    F(T, id, poll, , "number of the poll")                                                         \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, choice, phase, poll_phase, "see there")                                                   \
    F(T, time, closes_at, , "when voting ends, as stored")                                         \
    F(T, flag, has_ballot, , "there is a ballot, maybe an empty one")                              \
    F(T, flag, counts, , "it counts as it stands")                                                 \
    F(T, flag, remind, , "will be reminded")                                                       \
    F(T, text, code, , "the receipt; none = no ballot yet")
SHAPE(receipt_view, RECEIPT_VIEW);

#define REMIND_FORM(F, T)                                                                          \
    F(T, flag, remind, , OPTIONAL, 0, roll, "wants to be reminded while not having voted")
FORM(remind_form, REMIND_FORM);

#define RECEIPT_ANSWER(C, T)                                                                       \
    C(T, unasked, "no code was typed")                                                             \
    C(T, counted, "a ballot with this receipt was counted")                                        \
    C(T, not_counted, "none was")                                                                  \
    C(T, malformed, "it cannot be a receipt")
CHOICES(receipt_answer, RECEIPT_ANSWER);

#define RECEIPTS_VIEW(F, T)                                                                        \
    F(T, id, poll, , "number of the poll")                                                         \
    F(T, text, round, , "what was voted on")                                                       \
    F(T, flag, sealed, , "the ballots are parted from their voters and can be counted")            \
    F(T, choice, answer, receipt_answer, "see there")                                              \
    F(T, text, code, , "as typed")                                                                 \
    F(T, int, voters, , "who voted")                                                               \
    F(T, int, blank, , "of them, blank")                                                           \
    F(T, int, roll, , "who could; 0 = all with a proved address")
SHAPE(receipts_view, RECEIPTS_VIEW);

#define RECEIPT_CODE_FORM(F, T) F(T, text, code, , REQUIRED, 40, none, "the receipt")
FORM(receipt_code_form, RECEIPT_CODE_FORM);

/* ---- staff, and the public log ---- */

#define POLL_ANSWER(C, T)                                                                          \
    C(T, waits, "for a second person")                                                             \
    C(T, confirmed, "done")                                                                        \
    C(T, refused, "the second person said no")                                                     \
    C(T, withdrawn, "the first person took it back")
CHOICES(poll_answer, POLL_ANSWER);

#define POLL_LOG_LINE(F, T)                                                                        \
    F(T, choice, act, poll_act, "see there")                                                       \
    F(T, time, closes_at, , "of lengthen: the new end, as stored")                                 \
    F(T, text, reason, , "why")                                                                    \
    F(T, text, asked_name, , "first person")                                                       \
    F(T, time, asked_at, , "when")                                                                 \
    F(T, text, answered_name, , "second person")                                                   \
    F(T, time, answered_at, , "when")                                                              \
    F(T, choice, answer, poll_answer, "see there")                                                 \
    F(T, flag, may_confirm, , "the visitor may be the second person")                              \
    F(T, flag, is_own, , "the visitor is the first person")
SHAPE(poll_log_line, POLL_LOG_LINE);

#define POLL_LOG_VIEW(F, T)                                                                        \
    F(T, id, poll, , "number of the poll")                                                         \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, url, round_address, , "where one reads about it")                                         \
    F(T, choice, phase, poll_phase, "see there")                                                   \
    F(T, time, opens_at, , "when voting begins")                                                   \
    F(T, time, closes_at, , "when it ends, as stored")                                             \
    F(T, time, locked_at, , "when the rules were fixed")                                           \
    F(T, time, sealed_at, , "when ballots and voters were parted")                                 \
    F(T, text, rules_hash, , "digest of the rules")                                                \
    F(T, text, lot_hash, , "digest of the seed of the lot")                                        \
    F(T, text, lot_seed, , "revealed when sealed")                                                 \
    F(T, list, lines, poll_log_line, "newest first")
SHAPE(poll_log_view, POLL_LOG_VIEW);

#define POLL_STAFF_VIEW(F, T)                                                                      \
    F(T, id, poll, , "number of the poll")                                                         \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, url, round_address, , "where one reads about it")                                         \
    F(T, choice, phase, poll_phase, "see there")                                                   \
    F(T, time, opens_at, , "when voting begins")                                                   \
    F(T, time, closes_at, , "when it ends, as stored")                                             \
    F(T, time, late_until, , "until when posted paper is waited for")                              \
    F(T, flag, secret_missing, , "the key folder lacks the poll's secret: nobody can vote")        \
    F(T, flag, may_ask, , "the visitor may be the first person")                                   \
    F(T, flag, may_pause, , "it could be paused")                                                  \
    F(T, flag, may_resume, , "it could go on")                                                     \
    F(T, flag, may_lengthen, , "it could be lengthened")                                           \
    F(T, flag, may_seal, , "it can be sealed now")                                                 \
    F(T, flag, sealing, , "sealing is under way")                                                  \
    F(T, flag, sealed, , "it is sealed")                                                           \
    F(T, int, voters, , "who voted; only of a sealed poll")                                        \
    F(T, int, blank, , "of them, blank")                                                           \
    F(T, list, waiting, poll_log_line, "what waits for a second person")
SHAPE(poll_staff_view, POLL_STAFF_VIEW);

#define POLL_ASK_FORM(F, T)                                                                        \
    F(T, choice, act, poll_act, REQUIRED, 0, none, "lengthen, pause or resume")                    \
    F(T, date, day, , OPTIONAL, 0, none, "of lengthen: the last day")                              \
    F(T, clock, clock, , OPTIONAL, 0, none, "of lengthen: the last minute")                        \
    F(T, lines, reason, , REQUIRED, 1000, audit, "why; shown to all")
FORM(poll_ask_form, POLL_ASK_FORM);

#define POLL_ANSWER_FORM(F, T) F(T, choice, act, poll_act, REQUIRED, 0, none, "what is answered")
FORM(poll_answer_form, POLL_ANSWER_FORM);

/* ---- mail ---- */

#define BALLOT_RECEIPT_FACTS(F, T)                                                                 \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, text, code, , "the receipt")                                                              \
    F(T, time, closes_at, , "until when the ballot can be changed, as stored")                     \
    F(T, url, address, , "of the ballot")
SHAPE(ballot_receipt_facts, BALLOT_RECEIPT_FACTS);

#define POLL_REMINDER_FACTS(F, T)                                                                  \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, time, closes_at, , "until when, as stored")                                               \
    F(T, url, address, , "of the ballot")
SHAPE(poll_reminder_facts, POLL_REMINDER_FACTS);

#define POLL_CHANGED_FACTS(F, T)                                                                   \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, choice, act, poll_act, "what was done")                                                   \
    F(T, text, reason, , "why")                                                                    \
    F(T, time, closes_at, , "when it ends now, as stored")                                         \
    F(T, url, address, , "of the ballot")
SHAPE(poll_changed_facts, POLL_CHANGED_FACTS);

#endif
