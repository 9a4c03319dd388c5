/* What the pages of proposing ask and show. */
#ifndef RADSLAG_PROPOSE_H
#define RADSLAG_PROPOSE_H

#include "budgets/proposals/proposals.h"
#include "pages/drafts/drafts.h"

/* How staff got what they enter for somebody else. */
#define ENTERED_CHANNEL(C, T)                                                                      \
    C(T, telephone, "the proposer is, or was, on the line")                                        \
    C(T, paper, "a paper came in")
CHOICES(entered_channel, ENTERED_CHANNEL);

#define PROPOSE_FORM(F, T)                                                                         \
    F(T, choice, channel, entered_channel, OPTIONAL, 0, proposal, "of staff: how it came")         \
    F(T, date, received_on, , OPTIONAL, 0, proposal, "of staff: the day the paper came")           \
    F(T, text, title, , REQUIRED, 100, proposal, "what is proposed, in a few words")               \
    F(T, lines, lead, , REQUIRED, 300, proposal, "the same in one or two sentences")               \
    F(T, lines, body, , REQUIRED, 5000, proposal, "why, and for whom")                             \
    F(T, option, area, , OPTIONAL, 0, proposal, "one of the round's places")                       \
    F(T, text, place, , REQUIRED, 200, proposal, "where, in words")                                \
    F(T, money, wished, , OPTIONAL, 0, proposal, "what it may cost, as the proposer thinks")       \
    F(T, option, pot, , REQUIRED, 0, proposal, "of the round")                                     \
    F(T, choice, proposer_kind, proposer_kind, REQUIRED, 0, proposal, "who proposes")              \
    F(T, text, association, , OPTIONAL, 120, proposer, "name of the association")                  \
    F(T, text, organisation_no, , OPTIONAL, 20, proposer, "of the association")                    \
    F(T, text, name, , REQUIRED, 100, proposer, "of the proposer or contact person")               \
    F(T, email, email, , OPTIONAL, 254, proposer, "of staff: the proposer's, when there is one")   \
    F(T, text, phone, , OPTIONAL, 40, proposer, "how we reach the proposer")                       \
    F(T, flag, is_child, , OPTIONAL, 0, proposer, "the proposer is under 18")                      \
    F(T, text, adult, , OPTIONAL, 200, proposer, "a child's adult contact")                        \
    F(T, flag, show_name, , OPTIONAL, 0, proposer, "the name may be shown")
FORM(propose_form, PROPOSE_FORM);

#define PROPOSE_STEP(C, T)                                                                         \
    C(T, came, "of staff: how it came in")                                                         \
    C(T, what, "title and lead")                                                                   \
    C(T, why, "why and for whom")                                                                  \
    C(T, where, "the place")                                                                       \
    C(T, cost, "wished cost")                                                                      \
    C(T, pot, "which pot")                                                                         \
    C(T, who, "who proposes")                                                                      \
    C(T, reach, "how the proposer is reached, and the name")                                       \
    C(T, similar, "those that are like it")                                                        \
    C(T, check, "all answers")
CHOICES(propose_step, PROPOSE_STEP);

#define BEGUN_PROPOSAL(F, T)                                                                       \
    F(T, id, id, , "draft")                                                                        \
    F(T, text, title, , "as far as it is known")                                                   \
    F(T, url, address, , "where it is taken up again")                                             \
    F(T, time, ends_at, , "when it is thrown away")
SHAPE(begun_proposal, BEGUN_PROPOSAL);

#define SIMILAR_VIEW(F, T)                                                                         \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, text, lead, , "of it")                                                                    \
    F(T, text, place, , "of it")                                                                   \
    F(T, url, address, , "where it is read")
SHAPE(similar_view, SIMILAR_VIEW);

#define PROPOSE_POT(F, T)                                                                          \
    F(T, text, title, , "of the pot")                                                              \
    F(T, money, sum, , "öre")                                                                      \
    F(T, choice, proposers, pot_proposers, "who may propose in it")
SHAPE(propose_pot, PROPOSE_POT);

#define PROPOSE_VIEW(F, T)                                                                         \
    F(T, text, campaign, , "title of the round")                                                   \
    F(T, url, campaign_address, , "of the round")                                                  \
    F(T, url, proposals, , "those that are there")                                                 \
    F(T, choice, time, propose_time, "whether proposals are taken in now")                         \
    F(T, flag, may_send, , "the form can be handed in")                                            \
    F(T, time, opens_at, , "when it begins; none = not known")                                     \
    F(T, time, closes_at, , "as stored; none = not known")                                         \
    F(T, text, who_may, , "who may propose, as people read it")                                    \
    F(T, flag, enters, , "staff enters it for somebody else")                                      \
    F(T, flag, has_account, , "the address is proved already")                                     \
    F(T, text, account_email, , "that address")                                                    \
    F(T, one, draft, draft_view, "the line of steps; none before the first page is saved")         \
    F(T, choice, step, propose_step, "which page of the form this is")                             \
    F(T, text, question, , "what this page asks")                                                  \
    F(T, url, action, , "where the form is sent")                                                  \
    F(T, url, back, , "the page before")                                                           \
    F(T, list, pots, propose_pot, "of the round")                                                  \
    F(T, list, similar, similar_view, "the nearest first")                                         \
    F(T, list, answers, draft_answer_view, "on the last page")                                     \
    F(T, list, begun, begun_proposal, "own drafts that were not handed in")
SHAPE(propose_view, PROPOSE_VIEW);

/* ---- shared by propose.c and send.c ---- */

/* A round as its proposers meet it. */
struct propose_round {
    struct campaign_whole campaign;
    enum propose_time time;
    int64_t opens_at, closes_at;
    bool enters;   /* staff enters for somebody else, until the rules are locked */
    bool may_send; /* a proposal can be handed in now */
    struct draft_kind kind;
};
enum error propose_round_find(struct db *db, struct request *rq, struct propose_round *ret_round)
    MUST_USE;

/* Options of pot and area; two lists in one. */
const struct form_options *propose_options(struct request *rq, const struct campaign_whole *round);

/* What the fields do not say by themselves: options, the association's pot and number, a child's
 * adult, what is not to be public, staff's own questions. Adds to `errors`. */
void propose_judge(struct request *rq, const struct propose_round *round,
                   const struct propose_form *form, struct form_errors *errors);

/* Address of a step of a draft, by its number among the kind's. */
const char *propose_address(struct request *rq, const struct propose_round *round, int64_t draft,
                            int step);

/* Takes the proposal in, with receipt and mail; inside an act. */
enum error propose_send(struct request *rq, struct db *db, const struct propose_round *round,
                        const struct propose_form *form) MUST_USE;

#endif
