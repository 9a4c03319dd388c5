#include "platform/base/instant.h"

#include <pthread.h>
#include <string.h>
#include <unicode/ucal.h>

#include "platform/base/error.h"

/* Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-Compatible Low-Level
 * Date Algorithms", days_from_civil). */
static int64_t days_from_date(int64_t year, int month, int day) {
    year -= month <= 2;
    const int64_t era = (year >= 0 ? year : year - 399) / 400;
    const int64_t year_of_era = year - era * 400;
    const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void date_from_days(int64_t days, struct civil *ret_civil) {
    days += 719468;
    const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const int64_t day_of_era = days - era * 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month = (5 * day_of_year + 2) / 153;
    ret_civil->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    ret_civil->month = (int)(month < 10 ? month + 3 : month - 9);
    ret_civil->year = (int)(year_of_era + era * 400 + (ret_civil->month <= 2));
}

static int64_t floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Each thread has a calendar of its own, closed when the thread ends. */
static pthread_key_t calendar_key;

static void calendar_close(void *calendar) {
    ucal_close(calendar);
}

static void calendar_key_make(void) {
    (void)pthread_key_create(&calendar_key, calendar_close);
}

static UCalendar *calendar_open(UErrorCode *status) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    UCalendar *calendar = ucal_open(u"Europe/Stockholm", -1, "sv_SE", UCAL_GREGORIAN, status);
    (void)pthread_once(&once, calendar_key_make);
    (void)pthread_setspecific(calendar_key, calendar);
    return calendar;
}

/* Sweden's offset ahead of UTC at an instant, in minutes, by ICU's time zone data. */
static int offset_minutes(int64_t instant) {
    static _Thread_local UCalendar *sweden;
    static _Thread_local int64_t known_from = 1, known_to = 0; /* same offset throughout */
    static _Thread_local int known;
    if (instant >= known_from && instant < known_to)
        return known;
    UErrorCode status = U_ZERO_ERROR;
    if (sweden == NULL)
        sweden = calendar_open(&status);
    ucal_setMillis(sweden, (UDate)floor_divide(instant, 1000), &status);
    const int32_t zone = ucal_get(sweden, UCAL_ZONE_OFFSET, &status);
    const int32_t summer = ucal_get(sweden, UCAL_DST_OFFSET, &status);
    UDate next = 0, previous = 0;
    const UBool has_next =
        ucal_getTimeZoneTransitionDate(sweden, UCAL_TZ_TRANSITION_NEXT, &next, &status);
    const UBool has_previous = ucal_getTimeZoneTransitionDate(
        sweden, UCAL_TZ_TRANSITION_PREVIOUS_INCLUSIVE, &previous, &status);
    if (U_FAILURE(status))
        return 60;
    known = (zone + summer) / 60000;
    known_from = has_previous ? (int64_t)previous * 1000 : instant;
    known_to = has_next ? (int64_t)next * 1000 : instant + 1;
    return known;
}

int64_t instant_now(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return SECONDS(now.tv_sec) + now.tv_nsec / 1000;
}

int64_t monotonic_us(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct civil civil_from_instant(int64_t instant) {
    struct civil civil = {.offset_minutes = offset_minutes(instant)};
    const int64_t local = floor_divide(instant, SECONDS(1)) + (int64_t)civil.offset_minutes * 60;
    const int64_t days = floor_divide(local, 86400);
    const int64_t second = local - days * 86400;
    date_from_days(days, &civil);
    civil.hour = (int)(second / 3600);
    civil.minute = (int)(second / 60 % 60);
    civil.second = (int)(second % 60);
    civil.weekday = (int)((days % 7 + 7 + 3) % 7) + 1;
    return civil;
}

static bool leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool civil_exists(const struct civil *civil) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (civil->year < 1 || civil->year > 9999 || civil->month < 1 || civil->month > 12)
        return false;
    const int last = days[civil->month - 1] + (civil->month == 2 && leap(civil->year));
    return civil->day >= 1 && civil->day <= last && civil->hour >= 0 && civil->hour <= 23 &&
           civil->minute >= 0 && civil->minute <= 59 && civil->second >= 0 && civil->second <= 59;
}

int64_t instant_from_civil(struct civil civil) {
    if (!civil_exists(&civil))
        return INSTANT_NONE;
    const int64_t local = SECONDS(days_from_date(civil.year, civil.month, civil.day) * 86400 +
                                  civil.hour * 3600 + civil.minute * 60 + civil.second);
    /* Summer time first: the earlier of two, when a time happens twice. */
    const int64_t summer = local - MINUTES(120), winter = local - MINUTES(60);
    if (offset_minutes(summer) == 120)
        return summer;
    if (offset_minutes(winter) == 60)
        return winter;
    /* In the spring gap neither fits: read as winter time, which the clock shows an hour on. Years
     * with other offsets (before 1980) use what ICU says. */
    return local - MINUTES(offset_minutes(winter) == 120 ? 60 : offset_minutes(winter));
}

