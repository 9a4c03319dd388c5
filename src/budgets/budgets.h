/* Participatory budgets: rounds with pots, criteria and dated steps; proposals and their
 * assessment; results, what was decided and what became of it. A round and a proposal are pages.
 *
 *   campaigns/   the round: steps, pots, criteria, rules, what is missing, locking
 *   proposals/   proposing, assessing, merging, withdrawing
 *   results/     counting, attesting, publishing
 *   files/       bundles, verification, imports (files/files.h)
 *   projects/    carrying out */
#ifndef RADSLAG_BUDGETS_H
#define RADSLAG_BUDGETS_H

#include "ballots/ballots.h"
#include "budgets/campaigns/rules.h"
#include "budgets/proposals/rules.h"
#include "frame/frame.h"
#include "governance/decisions/decisions.h"
#include "pages/pages.h"

/* ---- the round (campaigns/) ---- */

/* A round as others see it: its own row with the title, lead and state of its page. */
#define CAMPAIGN_ROW(F, T)                                                                         \
    F(T, id, page, , "of the round")                                                               \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, text, title, , "Medborgarbudget 2026")                                                    \
    F(T, text, lead, , "a few sentences")                                                          \
    F(T, choice, page_state, page_state, "of its page")                                            \
    F(T, id, author, , "account")                                                                  \
    F(T, id, page_owner, , "account: the process leader")                                          \
    F(T, id, substitute, , "account")                                                              \
    F(T, id, revision, , "of its page")                                                            \
    F(T, text, places, , "one on each line")                                                       \
    F(T, text, who_may_propose, , "as people read it")                                             \
    F(T, text, who_may_vote, , "as people read it")                                                \
    F(T, choice, eligible, eligible, "see ballots")                                                \
    F(T, choice, ballot_kind, ballot_kind, "see ballots")                                          \
    F(T, int, most_choices, , "in each pot; 0 with a cart")                                        \
    F(T, choice, allocation, campaign_allocation, "see there")                                     \
    F(T, choice, satisfaction, campaign_satisfaction, "see there")                                 \
    F(T, int, least_votes, , "fewer do not get money")                                             \
    F(T, choice, ties, campaign_ties, "see there")                                                 \
    F(T, time, late_until, , "until when paper posted in time is waited for; none = not at all")   \
    F(T, text, leftover, , "what happens to money that is left")                                   \
    F(T, text, origin, , "file it was imported from; none = held here")
SHAPE(campaign, CAMPAIGN_ROW);

/* A round with its parts, and how far it has come at `now`. */
struct campaign_whole {
    struct campaign campaign;
    struct campaign_date_list dates; /* in the order of campaign_step */
    struct campaign_pot_list pots;
    struct campaign_criterion_list criteria;
    struct poll poll;       /* id 0 = there is none yet */
    int64_t framework;      /* decision; 0 = not decided */
    int64_t result_version; /* latest that stands; 0 = none */
    int result_state;       /* enum result_state; meaningless without a version */
    enum campaign_stage stage;
};

/* ERR_NOT_FOUND when there is none; whether the visitor may see it is page_permit's of its page. */
enum error campaign_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                         int64_t now, struct campaign_whole *ret_campaign) MUST_USE;
enum error campaign_by_slug(struct db *db, struct arena *arena, int64_t tenant, const char *slug,
                            int64_t now, struct campaign_whole *ret_campaign) MUST_USE;

/* ERR_NOT_FOUND unless its page is published or the visitor may see it as it stands. */
enum error campaign_admit(const struct request *rq, const struct campaign_whole *campaign) MUST_USE;

/* Published rounds, newest first, at most 100: titles and stages for lists (the start page
 * too). `open_only`: those that are not followed up or archived. */
#define CAMPAIGN_LINE(F, T)                                                                        \
    F(T, id, page, , "of the round")                                                               \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, text, title, , "of its page")                                                             \
    F(T, text, lead, , "a few sentences")                                                          \
    F(T, choice, stage, campaign_stage, "how far it has come")                                     \
    F(T, time, next_at, , "when its stage changes by the clock; none = not known")
SHAPE(campaign_line, CAMPAIGN_LINE);
enum error campaigns_find(struct db *db, struct arena *arena, int64_t tenant, int64_t now,
                          bool open_only, struct campaign_line_list *ret_campaigns) MUST_USE;

