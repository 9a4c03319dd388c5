#include <sqlite3.h>
#include <unistd.h>

#include "platform/base/arena.h"
#include "platform/base/log.h"
#include "platform/db/file.h"
#include "platform/db/sqlite.h"

enum { PATH_BYTES = 16 << 10 };

static enum error backup_failed(const char *file, const char *why) {
    log_fault("db.backup", LOG_TEXT("file", file), LOG_TEXT("why", why));
    return ERR_UNAVAILABLE;
}

/* All pages in one step: one snapshot, and writers go on meanwhile. */
static int copy_pages(sqlite3 *from, sqlite3 *to) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL)
        return sqlite3_errcode(to);
    (void)sqlite3_backup_step(backup, -1); /* finish tells its error */
    return sqlite3_backup_finish(backup);
}

static enum error copy_file(const struct store_options *options, const char *part) {
    sqlite3 *from = NULL, *to = NULL;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(sqlite_path(options->address), &from, flags, options->sqlite_vfs);
    if (code == SQLITE_OK)
        code = sqlite3_open_v2(part, &to, flags, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(from, 5000);
    if (code == SQLITE_OK)
        code = copy_pages(from, to);
    /* One file that stands alone: without a write-ahead log beside it until somebody opens it. */
    if (code == SQLITE_OK)
        code = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    sqlite3_close(to);
    sqlite3_close(from);
    return code == SQLITE_OK ? ERR_OK : backup_failed(part, sqlite3_errstr(code));
}

enum error sqlite_backup(const struct store_options *options, const char *file) {
    struct arena *arena = arena_new(PATH_BYTES);
    const char *part = arena_format(arena, "%s.part", file);
    enum error error = ERR_OK;
    (void)unlink(part);
    if (!file_create(part))
        error = backup_failed(part, "cannot be made");
    if (error == ERR_OK)
        error = copy_file(options, part);
    if (error == ERR_OK && !file_place(part, file))
        error = backup_failed(file, "cannot be put in place");
    if (error != ERR_OK)
        (void)unlink(part);
    arena_free(arena);
    return error;
}
