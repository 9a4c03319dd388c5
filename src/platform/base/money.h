/* Money in öre, 64 bits. People write and read whole kronor, or kronor and öre with a comma. */
#ifndef RADSLAG_BASE_MONEY_H
#define RADSLAG_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

/* Reads "450 000", "450000 kr", "12,50", "−3" (any space, also no-break); false when it is not an
 * amount or does not fit. */
bool money_parse(const char *text, int64_t *ret_ore);

/* a + b, a × n: false on overflow, output untouched. */
bool money_add(int64_t a, int64_t b, int64_t *ret_sum);
bool money_times(int64_t a, int64_t n, int64_t *ret_product);

#endif
