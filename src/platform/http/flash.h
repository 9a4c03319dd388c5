/* The word shown once, from the inside. */
#ifndef RADSLAG_HTTP_FLASH_H
#define RADSLAG_HTTP_FLASH_H

#include "platform/http/http.h"

/* Leaves a word (key, may be NULL) for the next page. */
void flash_leave(struct request *rq, struct reply *rp, const char *word_key);

/* True when one came with the request, so that its page is for this visitor alone. */
bool flash_waits(const struct request *rq);

#endif
