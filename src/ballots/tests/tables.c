/* The program's tables for tests of polls: pages and polls. */
#include "ballots/ballots.h"
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
                                            ballot_routes,
                                            choice_routes,
                                            receipt_routes,
                                            poll_staff_routes,
                                            NULL};
const struct mail_kind *const mail_kinds[] = {
    &page_news_mail,        &news_digest_mail,    &follow_code_mail,  &contact_received_mail,
    &contact_answered_mail, &contact_notice_mail, &todo_weekly_mail,  &todo_assigned_mail,
    &ballot_receipt_mail,   &poll_reminder_mail,  &poll_changed_mail, NULL};
const struct job_kind *const job_kinds[] = {&ballot_receipt_job, &poll_reminder_job,
                                            &poll_changed_job, &poll_seal_job, NULL};
const struct page_kind *const page_kinds[] = {&information_kind, NULL};
const struct register_source *const register_sources[] = {&ballot_register, NULL};
const struct now_source *const now_sources[] = {NULL};
