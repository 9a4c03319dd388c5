/* Proof that a write was meant by the visitor: the form's token, fetch metadata and Origin. */
#ifndef RADSLAG_HTTP_PROOF_H
#define RADSLAG_HTTP_PROOF_H

#include "platform/http/exchange.h"

enum { FORM_HOURS = 24 };

/* The anonymous cookie that a form without a session is bound to. */
#define COOKIE_VISITOR "visitor"

/* Judges rq->input and the headers; sets rq->once. ERR_FORGED: not from a page of ours, or too old.
 */
enum error proof_check(struct exchange *ex) MUST_USE;

#endif
