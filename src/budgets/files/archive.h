/* ZIP archives of one form alone: members stored as they are, one after the other, without dates,
 * extra fields or comments (APPNOTE 6.3, sections 4.3 and 4.4). Any program unpacks them. The same
 * members always give the same bytes, so that whoever checks an archive can make it anew and finds
 * every byte that is not as it was written. */
#ifndef RADSLAG_BUDGETS_ARCHIVE_H
#define RADSLAG_BUDGETS_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"

/* Members and the bytes of all of them; past it an archive is neither written nor read. */
enum { ARCHIVE_MEMBERS_MAX = 300, ARCHIVE_NAME_MAX = 64 };
#define ARCHIVE_BYTES_MAX ((size_t)1 << 30)

enum { ARCHIVE_HASH_BYTES = 65 };

/* ---- writing ---- */

struct archive_writer;

/* Writes to a file that can be sought in, at its beginning; the file stays the caller's. Memory is
 * the arena's. */
struct archive_writer *archive_begin(struct arena *arena, FILE *file);

/* A member: its name (letters, digits, '-', '.'), its bytes in pieces of any size, its end.
 * `ret_hash` of the end is the SHA-256 of its bytes, hex; may be NULL. A failed write is remembered
 * until archive_end. */
void archive_member(struct archive_writer *writer, const char *name);
void archive_put(struct archive_writer *writer, const char *bytes, size_t length);
void archive_member_end(struct archive_writer *writer, char ret_hash[ARCHIVE_HASH_BYTES]);

/* The directory at the end. ERR_UNAVAILABLE when something could not be written, ERR_TOO_LARGE past
 * the bounds. The file is flushed, not closed. */
enum error archive_end(struct archive_writer *writer) MUST_USE;

/* ---- reading ---- */

struct archive_member {
    const char *name;
    const char *bytes; /* borrowed from what was read */
    size_t length;
    size_t offset; /* of the bytes in the archive */
};

struct archive {
    struct archive_member *members;
    size_t count;
};

/* Where an archive is not as archive_begin's would be. */
struct archive_refusal {
    size_t offset;      /* of the first byte that is wrong */
    const char *member; /* the member it concerns; NULL = none; in arena */
    const char *text;   /* one English sentence; in arena or static */
};

/* The members, whose bytes are not judged; false when there is no way to tell them. */
bool archive_read(struct arena *arena, const char *bytes, size_t length,
                  struct archive *ret_archive, struct archive_refusal *ret_refusal) MUST_USE;

/* Whether all that is not the members' bytes is as it would be written. */
bool archive_is_exact(struct arena *arena, const struct archive *archive, const char *bytes,
                      size_t length, struct archive_refusal *ret_refusal) MUST_USE;

/* NULL when there is none. */
const struct archive_member *archive_find(const struct archive *archive, const char *name);

#endif
