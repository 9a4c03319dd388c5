#include "platform/db/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/arena.h"

enum { PATH_BYTES = 8 << 10 };

/* fsync and close. */
static bool sync_and_close(int file) {
    const bool synced = fsync(file) == 0;
    return close(file) == 0 && synced;
}

bool folder_sync(const char *path) {
    struct arena *arena = arena_new(PATH_BYTES);
    const char *slash = strrchr(path, '/');
    const char *folder = ".";
    if (slash != NULL)
        folder = slash == path ? "/" : arena_copy_span(arena, path, (size_t)(slash - path));
    const int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    arena_free(arena);
    return opened >= 0 && sync_and_close(opened);
}

bool file_create(const char *path) {
    const int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return errno == EEXIST;
    return sync_and_close(file) && folder_sync(path);
}

bool file_place(const char *from, const char *to) {
    const int file = open(from, O_RDWR | O_CLOEXEC);
    return file >= 0 && sync_and_close(file) && rename(from, to) == 0 && folder_sync(to);
}
