/* What the pages, forms and mails of polls show and ask. */
#ifndef RADSLAG_BALLOTS_VIEWS_H
#define RADSLAG_BALLOTS_VIEWS_H

#include "ballots/rules.h"
#include "platform/base/shape.h"
#include "platform/view/form.h"

/* ---- mail ---- */

#define BALLOT_RECEIPT_FACTS(F, T)                                                                 \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, text, code, , "the receipt")                                                              \
    F(T, time, closes_at, , "until when the ballot can be changed, as stored")                     \
    F(T, url, address, , "of the ballot")
SHAPE(ballot_receipt_facts, BALLOT_RECEIPT_FACTS);

#define POLL_REMINDER_FACTS(F, T)                                                                  \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, time, closes_at, , "until when, as stored")                                               \
    F(T, url, address, , "of the ballot")
SHAPE(poll_reminder_facts, POLL_REMINDER_FACTS);

#define POLL_CHANGED_FACTS(F, T)                                                                   \
    F(T, text, round, , "what is voted on")                                                        \
    F(T, choice, act, poll_act, "what was done")                                                   \
    F(T, text, reason, , "why")                                                                    \
    F(T, time, closes_at, , "when it ends now, as stored")                                         \
    F(T, url, address, , "of the ballot")
SHAPE(poll_changed_facts, POLL_CHANGED_FACTS);

#endif
