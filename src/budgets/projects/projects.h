/* What the files of projects share. */
#ifndef RADSLAG_BUDGETS_PROJECTS_H
#define RADSLAG_BUDGETS_PROJECTS_H

#include "budgets/budgets.h"
#include "budgets/projects/rules.h"

#define PROJECT_ROW(F, T)                                                                          \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, id, campaign, , "page of the round")                                                      \
    F(T, choice, state, project_state, "see there")                                                \
    F(T, text, department, , "who answers for it")                                                 \
    F(T, text, contact, , "how they are reached")                                                  \
    F(T, time, planned_on, , "day it is to be ready; none = not known yet")                        \
    F(T, money, cost_now, , "öre so far; meaningless unless has_cost")                             \
    F(T, flag, has_cost, , "something has been spent")                                             \
    F(T, time, opening_at, , "when it is opened; none = not known yet")                            \
    F(T, text, opening_place, , "where")                                                           \
    F(T, id, decision, , "that dropped it")                                                        \
    F(T, id, revision, , "counts changes")                                                         \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, slug, slug, , "of the proposal")                                                          \
    F(T, slug, campaign_slug, , "of the round")                                                    \
    F(T, text, campaign_title, , "of the round")                                                   \
    F(T, money, estimate, , "öre: assessed before the vote; meaningless unless has_estimate")      \
    F(T, flag, has_estimate, , "it was assessed")                                                  \
    F(T, id, result_decision, , "of the body about the result")
SHAPE(project_row, PROJECT_ROW);

#define PROJECT_NEWS_ROW(F, T)                                                                     \
    F(T, choice, state, project_state, "from then on")                                             \
    F(T, time, planned_on, , "the day then promised")                                              \
    F(T, text, words, , "one or some sentences")                                                   \
    F(T, time, at, , "when")
SHAPE(project_news_row, PROJECT_NEWS_ROW);

enum { PROJECTS_MAX = 2000, PROJECT_NEWS_MAX = 200 };

/* ERR_NOT_FOUND when the proposal is not carried out. */
enum error project_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                        struct project_row *ret_project) MUST_USE;
/* Those with the nearest day first. */
enum error projects_find(struct db *db, struct arena *arena, int64_t tenant, int64_t campaign,
                         struct project_row_list *ret_projects) MUST_USE;
/* Newest first. */
enum error project_news_find(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                             struct project_news_row_list *ret_news) MUST_USE;

/* Writes a change and its news; inside an act. ERR_CONFLICT when somebody else has changed it.
 * `words` may be empty. Followers and the proposer are told (K13, K14). */
enum error project_put(struct db *db, struct request *rq, const struct project_row *before,
                       const struct project_row *after, const char *words) MUST_USE;

/* Who plans and tells: process leaders, and case officers as their colleagues do. */
bool project_leads(const struct request *rq);

#endif
