/* How long a session lives. Pure. */
#ifndef RADSLAG_SESSIONS_RULES_H
#define RADSLAG_SESSIONS_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/instant.h"

/* What the ends of a session depend on. */
struct session_life {
    int64_t started_at, last_seen_at;
    bool staff;    /* holds a staff role now */
    bool remember; /* "stay logged in on this computer"; counts for nothing with a staff role */
};

/* First instant at which the session is over, if nobody uses it before. Staff: 8 hours without use,
 * 12 in all; residents: 4 and 24 hours, or 30 days when remembered. */
int64_t session_ends_at(const struct session_life *life);

/* "Firefox, Windows" from a User-Agent header: coarse, enough to know one's own again. NULL when
 * nothing is known. */
const char *browser_name(struct arena *arena, const char *user_agent);

#endif