/* ---- making a round in one call: the forms, imports, the demonstration, tests ---- */

/* Of `campaign` all is read but page, slug and revision; page_state says whether it is published at
 * once, which wants `framework` (with everything but id and page) unless there is an origin. Texts
 * that are NULL become empty. */
struct campaign_plan {
    struct campaign campaign;
    const char *language; /* NULL = Swedish */
    struct campaign_date_list dates;
    struct campaign_pot_list pots;           /* numbers are given here: 1, 2, 3 … */
    struct campaign_criterion_list criteria; /* the same */
    const struct decision *framework;        /* NULL = not decided */
};

/* Inside an act. ERR_INVALID for dates out of order (PB-1), ERR_FORBIDDEN for one that is to be
 * published without a framework decision. */
enum error campaign_add(struct db *db, struct request *rq, const struct campaign_plan *plan,
                        int64_t *ret_page) MUST_USE;

/* Locks the rules as two persons would, without asking what is missing; inside an act. `secret` is
 * drawn by poll_secret_make, which wants the poll that campaign_poll_put gives. */
enum error campaign_poll_put(struct db *db, struct request *rq, int64_t campaign, int64_t *ret_poll)
    MUST_USE;
enum error campaign_lock(struct db *db, struct request *rq, int64_t campaign, int64_t first,
                         int64_t second, const struct poll_secret *secret) MUST_USE;

/* Canonical JSON of all that decides the result, as it stands: members in a fixed order, no blanks,
 * money in öre, instants RFC 3339. `ret_hash` is its SHA-256, hex. Needs the poll's paper. */
enum error campaign_rules_write(struct db *db, struct arena *arena, int64_t tenant,
                                const struct campaign_whole *campaign, const char **ret_rules,
                                const char **ret_hash) MUST_USE;

/* The date of a step; NULL when it has none. */
const struct campaign_date *campaign_date_of(const struct campaign_whole *campaign,
                                             enum campaign_step step);

/* Steps of the round, and the one thing to do now and until when: for {{>process}} on its own page,
 * {{>steps}} (the line alone) above its other pages. */
enum error campaign_process(const struct request *rq, const struct campaign_whole *campaign,
                            struct process_view *ret_process) MUST_USE;

/* Where the round is read. In arena. */
struct url campaign_address(struct arena *arena, const struct campaign *campaign);

/* ---- proposals (proposals/) ---- */

/* A proposal as lists show it. */
#define PROPOSAL_LINE(F, T)                                                                        \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, int, number, , "in the round")                                                            \
    F(T, text, title, , "as its proposer wrote it")                                                \
    F(T, text, lead, , "one or two sentences")                                                     \
    F(T, int, pot, , "of the round")                                                               \
    F(T, text, pot_title, , "as shown")                                                            \
    F(T, text, place, , "in words")                                                                \
    F(T, money, investment, , "öre; meaningless unless has_investment")                            \
    F(T, flag, has_investment, , "it was estimated")                                               \
    F(T, choice, state, proposal_state, "as readers are told: not_admitted only once contacted")   \
    F(T, time, received_at, , "when it came in")
SHAPE(proposal_line, PROPOSAL_LINE);

/* Proposals as a page of the round lists them: all that readers may know of. */
#define PROPOSAL_ORDER(C, T)                                                                       \
    C(T, drawn, "an order of its own for each seed, so that no place favours (PB-6)")              \
    C(T, newest, "latest received first")                                                          \
    C(T, number, "by number")
CHOICES(proposal_order, PROPOSAL_ORDER);

#define PROPOSAL_PART(C, T)                                                                        \
    C(T, standing, "may still go, or go, to the vote: received, assessed, admitted")               \
    C(T, not_admitted, "do not go to the vote, merged or withdrawn")
CHOICES(proposal_part, PROPOSAL_PART);

struct proposal_filter {
    int64_t pot;        /* 0 = all */
    int part;           /* enum proposal_part */
    const char *search; /* part of title or lead, whatever its case; NULL = all */
    int order;          /* enum proposal_order */
    uint32_t seed;      /* of drawn */
    size_t offset, limit;
};
enum error proposals_find(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                          const struct proposal_filter *filter,
                          struct proposal_line_list *ret_proposals, int64_t *ret_total) MUST_USE;

