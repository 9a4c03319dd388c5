#include "faults/torn_disk.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults/torn_vfs.h"

enum { SECTOR = 512 };

struct bytes {
    unsigned char *at;
    size_t size, room;
};

/* A piece that was written after the last sync. */
struct piece {
    size_t offset, length;
};

struct disk_file {
    char *path;
    struct bytes seen;    /* what programs read */
    struct bytes platter; /* what a power cut leaves */
    struct piece *pieces;
    size_t piece_count, piece_room;
    struct disk_file *next;
};

static struct {
    pthread_mutex_t mutex;
    struct disk_file *files;
    bool cut;
    size_t cut_in; /* writes until the cut; 0 = none */
    enum cut cut_kind;
    uint64_t cut_seed;
    size_t unsynced_at_cut;
    enum fault fault;
    size_t fault_in; /* calls until the fault; 0 = none */
    bool fault_lasting;
    size_t fault_hits;
} disk = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static void bytes_resize(struct bytes *bytes, size_t size) {
    if (size > bytes->room) {
        const size_t room = size > 2 * bytes->room ? size : 2 * bytes->room;
        unsigned char *wider = realloc(bytes->at, room);
        assert(wider != NULL);
        bytes->at = wider;
        bytes->room = room;
    }
    if (size > bytes->size)
        memset(bytes->at + bytes->size, 0, size - bytes->size);
    bytes->size = size;
}

static void piece_add(struct disk_file *file, struct piece piece) {
    if (file->piece_count == file->piece_room) {
        const size_t room = file->piece_room == 0 ? 64 : 2 * file->piece_room;
        struct piece *wider = realloc(file->pieces, room * sizeof *wider);
        assert(wider != NULL);
        file->pieces = wider;
        file->piece_room = room;
    }
    file->pieces[file->piece_count++] = piece;
}

/* Copies the part of a piece that still exists to the platter. */
static void piece_reaches_platter(struct disk_file *file, struct piece piece) {
    if (piece.offset >= file->seen.size)
        return;
    const size_t left = file->seen.size - piece.offset;
    const size_t length = piece.length < left ? piece.length : left;
    if (file->platter.size < piece.offset + length)
        bytes_resize(&file->platter, piece.offset + length);
    memcpy(file->platter.at + piece.offset, file->seen.at + piece.offset, length);
}

static void file_sync(struct disk_file *file) {
    for (size_t i = 0; i < file->piece_count; i++)
        piece_reaches_platter(file, file->pieces[i]);
    file->piece_count = 0;
    bytes_resize(&file->platter, file->seen.size);
}

/* xorshift64*: the same seed tears the same way. */
static uint64_t chance(uint64_t *seed) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

static void file_tear(struct disk_file *file, uint64_t *seed) {
    for (size_t i = 0; i < file->piece_count; i++) {
        const struct piece piece = file->pieces[i];
        for (size_t done = 0; done < piece.length; done += SECTOR) {
            const size_t left = piece.length - done;
            if (chance(seed) >> 63 != 0)
                piece_reaches_platter(
                    file, (struct piece){piece.offset + done, left < SECTOR ? left : SECTOR});
        }
    }
}

static void file_to_real(const struct disk_file *file) {
    FILE *real = fopen(file->path, "wb");
    if (real == NULL)
        return; /* deleted */
    assert(file->platter.size == 0 || fwrite(file->platter.at, file->platter.size, 1, real) == 1);
    assert(fclose(real) == 0);
}

static void power_cut(enum cut cut, uint64_t seed) {
    disk.cut = true;
    for (struct disk_file *file = disk.files; file != NULL; file = file->next) {
        for (size_t i = 0; i < file->piece_count; i++)
            disk.unsynced_at_cut += file->pieces[i].length;
        if (cut == CUT_TEARS)
            file_tear(file, &seed);
        file_to_real(file);
    }
}

/* Whether this call is the one to fail. */
static bool fault_strikes(enum fault fault) {
    if (disk.fault != fault || disk.fault_in == 0)
        return false;
    if (disk.fault_in > 1) {
        disk.fault_in--;
        return false;
    }
    disk.fault_hits++;
    if (!disk.fault_lasting)
        disk.fault_in = 0;
    return true;
}

/* ---- calls of the file system ---- */

struct disk_file *disk_file(const char *path) {
    struct disk_file *file;
    pthread_mutex_lock(&disk.mutex);
    for (file = disk.files; file != NULL; file = file->next)
        if (strcmp(file->path, path) == 0)
            break;
    if (file == NULL) {
        file = calloc(1, sizeof *file);
        assert(file != NULL);
        file->path = strdup(path);
        assert(file->path != NULL);
        file->next = disk.files;
        disk.files = file;
    }
    pthread_mutex_unlock(&disk.mutex);
    return file;
}

