#include "platform/http/cache.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "platform/http/compress.h"

enum { CHAINS = 1024, SHARE_OF_ALL = 8 }; /* no entry takes more than an eighth */

struct cache {
    pthread_mutex_t lock;
    struct kept *chains[CHAINS];
    struct kept *newest, *oldest;
    size_t limit, bytes, entries;
    uint64_t hits, misses;
    void (*prepared_free)(void *prepared);
    unsigned char secret[crypto_shorthash_KEYBYTES];
};

struct cache *cache_new(size_t bytes, void (*prepared_free)(void *prepared)) {
    struct cache *cache = calloc(1, sizeof *cache);
    if (cache == NULL)
        return NULL;
    cache->limit = bytes;
    cache->prepared_free = prepared_free;
    randombytes_buf(cache->secret, sizeof cache->secret);
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void kept_hold(struct kept *kept) {
    atomic_fetch_add_explicit(&kept->references, 1, memory_order_relaxed);
}

void kept_release(struct kept *kept) {
    if (kept == NULL || atomic_fetch_sub(&kept->references, 1) != 1)
        return;
    for (enum encoding encoding = 0; encoding < ENCODING_COUNT; encoding++) {
        for (size_t tls = 0; tls < 2; tls++)
            if (atomic_load(&kept->prepared[encoding][tls]) != NULL)
                kept->prepared_free(atomic_load(&kept->prepared[encoding][tls]));
        free((void *)(uintptr_t)kept->bodies[encoding].bytes);
    }
    free(kept->key);
    free(kept);
}

static struct kept **chain_of(struct cache *cache, const char *key) {
    unsigned char hash[crypto_shorthash_BYTES];
    size_t number = 0;
    crypto_shorthash(hash, (const unsigned char *)key, strlen(key), cache->secret);
    memcpy(&number, hash, sizeof number);
    return &cache->chains[number % CHAINS];
}

static void line_leave(struct cache *cache, struct kept *kept) {
    *(kept->newer == NULL ? &cache->newest : &kept->newer->older) = kept->older;
    *(kept->older == NULL ? &cache->oldest : &kept->older->newer) = kept->newer;
    kept->newer = kept->older = NULL;
}

static void line_enter(struct cache *cache, struct kept *kept) {
    kept->older = cache->newest;
    *(cache->newest == NULL ? &cache->oldest : &cache->newest->newer) = kept;
    cache->newest = kept;
}

/* Takes an entry out; its reference goes to the caller. */
static void leave(struct cache *cache, struct kept *kept) {
    struct kept **link = chain_of(cache, kept->key);
    while (*link != kept)
        link = &(*link)->chained;
    *link = kept->chained;
    line_leave(cache, kept);
    cache->bytes -= kept->size;
    cache->entries--;
}

static struct kept *find(struct cache *cache, const char *key) {
    for (struct kept *kept = *chain_of(cache, key); kept != NULL; kept = kept->chained)
        if (strcmp(kept->key, key) == 0)
            return kept;
    return NULL;
}

/* Versions only grow, so their sum changes when any of them does. */
static uint64_t stamp_of(topics reads, const uint64_t versions[64]) {
    uint64_t stamp = 0;
    for (size_t topic = 0; reads != 0; topic++, reads >>= 1)
        if ((reads & 1) != 0)
            stamp += versions[topic];
    return stamp;
}

struct kept *cache_find(struct cache *cache, const char *key, const uint64_t versions[64],
                        int64_t now) {
    struct kept *stale = NULL;
    pthread_mutex_lock(&cache->lock);
    struct kept *kept = find(cache, key);
    if (kept != NULL && (now >= kept->expires || stamp_of(kept->reads, versions) != kept->stamp)) {
        leave(cache, kept);
        stale = kept;
        kept = NULL;
    }
    if (kept != NULL) {
        line_leave(cache, kept);
        line_enter(cache, kept);
        kept_hold(kept);
        cache->hits++;
    } else {
        cache->misses++;
    }
    pthread_mutex_unlock(&cache->lock);
    kept_release(stale);
    return kept;
}

void kept_etag(const void *bytes, size_t length, char ret_etag[24]) {
    enum { ETAG_BYTES = 16 };
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, length);
    sodium_bin2base64(ret_etag, 24, hash, ETAG_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool kept_matches(const struct kept *kept, const char *if_none_match) {
    if (if_none_match == NULL)
        return false;
    if (strcmp(if_none_match, "*") == 0)
        return true;
    const char *found = strstr(if_none_match, kept->etag);
    return found != NULL && found > if_none_match && found[-1] == '"';
}

static void kept_compress(struct kept *kept, enum effort effort) {
    const struct kept_body *body = &kept->bodies[ENCODING_IDENTITY];
    if (!compress_worthwhile(kept->type, body->length))
        return;
    for (enum encoding encoding = ENCODING_GZIP; encoding < ENCODING_COUNT; encoding++) {
        void *bytes = NULL;
        size_t length = 0;
        if (!compress_bytes(encoding, effort, body->bytes, body->length, &bytes, &length))
            continue;
        kept->bodies[encoding] = (struct kept_body){bytes, length};
        atomic_fetch_or(&kept->encodings, 1u << encoding);
        kept->size += length;
    }
}

static struct kept *kept_new(const struct keeping *keeping) {
    struct kept *kept = calloc(1, sizeof *kept);
    void *bytes = malloc(keeping->length + 1);
    char *key = strdup(keeping->key);
    if (kept == NULL || bytes == NULL || key == NULL) {
        free(kept);
        free(bytes);
        free(key);
        return NULL;
    }
    memcpy(bytes, keeping->bytes, keeping->length);
    *kept = (struct kept){.references = 1,
                          .type = keeping->type,
                          .language = keeping->language,
                          .encodings = 1u << ENCODING_IDENTITY,
                          .key = key,
                          .size = sizeof *kept + strlen(key) + keeping->length,
                          .reads = keeping->reads,
                          .stamp = stamp_of(keeping->reads, keeping->versions),
                          .expires = keeping->expires};
    kept->bodies[ENCODING_IDENTITY] = (struct kept_body){bytes, keeping->length};
    kept_etag(bytes, keeping->length, kept->etag);
    kept_compress(kept, EFFORT_QUICK);
    return kept;
}

/* Puts it in; what had to give way is returned as a chain for release outside the lock. */
static struct kept *enter(struct cache *cache, struct kept *kept) {
    struct kept *gone = find(cache, kept->key);
    if (gone != NULL) {
        leave(cache, gone);
        gone->chained = NULL;
    }
    while (cache->bytes + kept->size > cache->limit && cache->oldest != NULL) {
        struct kept *oldest = cache->oldest;
        leave(cache, oldest);
        oldest->chained = gone;
        gone = oldest;
    }
    struct kept **chain = chain_of(cache, kept->key);
    kept->chained = *chain;
    *chain = kept;
    line_enter(cache, kept);
    cache->bytes += kept->size;
    cache->entries++;
    return gone;
}

struct kept *cache_keep(struct cache *cache, const struct keeping *keeping) {
    if (keeping->length > cache->limit / SHARE_OF_ALL)
        return NULL;
    struct kept *kept = kept_new(keeping);
    if (kept == NULL)
        return NULL;
    kept->prepared_free = cache->prepared_free;
    kept_hold(kept);
    pthread_mutex_lock(&cache->lock);
    struct kept *gone = enter(cache, kept);
    pthread_mutex_unlock(&cache->lock);
    while (gone != NULL) {
        struct kept *next = gone->chained;
        kept_release(gone);
        gone = next;
    }
    return kept;
}

struct cache_state cache_state(struct cache *cache) {
    pthread_mutex_lock(&cache->lock);
    const struct cache_state state = {cache->entries, cache->bytes, cache->hits, cache->misses};
    pthread_mutex_unlock(&cache->lock);
    return state;
}

void cache_free(struct cache *cache) {
    if (cache == NULL)
        return;
    while (cache->oldest != NULL) {
        struct kept *oldest = cache->oldest;
        leave(cache, oldest);
        kept_release(oldest);
    }
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}
