/* Two organisations with the pages of people, on a fresh database of either engine, and browsers
 * that keep their cookies: for page tests of the folders of people.
 *
 *     static void logs_in_by_code(void **state) {
 *         struct site *site = site_open(state);
 *         struct browser *anna = browser_new(site, SITE_HOST);
 *         browser_log_in(anna, "anna@example.org");
 *         …
 *         site_close(site);
 *     }
 */
#ifndef RADSLAG_PEOPLE_TESTS_SITE_H
#define RADSLAG_PEOPLE_TESTS_SITE_H

#include "people/accounts.h"
#include "platform/db/test_store.h"

#define SITE_HOST "delta.almsjo.example"
#define OTHER_HOST "delta.ljungsjo.example"

struct site {
    struct store *store;
    struct http *http;
    struct arena *arena;
    int64_t tenant, other_tenant;
};

/* The clock that tests move by hand; site_open sets it to 9 June 2026 at 14.02 in Sweden. Each site
 * starts a day after the one before, so that no limit of attempts is shared. */
extern int64_t site_now;

struct site *site_open(void **state);
void site_close(struct site *site);

/* An account with roles (ROLE_COUNT ends the list), outside any request. */
int64_t site_account(struct site *site, const char *email, const char *name,
                     const enum role *roles);

/* The code ("123456") and the last part of the link in the mail that was queued last to an address;
 * NULL when there is none. */
const char *site_code(struct site *site, const char *email);
const char *site_link(struct site *site, const char *email);

/* One text or integer of the database. */
const char *site_text(struct site *site, const char *sql);
int64_t site_integer(struct site *site, const char *sql);

/* ---- browsers ---- */

struct browser {
    struct site *site;
    const char *host;
    const char *user_agent;
    const char *cookies; /* "name=value; …" */
    const char *form;    /* token of the last page that had a form */
    bool json;           /* asks for JSON, sends the token in a header */
    struct http_test_reply reply;
};

struct browser *browser_new(struct site *site, const char *host);

/* Asks, and keeps the cookies that come back. `fields` is a form's body without the token. */
int browser_get(struct browser *browser, const char *target);
int browser_post(struct browser *browser, const char *target, const char *fields);
/* With header lines of one's own, and no token. */
int browser_send(struct browser *browser, enum method method, const char *target,
                 const char *const *lines, const char *body);

/* Follows one redirect. */
int browser_follow(struct browser *browser);
const char *browser_header(struct browser *browser, const char *name);
const char *browser_cookie(struct browser *browser, const char *name);
bool browser_sees(const struct browser *browser, const char *text);

/* The whole way by a code; ends on the page after the log-in. */
void browser_log_in(struct browser *browser, const char *email);

/* Sets up the second factor in a fresh session of staff; the secret as base32 without spaces. */
const char *browser_set_up_factor(struct browser *browser);
/* The code that an authenticator program shows now. */
const char *factor_code(struct site *site, const char *base32);

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
