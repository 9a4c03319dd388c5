/* What officers see and fill in. */
#ifndef RADSLAG_PROPOSALS_ASSESS_H
#define RADSLAG_PROPOSALS_ASSESS_H

#include "budgets/proposals/own.h"
#include "budgets/proposals/views.h"

/* ---- the list ---- */

#define ASSESSMENT_WHICH(C, T)                                                                     \
    C(T, open, "not settled")                                                                      \
    C(T, fresh, "nobody has taken them")                                                           \
    C(T, mine, "the visitor's own, with something left to do")                                     \
    C(T, contact, "their proposers are to be told or answered")                                    \
    C(T, settled, "with an outcome")                                                               \
    C(T, all, "every one")
CHOICES(assessment_which, ASSESSMENT_WHICH);

#define ASSESSMENT_LINE(F, T)                                                                      \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, int, number, , "in the round")                                                            \
    F(T, text, title, , "of it")                                                                   \
    F(T, int, pot, , "of the round")                                                               \
    F(T, text, pot_title, , "as shown")                                                            \
    F(T, choice, channel, proposal_channel, "how it came")                                         \
    F(T, choice, state, proposal_state, "as it is")                                                \
    F(T, time, received_at, , "when it came in")                                                   \
    F(T, id, officer, , "account; none = nobody")                                                  \
    F(T, text, officer_name, , "of that")                                                          \
    F(T, flag, has_investment, , "its cost is estimated")                                          \
    F(T, flag, must_contact, , "its proposer is to be told")                                       \
    F(T, flag, must_answer, , "its proposer replied")
SHAPE(assessment_line, ASSESSMENT_LINE);

#define ASSESSMENT_ITEM(F, T)                                                                      \
    ASSESSMENT_LINE(F, T)                                                                          \
    F(T, int, days, , "since it came in")
SHAPE(assessment_item, ASSESSMENT_ITEM);

#define ASSESSMENT_VIEW(F, T)                                                                      \
    F(T, text, campaign, , "title of the round")                                                   \
    F(T, url, campaign_address, , "of the round")                                                  \
    F(T, int, waiting, , "not settled")                                                            \
    F(T, int, fresh, , "of these, taken by nobody")                                                \
    F(T, int, contact, , "proposers to tell or answer")                                            \
    F(T, choice, which, assessment_which, "what is shown")                                         \
    F(T, list, filters, list_filter, "with counts")                                                \
    F(T, list, pots, list_filter, "of the round")                                                  \
    F(T, list, proposals, assessment_item, "those that have waited longest first")                 \
    F(T, url, next, , "the next forty")                                                            \
    F(T, url, enter, , "where one that came otherwise is entered")                                 \
    F(T, time, assessed_at, , "last day of the assessment, as stored; none = not known")
SHAPE(assessment_view, ASSESSMENT_VIEW);

/* ---- one ---- */

#define ASSESS_OUTCOME(C, T)                                                                       \
    C(T, later, "is saved, not settled")                                                           \
    C(T, admitted, "goes to the vote")                                                             \
    C(T, not_admitted, "does not")
CHOICES(assess_outcome, ASSESS_OUTCOME);

/* The judgements by criteria come beside it, as verdict_N and reason_N: how many there are is the
 * round's. */
#define ASSESS_FORM(F, T)                                                                          \
    F(T, id, revision, , REQUIRED, 0, none, "the version that was seen")                           \
    F(T, money, investment, , OPTIONAL, 0, proposal, "what it costs to make")                      \
    F(T, money, running, , OPTIONAL, 0, proposal, "what it costs a year")                          \
    F(T, text, running_bearer, , OPTIONAL, 200, proposal, "who pays the running cost")             \
    F(T, text, land, , OPTIONAL, 400, proposal, "who controls the land")                           \
    F(T, text, permits, , OPTIONAL, 400, proposal, "which permits are needed")                     \
    F(T, choice, outcome, assess_outcome, OPTIONAL, 0, proposal, "see there")                      \
    F(T, lines, reason, , OPTIONAL, 2000, proposal, "why, as readers see it")                      \
    F(T, date, contacted_on, , OPTIONAL, 0, proposal, "day the proposer was told")                 \
    F(T, text, contacted_how, , OPTIONAL, 100, proposal, "telephone, meeting, letter")             \
    F(T, lines, question, , OPTIONAL, 2000, proposal, "to the proposer")                           \
    F(T, lines, note, , OPTIONAL, 2000, proposal, "what the proposer said, on the telephone")      \
    F(T, lines, reply_answer, , OPTIONAL, 2000, proposal, "to the proposer's reply")               \
    F(T, option, officer, , OPTIONAL, 0, none, "who is to assess it instead")                      \
    F(T, lines, hand_over_why, , OPTIONAL, 400, proposal, "why; a stake in it, for example")       \
    F(T, number, merge_number, , OPTIONAL, 100000, none, "number of the other proposal")           \
    F(T, lines, merge_reason, , OPTIONAL, 1000, proposal, "why the two could be one")              \
    F(T, choice, merge_says, merge_answer, OPTIONAL, 0, proposal, "answered on the telephone")     \
    F(T, lines, hand_on, , OPTIONAL, 1000, proposal, "to the sender of what is no proposal")
