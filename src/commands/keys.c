/* radslag keys export|import FILE: the key folder as one file, for another host, and beside each
 * backup for as long as a vote is open. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/command.h"
#include "commands/database.h"
#include "people/organisations/organisations.h"
#include "platform/base/instant.h"
#include "records/records.h"

enum {
    KEY_FILE_MOST = 4096,
    LINE_MOST = 2 * KEY_FILE_MOST + 300,
    FILES_MOST = 10000,
    ORGANISATIONS_MOST = 1000,
    AUDIT_BYTES = 16 << 20
};

static const char head[] = "radslag keys 1\n";

/* Names of our own: no path, nothing hidden. */
static bool is_name(const char *name) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    const size_t length = strlen(name);
    return length > 0 && length <= 100 && name[0] != '.' && name[strspn(name, allowed)] == '\0';
}

/* Bytes of a file in the folder; -1 when there is none, or it is too long. */
static ssize_t file_read(int folder, const char *name, unsigned char bytes[KEY_FILE_MOST + 1]) {
    const int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return -1;
    const ssize_t length = read(file, bytes, KEY_FILE_MOST + 1);
    (void)close(file);
    return length > KEY_FILE_MOST ? -1 : length;
}

/* ---- the audit chain ---- */

/* The key folder is of all organisations: each of them keeps that its secrets were taken or put. */
struct noting {
    struct arena *arena;
    const char *act;
    int64_t now;
    unsigned char seed[32];
    int64_t tenants[ORGANISATIONS_MOST];
    size_t count;
};

static enum error collect(void *context, const void *row) {
    struct noting *noting = context;
    const struct organisation_name *organisation = row;
    if (noting->count == ORGANISATIONS_MOST)
        return ERR_FAULT;
    noting->tenants[noting->count++] = organisation->id;
    return ERR_OK;
}

static enum error note_act(void *context, struct db *db) {
    struct noting *noting = context;
    noting->count = 0;
    TRY(organisations_each(db, noting->arena, collect, noting));
    for (size_t i = 0; i < noting->count; i++)
        TRY(audit_append_system(db, noting->arena, noting->tenants[i], noting->now, noting->seed,
                                &(struct audit_entry){.act = noting->act, .object = "keys"}));
    return ERR_OK;
}

/* In the database that --database names; without it nothing is noted. */
static int note(const struct options *options, const char *act) {
    struct store *store = NULL;
    if (!option_given(options, "database"))
        return EXIT_DONE;
    if (database_open(options, &store) != ERR_OK)
        return command_refuse("the database cannot be opened");
    struct arena *arena = arena_new(AUDIT_BYTES);
    struct noting *noting = ARENA_NEW(arena, struct noting);
    noting->arena = arena;
    noting->act = act;
    noting->now = instant_now();
    randombytes_buf(noting->seed, sizeof noting->seed);
    const enum error error = store_act(store, note_act, noting);
    arena_free(arena);
    store_close(store);
    return error == ERR_OK
               ? EXIT_DONE
               : command_refuse("the audit log did not take it: %s", error_meaning(error));
}

/* ---- export ---- */

static bool export_one(int folder, const char *name, FILE *out) {
    unsigned char bytes[KEY_FILE_MOST + 1];
    char hex[2 * KEY_FILE_MOST + 1];
    const ssize_t length = file_read(folder, name, bytes);
    if (length < 0)
        return false;
    (void)sodium_bin2hex(hex, sizeof hex, bytes, (size_t)length);
    sodium_memzero(bytes, sizeof bytes);
    const bool written = fprintf(out, "%s %s\n", name, hex) > 0;
    sodium_memzero(hex, sizeof hex);
    return written;
}

static int export_all(int folder, FILE *out) {
    int count = 0;
    DIR *list = fdopendir(dup(folder));
    if (list == NULL || fputs(head, out) == EOF)
        return -1;
    for (struct dirent *file = readdir(list); file != NULL && count >= 0; file = readdir(list))
        if (is_name(file->d_name))
            count = export_one(folder, file->d_name, out) ? count + 1 : -1;
    (void)closedir(list);
    return fflush(out) == 0 && fsync(fileno(out)) == 0 ? count : -1;
}

/* What is not in the audit log is not handed out. */
static int export_run(const struct options *options, int folder, const char *path) {
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *out = file < 0 ? NULL : fdopen(file, "w");
    if (out == NULL)
        return command_refuse("%s cannot be made: %s", path, strerrordesc_np(errno));
    const int count = export_all(folder, out);
    if (fclose(out) != 0 || count < 0) {
        (void)unlink(path);
        return command_refuse("the keys could not be read or written");
    }
    const int noted = note(options, "keys.export");
    if (noted != EXIT_DONE) {
        (void)unlink(path);
        return noted;
    }
    (void)printf("%d keys written to %s: whoever has it can open what the service sealed\n", count,
                 path);
    return EXIT_DONE;
}

