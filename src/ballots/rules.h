/* Rules of polls and ballots: pure decisions about phases, choices and who may press what. */
#ifndef RADSLAG_BALLOTS_RULES_H
#define RADSLAG_BALLOTS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"
#include "platform/base/shape.h"

/* ---- a poll and its phases ---- */

#define POLL_STATE(C, T)                                                                           \
    C(T, draft, "rules can still change")                                                          \
    C(T, locked, "rules are fixed; the dates say whether one can vote")                            \
    C(T, sealed, "ballots are parted from voters for ever, and can be counted")                    \
    C(T, published, "the counted ballots are public")
CHOICES(poll_state, POLL_STATE);

/* What the clock and the state say together; computed, never stored (DESIGN 2). */
#define POLL_PHASE(C, T)                                                                           \
    C(T, draft, "rules can still change")                                                          \
    C(T, locked, "rules are fixed, voting has not begun")                                          \
    C(T, open, "one can vote")                                                                     \
    C(T, paused, "nobody can vote for the moment; ballots stand")                                  \
    C(T, closed, "voting has ended; late post may still come in")                                  \
    C(T, sealed, "ballots are parted from voters for ever, and can be counted")                    \
    C(T, published, "the counted ballots are public")
CHOICES(poll_phase, POLL_PHASE);

#define BALLOT_KIND(C, T)                                                                          \
    C(T, up_to, "at most so many different choices in each pot")                                   \
    C(T, cart, "choices within the sum of the pot")                                                \
    C(T, points, "choices with points; from elsewhere, only counted here")                         \
    C(T, ranking, "choices in order; from elsewhere, only counted here")
CHOICES(ballot_kind, BALLOT_KIND);

#define ELIGIBLE(C, T)                                                                             \
    C(T, verified, "whoever proved an address and says what binds them to the place")              \
    C(T, roll, "those on the roll alone")
CHOICES(eligible, ELIGIBLE);

#define VOTER_TIE(C, T)                                                                            \
    C(T, resident, "lives there")                                                                  \
    C(T, property_owner, "owns property there")                                                    \
    C(T, business, "runs a business there")                                                        \
    C(T, pupil, "goes to school there")                                                            \
    C(T, other, "another tie that the rules allow")
CHOICES(voter_tie, VOTER_TIE);

#define POLL_ACT(C, T)                                                                             \
    C(T, lock, "fix the rules")                                                                    \
    C(T, lengthen, "end later than was said")                                                      \
    C(T, pause, "stop voting for a while")                                                         \
    C(T, resume, "go on after a pause")                                                            \
    C(T, attest, "confirm the count")
CHOICES(poll_act, POLL_ACT);

/* A poll as its row says. Moments are instants; closes_at and late_until are the first too late. */
#define POLL_ROW(F, T)                                                                             \
    F(T, id, id, , "poll")                                                                         \
    F(T, id, page, , "the round it belongs to")                                                    \
    F(T, choice, state, poll_state, "see there")                                                   \
    F(T, choice, ballot_kind, ballot_kind, "see there")                                            \
    F(T, int, most_choices, , "in each pot; 0 = no limit of number")                               \
    F(T, choice, eligible, eligible, "see there")                                                  \
    F(T, time, opens_at, , "when voting begins")                                                   \
    F(T, time, closes_at, , "when it ends")                                                        \
    F(T, time, late_until, , "until when paper posted in time is waited for; none = not at all")   \
    F(T, time, paused_at, , "since when it rests; none = it does not")                             \
    F(T, text, rules, , "canonical JSON; none while a draft")                                      \
    F(T, slug, rules_hash, , "SHA-256 of them, hex")                                               \
    F(T, slug, secret_hash, , "SHA-256 of the secret in the key folder, hex")                      \
    F(T, slug, lot_hash, , "SHA-256 of the seed of the lot, hex; public when locked")              \
    F(T, slug, lot_seed, , "hex; revealed when sealed")                                            \
    F(T, time, locked_at, , "when the second person had pressed")                                  \
    F(T, time, sealing_at, , "when sealing began: nothing can be lengthened after it")             \
    F(T, time, sealed_at, , "when ballots and voters were parted")                                 \
    F(T, time, published_at, , "when the counted ballots became public")                           \
    F(T, id, revision, , "counts changes")
SHAPE(poll, POLL_ROW);

/* The phase at an instant: an opening or closing belongs to the phase that begins with it. */
enum poll_phase poll_phase_at(const struct poll *poll, int64_t now);

/* Whether sealing may begin: closed, late post no longer waited for, and long enough ago that no
 * ballot which arrived in time can still be on its way through the service (PB-20). */
bool poll_may_seal(const struct poll *poll, int64_t now);

/* Whether the end may be moved to `closes_at`: only onwards, at most a day after the end that was
 * (an outage may have covered it), and not once sealing has begun. PB-17. */
