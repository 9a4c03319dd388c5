/* Rules of proposals: when they are taken in, by whom, what may be done with one, what readers are
 * told. Pure. */
#ifndef RADSLAG_PROPOSALS_RULES_H
#define RADSLAG_PROPOSALS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/instant.h"
#include "platform/base/shape.h"

#define PROPOSAL_STATE(C, T)                                                                       \
    C(T, received, "has come in")                                                                  \
    C(T, assessing, "an officer has begun")                                                        \
    C(T, completing, "waits for the proposer")                                                     \
    C(T, admitted, "goes to the vote")                                                             \
    C(T, merged, "has become part of another")                                                     \
    C(T, not_admitted, "does not go to the vote; public once the proposer was contacted")          \
    C(T, withdrawn, "taken back by its proposer; stays in the list")
CHOICES(proposal_state, PROPOSAL_STATE);

/* What a list is narrowed to. */
#define PROPOSAL_STANDING(C, T)                                                                    \
    C(T, all, "every proposal that readers see")                                                   \
    C(T, standing, "those that go to the vote or may yet")                                         \
    C(T, admitted, "those that go to the vote")                                                    \
    C(T, assessed, "those that are being assessed")                                                \
    C(T, ended, "those that did not go on: not admitted, merged, withdrawn")
CHOICES(proposal_standing, PROPOSAL_STANDING);

#define PROPOSER_KIND(C, T)                                                                        \
    C(T, person, "somebody for themselves, or a few together")                                     \
    C(T, association, "an association, with its organisation number")
CHOICES(proposer_kind, PROPOSER_KIND);

#define PROPOSAL_CHANNEL(C, T)                                                                     \
    C(T, web, "by its proposer")                                                                   \
    C(T, telephone, "entered by staff while the proposer was on the line")                         \
    C(T, paper, "entered by staff from a paper")
CHOICES(proposal_channel, PROPOSAL_CHANNEL);

#define PROPOSAL_VERDICT(C, T)                                                                     \
    C(T, met, "the criterion is met")                                                              \
    C(T, partly, "in part")                                                                        \
    C(T, not_met, "not")
CHOICES(proposal_verdict, PROPOSAL_VERDICT);

#define PROPOSAL_EVENT(C, T)                                                                       \
    C(T, received, "came in")                                                                      \
    C(T, assessing, "an officer began, and readers see it")                                        \
    C(T, question, "the officer asked its proposer")                                               \
    C(T, answer, "the proposer answered")                                                          \
    C(T, contacted, "the proposer was told the outcome")                                           \
    C(T, admitted, "goes to the vote")                                                             \
    C(T, not_admitted, "does not go to the vote")                                                  \
    C(T, merge_asked, "a merge was proposed to both proposers")                                    \
    C(T, merge_refused, "one of them said no: both stay")                                          \
    C(T, merged, "became part of another")                                                         \
    C(T, took_in, "another became part of it")                                                     \
    C(T, withdrawn, "was taken back by its proposer")                                              \
    C(T, reply, "the proposer replied to the outcome")                                             \
    C(T, reply_answered, "and was answered")                                                       \
    C(T, reopened, "is assessed anew")                                                             \
    C(T, handed_over, "another officer assesses it")
CHOICES(proposal_event, PROPOSAL_EVENT);

/* ---- taking in ---- */

#define PROPOSE_TIME(C, T)                                                                         \
    C(T, unknown, "the round has no dates for ideas yet")                                          \
    C(T, before, "has not begun")                                                                  \
    C(T, open, "proposals are taken in")                                                           \
    C(T, over, "has ended")
CHOICES(propose_time, PROPOSE_TIME);

/* `starts_at` and `ends_at` of the step ideas, INSTANT_NONE when not known; `ends_at` is the first
 * instant too late: 23:59:59.999999 before it is in time (A2). */
enum propose_time propose_time_at(int64_t starts_at, int64_t ends_at, int64_t now);

/* PB-2: a pot for associations takes no person's proposal. */
bool proposer_may_use(bool associations_only, enum proposer_kind kind);

/* PB-13: the name that readers see, or NULL: an association's always, a person's as they chose, a
 * child's never. */
struct proposer_name {
    enum proposer_kind kind;
    const char *name, *association;
    bool may_be_shown, is_child;
};
const char *proposer_shown(const struct proposer_name *name);

/* ---- what may be done ---- */

enum proposal_act {
    PROPOSAL_TAKE,     /* an officer takes it, or takes it over */
    PROPOSAL_ASK,      /* the proposer is asked */
    PROPOSAL_ANSWER,   /* the proposer answers that */
    PROPOSAL_ASSESS,   /* criteria, cost, land, permits */
    PROPOSAL_SETTLE,   /* gives the outcome */
    PROPOSAL_CONTACT,  /* notes that the proposer was told */
    PROPOSAL_REPLY,    /* the proposer's one reply to a refusal */
    PROPOSAL_REOPEN,   /* is assessed anew */
    PROPOSAL_MERGE,    /* may be proposed for a merge */
    PROPOSAL_WITHDRAW, /* the proposer takes it back */
    PROPOSAL_ACT_COUNT
};

/* `locked`: the rules of the vote are fixed; after that proposals change only by being lifted out
 * (PB-16), so nothing here is allowed but noting a contact and replying. */
bool proposal_may(enum proposal_act act, enum proposal_state state, bool locked);

/* What readers are told: a refusal only when the proposer was contacted before (PB-4). */
enum proposal_state proposal_shown_state(enum proposal_state state, int64_t contacted_on);

/* Whether a proposal belongs to what a list is narrowed to, by the state that readers are told. */
bool proposal_stands(enum proposal_standing standing, enum proposal_state shown);

/* ---- the outcome ---- */

/* What stands in the way of an outcome, as a word key of the form's error; NULL = nothing. */
struct outcome_stand {
    bool admits;
    size_t criteria, judged; /* of the round, and those with verdict and reason */
    bool has_reason;         /* words of the outcome */
};
const char *outcome_refusal(const struct outcome_stand *stand);

/* What is not known yet about cost, land and permits (PB-19), as bits; 0 = nothing. */
enum { LACKS_INVESTMENT = 1, LACKS_RUNNING = 2, LACKS_LAND = 4, LACKS_PERMITS = 8, TOO_DEAR = 16 };
struct cost_stand {
    bool has_investment, has_running;
    int64_t investment, pot_sum; /* öre */
    const char *land, *permits;  /* NULL or empty = not said */
};
unsigned cost_lacks(const struct cost_stand *stand);

/* ---- merging (PB-5) ---- */

enum merge_says { MERGE_SILENT, MERGE_YES, MERGE_NO };
enum merge_state { MERGE_WAITS, MERGE_AGREED, MERGE_REFUSED };
/* Both must say yes; one no ends it. */
enum merge_state merge_judge(enum merge_says page, enum merge_says into);

/* ---- order ---- */

/* Which of the 32 shuffles a visitor gets: the one asked for ("7"), or one by something that is
 * drawn for each request. */
int shuffle_of(const char *asked, const char *drawn);

#endif
