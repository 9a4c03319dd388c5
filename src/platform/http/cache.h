/* Pages kept for visitors without a session (DESIGN 2, Cache), and the form that a kept answer has.
 *
 * An entry is good while the topics that its page read have the versions they had before its
 * snapshot, and until the instant its page named. Memory is bound; what was used longest ago goes
 * first. */
#ifndef RADSLAG_HTTP_CACHE_H
#define RADSLAG_HTTP_CACHE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/http/negotiate.h"

/* Bytes that may be sent again and again, with compressed copies. Counted references: the cache
 * holds one, each reply under way one. */
struct kept {
    _Atomic unsigned references;
    const char *type;
    char etag[24];              /* without quotes */
    _Atomic unsigned encodings; /* bits 1 << enum encoding: which bodies there are */
    struct kept_body {
        const void *bytes;
        size_t length;
    } bodies[ENCODING_COUNT];
    bool is_immutable;    /* its address names its content */
    const char *language; /* of a page; NULL for files */

    /* what the transport made ready for it, by encoding and for requests over TLS apart */
    _Atomic(void *) prepared[ENCODING_COUNT][2];
    void (*prepared_free)(void *prepared);

    /* the cache's */
    char *key;
    size_t size;
    topics reads;
    uint64_t stamp;
    int64_t expires;
    struct kept *newer, *older, *chained;
};

struct cache;

/* At most `bytes` of pages; owned by caller, NULL without memory. `prepared_free` gives back what a
 * transport made ready for a page. */
struct cache *cache_new(size_t bytes, void (*prepared_free)(void *prepared));

/* Gives back the cache's references; nothing may use it any more. */
void cache_free(struct cache *cache);

/* The entry under this key that still holds, with a reference for the caller; or NULL. */
struct kept *cache_find(struct cache *cache, const char *key, const uint64_t versions[64],
                        int64_t now);

/* What a page is kept with. `versions` were read before the page's snapshot was taken. */
struct keeping {
    const char *key;
    const char *type;
    const char *language;
    const void *bytes;
    size_t length;
    topics reads;
    const uint64_t *versions;
    int64_t expires;
};

/* Copies and compresses it, and keeps it in the place of an older one. Returns it with a reference
 * for the caller; NULL when it is too large or memory is short. */
struct kept *cache_keep(struct cache *cache, const struct keeping *keeping);

/* One reference more. */
void kept_hold(struct kept *kept);

/* One less; the last frees it. NULL is allowed. */
void kept_release(struct kept *kept);

/* ETag text from content: the first 128 bits of its SHA-256. */
void kept_etag(const void *bytes, size_t length, char ret_etag[24]);

/* True when an If-None-Match header names this entity in this encoding (weak comparison). */
bool kept_matches(const struct kept *kept, const char *if_none_match);

struct cache_state {
    size_t entries, bytes;
    uint64_t hits, misses;
};

/* For /metrics. */
struct cache_state cache_state(struct cache *cache);

#endif
