/* The program's tables for tests of people alone. */
#include "people/people.h"
#include "records/records.h"

const struct route *const route_tables[] = {
    login_routes, session_routes,    second_factor_routes, token_routes,
    own_routes,   credential_routes, records_routes,       NULL};
const struct mail_kind *const mail_kinds[] = {&login_code_mail, &account_unused_mail,
                                              &email_changed_mail, &second_factor_reset_mail, NULL};
const struct job_kind *const job_kinds[] = {&session_seen_job, &session_purge_job,
                                            &proof_purge_job,  &account_unused_job,
                                            &acts_forget_job,  NULL};
const struct register_source *const register_sources[] = {
    &account_register_source, &session_register_source, &token_register_source,
    &mail_register_source, NULL};
