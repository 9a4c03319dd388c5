/* What the public pages of proposals show. */
#ifndef RADSLAG_PROPOSALS_VIEWS_H
#define RADSLAG_PROPOSALS_VIEWS_H

#include "budgets/proposals/proposals.h"

/* ---- the list ---- */

#define LIST_FILTER(F, T)                                                                          \
    F(T, text, label, , "of the link")                                                             \
    F(T, url, address, , "the list narrowed so")                                                   \
    F(T, int, count, , "of proposals; meaningless unless has_count")                               \
    F(T, flag, has_count, , "they were counted")                                                   \
    F(T, flag, chosen, , "shown now")
SHAPE(list_filter, LIST_FILTER);

#define PROPOSALS_FORM(F, T)                                                                       \
    F(T, text, q, , OPTIONAL, 100, none, "a part of title, lead or place")                         \
    F(T, number, pot, , OPTIONAL, 1000, none, "of the round")                                      \
    F(T, text, state, , OPTIONAL, 20, none, "code of proposal_standing")                           \
    F(T, text, place, , OPTIONAL, 100, none, "one of the round's places")                          \
    F(T, number, page, , OPTIONAL, 1000, none, "from 1")                                           \
    F(T, number, shuffle, , OPTIONAL, 31, none, "which of the orders drawn")
FORM(proposals_form, PROPOSALS_FORM);

#define PROPOSALS_VIEW(F, T)                                                                       \
    F(T, text, campaign, , "title of the round")                                                   \
    F(T, url, campaign_address, , "of the round")                                                  \
    F(T, int, came_in, , "proposals that readers see, of the whole round")                         \
    F(T, int, total, , "that fit what was asked for")                                              \
    F(T, int, shown, , "of them on this page")                                                     \
    F(T, int, page, , "of the list, from 1")                                                       \
    F(T, int, pages, , "of the list")                                                              \
    F(T, choice, order, proposal_order, "see there")                                               \
    F(T, int, shuffle, , "which of the orders drawn")                                              \
    F(T, text, search, , "what was looked for")                                                    \
    F(T, flag, is_narrowed, , "by pot, place, state or words")                                     \
    F(T, int, pot, , "chosen; 0 = all")                                                            \
    F(T, slug, state, , "chosen; none = the usual")                                                \
    F(T, text, place, , "chosen; none = all")                                                      \
    F(T, url, here, , "the list without being narrowed")                                           \
    F(T, list, pots, list_filter, "with counts")                                                   \
    F(T, list, standings, list_filter, "with counts")                                              \
    F(T, list, places, list_filter, "of the round")                                                \
    F(T, list, proposals, proposal_line, "in order")                                               \
    F(T, url, previous, , "none on the first page")                                                \
    F(T, url, next, , "none on the last")                                                          \
    F(T, url, propose, , "where one proposes; none unless proposals are taken in")                 \
    F(T, time, propose_until, , "as stored")                                                       \
    F(T, time, opens_at, , "when proposals will be taken in; none = open, over or not known")
SHAPE(proposals_view, PROPOSALS_VIEW);

/* ---- one proposal ---- */

#define WAY_STATE(C, T)                                                                            \
    C(T, done, "behind us")                                                                        \
    C(T, now, "under way")                                                                         \
    C(T, next, "to come")
CHOICES(way_state, WAY_STATE);

#define WAY_STEP(F, T)                                                                             \
    F(T, text, name, , "of the step")                                                              \
    F(T, text, when, , "as people read it")                                                        \
    F(T, choice, state, way_state, "see there")
SHAPE(way_step, WAY_STEP);

#define JUDGED_VIEW(F, T)                                                                          \
    F(T, text, title, , "of the criterion")                                                        \
    F(T, choice, verdict, proposal_verdict, "see there")                                           \
    F(T, text, reason, , "why")
SHAPE(judged_view, JUDGED_VIEW);

