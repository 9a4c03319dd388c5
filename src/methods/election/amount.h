/* Sums of money as they stand in a file: exact decimals, never floating point. */
#ifndef RADSLAG_METHODS_ELECTION_AMOUNT_H
#define RADSLAG_METHODS_ELECTION_AMOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"

/* The largest amount has 12 digits before the decimal mark and 6 after it, so that any amount at
 * any scale fits in 64 bits, and amount × amount × ballots in 128. */
enum { AMOUNT_WHOLE_DIGITS = 12, AMOUNT_DECIMALS = 6 };

/* units × 10^-decimals; `units` 0 or more. Öre are {ore, 2}. */
struct amount {
    int64_t units;
    int decimals; /* 0 to AMOUNT_DECIMALS */
};

/* Reads "4000", "4000.0", "28500,50": digits, and decimals after a point or a comma. Zeros at the
 * end of the decimals go. False when it is anything else (a sign, a space, "1e6") or too large. */
bool amount_parse(const char *text, size_t length, struct amount *ret_amount);

/* The same amount with as few decimals as it needs. */
struct amount amount_shorten(struct amount amount);

/* Units at a scale with at least as many decimals; false when it is past the largest amount. */
bool amount_at_scale(struct amount amount, int decimals, int64_t *ret_units);

/* "28500.5"; a negative number of units is allowed. */
enum { AMOUNT_TEXT_BYTES = 32 };
void amount_write(int64_t units, int decimals, char ret_text[AMOUNT_TEXT_BYTES]);

/* The same in arena. */
const char *amount_decimal(struct arena *arena, int64_t units, int decimals);

/* The exact number as a whole number or a fraction in lowest terms: "57001/2". In arena. */
const char *amount_fraction(struct arena *arena, int64_t units, int decimals);

#endif
