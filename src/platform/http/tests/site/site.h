/* A small service for the tests of platform/http: a board of notes, real store, templates and
 * words. */
#ifndef RADSLAG_HTTP_TESTS_SITE_H
#define RADSLAG_HTTP_TESTS_SITE_H

#include "platform/http/http.h"

/* Options that tests begin with; the clock is site_now. */
struct http_options site_options(struct store *store);

/* The clock that tests move by hand. */
extern int64_t site_now;

/* Starts it; fails the running test when that does not work. */
struct http *site_start(const struct http_options *options);

/* /gate waits until this is called; `site_gate_waiting` counts those that wait. Close before use.
 */
void site_gate_close(void);
void site_gate_open(void);
void site_gate_wait_for(int waiting);

/* How often /notes was acted on, and prepared. */
extern _Atomic int site_acts, site_prepares;

/* The file that came with the last note: where it lay, and its bytes. */
extern char site_upload_path[128], site_upload_bytes[64];

/* After admission, the n-th time that a request takes memory its bound is passed; 0 = never. */
extern _Atomic size_t site_fail_after;

/* Age of the form that /notes/taken got last. */
extern _Atomic int64_t site_form_age;

/* ---- asking without a socket ---- */

struct visit {
    struct http *http;
    struct arena *arena;
    const char *cookie; /* as a browser would send it; NULL = none */
    struct http_test_reply reply;
};

struct visit visit_new(struct http *http);
void visit_end(struct visit *visit);

/* Asks, and takes the cookies that come back. `headers` more lines, may be NULL. */
void visit_get(struct visit *visit, const char *target, const char *const *headers);
void visit_post(struct visit *visit, const char *target, const char *const *headers,
                const char *body);

/* A header of the reply, or NULL. */
const char *visit_header(struct visit *visit, const char *name);

/* The value of the hidden field `form` in the page. */
const char *visit_token(struct visit *visit);

#define HEADERS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* What /health says needs somebody; NULL = nothing. */
extern const char *site_attention;

#endif
