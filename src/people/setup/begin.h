/* Inside setup: the pages before there is an organisation. */
#ifndef RADSLAG_SETUP_BEGIN_H
#define RADSLAG_SETUP_BEGIN_H

#include "people/setup/views.h"

/* GET /setup/begin?key=…&q=…&choice=… — finding the organisation, then the form. */
enum error begin_show(struct request *rq, struct reply *rp) MUST_USE;

/* POST /setup/begin */
enum error begin_prepare(struct request *rq) MUST_USE;
enum error begin_act(struct request *rq, struct db *db) MUST_USE;

/* GET /setup/begun?receipt=… — the receipt. */
enum error begun_show(struct request *rq, struct reply *rp) MUST_USE;

#endif
