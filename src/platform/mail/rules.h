/* Rules of sending: when a mail may leave, how long to wait after a refusal, what an answer of the
 * server means. Pure. */
#ifndef RADSLAG_MAIL_RULES_H
#define RADSLAG_MAIL_RULES_H

#include <stdbool.h>
#include <stdint.h>

/* After this long without being taken a mail is given up. */
#define MAIL_PATIENCE DAYS(3)

/* Between 21 and 07 in Sweden, when only answers to what somebody just did may leave. */
bool mail_is_night(int64_t instant);

/* The instant itself, or 07.00 after it when it falls in the night and the mail is not `at_once`.
 */
int64_t mail_leaves_at(int64_t instant, bool at_once);

/* Pause before attempt number `attempts` + 1, µs: 1, 5 and 25 minutes, then 2, 4 and 8 hours, and
 * 12 hours for ever. */
int64_t mail_pause(int attempts);

/* How far the talk with the server had come when it ended. */
enum mail_stage {
    MAIL_STAGE_GREETING,  /* connection, hello, encryption, log-in */
    MAIL_STAGE_SENDER,    /* MAIL FROM */
    MAIL_STAGE_RECIPIENT, /* RCPT TO */
    MAIL_STAGE_MESSAGE    /* DATA and the message itself */
};

enum mail_verdict {
    MAIL_TAKEN,   /* the server answers for it now */
    MAIL_REFUSED, /* 5xx about this address or message: trying again is no use */
    MAIL_LATER,   /* 4xx: the server asks to wait */
    MAIL_UNHEARD  /* no connection, or a fault of our own set-up (log-in, sender): all mail waits */
};

/* What the server's last reply means; `code` 0 when there was none. A 5xx before the recipient was
 * named says nothing of the recipient's address. */
enum mail_verdict mail_verdict(enum mail_stage stage, long code);

#endif
