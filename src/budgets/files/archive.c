#include "budgets/files/archive.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <zlib.h>

#include "budgets/files/archive_parts.h"

struct archive_writer {
    struct arena *arena;
    FILE *file;
    struct archive_part parts[ARCHIVE_MEMBERS_MAX];
    size_t count, written;
    crypto_hash_sha256_state hash;
    bool is_open, is_broken, is_too_large;
};

/* ---- the parts, as bytes ---- */

static unsigned char *put16(unsigned char *at, unsigned value) {
    at[0] = (unsigned char)value;
    at[1] = (unsigned char)(value >> 8);
    return at + 2;
}

static unsigned char *put32(unsigned char *at, uint32_t value) {
    return put16(put16(at, value & 0xffff), value >> 16);
}

enum { VERSION = 10, NAMES_ARE_UTF8 = 0x0800, STORED = 0, NO_TIME = 0, FIRST_DAY = 0x21 };

/* What local header and directory say alike, from the version on. */
static unsigned char *put_common(unsigned char *at, const struct archive_part *part) {
    at = put16(at, VERSION);
    at = put16(at, NAMES_ARE_UTF8);
    at = put16(at, STORED);
    at = put16(at, NO_TIME);
    at = put16(at, FIRST_DAY);
    at = put32(at, part->crc);
    at = put32(at, part->length);
    at = put32(at, part->length);
    at = put16(at, (unsigned)strlen(part->name));
    return put16(at, 0);
}

size_t archive_local_header(const struct archive_part *part, unsigned char *ret_bytes) {
    unsigned char *at = put_common(put32(ret_bytes, ARCHIVE_LOCAL), part);
    memcpy(at, part->name, strlen(part->name));
    return ARCHIVE_LOCAL_BYTES + strlen(part->name);
}

size_t archive_directory_entry(const struct archive_part *part, unsigned char *ret_bytes) {
    unsigned char *at = put16(put32(ret_bytes, ARCHIVE_ENTRY), VERSION);
    at = put_common(at, part);
    at = put16(at, 0); /* comment */
    at = put16(at, 0); /* disk */
    at = put16(at, 0); /* attributes within */
    at = put32(at, 0); /* and without */
    at = put32(at, part->offset);
    memcpy(at, part->name, strlen(part->name));
    return ARCHIVE_ENTRY_BYTES + strlen(part->name);
}

void archive_directory_end(size_t count, size_t begin, size_t length,
                           unsigned char ret_bytes[ARCHIVE_END_BYTES]) {
    unsigned char *at = put32(ret_bytes, ARCHIVE_END);
    at = put32(at, 0); /* this disk, and that of the directory */
    at = put16(at, (unsigned)count);
    at = put16(at, (unsigned)count);
    at = put32(at, (uint32_t)length);
    at = put32(at, (uint32_t)begin);
    (void)put16(at, 0); /* comment */
}

uint32_t archive_crc(uint32_t crc, const char *bytes, size_t length) {
    return (uint32_t)crc32_z(crc, (const unsigned char *)bytes, length);
}

/* ---- writing ---- */

struct archive_writer *archive_begin(struct arena *arena, FILE *file) {
    struct archive_writer *writer = ARENA_NEW(arena, struct archive_writer);
    writer->arena = arena;
    writer->file = file;
    return writer;
}

static void out(struct archive_writer *writer, const void *bytes, size_t length) {
    if (writer->written + length > ARCHIVE_BYTES_MAX)
        writer->is_too_large = true;
    if (writer->is_broken || writer->is_too_large)
        return;
    writer->is_broken = fwrite(bytes, 1, length, writer->file) != length;
    writer->written += length;
}

void archive_member(struct archive_writer *writer, const char *name) {
    unsigned char header[ARCHIVE_PART_MAX];
    assert(!writer->is_open && strlen(name) <= ARCHIVE_NAME_MAX);
    assert(writer->count < ARCHIVE_MEMBERS_MAX);
    struct archive_part *part = &writer->parts[writer->count++];
    part->name = arena_copy_text(writer->arena, name);
    part->offset = (uint32_t)writer->written;
    writer->is_open = true;
    (void)crypto_hash_sha256_init(&writer->hash);
    out(writer, header, archive_local_header(part, header)); /* its sums come with its end */
}

void archive_put(struct archive_writer *writer, const char *bytes, size_t length) {
    struct archive_part *part = &writer->parts[writer->count - 1];
    assert(writer->is_open);
    if (length == 0)
        return;
    part->crc = archive_crc(part->crc, bytes, length);
    part->length += (uint32_t)length;
    (void)crypto_hash_sha256_update(&writer->hash, (const unsigned char *)bytes, length);
    out(writer, bytes, length);
}

void archive_member_end(struct archive_writer *writer, char ret_hash[ARCHIVE_HASH_BYTES]) {
    const struct archive_part *part = &writer->parts[writer->count - 1];
    unsigned char header[ARCHIVE_PART_MAX], digest[crypto_hash_sha256_BYTES];
    const size_t length = archive_local_header(part, header);
    assert(writer->is_open);
    writer->is_open = false;
    (void)crypto_hash_sha256_final(&writer->hash, digest);
    if (ret_hash != NULL)
        (void)sodium_bin2hex(ret_hash, ARCHIVE_HASH_BYTES, digest, sizeof digest);
    if (writer->is_broken || writer->is_too_large)
        return;
    writer->is_broken = fseeko(writer->file, (off_t)part->offset, SEEK_SET) != 0 ||
                        fwrite(header, 1, length, writer->file) != length ||
                        fseeko(writer->file, 0, SEEK_END) != 0;
}

enum error archive_end(struct archive_writer *writer) {
    unsigned char bytes[ARCHIVE_PART_MAX];
    const size_t begin = writer->written;
    assert(!writer->is_open);
    for (size_t i = 0; i < writer->count; i++)
        out(writer, bytes, archive_directory_entry(&writer->parts[i], bytes));
    archive_directory_end(writer->count, begin, writer->written - begin, bytes);
    out(writer, bytes, ARCHIVE_END_BYTES);
    if (writer->is_too_large)
        return ERR_TOO_LARGE;
    return writer->is_broken || fflush(writer->file) != 0 ? ERR_UNAVAILABLE : ERR_OK;
}