/* How many there are in each pot, by pot and part; one statement. */
#define PROPOSAL_COUNT(F, T)                                                                       \
    F(T, int, pot, , "of the round")                                                               \
    F(T, int, standing, , "see proposal_part")                                                     \
    F(T, int, not_admitted, , "see proposal_part")                                                 \
    F(T, int, admitted, , "of those that stand, to be voted on")
SHAPE(proposal_count, PROPOSAL_COUNT);
enum error proposal_counts_find(struct db *db, struct arena *arena, int64_t tenant,
                                int64_t campaign, struct proposal_count_list *ret_counts) MUST_USE;

/* All that go to the vote, by number: what a poll's options are made of. */
enum error proposals_admitted(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                              struct proposal_line_list *ret_proposals) MUST_USE;

/* What still hinders locking (PB-4, PB-19), for the check list of the round. */
#define PROPOSALS_MISSING(F, T)                                                                    \
    F(T, int, unsettled, , "proposals without an outcome")                                         \
    F(T, int, not_contacted, , "not admitted, and the proposer was not contacted")                 \
    F(T, int, no_cost, , "admitted without investment or running cost")                            \
    F(T, int, no_land, , "admitted without who controls the land, or permits")                     \
    F(T, int, too_dear, , "admitted, dearer than their pot")                                       \
    F(T, int, admitted, , "go to the vote")
SHAPE(proposals_missing, PROPOSALS_MISSING);
enum error proposals_missing_find(struct db *db, struct arena *arena, int64_t tenant,
                                  int64_t campaign, struct proposals_missing *ret_missing) MUST_USE;

/* Makes an admitted, published proposal without a proposer: imports of real elections. Of `line`
 * the fields number (0 = the next), pot, place, investment, has_investment and received_at are
 * read. Inside an act or import. `words` as page_add wants them. */
enum error proposal_import(struct db *db, struct request *rq, int64_t campaign,
                           const struct proposal_line *line, const struct page_text *words,
                           int64_t *ret_page) MUST_USE;

/* ---- results (results/) ---- */

#define RESULT_STATE(C, T)                                                                         \
    C(T, preliminary, "counted; staff alone see it")                                               \
    C(T, recommended, "attested and public; advice to the body")                                   \
    C(T, decided, "the body has decided")                                                          \
    C(T, replaced, "a later count stands in its place")
CHOICES(result_state, RESULT_STATE);

#define RESULT_WHY(C, T)                                                                           \
    C(T, selected, "gets money")                                                                   \
    C(T, no_room, "costs more than what was left at its turn")                                     \
    C(T, too_few, "fewer votes than the least")                                                    \
    C(T, after_stop, "an earlier one did not fit, and the rule stops there")
CHOICES(result_why, RESULT_WHY);

#define RESULT_ROW(F, T)                                                                           \
    F(T, int, option, , "of the poll")                                                             \
    F(T, int, pot, , "of the round")                                                               \
    F(T, int, place, , "in the pot, in the order of the count")                                    \
    F(T, id, page, , "of the proposal; none = it has no page")                                     \
    F(T, text, title, , "as on the ballot")                                                        \
    F(T, int, votes, , "ballots that chose it, or points")                                         \
    F(T, money, cost, , "öre")                                                                     \
    F(T, flag, selected, , "by the vote")                                                          \
    F(T, money, left_after, , "öre in the pot afterwards")                                         \
    F(T, choice, why, result_why, "see there")                                                     \
    F(T, int, lacks_votes, , "so many more would have sufficed; 0 = no number would")              \
    F(T, money, lacks_money, , "öre: so much cheaper would have sufficed; 0 = no price would")     \
    F(T, flag, tie, , "its place was decided by the tie rule")
SHAPE(result_row, RESULT_ROW);

/* Where one proposal stood in the public result; ERR_NOT_FOUND before it is public. */
enum error result_of_proposal(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                              int64_t now, struct result_row *ret_row) MUST_USE;

/* Counts, attests and sets the minute in one call, for the demonstration and tests: the visitor
 * counts at rq->now. Inside an act; ERR_CONFLICT unless the poll is sealed. */
