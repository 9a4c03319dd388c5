#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/base/arena.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/file.h"
#include "platform/db/postgresql.h"

enum { COMMAND_BYTES = 1 << 20, PG_DUMP_VERSION = 15 };

static enum error backup_failed(const char *file, const char *why) {
    log_fault("db.backup", LOG_TEXT("file", file), LOG_TEXT("why", why));
    return ERR_UNAVAILABLE;
}

/* This process's environment and the address's parts as the variables that libpq reads: a password
 * on the command line could be seen by every user of the machine. NULL for a bad address. */
static char **environment_for(struct arena *arena, const char *address) {
    PQconninfoOption *options = PQconninfoParse(address, NULL);
    size_t present = 0, given = 0, count = 0;
    if (options == NULL)
        return NULL;
    while (environ[present] != NULL)
        present++;
    while (options[given].keyword != NULL)
        given++;
    char **environment = ARENA_ARRAY(arena, present + given + 1, char *);
    for (size_t i = 0; i < given; i++)
        if (options[i].val != NULL && options[i].envvar != NULL)
            environment[count++] = arena_format(arena, "%s=%s", options[i].envvar, options[i].val);
    for (size_t i = 0; i < present; i++)
        if (!text_begins(environ[i], "PG"))
            environment[count++] = environ[i];
    PQconninfoFree(options);
    return environment;
}

/* The one that fits the server comes first: another version may stand in PATH. */
static bool dump_start(struct arena *arena, char *const arguments[], char *const environment[],
                       pid_t *ret_child) {
    const char *own = arena_format(arena, "/usr/lib/postgresql/%d/bin/pg_dump", PG_DUMP_VERSION);
    return posix_spawn(ret_child, own, NULL, NULL, arguments, environment) == 0 ||
           posix_spawnp(ret_child, "pg_dump", NULL, NULL, arguments, environment) == 0;
}

static bool child_succeeds(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static enum error dump(struct arena *arena, const char *address, const char *part) {
    char *const arguments[] = {(char[]){"pg_dump"}, (char[]){"--format=custom"},
                               (char[]){"--no-password"}, arena_format(arena, "--file=%s", part),
                               NULL};
    char **environment = environment_for(arena, address);
    pid_t child;
    if (environment == NULL)
        return backup_failed(part, "the address cannot be read");
    if (!dump_start(arena, arguments, environment, &child))
        return backup_failed(part, "pg_dump cannot be started");
    return child_succeeds(child) ? ERR_OK : backup_failed(part, "pg_dump failed");
}

enum error postgresql_backup(const struct store_options *options, const char *file) {
    struct arena *arena = arena_new(COMMAND_BYTES);
    const char *part = arena_format(arena, "%s.part", file);
    enum error error = ERR_OK;
    (void)unlink(part);
    if (!file_create(part))
        error = backup_failed(part, "cannot be made");
    if (error == ERR_OK)
        error = dump(arena, options->address, part);
    if (error == ERR_OK && !file_place(part, file))
        error = backup_failed(file, "cannot be put in place");
    if (error != ERR_OK)
        (void)unlink(part);
    arena_free(arena);
    return error;
}
