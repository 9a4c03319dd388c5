#include "platform/mail/rules.h"

#include "platform/base/instant.h"

enum { EVENING = 21, MORNING = 7 };

bool mail_is_night(int64_t instant) {
    const struct civil civil = civil_from_instant(instant);
    return civil.hour >= EVENING || civil.hour < MORNING;
}

int64_t mail_leaves_at(int64_t instant, bool at_once) {
    if (at_once || !mail_is_night(instant))
        return instant;
    struct civil civil = civil_from_instant(instant);
    if (civil.hour >= EVENING)
        civil = civil_from_instant(instant_day_start(instant, 1));
    civil.hour = MORNING;
    civil.minute = 0;
    civil.second = 0;
    return instant_from_civil(civil);
}

int64_t mail_pause(int attempts) {
    static const int64_t pauses[] = {MINUTES(1), MINUTES(5), MINUTES(25),
                                     HOURS(2),   HOURS(4),   HOURS(8)};
    const int count = (int)(sizeof pauses / sizeof pauses[0]);
    if (attempts < 1)
        return 0;
    return attempts <= count ? pauses[attempts - 1] : HOURS(12);
}

enum mail_verdict mail_verdict(enum mail_stage stage, long code) {
    if (code >= 400 && code < 500)
        return stage >= MAIL_STAGE_RECIPIENT ? MAIL_LATER : MAIL_UNHEARD;
    if (code >= 500 && code < 600)
        return stage >= MAIL_STAGE_RECIPIENT ? MAIL_REFUSED : MAIL_UNHEARD;
    return MAIL_UNHEARD;
}
