/* The mail server of smtp_server.py, run beside a test. */
#ifndef RADSLAG_MAIL_TESTS_SERVER_H
#define RADSLAG_MAIL_TESTS_SERVER_H

#include <jansson.h>
#include <stddef.h>

struct server;

/* Starts it; `log_in` is "name:password" or NULL. Fails the test when it does not come up. */
struct server *server_new(const char *log_in);
/* The same with TLS: `how` is "starttls" or "smtps". Its certificate, for `name`, signs itself and
 * stands in FOLDER/server.pem. */
struct server *server_new_tls(const char *how, const char *name, const char *folder);
void server_free(struct server *server);

/* "smtp://127.0.0.1:PORT", or smtps:// */
const char *server_address(const struct server *server);

/* Tells it what to do: "refuse 550". */
void server_tell(struct server *server, const char *command);

/* Messages taken, connections made. */
size_t server_messages(struct server *server);
size_t server_connections(struct server *server);

/* The n-th message as Python's email package reads it; owned by caller. */
json_t *server_message(struct server *server, size_t number);

/* A text in it: message_text(m, "headers", "subject"), message_part(m, 0). Borrowed. */
const char *message_text(const json_t *message, const char *object, const char *name);
const char *message_part(const json_t *message, size_t number);

#endif