#define HAPPENED_VIEW(F, T)                                                                        \
    F(T, choice, event, proposal_event, "what happened")                                           \
    F(T, text, words, , "what was said; none = nothing")                                           \
    F(T, text, other_title, , "the proposal it was merged with")                                   \
    F(T, url, other, , "of that")                                                                  \
    F(T, time, at, , "when")
SHAPE(happened_view, HAPPENED_VIEW);

/* What readers see of the vote's result for it. */
#define STOOD_VIEW(F, T)                                                                           \
    F(T, int, votes, , "or points")                                                                \
    F(T, int, place, , "in its pot")                                                               \
    F(T, flag, selected, , "got money by the vote")
SHAPE(stood_view, STOOD_VIEW);

#define PROPOSAL_VIEW(F, T)                                                                        \
    F(T, id, id, , "page")                                                                         \
    F(T, int, number, , "in the round")                                                            \
    F(T, text, title, , "as its proposer wrote it")                                                \
    F(T, text, lead, , "one or two sentences")                                                     \
    F(T, slug, language, , "it is written in")                                                     \
    F(T, html, body, , "why and for whom")                                                         \
    F(T, text, campaign, , "title of the round")                                                   \
    F(T, url, campaign_address, , "of the round")                                                  \
    F(T, url, list_address, , "all proposals of the round")                                        \
    F(T, choice, state, proposal_state, "as readers are told")                                     \
    F(T, list, way, way_step, "the steps of its way")                                              \
    F(T, int, way_number, , "of the present step, from 1; 0 = its way has ended")                  \
    F(T, int, way_count, , "of steps")                                                             \
    F(T, text, way_name, , "of the present step")                                                  \
    F(T, text, pot, , "title")                                                                     \
    F(T, text, place, , "in words")                                                                \
    F(T, money, wished, , "as the proposer thinks; meaningless unless has_wished")                 \
    F(T, flag, has_wished, , "the proposer said it")                                               \
    F(T, text, proposer, , "name; none = not shown")                                               \
    F(T, choice, proposer_kind, proposer_kind, "see there")                                        \
    F(T, choice, channel, proposal_channel, "how it came in")                                      \
    F(T, time, received_at, , "when")                                                              \
    F(T, flag, is_assessed, , "it has an outcome that readers are told")                           \
    F(T, list, judged, judged_view, "by the criteria of the round")                                \
    F(T, text, officer, , "who assessed it")                                                       \
    F(T, time, outcome_at, , "when it was settled")                                                \
    F(T, text, outcome_reason, , "why it does not go on, or a word on the way")                    \
    F(T, time, contacted_on, , "day the proposer was told")                                        \
    F(T, text, reply, , "the proposer's reply")                                                    \
    F(T, text, reply_answer, , "and what was answered")                                            \
    F(T, money, investment, , "meaningless unless has_investment")                                 \
    F(T, flag, has_investment, , "it was estimated")                                               \
    F(T, money, running, , "a year; meaningless unless has_running")                               \
    F(T, flag, has_running, , "it was estimated")                                                  \
    F(T, text, running_bearer, , "who pays that")                                                  \
    F(T, text, land, , "who controls the land")                                                    \
    F(T, text, permits, , "which are needed")                                                      \
    F(T, text, merged_title, , "the proposal it became part of")                                   \
    F(T, url, merged_address, , "of that")                                                         \
    F(T, list, happened, happened_view, "the newest first")                                        \
    F(T, one, stood, stood_view, "in the public result")                                           \
    F(T, one, project, project_brief, "when it is carried out")                                    \
    F(T, url, project_address, , "where that is told")                                             \
    F(T, url, own, , "for its proposer: answering, replying, taking back")                         \
    F(T, url, assess, , "for officers")                                                            \
    F(T, flag, is_public, , "readers see it")                                                      \
    F(T, time, vote_from, , "when the vote begins; none = not known")                              \
    F(T, time, vote_until, , "when it ends, as stored")                                            \
    F(T, time, updated_at, , "last change")
SHAPE(proposal_view, PROPOSAL_VIEW);

#endif
