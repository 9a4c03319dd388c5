/* The program's tables for tests of pages alone. */
#include "pages/pages.h"

const struct route *const route_tables[] = {start_routes,
                                            information_routes,
                                            information_edit_routes,
                                            information_new_routes,
                                            information_state_routes,
                                            overview_routes,
                                            history_routes,
                                            ownership_routes,
                                            service_routes,
                                            accessibility_routes,
                                            contact_routes,
                                            contact_staff_routes,
                                            follow_routes,
                                            todo_routes,
                                            NULL};
const struct mail_kind *const mail_kinds[] = {
    &page_news_mail,        &news_digest_mail,      &follow_code_mail,
    &contact_received_mail, &contact_answered_mail, &contact_notice_mail,
    &todo_weekly_mail,      &todo_assigned_mail,    NULL};
const struct job_kind *const job_kinds[] = {&follow_tell_job, &follow_digest_job, &follow_end_job,
                                            &todo_weekly_job, &drafts_end_job,    NULL};
const struct page_kind *const page_kinds[] = {&information_kind, NULL};
const struct register_source *const register_sources[] = {NULL};
const struct now_source *const now_sources[] = {NULL};
