/* Time: UTC microseconds inside, Europe/Stockholm outside.
 *
 * An instant is an int64_t of microseconds since 1970-01-01T00:00Z. A deadline that people read as
 * "17 maj kl. 23.59" is stored as the first instant that is too late, 00.00.00: it accepts through
 * 23:59:59.999999 (REG-4). */
#ifndef RADSLAG_BASE_INSTANT_H
#define RADSLAG_BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/arena.h"

#define INSTANT_NONE INT64_MIN
#define SECONDS(n) ((int64_t)(n)*INT64_C(1000000))
#define MINUTES(n) SECONDS((int64_t)(n)*60)
#define HOURS(n) MINUTES((int64_t)(n)*60)
#define DAYS(n) HOURS((int64_t)(n)*24)

/* Civil time in Sweden. */
struct civil {
    int year, month, day;     /* 1–12, 1–31 */
    int hour, minute, second; /* 0–23, 0–59, 0–59 */
    int weekday;              /* 1 = Monday … 7 = Sunday */
    int offset_minutes;       /* ahead of UTC: 60 or 120 */
};

/* The clock on the wall. Only main, the HTTP door and jobs call it: rules get `now` given. */
int64_t instant_now(void);

/* µs of a clock that is never set back: for measuring and waiting, not for dates. */
int64_t monotonic_us(void);

/* What the clock on the wall shows in Sweden at an instant. */
struct civil civil_from_instant(int64_t instant);

/* The instant of a civil time (weekday and offset are ignored). A time that does not exist, in the
 * spring gap, is moved an hour on; one that happens twice means the first. Out-of-range parts
 * (31 February) give INSTANT_NONE. */
int64_t instant_from_civil(struct civil civil);

/* First instant after the minute that people read: the stored form of a deadline. */
int64_t deadline_from_civil(struct civil civil);

/* The minute that people read, of a stored deadline. */
struct civil civil_from_deadline(int64_t deadline);

/* True while `now` is before the deadline; always true for INSTANT_NONE. */
bool deadline_open(int64_t deadline, int64_t now);

/* Whole days between two instants as the calendar in Sweden counts them: 0 = the same day. */
int civil_days_between(int64_t from, int64_t to);

/* Midnight in Sweden, `days` days after the day of `instant`. */
int64_t instant_day_start(int64_t instant, int days);

/* "2026-06-09T12:02:00Z" (RFC 3339), and back; microseconds are kept when not zero. */
const char *instant_to_rfc3339(struct arena *arena, int64_t instant);
int64_t instant_from_rfc3339(const char *text); /* INSTANT_NONE when not understood */

/* What a form sends: "2026-06-09", "14.02" or "14:02". */
bool civil_date_parse(const char *text, struct civil *ret_civil);
bool civil_time_parse(const char *text, struct civil *ret_civil);

#endif
