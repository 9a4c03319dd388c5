#include "platform/http/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/log.h"

enum { KEY_MODE = 0600, FOLDER_MODE = 0700, OTHERS = 077 };

static enum error refuse(const char *name, const char *why) {
    log_fault("key", LOG_TEXT("name", name), LOG_TEXT("why", why));
    return ERR_UNAVAILABLE;
}

static bool write_key(int folder, const char *name, const unsigned char key[KEY_BYTES]) {
    const int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, KEY_MODE);
    if (file < 0)
        return false;
    const bool written = write(file, key, KEY_BYTES) == KEY_BYTES && fsync(file) == 0;
    return close(file) == 0 && written;
}

/* Under another name first: a service that starts at the same moment sees no half key. */
static enum error make_key(int folder, const char *name) {
    unsigned char key[KEY_BYTES];
    char draft[NAME_MAX];
    randombytes_buf(key, sizeof key);
    (void)snprintf(draft, sizeof draft, ".%s.%08x", name, (unsigned)randombytes_random());
    const bool written = write_key(folder, draft, key);
    sodium_memzero(key, sizeof key);
    const bool linked = written && (linkat(folder, draft, folder, name, 0) == 0 || errno == EEXIST);
    (void)unlinkat(folder, draft, 0);
    return linked && fsync(folder) == 0 ? ERR_OK : refuse(name, "cannot be written");
}

static enum error read_key(int file, const char *name, unsigned char ret_key[KEY_BYTES]) {
    struct stat about;
    unsigned char bytes[KEY_BYTES + 1];
    if (fstat(file, &about) != 0 || (about.st_mode & OTHERS) != 0)
        return refuse(name, "others may read it");
    if (read(file, bytes, sizeof bytes) != KEY_BYTES)
        return refuse(name, "is not 32 bytes long");
    memcpy(ret_key, bytes, KEY_BYTES);
    sodium_memzero(bytes, sizeof bytes);
    return ERR_OK;
}

static enum error open_in(int folder, const char *name, unsigned char ret_key[KEY_BYTES]) {
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0 && errno == ENOENT) {
        TRY(make_key(folder, name));
        file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    }
    if (file < 0)
        return refuse(name, "cannot be read");
    const enum error error = read_key(file, name, ret_key);
    (void)close(file);
    return error;
}

enum error key_open(const char *folder, const char *name, unsigned char ret_key[KEY_BYTES]) {
    if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST)
        return refuse(name, "no key folder");
    const int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return refuse(name, "no key folder");
    const enum error error = open_in(opened, name, ret_key);
    (void)close(opened);
    return error;
}

static enum error find_in(int folder, const char *name, unsigned char ret_key[KEY_BYTES]) {
    const int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : refuse(name, "cannot be read");
    const enum error error = read_key(file, name, ret_key);
    (void)close(file);
    return error;
}

enum error key_find(const char *folder, const char *name, unsigned char ret_key[KEY_BYTES]) {
    const int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return refuse(name, "no key folder");
    const enum error error = find_in(opened, name, ret_key);
    (void)close(opened);
    return error;
}

/* In place, so that the bytes on disk are others before the name is gone. */
static bool overwrite(int folder, const char *name) {
    unsigned char noise[KEY_BYTES];
    const int file = openat(folder, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return errno == ENOENT;
    randombytes_buf(noise, sizeof noise);
    const bool written = write(file, noise, sizeof noise) == sizeof noise && fsync(file) == 0;
    return close(file) == 0 && written;
}

enum error key_destroy(const char *folder, const char *name) {
    const int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return refuse(name, "no key folder");
    const bool gone = overwrite(opened, name) &&
                      (unlinkat(opened, name, 0) == 0 || errno == ENOENT) && fsync(opened) == 0;
    (void)close(opened);
    return gone ? ERR_OK : refuse(name, "cannot be destroyed");
}

void key_derive(const unsigned char key[KEY_BYTES], const char *purpose,
                unsigned char ret_key[KEY_BYTES]) {
    crypto_auth_hmacsha256(ret_key, (const unsigned char *)purpose, strlen(purpose), key);
}
