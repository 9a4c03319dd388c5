#include "platform/base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 16 << 10, ALIGNMENT = 16, FORMAT_BYTES = 256 };

struct block {
    struct block *next;
    size_t size, used;
    max_align_t bytes[];
};

struct deferred {
    struct deferred *next;
    void (*clean)(void *thing);
    void *thing;
};

struct arena {
    struct block *blocks; /* newest first */
    struct deferred *deferred;
    size_t limit, used;
    size_t takes_until_failure;
    int has_recovery;
    sigjmp_buf recovery;
};

static _Noreturn void arena_stop(const char *why) {
    (void)fprintf(stderr, "radslag: arena: %s\n", why);
    abort();
}

static _Noreturn void arena_exhausted(struct arena *arena) {
    if (arena->has_recovery)
        siglongjmp(arena->recovery, 1);
    arena_stop("bound passed and nobody recovers");
}

static struct block *block_new(size_t size, struct block *next) {
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    block->used = 0;
    block->next = next;
    return block;
}

struct arena *arena_new(size_t limit) {
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL)
        arena_stop("out of memory");
    arena->limit = limit;
    return arena;
}

static void run_deferred(struct arena *arena) {
    while (arena->deferred != NULL) {
        struct deferred *first = arena->deferred;
        arena->deferred = first->next;
        first->clean(first->thing);
    }
}

void arena_reset(struct arena *arena) {
    run_deferred(arena);
    struct block *kept = NULL;
    while (arena->blocks != NULL) {
        struct block *block = arena->blocks;
        arena->blocks = block->next;
        if (block->next == NULL && block->size == BLOCK_BYTES)
            kept = block;
        else
            free(block);
    }
    if (kept != NULL) {
        kept->used = 0;
        kept->next = NULL;
    }
    arena->blocks = kept;
    arena->used = 0;
    arena->takes_until_failure = 0;
    arena->has_recovery = 0;
}

void arena_free(struct arena *arena) {
    if (arena == NULL)
        return;
    run_deferred(arena);
    while (arena->blocks != NULL) {
        struct block *block = arena->blocks;
        arena->blocks = block->next;
        free(block);
    }
    free(arena);
}

/* Bytes that are not zeroed: only for those who fill them at once. */
static void *take(struct arena *arena, size_t size) {
    assert(arena != NULL);
    if (arena->takes_until_failure > 0 && --arena->takes_until_failure == 0)
        arena_exhausted(arena);
    if (size > arena->limit || arena->used > arena->limit - size)
        arena_exhausted(arena);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct block *block = arena->blocks;
    if (block == NULL || block->size - block->used < size) {
        if (block != NULL && size > BLOCK_BYTES / 4) { /* a block of its own, behind the newest */
            struct block *own = block_new(size, block->next);
            if (own == NULL)
                arena_exhausted(arena);
            own->used = size;
            block->next = own;
            arena->used += size;
            return own->bytes;
        }
        block = block_new(size > BLOCK_BYTES ? size : BLOCK_BYTES, block);
        if (block == NULL)
            arena_exhausted(arena);
        arena->blocks = block;
    }
    void *taken = (char *)block->bytes + block->used;
    block->used += size;
    arena->used += size;
    return taken;
}

void *arena_take(struct arena *arena, size_t size) {
    return memset(take(arena, size), 0, size);
}

void *arena_widen(struct arena *arena, void *taken, size_t size, size_t wider) {
    struct block *block = arena->blocks;
    const size_t was = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    const bool is_last =
        block != NULL && taken != NULL && (char *)taken + was == (char *)block->bytes + block->used;
    if (is_last && wider <= was + (block->size - block->used)) {
        if (wider > was)
            (void)take(arena, wider - was);
        return taken;
    }
    void *moved = take(arena, wider);
    if (size > 0)
        memcpy(moved, taken, size);
    return moved;
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size)
        arena_exhausted(arena);
    return arena_take(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size) {
    void *copy = take(arena, size);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_copy_span(struct arena *arena, const char *start, size_t length) {
    char *copy = take(arena, length + 1);
    if (length > 0)
        memcpy(copy, start, length);
    copy[length] = '\0';
    return copy;
}

char *arena_copy_text(struct arena *arena, const char *text) {
    return text == NULL ? NULL : arena_copy_span(arena, text, strlen(text));
}

char *arena_vformat(struct arena *arena, const char *format, va_list args) {
    char shortly[FORMAT_BYTES];
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(shortly, sizeof shortly, format, args);
    if (length < 0) {
        va_end(again);
        arena_stop("bad format");
    }
    char *text = take(arena, (size_t)length + 1);
    if ((size_t)length < sizeof shortly)
        memcpy(text, shortly, (size_t)length + 1);
    else
        (void)vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = arena_vformat(arena, format, args);
    va_end(args);
    return text;
}

void arena_defer(struct arena *arena, void (*clean)(void *thing), void *thing) {
    struct deferred *deferred = ARENA_NEW(arena, struct deferred);
    *deferred = (struct deferred){.next = arena->deferred, .clean = clean, .thing = thing};
    arena->deferred = deferred;
}

size_t arena_used(const struct arena *arena) {
    return arena->used;
}

void arena_fail_after(struct arena *arena, size_t takes) {
    arena->takes_until_failure = takes;
}

sigjmp_buf *arena_recovery(struct arena *arena) {
    arena->has_recovery = 1;
    return &arena->recovery;
}
