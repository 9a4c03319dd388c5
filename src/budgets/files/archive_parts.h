/* Parts of an archive as bytes: what writing and reading share. */
#ifndef RADSLAG_BUDGETS_ARCHIVE_PARTS_H
#define RADSLAG_BUDGETS_ARCHIVE_PARTS_H

#include "budgets/files/archive.h"

#define ARCHIVE_LOCAL 0x04034b50u
#define ARCHIVE_ENTRY 0x02014b50u
#define ARCHIVE_END 0x06054b50u

enum {
    ARCHIVE_LOCAL_BYTES = 30,
    ARCHIVE_ENTRY_BYTES = 46,
    ARCHIVE_END_BYTES = 22,
    ARCHIVE_PART_MAX = ARCHIVE_ENTRY_BYTES + ARCHIVE_NAME_MAX,
};

struct archive_part {
    const char *name;
    uint32_t offset, crc, length;
};

/* Length of what was written, at most ARCHIVE_PART_MAX. */
size_t archive_local_header(const struct archive_part *part, unsigned char *ret_bytes);
size_t archive_directory_entry(const struct archive_part *part, unsigned char *ret_bytes);
void archive_directory_end(size_t count, size_t begin, size_t length,
                           unsigned char ret_bytes[ARCHIVE_END_BYTES]);

/* CRC-32 of further bytes; of the first with crc 0. */
uint32_t archive_crc(uint32_t crc, const char *bytes, size_t length);

#endif
