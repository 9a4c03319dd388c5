/* Inside invitations: what the one who was invited does. */
#ifndef RADSLAG_INVITATIONS_ACCEPT_H
#define RADSLAG_INVITATIONS_ACCEPT_H

#include "people/invitations/views.h"

/* GET /invitation?key=… — opening it changes nothing. */
enum error invitation_show(struct request *rq, struct reply *rp) MUST_USE;

/* POST /invitation in its three parts. */
enum error invitation_accept_prepare(struct request *rq) MUST_USE;
enum error invitation_accept(struct request *rq, struct db *db) MUST_USE;
enum error invitation_accept_answer(struct request *rq, struct reply *rp) MUST_USE;

#endif
