/* The one list of capabilities: what each brings with it. A new capability adds its tables here. */
#include "ballots/ballots.h"
#include "budgets/budgets.h"
#include "budgets/files/files.h"
#include "demo/demo.h"
#include "frame/frame.h"
#include "pages/pages.h"
#include "people/invitations/invitations.h"
#include "people/organisations/organisations.h"
#include "people/people.h"
#include "people/setup/setup.h"
#include "people/staff/staff.h"
#include "platform/mail/demo.h"
#include "records/records.h"

const struct route *const route_tables[] = {
    frame_routes,
    demo_routes,
    mail_demo_routes,
    login_routes,
    session_routes,
    second_factor_routes,
    token_routes,
    own_routes,
    credential_routes,
    organisations_routes,
    setup_routes,
    invitations_routes,
    staff_routes,
    start_routes,
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
    records_routes,
    decision_routes,
    campaign_routes,
    campaign_setup_routes,
    campaign_dates_routes,
    campaign_manage_routes,
    campaign_lock_routes,
    proposal_list_routes,
    proposal_routes,
    proposal_own_routes,
    propose_routes,
    assessment_routes,
    assess_routes,
    assess_act_routes,
    result_routes,
    file_routes,
    count_routes,
    decide_routes,
    project_routes,
    project_staff_routes,
    NULL,
};

const struct mail_kind *const mail_kinds[] = {
    &login_code_mail,          &account_unused_mail,    &email_changed_mail,
    &second_factor_reset_mail, &invitation_mail,        &invitation_first_mail,
    &sender_test_mail,         &page_news_mail,         &news_digest_mail,
    &follow_code_mail,         &contact_received_mail,  &contact_answered_mail,
    &contact_notice_mail,      &todo_weekly_mail,       &todo_assigned_mail,
    &ballot_receipt_mail,      &poll_reminder_mail,     &poll_changed_mail,
    &proposal_received_mail,   &proposal_question_mail, &proposal_merge_mail,
    &proposal_outcome_mail,    &result_public_mail,     &decision_mail,
    &project_news_mail,        &project_opening_mail,   NULL,
};

const struct job_kind *const job_kinds[] = {
    &session_seen_job,   &session_purge_job,  &proof_purge_job,
    &account_unused_job, &acts_forget_job,    &invitation_purge_job,
    &roles_ended_job,    &follow_tell_job,    &follow_digest_job,
    &follow_end_job,     &todo_weekly_job,    &drafts_end_job,
    &mail_dispose_job,   &jobs_watch_job,     &ballot_receipt_job,
    &poll_reminder_job,  &poll_changed_job,   &poll_seal_job,
    &result_publish_job, &result_decided_job, NULL,
};

const struct page_kind *const page_kinds[] = {
    &information_kind,
    &budget_kind,
    &proposal_kind,
    NULL,
};

const struct register_source *const register_sources[] = {
    &account_register_source,
    &session_register_source,
    &token_register_source,
    &mail_register_source,
    &invitation_register_source,
    &setup_register_source,
    &pages_register,
    &follow_register,
    &todo_register,
    &contact_register,
    &drafts_register,
    &ballot_register,
    &proposal_register,
    NULL,
};

const struct decision_follower *const decision_followers[] = {
    &campaign_decision_follower,
    &result_decision_follower,
    &project_decision_follower,
    NULL,
};

const struct now_source *const now_sources[] = {
    &campaign_now,
    NULL,
};
