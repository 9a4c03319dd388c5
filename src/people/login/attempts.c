#include "people/login/attempts.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "platform/base/instant.h"

enum { SETS = 2048, WAYS = 4 };

struct limit {
    uint32_t short_most, day_most;
};

/* Of clients they are wide: a whole municipality, or a school, comes from one address. */
static const struct limit limits[ATTEMPT_COUNT] = {
    [ATTEMPT_MAIL] = {5, 20},
    [ATTEMPT_MAIL_FROM] = {300, 3000},
    [ATTEMPT_CODE_FROM] = {600, 6000},
    [ATTEMPT_PASSWORD] = {10, 50},
    [ATTEMPT_PASSWORD_FROM] = {300, 3000},
    [ATTEMPT_FACTOR] = {5, 20},
};

struct count {
    uint64_t who; /* 0: an empty place */
    int64_t short_from, day_from;
    uint32_t in_short, in_day;
};

/* A full set forgets who came first in it. */
static struct {
    pthread_mutex_t lock;
    bool has_key;
    unsigned char key[crypto_shorthash_KEYBYTES];
    struct count counts[SETS][WAYS];
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint64_t who_of(enum attempt attempt, int64_t tenant, const char *key) {
    crypto_generichash_state state;
    uint64_t who = 0;

    if (!kept.has_key) {
        randombytes_buf(kept.key, sizeof kept.key);
        kept.has_key = true;
    }
    crypto_generichash_init(&state, kept.key, sizeof kept.key, crypto_generichash_BYTES_MIN);
    crypto_generichash_update(&state, (const unsigned char *)&attempt, sizeof attempt);
    crypto_generichash_update(&state, (const unsigned char *)&tenant, sizeof tenant);
    crypto_generichash_update(&state, (const unsigned char *)key, strlen(key));
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash_final(&state, hash, sizeof hash);
    (void)memcpy(&who, hash, sizeof who);
    return who == 0 ? 1 : who;
}

/* The place of `who`, or the one that is given up for it. */
static struct count *count_of(uint64_t who) {
    struct count *set = kept.counts[who % SETS];
    struct count *oldest = &set[0];

    for (size_t way = 0; way < WAYS; way++) {
        if (set[way].who == who)
            return &set[way];
        if (set[way].who == 0 || (oldest->who != 0 && set[way].day_from < oldest->day_from))
            oldest = &set[way];
    }
    *oldest = (struct count){.who = who};
    return oldest;
}

static void begin_windows(struct count *count, int64_t now) {
    if (count->in_short == 0 || now - count->short_from >= MINUTES(15)) {
        count->short_from = now;
        count->in_short = 0;
    }
    if (count->in_day == 0 || now - count->day_from >= DAYS(1)) {
        count->day_from = now;
        count->in_day = 0;
    }
}

bool attempt_take(enum attempt attempt, int64_t tenant, const char *key, int64_t now) {
    assert(attempt < ATTEMPT_COUNT);
    (void)pthread_mutex_lock(&kept.lock);
    struct count *count = count_of(who_of(attempt, tenant, key));
    begin_windows(count, now);
    const bool allowed =
        count->in_short < limits[attempt].short_most && count->in_day < limits[attempt].day_most;
    if (allowed) {
        count->in_short++;
        count->in_day++;
    }
    (void)pthread_mutex_unlock(&kept.lock);
    return allowed;
}

void attempt_forgive(enum attempt attempt, int64_t tenant, const char *key) {
    assert(attempt < ATTEMPT_COUNT);
    (void)pthread_mutex_lock(&kept.lock);
    struct count *count = count_of(who_of(attempt, tenant, key));
    count->in_short = 0;
    count->in_day = 0;
    (void)pthread_mutex_unlock(&kept.lock);
}
