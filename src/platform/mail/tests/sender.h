/* A sender and the server it talks to, for the tests of sending. */
#ifndef RADSLAG_MAIL_TESTS_SENDER_H
#define RADSLAG_MAIL_TESTS_SENDER_H

#include "platform/mail/tests/post/post.h"
#include "platform/mail/tests/server.h"

/* The server of the running test. */
extern struct server *server;

/* A sender by hand_clock; what `more` leaves out is as in sender_begin. */
struct mailer *mailer_for(struct store *store, const struct mail_options *more);

/* Starts the server, sets the clock to NOON, makes a sender; and ends both. */
struct mailer *sender_begin(struct store *store);
void sender_end(struct mailer *mailer);

/* Sends what is due; how many were taken. */
size_t run(struct mailer *mailer);

#endif
