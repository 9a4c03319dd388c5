/* The program's tables for tests of budgets: rounds, proposals and the pages beside them. */
#include "budgets/budgets.h"
#include "budgets/files/files.h"

const struct route *const route_tables[] = {start_routes,
                                            follow_routes,
                                            todo_routes,
                                            decision_routes,
                                            campaign_routes,
                                            campaign_setup_routes,
                                            campaign_dates_routes,
                                            campaign_manage_routes,
                                            campaign_lock_routes,
                                            proposal_routes,
                                            result_routes,
                                            count_routes,
                                            decide_routes,
                                            file_routes,
                                            project_routes,
                                            project_staff_routes,
                                            NULL};
const struct mail_kind *const mail_kinds[] = {&page_news_mail,       &news_digest_mail,
                                              &follow_code_mail,     &todo_weekly_mail,
                                              &todo_assigned_mail,   &result_public_mail,
                                              &decision_mail,        &project_news_mail,
                                              &project_opening_mail, NULL};
const struct job_kind *const job_kinds[] = {&follow_tell_job, &result_publish_job,
                                            &result_decided_job, NULL};
const struct page_kind *const page_kinds[] = {&information_kind, &budget_kind, &proposal_kind,
                                              NULL};
const struct register_source *const register_sources[] = {NULL};
const struct now_source *const now_sources[] = {&campaign_now, NULL};
const struct decision_follower *const decision_followers[] = {
    &campaign_decision_follower, &result_decision_follower, &project_decision_follower, NULL};
