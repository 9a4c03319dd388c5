#include "governance/decisions/rules.h"

#include <string.h>

#include "platform/base/instant.h"

enum { APPEAL_DAYS = 21 };

const char *decision_item(struct arena *arena, const char *item) {
    static const char sign[] = "§", space[] = "\u00a0";
    const size_t size = sizeof sign - 1, width = sizeof space - 1;
    char *kept = arena_take(arena, strlen(item) * 2 + 1), *end = kept;
    while (*item != '\0') {
        const bool is_sign = strncmp(item, sign, size) == 0;
        *end++ = *item++;
        if (!is_sign)
            continue;
        *end++ = *item++;
        const char *after = item;
        while (*after == ' ' || strncmp(after, space, width) == 0)
            after += *after == ' ' ? 1 : width;
        if (*after < '0' || *after > '9')
            continue;
        memcpy(end, space, width);
        end += width;
        item = after;
    }
    *end = '\0';
    return kept;
}

int64_t decision_appeal_until(int64_t posted_on) {
    return posted_on == INSTANT_NONE ? INSTANT_NONE : instant_day_start(posted_on, APPEAL_DAYS + 1);
}

bool decision_in_force(const struct decision *decision, int64_t now) {
    return decision->appeal_until != INSTANT_NONE && now >= decision->appeal_until;
}
