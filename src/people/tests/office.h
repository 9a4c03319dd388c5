/* People of an office for page tests, and pages compared with golden JSON. */
#ifndef RADSLAG_PEOPLE_TESTS_OFFICE_H
#define RADSLAG_PEOPLE_TESTS_OFFICE_H

#include "people/tests/site.h"

/* A browser in which somebody of staff is logged in with the second factor proved. */
struct browser *office_person(struct site *site, const char *email, const char *name,
                              enum role role);

/* The number behind `before` in the last page ("/people/"), for addresses. */
int64_t browser_number(const struct browser *browser, const char *before);

/* Status and body of the JSON of an address, compared with src/FILE (one value a line). When
 * RADSLAG_GOLDEN is "write" the file is written instead: look at what changed before it is kept. */
void assert_golden(struct browser *browser, const char *target, const char *file);

#endif
