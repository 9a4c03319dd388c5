/* Memory of one request, one job or one test: handed out from blocks, given back all at once.
 *
 * An arena has a bound and never returns NULL. When the bound is passed it leaves through the
 * recovery point that ARENA_RECOVER set (the dispatcher's, or a job's); without one the process
 * stops with a message, because nothing sensible can follow. Clean-ups deferred to the arena
 * (closing statements, files) run in reverse order at arena_free and arena_reset. */
#ifndef RADSLAG_BASE_ARENA_H
#define RADSLAG_BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

struct arena;

/* Bound that suits a request, bytes. */
enum { ARENA_REQUEST_BYTES = 8 << 20 };

/* New arena of at most `limit` bytes; owned by caller. Small arenas take one block of memory. */
struct arena *arena_new(size_t limit);

/* Runs the deferred clean-ups and frees all memory. NULL is allowed. */
void arena_free(struct arena *arena);

/* As arena_free, but keeps the arena (and its first block) for the next request. */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes, aligned for any type; valid until arena_reset or arena_free. */
void *arena_take(struct arena *arena, size_t size);

/* Zeroed array; count × size is checked for overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Makes `size` bytes that were taken (NULL: none) `wider`: in place when nothing was taken after
 * them and their block has room, else elsewhere. What is new is not zeroed. */
void *arena_widen(struct arena *arena, void *taken, size_t size, size_t wider);

/* Copies into the arena. NULL gives NULL. */
char *arena_copy_text(struct arena *arena, const char *text);
char *arena_copy_span(struct arena *arena, const char *start, size_t length);
void *arena_copy(struct arena *arena, const void *bytes, size_t size);

/* printf into the arena. */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vformat(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), nonnull(2)));

/* Calls `clean(thing)` when the arena is reset or freed. */
void arena_defer(struct arena *arena, void (*clean)(void *thing), void *thing);

/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);

/* The n-th arena_take of this arena from now behaves as if the bound were passed; 0 turns that
 * off. For the tests that fail each allocation in turn. */
void arena_fail_after(struct arena *arena, size_t takes);

/* Typed conveniences. */
#define ARENA_NEW(arena, type) ((type *)arena_take((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

/* The recovery point. Use:
 *     if (ARENA_RECOVER(arena)) { …answer 503…; return; }
 * True the second time, when the bound was passed somewhere below. Must stand in the function
 * whose frame outlives all use of the arena. */
#define ARENA_RECOVER(arena) (sigsetjmp(*arena_recovery(arena), 0) != 0)
sigjmp_buf *arena_recovery(struct arena *arena);

#endif
