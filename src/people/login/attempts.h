/* How often something may be tried for one account or from one address: counted in memory, in two
 * windows (a quarter of an hour and a day). What is counted is known by a keyed hash. */
#ifndef RADSLAG_LOGIN_ATTEMPTS_H
#define RADSLAG_LOGIN_ATTEMPTS_H

#include <stdbool.h>
#include <stdint.h>

enum attempt {
    ATTEMPT_MAIL,          /* codes to one e-mail address: 5, 20 a day */
    ATTEMPT_MAIL_FROM,     /* codes asked for from one client: 300, 3000 */
    ATTEMPT_CODE_FROM,     /* codes typed from one client: 600, 6000 */
    ATTEMPT_PASSWORD,      /* passwords for one e-mail address: 10, 50 */
    ATTEMPT_PASSWORD_FROM, /* passwords from one client: 300, 3000 */
    ATTEMPT_FACTOR,        /* second factors of one account: 5, 20 */
    ATTEMPT_COUNT
};

/* Counts one more; false when it is one too many. */
bool attempt_take(enum attempt attempt, int64_t tenant, const char *key, int64_t now);

/* It went well: counts no more against the key. */
void attempt_forgive(enum attempt attempt, int64_t tenant, const char *key);

#endif