/* Every call below holds the disk; none answers after a cut. */
static enum disk_answer disk_take(void) {
    pthread_mutex_lock(&disk.mutex);
    return disk.cut ? DISK_FAILS : DISK_OK;
}

static enum disk_answer disk_give(enum disk_answer answer) {
    pthread_mutex_unlock(&disk.mutex);
    return answer;
}

enum disk_answer disk_read(const struct disk_file *file, void *into, size_t length, size_t offset,
                           size_t *ret_there) {
    const enum disk_answer answer = disk_take();
    const struct bytes *seen = &file->seen;
    const size_t left = offset >= seen->size ? 0 : seen->size - offset;
    const size_t there = left < length ? left : length;
    memset(into, 0, length);
    if (answer == DISK_OK && there > 0)
        memcpy(into, seen->at + offset, there);
    *ret_there = there;
    return disk_give(answer);
}

enum disk_answer disk_write(struct disk_file *file, const void *from, size_t length,
                            size_t offset) {
    enum disk_answer answer = disk_take();
    if (answer == DISK_OK && fault_strikes(FAULT_WRITE_IO))
        answer = DISK_FAILS;
    if (answer == DISK_OK && fault_strikes(FAULT_WRITE_FULL))
        answer = DISK_FULL;
    if (answer == DISK_OK) {
        if (file->seen.size < offset + length)
            bytes_resize(&file->seen, offset + length);
        memcpy(file->seen.at + offset, from, length);
        piece_add(file, (struct piece){offset, length});
        if (disk.cut_in > 0 && --disk.cut_in == 0) {
            power_cut(disk.cut_kind, disk.cut_seed);
            answer = DISK_FAILS;
        }
    }
    return disk_give(answer);
}

enum disk_answer disk_truncate(struct disk_file *file, size_t size) {
    const enum disk_answer answer = disk_take();
    if (answer == DISK_OK)
        bytes_resize(&file->seen, size);
    return disk_give(answer);
}

enum disk_answer disk_sync(struct disk_file *file) {
    enum disk_answer answer = disk_take();
    if (answer == DISK_OK && fault_strikes(FAULT_SYNC_IO))
        answer = DISK_FAILS;
    if (answer == DISK_OK)
        file_sync(file);
    return disk_give(answer);
}

enum disk_answer disk_size(const struct disk_file *file, size_t *ret_size) {
    const enum disk_answer answer = disk_take();
    *ret_size = file->seen.size;
    return disk_give(answer);
}

enum disk_answer disk_delete(struct disk_file *file) {
    const enum disk_answer answer = disk_take();
    if (answer == DISK_OK) {
        bytes_resize(&file->seen, 0);
        bytes_resize(&file->platter, 0);
        file->piece_count = 0;
    }
    return disk_give(answer);
}

/* ---- what tests do to it ---- */

void torn_begin(void) {
    pthread_mutex_lock(&disk.mutex);
    while (disk.files != NULL) {
        struct disk_file *file = disk.files;
        disk.files = file->next;
        free(file->path);
        free(file->seen.at);
        free(file->platter.at);
        free(file->pieces);
        free(file);
    }
    disk.cut = false;
    disk.cut_in = 0;
    disk.unsynced_at_cut = 0;
    disk.fault_in = 0;
    pthread_mutex_unlock(&disk.mutex);
}

void torn_cut(enum cut cut, uint64_t seed) {
    pthread_mutex_lock(&disk.mutex);
    power_cut(cut, seed);
    pthread_mutex_unlock(&disk.mutex);
}

void torn_fail(enum fault fault, size_t n, bool lasting) {
    pthread_mutex_lock(&disk.mutex);
    disk.fault = fault;
    disk.fault_in = n;
    disk.fault_lasting = lasting;
    disk.fault_hits = 0;
    pthread_mutex_unlock(&disk.mutex);
}

size_t torn_mend(void) {
    pthread_mutex_lock(&disk.mutex);
    disk.fault_in = 0;
    const size_t hits = disk.fault_hits;
    pthread_mutex_unlock(&disk.mutex);
    return hits;
}

void torn_cut_at(size_t n, enum cut cut, uint64_t seed) {
    pthread_mutex_lock(&disk.mutex);
    disk.cut_in = n;
    disk.cut_kind = cut;
    disk.cut_seed = seed;
    pthread_mutex_unlock(&disk.mutex);
}

size_t torn_unsynced_at_cut(void) {
    pthread_mutex_lock(&disk.mutex);
    const size_t unsynced = disk.unsynced_at_cut;
    pthread_mutex_unlock(&disk.mutex);
    return unsynced;
}
