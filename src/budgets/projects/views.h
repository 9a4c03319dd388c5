/* What the pages, forms and mails of projects show and ask. */
#ifndef RADSLAG_BUDGETS_PROJECTS_VIEWS_H
#define RADSLAG_BUDGETS_PROJECTS_VIEWS_H

#include "budgets/projects/projects.h"
#include "frame/frame.h"
#include "platform/view/form.h"

/* ---- for everybody ---- */

#define PROJECT_VIEW(F, T)                                                                         \
    F(T, id, page, , "of the proposal, to be followed")                                            \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, url, proposal, , "of the proposal")                                                       \
    F(T, text, campaign, , "title of the round")                                                   \
    F(T, url, campaign_address, , "of the round")                                                  \
    F(T, url, result, , "of the round")                                                            \
    F(T, list, steps, step_view, "its way; none when it was dropped")                              \
    F(T, int, step_number, , "of the present step, from 1")                                        \
    F(T, int, step_count, , "of all")                                                              \
    F(T, text, step_name, , "of the present step")                                                 \
    F(T, choice, state, project_state, "see there")                                                \
    F(T, text, latest, , "the latest news; none = nothing has been told yet")                      \
    F(T, text, department, , "who answers for it; none = not known yet")                           \
    F(T, text, contact, , "how they are reached")                                                  \
    F(T, time, planned_on, , "day it is to be ready; none = not known yet")                        \
    F(T, flag, is_overdue, , "that day has passed, and it is not ready")                           \
    F(T, money, estimate, , "öre: assessed before the vote; meaningless unless has_estimate")      \
    F(T, flag, has_estimate, , "it was assessed")                                                  \
    F(T, money, cost_now, , "öre so far; meaningless unless has_cost")                             \
    F(T, flag, has_cost, , "something has been spent")                                             \
    F(T, money, over, , "öre above the estimate; 0 = not above")                                   \
    F(T, time, opening_at, , "when it is opened; none = not known yet")                            \
    F(T, text, opening_place, , "where")                                                           \
    F(T, url, calendar, , "the opening as a calendar file; none = not known yet")                  \
    F(T, flag, is_to_come, , "the opening has not been yet")                                       \
    F(T, url, decision, , "of the body about the result")                                          \
    F(T, url, dropped, , "the decision that dropped it")                                           \
    F(T, list, news, project_news_row, "newest first")                                             \
    F(T, url, edit, , "for those who lead it")
SHAPE(project_view, PROJECT_VIEW);

/* ---- for staff ---- */

/* States that are said; dropped comes by a decision. */
#define PROJECT_SAID(C, T)                                                                         \
    C(T, decided, "to be carried out")                                                             \
    C(T, ongoing, "under way")                                                                     \
    C(T, delayed, "under way, later than was said")                                                \
    C(T, done, "ready")                                                                            \
    C(T, opened, "opened")
CHOICES(project_said, PROJECT_SAID);

#define PROJECT_FORM(F, T)                                                                         \
    F(T, choice, state, project_said, REQUIRED, 0, proposal, "see there")                          \
    F(T, text, department, , REQUIRED, 120, proposal, "who answers for it")                        \
    F(T, text, contact, , OPTIONAL, 200, proposal, "how they are reached")                         \
    F(T, date, planned_on, , OPTIONAL, 0, proposal, "day it is to be ready")                       \
    F(T, money, cost_now, , OPTIONAL, 0, proposal, "kronor so far")                                \
    F(T, date, opening_on, , OPTIONAL, 0, proposal, "day of the opening")                          \
    F(T, clock, opening_clock, , OPTIONAL, 0, proposal, "time of day")                             \
    F(T, text, opening_place, , OPTIONAL, 200, proposal, "where")                                  \
    F(T, lines, words, , OPTIONAL, 1000, proposal, "what has happened; of a new day, why")         \
    F(T, flag, anyway, , OPTIONAL, 0, proposal, "goes on although the decision can be appealed")   \
    F(T, number, revision, , OPTIONAL, 0, none, "the version that was read")
FORM(project_form, PROJECT_FORM);

#define PROJECT_EDIT_VIEW(F, T)                                                                    \
    F(T, id, page, , "of the proposal")                                                            \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, slug, slug, , "of the proposal")                                                          \
    F(T, url, back, , "all projects of the round")                                                 \
    F(T, int, revision, , "the version that is shown")                                             \
    F(T, choice, state, project_state, "see there")                                                \
    F(T, flag, is_open, , "it can still change")                                                   \
    F(T, flag, is_in_force, , "the decision has gained legal force")                               \
    F(T, time, appeal_until, , "first instant too late; none = the minutes are not posted")        \
    F(T, flag, may_drop, , "the visitor may record that it is dropped")
SHAPE(project_edit_view, PROJECT_EDIT_VIEW);

#define PROJECT_LINE(F, T)                                                                         \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, url, address, , "where it is changed")                                                    \
    F(T, choice, state, project_state, "see there")                                                \
    F(T, text, department, , "who answers for it; none = nobody yet")                              \
    F(T, time, planned_on, , "day it is to be ready")                                              \
    F(T, flag, is_overdue, , "that day has passed, and it is not ready")                           \
    F(T, int, days, , "late")
SHAPE(project_line, PROJECT_LINE);

#define PROJECTS_VIEW(F, T)                                                                        \
    F(T, text, campaign, , "title of the round")                                                   \
    F(T, url, result, , "of the round")                                                            \
    F(T, int, count, , "projects")                                                                 \
    F(T, int, overdue, , "of them, past their day")                                                \
    F(T, int, unplanned, , "of them, without department or day")                                   \
    F(T, flag, is_in_force, , "the decision has gained legal force")                               \
    F(T, time, appeal_until, , "first instant too late; none = the minutes are not posted")        \
    F(T, list, projects, project_line, "nearest day first")
SHAPE(projects_view, PROJECTS_VIEW);

/* ---- mail ---- */

#define PROJECT_NEWS_FACTS(F, T)                                                                   \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, choice, state, project_state, "see there")                                                \
    F(T, time, planned_on, , "day it is to be ready; none = not known")                            \
    F(T, text, words, , "what has happened; none = nothing was written")                           \
    F(T, url, address, , "of the project")
SHAPE(project_news_facts, PROJECT_NEWS_FACTS);

#define PROJECT_OPENING_FACTS(F, T)                                                                \
    F(T, text, title, , "of the proposal")                                                         \
    F(T, time, opening_at, , "when")                                                               \
    F(T, text, opening_place, , "where")                                                           \
    F(T, url, address, , "of the project")                                                         \
    F(T, url, calendar, , "the opening as a calendar file")
SHAPE(project_opening_facts, PROJECT_OPENING_FACTS);

#endif
