/* A municipality with its pages on a fresh database of either engine, and browsers of its people:
 * for the page tests of the folders of pages.
 *
 *     static void somebody_reads(void **state) {
 *         struct site *site = site_open(state);
 *         struct browser *reader = browser_new(site, NOBODY);
 *         assert_int_equal(browser_get(reader, "/"), 200);
 *         site_close(site);
 *     }
 *
 * Log-in is another room's: a browser here is of somebody from the beginning. */
#ifndef RADSLAG_PAGES_TESTS_SITE_H
#define RADSLAG_PAGES_TESTS_SITE_H

#include "pages/pages.h"
#include "platform/db/test_store.h"

#define SITE_HOST "delta.ljungsjo.example"

/* People of the first organisation, by their account numbers. */
enum {
    NOBODY = 0,
    ALVA = 1,   /* communications */
    BO = 2,     /* process leader */
    CILLA = 3,  /* process leader, another one */
    DORIS = 4,  /* administrator */
    EBBE = 5,   /* registrar */
    FATIMA = 6, /* case officer */
    GUN = 7,    /* a participant */
    HANNA = 8,  /* organiser */
    IVAR = 9    /* administrator, the second one */
};

struct site {
    struct store *store;
    struct http *http;
    struct arena *arena;
    int64_t tenant, other_tenant;
};

/* The clock that tests move by hand; site_open sets it to Tuesday 9 June 2026 at 14.02 in Sweden.
 */
extern int64_t site_now;

/* The organisation is open and lacks nothing; the other one is being prepared. */
struct site *site_open(void **state);
void site_close(struct site *site);

/* Lets jobs run that are due now. */
void site_run_jobs(struct site *site);

/* One integer or text of the database. */
int64_t site_integer(struct site *site, const char *sql);
const char *site_text(struct site *site, const char *sql);

/* The last mail of a kind (by name) as JSON of its facts; NULL when there is none. */
const char *site_mail(struct site *site, const char *kind);

struct browser {
    struct site *site;
    const char *cookies;  /* "name=value; …" */
    const char *language; /* Accept-Language */
    const char *form;     /* token of the last page that had a form */
    bool json;            /* asks for JSON, sends the token in a header */
    struct http_test_reply reply;
};

struct browser *browser_new(struct site *site, int account);

/* Asks and keeps the cookies that come back; the status. `fields` is a form's body without token.
 */
int browser_get(struct browser *browser, const char *target);
int browser_post(struct browser *browser, const char *target, const char *fields);

/* Gets `page` for a fresh token, then posts. */
int browser_send(struct browser *browser, const char *page, const char *target, const char *fields);

const char *browser_header(struct browser *browser, const char *name);
bool browser_sees(const struct browser *browser, const char *text);

/* Same as NAME.golden.json beside the test that calls; with RADSLAG_GOLDEN=write it is written
 * instead, to be looked at. */
void golden_check(const char *file, const char *name, const char *json);
#define GOLDEN(name, json) golden_check(__FILE__, (name), (json))

/* A published page of Alva's with Bo as owner; its number. Its address is /pages/simhallen-oppnar.
 */
int64_t site_page(struct site *site);

#endif
