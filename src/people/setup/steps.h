/* Inside setup: handlers of the check list. */
#ifndef RADSLAG_SETUP_STEPS_H
#define RADSLAG_SETUP_STEPS_H

#include "people/setup/views.h"

/* GET /setup */
enum error setup_show(struct request *rq, struct reply *rp) MUST_USE;

/* GET and POST /setup/later/:step — an owner and a day. */
enum error later_show(struct request *rq, struct reply *rp) MUST_USE;
enum error later_prepare(struct request *rq) MUST_USE;
enum error later_save(struct request *rq, struct db *db) MUST_USE;

/* POST /setup/done/:step and /setup/undo/:step — what only people can see. */
enum error done_save(struct request *rq, struct db *db) MUST_USE;
enum error undo_save(struct request *rq, struct db *db) MUST_USE;

/* POST /setup/mail — a mail to oneself, to see that the sender works. */
enum error mail_try(struct request *rq, struct db *db) MUST_USE;

/* POST /setup/statement — the accessibility statement was read and is accepted. */
enum error statement_accept(struct request *rq, struct db *db) MUST_USE;

/* POST /setup/open, /setup/pause, /setup/resume — states of the organisation. */
enum error setup_open(struct request *rq, struct db *db) MUST_USE;
enum error setup_pause(struct request *rq, struct db *db) MUST_USE;
enum error setup_resume(struct request *rq, struct db *db) MUST_USE;

#endif
