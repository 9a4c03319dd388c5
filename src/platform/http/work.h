/* Life of a read and of a write (DESIGN 2), behind the door. */
#ifndef RADSLAG_HTTP_WORK_H
#define RADSLAG_HTTP_WORK_H

#include "platform/http/exchange.h"

/* Hands the exchange to the pool, after the transport has suspended it. ex->finish is called in any
 * case, perhaps before this returns: 503 when too many wait or the service is stopping. */
void work_begin(struct exchange *ex);

#endif
