/* Proposals, as the files of this folder (and the demonstration) use them. */
#ifndef RADSLAG_PROPOSALS_H
#define RADSLAG_PROPOSALS_H

#include "budgets/budgets.h"

/* A proposal with its page, words and pot. */
#define PROPOSAL_ROW(F, T)                                                                         \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, choice, page_state, page_state, "of its page: published once an officer took it")         \
    F(T, id, page_revision, , "of its page")                                                       \
    F(T, slug, language, , "it is written in")                                                     \
    F(T, text, title, , "as its proposer wrote it")                                                \
    F(T, text, lead, , "one or two sentences")                                                     \
    F(T, text, body, , "why and for whom, Markdown")                                               \
    F(T, id, campaign, , "page of the round")                                                      \
    F(T, slug, campaign_slug, , "of the round")                                                    \
    F(T, text, campaign_title, , "of the round")                                                   \
    F(T, int, number, , "in the round")                                                            \
    F(T, int, pot, , "of the round")                                                               \
    F(T, text, pot_title, , "as shown")                                                            \
    F(T, money, pot_sum, , "öre")                                                                  \
    F(T, text, place, , "in words")                                                                \
    F(T, money, wished, , "öre; meaningless unless has_wished")                                    \
    F(T, flag, has_wished, , "the proposer said what it may cost")                                 \
    F(T, choice, proposer_kind, proposer_kind, "see there")                                        \
    F(T, text, proposer_shown, , "name that readers see; none = not shown")                        \
    F(T, choice, channel, proposal_channel, "how it came in")                                      \
    F(T, time, received_at, , "when the receipt was given")                                        \
    F(T, choice, state, proposal_state, "as it is, not as readers are told")                       \
    F(T, id, merged_into, , "page of the proposal that it became part of")                         \
    F(T, id, officer, , "account that assesses; none = nobody yet")                                \
    F(T, text, officer_name, , "of that account")                                                  \
    F(T, money, investment, , "öre; meaningless unless has_investment")                            \
    F(T, flag, has_investment, , "it was estimated")                                               \
    F(T, money, running, , "öre a year; meaningless unless has_running")                           \
    F(T, flag, has_running, , "it was estimated")                                                  \
    F(T, text, running_bearer, , "who pays the running cost")                                      \
    F(T, text, land, , "who controls the land")                                                    \
    F(T, text, permits, , "which are needed")                                                      \
    F(T, text, outcome_reason, , "why, as readers see it")                                         \
    F(T, time, outcome_at, , "when it was settled")                                                \
    F(T, time, contacted_on, , "day the proposer was told")                                        \
    F(T, text, contacted_how, , "telephone, meeting, letter")                                      \
    F(T, text, reply, , "the proposer's one reply to a refusal")                                   \
    F(T, text, reply_answer, , "and what was answered")                                            \
    F(T, id, revision, , "counts changes")                                                         \
    F(T, id, author, , "account that made the page")                                               \
    F(T, time, updated_at, , "last change of its page")
SHAPE(proposal, PROPOSAL_ROW);

/* ERR_NOT_FOUND for another tenant's too. Whether the visitor may see it is proposal_admit's. */
enum error proposal_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                         struct proposal *ret_proposal) MUST_USE;
enum error proposal_by_slug(struct db *db, struct arena *arena, int64_t tenant, const char *slug,
                            struct proposal *ret_proposal) MUST_USE;

#define PROPOSAL_CONTACT_ROW(F, T)                                                                 \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, id, account, , "none = came by telephone or paper, or deleted")                           \
    F(T, text, name, , "as given")                                                                 \
    F(T, text, email, , "as typed; none = reached otherwise")                                      \
    F(T, text, phone, , "as given")                                                                \
    F(T, text, organisation_no, , "of an association, ten digits")                                 \
    F(T, text, adult, , "a child's adult contact")                                                 \
    F(T, slug, language, , "of mail")
SHAPE(proposal_contact, PROPOSAL_CONTACT_ROW);

