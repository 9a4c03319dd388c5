/* Our reply as the library wants it. */
#ifndef RADSLAG_HTTP_RESPONSE_H
#define RADSLAG_HTTP_RESPONSE_H

#include <microhttpd.h>

#include "platform/http/exchange.h"

/* The response to queue, NULL without memory. A shared one belongs to the kept page; the other kind
 * is the caller's to destroy. */
struct MHD_Response *response_of(struct exchange *ex, bool *ret_shared);

/* Gives back what response_of made ready for a kept page. */
void response_forget(void *response);

#endif
