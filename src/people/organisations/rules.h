/* What decides about an organisation's settings. Pure. */
#ifndef RADSLAG_ORGANISATIONS_RULES_H
#define RADSLAG_ORGANISATIONS_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/arena.h"

/* An organisation number as ten digits, from "212000-0142", "2120000142" or "16212000-0142"; NULL
 * when it has another form or its check digit is wrong (EVT-13: the Luhn sum of ten digits is a
 * multiple of ten; the third digit is 2 or more, which sets it apart from a personal number). */
const char *organisation_number_read(struct arena *arena, const char *typed);

/* "212000-0142" from ten digits; NULL gives NULL. */
const char *organisation_number_show(struct arena *arena, const char *digits);

/* A host name in lower case, without port, path or trailing dot, as the browser sends it; NULL when
 * it is none. "localhost" and "x.localhost" are allowed: the demonstration runs there. */
const char *host_read(struct arena *arena, const char *typed);

/* "radslag@delta.ljungsjo.example": where mail comes from until a sender is set. A host name
 * without a dot gets ".invalid" behind it, which no mail is delivered to. */
const char *sender_usual(struct arena *arena, const char *host);

/* What stands in the settings and what only people can give. */
struct organisation_facts {
    bool has_controller, has_dpo, has_sender, statement_accepted;
    int64_t administrators_proved; /* holders of the role whose second factor is set up */
};

/* What is missing before anything may be published (ADM-1), as bits; 0 = nothing. */
enum {
    MISSING_CONTROLLER = 1,
    MISSING_DPO = 2,
    MISSING_STATEMENT = 4,
    MISSING_SENDER = 8,
    MISSING_ADMINISTRATORS = 16
};
unsigned missing_decide(const struct organisation_facts *facts);

/* Fewest administrators an organisation may have (ADM-1, ROL-12). */
enum { LEAST_ADMINISTRATORS = 2 };

#endif
