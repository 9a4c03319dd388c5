#include "people/sessions/rules.h"

#include <string.h>

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int64_t session_ends_at(const struct session_life *life) {
    int64_t idle = HOURS(4), whole = HOURS(24);

    if (life->staff) {
        idle = HOURS(8);
        whole = HOURS(12);
    } else if (life->remember) {
        idle = DAYS(30);
        whole = DAYS(30);
    }
    return earlier(life->last_seen_at + idle, life->started_at + whole);
}

struct sign {
    const char *sign, *name;
};

/* The first sign that stands in the header; most browsers claim to be others too. */
static const char *first_name(const struct sign *signs, size_t count, const char *header) {
    for (size_t i = 0; i < count; i++)
        if (strstr(header, signs[i].sign) != NULL)
            return signs[i].name;
    return NULL;
}

const char *browser_name(struct arena *arena, const char *user_agent) {
    static const struct sign browsers[] = {
        {"Edg", "Edge"},         {"OPR/", "Opera"},     {"SamsungBrowser/", "Samsung Internet"},
        {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},
        {"Chrome/", "Chrome"},   {"Safari/", "Safari"},
    };
    static const struct sign systems[] = {
        {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},   {"Windows", "Windows"},
        {"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
    };

    if (user_agent == NULL)
        return NULL;
    const char *browser = first_name(browsers, sizeof browsers / sizeof browsers[0], user_agent);
    const char *system = first_name(systems, sizeof systems / sizeof systems[0], user_agent);
    if (browser != NULL && system != NULL)
        return arena_format(arena, "%s, %s", browser, system);
    return browser != NULL ? browser : system;
}
