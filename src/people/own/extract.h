/* The register extract in words, for its page. */
#ifndef RADSLAG_OWN_EXTRACT_H
#define RADSLAG_OWN_EXTRACT_H

#include "people/own/views.h"
#include "people/people.h"

/* All that the register sources keep about the visitor; texts in the request's arena. */
enum error extract_read(struct request *rq, struct extract_page *ret_page) MUST_USE;

#endif
