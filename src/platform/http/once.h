/* The same act twice (DESIGN 2): known by tenant, route, one-time token and SHA-256 of its fields.
 */
#ifndef RADSLAG_HTTP_ONCE_H
#define RADSLAG_HTTP_ONCE_H

#include "platform/http/exchange.h"

/* SHA-256 of who asks (cookie or bearer token), the address and every field except the token
 * itself, into ex->act_fields. */
void once_fingerprint(struct exchange *ex);

/* In the lane: runs the route's act, or finds the answer of the same act done before
 * (ex->is_second). */
enum error once_act(struct exchange *ex, struct db *db) MUST_USE;

#endif
