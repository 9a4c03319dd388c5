#include "ballots/rules.h"

#include "platform/base/instant.h"

/* A request that began in time is answered within header, body and queue: no ballot that arrived
 * before closing is still on its way after this. */
enum { ON_THE_WAY = 2 * 60 * 1000000 };

enum poll_phase poll_phase_at(const struct poll *poll, int64_t now) {
    switch ((enum poll_state)poll->state) {
    case poll_state_draft:
        return poll_phase_draft;
    case poll_state_sealed:
        return poll_phase_sealed;
    case poll_state_published:
        return poll_phase_published;
    case poll_state_locked:
        break;
    }
    if (now >= poll->closes_at)
        return poll_phase_closed;
    if (now < poll->opens_at)
        return poll_phase_locked;
    return poll->paused_at != INSTANT_NONE ? poll_phase_paused : poll_phase_open;
}

bool poll_may_seal(const struct poll *poll, int64_t now) {
    if (poll_phase_at(poll, now) != poll_phase_closed)
        return false;
    if (poll->late_until != INSTANT_NONE && now < poll->late_until)
        return false;
    return now >= poll->closes_at + ON_THE_WAY;
}
