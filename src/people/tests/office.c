#include "people/tests/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "people/invitations/invitations.h"
#include "people/organisations/organisations.h"
#include "people/setup/setup.h"
#include "people/staff/staff.h"

/* ---- the program's tables ---- */

const struct route *const route_tables[] = {login_routes,
                                            session_routes,
                                            second_factor_routes,
                                            token_routes,
                                            own_routes,
                                            credential_routes,
                                            organisations_routes,
                                            staff_routes,
                                            invitations_routes,
                                            setup_routes,
                                            NULL};
const struct mail_kind *const mail_kinds[] = {
    &login_code_mail, &account_unused_mail,   &email_changed_mail, &second_factor_reset_mail,
    &invitation_mail, &invitation_first_mail, &sender_test_mail,   NULL};
const struct job_kind *const job_kinds[] = {
    &session_seen_job, &session_purge_job, &proof_purge_job,      &account_unused_job,
    &acts_forget_job,  &roles_ended_job,   &invitation_purge_job, NULL};
const struct register_source *const register_sources[] = {&account_register_source,
                                                          &session_register_source,
                                                          &token_register_source,
                                                          &invitation_register_source,
                                                          &setup_register_source,
                                                          &mail_register_source,
                                                          NULL};

/* ---- people ---- */

struct browser *office_person(struct site *site, const char *email, const char *name,
                              enum role role) {
    const enum role roles[] = {role, ROLE_COUNT};
    struct browser *browser = browser_new(site, SITE_HOST);

    (void)site_account(site, email, name, roles);
    browser_log_in(browser, email);
    (void)browser_set_up_factor(browser);
    return browser;
}

int64_t browser_number(const struct browser *browser, const char *before) {
    const char *at = strstr(browser->reply.body, before);

    assert_non_null(at);
    return strtoll(at + strlen(before), NULL, 10);
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 1 << 20);

    assert_non_null(text);
    if (file != NULL) {
        (void)fread(text, 1, (1 << 20) - 1, file);
        (void)fclose(file);
    }
    return text;
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    (void)fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

void assert_golden(struct browser *browser, const char *target, const char *file) {
    const char *mode = getenv("RADSLAG_GOLDEN");
    const char *path = arena_format(browser->site->arena, "%s/src/%s", SOURCE_ROOT, file);
    json_error_t why;

    const int status =
        browser_send(browser, METHOD_GET, target, LINES("Accept: application/json"), NULL);
    json_t *json = json_loadb(browser->reply.body, browser->reply.length, 0, &why);
    assert_non_null(json);
    (void)json_object_del(json, "instance"); /* number of the request, in a problem */
    char *dump = json_dumps(json, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    const char *text = arena_format(browser->site->arena, "%d\n%s\n", status, dump);
    if (mode != NULL && strcmp(mode, "write") == 0)
        write_file(path, text);
    char *golden = read_file(path);
    assert_string_equal(text, golden);
    free(golden);
    free(dump);
    json_decref(json);
}