/* ---- import ---- */

/* Writes one key; one that is there must be the same. With `tries` nothing is written. */
static bool import_one(int folder, const char *name, const unsigned char *bytes, size_t length,
                       bool tries) {
    unsigned char there[KEY_FILE_MOST + 1];
    const ssize_t known = file_read(folder, name, there);
    if (known >= 0 || errno != ENOENT)
        return known == (ssize_t)length && sodium_memcmp(there, bytes, length) == 0;
    if (tries)
        return true;
    const int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    const bool written = write(file, bytes, length) == (ssize_t)length && fsync(file) == 0;
    return close(file) == 0 && written;
}

static int import_line(int folder, char *line, bool tries) {
    unsigned char bytes[KEY_FILE_MOST];
    size_t length = 0;
    char *blank = strchr(line, ' ');
    if (blank == NULL)
        return command_refuse("not a file of keys");
    *blank = '\0';
    char *hex = blank + 1;
    hex[strcspn(hex, "\n")] = '\0';
    if (!is_name(line) ||
        sodium_hex2bin(bytes, sizeof bytes, hex, strlen(hex), NULL, &length, NULL) != 0 ||
        2 * length != strlen(hex))
        return command_refuse("not a file of keys");
    const bool taken = import_one(folder, line, bytes, length, tries);
    sodium_memzero(bytes, sizeof bytes);
    return taken ? EXIT_DONE
                 : command_refuse("%s: another key is there, or it cannot be written", line);
}

static int import_all(int folder, FILE *in, bool tries, int *ret_count) {
    static char line[LINE_MOST];
    int count = 0;
    rewind(in);
    if (fgets(line, sizeof line, in) == NULL || strcmp(line, head) != 0)
        return command_refuse("not a file of keys");
    while (fgets(line, sizeof line, in) != NULL && count < FILES_MOST) {
        const int code = import_line(folder, line, tries);
        if (code != EXIT_DONE)
            return code;
        count++;
    }
    sodium_memzero(line, sizeof line);
    *ret_count = count;
    return fsync(folder) == 0 ? EXIT_DONE : command_refuse("the folder cannot be written");
}

/* All is looked at before anything is written. */
static int import_run(const struct options *options, int folder, const char *path) {
    FILE *in = fopen(path, "re");
    int count = 0;
    if (in == NULL)
        return command_refuse("%s cannot be read: %s", path, strerrordesc_np(errno));
    int code = import_all(folder, in, true, &count);
    if (code == EXIT_DONE)
        code = import_all(folder, in, false, &count);
    (void)fclose(in);
    if (code == EXIT_DONE)
        code = note(options, "keys.import");
    if (code == EXIT_DONE)
        (void)printf("%d keys are in place\n", count);
    return code;
}

/* ---- the command ---- */

static int keys_run(const struct options *options) {
    struct arena *arena = arena_new(1 << 16);
    const char *database = option_text(options, "database", "sqlite:radslag.db");
    const char *path =
        option_text(options, "keys", arena_format(arena, "%s/keys", data_folder(arena, database)));
    const bool exports =
        options->argument_count == 2 && strcmp(options->arguments[0], "export") == 0;
    const bool imports =
        options->argument_count == 2 && strcmp(options->arguments[0], "import") == 0;
    int code = EXIT_USAGE;
    if (imports)
        (void)mkdir(path, 0700);
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (!exports && !imports)
        code = command_refuse("keys wants: export FILE, or import FILE");
    else if (folder < 0 || sodium_init() < 0)
        code = command_refuse("%s cannot be opened: %s", path, strerrordesc_np(errno));
    else
        code = exports ? export_run(options, folder, options->arguments[1])
                       : import_run(options, folder, options->arguments[1]);
    if (folder >= 0)
        (void)close(folder);
    arena_free(arena);
    return code;
}

static const struct option_doc keys_options[] = {DATABASE_OPTION, KEYS_OPTION, {NULL, NULL, NULL}};

const struct command command_keys = {
    "keys",
    "export|import FILE",
    "Writes all secrets of the service to one file, or takes them from it.",
    "For another host, and beside every backup until the votes that were open are sealed: without "
    "the key of a poll nobody can vote in it, and its ballots cannot be counted. A file of keys is "
    "as dear as the data file; destroy those that cover an open vote when it has been sealed. "
    "Import never replaces a key by another. With --database both are noted in the audit log of "
    "every organisation.",
    keys_options,
    keys_run};
