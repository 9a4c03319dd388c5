/* Browsers of the page tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/tests/site.h"

enum { MOST_LINES = 12 };

struct browser *browser_new(struct site *site, const char *host) {
    struct browser *browser = ARENA_NEW(site->arena, struct browser);

    *browser = (struct browser){
        .site = site,
        .host = host,
        .user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        .cookies = "",
    };
    return browser;
}

const char *browser_cookie(struct browser *browser, const char *name) {
    const char *mark = arena_format(browser->site->arena, "__Host-%s=", name);
    const char *at = strstr(browser->cookies, mark);

    if (at == NULL)
        return NULL;
    at += strlen(mark);
    return arena_copy_span(browser->site->arena, at, strcspn(at, ";"));
}

/* "name=value" takes the place of what had the name; an ended cookie goes. */
static void keep_cookie(struct browser *browser, const char *line) {
    struct arena *arena = browser->site->arena;
    const size_t name = strcspn(line, "=") + 1, pair = strcspn(line, ";");
    struct buffer kept = buffer_in(arena, 1 << 16);

    for (const char *at = browser->cookies; *at != '\0';) {
        const size_t length = strcspn(at, ";");
        if (strncmp(at, line, name) != 0) {
            buffer_text(&kept, kept.length > 0 ? "; " : "");
            buffer_add(&kept, at, length);
        }
        at += length + strspn(at + length, "; ");
    }
    const char *attributes = arena_copy_span(arena, line, strcspn(line, "\n"));
    if (strstr(attributes, "Max-Age=0") == NULL) {
        buffer_text(&kept, kept.length > 0 ? "; " : "");
        buffer_add(&kept, line, pair);
    }
    browser->cookies = buffer_string(&kept);
}

static void take_in(struct browser *browser) {
    static const char cookie[] = "set-cookie: ", token[] = "name=\"form\" value=\"";

    for (const char *at = strstr(browser->reply.headers, cookie); at != NULL;
         at = strstr(at, cookie)) {
        at += strlen(cookie);
        keep_cookie(browser, at);
    }
    const char *form = strstr(browser->reply.body, token);
    if (form != NULL) {
        form += strlen(token);
        browser->form = arena_copy_span(browser->site->arena, form, strcspn(form, "\""));
    }
}

int browser_send(struct browser *browser, enum method method, const char *target,
                 const char *const *lines, const char *body) {
    struct arena *arena = browser->site->arena;
    const char *all[MOST_LINES] = {0};
    size_t count = 0;

    for (; lines != NULL && lines[count] != NULL; count++)
        all[count] = lines[count];
    if (browser->user_agent != NULL)
        all[count++] = arena_format(arena, "User-Agent: %s", browser->user_agent);
    if (*browser->cookies != '\0')
        all[count++] = arena_format(arena, "Cookie: %s", browser->cookies);
    assert_int_equal(http_test(browser->site->http, arena, method, browser->host, target, all, body,
                               body == NULL ? 0 : strlen(body), &browser->reply),
                     ERR_OK);
    take_in(browser);
    return browser->reply.status;
}

int browser_get(struct browser *browser, const char *target) {
    return browser_send(
        browser, METHOD_GET, target,
        browser->json ? LINES("Accept: application/json") : LINES("Accept: text/html"), NULL);
}

int browser_post(struct browser *browser, const char *target, const char *fields) {
    const char *body = arena_format(browser->site->arena, "form=%s&%s",
                                    browser->form == NULL ? "" : browser->form, fields);

    return browser_send(browser, METHOD_POST, target,
                        LINES("Content-Type: application/x-www-form-urlencoded",
                              browser->json ? "Accept: application/json" : "Accept: text/html",
                              "Sec-Fetch-Site: same-origin"),
                        body);
}

const char *browser_header(struct browser *browser, const char *name) {
    const char *headers = arena_format(browser->site->arena, "\n%s", browser->reply.headers);
    const char *at = strstr(headers, arena_format(browser->site->arena, "\n%s: ", name));

    if (at == NULL)
        return NULL;
    at += strlen(name) + 3;
    return arena_copy_span(browser->site->arena, at, strcspn(at, "\n"));
}

int browser_follow(struct browser *browser) {
    const char *location = browser_header(browser, "location");

    assert_int_equal(browser->reply.status, 303);
    assert_non_null(location);
    return browser_get(browser, location);
}

bool browser_sees(const struct browser *browser, const char *text) {
    return strstr(browser->reply.body, text) != NULL;
}

void browser_log_in(struct browser *browser, const char *email) {
    struct arena *arena = browser->site->arena;

    assert_int_equal(browser_get(browser, "/login"), 200);
    assert_int_equal(browser_post(browser, "/login", arena_format(arena, "email=%s", email)), 303);
    assert_int_equal(browser_follow(browser), 200);
    const char *code = site_code(browser->site, email);
    assert_non_null(code);
    assert_int_equal(browser_post(browser, "/login/code", arena_format(arena, "code=%s", code)),
                     303);
    assert_int_equal(browser_follow(browser), 200);
}

static const char *without_spaces(struct arena *arena, const char *text, size_t length) {
    char *into = arena_take(arena, length + 1);
    size_t at = 0;

    for (size_t i = 0; i < length; i++)
        if (text[i] != ' ')
            into[at++] = text[i];
    return into;
}

const char *browser_set_up_factor(struct browser *browser) {
    struct arena *arena = browser->site->arena;

    assert_int_equal(browser_get(browser, "/second-factor/setup"), 200);
    const char *at = strstr(browser->reply.body, "<code>");
    assert_non_null(at);
    at += strlen("<code>");
    const char *key = without_spaces(arena, at, strcspn(at, "<"));
    const char *code = factor_code(browser->site, key);
    assert_int_equal(
        browser_post(browser, "/second-factor/setup", arena_format(arena, "code=%s", code)), 200);
    return key;
}
