#include "platform/mail/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"

enum { PATH_BYTES = 4096, MESSAGE_BYTES_MAX = 4 << 20 };

enum error folder_open(const char *folder) {
    struct stat status;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        log_fault("mail_folder", LOG_TEXT("why", "cannot be made"));
        return ERR_UNAVAILABLE;
    }
    if (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode)) {
        log_fault("mail_folder", LOG_TEXT("why", "is no folder"));
        return ERR_UNAVAILABLE;
    }
    return ERR_OK;
}

const char *folder_path(struct arena *arena, const char *folder, int64_t id) {
    return arena_format(arena, "%s/%012" PRId64 ".eml", folder, id);
}

static bool write_all(int file, const char *bytes, size_t length) {
    while (length > 0) {
        const ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* By the service's clock, which is not always the machine's. */
static bool date_file(int file, int64_t now) {
    const struct timespec at = {.tv_sec = now / SECONDS(1)};
    return futimens(file, (const struct timespec[]){at, at}) == 0;
}

enum error folder_write(const char *folder, int64_t id, const char *message, int64_t now) {
    char path[PATH_BYTES], early[PATH_BYTES];
    const int length = snprintf(path, sizeof path, "%s/%012" PRId64 ".eml", folder, id);
    const int early_length = snprintf(early, sizeof early, "%s/.%012" PRId64 ".part", folder, id);
    if (length < 0 || length >= PATH_BYTES || early_length < 0 || early_length >= PATH_BYTES)
        return ERR_UNAVAILABLE;
    (void)unlink(early); /* left by a crash */
    const int file = open(early, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool written = file >= 0 && write_all(file, message, strlen(message)) && date_file(file, now) &&
                   fsync(file) == 0;
    if (file >= 0)
        written = close(file) == 0 && written;
    if (!written || rename(early, path) != 0) {
        log_fault("mail_folder", LOG_TEXT("why", "cannot be written to"));
        return ERR_UNAVAILABLE;
    }
    return ERR_OK;
}

/* The number of a name such as "000000000012.eml"; 0 when it is another file. */
static int64_t id_of(const char *name) {
    char *end;
    if (*name < '0' || *name > '9')
        return 0;
    errno = 0;
    const long long id = strtoll(name, &end, 10);
    return errno == 0 && strcmp(end, ".eml") == 0 ? id : 0;
}

static int newest_first(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

static int64_t *read_ids(struct arena *arena, DIR *directory, size_t *ret_count) {
    size_t count = 0, room = 64;
    int64_t *ids = ARENA_ARRAY(arena, room, int64_t);
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const int64_t id = id_of(entry->d_name);
        if (id <= 0)
            continue;
        if (count == room) {
            int64_t *wider = ARENA_ARRAY(arena, room * 2, int64_t);
            memcpy(wider, ids, count * sizeof ids[0]);
            ids = wider;
            room *= 2;
        }
        ids[count++] = id;
    }
    *ret_count = count;
    return ids;
}

static void directory_clean(void *directory) {
    (void)closedir(directory);
}

enum error folder_latest(struct arena *arena, const char *folder, size_t most, int64_t **ret_ids,
                         size_t *ret_count) {
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return ERR_UNAVAILABLE;
    arena_defer(arena, directory_clean, directory);
    size_t count;
    int64_t *ids = read_ids(arena, directory, &count);
    qsort(ids, count, sizeof ids[0], newest_first);
    *ret_ids = ids;
    *ret_count = count < most ? count : most;
    return ERR_OK;
}

enum error folder_forget(struct arena *arena, const char *folder, int64_t before) {
    enum { MOST = 1 << 20 };
    int64_t *ids;
    size_t count;
    struct stat status;
    TRY(folder_latest(arena, folder, MOST, &ids, &count));
    for (size_t i = 0; i < count; i++) {
        const char *path = folder_path(arena, folder, ids[i]);
        if (stat(path, &status) == 0 && SECONDS(status.st_mtime) < before && unlink(path) != 0)
            return ERR_UNAVAILABLE;
    }
    return ERR_OK;
}

static void file_clean(void *file) {
    (void)fclose(file);
}

enum error folder_read(struct arena *arena, const char *folder, int64_t id,
                       const char **ret_message) {
    struct stat status;
    FILE *file = id > 0 ? fopen(folder_path(arena, folder, id), "re") : NULL;
    if (file == NULL)
        return ERR_NOT_FOUND;
    arena_defer(arena, file_clean, file);
    if (fstat(fileno(file), &status) != 0 || status.st_size > MESSAGE_BYTES_MAX)
        return ERR_UNAVAILABLE;
    const size_t size = (size_t)status.st_size;
    char *message = arena_take(arena, size + 1);
    if (fread(message, 1, size, file) != size)
        return ERR_UNAVAILABLE;
    *ret_message = message;
    return ERR_OK;
}