FORM(assess_form, ASSESS_FORM);

#define VERDICT_OPTION(F, T)                                                                       \
    F(T, slug, id, , "of the input")                                                               \
    F(T, slug, code, , "of proposal_verdict")                                                      \
    F(T, choice, verdict, proposal_verdict, "see there")                                           \
    F(T, flag, chosen, , "as judged or typed")
SHAPE(verdict_option, VERDICT_OPTION);

#define CRITERION_VIEW(F, T)                                                                       \
    F(T, int, criterion, , "of the round")                                                         \
    F(T, text, title, , "of it")                                                                   \
    F(T, text, about, , "what it means")                                                           \
    F(T, list, options, verdict_option, "met, partly, not")                                        \
    F(T, text, reason, , "as judged or typed")                                                     \
    F(T, text, shown, , "word of the verdict, for those who read; none = not judged")
SHAPE(criterion_view, CRITERION_VIEW);

#define ASSESS_VIEW(F, T)                                                                          \
    F(T, id, id, , "page")                                                                         \
    F(T, one, proposal, proposal, "as it stands")                                                  \
    F(T, html, body, , "why and for whom")                                                         \
    F(T, one, contact, proposal_contact, "how its proposer is reached; none = imported")           \
    F(T, text, organisation_no, , "as people read it")                                             \
    F(T, url, list_address, , "the officers' list")                                                \
    F(T, url, campaign_address, , "of the round")                                                  \
    F(T, url, address, , "where everybody reads it; none before it is taken")                      \
    F(T, int, days, , "since it came in")                                                          \
    F(T, flag, locked, , "the rules of the vote are fixed")                                        \
    F(T, flag, is_mine, , "the visitor assesses it")                                               \
    F(T, flag, may_take, , "the visitor can take it, or take it over")                             \
    F(T, flag, may_assess, , "the form is open")                                                   \
    F(T, flag, may_settle, , "with an outcome")                                                    \
    F(T, flag, may_ask, , "the proposer")                                                          \
    F(T, flag, may_contact, , "it is to be noted that the proposer was told")                      \
    F(T, flag, may_reopen, , "is assessed anew")                                                   \
    F(T, flag, may_answer_reply, , "the proposer replied")                                         \
    F(T, flag, may_merge, , "a merge can be proposed")                                             \
    F(T, flag, may_hand_on, , "it is no proposal")                                                 \
    F(T, flag, in_conflict, , "somebody else saved meanwhile: what was typed is kept")             \
    F(T, text, saved_outcome, , "what stands now, when in conflict")                               \
    F(T, list, criteria, criterion_view, "of the round")                                           \
    F(T, flag, no_investment, , "missing before the vote (PB-19)")                                 \
    F(T, flag, no_running, , "missing before the vote")                                            \
    F(T, flag, no_land, , "missing before the vote")                                               \
    F(T, flag, no_permits, , "missing before the vote")                                            \
    F(T, flag, too_dear, , "dearer than its pot")                                                  \
    F(T, one, merge, merge_view, "when one waits")                                                 \
    F(T, list, similar, list_filter, "proposals about the same thing")                             \
    F(T, list, happened, happened_view, "newest first")
SHAPE(assess_view, ASSESS_VIEW);

/* Case officers as options of the field officer, without the visitor. */
enum error assess_officers(struct db *db, struct request *rq,
                           const struct form_options **ret_options) MUST_USE;

#endif