/* For its officers and its proposer alone; ERR_NOT_FOUND for imported ones. */
enum error proposal_contact_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                                 struct proposal_contact *ret_contact) MUST_USE;

/* ---- lists ---- */

/* What is looked for among the proposals that readers see. */
struct proposal_choice {
    int64_t pot;                     /* 0 = all */
    enum proposal_standing standing; /* see there */
    const char *place;               /* one of the round's places; NULL = all */
    const char *search;              /* as typed; NULL = nothing */
    enum proposal_order order;
    int shuffle;        /* of the order drawn: 0–31 */
    size_t from, count; /* which part of the list; at most PROPOSALS_LISTED */
};
enum { PROPOSALS_LISTED = 24 };

/* The part asked for, and how many there are in all. Two statements. */
enum error proposals_choose(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                            const struct proposal_choice *choice,
                            struct proposal_line_list *ret_proposals, int64_t *ret_total) MUST_USE;

/* How many that readers see there are of each pot and state. One statement. */
#define PROPOSAL_TALLY(F, T)                                                                       \
    F(T, int, pot, , "of the round")                                                               \
    F(T, choice, state, proposal_state, "as readers are told")                                     \
    F(T, int, count, , "of proposals")
SHAPE(proposal_tally, PROPOSAL_TALLY);
enum error proposals_tally(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                           struct proposal_tally_list *ret_tallies) MUST_USE;

/* ---- coming in ---- */

struct proposal_given {
    int64_t campaign, pot;
    int64_t account; /* of the proposer; 0 = none */
    enum language language;
    const char *title, *lead, *body, *place;
    int64_t wished; /* öre; FORM_NONE = not said */
    enum proposer_kind kind;
    const char *shown; /* see proposer_shown() */
    enum proposal_channel channel;
    int64_t received_at;
    const char *name, *email, *phone, *organisation_no, *adult;
    const char *code; /* the follow code, as proposal_code_draw or _read gives it */
};

/* Takes a proposal in, inside an act: page (a draft until an officer takes it), row, contact, first
 * event, task for the officers, audit row. No mail. */
enum error proposal_add(struct db *db, struct request *rq, const struct proposal_given *given,
                        int64_t *ret_page, int64_t *ret_number) MUST_USE;

/* Cause of the officers' task for what nobody has taken yet in a round. In arena. */
const char *proposal_task_cause(struct arena *arena, int64_t campaign);

/* "K7M2-Q4XT-9BCD", drawn from rq->seed: the same when the act is run again. In arena. */
const char *proposal_code_draw(struct request *rq);
/* As typed by hand; NULL when it is none. In arena. */
const char *proposal_code_read(struct arena *arena, const char *typed);
/* The proposal that a code belongs to; ERR_NOT_FOUND. */
enum error proposal_by_code(struct db *db, struct arena *arena, int64_t tenant, const char *code,
                            int64_t *ret_page) MUST_USE;

/* ---- what happened ---- */

#define EVENT_ROW(F, T)                                                                            \
    F(T, choice, event, proposal_event, "what happened")                                           \
    F(T, id, other, , "the proposal it was merged with")                                           \
    F(T, text, other_title, , "of that, when readers see it")                                      \
    F(T, slug, other_slug, , "of that")                                                            \
    F(T, text, words, , "what was said")                                                           \
    F(T, flag, is_public, , "readers see it")                                                      \
    F(T, text, by_name, , "who; none when deleted")                                                \
    F(T, time, at, , "when")
SHAPE(event_row, EVENT_ROW);

/* In order; `everything`: also what readers do not see. At most 200. */
enum error proposal_events_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                                bool everything, struct event_row_list *ret_events) MUST_USE;

struct proposal_happened {
    enum proposal_event event;
    int64_t other;     /* 0 = none */
    const char *words; /* NULL = none */
    bool is_public;
};
/* Inside an act, at rq->now, by the visitor. */
enum error proposal_note(struct db *db, struct request *rq, int64_t page,
                         const struct proposal_happened *happened) MUST_USE;