bool poll_may_lengthen(const struct poll *poll, int64_t closes_at, int64_t now);

/* Whether an act that wants two persons fits the phase; `closes_at` of lengthen. */
bool poll_act_fits(const struct poll *poll, enum poll_act act, int64_t closes_at, int64_t now);

/* K9: which reminder is due, if any: from 8 o'clock on the tenth day of the vote, and on the day
 * before the last on which one can vote. None while it rests. */
enum poll_reminder { POLL_REMINDER_NONE, POLL_REMINDER_MIDDLE, POLL_REMINDER_LAST };
enum poll_reminder poll_reminder_at(const struct poll *poll, int64_t now);

/* Ballots of a pot in which fewer voted are not published: only its totals are. */
enum { COUNTED_FEWEST = 10 };
bool pot_may_show_ballots(int64_t ballots);

/* ---- a ballot ---- */

enum { POLL_OPTIONS_MAX = 2000, POLL_POTS_MAX = 200, BALLOT_CHOICES_MAX = 500 };

/* What a ballot holds. Options in rising order. Blank is a choice of its own: not an empty ballot,
 * which counts as nothing. */
struct ballot {
    int32_t options[BALLOT_CHOICES_MAX];
    size_t count;
    bool blank;
    int64_t revision; /* 0 = there is none yet */
};

#define POLL_POT(F, T)                                                                             \
    F(T, int, pot, , "1, 2, 3 … in the poll")                                                      \
    F(T, text, title, , "as shown")                                                                \
    F(T, money, sum, , "öre")
SHAPE(poll_pot, POLL_POT);

#define POLL_OPTION(F, T)                                                                          \
    F(T, int, option, , "1, 2, 3 … in the poll; the project's id in files")                        \
    F(T, int, pot, , "see poll_pot")                                                               \
    F(T, id, page, , "where one reads more; none = nowhere here")                                  \
    F(T, text, title, , "as shown")                                                                \
    F(T, text, lead, , "one or two sentences")                                                     \
    F(T, text, place, , "in words; may be empty")                                                  \
    F(T, money, cost, , "öre")
SHAPE(poll_option, POLL_OPTION);

/* A poll with all that a choice is judged by. */
struct poll_paper {
    struct poll poll;
    struct poll_pot_list pots;
    struct poll_option_list options; /* by option */
};

#define TICK_VERDICT(C, T)                                                                         \
    C(T, saved, "the ballot is as asked; maybe it was so before")                                  \
    C(T, full, "the pot has as many choices as are allowed: one must be exchanged")                \
    C(T, too_dear, "it would not fit in the sum that is left")                                     \
    C(T, unknown, "there is no such option")
CHOICES(tick_verdict, TICK_VERDICT);

/* Puts an option on the ballot, or takes it off; `instead` (0 = none) comes off when the pot is
 * full or the money gone. The ballot is changed only when the answer is `saved`. Choosing ends
 * blank. PB-6. */
enum tick_verdict ballot_choose(const struct poll_paper *paper, int option, int instead,
                                struct ballot *ballot);
enum tick_verdict ballot_remove(const struct poll_paper *paper, int option, struct ballot *ballot);

/* All off, and blank on purpose. */
void ballot_make_blank(struct ballot *ballot);

/* What is chosen in a pot, and what may still be. */
struct pot_use {
    int64_t chosen, most; /* most 0 = no limit of number */
    int64_t spent, left;  /* öre; of a cart */
};
struct pot_use ballot_pot_use(const struct poll_paper *paper, int64_t pot,
                              const struct ballot *ballot);

/* Whether the option is chosen. */
bool ballot_has(const struct ballot *ballot, int option);

/* Whether it counts as a ballot: something chosen, or blank on purpose. */
bool ballot_counts(const struct ballot *ballot);

/* Length of what ballot_write gives for this poll: the same for each of its ballots, so that cipher
 * texts do not tell how much was chosen. */
size_t ballot_bytes(const struct poll_paper *paper);

/* Writes the choices into exactly ballot_bytes; and back: ERR_FAULT when they are not a ballot of
 * this poll. The revision stands beside, not inside. */
void ballot_write(const struct poll_paper *paper, const struct ballot *ballot,
                  unsigned char *ret_bytes);
/* `ret_ballot` keeps its revision. */
enum error ballot_read(const struct poll_paper *paper, const unsigned char *bytes,
                       struct ballot *ret_ballot) MUST_USE;

/* ---- order ---- */

enum { SHUFFLES = 32 };

/* The n options of the poll in the order of one of 32 shuffles, as numbers of places; `shuffle`
 * 0–31. Every option is equally likely at every place over the shuffles of a poll as far as 32
 * allow; no place favours (PB-6). In arena. */
const size_t *option_order(struct arena *arena, size_t count, const char *poll_seed, int shuffle);

#endif
