/* Rate limits in memory: one token bucket per key, in a table of fixed size. A full table forgets
 * the bucket that was used longest ago among its neighbours. */
#ifndef RADSLAG_HTTP_RATE_H
#define RADSLAG_HTTP_RATE_H

#include <stddef.h>
#include <stdint.h>

struct rate;

/* Room for `buckets` keys (rounded up to a power of two), 16 bytes each; owned by caller, NULL
 * without memory. */
struct rate *rate_new(size_t buckets);
void rate_free(struct rate *rate);

/* Takes one from the bucket of `key`, which holds `per_minute` when full and fills evenly. Returns
 * 0, or after how many whole seconds one will be there. `now` in µs; a clock that is set
 * back costs a key a minute at most. */
int64_t rate_take(struct rate *rate, const char *key, int per_minute, int64_t now);

/* The address as a key: IPv6 is cut to its /64, which one household has. In `ret_key`. */
void rate_address_key(const char *address, char *ret_key, size_t room);

#endif
