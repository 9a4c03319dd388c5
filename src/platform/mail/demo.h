/* The demonstration's pages of mail that was put in a folder instead of being sent: shown only
 * where `radslag serve --demo` runs. */
#ifndef RADSLAG_MAIL_DEMO_H
#define RADSLAG_MAIL_DEMO_H

#include "platform/http/http.h"

/* Opens /demo/mail on this folder; until then it is not found. Once, before the service starts; the
 * text is borrowed until the program ends. */
void mail_demo_open(const char *folder);

extern const struct route mail_demo_routes[];

#endif
