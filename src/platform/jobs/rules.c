#include "platform/jobs/rules.h"

#include "platform/base/instant.h"

int64_t job_pause(int attempt) {
    static const int64_t pauses[] = {MINUTES(1), MINUTES(5), MINUTES(25)};
    const int count = (int)(sizeof pauses / sizeof pauses[0]);
    if (attempt < 1)
        return 0;
    return attempt <= count ? pauses[attempt - 1] : HOURS(2);
}

int64_t job_next_time(int64_t due_at, int64_t every, int64_t now) {
    if (due_at > now)
        return due_at;
    const int64_t missed = (now - due_at) / every;
    return due_at + (missed + 1) * every;
}

bool clock_jumped(int64_t wall_before, int64_t wall_now, int64_t counted_before,
                  int64_t counted_now) {
    const int64_t drift = (wall_now - wall_before) - (counted_now - counted_before);
    return drift > HOURS(1) || drift < -HOURS(1);
}