#define VERDICT_ROW(F, T)                                                                          \
    F(T, int, criterion, , "of the round")                                                         \
    F(T, choice, verdict, proposal_verdict, "see there")                                           \
    F(T, text, reason, , "as readers see it")
SHAPE(verdict_row, VERDICT_ROW);
/* By criterion; those that are not judged have no row. */
enum error proposal_verdicts_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                                  struct verdict_row_list *ret_verdicts) MUST_USE;

/* ---- what is done; each inside an act, ERR_CONFLICT when the revision is another ---- */

/* An officer takes it, or gets it handed over; the first time it is published. */
enum error proposal_take(struct db *db, struct request *rq, const struct proposal *proposal,
                         int64_t officer) MUST_USE;

/* The state alone; `merged_into` of merged. */
enum error proposal_state_put(struct db *db, struct request *rq, const struct proposal *proposal,
                              enum proposal_state state, int64_t merged_into) MUST_USE;

/* What an officer found out. Reasons and verdicts of the round's criteria; a verdict of -1 takes
 * the judgement back. */
struct proposal_finding {
    struct {
        int64_t criterion;
        int verdict;
        const char *reason;
    } judged[30];
    size_t judged_count;
    int64_t investment, running; /* öre; FORM_NONE = not estimated */
    const char *running_bearer, *land, *permits, *reason;
};
enum error proposal_assess(struct db *db, struct request *rq, const struct proposal *proposal,
                           const struct proposal_finding *finding) MUST_USE;

/* Settles what was just assessed: `admitted` or `not_admitted`, with event, mail (K6), task done
 * and audit row. `proposal` as it stood before proposal_assess. */
enum error proposal_settle(struct db *db, struct request *rq, const struct proposal *proposal,
                           enum proposal_state outcome, const char *reason) MUST_USE;

/* Notes that the proposer was told; with it a refusal becomes public (PB-4). */
struct proposal_contacted {
    int64_t page, revision; /* as it is in the database now */
    enum proposal_state state;
    int64_t on; /* day */
    const char *how;
};
enum error proposal_contacted_put(struct db *db, struct request *rq,
                                  const struct proposal_contacted *contacted) MUST_USE;

/* Is assessed anew. */
enum error proposal_reopen(struct db *db, struct request *rq, const struct proposal *proposal)
    MUST_USE;

/* It is no proposal: its sender is told where it went, and it is never shown (LST-5). */
enum error proposal_hand_on(struct db *db, struct request *rq, const struct proposal *proposal,
                            const char *words) MUST_USE;

/* ---- similar ones ---- */

#define SIMILAR_ROW(F, T)                                                                          \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, int, number, , "in the round")                                                            \
    F(T, text, title, , "of it")                                                                   \
    F(T, text, lead, , "of it")                                                                    \
    F(T, text, body, , "of it")                                                                    \
    F(T, text, place, , "of it")
SHAPE(similar_row, SIMILAR_ROW);

/* The nearest of those that readers see in the round, at most five, the nearest first. `page` 0, or
 * the proposal itself. One statement. */
struct similar_wish {
    int64_t campaign, page, pot;
    const char *title, *lead, *body, *place;
};
enum error proposals_similar(struct db *db, struct arena *arena, int64_t tenant,
                             const struct similar_wish *wish, struct similar_row_list *ret_similar)
    MUST_USE;

/* ---- who may ---- */

/* Assesses: case officers all of them (and takes them over), process leaders see. */
bool proposal_assesses(const struct request *rq);
bool proposal_sees_all(const struct request *rq);
/* Enters what came by telephone or paper. */
bool proposal_enters(const struct request *rq);
/* ERR_NOT_FOUND unless its page is published or the visitor may see it as it stands. */
enum error proposal_admit(const struct request *rq, const struct proposal *proposal) MUST_USE;

/* True once the rules of the vote are locked. */
bool campaign_is_locked(const struct campaign_whole *campaign);

/* An audit row about a proposal's page. */
enum error proposal_audit(struct db *db, struct request *rq, const char *act, int64_t page,
                          const char *reason) MUST_USE;

#endif
