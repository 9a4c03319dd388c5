/* Handing a message to a mail server: libcurl, one connection kept from mail to mail. */
#ifndef RADSLAG_MAIL_SMTP_H
#define RADSLAG_MAIL_SMTP_H

#include <stdbool.h>

#include "platform/base/error.h"
#include "platform/mail/rules.h"

struct smtp;

struct smtp_options {
    const char *server;   /* smtp://host:port or smtps://…; borrowed */
    const char *user;     /* NULL = no log-in */
    const char *password; /* copied by libcurl */
    bool encrypted;       /* refuse to talk without TLS */
    const char *trusted;  /* file of certificates (PEM) that are trusted; NULL = the machine's */
};

/* ERR_UNAVAILABLE when libcurl cannot begin or the address is no SMTP server's. */
enum error smtp_new(const struct smtp_options *options, struct smtp **ret_smtp) MUST_USE;

/* Closes the connection. NULL is allowed. */
void smtp_free(struct smtp *smtp);

/* One message, CRLF line ends, to one address. Waits at most a minute. `ret_code` is the server's
 * last reply, 0 without one. */
enum mail_verdict smtp_send(struct smtp *smtp, const char *from, const char *to,
                            const char *message, long *ret_code);

#endif
