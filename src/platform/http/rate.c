#include "platform/http/rate.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>

enum { WAYS = 8 };
#define MINUTE_US INT64_C(60000000)

/* `full_at`: when the bucket will be full again if nobody takes more (generic cell rate algorithm:
 * one number instead of level and time). */
struct bucket {
    uint64_t key;
    int64_t full_at;
};

struct rate {
    pthread_mutex_t lock;
    unsigned char secret[crypto_shorthash_KEYBYTES]; /* nobody can aim at a neighbour */
    size_t sets;
    struct bucket buckets[];
};

struct rate *rate_new(size_t buckets) {
    size_t sets = 1;
    while (sets * WAYS < buckets)
        sets *= 2;
    struct rate *rate = calloc(1, sizeof *rate + sets * WAYS * sizeof rate->buckets[0]);
    if (rate == NULL)
        return NULL;
    rate->sets = sets;
    randombytes_buf(rate->secret, sizeof rate->secret);
    pthread_mutex_init(&rate->lock, NULL);
    return rate;
}

void rate_free(struct rate *rate) {
    if (rate == NULL)
        return;
    pthread_mutex_destroy(&rate->lock);
    free(rate);
}

static uint64_t hash_of(const struct rate *rate, const char *key) {
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t number = 0;
    crypto_shorthash(hash, (const unsigned char *)key, strlen(key), rate->secret);
    memcpy(&number, hash, sizeof number);
    return number;
}

/* The key's bucket, or the one of its set that was fullest, made a full one. */
static struct bucket *bucket_of(struct rate *rate, uint64_t hash) {
    struct bucket *set = &rate->buckets[(hash & (rate->sets - 1)) * WAYS];
    struct bucket *oldest = set;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == hash)
            return &set[i];
        if (set[i].full_at < oldest->full_at)
            oldest = &set[i];
    }
    *oldest = (struct bucket){.key = hash};
    return oldest;
}

int64_t rate_take(struct rate *rate, const char *key, int per_minute, int64_t now) {
    const uint64_t hash = hash_of(rate, key);
    const int64_t each = MINUTE_US / per_minute, whole = each * per_minute;
    int64_t wait = 0;
    pthread_mutex_lock(&rate->lock);
    struct bucket *bucket = bucket_of(rate, hash);
    if (bucket->full_at > now + MINUTE_US) /* the clock was set back */
        bucket->full_at = now + whole;
    const int64_t from = bucket->full_at > now ? bucket->full_at : now;
    if (from + each - now <= whole)
        bucket->full_at = from + each;
    else
        wait = from + each - now - whole;
    pthread_mutex_unlock(&rate->lock);
    return (wait + 999999) / 1000000;
}

void rate_address_key(const char *address, char *ret_key, size_t room) {
    struct in6_addr v6;
    if (inet_pton(AF_INET6, address, &v6) == 1 && !IN6_IS_ADDR_V4MAPPED(&v6)) {
        memset(&v6.s6_addr[8], 0, 8);
        if (inet_ntop(AF_INET6, &v6, ret_key, (socklen_t)room) != NULL)
            return;
    }
    (void)snprintf(ret_key, room, "%s", address);
}
