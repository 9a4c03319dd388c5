/* Reading archives, and judging what stands around the members. Sizes come from the directory;
 * every one is checked before it is used. */
#include <string.h>

#include "budgets/files/archive_parts.h"

struct reading {
    struct arena *arena;
    const char *bytes;
    size_t length;
    struct archive_refusal *refusal;
};

static bool refuse(const struct reading *reading, size_t offset, const char *member,
                   const char *text) {
    *reading->refusal = (struct archive_refusal){offset, member, text};
    return false;
}

static uint32_t number(const char *bytes, int count) {
    uint32_t value = 0;
    for (int i = count - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

static bool name_is_plain(const char *name, size_t length) {
    if (length == 0 || length > ARCHIVE_NAME_MAX || name[0] == '.')
        return false;
    for (size_t i = 0; i < length; i++) {
        const char c = name[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '-' || c == '.'))
            return false;
    }
    return true;
}

/* One entry of the directory, and the member that it names. */
static bool entry_read(const struct reading *reading, size_t *at, size_t end,
                       struct archive *archive) {
    const char *entry = reading->bytes + *at;
    if (end - *at < ARCHIVE_ENTRY_BYTES || number(entry, 4) != ARCHIVE_ENTRY)
        return refuse(reading, *at, NULL, "an entry of the archive's directory was expected");
    const size_t name_length = number(entry + 28, 2), length = number(entry + 24, 4),
                 offset = number(entry + 42, 4);
    if (end - *at - ARCHIVE_ENTRY_BYTES < name_length ||
        !name_is_plain(entry + ARCHIVE_ENTRY_BYTES, name_length))
        return refuse(reading, *at, NULL, "the name of a member is none that bundles have");
    const char *name = arena_copy_span(reading->arena, entry + ARCHIVE_ENTRY_BYTES, name_length);
    const size_t begin = offset + ARCHIVE_LOCAL_BYTES + name_length;
    if (archive_find(archive, name) != NULL)
        return refuse(reading, *at, name, "the member is there twice");
    if (begin > reading->length || length > reading->length - begin)
        return refuse(reading, *at, name, "the member would lie outside the archive");
    archive->members[archive->count++] =
        (struct archive_member){name, reading->bytes + begin, length, begin};
    *at += ARCHIVE_ENTRY_BYTES + name_length;
    return true;
}

bool archive_read(struct arena *arena, const char *bytes, size_t length,
                  struct archive *ret_archive, struct archive_refusal *ret_refusal) {
    const struct reading reading = {arena, bytes, length, ret_refusal};
    struct archive archive = {0};
    if (length < ARCHIVE_END_BYTES || length > ARCHIVE_BYTES_MAX)
        return refuse(&reading, 0, NULL, "this is no bundle: it is too short or too long");
    const size_t end = length - ARCHIVE_END_BYTES;
    const char *last = bytes + end;
    if (number(last, 4) != ARCHIVE_END)
        return refuse(&reading, end, NULL, "the end of a ZIP archive was expected");
    const size_t count = number(last + 10, 2), size = number(last + 12, 4);
    size_t at = number(last + 16, 4);
    if (count > ARCHIVE_MEMBERS_MAX)
        return refuse(&reading, end + 10, NULL, "the archive has more members than a bundle");
    if (at > end || size != end - at)
        return refuse(&reading, end + 12, NULL,
                      "the archive's directory is not where it should be");
    archive.members = ARENA_ARRAY(arena, count + 1, struct archive_member);
    for (size_t i = 0; i < count; i++)
        if (!entry_read(&reading, &at, end, &archive))
            return false;
    if (at != end)
        return refuse(&reading, at, NULL, "the archive's directory is longer than its entries");
    *ret_archive = archive;
    return true;
}

/* Bytes that must stand at a place; moves past them. */
static bool same(const struct reading *reading, size_t *at, const unsigned char *expected,
                 size_t length, const char *member) {
    for (size_t i = 0; i < length; i++)
        if (*at + i >= reading->length || (unsigned char)reading->bytes[*at + i] != expected[i])
            return refuse(reading, *at + i, member,
                          "what describes the member in the archive is not as it was written");
    *at += length;
    return true;
}

bool archive_is_exact(struct arena *arena, const struct archive *archive, const char *bytes,
                      size_t length, struct archive_refusal *ret_refusal) {
    const struct reading reading = {arena, bytes, length, ret_refusal};
    struct archive_part *parts = ARENA_ARRAY(arena, archive->count + 1, struct archive_part);
    unsigned char part[ARCHIVE_PART_MAX];
    size_t at = 0;
    for (size_t i = 0; i < archive->count; i++) {
        const struct archive_member *member = &archive->members[i];
        parts[i] = (struct archive_part){member->name, (uint32_t)at,
                                         archive_crc(0, member->bytes, member->length),
                                         (uint32_t)member->length};
        const size_t header = archive_local_header(&parts[i], part);
        if (!same(&reading, &at, part, header, member->name))
            return false;
        if (member->offset != at)
            return refuse(&reading, at, member->name, "the member is not where it should be");
        at += member->length;
    }
    const size_t begin = at;
    for (size_t i = 0; i < archive->count; i++) {
        const size_t entry = archive_directory_entry(&parts[i], part);
        if (!same(&reading, &at, part, entry, parts[i].name))
            return false;
    }
    archive_directory_end(archive->count, begin, at - begin, part);
    return same(&reading, &at, part, ARCHIVE_END_BYTES, NULL) &&
           (at == length || refuse(&reading, at, NULL, "something follows the archive"));
}

const struct archive_member *archive_find(const struct archive *archive, const char *name) {
    for (size_t i = 0; i < archive->count; i++)
        if (strcmp(archive->members[i].name, name) == 0)
            return &archive->members[i];
    return NULL;
}