struct result_plan {
    int64_t attested_by; /* another account */
    int64_t publish_at;
};
enum error result_add(struct db *db, struct request *rq, int64_t campaign,
                      const struct result_plan *plan) MUST_USE;

/* What the body says of each row, before its decision is recorded (decision_add, kind result): the
 * opposite of the vote for these options, with the reason; none of them = it follows the vote.
 * Inside an act. ERR_CONFLICT unless there is a public result, ERR_INVALID without a reason
 * (PB-18). */
enum error result_follow(struct db *db, struct request *rq, int64_t campaign,
                         const int64_t *options, size_t count, const char *reason) MUST_USE;

/* The files of a public result, for its page; empty before it is public. */
#define RESULT_FILE(F, T)                                                                          \
    F(T, text, name, , "what it holds, as people read it")                                         \
    F(T, url, address, , "where it is")                                                            \
    F(T, text, about, , "kind and size: ZIP, 212 kB")
SHAPE(result_file, RESULT_FILE);
enum error files_of_result(const struct request *rq, const struct campaign_whole *campaign,
                           struct result_file_list *ret_files) MUST_USE;

/* ---- projects (projects/) ---- */

#define PROJECT_STATE(C, T)                                                                        \
    C(T, decided, "to be carried out")                                                             \
    C(T, ongoing, "under way")                                                                     \
    C(T, delayed, "under way, later than was said")                                                \
    C(T, done, "ready")                                                                            \
    C(T, opened, "opened")                                                                         \
    C(T, dropped, "not carried out, by a decision")
CHOICES(project_state, PROJECT_STATE);

/* Begins carrying out what was decided, inside the act that records the decision. */
enum error project_begin(struct db *db, struct request *rq, int64_t campaign, int64_t page)
    MUST_USE;

/* What a proposal's own page tells of its project: how far it is, and what was said last. */
#define PROJECT_BRIEF(F, T)                                                                        \
    F(T, choice, state, project_state, "see there")                                                \
    F(T, time, begun_at, , "when it was under way first; none = not yet")                          \
    F(T, time, done_at, , "when it was ready; none = not yet")                                     \
    F(T, time, planned_on, , "day it is to be ready; none = not known yet")                        \
    F(T, time, opening_at, , "when it is opened; none = not known yet")                            \
    F(T, text, words, , "what was said last; none = nothing yet")                                  \
    F(T, time, told_at, , "when that was said")
SHAPE(project_brief, PROJECT_BRIEF);

/* ERR_NOT_FOUND when the proposal is not carried out. */
enum error project_brief_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                              struct project_brief *ret_brief) MUST_USE;

/* A change of a project in one call, for the demonstration and tests: what is said is judged by
 * nobody. Texts that are NULL stay as they are, instants that are INSTANT_NONE too. Inside an act,
 * at rq->now. */
struct project_plan {
    enum project_state state;
    const char *department, *contact, *words, *opening_place;
    int64_t planned_on, opening_at;
    int64_t cost_now; /* öre; below 0 = stays */
};
enum error project_tell(struct db *db, struct request *rq, int64_t page,
                        const struct project_plan *plan) MUST_USE;

/* ---- what main collects ---- */

extern const struct page_kind budget_kind, proposal_kind; /* "/budgets/%s", "/proposals/%s" */

extern const struct route campaign_routes[], campaign_setup_routes[], campaign_dates_routes[],
    campaign_manage_routes[], campaign_lock_routes[], proposal_list_routes[], proposal_routes[],
    proposal_own_routes[], propose_routes[], assessment_routes[], assess_routes[],
    assess_act_routes[], result_routes[], count_routes[], decide_routes[], project_routes[],
    project_staff_routes[];
extern const struct mail_kind proposal_received_mail, proposal_question_mail, proposal_merge_mail,
    proposal_outcome_mail, result_public_mail, decision_mail, project_news_mail,
    project_opening_mail;
extern const struct job_kind result_publish_job, result_decided_job;
extern const struct register_source proposal_register;
extern const struct decision_follower campaign_decision_follower, result_decision_follower,
    project_decision_follower;
extern const struct now_source campaign_now;

#endif
