/* The disk below the torn file system: what programs see of each file, and what a power cut leaves.
 */
#ifndef RADSLAG_TESTS_TORN_DISK_H
#define RADSLAG_TESTS_TORN_DISK_H

#include <stddef.h>

struct disk_file;

/* The file with this path, made empty if there was none; lives until torn_begin. */
struct disk_file *disk_file(const char *path);

enum disk_answer { DISK_OK, DISK_FULL, DISK_FAILS };

/* Reads what is there; the rest of `into` is zeroed. */
enum disk_answer disk_read(const struct disk_file *file, void *into, size_t length, size_t offset,
                           size_t *ret_there);

/* Seen at once, on the platter after disk_sync. */
enum disk_answer disk_write(struct disk_file *file, const void *from, size_t length, size_t offset);

/* Cuts or lengthens; on the platter after disk_sync. */
enum disk_answer disk_truncate(struct disk_file *file, size_t size);

/* All that was written is on the platter. */
enum disk_answer disk_sync(struct disk_file *file);

/* Bytes seen. */
enum disk_answer disk_size(const struct disk_file *file, size_t *ret_size);

/* Empties a deleted file, on the platter too. */
enum disk_answer disk_delete(struct disk_file *file);

#endif