int64_t deadline_from_civil(struct civil civil) {
    civil.second = 0;
    const int64_t minute = instant_from_civil(civil);
    return minute == INSTANT_NONE ? INSTANT_NONE : minute + MINUTES(1);
}

struct civil civil_from_deadline(int64_t deadline) {
    return civil_from_instant(deadline - MINUTES(1));
}

bool deadline_open(int64_t deadline, int64_t now) {
    return deadline == INSTANT_NONE || now < deadline;
}

static int64_t civil_day(int64_t instant) {
    const struct civil civil = civil_from_instant(instant);
    return days_from_date(civil.year, civil.month, civil.day);
}

int civil_days_between(int64_t from, int64_t to) {
    return (int)(civil_day(to) - civil_day(from));
}

int64_t instant_day_start(int64_t instant, int days) {
    struct civil civil = {0};
    date_from_days(civil_day(instant) + days, &civil);
    return instant_from_civil(civil);
}

const char *instant_to_rfc3339(struct arena *arena, int64_t instant) {
    struct civil date = {0};
    const int64_t seconds = floor_divide(instant, SECONDS(1));
    const int64_t fraction = instant - SECONDS(seconds);
    const int64_t days = floor_divide(seconds, 86400);
    const int second = (int)(seconds - days * 86400);
    date_from_days(days, &date);
    const char *whole = arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month,
                                     date.day, second / 3600, second / 60 % 60, second % 60);
    return fraction == 0 ? arena_format(arena, "%sZ", whole)
                         : arena_format(arena, "%s.%06dZ", whole, (int)fraction);
}

/* Reads `count` digits; moves the text on. */
static bool digits(const char **text, int count, int *ret_number) {
    int number = 0;
    for (int i = 0; i < count; i++) {
        if ((*text)[i] < '0' || (*text)[i] > '9')
            return false;
        number = number * 10 + ((*text)[i] - '0');
    }
    *text += count;
    *ret_number = number;
    return true;
}

static bool literal(const char **text, const char *allowed) {
    if (**text == '\0' || strchr(allowed, **text) == NULL)
        return false;
    (*text)++;
    return true;
}

/* ".123456" of any length; what is finer than a microsecond is cut. */
static bool fraction(const char **text, int64_t *ret_micros) {
    int64_t micros = 0, unit = 100000;
    if (!literal(text, "."))
        return true;
    if (**text < '0' || **text > '9')
        return false;
    for (; **text >= '0' && **text <= '9'; (*text)++, unit /= 10)
        micros += (**text - '0') * unit;
    *ret_micros = micros;
    return true;
}

static bool zone(const char **text, int64_t *ret_minutes) {
    int hours, minutes;
    if (literal(text, "Zz")) {
        *ret_minutes = 0;
        return true;
    }
    const int sign = **text == '-' ? -1 : 1;
    if (!literal(text, "+-") || !digits(text, 2, &hours) || !literal(text, ":") ||
        !digits(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret_minutes = sign * (hours * 60 + minutes);
    return true;
}

int64_t instant_from_rfc3339(const char *text) {
    struct civil civil = {0};
    int64_t micros = 0, ahead;
    if (text == NULL || !digits(&text, 4, &civil.year) || !literal(&text, "-") ||
        !digits(&text, 2, &civil.month) || !literal(&text, "-") || !digits(&text, 2, &civil.day) ||
        !literal(&text, "Tt ") || !digits(&text, 2, &civil.hour) || !literal(&text, ":") ||
        !digits(&text, 2, &civil.minute) || !literal(&text, ":") ||
        !digits(&text, 2, &civil.second) || !fraction(&text, &micros) || !zone(&text, &ahead) ||
        *text != '\0' || !civil_exists(&civil))
        return INSTANT_NONE;
    const int64_t seconds = days_from_date(civil.year, civil.month, civil.day) * 86400 +
                            civil.hour * 3600 + civil.minute * 60 + civil.second;
    return SECONDS(seconds) + micros - MINUTES(ahead);
}

bool civil_date_parse(const char *text, struct civil *ret_civil) {
    struct civil civil = {0};
    if (text == NULL || !digits(&text, 4, &civil.year) || !literal(&text, "-") ||
        !digits(&text, 2, &civil.month) || !literal(&text, "-") || !digits(&text, 2, &civil.day) ||
        *text != '\0' || !civil_exists(&civil))
        return false;
    ret_civil->year = civil.year;
    ret_civil->month = civil.month;
    ret_civil->day = civil.day;
    return true;
}

bool civil_time_parse(const char *text, struct civil *ret_civil) {
    int hour, minute;
    if (text == NULL)
        return false;
    const char *rest = text;
    if (!digits(&rest, 2, &hour)) {
        rest = text;
        if (!digits(&rest, 1, &hour))
            return false;
    }
    if (!literal(&rest, ".:") || !digits(&rest, 2, &minute) || *rest != '\0' || hour > 23 ||
        minute > 59)
        return false;
    ret_civil->hour = hour;
    ret_civil->minute = minute;
    return true;
}
