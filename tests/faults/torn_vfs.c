#include "faults/torn_vfs.h"

#include <assert.h>
#include <sqlite3.h>
#include <stddef.h>

#include "faults/torn_disk.h"

/* ---- SQLite's calls on an open file; `real` behind it has the locks ---- */

struct torn_file {
    sqlite3_file base;
    struct disk_file *file;
    sqlite3_file *real;
};

static struct torn_file *torn_of(sqlite3_file *file) {
    return (struct torn_file *)file;
}

static int torn_close(sqlite3_file *file) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xClose(real);
}

static int torn_read(sqlite3_file *file, void *into, int length, sqlite3_int64 offset) {
    size_t there;
    if (disk_read(torn_of(file)->file, into, (size_t)length, (size_t)offset, &there) != DISK_OK)
        return SQLITE_IOERR_READ;
    return there < (size_t)length ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int torn_write(sqlite3_file *file, const void *from, int length, sqlite3_int64 offset) {
    switch (disk_write(torn_of(file)->file, from, (size_t)length, (size_t)offset)) {
    case DISK_OK:
        return SQLITE_OK;
    case DISK_FULL:
        return SQLITE_FULL;
    case DISK_FAILS:
        break;
    }
    return SQLITE_IOERR_WRITE;
}

static int torn_truncate(sqlite3_file *file, sqlite3_int64 size) {
    const enum disk_answer answer = disk_truncate(torn_of(file)->file, (size_t)size);
    return answer == DISK_OK ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int torn_sync(sqlite3_file *file, int flags) {
    (void)flags;
    return disk_sync(torn_of(file)->file) == DISK_OK ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int torn_size(sqlite3_file *file, sqlite3_int64 *ret_size) {
    size_t size;
    if (disk_size(torn_of(file)->file, &size) != DISK_OK)
        return SQLITE_IOERR_FSTAT;
    *ret_size = (sqlite3_int64)size;
    return SQLITE_OK;
}

static int torn_lock(sqlite3_file *file, int level) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xLock(real, level);
}

static int torn_unlock(sqlite3_file *file, int level) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xUnlock(real, level);
}

static int torn_reserved(sqlite3_file *file, int *taken) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xCheckReservedLock(real, taken);
}

static int torn_control(sqlite3_file *file, int what, void *argument) {
    (void)file;
    (void)what;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int torn_sector(sqlite3_file *file) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xSectorSize(real);
}

static int torn_device(sqlite3_file *file) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xDeviceCharacteristics(real);
}

static int torn_shm_map(sqlite3_file *file, int region, int size, int extend,
                        void volatile **memory) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xShmMap(real, region, size, extend, memory);
}

static int torn_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xShmLock(real, offset, count, flags);
}

static void torn_shm_barrier(sqlite3_file *file) {
    sqlite3_file *real = torn_of(file)->real;
    real->pMethods->xShmBarrier(real);
}

static int torn_shm_unmap(sqlite3_file *file, int remove) {
    sqlite3_file *real = torn_of(file)->real;
    return real->pMethods->xShmUnmap(real, remove);
}

static const sqlite3_io_methods torn_methods = {
    .iVersion = 2,
    .xClose = torn_close,
    .xRead = torn_read,
    .xWrite = torn_write,
    .xTruncate = torn_truncate,
    .xSync = torn_sync,
    .xFileSize = torn_size,
    .xLock = torn_lock,
    .xUnlock = torn_unlock,
    .xCheckReservedLock = torn_reserved,
    .xFileControl = torn_control,
    .xSectorSize = torn_sector,
    .xDeviceCharacteristics = torn_device,
    .xShmMap = torn_shm_map,
    .xShmLock = torn_shm_lock,
    .xShmBarrier = torn_shm_barrier,
    .xShmUnmap = torn_shm_unmap,
};

/* ---- the file system ---- */

static sqlite3_vfs *usual;
static sqlite3_vfs torn;

static int torn_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                     int *ret_flags) {
    const int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    (void)vfs;
    if (name == NULL || (flags & kept) == 0)
        return usual->xOpen(usual, name, file, flags, ret_flags);
    struct torn_file *opened = torn_of(file);
    opened->base.pMethods = NULL;
    opened->real = (sqlite3_file *)(opened + 1);
    const int code = usual->xOpen(usual, name, opened->real, flags, ret_flags);
    if (code != SQLITE_OK)
        return code;
    opened->file = disk_file(name);
    opened->base.pMethods = &torn_methods;
    return SQLITE_OK;
}

static int torn_delete(sqlite3_vfs *vfs, const char *name, int sync_folder) {
    (void)vfs;
    if (disk_delete(disk_file(name)) != DISK_OK)
        return SQLITE_IOERR_DELETE;
    return usual->xDelete(usual, name, sync_folder);
}

static int torn_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
    (void)vfs;
    return usual->xAccess(usual, name, flags, result);
}

static int torn_full_path(sqlite3_vfs *vfs, const char *name, int size, char *into) {
    (void)vfs;
    return usual->xFullPathname(usual, name, size, into);
}

void torn_register(void) {
    usual = sqlite3_vfs_find(NULL);
    torn = *usual;
    torn.pNext = NULL;
    torn.zName = "torn";
    torn.szOsFile = (int)sizeof(struct torn_file) + usual->szOsFile;
    torn.xOpen = torn_open;
    torn.xDelete = torn_delete;
    torn.xAccess = torn_access;
    torn.xFullPathname = torn_full_path;
    assert(sqlite3_vfs_register(&torn, 0) == SQLITE_OK);
}
