/* Inside invitations: what sending anew shares with sending. */
#ifndef RADSLAG_INVITATIONS_SEND_H
#define RADSLAG_INVITATIONS_SEND_H

#include "people/invitations/invitations.h"

/* First instant that is too late for an invitation sent now. */
int64_t invitation_end(int64_t now);

/* Queues the mail that carries the code; inside an act. */
enum error invitation_mail_queue(struct db *db, struct request *rq,
                                 const struct invitation_row *row, const char *organisation,
                                 const char *code, bool first) MUST_USE;

/* The audit row of what was done with an invitation; inside an act. */
enum error invitation_audit(struct db *db, struct request *rq, const char *act,
                            const struct invitation_row *row, int64_t account) MUST_USE;

#endif
