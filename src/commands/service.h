/* The whole service in one process: store, words, mailer, jobs and door, put together. `radslag
 * serve` runs it; plays and page tests start it without threads of its own and with a clock moved
 * by hand. */
#ifndef RADSLAG_SERVICE_H
#define RADSLAG_SERVICE_H

#include <stdbool.h>
#include <stdio.h>

#include "platform/base/error.h"
#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

struct service;

/* Texts may be NULL where `radslag serve --help` says "as it is". */
struct service_options {
    const char *database, *listen, *keys, *site, *smtp, *smtp_user, *mail_folder, *words_folder;
    int workers, lanes;
    int64_t disk_floor;
    bool trust_forwarded;
    bool has_no_rates;
    bool demo;
    bool threads; /* mail and jobs run by themselves; otherwise by service_tick */
    int64_t (*clock)(void);
};

/* Starts everything or nothing. */
enum error service_start(const struct service_options *options, struct service **ret_service)
    MUST_USE;

/* Accepted requests are answered, then all stops and everything is freed. */
void service_stop(struct service *service);

/* Address, and log-ins of the demonstration or the one-time set-up address, for the person at the
 * keyboard. */
void service_announce(struct service *service, FILE *out);

/* Sends the mail that is due and runs the jobs that are due, now. */
enum error service_tick(struct service *service) MUST_USE;

/* The door, for http_test. */
struct http *service_http(struct service *service);
/* The database. */
struct store *service_store(struct service *service);

#endif
