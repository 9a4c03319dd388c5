/* Mail about one's account: K76, K77. */
#ifndef RADSLAG_OWN_MAIL_H
#define RADSLAG_OWN_MAIL_H

#include "platform/base/shape.h"
#include "platform/mail/mail.h"

#define ACCOUNT_UNUSED_FACTS(F, T) F(T, time, deleted_at, , "when the account will be deleted")
SHAPE(account_unused_facts, ACCOUNT_UNUSED_FACTS);

/* The new address is left out: who holds the old one may be somebody else. */
#define EMAIL_CHANGED_FACTS(F, T) F(T, time, at, , "when")
SHAPE(email_changed_facts, EMAIL_CHANGED_FACTS);

#endif
