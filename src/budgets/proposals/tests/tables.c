/* The program's tables for tests of proposals: pages, log-in's stand-in of the site, proposals. */
#include "budgets/budgets.h"
#include "pages/pages.h"

const struct route *const route_tables[] = {
    start_routes,         contact_routes,  follow_routes,       todo_routes,
    proposal_list_routes, proposal_routes, proposal_own_routes, propose_routes,
    assessment_routes,    assess_routes,   assess_act_routes,   NULL};
const struct mail_kind *const mail_kinds[] = {&page_news_mail,
                                              &news_digest_mail,
                                              &follow_code_mail,
                                              &contact_received_mail,
                                              &contact_answered_mail,
                                              &contact_notice_mail,
                                              &todo_weekly_mail,
                                              &todo_assigned_mail,
                                              &proposal_received_mail,
                                              &proposal_question_mail,
                                              &proposal_merge_mail,
                                              &proposal_outcome_mail,
                                              NULL};
const struct job_kind *const job_kinds[] = {&follow_tell_job, &drafts_end_job, NULL};
const struct page_kind *const page_kinds[] = {&information_kind, &budget_kind, &proposal_kind,
                                              NULL};
const struct register_source *const register_sources[] = {&proposal_register, NULL};
const struct now_source *const now_sources[] = {NULL};
const struct decision_follower *const decision_followers[] = {NULL};
